"""The words by which states voice a position (dictionary/stances.tsv), laid out by verb, and those that give a sentence away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from comity.coding.issues import may_be_on_an_issue
from comity.coding.verbs import forms, lines
from comity.language import Mention, Tokens

# Nouns of a position that somebody has ("India's objections to ..."), by stance.
NOUNS = {
    **dict.fromkeys("opposition objection objections resistance hostility aversion rejection".split(), "opposes"),
    **dict.fromkeys(
        """concern concerns reservations reservation misgivings misgiving alarm worry worries apprehensions apprehension unease
        dismay fears anxiety disquiet doubts""".split(),
        "concerned",
    ),
    **dict.fromkeys("support backing endorsement preference".split(), "supports"),
    **dict.fromkeys("willingness readiness openness".split(), "willing"),
}
VIEWS = frozenset("view views perspective standpoint opinion".split())
# Verbs that stand for "be" before a word of stance.
BEING = frozenset("be remain stay feel grow become".split())
# Verbs that voice what the noun behind them says, all of them where the lexicon has "express".
VOICING = frozenset(
    "express voice share raise have reiterate convey register hold reaffirm declare state restate".split()
)
# Verbs that are too common to give a sentence away: what follows them does.
_LIGHT = frozenset(
    "be take give have stand throw attach set lend swear pin express see view regard describe call make would".split()
)
# Who will not do these opposes them.
_DENIED = frozenset(
    """accept join sign support allow recognise recognize agree back adopt ratify endorse go put live vote tolerate condone
    countenance accede participate""".split()
)
# A state that will do so on a condition, or would like to, has one of these in the sentence; and for the first one of those.
_WOULD = frozenset("will would can could cannot".split())
_ON_CONDITION = frozenset("if only once until provided providing condition long not never like return exchange".split())
# So many words may stand between two words of a phrase.
_GAP = 3
_CLOSE = (
    ("against",),
    ("behind",),
    ("to",),
)  # "is against", not "was steady against"; "refuses to", not "refused clemency to"
_FAR = 16  # before "as": "sees the plan put forward by Rabat as the basis"
_STOPS = frozenset(". , ; : ? ! ( )".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase: what it tells ("supports" ... "indifferent", or "wants", "holds", "judges", "would"), and its words.

    Attributes:
        lasting: whether the simple past of its verb tells an act and no position.
        behind: the words that follow the verb.
        denies: whether a state that will not do so opposes it.
    """

    tells: str
    lasting: bool
    behind: tuple[str, ...]
    denies: bool = False


@lru_cache(maxsize=1)
def cues() -> dict[str, tuple[Cue, ...]]:
    """The phrases by the verb they begin with, the longest first."""
    found: dict[str, list[Cue]] = {}
    for line in lines("stances.tsv"):
        tells, tense, phrases = line.split("\t")
        for phrase in phrases.split():
            verb, *behind = phrase.split("_")
            if verb == "would" and behind:  # "would like"
                verb = behind.pop(0)
            verbs = VOICING if verb == "express" else (verb,)
            for each in verbs:
                if (
                    verb == "express"
                    and each in ("have", "raise")
                    and NOUNS.get(behind[-1]) not in ("concerned", "opposes")
                ):
                    continue  # to have an interest, or raise readiness, voices nothing
                found.setdefault(each, []).append(Cue(tells, tense == "lasting", tuple(behind), verb in _DENIED))
    return {verb: tuple(sorted(held, key=lambda cue: -len(cue.behind))) for verb, held in found.items()}


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """The words one of which stands in every sentence that states a position."""
    words = set(NOUNS) | VIEWS
    inflected: dict[str, set[str]] = {}
    for word, found in forms().items():
        for form in found:
            inflected.setdefault(form.lemma, set()).add(word)
    for verb, held in cues().items():
        for cue in held:
            if cue.tells == "would":
                continue
            telling = max(cue.behind, key=len, default="")
            if telling and (verb in VOICING or verb == "be" or (verb in _LIGHT and len(telling) > 4)):
                words.add(telling)
            else:
                words |= inflected.get(verb, {verb})
    return frozenset(words - {"like"})


def may_voice(tokens: Tokens, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence has words by which positions are stated, and on an issue; it spares the others their analysis.

    Where rebels are named the issue may be terrorism without any word of it.
    """
    low = tokens.low
    if not (may_be_on_an_issue(low) or any("REB" in mention.sectors for mention in mentions)):
        return False
    if not _telling().isdisjoint(low):
        return True
    return not _WOULD.isdisjoint(low) and not _ON_CONDITION.isdisjoint(low)


def stands_behind(low: list[str], start: int, words: tuple[str, ...]) -> int | None:
    """The place behind the phrase whose words follow from `start` on, with little between; None where they do not."""
    place = start
    for word in words:
        gap = _FAR if word == "as" else (0 if words in _CLOSE else _GAP)
        end = min(place + gap + 1, len(low))
        while place < end and low[place] != word:
            if low[place] in _STOPS:
                return None
            place += 1
        if place >= end:
            return None
        place += 1
    return place
