"""Running text as it reads: without mark-up, escapes and note markers, with its places kept.

The marks are Markdown's and what is left of HTML in texts that were copied from pages. A mark that has no partner
stays: it may be a sign of its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from dataclasses import dataclass

from comity.documents.trace import Traced, Tracer

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SYMBOLS = "*†‡§¶"
_LOWERED = str.maketrans(RAISED, "0123456789")
_RAISE = str.maketrans("0123456789", RAISED)

# The tags that stand in texts copied from pages; anything else in angle brackets may be the author's own.
_TAGS = "a|abbr|b|big|br|center|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|mark|nobr|ol|p|s|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul"
_TOKEN = re.compile(
    rf"""
    (?-i:(?=[\\\[^<&!*_†‡hH{RAISED}\s\x00-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff]))(?!\ \S)  # most characters begin none of these
    (?:(?P<note>\\?\[\^(?P<named>[^\]\s]{{1,40}})\]          # [^1]
      | <sup>\s*(?:<a\b[^<>]{{0,300}}>)?\s*[\[(]?(?P<sup>\d{{1,3}}|[*†‡§]{{1,3}}|[a-z])[\])]?\s*(?:</a>)?\s*</sup>
      | \^(?P<caret>\d{{1,3}})\^                           # ^1^
      | \\?\[(?P<bracket>\d{{1,3}})\\?\](?!\()             # [1]
      | (?P<raised>[{RAISED}]+(?:[,˒][{RAISED}]+)*) )
  | (?P<escape>\\[!-/:-@\[-`{{-~])
  | (?P<entity>&(?:[A-Za-z]{{2,8}}|\#\d{{1,6}}|\#x[0-9A-Fa-f]{{1,6}});)
  | (?P<tag></?(?:{_TAGS})(?:\s[^<>]{{0,300}})?/?>)
  | <(?P<auto>(?:https?://|mailto:)[^<>\s]{{1,500}})>
  | (?P<image>!\[[^\[\]]{{0,300}}\]\([^()\s]{{0,500}}\))
  | \[(?P<link>[^\[\]]{{1,300}})\]\((?P<target>[^()\s]{{1,500}})(?:\s"[^"]{{0,200}}")?\)
  | (?P<address>https?://[^\s<>\[\]]+)
  | (?P<stars>\*{{1,3}}|(?<!\w)_{{1,3}}+(?=\S)|(?<=\S)_{{1,3}}+(?!\w)|[†‡])
  | (?P<space>[^\S ]\s*|\ \s+)
  | (?P<control>[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff]+))
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What begins any of these but addresses and more than one space.
_BEGINS = re.compile(
    rf"[\\\[^<&!*_†‡{RAISED}\t-\r\x00-\x1f\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2060\u3000\ufeff]"
)
_NAMED = re.compile(r"\[\^([^\]\s]{1,40})\]")
_RAISED_RUN = re.compile(rf"[{RAISED}]+(?:[,˒][{RAISED}]+)*")
# What has a square or a cube ("km²", "5 m³", "m/s²"), and what stands before a power ("10⁶", "10⁻⁶").
_SQUARED = re.compile(r"(?:^|[\s\d(/·×-])(?:[kK][mM]|[cdmµμ]?m|mi|ft|yd|ha|s|sec)$")
_BASE = re.compile(r"(?:(?<!\d)10|[⁻⁺])$")
_LONGEST_UNIT = 6
_OPENERS = "\"'“‘(["


@dataclass(frozen=True, slots=True)
class Tidy:
    """Reading text with the offsets at which markers were taken out, and the note that each names."""

    text: Traced
    markers: tuple[tuple[int, str], ...] = ()


def tidy(
    raw: Traced,
    labels: Collection[str] = (),
    *,
    unnoted: Collection[str] = (),
    emphasis: bool = False,
    addresses: bool = False,
) -> Tidy:
    """Return the text as it reads.

    Args:
        raw: the text with its mark-up and line ends.
        labels: the notes that the document has; a bracketed number is a marker only when there is such a note.
        unnoted: what Markdown markers and raised digits name though the document has no such note; these stay in the text.
        emphasis: keep the marks of emphasis (a citation's title is told by them).
        addresses: keep the address of a link after its text.
    """
    text = raw.text
    if len(raw.places) == 1 and not raw.places[0].start and _is_plain(text):
        return Tidy(raw)
    tokens = list(_TOKEN.finditer(text))
    paired = set() if emphasis else _pairs(text, tokens)
    trace = Tracer()
    markers: list[tuple[int, str]] = []
    at = 0
    glue = False  # a marker was just taken out: a space may have to stay, or one to go
    for index, token in enumerate(tokens):
        if token.start() > at:
            _keep(trace, raw, at, token.start(), glue)
            glue = False
        at = token.end()
        kind = token.lastgroup
        if kind == "space":
            if len(trace) and trace.last != " ":
                trace.put(" ", raw, token.start()) if token.group() != " " else trace.keep(raw, token.start(), at)
            continue
        named = _named(token)
        stays = index in paired or (bool(named) and unnoted and all(name in unnoted for name in named))
        power = _power(token)
        names = [] if stays or power else _marker(token, kind, text, labels)
        if names:
            markers += [(len(trace) - (trace.last == " "), name) for name in names]
            glue = True
            continue
        if kind == "control" or kind == "image" or (kind == "stars" and index in paired):
            continue
        if kind == "tag":
            if re.match(r"</?(?:br|p|div|li|td|tr|h\d)\b", token.group(), re.IGNORECASE) and trace.last != " ":
                trace.put(" ", raw, token.start())
            continue
        _resume(trace, raw, token.start(), glue)
        glue = False
        if power:
            trace.put(power.translate(_RAISE), raw, token.start())
        elif kind == "escape":
            trace.keep(raw, token.start() + 1, at)
        elif kind == "entity":
            trace.put(re.sub(r"\s", " ", html.unescape(token.group())), raw, token.start())
        elif kind == "auto":
            trace.keep(raw, *token.span("auto"))
        elif kind == "target":
            trace.keep(raw, *token.span("link"))
            if addresses and token["target"] != token["link"]:
                trace.put(" ", raw, token.start("target"))
                trace.keep(raw, *token.span("target"))
        else:
            trace.keep(raw, token.start(), at)
    if at < len(text):
        _keep(trace, raw, at, len(text), glue)
    trace.drop_space()
    clean = trace.traced()
    if clean.text[:1].isspace():
        return Tidy(clean.strip(), tuple((max(offset - 1, 0), name) for offset, name in markers))
    return Tidy(clean, tuple((min(offset, len(clean.text)), name) for offset, name in markers))


def _is_plain(text: str) -> bool:
    """Whether a text reads as it is, as the cells of tables do."""
    trimmed = text[:1] not in ("", " ") and text[-1] != " "
    return trimmed and "  " not in text and "://" not in text and _BEGINS.search(text) is None


def named_markers(text: str) -> list[str]:
    """Return what the Markdown markers ("[^4]") and the raised digits of a text name; those of powers name nothing."""
    found = _NAMED.findall(text) if "[^" in text else []
    for match in _RAISED_RUN.finditer(text):
        if not is_power(text[max(0, match.start() - _LONGEST_UNIT) : match.start()], match.group()):
            found += _raised_labels(match.group())
    return found


def _named(token: re.Match[str]) -> list[str]:
    """The notes that a Markdown marker or raised digits name."""
    if token["named"] is not None:
        return [token["named"]]
    return _raised_labels(token["raised"]) if token["raised"] is not None else []


def _raised_labels(raised: str) -> list[str]:
    return [plain_label(part) for part in re.split("[,˒]", raised)]


def plain_label(printed: str) -> str:
    """Return a marker without its raising: "¹" becomes "1"."""
    return printed.translate(_LOWERED)


def is_power(before: str, raised: str) -> bool:
    """Whether raised digits may be the power of the unit, or of the ten, that ends the text before them; they are then no marker.

    Args:
        before: the text before the digits; its last few characters are enough.
        raised: the digits, as raised signs or plain ones.
    """
    end = before[-_LONGEST_UNIT:]
    return _BASE.search(end) is not None or (plain_label(raised)[:1] in ("2", "3") and _SQUARED.search(end) is not None)


def _power(token: re.Match[str]) -> str:
    """Return the digits of a token that raises a power; "" where it is none."""
    digits = token["raised"] or token["sup"] or token["caret"] or ""
    before = token.string[max(0, token.start() - _LONGEST_UNIT) : token.start()]
    return digits if plain_label(digits[:1]).isdecimal() and is_power(before, digits) else ""


def _keep(trace: Tracer, raw: Traced, start: int, end: int, glue: bool) -> None:
    """Append plain text: no second space after a mark that was taken out."""
    if raw.text[start] == " " and trace.last in ("", " "):
        start += 1
    if start < end:
        _resume(trace, raw, start, glue)
        trace.keep(raw, start, end)


def _resume(trace: Tracer, raw: Traced, at: int, glue: bool) -> None:
    """Join what follows a marker: a space stays between two words, none before a stop."""
    if not glue or not len(trace):
        return
    following = raw.text[at]
    before = trace.last
    if before == " ":
        if following in ".,;:!?)]”’":
            trace.drop_space()
    elif following.isalnum() or (following in _OPENERS and (before.isalnum() or before in ".,;:!?)”’")):
        trace.put(" ", raw, at)


def _marker(token: re.Match[str], kind: str | None, text: str, labels: Collection[str]) -> list[str]:
    """Return the notes that a token names; nothing where it is no marker."""
    if kind is None:
        return []
    if token["raised"] is not None:
        return _raised_labels(token["raised"]) if text[: token.start()].strip() else []
    for group in ("named", "sup", "caret"):
        if token[group] is not None:
            return [token[group]]
    if token["bracket"] is not None:
        return [token["bracket"]] if token["bracket"] in labels and text[: token.start()].strip() else []
    if kind == "stars" and token.group() in labels and token.start() and not text[token.start() - 1].isspace():
        following = text[token.end() : token.end() + 1]
        return [token.group()] if not following or not following.isalnum() else []
    return []


def _pairs(text: str, tokens: list[re.Match[str]]) -> set[int]:
    """Return the indexes of the emphasis marks that open and close each other."""
    waiting: dict[str, int] = {}
    paired: set[int] = set()
    for index, token in enumerate(tokens):
        mark = token["stars"]
        if mark is None or mark[0] not in "*_":
            continue
        before = text[token.start() - 1 : token.start()]
        after = text[token.end() : token.end() + 1]
        opens = bool(after) and not after.isspace()
        closes = bool(before) and not before.isspace()
        if closes and mark in waiting:
            paired |= {waiting.pop(mark), index}
        elif opens and (not before or not before.isalnum()):
            waiting[mark] = index
    return paired


def unpaired_symbols(text: str) -> set[str]:
    """Return the symbols (* † ‡) that end a word and belong to no pair of emphasis marks: markers of notes."""
    tokens = list(_TOKEN.finditer(text))
    paired = _pairs(text, tokens)
    found = set()
    for index, token in enumerate(tokens):
        mark = token["stars"]
        if mark is None or index in paired or mark[0] == "_" or not token.start():
            continue
        before, after = text[token.start() - 1], text[token.end() : token.end() + 1]
        if not before.isspace() and not after.isalnum():
            found.add(mark)
    return found
