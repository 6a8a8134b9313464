"""Acts told by a noun: "Kono's visit to Islamabad", "talks between ... took place", "the signing of the accord by ..."."""

from __future__ import annotations

from comity.coding.analysis import Analysis, Chunk
from comity.coding.matching import Act
from comity.coding.parties import (
    Setting,
    coded,
    coordinated,
)
from comity.coding.subjects import subject_of
from comity.language import Mention
from comity.terms import EventType

_VISITS = frozenset("visit visits trip tour".split())
_MEETINGS = frozenset("meeting meetings talks consultations summit negotiations dialogue discussions".split())
_NOT_YET = frozenset(
    "planned proposed upcoming forthcoming next possible potential expected scheduled future cancelled postponed last-minute likely invitation anniversary prospect prospects during-his".split()
)
_UNSETTLED = frozenset(
    "plan propose postpone cancel invite prepare schedule expect hope delay seek call urge want await discuss consider announce offer demand request fail refuse reject decline".split()
)
_TAKES_PLACE = frozenset("take hold begin open conclude end resume start occur convene close".split())


def nominal_acts(analysis: Analysis, setting: Setting, known: list[Act]) -> list[Act]:
    """Return the acts that noun phrases of the sentence report and no verb has reported yet."""
    chunks = analysis.chunks
    found: list[Act] = []
    for index, chunk in enumerate(chunks):
        if chunk.kind != "N" or not chunk.words:
            continue
        words = set(chunk.words)
        if words & _VISITS and not words & _NOT_YET and not _unsettled(chunks, index):
            for visitors, host in _visit(chunks, index, setting):
                if not _told(known, found, EventType.CONSULT, visitors, [host]):
                    found.append(
                        Act(
                            EventType.CONSULT,
                            "visit",
                            visitors,
                            [host],
                            False,
                            chunk,
                            chunk.first,
                            _end(chunks, index),
                            0.88,
                            host,
                            index,
                            "visit",
                        )
                    )
        elif words & _MEETINGS and not words & _NOT_YET and not _unsettled(chunks, index):
            parties = _meeting(chunks, index, setting)
            if len({m.code for m in parties}) > 1 and not _told(known, found, EventType.CONSULT, parties, []):
                found.append(
                    Act(
                        EventType.CONSULT,
                        "",
                        parties,
                        [],
                        True,
                        chunk,
                        chunk.first,
                        _end(chunks, index),
                        0.75,
                        None,
                        index,
                        "meeting",
                    )
                )
        elif words & {"signing", "signature", "ratification"} and not _unsettled(chunks, index):
            parties = []
            for ahead in range(index, min(index + 5, len(chunks))):
                other = chunks[ahead]
                if other.kind == "V":
                    break
                if other.kind == "N" and (
                    other.prep in ("by", "between", "with") or (ahead > index and other.prep == "of")
                ):
                    parties += coordinated(chunks, ahead, setting)
            parties = _once(parties)
            if len({m.code for m in parties}) > 1 and not _told(known, found, EventType.SUPPORT, parties, []):
                found.append(
                    Act(
                        EventType.SUPPORT,
                        "",
                        parties,
                        [],
                        True,
                        chunk,
                        chunk.first,
                        _end(chunks, index),
                        0.75,
                        None,
                        index,
                        "signing",
                    )
                )
    return found


def _once(found: list[Mention]) -> list[Mention]:
    seen: dict[tuple[str, str], Mention] = {}
    for mention in found:
        seen.setdefault((mention.code, mention.person), mention)
    return list(seen.values())


def _unsettled(chunks: list[Chunk], index: int) -> bool:
    """Whether the noun is only planned, called for, cancelled, or stands behind "ahead of", "before", "if"."""
    prep = chunks[index].prep
    if prep in ("for", "before", "without", "toward", "towards"):
        return True
    for back in range(index - 1, max(index - 5, -1), -1):
        other = chunks[back]
        if other.kind == "V":
            return (
                other.lemma in _UNSETTLED
                or other.negated
                or other.modal in ("will", "would", "may", "might", "could", "can", "should", "must")
                or other.lemma in ("willing", "ready", "set", "due", "scheduled", "expected")
            )
        if other.kind == "S":
            return other.words[0] in ("if", "unless", "before", "until")
        if other.kind == "N" and set(other.words) & {
            "ahead",
            "plans",
            "plan",
            "invitation",
            "preparations",
            "proposal",
            "idea",
            "possibility",
            "run-up",
            "eve",
        }:
            return True
    for ahead in range(index + 1, min(index + 7, len(chunks))):
        other = chunks[ahead]
        if other.kind == "V":
            return (
                other.negated
                or other.modal in ("will", "would", "may", "might", "could", "can", "should")
                or (other.passive and other.lemma in _UNSETTLED)
                or (other.lemma == "be" and other.negated)
            )
        if other.kind in ("S", ";", "W"):
            break
    return False


