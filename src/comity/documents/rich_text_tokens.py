r"""The tokens of RTF (Rich Text Format 1.9.1): control words, bytes, groups; which words are signs, and which code pages fonts have."""

from __future__ import annotations

import re

TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z'\r\n])|(?P<end>\r\n|\n|\r))"
    rb"|(?P<open>\{)|(?P<close>\})|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
# Destinations that hold no text of the document; the rest of those marked by \* are skipped as well.
SKIPPED = frozenset(
    """fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc
    ftncn aftnsep aftnsepc aftncn list listoverride listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping latentstyles
    datastore xmlnstbl sp sn sv listtext pntext pntxta pntxtb bkmkstart bkmkend annotation atnid atnauthor atrfstart atrfend
    shppict nonshppict shprslt nonesttables filetbl tc xe mmath private1 objdata template operator""".split()
)
# Destinations marked by \* that are read all the same.
_KNOWN = re.compile(rb"\\(?:footnote|shpinst|do|nesttableprops|ud)(?![a-zA-Z])")
SIGNS = {"~": "\u00a0", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\"}
WORDS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "tab": " ", "line": " ", "emspace": " ", "enspace": " ", "qmspace": " ", "softline": " ", "lbr": " ",
}  # fmt: skip
# Windows code pages of the character sets that fonts name (RTF 1.9.1, "Font Table").
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
# Code pages whose letters have one byte or two.
DOUBLE_BYTE = frozenset(("cp932", "cp949", "gbk", "big5", "cp950", "cp1361"))
# The formats of notes' numbers: what follows \ftn or \aftn, \sftn or \saftn (RTF 1.9.1, "Footnotes").
NUMBER_FORMATS = {
    "nar": "decimal", "nalc": "lowerLetter", "nauc": "upperLetter", "nrlc": "lowerRoman", "nruc": "upperRoman", "nchi": "chicago",
}  # fmt: skip
# Where notes begin to count anew: the words with these ends.
RESTARTS = {"restart": "eachSect", "rstpg": "eachPage", "rstcont": "continuous"}
NOTE_WORD = re.compile(r"s?(?P<end>a?)ftn(?P<what>n(?:ar|alc|auc|rlc|ruc|chi)|start|restart|rstcont|rstpg)")


def is_known(content: bytes, at: int) -> bool:
    r"""Whether the destination that \* marks is one that is read all the same."""
    return _KNOWN.match(content, at) is not None


def code_page(number: int, otherwise: str) -> str:
    """Return Python's name of a Windows code page; another where it has none."""
    page = {10000: "mac_roman", 936: "gbk"}.get(number, f"cp{number}")
    try:
        "".encode(page)
    except LookupError:
        return otherwise
    return page
