"""Acts that the network reads where the grammar found none of their type: from chances to sides, mode and place."""

from __future__ import annotations

from collections.abc import Sequence

from comity.coding.analysis import Analysis
from comity.coding.matching import Act
from comity.coding.network import Told
from comity.coding.positions import Position
from comity.coding.units import Units
from comity.language import Mention
from comity.terms import EventType, Stance

T = EventType

# Chosen on the development half of tests/coding/data/labelled, where fewer than one sentence in twenty without an event
# gets one (docs/rooms/coding.md): the score from which an act of the network counts, ...
THRESHOLD = 0.45
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
# Who bombs, riots or strikes unnamed counts under the state where it happens.
_UNNAMED = frozenset({T.ASSAULT, T.PROTEST})
_TOGETHER = frozenset({T.CONSULT, T.AGREE, T.COOPERATE})


def joined(
    analysis: Analysis, units: Units, told: Sequence[Told], held: Sequence[Act], positions: Sequence[Position] = ()
) -> list[Act]:
    """Return the acts of a sentence from both readers: those of the grammar, then what the network adds.

    Where both read an act of one type with other sides, the network's sides count, since on labelled sentences they are
    right more often; not so for consultations and symmetric acts, whose parties the grammar knows, nor where the network
    only misses one. A verb tells one act: where they read it as two types, the network must be sure to prevail. Concern
    that a state voices is a position and accuses nobody by itself.
    """
    concerned = {position.holder.code for position in positions if position.stance is Stance.CONCERNED}
    read = [
        act
        for act in _acts(analysis, units, told)
        if act.type is not T.ACCUSE or not concerned & {mention.code for mention in act.actors}
    ]
    sure = {id(act.trigger) for act in read if act.confidence >= _SURE}
    read_types = {act.type for act in read}
    kept = [
        act
        for act in held
        if not any(_corrects(other, act) for other in read)
        and (act.type is T.CONSULT or act.type in read_types or id(act.trigger) not in sure)
    ]
    types = {act.type for act in kept}
    taken = {id(act.trigger) for act in kept}
    return kept + [act for act in read if act.type not in types and id(act.trigger) not in taken]


def _corrects(read: Act, held: Act) -> bool:
    """Whether an act of the network stands for one of the grammar, of its type but with other sides."""
    if read.type is not held.type or held.type is T.CONSULT or held.symmetric:
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
    for act in sorted(told, key=lambda each: -each.score):
        actors, recipients = _sides(units, act)
        key = (act.type, frozenset(m.code for m in actors), frozenset(m.code for m in recipients))
        if not actors or key in seen or (act.type is T.CONSULT and len(key[1] | key[2]) < 2):
            continue
        if act.type in _TO_SOMEBODY and not recipients:
            continue
        if act.type in _UPON_SOMEBODY and not recipients and len(actors) < 2 and act.score < _UPON_NOBODY:
            continue
        seen.add(key)
        found.append(_act(analysis, units, act, actors, recipients))
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


def _act(analysis: Analysis, units: Units, told: Told, actors: list[Mention], recipients: list[Mention]) -> Act:
    token = units.first[told.unit]
    order = next((n for n, chunk in enumerate(analysis.chunks) if chunk.first <= token <= chunk.last), None)
    if order is None:  # a particle or mark between chunks: the chunk before it
        order = max((n for n, chunk in enumerate(analysis.chunks) if chunk.last < token), default=0)
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
