"""The port to a Supabase project: its public keys and its admin API."""

from typing import Any

import httpx2
import structlog
from django.conf import settings

from ghar import http
from ghar.auth.keys import ProviderUnreachable, fetched_from
from ghar.auth.provider import AccountFacts, LinkedIdentity
from ghar.errors import UpstreamFailed

log = structlog.get_logger(__name__)


class SupabaseProvider:
    """Asks `{SUPABASE_URL}/auth/v1`. Network faults and 5xx become ProviderUnreachable."""

    def __init__(self) -> None:
        self._base = f"{settings.SUPABASE_URL}/auth/v1"
        self._key = settings.SUPABASE_SECRET_KEY
        self._fetch_keys = fetched_from(
            f"{self._base}/.well-known/jwks.json",
            api_key=settings.SUPABASE_PUBLISHABLE_KEY,
            timeout_s=settings.AUTH_PROVIDER_TIMEOUT_S,
        )

    def keys(self) -> dict[str, Any]:
        """The project's JWKS document."""
        return self._fetch_keys()

    def find_by_email(self, email: str) -> AccountFacts | None:
        """The account of a lower-case email address."""
        return self._find("email", email)

    def find_by_phone(self, phone: str) -> AccountFacts | None:
        """The account of an E.164 number (the provider keeps it without the plus)."""
        return self._find("phone", phone.removeprefix("+"))

    def get(self, subject: str) -> AccountFacts | None:
        """The account of a subject. Only a 404 says that there is none: a refused key says nothing."""
        answer = self._ask("GET", f"/admin/users/{subject}")
        if answer.status_code == httpx2.codes.NOT_FOUND:
            return None
        if not answer.is_success:
            log.error("the identity provider refuses the secret key", status=answer.status_code)
            raise ProviderUnreachable
        return _facts(answer.json())

    def link(self, subject: str, *, provider: str, id_token: str) -> bool:
        """Add a login to an account."""
        body = {"provider": provider, "id_token": id_token}
        return self._ask("POST", f"/admin/users/{subject}/identities", json=body).is_success

    def set_role(self, subject: str, role: str) -> None:
        """Write the role into the account's `app_metadata`; 404 means that it is gone."""
        answer = self._ask("PUT", f"/admin/users/{subject}", json={"app_metadata": {"role": role}})
        if not answer.is_success and answer.status_code != httpx2.codes.NOT_FOUND:
            raise UpstreamFailed("The identity provider did not take the role.")

    def delete(self, subject: str) -> None:
        """Remove the account; 404 means it is gone already."""
        answer = self._ask("DELETE", f"/admin/users/{subject}")
        if not answer.is_success and answer.status_code != httpx2.codes.NOT_FOUND:
            raise UpstreamFailed("The identity provider did not delete the account.")

    def sign_out_everywhere(self, subject: str) -> None:
        """End every session."""
        self._ask("POST", f"/admin/users/{subject}/logout", json={"scope": "global"})

    def _find(self, field: str, value: str) -> AccountFacts | None:
        users = self._ask("GET", "/admin/users", params={field: value, "per_page": 200}).json().get("users", [])
        return next((_facts(user) for user in users if user.get(field) == value), None)

    def _ask(self, method: str, path: str, **rest: Any) -> httpx2.Response:
        headers = {"apikey": self._key, "Authorization": f"Bearer {self._key}"}
        client = http.client("identity", timeout_s=settings.AUTH_PROVIDER_TIMEOUT_S)
        try:
            answer = client.request(method, f"{self._base}{path}", headers=headers, **rest)
        except httpx2.HTTPError as fault:
            raise ProviderUnreachable from fault
        if answer.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR:
            raise ProviderUnreachable
        return answer


def _facts(user: dict[str, Any]) -> AccountFacts:
    identities = tuple(
        LinkedIdentity(entry.get("provider"), entry.get("identity_id")) for entry in user.get("identities") or []
    )
    return AccountFacts(
        subject=user["id"],
        email_verified=bool(user.get("email_confirmed_at")),
        phone_verified=bool(user.get("phone_confirmed_at")),
        has_password=bool(user.get("has_password", user.get("encrypted_password"))),
        identities=identities,
    )
