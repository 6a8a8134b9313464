"""One spelling for each way of writing a name: case, accents, punctuation and a leading "the" do not count."""

from __future__ import annotations

import re
import unicodedata

_GAP = re.compile(r"[^0-9a-z]+")
_SAINT = re.compile(r"\bst\b")
_APOSTROPHES = str.maketrans(
    {
        "'": "",
        "’": "",
        "‘": "",
        "ʻ": "",
        "ʼ": "",
        "`": "",
        ".": "",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "ß": "ss",
        "ı": "i",
    }
)


def key(text: str) -> str:
    """Return the form under which a name is looked up: "Côte d’Ivoire" and "cote d'ivoire" have the same one."""
    plain = text
    if not text.isascii():
        plain = "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
    plain = plain.translate(_APOSTROPHES).casefold().replace("&", " and ")
    plain = _GAP.sub(" ", plain).strip()
    plain = _SAINT.sub("saint", plain)
    return plain.removeprefix("the ")


def is_abbreviation(text: str) -> bool:
    """Whether a name is written in capitals only and so must be met in capitals ("US" is a state, "us" is not)."""
    letters = text.replace(".", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= 5
