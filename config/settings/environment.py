"""Reads the declared variables: process environment first, then `.env.<ENVIRONMENT>`, then `var/local.env`."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from config.settings.variables import UNSAFE_SECRET, VARIABLES

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENTS = ("development", "test", "production")

_env = environ.Env()
_name = os.environ.get("ENVIRONMENT", VARIABLES["ENVIRONMENT"].default)
for _file in (ROOT / f".env.{_name}", ROOT / "var" / "local.env"):
    if _file.exists():
        environ.Env.read_env(_file)  # never overrides what is set already


def read(name: str) -> Any:
    """The value of a declared variable, cast to its type. A malformed value names the variable."""
    variable = VARIABLES[name]
    if not os.environ.get(name, "").strip():
        return variable.default
    try:
        return _env.get_value(name, cast=variable.kind)
    except (ValueError, TypeError) as wrong:
        raise ImproperlyConfigured(f"{name} must be a {variable.kind.__name__}.") from wrong


def counts(name: str) -> dict[str, int]:
    """A variable of entries `name=count`. Another entry is named in the refusal."""
    found = {}
    for entry in read(name):
        key, _, count = entry.partition("=")
        if not (key.strip() and count.strip().isdecimal()):
            raise ImproperlyConfigured(f"{name}: {entry!r} is not `name=count`.")
        found[key.strip()] = int(count)
    return found


def environment() -> str:
    """The environment's name, or a refusal that lists the names there are."""
    name: str = read("ENVIRONMENT")
    if name not in ENVIRONMENTS:
        raise ImproperlyConfigured(f"ENVIRONMENT is {name!r}; it must be one of {', '.join(ENVIRONMENTS)}.")
    return name


def origins_of(*urls: str) -> list[str]:
    """The origins (`https://host:port`) of the URLs that are set; a tile URL's `{s}` stands for any subdomain."""
    parts = [urlsplit(url.replace("{s}", "*")) for url in urls if url]
    return [f"{part.scheme}://{part.netloc}" for part in parts]


def unsafe_values() -> list[str]:
    """What must not go to production, one sentence each; empty when all is well."""
    base_url = read("PUBLIC_BASE_URL")
    embedded = read("IDENTITY_ENABLED") and not read("SUPABASE_URL")
    rules = {
        "SECRET_KEY must be set, to at least 32 characters.": read("SECRET_KEY") == UNSAFE_SECRET
        or len(read("SECRET_KEY")) < 32,
        "SUPABASE_SECRET_KEY must be set, to at least 32 characters.": read("SUPABASE_SECRET_KEY") == UNSAFE_SECRET
        or len(read("SUPABASE_SECRET_KEY")) < 32,
        "DEBUG must be off.": read("DEBUG"),
        "DATABASE_URL must be set.": not read("DATABASE_URL"),
        "ALLOWED_HOSTS must name the hosts, without '*'.": not read("ALLOWED_HOSTS") or "*" in read("ALLOWED_HOSTS"),
        "PUBLIC_BASE_URL must start with https://.": not base_url.startswith("https://"),
        "CORS_ORIGINS must be https:// origins, without '*'.": any(
            not origin.startswith("https://") for origin in read("CORS_ORIGINS")
        ),
        "IDENTITY_TOKEN_SECONDS must be 600 at least.": embedded and read("IDENTITY_TOKEN_SECONDS") < 600,
        "Supabase's pooler must be used on its transaction port 6543.": ".pooler.supabase.com" in read("DATABASE_URL")
        and ":6543" not in read("DATABASE_URL"),
    }
    return [sentence for sentence, broken in rules.items() if broken]


def refuse_unsafe() -> None:
    """Stop a production process that carries an unsafe value, naming all of them at once."""
    if environment() == "production" and (problems := unsafe_values()):
        raise ImproperlyConfigured("Production refuses to start:\n  - " + "\n  - ".join(problems))
