"""Statements of position of one sentence: who holds which view, on which issue, toward whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from comity.coding.analysis import SAY, Analysis, Chunk
from comity.coding.issues import issue_of
from comity.coding.parties import Setting, coded, coordinated
from comity.coding.subjects import subject_of
from comity.coding.verbs import forms
from comity.language import Mention, Tokens
from comity.terms import Stance

_CONCERNS = frozenset(
    "concern concerns reservations reservation misgivings misgiving alarm worries apprehensions apprehension unease dismay".split()
)
_WILLINGNESS = frozenset("willingness readiness interest desire assurance commitment".split())
_CONDITIONS = (
    "as long as",
    "provided that",
    "on condition that",
    "on the condition that",
    "so long as",
    "only if",
    "conditional on",
    "provided",
)
_VOICES = frozenset("express voice share raise have reiterate convey register hold reaffirm declare".split())
_STRONG = frozenset("deep deeply serious grave strong strongly firmly full fully".split())


# Words and signs that open the next clause or close the sentence: the object of a position does not end with them.
_LOOSE_ENDS = frozenset(
    '. , ; : ! ? ( " ” and or but nor what which that who whom as it they he she while when'.split()
)


_ADOPTING = frozenset("support endorse back appreciate welcome favour favor".split())
_WORRYING = frozenset("concern worry".split())


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """The words one of which stands in every sentence that states a position."""
    verbs = {
        word
        for word, found in forms().items()
        if any(form.lemma in _ADOPTING | _WORRYING | {"oppose"} for form in found)
    }
    nouns = frozenset("support backing solidarity opposition objection objections views".split())
    adjectives = frozenset("willing ready prepared concerned worried alarmed indifferent neutral opposed".split())
    return nouns | verbs | adjectives | _CONCERNS | _WILLINGNESS


def may_voice(tokens: Tokens) -> bool:
    """Whether a sentence has a word by which positions are stated; it spares the others their analysis."""
    return not _telling().isdisjoint(tokens.low)


@dataclass(slots=True)
class Position:
    """A position found: the holder, issue, stance, what it is about, and its tokens."""

    holder: Mention
    issue: str
    stance: Stance
    about: tuple[int, int]
    toward: list[Mention]
    first: int
    last: int
    strength: float
    confidence: float


def positions_of(analysis: Analysis, setting: Setting) -> list[Position]:
    """Return the positions that a sentence states."""
    chunks = analysis.chunks
    found: list[Position] = []
    text = analysis.tokens.text.lower()
    conditional = any(condition in text for condition in _CONDITIONS)
    for index, chunk in enumerate(chunks):
        if chunk.kind == "V":
            position = _of_verb(analysis, setting, index, chunk, conditional)
        elif chunk.kind == "N" and chunk.head in _CONCERNS and not chunk.prep:
            position = _standing_concern(analysis, setting, index)
        else:
            continue
        if position is not None and not any(
            held.holder.code == position.holder.code and held.issue == position.issue and held.stance is position.stance
            for held in found
        ):
            found.append(position)
    return found


def _of_verb(analysis: Analysis, setting: Setting, index: int, chunk: Chunk, conditional: bool) -> Position | None:
    chunks = analysis.chunks
    if chunk.modal in ("may", "might", "could", "would", "can") or _under_if(chunks, index):
        return None
    low = analysis.tokens.low
    lemma = chunk.lemma
    nouns = chunks[index + 1] if index + 1 < len(chunks) and chunks[index + 1].kind == "N" else None
    stance: Stance | None = None
    start = index + 1
    if lemma in _VOICES and nouns is not None and not nouns.prep:
        words = set(nouns.words)
        denied = chunk.negated or bool(words & {"no"})
        if words & _CONCERNS:
            stance = None if denied else Stance.CONCERNED
            start = index + 2
        elif words & _WILLINGNESS and lemma != "have":
            stance = None if denied else Stance.WILLING
            start = index + 2 if words & {"willingness", "readiness", "desire", "interest"} else index + 1
        elif words & {"support", "backing", "solidarity"} and lemma != "have":
            stance = None if denied else Stance.SUPPORTS
        elif words & {"opposition", "objection", "objections"}:
            stance = None if denied else Stance.OPPOSES
        elif words & {"views"} and words & {"positive"}:
            stance = None if denied else Stance.SUPPORTS
    elif lemma in ("willing", "ready", "prepared"):
        stance = Stance.OPPOSES if chunk.negated and lemma == "willing" else (None if chunk.negated else Stance.WILLING)
    elif lemma in ("be", "remain", "stay") and not chunk.negated:
        word = low[chunk.last + 1 : chunk.last + 3]
        if "concerned" in word or "worried" in word or "alarmed" in word:
            stance = Stance.CONCERNED
        elif "indifferent" in word or "neutral" in word:
            stance = Stance.INDIFFERENT
        elif "opposed" in word:
            stance = Stance.OPPOSES
    elif lemma == "oppose" and not chunk.passive and not chunk.negated:
        stance = Stance.OPPOSES
    elif lemma in _ADOPTING and not chunk.passive and not chunk.infinitive and chunk.modal == "":
        stance = Stance.OPPOSES if chunk.negated else Stance.SUPPORTS
    if lemma in _WORRYING and chunk.passive and not chunk.negated:
        stance = Stance.CONCERNED
    if stance is None:
        return None
    holder = subject_of(chunks, index, setting)
    if not holder and lemma in _VOICES and nouns is not None:
        holder = []
    if not holder:
        return None
    return _build(analysis, setting, holder, stance, index, start, conditional)


def _standing_concern(analysis: Analysis, setting: Setting, index: int) -> Position | None:
    """Read "Concerns are still prevailing among Pakistani policy-makers about the deal"."""
    chunks = analysis.chunks
    if (
        index + 1 >= len(chunks)
        or chunks[index + 1].kind != "V"
        or chunks[index + 1].negated
        or chunks[index + 1].modal
    ):
        return None
    for ahead in range(index + 2, min(index + 6, len(chunks))):
        other = chunks[ahead]
        if other.kind == "N" and other.prep in ("among", "in") and coded(other):
            return _build(analysis, setting, coded(other)[:1], Stance.CONCERNED, index, ahead + 1, False)
    return None


def _under_if(chunks: list[Chunk], index: int) -> bool:
    for back in range(index - 1, max(index - 6, -1), -1):
        other = chunks[back]
        if other.kind == "S":
            return other.words[0] in ("if", "unless", "whether")
        if other.kind in ("V", ";"):
            return False
    return False


def _build(
    analysis: Analysis,
    setting: Setting,
    holders: list[Mention],
    stance: Stance,
    index: int,
    start: int,
    conditional: bool,
) -> Position | None:
    chunks, tokens = analysis.chunks, analysis.tokens
    toward: list[Mention] = []
    last = chunks[index].last
    first_about = -1
    ahead = start
    own = {m.code for m in holders}
    while ahead < len(chunks) and ahead < start + 12:
        chunk = chunks[ahead]
        if chunk.kind == "S" and chunk.words[0] == "that" and ahead <= start + 1:
            ahead += 1
            continue
        if chunk.kind in (";", "S") or (chunk.kind == "V" and chunk.finite and chunk.lemma in SAY):
            break
        if chunk.kind == "V" and chunk.finite and chunk.auxiliary and ahead > start and stance is not Stance.CONCERNED:
            break
        if chunk.kind == "N":
            if first_about < 0:
                first_about = chunk.first
            toward += [m for m in coordinated(chunks, ahead, setting) if m.code not in own and m not in toward]
        elif first_about < 0 and chunk.kind == "V":
            first_about = chunk.first
        last = chunk.last
        ahead += 1
    if first_about < 0:
        return None
    while last > first_about and tokens.low[last] in _LOOSE_ENDS:
        last -= 1
    issue = issue_of(tokens.low[first_about : last + 1])
    if not issue and any("REB" in m.sectors for c in chunks[start:ahead] for m in coded(c)):
        issue = "terrorism"
    if not issue:
        return None
    if conditional and stance in (Stance.WILLING, Stance.SUPPORTS):
        stance = Stance.CONDITIONAL
    words = set(tokens.low[chunks[index].first : last + 1])
    strength = 0.8 if words & _STRONG else (0.4 if stance is Stance.INDIFFERENT else 0.6)
    distinct: dict[str, Mention] = {}
    for mention in toward:
        distinct.setdefault(mention.code, mention)
    return Position(
        holders[0],
        issue,
        stance,
        (first_about, last),
        list(distinct.values()),
        chunks[index].first,
        last,
        strength,
        0.8,
    )
