"""Tokens: one pass over a text that every finder of this room shares.

The tokeniser keeps together what must not be read in pieces: addresses of pages, phone-like strings of digits,
numbers with grouped thousands, numeric dates, ordinals, decades. Breaks of the layout (a blank line, a tab between
table cells) are tokens of their own, so that no phrase is read across them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_LINK = r"(?P<link>(?:https?://|www\.)\S+|[\w.+-]{1,64}+@[\w-]{1,63}\.[\w.-]{1,190}) |"
_BREAK = r"(?P<break>\n[^\S\n]*\n\s*|\t) |"
_REST = r"""
      (?=[^\W\d_])(?:
          (?=[A-Z][A-Za-z]{0,3}\d)(?P<prefix>(?:K[Ss]hs?|U[Ss]hs?|T[Ss]hs?|Shs?|Rs|Tk|RM|Rp|USD?|EUR|GBP|PKR|INR|JPY|CNY|KES)(?=\d))
        | (?P<word>(?:[^\W\d_]\.){2,}|[^\W_]+)
      )
    | (?=[\d+])(?:
          (?P<iso>(?<![\w.,/+-])\d{4}(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2})(?![\d/-]))
        | (?P<slashed>(?<![\w.,/+-])\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)\d{4}(?![\d/-]))
        | (?P<clock>(?<![\w.,:+-])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:]))
        | (?P<code>\+\d[\d()-]*|\d+(?:\.\d+){2,}|\d+(?:-\d+){2,})
        | (?P<ordinal>\d{1,4}(?:st|nd|rd|th|ST|ND|RD|TH)\b)
        | (?P<decade>\d{1,3}0['’]?s\b)
        | (?P<number>(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?|\d+\.\d+|\d+)
            (?:(?![^\W_])|(?=(?i:bn|mn|mln|bln|tn|trn|m|b|k|pc|pct|km|kms|kg|mw|gw|kw|kwh|gwh|mwh|mt|cr|ft|ha|hrs|mph)\b)))
        | (?P<mixed>[^\W_]+)
      )
    | (?P<suffix>(?<=\w)['’][^\W\d_]{1,3}\b)
    | (?P<mark>\S)
    """
_TOKEN = re.compile(_BREAK + _REST, re.VERBOSE)
# The same for a text with an address in it, which is slower.
_TOKEN_OR_LINK = re.compile(_BREAK + _LINK + _REST, re.VERBOSE)
_KINDS = {"prefix": "word", "mixed": "word"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark, with its characters in the text.

    Attributes:
        kind: "word", "number", "ordinal" (65th), "decade" (1990s), "iso" (2018-01-03), "slashed" (3/1/2018),
            "clock" (15:30), "code" (phone and version numbers), "link", "suffix" (the 's of "Kono's"), "mark", or
            "break" (a blank line, the tab between table cells).
    """

    start: int
    end: int
    text: str
    kind: str


class Tokens:
    """The tokens of one text as parallel lists, for quick look-ups by index. Read only."""

    __slots__ = ("ends", "kinds", "raw", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        with_link = "@" in text or "://" in text or "www." in text
        matches = list((_TOKEN_OR_LINK if with_link else _TOKEN).finditer(text))
        self.kinds: list[str] = [_KINDS.get(match.lastgroup, match.lastgroup) for match in matches]  # type: ignore[arg-type,misc]
        self.starts: list[int] = [match.start() for match in matches]
        self.ends: list[int] = [match.end() for match in matches]
        self.raw: list[str] = [match[0] for match in matches]
        if "’" in text:
            self.words: list[str] = [raw.lower().replace("’", "'") for raw in self.raw]
        else:
            self.words = [raw.lower() for raw in self.raw]

    def __len__(self) -> int:
        return len(self.raw)

    def word(self, index: int) -> str:
        """The token in lower case; empty outside the text and for a break."""
        if 0 <= index < len(self.words) and self.kinds[index] != "break":
            return self.words[index]
        return ""

    def kind(self, index: int) -> str:
        """The kind of the token; "break" outside the text."""
        return self.kinds[index] if 0 <= index < len(self.kinds) else "break"

    def glued(self, index: int) -> bool:
        """Whether no white space stands between the token and the one before it."""
        return 0 < index < len(self.raw) and self.starts[index] == self.ends[index - 1]

    def capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        return 0 <= index < len(self.raw) and self.raw[index][0].isupper()

    def span(self, first: int, last: int) -> str:
        """The text from token `first` to token `last`, both included, verbatim."""
        return self.text[self.starts[first] : self.ends[last]]


@lru_cache(maxsize=8)
def token_lists(text: str) -> Tokens:
    """Return the tokens of `text`; the last few texts are remembered, since several finders read the same one."""
    return Tokens(text)


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text` in order; white space is left out, offsets are exact."""
    lists = token_lists(text)
    return [
        Token(start, end, raw, kind)
        for start, end, raw, kind in zip(lists.starts, lists.ends, lists.raw, lists.kinds, strict=True)
    ]
