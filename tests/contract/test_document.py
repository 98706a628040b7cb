"""The OpenAPI document is what was promised: a change of it is committed beside the change of the code."""

import copy
from pathlib import Path

import orjson
import pytest

from config.documents import contract
from tests.contract.differences import differences

PROMISED = Path(__file__).parent / "openapi.json"


def test_the_document_is_as_committed():
    found = differences(orjson.loads(PROMISED.read_bytes()), contract.document())
    assert not found, "\n  ".join(
        ["The wire differs from tests/contract/openapi.json. Is it meant? Then: bin/ghar manage docs", *found]
    )


def _drop_operation(document) -> None:
    del document["paths"]["/api/v1/users/me"]["put"]


def _add_path(document) -> None:
    document["paths"]["/api/v1/gardens"] = {}


def _retype(document) -> None:
    document["components"]["schemas"]["UserOut"]["properties"]["id"]["type"] = "string"


def _loosen(document) -> None:
    document["components"]["schemas"]["UserOut"]["required"].remove("email")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (_drop_operation, "removed paths > /api/v1/users/me > put"),
        (_add_path, "added paths > /api/v1/gardens"),
        (_retype, "changed components > schemas > UserOut > properties > id > type: 'integer' is now 'string'"),
        (_loosen, "changed components > schemas > UserOut > required"),
    ],
)
def test_a_change_is_found_and_named(change, line):
    changed = copy.deepcopy(contract.document())
    change(changed)
    (found,) = differences(contract.document(), changed)
    assert found.startswith(line)
