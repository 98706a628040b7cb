"""Resources: what a client may read at an address of its own, declared beside the tools of an area.

    @resource("ghar://listing/{property_id}", on=EVERYBODY, title="Listing")
    def listing(actor: Actor, property_id: Id) -> dict[str, Any]:
        \"\"\"Everything about one listing.\"\"\"
        return json_rows.decode(listings.get_property(actor, property_id))

The parameters are those of the address. Who may read, what is a valid address and what a failure looks like is decided
as for tools.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from ghar import tools
from ghar.actors import Actor
from ghar.errors import NotFound
from ghar.tools import Audience, Outcome, Tool, ToolRefused

JSON = "application/json"
_PARAMETER = re.compile(r"\{(\w+)\}")

Listed = Callable[[Actor, str | None], Mapping[str, Any]]
"""(actor, cursor) to a page: `items`, each `{uri, title}`, and `next_cursor`."""


class ResourceUnknown(NotFound):
    """There is no resource at that address."""

    code = "RESOURCE_NOT_FOUND"
    message = "There is no such resource"


@dataclass(frozen=True)
class Resource:
    """One kind of resource. `reads` is what a read does; `lists` gives the actor's own, where they can be told.

    The answer is the content as JSON; with another `mime` it is `{"text": ...}`, or `{"blob": ...}` in base64.
    """

    template: str
    reads: Tool
    mime: str = JSON
    lists: Listed | None = None

    @property
    def name(self) -> str:
        """What it is called beside its title: `listing` of `ghar://listing/{property_id}`."""
        return self.template.partition("://")[2].partition("/")[0]

    @property
    def is_template(self) -> bool:
        """Does its address have parameters?"""
        return bool(_PARAMETER.search(self.template))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What its addresses look like."""
        parts = _PARAMETER.split(self.template)
        named = [f"(?P<{part}>[^/?#]+)" if number % 2 else re.escape(part) for number, part in enumerate(parts)]
        return re.compile("".join(named) + r"\Z")


_registry: dict[str, Resource] = {}


def resource(
    template: str, *, on: set[Audience], title: str, mime: str = JSON, lists: Listed | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a function as what is read at such addresses. Raises ToolRefused for a declaration that cannot stand."""

    def declare(run: Callable[..., Any]) -> Callable[..., Any]:
        reads = Tool(name=template, run=run, on=frozenset(on), title=title)
        tools.refuse_unclear(reads, taken=template in _registry)
        if set(_PARAMETER.findall(template)) != set(reads.arguments.model_fields):
            raise ToolRefused(f"resource {template}: its parameters are not those of its address")
        _registry[template] = Resource(template, reads, mime, lists)
        return run

    return declare


def for_audiences(*audiences: Audience) -> list[Resource]:
    """The resources for any of these, in order of their addresses."""
    return sorted((one for one in _registry.values() if one.reads.on & set(audiences)), key=lambda one: one.template)


def find(uri: str) -> tuple[Resource, dict[str, str]] | None:
    """The resource at an address, and what its parameters are there."""
    for one in _registry.values():
        if found := one.pattern.match(uri):
            return one, {name: unquote(value) for name, value in found.groupdict().items()}
    return None


def read(actor: Actor, uri: str) -> Outcome:
    """What is at an address. Never raises, as `tools.call` does not."""
    found = find(uri)
    if found is None:
        return tools.failed(ResourceUnknown())
    return tools.perform(actor, found[0].reads, found[1])
