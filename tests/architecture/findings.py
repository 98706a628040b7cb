"""What imports cannot show, found in the syntax: each check lists its findings, one line each."""

import ast
from collections.abc import Callable, Iterator
from functools import cache, wraps
from pathlib import Path

from tests.architecture.sources import Source, sources

FORBIDDEN_NAMES = frozenset({"utils", "util", "common", "helpers", "helper", "core", "misc"})
ORM_FLOORS = frozenset({"services", "selectors", "models", "migrations"})
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
BROAD = frozenset({"Exception", "BaseException"})


def _in(*folders: str) -> Callable[[Callable[[Source], list[str]]], Callable[[Path], list[str]]]:
    """Makes what looks at a file a check of every file below the folders of a root.

    What is found in a file is kept: copies differ from the original in one, and the others need no second look.
    """

    def made(look: Callable[[Source], list[str]]) -> Callable[[Path], list[str]]:
        found_in = cache(look)

        @wraps(look)
        def check(root: Path) -> list[str]:
            return [finding for source in sources(root, *folders) for finding in found_in(source)]

        return check

    return made


@_in("apps")
def orm_above_the_selectors(source: Source) -> list[str]:
    """Queries outside services and selectors. Migrations and the models' own managers are below them."""
    return [
        source.at(node, f".{node.attr}: read in a selector, write in a service")
        for node in ast.walk(source.tree)
        if source.part and source.part not in ORM_FLOORS and isinstance(node, ast.Attribute) and node.attr in MANAGERS
    ]


@_in("apps")
def services_without_actor(source: Source) -> list[str]:
    """Public functions of services that neither take `actor` by keyword only nor are named `system_...`."""
    return [
        source.at(node, f"{node.name} takes no keyword-only actor and is not named system_...")
        for node in source.tree.body
        if source.part == "services"
        and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and not node.name.startswith(("_", "system_"))
        and "actor" not in {argument.arg for argument in node.args.kwonlyargs}
    ]


@_in("apps", "ghar", "config")
def signals(source: Source) -> list[str]:
    """Django's signals: what happens elsewhere is an event, which somebody can follow."""
    return [
        source.at(node, f"{name}: announce an event instead of a signal")
        for node in ast.walk(source.tree)
        for name in _imported(node)
        if "signals" in name.split(".") or name.startswith("django.dispatch")
    ]


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)


@_in("apps", "ghar", "config", "ops", "tests")
def silenced_exceptions(source: Source) -> list[str]:
    """Handlers of every exception that do nothing, in any of their spellings."""
    return [
        source.at(node, "an exception is swallowed")
        for node in ast.walk(source.tree)
        if _swallows(node) or _suppresses(node)
    ]


def _swallows(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.ExceptHandler)
        and (node.type is None or _is_broad(node.type))
        and all(_does_nothing(line) for line in node.body)
    )


def _suppresses(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name == "suppress" and any(_is_broad(argument) for argument in node.args)


def _is_broad(kind: ast.expr) -> bool:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(isinstance(one, ast.Name) and one.id in BROAD for one in kinds)


def _does_nothing(line: ast.stmt) -> bool:
    return isinstance(line, (ast.Pass, ast.Continue)) or (
        isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
    )


@_in("apps", "ghar", "config", "ops", "tests")
def catch_all_names(source: Source) -> list[str]:
    """Files and folders whose name says nothing about what is in them."""
    return [
        f"{source.path}: {name} is a name for anything"
        for name in (*source.path.parts[:-1], source.path.stem)
        if name in FORBIDDEN_NAMES
    ]


@_in("apps", "ghar", "config")
def codes_without_a_class(source: Source) -> list[str]:
    """Error codes written where an error is raised: a code is declared by a class, so that the reference lists it."""
    return [
        source.at(node, f"code={keyword.value.value!r}: give the case a class of its own")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    ]


@_in("apps", "ghar")
def packages_that_say_something(source: Source) -> list[str]:
    """`__init__.py` files with content. Django wants the models of a package named in its `__init__.py`."""
    is_package = source.path.name == "__init__.py" and source.part != "models"
    where = f"{source.path}: leave it empty, and import the module that has the name"
    return [where] if is_package and source.tree.body else []
