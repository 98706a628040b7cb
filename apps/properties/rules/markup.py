"""What may stand in the texts that people and feeds write about a listing. Pure."""

import html

import nh3

_HEADINGS = {f"h{level}" for level in range(1, 7)}
_TAGS = {"p", "br", "strong", "em", "u", "blockquote", "ul", "ol", "li", "a", "img"} | _HEADINGS
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "width", "height"}}


def description(text: str) -> str:
    """Rich text reduced to the allowed tags; scripts, styles and handlers are gone. Idempotent."""
    return nh3.clean(text, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}).strip()


def title(text: str) -> str:
    """Plain text on one line, at most 200 characters, without any markup."""
    plain = html.unescape(nh3.clean(text, tags=set()))
    return " ".join(plain.split())[:200].rstrip()
