"""Unity's .meta files: every file and folder of the package has one beside it, with a GUID that never changes.

A GUID is made from the path once, when the file is new; after that the .meta file is what counts, so whoever moves a
file moves its .meta with it. Folders whose name ends in ``~`` are not looked at by Unity, and files that begin with a
dot are not either.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "unity_client"
SUFFIX = ".meta"
_NAME = "com.synthvr.client"

_TAIL = "  userData: \n  assetBundleName: \n  assetBundleVariant: \n"
_SCRIPT = """\
MonoImporter:
  externalObjects: {}
  serializedVersion: 2
  defaultReferences: []
  executionOrder: 0
  icon: {instanceID: 0}
"""
# What Unity imports a file with, by its suffix.
_IMPORTERS = {
    ".cs": _SCRIPT,
    ".asmdef": "AssemblyDefinitionImporter:\n  externalObjects: {}\n",
    ".md": "TextScriptImporter:\n  externalObjects: {}\n",
    ".json": "TextScriptImporter:\n  externalObjects: {}\n",
    ".txt": "TextScriptImporter:\n  externalObjects: {}\n",
    ".xml": "TextScriptImporter:\n  externalObjects: {}\n",
    ".hlsl": "ShaderIncludeImporter:\n  externalObjects: {}\n",
    ".shader": "ShaderImporter:\n  externalObjects: {}\n  defaultTextures: []\n  nonModifiableTextures: []\n"
    "  preprocessorOverride: 0\n",
    ".prefab": "PrefabImporter:\n  externalObjects: {}\n",
    ".asset": "NativeFormatImporter:\n  externalObjects: {}\n  mainObjectFileID: 11400000\n",
    ".mat": "NativeFormatImporter:\n  externalObjects: {}\n  mainObjectFileID: 2100000\n",
}
_MANIFEST = "PackageManifestImporter:\n  externalObjects: {}\n"
_FOLDER = "folderAsset: yes\nDefaultImporter:\n  externalObjects: {}\n"
_ANYTHING = "DefaultImporter:\n  externalObjects: {}\n"


def bring_up_to_date(package: Path) -> list[str]:
    """Write the .meta files that are missing, remove those of what is gone. Returns their paths in the package."""
    changed = []
    for asset in missing(package):
        meta = package / f"{asset}{SUFFIX}"
        meta.write_text(_meta(package, asset), encoding="utf-8", newline="\n")
        changed.append(f"{asset}{SUFFIX}")
    for path in orphaned(package):
        (package / path).unlink()
        changed.append(path)
    return changed


def missing(package: Path) -> list[str]:
    """What has no .meta file."""
    return [asset for asset in _assets(package) if not (package / f"{asset}{SUFFIX}").is_file()]


def orphaned(package: Path) -> list[str]:
    """The .meta files of what is not there."""
    assets = set(_assets(package))
    return [path for path in _files(package) if path.endswith(SUFFIX) and path.removesuffix(SUFFIX) not in assets]


def doubled(package: Path) -> list[str]:
    """The GUIDs that more than one .meta file has, and what is no GUID at all."""
    counted = Counter(_guid_in(package / path) for path in _files(package) if path.endswith(SUFFIX))
    return [guid for guid, count in counted.items() if count > 1 or not re.fullmatch(r"[0-9a-f]{32}", guid)]


def guid_of(asset: str) -> str:
    """The GUID of a new file or folder, by its path in the package."""
    return hashlib.sha256(f"{_NAME}/{asset}".encode()).hexdigest()[:32]


def _guid_in(meta: Path) -> str:
    found = re.search(r"^guid: (.*)$", meta.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else f"none in {meta.name}"


def _meta(package: Path, asset: str) -> str:
    if (package / asset).is_dir():
        importer = _FOLDER
    elif asset == "package.json":
        importer = _MANIFEST
    else:
        importer = _IMPORTERS.get(Path(asset).suffix, _ANYTHING)
    return f"fileFormatVersion: 2\nguid: {guid_of(asset)}\n{importer}{_TAIL}"


def _assets(package: Path) -> list[str]:
    """Every file and folder that Unity looks at. An empty folder is none: git does not keep it."""
    files = [path for path in _files(package) if not path.endswith(SUFFIX)]
    folders = {parent.as_posix() for path in files for parent in Path(path).parents if parent != Path()}
    return sorted({*files, *folders})


def _files(package: Path) -> Iterator[str]:
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        if path.is_file() and not any(part.startswith(".") or part.endswith("~") for part in parts):
            yield "/".join(parts)
