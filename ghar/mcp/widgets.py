"""Views of results in the words of both generations of chat hosts: MCP Apps, and the first one of OpenAI.

A widget has an address that stays and one that changes with its content. Descriptors of tools name the first; results
name the second, so that a host may keep for ever what it has read there.
"""

from typing import Any

import mcp_types as types
from django.conf import settings

from ghar import widgets
from ghar.tools import Outcome, Tool
from ghar.widgets import Widget

SCHEME = "ui://"
APP = "text/html;profile=mcp-app"
SKYBRIDGE = "text/html+skybridge"
"""What hosts of the first generation that take nothing else take."""


def stable(name: str) -> str:
    """The address of a widget, built or not."""
    return f"{SCHEME}widget/{name.lower()}.html"


def hashed(widget: Widget) -> str:
    """The address of this very content."""
    return f"{stable(widget.name)}?v={widget.version}"


def _first_generation(name: str) -> str:
    return f"{SCHEME}widget/{name.lower()}.skybridge.html"


def of_tool(tool: Tool) -> dict[str, Any]:
    """What the descriptor of a tool says about its view, and what to show while it runs."""
    phrases = dict(zip(("invoking", "invoked"), tool.phrases, strict=True)) if tool.phrases else {}
    told = {f"openai/toolInvocation/{name}": phrase for name, phrase in phrases.items()}
    if tool.widget is None:
        return told
    uri = stable(tool.widget)
    return {
        "ui": {"resourceUri": uri, "visibility": ["model", "app"]},
        "ui/resourceUri": uri,
        "ui/visibility": "host",
        "openai/outputTemplate": uri,
        "openai/widgetAccessible": True,
        **told,
    }


def of_result(outcome: Outcome) -> dict[str, Any] | None:
    """The view of a result, if it has one that is built."""
    widget = widgets.find(outcome.widget)
    return {"ui": {"resourceUri": hashed(widget)}} if widget is not None else None


def resources() -> list[types.Resource]:
    """Every built widget at each of its addresses, in the order of these."""
    listed = [
        types.Resource(
            uri=uri,
            name=widget.name,
            title=widget.title,
            description=widget.description,
            mime_type=mime,
            _meta=_meta(widget, uri),
        )
        for uri, (widget, mime) in _addresses().items()
    ]
    return sorted(listed, key=lambda one: str(one.uri))


def read(uri: str) -> types.TextResourceContents | None:
    """The view at an address. A former content is no longer there, and answers with the present one."""
    address, _, version = uri.partition("?v=")
    found = _addresses().get(uri) or (_addresses().get(address) if version else None)
    if found is None:
        return None
    widget, mime = found
    return types.TextResourceContents(uri=uri, mime_type=mime, text=widget.html, _meta=_meta(widget, uri))


def _addresses() -> dict[str, tuple[Widget, str]]:
    found: dict[str, tuple[Widget, str]] = {}
    for widget in widgets.everything().values():
        found |= {
            stable(widget.name): (widget, APP),
            hashed(widget): (widget, APP),
            _first_generation(widget.name): (widget, SKYBRIDGE),
        }
    return found


def _meta(widget: Widget, uri: str) -> dict[str, Any]:
    """What a host has to know before it shows the view: which frame, and what it may load from where."""
    base = settings.PUBLIC_BASE_URL
    allowed = {"connectDomains": settings.WIDGET_CONNECTS, "resourceDomains": settings.WIDGET_RESOURCES}
    return {
        "ui": {
            "resourceUri": uri,
            "visibility": "host",
            "domain": base,
            "prefersBorder": True,
            "csp": {**allowed, "frameDomains": []},
        },
        "ui/resourceUri": uri,
        "ui/visibility": "host",
        "openai/widgetPrefersBorder": True,
        "openai/widgetDomain": base,
        "openai/widgetDescription": widget.description,
        "openai/widgetCSP": _first_generation_policy(allowed),
    }


def _first_generation_policy(allowed: dict[str, list[str]]) -> dict[str, list[str]]:
    """Those hosts read names with underscores; clients of this platform read the others."""
    return {**allowed, "connect_domains": allowed["connectDomains"], "resource_domains": allowed["resourceDomains"]}
