"""A page as a program reads it that shows a link."""

import json
from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    """`meta` by name or property, `links` by their text, `pictures` with their words, `main`, `json_ld`."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.pictures: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.main: dict[str, str] = {}
        self.scripts: list[dict[str, str]] = []
        self.json_ld: Any = None
        self._inside: tuple[str, dict[str, str]] = ("", {})
        self.feed(answer.content.decode())

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        values = dict(attrs)
        self._inside = (tag, values)
        if tag == "meta":
            self.meta[values.get("property") or values.get("name") or values.get("http-equiv", "")] = values.get(
                "content", ""
            )
        elif tag == "main":
            self.main = values
        elif tag == "link" and values["rel"] == "canonical":
            self.meta["canonical"] = values["href"]
        elif tag == "img":
            self.pictures[values["src"]] = values["alt"]
        elif tag == "script":
            self.scripts.append(values)

    def handle_data(self, data: str) -> None:
        tag, values = self._inside
        if tag == "a":
            self.links[data.strip()] = values["href"]
        elif tag == "script" and values.get("type") == "application/ld+json":
            self.json_ld = json.loads(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = ("", {})
