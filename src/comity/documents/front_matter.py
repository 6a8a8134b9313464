"""The block of fields with which a Markdown file may begin (pandoc's `yaml_metadata_block`, Quarto, Jekyll), as lines of a front.

Read are the shapes that people write (YAML 1.2, sections 7.3 and 8.2): plain and quoted values, lists of them in lines or in
brackets, lists of persons with a `name`, and texts in indented lines. The fields that say what the document is become lines as
a front prints them; those that say how it is to be set are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from comity.documents.lines import Line
from comity.documents.trace import Traced

_MOST_LINES = 300
_KEY = re.compile(r"(?P<key>[A-Za-z][\w-]{0,40})\s*:(?:\s+(?P<value>\S.*)|\s*)")
_ENTRY = re.compile(r"\s*-\s+(?P<value>\S.*)")
# A person of a list may be told in several fields, of which the name counts.
_NAME = re.compile(r"(?:\s*-)?\s+(?:name|literal)\s*:\s+(?P<value>\S.*)")
_OTHER = re.compile(r"(?:\s*-)?\s+[A-Za-z][\w-]*\s*:(?:\s|$)")
_TEXT_BELOW = re.compile(r"[|>][+-]?\d?")
_BRACKETED = re.compile(r"(?:\"[^\"]*\"|'[^']*'|[^,\[\]\"'])+")
# The fields that say what the document is, in the order of a front.
_TOLD = "title subtitle author authors institute institution organization publisher date doi keywords abstract description summary".split()
# These stand in a front without their names.
_UNNAMED = frozenset("title subtitle abstract description summary".split())
# A field of another name that says something is none of how a file is set: the block is the text's own.
_SENTENCE = re.compile(r"\S+\s+\S+\s+.*[.?!]")
_COMMENT = re.compile(r"\s#\s.*$")


def with_front_matter(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a file, the block of fields at its top laid out as a front; unchanged where there is none."""
    end = _end(lines)
    if end is None:
        return list(lines)
    heads: dict[str, Line] = {}
    fields: dict[str, list[Traced]] = {}
    key = ""
    for line in lines[1:end]:
        text = line.raw.text
        named = _KEY.fullmatch(text)
        if named is not None:
            key = named["key"].lower()
            heads[key] = line
            value = line.raw.cut(named.start("value"), len(text)).strip() if named["value"] else Traced("")
            fields[key] = _values(value) if value.text and not _TEXT_BELOW.fullmatch(value.text) else []
        elif text.strip() and not text.lstrip().startswith("#"):
            _add(fields[key], line)
    rest = lines[end + 1 :]
    if _is_repeated(fields.get("title", []), rest):
        fields["title"] = []
    laid_out: list[Line] = []
    for key in _TOLD:
        if fields.get(key):
            head = heads[key]
            raw = _printed(key, head, fields[key])
            laid_out += [replace(head, raw=raw, text=raw.text), replace(head, raw=Traced(""), text="")]
    return [*laid_out, *rest]


def _is_repeated(title: Sequence[Traced], rest: Sequence[Line]) -> bool:
    """Whether the text begins with a heading that has the title again, or more of it."""
    first = next((line.text for line in rest if not line.blank), "")
    return bool(title) and first.startswith("# ") and first[2:].strip().lower().startswith(title[0].text.lower())


def _printed(key: str, head: Line, values: Sequence[Traced]) -> Traced:
    """Return a field as a line of a front."""
    if key in _UNNAMED:
        told = Traced.join(values, " ")
        return Traced.join((Traced("# "), told), "") if key == "title" else told
    name = head.raw.cut(0, head.raw.text.index(":") + 1)
    return Traced.join((name, Traced.join(values, "; ")), " ")


def _end(lines: Sequence[Line]) -> int | None:
    """Return the index of the line that closes the block; None where the file begins with none."""
    if not lines or lines[0].text.rstrip() != "---":
        return None
    keys: set[str] = set()
    for index, line in enumerate(lines[1:_MOST_LINES], 1):
        text = line.raw.text
        if text.rstrip() in ("---", "..."):
            return index if keys & set(_TOLD) else None
        named = _KEY.fullmatch(text)
        if named is not None:
            keys.add(named["key"].lower())
            if named["key"].lower() not in _TOLD and _SENTENCE.fullmatch(named["value"] or ""):
                return None
        elif text.strip() and text[0] != "#" and (text[0] not in " \t-" or not keys):
            return None
    return None


def _add(values: list[Traced], line: Line) -> None:
    """Add a line below a key: an entry of its list, the name of a person in it, or more of its text."""
    raw = line.raw
    found = _NAME.fullmatch(raw.text) or (None if _OTHER.match(raw.text) else _ENTRY.fullmatch(raw.text))
    if found is not None:
        values.append(_bare(raw.cut(found.start("value"), len(raw.text))))
    elif _OTHER.match(raw.text):
        return
    elif values:
        whole = Traced.join((values[-1], raw.strip()), " ")
        # What is quoted may run over several lines.
        values[-1] = _bare(whole) if whole.text[:1] in "\"'" and whole.text.count(whole.text[0]) == 2 else whole
    else:
        values.append(raw.strip())


def _values(value: Traced) -> list[Traced]:
    """Return the values on a key's own line: one, or those in brackets."""
    value = value.strip()
    if not (value.text.startswith("[") and value.text.endswith("]")):
        return [_bare(value)]
    return [_bare(value.cut(*match.span())) for match in _BRACKETED.finditer(value.text) if match[0].strip()]


def _bare(value: Traced) -> Traced:
    """Return a value without the quotation marks around it."""
    value = value.strip()
    if value.text[:1] not in ("'", '"') and (comment := _COMMENT.search(value.text)):
        value = value.cut(0, comment.start()).strip()
    quoted = len(value.text) > 1 and value.text[0] == value.text[-1] and value.text[0] in "\"'"
    return value.cut(1, len(value.text) - 1).strip() if quoted else value
