"""What a sentence names as an act and does not tell as one: what it asks, what somebody denies, what is done to nothing."""

from __future__ import annotations

from itertools import pairwise

from comity.coding.analysis import Analysis, Chunk
from comity.coding.matching import Act
from comity.terms import EventType as T

# Who says that these are false denies what they say.
_SAID = frozenset("claim allegation accusation report suggestion charge rumour rumor assertion".split())
_DENYING = frozenset("reject dismiss refute deny rebut".split())
# Refusals, demands and what is promised are told by words of nothing too: "promised no new sanctions".
_OF_NOTHING = frozenset({T.REJECT, T.THREATEN, T.ACCUSE, T.REQUEST, T.AGREE})
# "no longer", "no doubt" negate no object.
_NO_OBJECT = frozenset("longer doubt less more fewer later sooner".split())
_QUOTES = frozenset("\" ” ’ ' )".split())


def is_unsaid(analysis: Analysis, act: Act) -> bool:
    """Whether a sentence asks whether an act was done, tells that somebody denies it, or that nothing was given, sent or made."""
    return (
        _asks(analysis) or _is_denied(analysis, act.order) or (act.type not in _OF_NOTHING and _is_empty(analysis, act))
    )


def _asks(analysis: Analysis) -> bool:
    words = analysis.tokens.low
    last = len(words) - 1
    while last > 0 and words[last] in _QUOTES:
        last -= 1
    return last >= 0 and words[last] == "?"


def _is_denied(analysis: Analysis, order: int) -> bool:
    """Whether the verb group at `order` stands in the content of a denial."""
    chunks = analysis.chunks
    return any(
        chunk.kind == "V" and not chunk.negated and _denies(chunks, at) and not _begins_anew(chunks[at:order])
        for at, chunk in enumerate(chunks[:order])
    )


def _denies(chunks: list[Chunk], at: int) -> bool:
    """Whether the verb group at `at` denies what the clause behind it says: "denied that", "denied having", "rejected claims that"."""
    if chunks[at].lemma not in _DENYING or at + 1 >= len(chunks):
        return False
    content = chunks[at + 1]
    then = chunks[at + 2] if at + 2 < len(chunks) else None
    if content.kind == "N" and not content.prep and _singular(content.head) in _SAID:
        return then is not None and (then.kind == "S" or (then.kind == "N" and then.prep == "of") or then.kind == "V")
    if chunks[at].lemma != "deny":
        return False
    gerund = content.kind == "V" and not content.finite
    clause = content.kind == "N" and not content.prep and then is not None and then.kind == "V" and then.finite
    return content.kind == "S" or gerund or clause


def _begins_anew(chunks: list[Chunk]) -> bool:
    """Whether a further main clause begins among the chunks: behind a semicolon, or a comma with "and" or "but"."""
    return any(
        chunk.kind in (";", ":") or (chunk.kind == "C" and (before.kind == "," or chunk.words == ("but",)))
        for before, chunk in pairwise(chunks)
    )


def _is_empty(analysis: Analysis, act: Act) -> bool:
    """Whether the object of an act is nothing: "lent Georgia no money"."""
    if act.trigger.kind != "V":
        return False
    for chunk in analysis.chunks[act.order + 1 :]:
        if chunk.kind != "N" or chunk.prep:
            return False
        if (chunk.words[:1] == ("no",) and chunk.head not in _NO_OBJECT) or chunk.words[-1:] == ("nothing",):
            return True
    return False


def _singular(noun: str) -> str:
    return noun[:-1] if noun.endswith("s") else noun
