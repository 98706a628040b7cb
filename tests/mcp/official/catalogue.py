"""A server of the platform's own parts, with the throw-away tools, resources and prompts that the suite asks for.

Whatever an area could declare is declared here as an area does. What none declares (pictures and sounds in answers,
questions other than a yes) is in `raw.py`, beside the same door, transport and middleware. Only for a loopback address:
nobody signs in, and nothing of the platform is offered.
"""

import os
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # isort: skip

django.setup()

from ghar import calls, prompts, resources, tools  # noqa: E402 -- Django is set up first
from ghar.actors import Actor  # noqa: E402
from ghar.answers import Answer  # noqa: E402
from ghar.errors import Conflict  # noqa: E402
from ghar.mcp import edge  # noqa: E402
from ghar.mcp.service import Service  # noqa: E402
from ghar.prompts import Asked, asked, completes, prompt  # noqa: E402
from ghar.resources import resource  # noqa: E402
from ghar.tools import Audience, tool  # noqa: E402
from tests.mcp.official import raw  # noqa: E402

for registry in (tools._registry, resources._registry, prompts._prompts, prompts._completers):
    registry.clear()

ALL = {Audience.GUEST}
STEP_S = 0.05


class Text(Answer):
    """A text."""

    text: str


@tool("test_simple_text", on=ALL, title="Text", answers=Text, says=lambda data: data["text"])
def simple_text(actor: Actor) -> dict[str, Any]:
    """Answer with a text."""
    return {"text": "This is a simple text response for testing."}


class Intended(Conflict):
    """The tool is there to fail."""

    message = "This tool intentionally returns an error for testing"


@tool("test_error_handling", on=ALL, title="Error", answers=Answer)
def error_handling(actor: Actor) -> dict[str, Any]:
    """Refuse."""
    raise Intended


@tool("test_tool_with_progress", on=ALL, title="Progress", answers=Answer)
def with_progress(actor: Actor) -> dict[str, Any]:
    """Tell how far it is."""
    for done in (0, 50, 100):
        calls.report(done, of=100)
        time.sleep(STEP_S)
    return {"done": True}


@tool("test_destruction", on=ALL, title="Destroy", answers=Answer, writes=True, destructive=True)
def destruction(actor: Actor, name: str = "it") -> dict[str, Any]:
    """Destroy something that is not there, once somebody said yes."""
    return {"destroyed": name}


@resource("test://static-text", on=ALL, title="Text", mime="text/plain")
def static_text(actor: Actor) -> dict[str, Any]:
    """A text."""
    return {"text": "This is the content of the static text resource."}


@resource("test://static-binary", on=ALL, title="Picture", mime="image/png")
def static_binary(actor: Actor) -> dict[str, Any]:
    """A picture."""
    return {"blob": raw.PICTURE}


@resource("test://template/{number}/data", on=ALL, title="Data")
def data_of(actor: Actor, number: str) -> dict[str, Any]:
    """Data by its number."""
    return {"id": number, "templateTest": True, "data": f"Data for ID: {number}"}


@resource("test://example-resource", on=ALL, title="Example")
def example(actor: Actor) -> dict[str, Any]:
    """An example."""
    return {"is": "an example"}


@prompt("test_simple_prompt", on=ALL, title="Simple")
def simple_prompt(actor: Actor) -> Asked:
    """Ask something."""
    return asked("This is a simple prompt for testing.")


@prompt("test_prompt_with_arguments", on=ALL, title="With Arguments")
def prompt_with_arguments(actor: Actor, arg1: str, arg2: str) -> Asked:
    """Ask with two values."""
    return asked(f"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'")


@completes("arg1", on=ALL)
def first_values(actor: Actor, value: str) -> dict[str, list[str]]:
    """What the first value may be."""
    return {"values": [one for one in ("paris", "park", "party", "test") if one.startswith(value)]}


@prompt("test_prompt_with_embedded_resource", on=ALL, title="About Something")
def prompt_with_resource(actor: Actor, resourceUri: str) -> Asked:  # noqa: N803 -- the suite's name
    """Ask about a resource."""
    return asked("Please process the embedded resource above.", about=[resourceUri])


SERVICE = Service(
    path="/mcp",
    name="ghar-conformance",
    title="Conformance",
    audiences=frozenset(ALL),
    instructions="Throw-away things for the conformance suite.",
)
application = edge.mount(SERVICE, raw.build)
