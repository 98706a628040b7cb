"""Any answer as JSON: times ISO 8601, enumerations their values, money a number."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson


def dumps(value: Any) -> bytes:
    """Any answer as JSON bytes. Decimals become numbers, because that is what the wire's money is."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def plain(value: Any) -> Any:
    """Any answer as nothing but dictionaries, lists, texts, numbers, booleans and None."""
    return orjson.loads(dumps(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
