"""One spelling for each way of writing a name: case, accents, punctuation and a leading "the" do not count."""

from __future__ import annotations

import re
import string
import unicodedata

# "Korea, Republic of" and "Congo (Democratic Republic)"; "Myanmar (Burma)".
INVERTED = re.compile(r"([^,(]+?)\s*(?:,\s*|\()([^,()]+?)\)?")
TWO_NAMES = re.compile(r"([^()/]+?)\s*[(/]([^()/]+)\)?")
# A longer text is no name that was turned round.
LONGEST = 120
_OTHER = re.compile(r"[^0-9a-z]+")
# Letters that no accent can be taken from, and the marks that join two parts of one word.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "ı": "i", "’": "", "‘": "", "ʻ": "", "ʼ": ""}
)
_PLAIN = str.maketrans(
    dict.fromkeys(map(chr, range(128)), " ")
    | {char: char for char in string.ascii_lowercase + string.digits}
    | {char: char.lower() for char in string.ascii_uppercase}
    | {"'": "", "`": "", ".": "", "&": " and "}
)


def key(text: str) -> str:
    """Return the form under which a name is looked up: "Côte d’Ivoire" and "cote d'ivoire" have the same one."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(part for part in text if not unicodedata.combining(part))
    plain = " ".join(text.translate(_PLAIN).split())
    if not plain.isascii():
        plain = _OTHER.sub(" ", plain).strip()
    if plain.startswith("the "):
        plain = plain[4:]
    if plain.startswith("st ") or " st " in plain:
        plain = " ".join("saint" if word == "st" else word for word in plain.split())
    return plain


def is_abbreviation(text: str) -> bool:
    """Whether a name is written in capitals only and so must be met in capitals ("US" is a state, "us" is not)."""
    letters = text.replace(".", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= 5
