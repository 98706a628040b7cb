from django.urls import path

from apps.identity.views import accounts, administration, browser, sessions

urlpatterns = [
    path("auth/v1/token", sessions.Token.as_view()),
    path("auth/v1/otp", sessions.SendCode.as_view()),
    path("auth/v1/verify", sessions.Verify.as_view()),
    path("auth/v1/signup", sessions.SignUp.as_view()),
    path("auth/v1/resend", sessions.Resend.as_view()),
    path("auth/v1/recover", sessions.Recover.as_view()),
    path("auth/v1/logout", sessions.SignOut.as_view()),
    path("auth/v1/user", accounts.OwnAccount.as_view()),
    path("auth/v1/.well-known/jwks.json", accounts.PublicKeys.as_view()),
    path("auth/v1/health", accounts.ServiceHealth.as_view()),
    path("auth/v1/settings", accounts.ServiceSettings.as_view()),
    path("auth/v1/authorize", browser.Authorize.as_view()),
    path("auth/v1/callback", browser.Callback.as_view()),
    path("auth/v1/admin/users", administration.Accounts.as_view()),
    path("auth/v1/admin/users/<str:account_id>", administration.OneAccount.as_view()),
    path("auth/v1/admin/users/<str:account_id>/logout", administration.AccountSessions.as_view()),
    path("auth/v1/admin/users/<str:account_id>/identities", administration.AccountLogins.as_view()),
]
