"""Requests that schemathesis makes from an OpenAPI document, sent through the whole application."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks

from ghar import shared_redis
from tests.contract.document import Described, document

RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
EXAMPLES = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@cache
def loaded() -> BaseSchema:
    """The document that the code makes, as schemathesis reads it; once, because that takes as long as an operation."""
    return schemathesis.openapi.from_dict(document())


def draw(
    schema: BaseSchema,
    operation: Described,
    *,
    mode: GenerationMode = RIGHT,
    path_parameters: dict[str, Any] | None = None,
) -> list[schemathesis.Case]:
    """The examples of an operation. To draw one takes longer than to send it."""
    drawn = []

    @EXAMPLES
    @given(
        case=schema[operation.path][operation.method].as_strategy(
            generation_mode=mode, path_parameters=path_parameters or None
        )
    )
    def keep(case: schemathesis.Case) -> None:
        drawn.append(case)

    keep()
    return drawn


def examine(cases: Iterable[schemathesis.Case], app: Any, *, headers: dict[str, str] | None = None) -> None:
    """Send the examples, each in a transaction that is rolled back. Raises what schemathesis finds wrong."""
    for case in cases:
        shared_redis.redis_client().flushdb()
        with transaction.atomic():
            answer = case.call(app=app, headers=headers or {})
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CHECKS)
