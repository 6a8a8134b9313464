"""Acts that several states do with each other, told from acts that they do side by side.

PLOVER's manual has all parties of a reciprocal act as actors and nobody as recipient. "India and France signed a pact" is
such an act; "India and France welcomed the plan" has two actors and no recipient too, and is none between the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from comity.coding.analysis import Analysis, Chunk
from comity.coding.matching import Act
from comity.coding.parties import Setting, coordinated
from comity.coding.patterns import Pattern, classes, patterns
from comity.coding.verbs import forms
from comity.terms import EventType

T = EventType
# The readers differ on whether a deal that is concluded is agreed or signed; that both sides conclude it stands in either.
_SETTLED = frozenset({T.AGREE, T.SUPPORT})
# What is exchanged goes both ways, whatever it is: prisoners, fire, accusations.
_EXCHANGED = frozenset({"exchange", "swap", "trade"})
# Allies fight side by side as well ("British and American troops fought in Helmand"); who clash do so with each other.
_CLASH = "clash"
_SIGNING = frozenset({"signing", "signature", "signatures", "renew", "renewed", "renews"})
_TRUCE = frozenset("ceasefire ceasefires cease-fire cease-fires truce truces armistice".split())


def is_mutual(analysis: Analysis, act: Act) -> bool:
    """Whether a sentence tells an act without recipient as one that its actors do with each other.

    It does by the verb (sign, establish relations, exchange, clash, declare a truce), by "each other", or by naming both
    behind "between" where it tells who acts. A treaty of many parties that two of them sign ("the Paris climate accord") is no act between the two.
    """
    codes = {mention.code for mention in act.actors}
    if act.recipients or len(codes) < 2 or (_is_signed(analysis, act) and _open_to_many(analysis)):
        return False
    return act.symmetric or _reciprocal(analysis, act) or _by_verb(analysis, act) or _between(analysis, act)


def _reciprocal(analysis: Analysis, act: Act) -> bool:
    return any(pair in (("each", "other"), ("one", "another")) for pair in pairwise(_clause(analysis, act)))


def _by_verb(analysis: Analysis, act: Act) -> bool:
    if _with_others(analysis, act):
        return False
    lemmas = _lemmas(analysis, act)
    if lemmas & _EXCHANGED:
        return True
    if act.type is T.ASSAULT:
        return _CLASH in lemmas
    if act.mode == "ceasefire" or (act.type is T.CONCEDE and not _TRUCE.isdisjoint(analysis.tokens.low)):
        return not _elsewhere(analysis, act)
    return _is_signed(analysis, act) or _settled(analysis, act)


def _with_others(analysis: Analysis, act: Act) -> bool:
    """Whether the clause names one with whom they act together ("clashed with rebels", "signed a contract with Airbus")."""
    actors = {mention.code for mention in act.actors}
    return any(
        chunk.kind == "N"
        and chunk.prep == "with"
        and act.trigger.last < chunk.first <= act.last
        and not _about(chunk)
        and not any(mention.code in actors for mention in chunk.mentions)
        for chunk in analysis.chunks
    )


def _elsewhere(analysis: Analysis, act: Act) -> bool:
    """Whether a truce is told of another state ("in Gaza") than those that act."""
    actors = {mention.code for mention in act.actors}
    return any(
        chunk.prep in ("in", "for") and any(mention.code and mention.code not in actors for mention in chunk.mentions)
        for chunk in analysis.chunks
    )


def _is_signed(analysis: Analysis, act: Act) -> bool:
    """Whether an act concludes a text: its verb does, or its clause names the signing."""
    return act.type in _SETTLED and (_settled(analysis, act) or not _SIGNING.isdisjoint(_clause(analysis, act)))


def _settled(analysis: Analysis, act: Act) -> bool:
    words = frozenset(analysis.tokens.low)
    return any(
        _settles(pattern, act, words) for lemma in _lemmas(analysis, act) for pattern in patterns().get(lemma, ())
    )


def _lemmas(analysis: Analysis, act: Act) -> frozenset[str]:
    """The verb that tells an act; where a noun does ("exchanged fire"), those that its words may be and the one before."""
    if act.trigger.kind == "V":
        return frozenset({act.trigger.lemma})
    before = analysis.chunks[act.order - 1].lemma if act.order else ""
    return frozenset({before, *(form.lemma for word in act.trigger.words for form in forms().get(word, ()))})


def _clause(analysis: Analysis, act: Act) -> Sequence[str]:
    return analysis.tokens.low[act.first : act.last + 1]


def _settles(pattern: Pattern, act: Act, words: frozenset[str]) -> bool:
    same = pattern.type is act.type or (pattern.type in _SETTLED and act.type in _SETTLED)
    return (
        same
        and not pattern.flags.isdisjoint(("sym", "ratify"))
        and (not pattern.objects or bool(pattern.objects & words))
    )


def _open_to_many(analysis: Analysis) -> bool:
    """Whether the text signed is one of many parties, called by its name ("the Kyoto Protocol")."""
    named = classes()
    return any(
        chunk.kind == "N"
        and not _about(chunk)
        and not named["@agreement"].isdisjoint(chunk.words)
        and not named["@open"].isdisjoint(chunk.words)
        for chunk in analysis.chunks
    )


def _about(chunk: Chunk) -> bool:
    """Whether a phrase has no article of one known text: "a climate agreement" of two states is their own."""
    return chunk.words[:1] in (("a",), ("an",))


def _between(analysis: Analysis, act: Act) -> bool:
    """Whether the actors are those named behind "between", and not such as act on what lies there ("the border between")."""
    actors = {(mention.code, mention.start) for mention in act.actors}
    return any(
        chunk.kind == "N"
        and chunk.prep == "between"
        and actors <= {(mention.code, mention.start) for mention in coordinated(analysis.chunks, order, Setting())}
        for order, chunk in enumerate(analysis.chunks)
    )
