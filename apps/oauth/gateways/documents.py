"""Documents in which apps describe themselves, at the https address that is their id.

draft-ietf-oauth-client-id-metadata-document; the MCP specification of 2025-11-25 asks for a name as well.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from apps.oauth import rules
from ghar import public_http
from ghar.errors import BadRequest
from ghar.store.semaphores import Semaphore

SECONDS = 5.0
MOST_BYTES = 64 * 1024
SHORTEST_S, USUAL_S, LONGEST_S = 300, 3600, 86_400
"""How long a document counts: what it says of itself, within these bounds."""

AT_A_TIME = Semaphore("client_documents", 8)
_OK = 200
_PUBLIC = "none"


class DocumentRefused(BadRequest):
    """The app's document cannot be read, or does not say what it has to."""

    code = "invalid_client"


Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Document(BaseModel):
    """What a client's document has to say. Names that are not here are ignored."""

    model_config = ConfigDict(strict=True)

    client_id: str
    client_name: Line
    redirect_uris: list[str] = Field(min_length=1, max_length=rules.MOST_REDIRECTS)
    grant_types: list[str] = ["authorization_code"]
    response_types: list[str] = ["code"]
    token_endpoint_auth_method: str = _PUBLIC
    client_secret: None = None

    def complaints_of(self, url: str) -> list[str]:
        """What stands against letting the client at that address ask."""
        problems = {
            f"client_id is {self.client_id!r}": self.client_id != url,
            "redirect_uris must be https, or http on this machine": not all(map(rules.is_redirect, self.redirect_uris)),
            "grant_types lacks authorization_code": "authorization_code" not in self.grant_types,
            "response_types lacks code": "code" not in self.response_types,
            "token_endpoint_auth_method must be none": self.token_endpoint_auth_method != _PUBLIC,
        }
        return [problem for problem, there in problems.items() if there]


def fetch(url: str) -> tuple[Document, int]:
    """A client's document and for how many seconds it counts. Raises DocumentRefused, or NoSlot while many are read."""
    with AT_A_TIME.slot(seconds=2 * SECONDS, wait_s=1):
        try:
            answer = public_http.fetch(url, seconds=SECONDS, most_bytes=MOST_BYTES)
        except public_http.NotFetched as fault:
            raise DocumentRefused(f"The document of this client: {fault.message}") from fault
    if answer.status != _OK or answer.content_type != "application/json":
        told = f"{answer.status} {answer.content_type}".strip()
        raise DocumentRefused(f"The document of this client: {url} answers {told}, not 200 application/json")
    return _read(url, answer.body), _lasting(answer.fresh_s)


def _read(url: str, body: bytes) -> Document:
    try:
        document = Document.model_validate_json(body)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "document"
        raise DocumentRefused(f"The document of this client: {place}: {first['msg']}") from invalid
    if complaints := document.complaints_of(url):
        raise DocumentRefused(f"The document of this client: {'; '.join(complaints)}")
    return document


def _lasting(told: int | None) -> int:
    return USUAL_S if told is None else min(max(told, SHORTEST_S), LONGEST_S)
