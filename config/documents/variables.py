"""`docs/reference/settings.md`: every environment variable that Ghar reads."""

from config.settings.variables import GROUPS, Variable

_INTRODUCTION = """# Settings

Ghar is configured by environment variables and by nothing else. The first of these that has a value wins: the
environment of the process, the file `.env.<ENVIRONMENT>` in the project's root, the file `var/local.env` that
`bin/ghar` keeps. Lists are separated by commas. A production process names every unsafe value and refuses to start."""


def text() -> str:
    """The page."""
    return "\n\n".join([_INTRODUCTION, *(_table(name, group) for name, group in GROUPS.items())]) + "\n"


def _table(name: str, group: tuple[Variable, ...]) -> str:
    return "\n".join(
        [f"## {name}", "", "| variable | type | default | meaning |", "|---|---|---|---|", *map(_row, group)]
    )


def _row(variable: Variable) -> str:
    kind = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false", "list": "list"}
    meaning = variable.meaning.replace("|", "\\|")
    return f"| `{variable.name}` | {kind[variable.kind.__name__]} | {_default(variable)} | {meaning} |"


def _default(variable: Variable) -> str:
    if variable.secret and variable.default:
        return "set for development only"
    return f"`{variable.default}`" if variable.default not in ("", []) else "empty"
