"""Reads the machine's own apt sources and derives a list of *source* packages of a newer suite from them.

Both forms apt knows are read: deb822 (`*.sources`) and one line (`*.list`). Which mirror, which key and which
components a machine uses is its own business; only the name of the suite is exchanged.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

APT = Path("/etc/apt")
OPTION_NAMES = {"signed-by": "Signed-By", "trusted": "Trusted", "check-valid-until": "Check-Valid-Until"}


@dataclass(frozen=True)
class Source:
    """One archive the machine installs packages from."""

    uris: tuple[str, ...]
    suites: tuple[str, ...]
    components: tuple[str, ...]
    options: dict[str, str] = field(default_factory=dict)

    def as_source_packages_of(self, suite: str) -> str:
        """This archive as a deb822 stanza for the source packages of another suite."""
        lines = [
            "Types: deb-src",
            f"URIs: {' '.join(self.uris)}",
            f"Suites: {suite}",
            f"Components: {' '.join(self.components)}",
        ]
        lines += [f"{name}: {value}" for name, value in self.options.items()]
        return "\n".join(lines) + "\n"


def read_machine(apt: Path = APT) -> list[Source]:
    """Every binary archive that this machine has switched on."""
    found: list[Source] = []
    for path in [apt / "sources.list", *sorted((apt / "sources.list.d").glob("*.list"))]:
        if path.exists():
            found += parse_lines(path.read_text(encoding="utf-8"))
    for path in sorted((apt / "sources.list.d").glob("*.sources")):
        found += parse_deb822(path.read_text(encoding="utf-8"))
    return found


def parse_lines(text: str) -> list[Source]:
    """The one-line form: `deb [signed-by=/key arch=amd64] URI suite component ...`."""
    found = []
    for line in text.splitlines():
        match = re.match(r"deb\s+(?:\[(?P<options>[^\]]*)\]\s*)?(?P<rest>\S.*)", line.partition("#")[0].strip())
        if match:
            uri, suite, *components = match["rest"].split()
            options = dict(pair.split("=", 1) for pair in (match["options"] or "").split())
            found.append(Source((uri,), (suite,), tuple(components), _known(options)))
    return found


def parse_deb822(text: str) -> list[Source]:
    """The paragraph form; a field may go on over indented lines, as an embedded key does."""
    found = []
    for stanza in _stanzas(text.splitlines()):
        switched_on = stanza.get("enabled", "yes").lower() not in {"no", "false", "0"}
        if switched_on and "deb" in stanza.get("types", "").split():
            found.append(
                Source(
                    tuple(stanza.get("uris", "").split()),
                    tuple(stanza.get("suites", "").split()),
                    tuple(stanza.get("components", "").split()),
                    _known(stanza),
                )
            )
    return found


def _stanzas(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    stanza: dict[str, str] = {}
    name = ""
    for line in [*lines, ""]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if stanza:
                yield stanza
            stanza, name = {}, ""
        elif line[0].isspace():
            stanza[name] = f"{stanza.get(name, '')}\n{line}"
        else:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            stanza[name] = value.strip()


def _known(options: dict[str, str]) -> dict[str, str]:
    lowered = {name.lower(): value for name, value in options.items()}
    return {proper: lowered[name] for name, proper in OPTION_NAMES.items() if name in lowered}


def newer_suite(machine: Iterable[Source], codename: str, newer: str) -> str:
    """deb822 text for the source packages of `newer`, from the archives that serve `codename` itself.

    Archives of updates, security fixes and third parties carry other suite names and are left out.
    Empty when no archive serves the codename.
    """
    own = [source for source in machine if codename in source.suites and source.components]
    return "\n".join(source.as_source_packages_of(newer) for source in own)
