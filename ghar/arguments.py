"""The arguments of declared functions (tools, resources, prompts): a model from the signature, and what is wrong."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from ghar.errors import Invalid

BIGGEST = 2**63
DEEPEST = 32
"""Levels of lists and objects in an argument."""


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False, str_max_length=8000)


def model_of(name: str, run: Callable[..., Any]) -> type[BaseModel]:
    """The model of a function's parameters but the first, which is the actor."""
    hints = get_type_hints(run, include_extras=True)
    parameters = list(inspect.signature(run).parameters.values())[1:]
    fields: dict[str, Any] = {
        parameter.name: (hints[parameter.name], ... if parameter.default is parameter.empty else parameter.default)
        for parameter in parameters
    }
    return create_model(name, __base__=_Arguments, **fields)


def read(model: type[BaseModel], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values to call the function with. Raises Invalid, naming each argument that is wrong."""
    if (wrong := _unstorable(given)) is not None:
        raise Invalid.field(wrong, "Not a value that can be kept.", where="arguments")
    try:
        values = model.model_validate(given)
    except ValidationError as invalid:
        raise Invalid(_first(invalid), fields=_fields(invalid)) from invalid
    return {name: getattr(values, name) for name in model.model_fields}


def _unstorable(given: Mapping[str, Any]) -> str | None:
    """The first argument that is too deep, or that PostgreSQL cannot hold: a NUL character, a number beyond 64 bits."""
    return next((name for name, value in given.items() if not _storable(value, DEEPEST)), None)


def _storable(value: Any, depth: int) -> bool:
    if isinstance(value, str):
        return "\x00" not in value
    if isinstance(value, int):
        return abs(value) < BIGGEST
    if not isinstance(value, Mapping | list):
        return True
    inner = [*value.keys(), *value.values()] if isinstance(value, Mapping) else value
    return depth > 0 and all(_storable(one, depth - 1) for one in inner)


def _fields(invalid: ValidationError) -> list[dict[str, Any]]:
    found = invalid.errors(include_url=False, include_context=False, include_input=False)
    return [{"loc": ["arguments", *error["loc"]], "msg": error["msg"], "type": error["type"]} for error in found]


def _first(invalid: ValidationError) -> str:
    first = _fields(invalid)[0]
    return f"{'.'.join(map(str, first['loc'][1:]))}: {first['msg']}"
