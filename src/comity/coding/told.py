"""The acts of a sentence from both readers, the network and the grammar: from chances to sides and mode, and what counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from comity.coding.acts import acts_of, is_supposed
from comity.coding.analysis import Analysis
from comity.coding.facts import without_doubles
from comity.coding.matching import Act
from comity.coding.mutual import is_mutual
from comity.coding.network import Told
from comity.coding.parties import Setting
from comity.coding.patterns import patterns
from comity.coding.positions import Position
from comity.coding.units import Units
from comity.coding.unsaid import is_unsaid
from comity.coding.verbs import forms
from comity.language import Mention
from comity.terms import EventType, Stance

T = EventType

# Chosen on dev.txt of tests/coding/data/labelled, where fewer than one sentence in twenty without an event gets one, and on
# the gold standard records (docs/rooms/coding.md): the score from which an act of the network counts, ...
THRESHOLD = 0.5
# ... the score from which it is a trace that the grammar may confirm, and the lowest that the network reports, ...
_TRACE = 0.1
HINT = 0.05
# ... the grammar's confidence from which an act counts without a trace of its type, where the network tells nothing
# with the second confidence, ...
_PLAIN, _UNSURE = 0.85, 0.6
# ... the chance from which a mention is on a side, and from which the likeliest one is actor where no other is.
_SIDE = 0.5
_ONLY_ACTOR = 0.1
# From this confidence the network's type stands against the grammar's where both read one verb.
_SURE = 0.8
# Acts that the PLOVER manual gives a recipient (cooperation has its parties), and others done to somebody: without one an
# act of the first is none, and of the others the network must be surer.
_TO_SOMEBODY = frozenset({T.AID, T.SANCTION})
_UPON_SOMEBODY = frozenset({T.CONSULT, T.COOPERATE, T.REQUEST, T.ACCUSE, T.THREATEN, T.COERCE, T.ASSAULT})
_UPON_NOBODY = 0.75
# A sentence that names one state alone needs a surer sign.
_ALONE = 0.55
# Types that the grammar tells plainly by their verb ("is accusing", "told ... to"), in a clause that the network passes over:
# prompted by such clauses in briefs; on dev.txt it neither gains nor loses.
_PLAINLY = frozenset({T.ACCUSE, T.REQUEST})
# What the grammar is always asked about: its guests, hosts and persons are right more often.
_BY_GRAMMAR = frozenset({T.CONSULT})
# Who bombs, riots or strikes unnamed counts under the state where it happens.
_UNNAMED = frozenset({T.ASSAULT, T.PROTEST})
# What a state promises, yields, gives up or mobilises at home needs no recipient.
_BY_ONESELF = frozenset({T.AGREE, T.CONCEDE, T.RETREAT, T.MOBILIZE})
# A conviction with prison is both; other words tell one act.
_AT_ONCE = frozenset({T.SANCTION, T.COERCE})
_TOGETHER = frozenset({T.CONSULT, T.AGREE, T.COOPERATE})


def acts_told(
    analysis: Analysis,
    units: Units,
    hints: Sequence[Told] | None,
    setting: Setting,
    positions: Sequence[Position],
) -> list[Act]:
    """Return the acts of a sentence from both readers, without doubles, save what it does not tell as done (`unsaid`).

    The network reads first. The grammar is asked where the network is in doubt, and about consultations, in which it knows
    guest and host. Of what it finds, types count of which the network saw a trace: of 20 acts in dev.txt that the grammar
    found and to which the network gave less than 0.15, 18 were none. Without a trace a plain act of the grammar counts where
    the network is sure of nothing, and a demand or accusation always. Concern that a state voices is a position and
    accuses nobody by itself.

    Args:
        analysis: the sentence.
        units: the same in units.
        hints: the acts that the network reads, from HINT up; None where it did not read, and the grammar stands alone.
        setting: what the sentences before settled.
        positions: the positions that the sentence voices.
    """
    acts = [act for act in _told(analysis, units, hints, setting, positions) if not is_unsaid(analysis, act)]
    for act in acts:
        act.symmetric = is_mutual(analysis, act)
    return acts


def _told(
    analysis: Analysis,
    units: Units,
    hints: Sequence[Told] | None,
    setting: Setting,
    positions: Sequence[Position],
) -> list[Act]:
    if hints is None:
        return without_doubles(acts_of(analysis, setting))
    told = [act for act in hints if act.score >= THRESHOLD]
    voiced = [position for position in positions if position.stance is Stance.CONCERNED]
    read = [act for act in _acts(analysis, units, told) if not any(_only_voices(act, concern) for concern in voiced)]
    unsure = all(act.confidence < _UNSURE for act in read)
    asked = (
        unsure
        or any(act.type in _BY_GRAMMAR or _TRACE <= act.score < THRESHOLD or _half_sided(act, units) for act in hints)
        or not _asking().isdisjoint(analysis.tokens.low)
    )
    if not asked:
        return read
    seen = {act.type for act in hints if act.score >= _TRACE}
    held = [
        act
        for act in without_doubles(acts_of(analysis, setting))
        if act.type in seen or (act.confidence >= _PLAIN and (unsure or act.type in _PLAINLY))
    ]
    return _joined(read, held)


@lru_cache(maxsize=1)
def _asking() -> frozenset[str]:
    """The forms of the verbs that the dictionary has for what the grammar tells plainly."""
    lemmas = {lemma for lemma, found in patterns().items() if any(pattern.type in _PLAINLY for pattern in found)}
    return frozenset(word for word, found in forms().items() if any(form.lemma in lemmas for form in found))


def _only_voices(act: Act, concern: Position) -> bool:
    """Whether an act is told by the words in which a state voices concern, and so is an accusation at most, or unsure."""
    inside = concern.first <= act.trigger.last and act.trigger.first <= concern.last
    return inside and (act.type is T.ACCUSE or act.confidence < _SURE)


def _half_sided(act: Told, units: Units) -> bool:
    """Whether an act has no recipient while another actor is named that may be it."""
    if any(recipient > _SIDE for _, recipient in act.sides):
        return False
    codes = {mention.code for _, mention in units.mentions if mention.code}
    acting = {m.code for (_, m), (actor, _) in zip(units.mentions, act.sides, strict=True) if m.code and actor > _SIDE}
    return len(codes) > max(len(acting), 1)


def _joined(read: Sequence[Act], held: Sequence[Act]) -> list[Act]:
    """The acts of both readers: those of the grammar (`held`), then what the network adds (`read`).

    Where both read an act of one type with other sides, the network's sides count, since on labelled sentences they are
    right more often; not so for consultations and symmetric acts, whose parties the grammar knows, nor where the network
    is unsure or only misses one. A verb tells one act: where they read it as two types, the network must be sure to prevail.
    """
    sure = {id(act.trigger) for act in read if act.confidence >= _SURE}
    read_types = {act.type for act in read}
    kept = [
        act
        for act in held
        if not any(_corrects(other, act) for other in read)
        and (act.type is T.CONSULT or act.type in read_types or id(act.trigger) not in sure)
    ]
    for act in kept:  # the network knows the modes better, but for visits
        same = next((other for other in read if other.type is act.type and other.mode), None)
        if same is not None and act.type is not T.CONSULT:
            act.mode = same.mode
    types = {act.type for act in kept}
    taken = {id(act.trigger) for act in kept}
    return kept + [act for act in read if act.type not in types and id(act.trigger) not in taken]


def _corrects(read: Act, held: Act) -> bool:
    """Whether an act of the network stands for one of the grammar, of its type but with other sides."""
    if read.type is not held.type or held.type is T.CONSULT or held.symmetric or read.confidence < _UNSURE:
        return False
    (actors, recipients), (its_actors, its_recipients) = _codes(read), _codes(held)
    return (actors, recipients) != (
        its_actors,
        its_recipients,
    ) and not actors | recipients < its_actors | its_recipients


def _acts(analysis: Analysis, units: Units, told: Sequence[Told]) -> list[Act]:
    """The acts that the network tells, each once, in the order of the text."""
    found: list[Act] = []
    seen: set[tuple[EventType, frozenset[str], frozenset[str]]] = set()
    at: dict[int, EventType] = {}
    for act in sorted(told, key=lambda each: -each.score):
        actors, recipients = _sides(units, act)
        if act.type in _BY_ONESELF and {m.code for m in recipients} == {m.code for m in actors}:
            recipients = []
        key = (act.type, frozenset(m.code for m in actors), frozenset(m.code for m in recipients))
        if not actors or key in seen or (act.type is T.CONSULT and len(key[1] | key[2]) < 2):
            continue
        if act.type in _TO_SOMEBODY and not recipients:
            continue
        told_by = _chunk_of(analysis, units.first[act.unit])
        if is_supposed(analysis, told_by, act.type):
            continue
        if act.type in _UPON_SOMEBODY and not recipients and len(actors) < 2 and act.score < _UPON_NOBODY:
            continue
        if act.score < _ALONE and len({mention.code for _, mention in units.mentions if mention.code}) == 1:
            continue
        surer = at.setdefault(told_by, act.type)
        if surer is not act.type and {surer, act.type} != _AT_ONCE:
            continue
        seen.add(key)
        found.append(_act(analysis, told_by, act, actors, recipients))
    return sorted(found, key=lambda each: each.trigger.first)


def _codes(act: Act) -> tuple[set[str], set[str]]:
    return {mention.code for mention in act.actors}, {mention.code for mention in act.recipients}


def _sides(units: Units, act: Told) -> tuple[list[Mention], list[Mention]]:
    """The mentions on either side, one for each state; a state on both sides stays where it is likelier."""
    best: dict[str, list[tuple[float, Mention]]] = {}
    for (_, mention), chances in zip(units.mentions, act.sides, strict=True):
        if not mention.code or mention.form == "modifier":
            continue
        sides = best.setdefault(mention.code, [(0.0, mention), (0.0, mention)])
        for side, chance in enumerate(chances):
            if chance > sides[side][0]:
                sides[side] = (chance, mention)
    actors = {code: sides[0] for code, sides in best.items() if sides[0][0] > _SIDE}
    recipients = {code: sides[1] for code, sides in best.items() if sides[1][0] > _SIDE}
    for code in actors.keys() & recipients.keys():
        if len(actors.keys() | recipients.keys()) > 1:
            weaker = recipients if actors[code][0] >= recipients[code][0] else actors
            del weaker[code]
    if not actors:
        likely = sorted(((sides[0][0], code) for code, sides in best.items()), reverse=True)
        others = [(chance, code) for chance, code in likely if code not in recipients and chance > _ONLY_ACTOR]
        for _, code in (others or likely if act.type in _UNNAMED else others)[:1]:
            actors[code] = best[code][0]
    return [mention for _, mention in actors.values()], [mention for _, mention in recipients.values()]


def _chunk_of(analysis: Analysis, token: int) -> int:
    """The chunk that holds a token; for a particle or mark between chunks the one before it."""
    for order, chunk in enumerate(analysis.chunks):
        if token <= chunk.last:
            return order if chunk.first <= token else max(order - 1, 0)
    return max(len(analysis.chunks) - 1, 0)


def _act(analysis: Analysis, order: int, told: Told, actors: list[Mention], recipients: list[Mention]) -> Act:
    trigger = analysis.chunks[order]
    end = order
    while end + 1 < len(analysis.chunks) and not (
        analysis.chunks[end + 1].kind in (";", ":", "S", "W")
        or (analysis.chunks[end + 1].kind == "V" and analysis.chunks[end + 1].finite)
    ):
        end += 1
    return Act(
        type=told.type,
        mode=told.mode if told.mode != "visit" or recipients else "",
        actors=actors,
        recipients=recipients,
        symmetric=told.type in _TOGETHER and len(actors) > 1 and not recipients,
        trigger=trigger,
        first=trigger.first,
        last=analysis.chunks[end].last,
        confidence=round(0.9 * told.score, 2),
        order=order,
        coder="network",
    )
