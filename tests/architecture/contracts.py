"""import-linter contracts about the product areas, which are siblings: what one may see of another."""

from collections.abc import Iterator
from typing import NamedTuple

import grimp
from django.utils.module_loading import import_string
from importlinter import Contract, ContractCheck, fields, output
from importlinter.application import contract_utils


class Place(NamedTuple):
    """A module of an area: the area and the name of the file (or package) in it."""

    area: str
    file: str

    @classmethod
    def of(cls, module: str) -> "Place":
        """`apps.bookings.services.stays` is (`bookings`, `services`)."""
        _, area, file, *_ = [*module.split("."), "", ""]
        return cls(area, file)


class _AreaContract(Contract):
    """A contract whose findings are lines of text."""

    areas = fields.StringField()
    broken_contract_guidance = fields.TextField(required=False)

    def findings(self, graph: grimp.ImportGraph) -> list[str]:
        """What is wrong, a line each."""
        raise NotImplementedError

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Kept when nothing is found."""
        found = self.findings(graph)
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """The findings."""
        for line in check.metadata["found"]:
            output.print_error(f"- {line}", bold=False)
        output.new_line()
        contract_utils.render_broken_contract_guidance(self.broken_contract_guidance)


class DoorContract(_AreaContract):
    """Direct imports between two areas are those that `rooms` lists, `file: files it may import elsewhere`.

    A file that `rooms` does not name imports nothing of another area.
    """

    type_name = "door"
    rooms = fields.ListField(subfield=fields.StringField())

    def findings(self, graph: grimp.ImportGraph) -> list[str]:
        """Imports past the door."""
        allowed = dict(_parsed(line) for line in self.rooms)
        return [
            _described(graph, importer, imported)
            for importer, imported in _crossings(graph, self.areas)
            if Place.of(imported).file not in allowed.get(Place.of(importer).file, ())
        ]


class DownContract(_AreaContract):
    """Areas import areas before them in the tuple that `order` names, and every area is in it."""

    type_name = "down"
    order = fields.StringField()

    def findings(self, graph: grimp.ImportGraph) -> list[str]:
        """Areas that are not named, and imports that go up."""
        floors = {area: floor for floor, area in enumerate(import_string(self.order))}
        there = {module.rpartition(".")[2] for module in graph.find_children(self.areas)}
        unnamed = [f"{self.areas}.{area} is not named in config/areas.py" for area in sorted(there - floors.keys())]
        return unnamed + [
            _described(graph, importer, imported)
            for importer, imported in _crossings(graph, self.areas)
            if floors.get(Place.of(imported).area, 0) > floors.get(Place.of(importer).area, len(floors))
        ]


def _parsed(line: str) -> tuple[str, set[str]]:
    file, _, others = line.partition(":")
    return file.strip(), {other.strip() for other in others.split(",")}


def _crossings(graph: grimp.ImportGraph, areas: str) -> Iterator[tuple[str, str]]:
    modules = graph.find_descendants(areas)
    for importer in sorted(modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer) & modules):
            if Place.of(importer).area != Place.of(imported).area:
                yield importer, imported


def _described(graph: grimp.ImportGraph, importer: str, imported: str) -> str:
    details = graph.get_import_details(importer=importer, imported=imported)
    lines = ", ".join(str(detail["line_number"]) for detail in details)
    return f"{importer} -> {imported} (l.{lines})"
