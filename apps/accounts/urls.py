from django.urls import path

from apps.accounts.views import deletion, people, settings, sign_in

urlpatterns = [
    path("api/v1/auth/identifier-status", sign_in.IdentifierStatus.as_view()),
    path("api/v1/auth/last-method", sign_in.LastMethod.as_view()),
    path("api/v1/auth/link-identity", sign_in.LinkIdentity.as_view()),
    path("api/v1/auth/delete-account", deletion.DeleteAccount.as_view()),
    path("api/v1/auth/config", sign_in.AuthConfig.as_view()),
    path("api/v1/account/delete-request", deletion.DeletionRequest.as_view()),
    path("api/v1/account/delete-request/status", deletion.DeletionRequestStatus.as_view()),
    path("api/v1/account/delete-request/cancel", deletion.DeletionRequestCancel.as_view()),
    path("api/v1/users", people.People.as_view()),
    path("api/v1/users/<int:user_id>", people.Person.as_view()),
    path("api/v1/users/me", people.Me.as_view()),
    path("api/v1/users/me/phone", people.MyPhone.as_view()),
    path("api/v1/users/me/auth-state", sign_in.MyAuthState.as_view()),
    path("api/v1/users/me/onboarding", sign_in.MyOnboarding.as_view()),
    path("api/v1/users/me/identities", sign_in.MyIdentities.as_view()),
    path("api/v1/users/export", people.Export.as_view()),
    path("api/v1/users/profile", people.Profile.as_view(alias="profile")),
    path("api/v1/users/preferences", settings.MyPreferences.as_view()),
    path("api/v1/users/location", people.MyLocation.as_view()),
    path("api/v1/users/notification-settings", settings.MyNotificationSettings.as_view()),
    path("api/v1/users/notifications", settings.OldNotificationSettings.as_view()),
    path("api/v1/users/privacy-settings", settings.MyPrivacySettings.as_view()),
    path("api/v1/webhooks/auth/password-changed", sign_in.PasswordChanged.as_view()),
    path("api/v1/users/privacy", settings.OldPrivacySettings.as_view()),
]
