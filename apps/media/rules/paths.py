"""Where files go, and what their names become. Paths hold letters, digits, `_` and `-`, whatever a client sends."""

import re
import uuid

ROOT = "ghar"
INCOMING = f"{ROOT}/incoming"
NAME_MOST = 50
ID = re.compile(r"[A-Za-z0-9_-]{1,36}")

_FOLDERS = {
    "avatar": "avatars/{user_id}",
    "property_image": "properties/{property_id}",
    "property_video": "properties/{property_id}/videos",
    "property_document": "properties/{property_id}/documents",
    "tour": "tours/{tour_id}/thumbnail",
    "scene": "tours/{tour_id}/scenes/{scene_id}/original",
    "document_lease": "documents/leases",
    "document_maintenance": "documents/maintenance",
    "document_general": "documents/general",
    "generic": "uploads/{user_id}",
}
NEEDS = {
    folder_type: tuple(name for name in ("property_id", "tour_id", "scene_id") if f"{{{name}}}" in folder)
    for folder_type, folder in _FOLDERS.items()
}
"""The ids that each kind of file must come with."""

EXTENSIONS = {
    "image/webp": "webp", "image/avif": "avif", "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm",
    "video/x-matroska": "mkv", "video/ogg": "ogv", "audio/mpeg": "mp3", "audio/wav": "wav", "audio/ogg": "ogg",
    "audio/webm": "weba", "audio/aac": "aac", "audio/mp4": "m4a", "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip
"""Of the types that are stored; a file's extension follows from what is in it."""


def folder(folder_type: str, ids: dict[str, str]) -> str:
    """The folder of a file. `ids` has the user's and those it needs. Raises ValueError for an id that is none."""
    wanted = {name: ids[name] for name in ("user_id", *NEEDS[folder_type])}
    for name, value in wanted.items():
        if not ID.fullmatch(value):
            raise ValueError(name)
    return f"{ROOT}/{_FOLDERS[folder_type].format(**wanted)}"


def new_key(place: str, filename: str) -> str:
    """A path without extension that nobody has yet: twelve random characters and what is left of the client's name."""
    return f"{place}/{uuid.uuid4().hex[:12]}-{plain(filename)}"


def plain(filename: str) -> str:
    """The last part of a name without its extension, in signs that are safe everywhere."""
    base = re.split(r"[\\/]", filename)[-1]
    stem = base.rpartition(".")[0] or base
    return re.sub(r"_{2,}", "_", re.sub(r"[^A-Za-z0-9_-]", "_", stem))[:NAME_MOST].strip("_") or "file"


def incoming(media_id: uuid.UUID) -> str:
    """Where a file that a client sends by itself lies until it has been looked at."""
    return f"{INCOMING}/{media_id}"


def key_of(path: str) -> str:
    """The key of a file or of one of its renditions."""
    place, _, name = path.rpartition("/")
    return f"{place}/{name.partition('.')[0]}"


def extension_of(filename: str) -> str:
    """Of a client's name, in lower case, "" for none."""
    return filename.rpartition(".")[2].lower() if "." in filename else ""
