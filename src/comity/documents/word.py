"""DOCX (ISO/IEC 29500, transitional and strict): the parts of the package, read into one Reading.

Paragraphs come with their styles, tables with merged cells, notes at their references; of tracked changes the final text is
read. Numbers that Word makes up for lists and headings stand in no file's text, and are not in the reading text either.
"""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING

from comity.documents.archive import parse_part
from comity.documents.casing import acronyms_in
from comity.documents.composition import compose, merged
from comity.documents.csl_items import complete_notes
from comity.documents.drafts import Reading
from comity.documents.gathered import ACCEPTED, PICTURED, described, left_out, refuse_empty
from comity.documents.note_numbers import UNPAGED
from comity.documents.package_parts import related_parts, word_part
from comity.documents.typed_notes import link_typed_notes
from comity.documents.word_styles import W, styles_of, transitional
from comity.documents.word_text import WordText
from comity.terms import Citation, UnreadableSource

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_INSERTED = "Open it in Word and save it again, with what they hold."
_NO_BODY = "Open it in Word and save it again."


def read_word(archive: zipfile.ZipFile, name: str) -> Reading:
    """Read a Word document.

    Raises:
        UnreadableSource: a part is damaged, it has no body or no text, or it holds more than a document may.
    """
    main = word_part(archive, name)
    root = transitional(parse_part(archive, main, name)) if main else None
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise UnreadableSource(name, "the document has no body", remedy=_NO_BODY)
    related = related_parts(archive, main, name)

    def part(kind: str) -> _Element | None:
        path = related.get(kind) or posixpath.join(posixpath.dirname(main), f"{kind}.xml")
        return transitional(parse_part(archive, path, name))

    text = WordText(root, styles_of(part("styles")), part("settings"), name)
    items = list(text.items(body))
    for kind in ("footnote", "endnote"):
        items += text.notes(part(f"{kind}s"), kind)
    comments, counts = part("comments"), text.left_out
    held = (
        (0 if comments is None else len(comments.findall(f"{W}comment")), "comment", "comments"),
        (counts["chart"], "chart", "charts"),
        (counts["diagram"], "diagram", "diagrams"),
        (counts["object"], "embedded object", "embedded objects"),
        (counts["file"], "inserted file", "inserted files"),
        (counts["prompt"], "unfilled form field", "unfilled form fields"),
    )
    pictures = (sum(1 for _ in root.iter(*_PICTURES)), "picture", "pictures")
    refuse_empty(items, name, (*held, pictures), _INSERTED if counts["file"] else PICTURED)
    link_typed_notes(items)
    reading = compose(items, acronyms=acronyms_in("\n".join(item.text for item in items)))
    core = related_parts(archive, "", name).get("core-properties", "docProps/core.xml")
    reading.bibliography = merged(reading.bibliography, _properties(parse_part(archive, core, name)))
    reading.media_type = MEDIA_TYPE
    complete_notes(reading.drafts, text.instructions)
    if text.changed:
        reading.warnings.append(ACCEPTED)
    if text.unpaged:
        reading.warnings.append(UNPAGED)
    reading.warnings += left_out(held)
    return reading


def _properties(root: _Element | None) -> Citation:
    if root is None:
        return Citation()
    return described(root.findtext(f"{_DC}title") or "", root.findtext(f"{_DC}creator") or "")
