"""Office Open XML packages (ISO/IEC 29500-2): which part is which is told by relationships, not by its name."""

from __future__ import annotations

import posixpath
import zipfile

from comity.documents.archive import parse_part

_USUAL = "word/document.xml"


def word_part(archive: zipfile.ZipFile, name: str) -> str:
    """Return the path of the main part of a Word document; empty where the package holds another kind."""
    names = set(archive.namelist())
    main = related_parts(archive, "", name).get("officeDocument", _USUAL)
    if main not in names:
        main = _USUAL
    if main not in names:
        return ""
    if main.startswith("word/"):
        return main
    types = parse_part(archive, "[Content_Types].xml", name)
    for override in types if types is not None else ():
        if str(override.get("PartName", "")).lstrip("/") == main:
            return main if "word" in str(override.get("ContentType", "")) else ""
    return ""


def related_parts(archive: zipfile.ZipFile, part: str, name: str) -> dict[str, str]:
    """Return the parts that one part (the package when empty) refers to, by the last word of the relationship's type.

    Of several of a type the first counts. What lies outside the package is left out.
    """
    folder, own = posixpath.split(part)
    root = parse_part(archive, posixpath.join(folder, "_rels", f"{own}.rels"), name)
    found: dict[str, str] = {}
    for relation in root if root is not None else ():
        target = str(relation.get("Target") or "")
        if not target or relation.get("TargetMode") == "External":
            continue
        kind = str(relation.get("Type") or "").rpartition("/")[2]
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found.setdefault(kind, path)
    return found
