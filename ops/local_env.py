"""`var/local.env`: what this checkout chose for itself (ports, passwords), as KEY=value lines.

The settings read the same file. Whatever the process environment or `.env.<ENVIRONMENT>` says wins over it.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from ops.checkout import Checkout

DEFAULT_ENVIRONMENT = "development"


def parse(text: str) -> dict[str, str]:
    """Read KEY=value lines; blank lines and comments are skipped, surrounding quotes are taken off."""
    values: dict[str, str] = {}
    for line in text.splitlines():
        key, separator, value = line.strip().removeprefix("export ").partition("=")
        if separator and not key.startswith("#"):
            values[key.strip()] = _unquoted(value.strip())
    return values


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value


def read(path: Path) -> dict[str, str]:
    return parse(path.read_text(encoding="utf-8")) if path.exists() else {}


def write(path: Path, values: Mapping[str, str]) -> None:
    """Replace the file in one move; only its owner may read it, because it holds passwords."""
    for key, value in values.items():
        if "\n" in value or not key.isidentifier():
            raise ValueError(f"{key} cannot be written as one KEY=value line")
    text = "# Written by bin/ghar for this checkout; safe to delete while nothing runs.\n"
    text += "".join(f"{key}={value}\n" for key, value in sorted(values.items()))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def update(checkout: Checkout, **values: str) -> dict[str, str]:
    """Merge values into this checkout's file and return all of it."""
    merged = read(checkout.local_env) | values
    if merged != read(checkout.local_env):
        write(checkout.local_env, merged)
    return merged


def secret_key(checkout: Checkout) -> str:
    """The key that signs sessions and tokens here: made once, then kept."""
    known = read(checkout.local_env).get("SECRET_KEY")
    return known or update(checkout, SECRET_KEY=secrets.token_urlsafe(50))["SECRET_KEY"]


def given(checkout: Checkout, name: str) -> str:
    """A value set on purpose, in the environment or in `.env.<ENVIRONMENT>`; empty when there is none."""
    environment = os.environ.get("ENVIRONMENT", DEFAULT_ENVIRONMENT)
    chosen = read(checkout.root / f".env.{environment}")
    return os.environ.get(name) or chosen.get(name, "")


def effective(checkout: Checkout, name: str) -> str:
    """The value the project will see: the given one, else this checkout's own; empty without either."""
    return given(checkout, name) or read(checkout.local_env).get(name, "")
