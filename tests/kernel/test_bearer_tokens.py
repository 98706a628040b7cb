"""Tokens: which are good, which are 401, and when the answer is 503 instead."""

import time

import httpx2
import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec

from apps.identity.services import keys as identity_keys
from ghar.auth.keys import FAILURE_PAUSE_S, KEEP_S, REFRESH_PAUSE_S, KeySet, ProviderUnreachable
from ghar.auth.tokens import TokenInvalid, TokenVerifier
from tests.support import issuer

pytestmark = pytest.mark.django_db
ME = "/api/v1/users/me"


def test_the_header(api):
    for header, code in [
        ("", "AUTH_HEADER_MISSING"),
        ("Bearer", "INVALID_AUTH_HEADER"),
        ("Bearer a b", "INVALID_AUTH_HEADER"),
        ("Basic abc", "INVALID_AUTH_SCHEME"),
        ("bearer abc", "TOKEN_INVALID"),
    ]:
        answer = api.get(ME, headers={"Authorization": header} if header else {})
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, code), header
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_good_token_in_any_case_of_the_scheme(api, cast):
    assert api.get(ME, headers={"Authorization": f"BEARER {issuer.token_for(cast.seeker)}"}).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"exp": 1_700_000_000},
        {"iss": "https://elsewhere.example/auth/v1"},
        {"aud": "somebody-else"},
        {"sub": None},
        {"iat": None},
        {"exp": "soon"},
        {"app_metadata": "no object"},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim(api, cast, wrong):
    answer = api.with_token(issuer.token_for(cast.seeker, **wrong)).get(ME)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "TOKEN_INVALID")


def test_a_token_of_another_signer(api, cast):
    signer = identity_keys.system_signer()
    forged = jwt.encode({"sub": "x"}, ec.generate_private_key(ec.SECP256R1()), "ES256", headers={"kid": signer.kid})
    assert api.with_token(forged).get(ME).status_code == 401


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_token_of_another_algorithm(api, algorithm):
    kid = identity_keys.system_signer().kid
    forged = jwt.encode({"sub": "x"}, "a" * 32 if algorithm == "HS256" else "", algorithm, headers={"kid": kid})
    assert api.with_token(forged).get(ME).status_code == 401


@pytest.mark.parametrize("junk", ["a.b.c", "....", "é", "x" * 9000, "eyJhbGciOiJFUzI1NiJ9.e30.AA"])
def test_junk(api, junk):
    answer = api.with_token(junk).get(ME)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "TOKEN_INVALID")


def test_an_optional_sign_in_falls_back_to_anonymous(api, cast):
    cast.seeker.is_active = False
    cast.seeker.save()
    for client in (api.with_token("junk"), api.as_(cast.seeker)):
        assert client.get("/api/v1/properties").status_code == 200


# --- the key cache, against a source that the test controls ------------------------------------------------------


class Source:
    """A JWKS endpoint that counts its calls and can be away."""

    def __init__(self):
        self.calls, self.away, self.kid = 0, False, "k1"
        self.private = ec.generate_private_key(ec.SECP256R1())

    def __call__(self):
        self.calls += 1
        if self.away:
            raise httpx2.ConnectError("away")
        entry = jwt.algorithms.ECAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {"keys": [{**entry, "kid": self.kid, "alg": "ES256"}, {"kty": "oct", "kid": "s"}, {"kty": "EC"}]}


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def moving():
    """A clock that the test moves."""

    class Clock:
        now = 1000.0

        def __call__(self):
            return self.now

    return Clock()


def test_keys_are_fetched_once_an_hour(source, moving):
    keys = KeySet(source, clock=moving)
    for _ in range(5):
        assert keys.find("k1")
    assert source.calls == 1
    moving.now += KEEP_S + 1
    assert keys.find("k1")
    assert source.calls == 2


def test_an_unknown_key_refreshes_and_is_not_hammered(source, moving):
    keys = KeySet(source, clock=moving)
    keys.find("k1")
    moving.now += REFRESH_PAUSE_S + 1
    source.kid = "k2"
    assert keys.find("k2")
    assert [keys.find(f"made-up-{n}") for n in range(50)] == [None] * 50
    assert source.calls == 2


def test_an_unreachable_issuer_is_told_from_a_bad_token(source, moving):
    keys = KeySet(source, clock=moving)
    source.away = True
    with pytest.raises(ProviderUnreachable) as refused:
        keys.find("k1")
    assert refused.value.headers["Retry-After"] == "5"
    with pytest.raises(ProviderUnreachable):
        keys.find("k1")
    assert source.calls == 1
    moving.now += FAILURE_PAUSE_S + 1
    source.away = False
    assert keys.find("k1")


def test_known_keys_survive_an_outage(source, moving):
    keys = KeySet(source, clock=moving)
    keys.find("k1")
    source.away = True
    moving.now += KEEP_S + 1
    assert keys.find("k1")


def test_good_answers_are_remembered_but_not_past_their_end(source, moving):
    verifier = TokenVerifier(KeySet(source, clock=moving), issuer="me", audiences=["you"])
    payload = {"iss": "me", "aud": "you", "sub": "s", "iat": int(time.time()), "exp": int(time.time()) + 30}
    token = jwt.encode(payload, source.private, "ES256", headers={"kid": "k1"})
    assert verifier.verify(token) is verifier.verify(token)
    with time_machine.travel(time.time() + 31), pytest.raises(TokenInvalid):
        verifier.verify(token)


def test_a_token_without_a_key_id(source, moving):
    verifier = TokenVerifier(KeySet(source, clock=moving), issuer="me", audiences=["you"])
    with pytest.raises(TokenInvalid):
        verifier.verify(jwt.encode({"sub": "s"}, source.private, "ES256"))
    assert source.calls == 0
