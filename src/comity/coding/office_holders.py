"""Whom "the prime minister" means in a sentence far from his name: the one holder whom the document knows, or nobody.

The sentence before is `anaphora`'s. Here the whole document is in view, and more is asked: a single state's holder of that rank in all of it, no third
state named since he was, and a journey to another state. Where nobody is named, a text that a government's own office published means
its own state's. Whose minister travels is never taken from the pair of states that a text is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from comity.language import Mention, MentionKind, Tokens, find_mentions
from comity.terms import Citation, Rank

_RANKS = {
    ("president",): Rank.HEAD_OF_STATE,
    ("king",): Rank.HEAD_OF_STATE,
    ("queen",): Rank.HEAD_OF_STATE,
    ("emperor",): Rank.HEAD_OF_STATE,
    ("sultan",): Rank.HEAD_OF_STATE,
    ("prime", "minister"): Rank.HEAD_OF_GOVERNMENT,
    ("premier",): Rank.HEAD_OF_GOVERNMENT,
    ("chancellor",): Rank.HEAD_OF_GOVERNMENT,
    ("foreign", "minister"): Rank.FOREIGN_MINISTER,
}
_GOING = frozenset("visited visits travelled traveled flew arrived went paid toured landed left".split())
_OFFICE_OF_STATE = re.compile(
    r"\b(?:ministry|government|state house|cabinet office|prime minister['’]s office|office of the (?:prime minister|president|premier))\b",
    re.I,
)
_BODIES = frozenset(("UNO", "EUR", "IGO", "NGO", "MNC", "IMG"))


class OfficeHolders:
    """The holders of the highest offices that a document names, and the states named since each was."""

    def __init__(self, sentences: Iterable[list[Mention]], publisher: str = "") -> None:
        """Look through the actors of all sentences; `publisher` is the code of the state whose office published the text."""
        self._publisher = publisher
        self._holders: dict[Rank, set[tuple[str, str]]] = {}
        for mentions in sentences:
            for mention in mentions:
                if _is_holder(mention):
                    self._holders.setdefault(_rank(mention), set()).add((mention.code, _family(mention)))
        self._last: dict[Rank, Mention] = {}
        self._since: dict[Rank, set[str]] = {}

    def resolved(self, tokens: Tokens, mentions: list[Mention]) -> list[Mention]:
        """Return the mentions with the traveller whom an office at the sentence's beginning means, where that is sure.

        The sentences are to be given in the order of the text.
        """
        meant = self._meant(tokens, mentions)
        for mention in mentions:
            for codes in self._since.values():
                codes.add(mention.code)
        for mention in mentions:
            if _is_holder(mention) and mention.code and mention.person:
                self._last[_rank(mention)], self._since[_rank(mention)] = mention, set()
        return mentions if meant is None else [meant, *mentions]

    def _meant(self, tokens: Tokens, mentions: list[Mention]) -> Mention | None:
        low = tokens.low
        if not mentions or low[:1] != ["the"]:
            return None
        length = next((n for n in (1, 2) if tuple(low[1 : 1 + n]) in _RANKS), 0)
        if not length or not _GOING & set(low[1 + length : 2 + length]):
            return None
        start, end = tokens.starts[0], tokens.ends[length]
        hosts = {mention.code for mention in mentions if mention.start >= end}
        if any(mention.start < end for mention in mentions) or "" in hosts or not hosts:
            return None
        rank = _RANKS[tuple(low[1 : 1 + length])]
        words = tokens.text[start:end]
        known = self._holders.get(rank, set())
        last = self._last.get(rank)
        if last is not None and len({code for code, _ in known}) == 1 and len({name for _, name in known if name}) == 1:
            if last.code not in hosts and self._since[rank] <= {last.code, *hosts}:
                return replace(last, start=start, end=end, text=words, form="person")
            return None
        home = self._publisher
        if not home or home in hosts or any(code != home for code, _ in known):
            return None
        office = " ".join(low[1 : 1 + length]).title()
        return Mention(
            start, end, words, MentionKind.PERSON, home, form="person", office=office, rank=rank, sectors=("GOV",)
        )


def publishing_state(publication: Citation) -> str:
    """Return the code of the state whose ministry or government published a text; "" where that is not plain."""
    names = [publication.publisher, *(author.literal for author in publication.authors)]
    codes = {
        mention.code
        for name in names
        if _OFFICE_OF_STATE.search(name)
        for mention in find_mentions(name)
        if mention.code and mention.code not in _BODIES
    }
    return next(iter(codes)) if len(codes) == 1 else ""


def _is_holder(mention: Mention) -> bool:
    return mention.kind is MentionKind.PERSON and mention.rank in _RANKS.values()


def _rank(mention: Mention) -> Rank:
    assert mention.rank is not None
    return mention.rank


def _family(mention: Mention) -> str:
    return mention.person.split()[-1].lower() if mention.person else ""
