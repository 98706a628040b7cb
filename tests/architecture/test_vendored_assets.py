"""The browser assets of others are exactly those that the manifest names."""

import hashlib
import json

import pytest

from ghar.management.commands.vendor_assets import FOLDER, folder_of

PACKAGES = json.loads((FOLDER / "MANIFEST.json").read_text())
SUMS = {
    folder_of(package) / name.removeprefix("dist/"): digest
    for package in PACKAGES
    for name, digest in package["files"].items()
}


@pytest.mark.parametrize("file", SUMS, ids=lambda file: file.name)
def test_a_vendored_file_is_unchanged(file):
    assert hashlib.sha256(file.read_bytes()).hexdigest() == SUMS[file]


def test_nothing_else_is_in_the_folder():
    files = {file for file in FOLDER.rglob("*") if file.is_file()}
    assert files - {FOLDER / "MANIFEST.json"} == set(SUMS)


@pytest.mark.parametrize("file", [file for file in SUMS if file.suffix in {".js", ".css"}], ids=lambda file: file.name)
def test_no_script_points_to_a_source_map_that_is_not_here(file):
    assert b"sourceMappingURL=" not in file.read_bytes()[-2000:]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["package"])
def test_every_package_carries_its_licence(package):
    told = [name for name in package["files"] if "LICEN" in name or name == "package.json"]
    assert told
    assert package["licence"] in {"MIT", "BSD-2-Clause", "OFL-1.1"}
