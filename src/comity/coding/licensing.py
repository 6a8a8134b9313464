"""Persons whose state only the context gives: the host's at a visit's or meeting's place, or the other side's."""

from __future__ import annotations

import re
from dataclasses import replace

from comity.coding.parties import Setting
from comity.language import Mention, MentionKind

_MET = re.compile(
    r"\b(?:meetings?|talks|discussions) with\b|\bmet(?: with)?\b|\bcalled on\b|\bhosted by\b|\breceived by\b"
)


_VISITS_AFTER = re.compile(r"['’]s (?:[a-z-]+ ){0,2}(?:visit|trip) to ")


_EXCHANGED = re.compile(
    r"\bexchang|\bbetween the two (?:countries|states|sides|nations)\b|\bboth (?:countries|sides)\b|\bbilateral\b"
)


def licensed(text: str, mentions: list[Mention], setting: Setting) -> list[Mention]:
    """Give persons without a state the one that the sentence licenses.

    That is the host's at a visit's or meeting's place, or, where two states exchange visits, the one that is not host.
    """
    if all(m.code for m in mentions):
        return mentions
    ground = [
        m for m in mentions if m.form in ("capital", "city") and _before(text, m) in ("to", "in", "visited", "at")
    ]
    result = []
    for mention in mentions:
        if mention.code or mention.kind is not MentionKind.PERSON:
            result.append(mention)
            continue
        result.append(_state_for(text, mention, mentions, ground, setting) or mention)
    return result


def _state_for(
    text: str, mention: Mention, mentions: list[Mention], ground: list[Mention], setting: Setting
) -> Mention | None:
    own = {m.code for m in mentions if m.kind is MentionKind.PERSON and m.code}
    met = [match for match in _MET.finditer(text) if match.end() <= mention.start]
    if met and mention.start - met[-1].end() < 220 and ground:
        between = text[met[-1].end() : mention.start]
        place = ground[0] if len({m.code for m in ground}) == 1 else None
        if place is not None and not re.search(r"\b(?:said|has|have|was|were|is|who|that)\b", between):
            return replace(mention, code=place.code)
    ahead = text[mention.end : mention.end + 12].lstrip()
    if ahead.startswith("visited") and len(setting.focal) == 2 and _EXCHANGED.search(text):
        host = next((m for m in ground if m.start > mention.end), None)
        if host is not None and host.code in setting.focal:
            return replace(mention, code=next(c for c in setting.focal if c != host.code))
    visits = _VISITS_AFTER.match(text, mention.end)
    if visits is not None:
        states = {m.code for m in mentions if m.code and m.kind is MentionKind.STATE and m.form != "modifier"}
        host = next((m for m in ground if m.start >= visits.end() - 1 and m.start - visits.end() < 3), None)
        if (
            host is not None
            and len(states) == 2
            and host.code in states
            and any(m.code != host.code and m.form in ("name", "demonym") for m in mentions)
        ):
            return replace(mention, code=next(code for code in states if code != host.code))
    if mention.office == "counterpart" and len(own) == 1 and len(setting.focal) == 2 and own <= set(setting.focal):
        return replace(mention, code=next(c for c in setting.focal if c not in own))
    return None


def _before(text: str, mention: Mention) -> str:
    words = text[max(0, mention.start - 20) : mention.start].split()
    return words[-1].lower() if words else ""
