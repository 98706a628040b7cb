"""What imports cannot show, found in the syntax: each check lists its findings, one line each."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import sources

FORBIDDEN_NAMES = frozenset({"utils", "util", "common", "helpers", "helper", "core", "misc"})
ORM_FLOORS = frozenset({"services", "selectors", "models", "migrations"})
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
BROAD = frozenset({"Exception", "BaseException"})


def orm_above_the_selectors(root: Path) -> list[str]:
    """Queries outside services and selectors. Migrations and the models' own managers are below them."""
    return [
        source.at(node, f".{node.attr}: read in a selector, write in a service")
        for source in sources(root, "apps")
        if source.part and source.part not in ORM_FLOORS
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS
    ]


def services_without_actor(root: Path) -> list[str]:
    """Public functions of services that neither take `actor` by keyword only nor are named `system_...`."""
    return [
        source.at(node, f"{node.name} takes no keyword-only actor and is not named system_...")
        for source in sources(root, "apps")
        if source.part == "services"
        for node in source.tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and not node.name.startswith(("_", "system_"))
        and "actor" not in {argument.arg for argument in node.args.kwonlyargs}
    ]


def signals(root: Path) -> list[str]:
    """Django's signals: what happens elsewhere is an event, which somebody can follow."""
    return [
        source.at(node, f"{name}: announce an event instead of a signal")
        for source in sources(root, "apps", "ghar", "config")
        for node in ast.walk(source.tree)
        for name in _imported(node)
        if "signals" in name.split(".") or name.startswith("django.dispatch")
    ]


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)


def silenced_exceptions(root: Path) -> list[str]:
    """Handlers of every exception that do nothing, in any of their spellings."""
    return [
        source.at(node, "an exception is swallowed")
        for source in sources(root, "apps", "ghar", "config", "ops", "tests")
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


def catch_all_names(root: Path) -> list[str]:
    """Files and folders whose name says nothing about what is in them."""
    return [
        f"{source.path}: {name} is a name for anything"
        for source in sources(root, "apps", "ghar", "config", "ops", "tests")
        for name in (*source.path.parts[:-1], source.path.stem)
        if name in FORBIDDEN_NAMES
    ]


def codes_without_a_class(root: Path) -> list[str]:
    """Error codes written where an error is raised: a code is declared by a class, so that the reference lists it."""
    return [
        source.at(node, f"code={keyword.value.value!r}: give the case a class of its own")
        for source in sources(root, "apps", "ghar", "config")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    ]


def packages_that_say_something(root: Path) -> list[str]:
    """`__init__.py` files with content. Django wants the models of a package named in its `__init__.py`."""
    return [
        f"{source.path}: leave it empty, and import the module that has the name"
        for source in sources(root, "apps", "ghar")
        if source.path.name == "__init__.py" and source.part != "models" and source.tree.body
    ]
