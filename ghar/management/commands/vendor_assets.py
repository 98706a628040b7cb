"""`manage.py vendor_assets`: fetch the browser assets that static/vendor/MANIFEST.json names."""

import hashlib
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

FOLDER = Path(settings.STATICFILES_DIRS[0]) / "vendor"
SOURCE_MAP = re.compile(rb"\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=.*?\*/)\s*\Z")


class Command(BaseCommand):
    help = "Fetch the packages of static/vendor/MANIFEST.json from npm, keep the files it names, and note their sums."

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = FOLDER / "MANIFEST.json"
        packages = json.loads(manifest.read_text())
        for package in packages:
            package["files"] = _fetch(package)
            self.stdout.write(f"{package['package']} {package['version']}: {len(package['files'])} files")
        manifest.write_text(json.dumps(packages, indent=2) + "\n")


def folder_of(package: dict[str, Any]) -> Path:
    """Where a package's files are: its name without the scope's punctuation, and its version."""
    name = package["package"].removeprefix("@").replace("/", "-")
    return FOLDER / f"{name}-{package['version']}"


def _fetch(package: dict[str, Any]) -> dict[str, str]:
    target = folder_of(package)
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(_pack(package, Path(scratch))) as archive:
        return {name: _keep(archive, name, target, package.get("replace", {})) for name in package["files"]}


def _pack(package: dict[str, Any], scratch: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise CommandError("npm is not on the PATH.")
    spec = f"{package['package']}@{package['version']}"
    subprocess.run([npm, "pack", "--silent", spec], cwd=scratch, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return next(scratch.glob("*.tgz"))


def _keep(archive: tarfile.TarFile, name: str, target: Path, replace: dict[str, str]) -> str:
    """Write one file of the package and answer its sum."""
    member = archive.extractfile(f"package/{name}")
    if member is None:
        raise CommandError(f"The package has no file {name}.")
    data = _without_far_addresses(member.read(), replace) if name.endswith((".js", ".css")) else member.read()
    file = target / name.removeprefix("dist/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def _without_far_addresses(text: bytes, replace: dict[str, str]) -> bytes:
    """Without a source map that is not here, and with what the manifest puts for addresses that a script loads."""
    for far, near in replace.items():
        if far.encode() not in text:
            raise CommandError(f"{far} is not in the script any more.")
        text = text.replace(far.encode(), near.encode())
    return SOURCE_MAP.sub(b"\n", text)
