"""Browser sign-in: out to Google, back with a code, and the exchange of our own code for a session (PKCE)."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction

from apps.identity import rules
from apps.identity.gateways import google
from apps.identity.models import Method, Provider, SignInFlow
from apps.identity.services import federated, sessions
from apps.identity.services.visitors import Visitor
from ghar import clock
from ghar.errors import BadRequest, DomainError, Invalid, NotFound

log = structlog.get_logger(__name__)

LIFE = timedelta(minutes=10)
CODE_LIFE = timedelta(minutes=5)
REFUSED_BY_PERSON = "access_denied"


class GoogleNotSetUp(federated.ProviderDisabled):
    """Nobody has given this server its Google client."""

    message = (
        "Google sign-in is not set up on this server: GOOGLE_WEB_CLIENT_ID and GOOGLE_CLIENT_SECRET are not both set."
    )


class StateUnknown(BadRequest):
    """The way back does not belong to a way out of this browser."""

    code = "bad_oauth_state"
    message = "OAuth state not found or expired"


class FlowNotFound(NotFound):
    """The code is unknown, used, or has run out."""

    code = "flow_state_not_found"
    message = "invalid flow state, no valid flow state found"


class VerifierRefused(BadRequest):
    """The PKCE verifier does not belong to the code."""

    code = "bad_code_verifier"
    message = "code challenge does not match previously saved code verifier"


@dataclass(frozen=True, slots=True)
class WayOut:
    """Where to send the browser, and the state it must bring back in a cookie as well."""

    url: str
    state: str


def begin_flow(
    *, actor: Visitor, provider: str, redirect_to: str | None, challenge: str, challenge_method: str | None
) -> WayOut:
    """Send a browser to its provider. Raises ProviderDisabled, GoogleNotSetUp, or Invalid for `redirect_to`."""
    if provider != Provider.GOOGLE:
        raise federated.ProviderDisabled
    if not google.is_set_up():
        raise GoogleNotSetUp
    target = redirect_to or settings.PUBLIC_BASE_URL
    if not _may_lead_to(target):
        raise Invalid.field("redirect_to", "This address is not among the allowed ones.", where="query")
    state, nonce, now = secrets.token_urlsafe(32), secrets.token_urlsafe(24), clock.now()
    SignInFlow.objects.create(
        provider=provider,
        redirect_to=target,
        challenge=challenge,
        challenge_method=challenge_method,
        nonce=nonce,
        state_digest=rules.digest(state),
        created_at=now,
        expires_at=now + LIFE,
    )
    return WayOut(google.consent_url(state=state, nonce=nonce, redirect_uri=_callback_url()), state)


def _may_lead_to(target: str) -> bool:
    allowed = [settings.PUBLIC_BASE_URL, *settings.CORS_ALLOWED_ORIGINS, *settings.IDENTITY_REDIRECTS]
    return rules.may_lead_to(target, allowed, any_loopback=settings.ENVIRONMENT != "production")


def _callback_url() -> str:
    return f"{settings.AUTH_ISSUER}/callback"


def finish_flow(*, actor: Visitor, state: str, browser_state: str, code: str, refusal: str) -> str:
    """Where a browser that comes back from its provider goes: to its page, with a code or with an error.

    The state must come both in the address and in this browser's cookie, so nobody can be signed in to somebody
    else's account by a link. Raises StateUnknown.
    """
    flow = _taken(state) if rules.same(state, browser_state) else None
    if flow is None:
        raise StateUnknown
    if refusal or not code:
        return _with_error(flow, REFUSED_BY_PERSON, refusal or "no code")
    try:
        profile = google.read_id_token(google.exchange(code=code, redirect_uri=_callback_url()), nonce=flow.nonce)
        return rules.with_query(flow.redirect_to, code=_promise(flow, profile))
    except DomainError as refused:
        log.warning("browser sign-in failed", reason=refused.code)
        return _with_error(flow, refused.code, refused.message)


@transaction.atomic
def _taken(state: str) -> SignInFlow | None:
    """The flow of a state, which works once."""
    flow = SignInFlow.objects.select_for_update().filter(state_digest=rules.digest(state)).first()
    if flow is not None:
        flow.delete()
    return flow if flow is not None and flow.expires_at > clock.now() else None


@transaction.atomic
def _promise(flow: SignInFlow, profile: google.GoogleProfile) -> str:
    code, now = secrets.token_urlsafe(32), clock.now()
    SignInFlow.objects.create(
        provider=flow.provider,
        redirect_to=flow.redirect_to,
        challenge=flow.challenge,
        challenge_method=flow.challenge_method,
        nonce=flow.nonce,
        code_digest=rules.digest(code),
        account=federated.system_account_of(profile=profile),
        created_at=now,
        expires_at=now + CODE_LIFE,
    )
    return code


def _with_error(flow: SignInFlow, code: str, message: str) -> str:
    error = REFUSED_BY_PERSON if code == REFUSED_BY_PERSON else "server_error"
    return rules.with_query(flow.redirect_to, error=error, error_code=code, error_description=message)


def exchange_code(*, actor: Visitor, auth_code: str, verifier: str) -> sessions.Grant:
    """A session for the code that the browser brought. The code works once, also with a wrong verifier.

    Raises FlowNotFound, VerifierRefused or AccountBanned.
    """
    flow = _redeemed(auth_code)
    if flow is None or flow.account is None:
        raise FlowNotFound
    if not rules.answers_challenge(challenge=flow.challenge, method=flow.challenge_method, verifier=verifier):
        raise VerifierRefused
    return sessions.start_session(actor=actor, account=flow.account, method=Method.OAUTH)


@transaction.atomic
def _redeemed(auth_code: str) -> SignInFlow | None:
    flows = SignInFlow.objects.select_for_update(of=["self"]).select_related("account")
    flow = flows.filter(code_digest=rules.digest(auth_code)).first()
    if flow is not None:
        SignInFlow.objects.filter(pk=flow.pk).delete()
    return flow if flow is not None and flow.expires_at > clock.now() else None


def system_purge_flows() -> int:
    """Forget flows that nobody finished."""
    return SignInFlow.objects.filter(expires_at__lt=clock.now()).delete()[0]
