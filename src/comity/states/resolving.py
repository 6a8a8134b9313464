"""From a name, as people write it, to one state; what is not certain is refused with the choices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from comity.states.dependencies import dependencies
from comity.states.designations import DesignationKind, designations
from comity.states.spelling import INVERTED, LONGEST, TWO_NAMES, is_abbreviation, key
from comity.states.system import code_of_other_codes, entries, entry, state, successors
from comity.states.tables import covers, items, rows
from comity.terms import AmbiguousState, DissolvedState, State, UnknownState

# A name is tried before a demonym, a demonym before a capital or another word that merely stands for the state.
_TIER = {
    DesignationKind.NAME: 0,
    DesignationKind.FORMAL: 0,
    DesignationKind.FORMER: 0,
    DesignationKind.DEMONYM: 1,
    DesignationKind.CAPITAL: 2,
    DesignationKind.METONYM: 2,
}
_ARTICLE = re.compile(r"\A[Tt]he (?=\S)")


@dataclass(frozen=True, slots=True)
class _Candidate:
    code: str
    start: date | None
    end: date | None


@cache
def _table() -> dict[str, dict[int, list[_Candidate]]]:
    """Return, by spelling and tier, whom a word can mean; abbreviations stand under their capitals."""
    table: dict[str, dict[int, list[_Candidate]]] = {}
    for one in designations():
        if one.kind is not DesignationKind.ORGANISATION and one.code in entries():
            spelling = _capitals(one.text) if is_abbreviation(one.text) else key(one.text)
            candidate = _Candidate(one.code, one.start, one.end)
            table.setdefault(spelling, {}).setdefault(_TIER[one.kind], []).append(candidate)
    for row in rows("labels"):
        for label in items(row["labels"]):
            tiers = table.setdefault(key(label), {}).setdefault(0, [])
            if not any(candidate.code == row["code"] for candidate in tiers):
                tiers.append(_Candidate(row["code"], None, None))
    return table


@cache
def _codes() -> dict[str, str]:
    table = dict(code_of_other_codes())
    table |= {one.code3: one.code for one in dependencies() if one.code3}
    table |= {one.state.alpha2: code for code, one in entries().items() if one.state.alpha2}
    return table | {code: code for code in entries()}


def _capitals(text: str) -> str:
    return text.replace(".", "")


def resolve(name: str, on: date | None = None, *, suggest: bool = True) -> State:
    """Return the one state that is meant by a name, demonym, capital or code on that day, or today.

    Case, accents, punctuation and a leading "the" do not count; codes (PAK, PK) and abbreviations (US, UAE) do so in
    capitals only. A dependency means the state that it belongs to. Nothing is guessed.

    Args:
        name: what is written.
        on: the day; None for today.
        suggest: whether names that are spelt alike are looked for where nothing is called so: a millisecond, which the
            rows of a file need not spend.

    Raises:
        UnknownState: nothing is called so; `choices` lists names that are spelt alike.
        AmbiguousState: several states are called so on that day; `choices` lists their codes.
        DissolvedState: the state did not exist on that day; `choices` lists the codes of its successors.
    """
    wanted = _ARTICLE.sub("", " ".join(name.split()))
    if wanted in _codes():
        return _existing(wanted, _codes()[wanted], on)
    for tier in _tiers(wanted):
        return _chosen(wanted, tier, on)
    close = _close(wanted) if suggest else ()
    hint = f"Did you mean {' or '.join(close)}?" if close else "Give a name or an ISO 3166-1 alpha-3 code in capitals."
    raise UnknownState(f"No state is called {wanted[:80]!r}.", name=name, choices=close, remedy=hint)


def _tiers(wanted: str) -> list[list[_Candidate]]:
    found = _found(wanted)
    if found is None and len(wanted) <= LONGEST:
        if match := INVERTED.fullmatch(wanted):
            found = _found(f"{match[2]} {match[1]}")
        if found is None and (match := TWO_NAMES.fullmatch(wanted)):
            found = _common(_found(match[1]), _found(match[2]))
    return [found[tier] for tier in sorted(found)] if found else []


def _found(wanted: str) -> dict[int, list[_Candidate]] | None:
    table = _table()
    return (table.get(_capitals(wanted)) if is_abbreviation(wanted) else None) or table.get(key(wanted))


def _common(
    one: dict[int, list[_Candidate]] | None, other: dict[int, list[_Candidate]] | None
) -> dict[int, list[_Candidate]] | None:
    """Return the candidates of a state named twice ("Myanmar (Burma)"): those that both names share."""
    shared = {candidate.code for candidate in (other or {}).get(0, ())}
    both = [candidate for candidate in (one or {}).get(0, ()) if candidate.code in shared]
    return {0: both} if both else None


def _existing(name: str, code: str, on: date | None) -> State:
    if entry(code).exists(on):
        return state(code)
    raise _gone(name, [code], on)


def _chosen(name: str, candidates: list[_Candidate], on: date | None) -> State:
    existing = [one for one in candidates if entry(one.code).exists(on)]
    in_use = [one for one in existing if covers(one.start, one.end, on)]
    # A name out of use still leads to the state that bore it ("Burma", "Zaire"), if no other bears it on that day.
    codes = list(dict.fromkeys(one.code for one in in_use or existing))
    if len(codes) == 1:
        return state(codes[0])
    if not codes:
        raise _gone(name, list(dict.fromkeys(one.code for one in candidates)), on)
    listed = ", ".join(f"{code} ({state(code).name})" for code in codes)
    when = f" on {on}" if on is not None else ""
    raise AmbiguousState(
        f"{name!r} can mean {listed}{when}.",
        name=name,
        choices=codes,
        remedy="Name one of them in full or by its code.",
    )


def _gone(name: str, codes: list[str], on: date | None) -> DissolvedState:
    choices: dict[str, None] = {}
    for code in codes:
        ended = all(end is not None and (on is None or end < on) for _, end in entry(code).existence)
        for one in [after.code for after in successors(code, on)] if ended else [code]:
            choices[one] = None
    # Between two spells (Germany in 1947) or before the first the states to come are the ones to name.
    when = f"did not exist on {on}" if on is not None else "no longer exists"
    lives = "; ".join(f"{code} ({_years(code)})" for code in codes)
    listed = ", ".join(f"{code} ({state(code).name})" for code in choices)
    return DissolvedState(
        f"{name!r} {when}: {lives}.",
        name=name,
        choices=tuple(choices),
        remedy=f"See {listed}, or give the date that you mean." if listed else "Give the date that you mean.",
    )


def _years(code: str) -> str:
    return ", ".join(f"{start.year}-{end.year if end is not None else ''}" for start, end in entry(code).existence)


@cache
def _spellings() -> dict[str, str]:
    return {
        key(one.text): one.text
        for one in designations()
        if _TIER.get(one.kind) == 0 and one.code in entries() and len(one.text) > 3
    }


def _close(wanted: str) -> tuple[str, ...]:
    if len(wanted) > 80:
        return ()
    import difflib  # needed for refusals only

    found = difflib.get_close_matches(key(wanted), _spellings(), n=3, cutoff=0.8)
    return tuple(_spellings()[spelling] for spelling in found)
