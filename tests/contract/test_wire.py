"""Whatever a client sends, right or wrong: the answer is one that the OpenAPI document describes."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from schemathesis import Case
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode

from tests.contract.document import Described, document, operations
from tests.contract.examine import RIGHT, WRONG, draw, examine, loaded
from tests.support import help as helping
from tests.support import issuer, listings, visits
from tests.support.cast import Cast

CASES = [
    pytest.param(operation, who, mode, id=f"{operation}-{who}-{mode.value}")
    for operation in operations(document())
    for who in operation.callers
    for mode in ((RIGHT, WRONG) if operation.takes_input else (RIGHT,))
]


@pytest.fixture(scope="module")
def world(everybody: Cast) -> dict[str, Any]:
    """A few listings, an agent and a visit of the owner, and the path parameters that lead to one of each."""
    for number, person in enumerate((everybody.owner, everybody.tenant, everybody.owner)):
        place = listings.make_listing(person, at=listings.CENTRE, base_price=100 * (number + 1))
        listings.add_images(place, "front", "back")
        listings.add_amenities(place, f"Lift {number}")
    visit = visits.make_visit(everybody.owner, listings.make_listing(everybody.tenant), agent=everybody.agent_profile)
    return {
        "property_id": place.pk,
        "agent_id": visit.agent_id,
        "visit_id": visit.pk,
        "user_id": everybody.tenant.pk,
        **helping.make_help(everybody.owner),
    }


@pytest.fixture(scope="module")
def drawn(world: dict[str, Any]) -> Callable[[Described, GenerationMode], list[Case]]:
    """The examples of an operation, which all its callers send."""
    kept: dict[tuple[str, GenerationMode], list[Case]] = {}

    def examples(operation: Described, mode: GenerationMode) -> list[Case]:
        key = str(operation), mode
        if key not in kept:
            there = {name: value for name, value in world.items() if f"{{{name}}}" in operation.path}
            kept[key] = draw(loaded(), operation, mode=mode, path_parameters=there if mode is RIGHT else None)
        return kept[key]

    return examples


@pytest.mark.parametrize(("operation", "who", "mode"), CASES)
def test_every_answer_is_as_documented(operation, who, mode, app, drawn, everybody, db):
    headers = {} if who == "anonymous" else {"Authorization": f"Bearer {issuer.token_for(getattr(everybody, who))}"}
    examine(drawn(operation, mode), app, headers=headers)


def _without_status(described: dict[str, Any]) -> None:
    described["responses"] = {"418": {"description": "Never"}}


def _with_a_key_that_never_comes(described: dict[str, Any]) -> None:
    content = described["responses"]["200"]["content"]["application/json"]
    content["schema"] = {"type": "object", "required": ["colour"]}


def _with_another_type(described: dict[str, Any]) -> None:
    content = described["responses"]["200"]["content"]
    content["text/csv"] = content.pop("application/json")


@pytest.mark.parametrize("falsify", [_without_status, _with_a_key_that_never_comes, _with_another_type])
def test_an_answer_that_is_not_documented_is_found(falsify, app, db):
    false = copy.deepcopy(document())
    falsify(false["paths"]["/api/v1/auth/config"]["get"])
    with pytest.raises(FailureGroup):
        examine(draw(schemathesis.openapi.from_dict(false), Described("GET", "/api/v1/auth/config", {})), app)
