"""The list for a newer release is derived from the machine's own sources, whichever form they have."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ops import apt_sources
from ops.apt_sources import Source

PARAGRAPHS = """\
Types: deb
# a remark of whoever set the machine up
URIs: http://mirror.example.org/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: http://security.example.org/debian-security
Suites: bookworm-security
Components: main
"""

DERIVED = """\
Types: deb-src
URIs: http://mirror.example.org/debian
Suites: trixie
Components: main contrib
Signed-By: /usr/share/keyrings/archive.gpg
"""

LINES = """\
# deb cdrom:[Debian 12]/ bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/archive.gpg] http://mirror.example.org/debian bookworm main contrib
deb-src http://mirror.example.org/debian bookworm main
deb http://mirror.example.org/debian bookworm-updates main  # kept up to date
deb http://tools.example.com/apt tools-bookworm main
"""


def test_paragraphs_give_the_newer_suite_of_the_same_archive() -> None:
    assert apt_sources.newer_suite(apt_sources.parse_deb822(PARAGRAPHS), "bookworm", "trixie") == DERIVED


def test_lines_give_the_newer_suite_of_the_same_archive() -> None:
    assert apt_sources.newer_suite(apt_sources.parse_lines(LINES), "bookworm", "trixie") == DERIVED


def test_an_archive_that_is_switched_off_is_left_out() -> None:
    text = "Enabled: no\n" + PARAGRAPHS
    assert apt_sources.newer_suite(apt_sources.parse_deb822(text), "bookworm", "trixie") == ""


def test_a_source_only_archive_is_not_one_the_machine_installs_from() -> None:
    assert apt_sources.parse_deb822(PARAGRAPHS.replace("Types: deb", "Types: deb-src")) == []


def test_an_archive_of_two_types_counts() -> None:
    text = PARAGRAPHS.replace("Types: deb", "Types: deb deb-src")
    assert apt_sources.newer_suite(apt_sources.parse_deb822(text), "bookworm", "trixie") == DERIVED


def test_an_embedded_key_stays_whole() -> None:
    key = "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBFx\n -----END PGP PUBLIC KEY BLOCK-----\n"
    text = "Types: deb\nURIs: http://a.example.org/d\nSuites: noble\nComponents: main universe\n" + key
    derived = apt_sources.newer_suite(apt_sources.parse_deb822(text), "noble", "questing")
    assert apt_sources.parse_deb822(derived.replace("deb-src", "deb"))[0].options == {
        "Signed-By": "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBFx\n -----END PGP PUBLIC KEY BLOCK-----"
    }


def test_no_archive_of_this_release_gives_nothing() -> None:
    assert apt_sources.newer_suite(apt_sources.parse_deb822(PARAGRAPHS), "noble", "questing") == ""


def test_both_forms_are_read_from_the_machine(tmp_path: Path) -> None:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text("deb http://one.example.org/debian bookworm main\n")
    (tmp_path / "sources.list.d" / "two.list").write_text("deb http://two.example.org/debian bookworm main\n")
    (tmp_path / "sources.list.d" / "three.sources").write_text(PARAGRAPHS)
    (tmp_path / "sources.list.d" / "four.sources.disabled").write_text(PARAGRAPHS.replace("mirror", "four"))
    hosts = [source.uris[0].split("/")[2] for source in apt_sources.read_machine(tmp_path)]
    assert hosts == ["one.example.org", "two.example.org", "mirror.example.org", "security.example.org"]


WORDS = st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True)
SOURCES = st.builds(
    Source,
    uris=st.tuples(WORDS.map("http://{}.example.org/debian".format)),
    suites=st.tuples(WORDS),
    components=st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    options=st.fixed_dictionaries({}, optional={"Signed-By": WORDS.map("/keys/{}.gpg".format)}),
)


@given(st.lists(SOURCES, max_size=5))
def test_both_forms_say_the_same(sources: list[Source]) -> None:
    lines = "\n".join(_as_line(source) for source in sources)
    paragraphs = "\n".join(
        source.as_source_packages_of(source.suites[0]).replace("deb-src", "deb", 1) for source in sources
    )
    assert apt_sources.parse_lines(lines) == sources
    assert apt_sources.parse_deb822(paragraphs) == sources


def _as_line(source: Source) -> str:
    signed = f"[signed-by={source.options['Signed-By']}] " if source.options else ""
    return f"deb {signed}{source.uris[0]} {source.suites[0]} {' '.join(source.components)}"
