from django.urls import path

from apps.accounts import views

urlpatterns = [
    path("api/v1/auth/identifier-status", views.IdentifierStatus.as_view()),
    path("api/v1/auth/last-method", views.LastMethod.as_view()),
    path("api/v1/auth/link-identity", views.LinkIdentity.as_view()),
    path("api/v1/auth/delete-account", views.DeleteAccount.as_view()),
    path("api/v1/auth/config", views.AuthConfig.as_view()),
    path("api/v1/account/delete-request", views.DeletionRequest.as_view()),
    path("api/v1/account/delete-request/status", views.DeletionRequestStatus.as_view()),
    path("api/v1/account/delete-request/cancel", views.DeletionRequestCancel.as_view()),
    path("api/v1/users", views.People.as_view()),
    path("api/v1/users/<int:user_id>", views.Person.as_view()),
    path("api/v1/users/me", views.Me.as_view()),
    path("api/v1/users/me/phone", views.MyPhone.as_view()),
    path("api/v1/users/me/auth-state", views.MyAuthState.as_view()),
    path("api/v1/users/me/onboarding", views.MyOnboarding.as_view()),
    path("api/v1/users/me/identities", views.MyIdentities.as_view()),
    path("api/v1/users/export", views.Export.as_view()),
    path("api/v1/users/profile", views.Profile.as_view(alias="profile")),
    path("api/v1/users/preferences", views.MyPreferences.as_view()),
    path("api/v1/users/location", views.MyLocation.as_view()),
    path("api/v1/users/notification-settings", views.MyNotificationSettings.as_view()),
    path("api/v1/users/notifications", views.OldNotificationSettings.as_view()),
    path("api/v1/users/privacy-settings", views.MyPrivacySettings.as_view()),
    path("api/v1/webhooks/auth/password-changed", views.PasswordChanged.as_view()),
    path("api/v1/users/privacy", views.OldPrivacySettings.as_view()),
]
