"""What the names of paragraph styles say: titles, headings, quotes, lists, lists of contents.

Word keeps the English names of its own styles in a file, whatever language it runs in; other programs, and styles that were made
by hand, have the names of their users' language.
"""

from __future__ import annotations

import re
from enum import Enum, auto

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|titlu|başlık|заголовок|"
    r"επικεφαλίδα|标题|標題|見出し|제목|عنوان)[ _]?(?P<level>[1-9])",
)
_TITLE = frozenset(("title", "titel", "titre", "titolo", "tytuł", "название", "book title", "document title"))
_CONTENTS = re.compile(
    r"(?:toc|contents|index|user index|figure index|illustration index|table of authorities|bibliography index) ?(?:\d|heading)|"
    r"table of (?:figures|contents|authorities)|contents|index separator"
)
_QUOTE = re.compile(r"quot|block text|zitat\b|citation intense")
_LISTED = re.compile(r"list (?:bullet|number)|aufzählung|listenummer|compact list")


class Role(Enum):
    """What a style makes of a paragraph."""

    BODY = auto()
    TITLE = auto()
    HEADING = auto()
    QUOTE = auto()
    LISTED = auto()
    CONTENTS = auto()


def role_of(name: str) -> tuple[Role | None, int]:
    """Return what a style's name says, and a heading's level; None where it says nothing."""
    name = " ".join(name.replace("_20_", " ").lower().split())
    if _CONTENTS.match(name):
        return Role.CONTENTS, 0
    heading = _HEADING.fullmatch(name)
    if heading:
        return Role.HEADING, int(heading["level"])
    if name in _TITLE:
        return Role.TITLE, 1
    if _QUOTE.search(name):
        return Role.QUOTE, 0
    if _LISTED.match(name):
        return Role.LISTED, 0
    return (Role.BODY, 0) if name in ("normal", "body text") else (None, 0)
