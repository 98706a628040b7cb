from typing import Any

from django.urls import URLPattern, path

from apps.oauth.views import connected, endpoints, pages


def _under(prefix: str, **alias: Any) -> list[URLPattern]:
    """Everything that answers below `/mcp/oauth`, which clients know under a second prefix too."""
    return [
        path(f"{prefix}/authorize", endpoints.Authorize.as_view(**alias)),
        path(f"{prefix}/consent", pages.Consent.as_view(**alias)),
        path(f"{prefix}/callback", endpoints.Callback.as_view(**alias)),
        path(f"{prefix}/token", endpoints.Token.as_view(**alias)),
        path(f"{prefix}/revoke", endpoints.Revoke.as_view(**alias)),
        path(f"{prefix}/register", endpoints.Register.as_view(**alias)),
    ]


urlpatterns = [
    *_under("mcp/oauth"),
    *_under("api/v1/mcp/oauth", alias="api"),
    path("mcp/oauth/apps", connected.Page.as_view()),
    path("api/v1/users/me/connected-apps", connected.ConnectedApps.as_view()),
    path("api/v1/users/me/connected-apps/<int:grant_id>", connected.OneConnectedApp.as_view()),
    path("mcp/oauth/.well-known/openid-configuration", endpoints.AuthorizationServer.as_view(alias="below")),
    path(".well-known/oauth-authorization-server", endpoints.AuthorizationServer.as_view()),
    path(".well-known/oauth-authorization-server/mcp/oauth", endpoints.AuthorizationServer.as_view(alias="suffixed")),
    path(".well-known/openid-configuration", endpoints.AuthorizationServer.as_view(alias="openid")),
    path(".well-known/openid-configuration/mcp/oauth", endpoints.AuthorizationServer.as_view(alias="openid_suffixed")),
    path(".well-known/oauth-protected-resource", endpoints.UsersResource.as_view(alias="root")),
    path(".well-known/oauth-protected-resource/mcp", endpoints.UsersResource.as_view()),
    path(".well-known/oauth-protected-resource/mcp-admin", endpoints.StaffResource.as_view()),
]