def _end(chunks: list[Chunk], index: int) -> int:
    last = chunks[index].last
    for other in chunks[index + 1 : index + 8]:
        if other.kind in ("V", "S", ";", "W", "that"):
            break
        last = other.last
    return last


def _told(
    known: list[Act], found: list[Act], type_: EventType, actors: list[Mention], recipients: list[Mention]
) -> bool:
    parties = {m.code for m in [*actors, *recipients]}
    return any(
        act.type is type_ and {m.code for m in [*act.actors, *act.recipients]} >= parties for act in [*known, *found]
    ) or any(
        act.type in (EventType.REJECT, EventType.AGREE) and {m.code for m in [*act.actors, *act.recipients]} >= parties
        for act in known
    )


def _possessors(chunks: list[Chunk], index: int, setting: Setting) -> list[Mention]:
    """Whose visit it is: the actor before the noun, behind "of" or "by", or the subject that "his" means."""
    chunk = chunks[index]
    own = coded(chunk)
    persons = [m for m in own if m.person or m.office]
    if persons:
        return persons[:1]
    if ("'s" in chunk.words or "’s" in chunk.words or (own and own[0].form in ("demonym",))) and own:
        return own[:1]
    if chunk.words[0] in ("his", "her", "their", "its"):
        for back in range(index - 1, -1, -1):
            other = chunks[back]
            if other.kind == "N" and not other.prep and coded(other):
                return coded(other)[:1]
        for ahead in range(index + 1, len(chunks)):
            other = chunks[ahead]
            if other.kind == "V" and other.finite:
                return subject_of(chunks, ahead, setting)[:1]
        return []
    for ahead in range(index + 1, min(index + 4, len(chunks))):
        other = chunks[ahead]
        if other.kind != "N":
            break
        if other.prep in ("of", "by") and coded(other):
            return coded(other)[:1]
        if other.prep == "to":
            continue
    for ahead in range(index + 1, min(index + 4, len(chunks))):
        other = chunks[ahead]
        if other.kind == "N" and other.prep == "by" and coded(other):
            return coded(other)[:1]
    return []


def _visit(chunks: list[Chunk], index: int, setting: Setting) -> list[tuple[list[Mention], Mention]]:
    visitors = _possessors(chunks, index, setting)
    hosts: list[Mention] = []
    for ahead in range(index + 1, min(index + 6, len(chunks))):
        other = chunks[ahead]
        if other.kind != "N":
            break
        if other.prep == "to":
            hosts = coordinated(chunks, ahead, setting)
            break
    if not visitors:
        # "during a surprise visit to Beirut": the visitor is the clause's subject
        for back in range(index - 1, -1, -1):
            if chunks[back].kind == "V" and chunks[back].finite:
                if chunks[index].prep in ("during", "on", "in"):
                    visitors = subject_of(chunks, back, setting)[:1]
                break
    if not visitors:
        return []
    return [
        (visitors, host)
        for host in _once(hosts)
        if host.code not in {m.code for m in visitors} and host.kind in ("state", "organisation")
    ]


def _meeting(chunks: list[Chunk], index: int, setting: Setting) -> list[Mention]:
    chunk = chunks[index]
    own = coded(chunk)
    partner: list[Mention] = []
    between = False
    for ahead in range(index + 1, min(index + 5, len(chunks))):
        other = chunks[ahead]
        if other.kind != "N":
            break
        if other.prep in ("with", "between"):
            partner = coordinated(chunks, ahead, setting)
            between = other.prep == "between"
            break
    if between and len({m.code for m in partner}) > 1:
        return _once(partner) if _happened(chunks, index) else []
    if chunk.words[0] in ("his", "her", "their") and partner:
        return _once([*_possessors(chunks, index, setting), *partner])
    persons = [m for m in own if m.person]
    if persons and partner:
        return _once([*persons, *partner])
    if len({m.code for m in own}) > 1 and _happened(chunks, index):
        return _once(own)
    return []


def _happened(chunks: list[Chunk], index: int) -> bool:
    """Whether the sentence says of the meeting itself that it took place."""
    for ahead in range(index + 1, min(index + 8, len(chunks))):
        other = chunks[ahead]
        if other.kind == "V":
            return other.lemma in _TAKES_PLACE and other.shape in ("past", "participle") and not other.modal
        if other.kind in ("S", "W", ";"):
            return False
    return False
