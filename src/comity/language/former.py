"""Former states in view: what a text names by a state that is no more stands under its successor's code, as PLOVER has it."""

from __future__ import annotations

from collections.abc import Iterable

from comity.language.mentions import find_mentions
from comity.states import state
from comity.terms import StateError


def named_for(codes: Iterable[str]) -> dict[str, str]:
    """Return, for each of the codes that is a former state's, the code under which its name is read: {"RUS": "SUN"}.

    For a record of that very state, in which the other code would make its acts somebody else's.
    """
    wanted = set(codes)
    found: dict[str, str] = {}
    for code in sorted(wanted):
        try:
            former = state(code)
        except StateError:
            continue
        if former.end is None:
            continue
        read = {mention.code for mention in find_mentions(former.name)} - wanted
        if len(read) == 1:
            found[read.pop()] = code
    return found
