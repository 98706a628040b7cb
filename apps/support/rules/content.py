"""What may stand in a page. Pure."""

from copy import deepcopy

import nh3
import orjson

HTML, JSON = "html", "json"
_ATTRIBUTES = deepcopy(nh3.ALLOWED_ATTRIBUTES)
_ATTRIBUTES["*"] = {"class", "id", "title", "lang", "dir"}
_SCHEMES = {"http", "https", "mailto", "tel"}


class NotJSON(ValueError):
    """The content of a JSON page is not JSON."""


def cleaned(form: str, text: str) -> str:
    """The content as it is stored. Raises NotJSON.

    HTML loses scripts, styles, handlers and frames; it may be shown as it is. JSON is checked. Markdown stays as it
    is: what shows it must not let HTML inside it through.
    """
    if form == HTML:
        return nh3.clean(text, attributes=_ATTRIBUTES, url_schemes=_SCHEMES)
    if form == JSON:
        _insist_on_json(text)
    return text


def _insist_on_json(text: str) -> None:
    try:
        orjson.loads(text)  # the standard library's also takes NaN and Infinity, which other programs cannot read
    except orjson.JSONDecodeError as wrong:
        raise NotJSON from wrong
