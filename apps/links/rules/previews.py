"""What a link shows of a thing before anybody opens it: words, pictures, and schema.org data. Pure."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import nh3

from apps.links.rules import facts, structured
from apps.links.rules.facts import Listing

DESCRIPTION_MOST = 200
_BLOCK = re.compile(r"<(?=/?(?:p|br|li|ul|ol|h[1-6]|blockquote)\b)", re.IGNORECASE)  # ends a word


@dataclass(frozen=True)
class Preview:
    """`url` is the address that search engines keep; `card_url` is a picture that is drawn of the thing, `facts` is
    one line, `data` is JSON-LD."""

    title: str
    description: str
    url: str
    card_url: str
    image_url: str | None = None
    facts: str = ""
    data: Mapping[str, Any] | None = None
    is_on_offer: bool = True
    posted_at: datetime | None = None

    @property
    def json_ld(self) -> str:
        """The data as it may stand inside a script element: nothing in it can end the element."""
        text = json.dumps(self.data, ensure_ascii=False)
        return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def of_listing(listing: Listing, *, url: str, card_url: str) -> Preview:
    """A listing as the API shows it to strangers."""
    described = _shortened(_plain(listing["description"] or ""))
    pictures = [address for address, _ in facts.pictures(listing)]
    return Preview(
        title=listing["title"],
        description=described or facts.line(listing),
        url=url,
        card_url=card_url,
        image_url=pictures[0] if pictures else None,
        facts=facts.line(listing),
        data=structured.of_listing(listing, url=url, description=described, images=pictures or [card_url]),
        is_on_offer=facts.is_on_offer(listing),
        posted_at=datetime.fromisoformat(listing["created_at"]),
    )


def _plain(text: str) -> str:
    """Without markup and line ends."""
    return " ".join(html.unescape(nh3.clean(_BLOCK.sub(" <", text), tags=set())).split())


def _shortened(text: str) -> str:
    """Whole words, as many as a preview has room for."""
    if len(text) <= DESCRIPTION_MOST:
        return text
    return text[:DESCRIPTION_MOST].rpartition(" ")[0].rstrip(",.;:") + "…"
