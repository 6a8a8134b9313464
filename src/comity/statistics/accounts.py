"""Whose account a table's words speak of: reporter, partner and indicator, from a caption or a header.

A state's side follows from the preposition before it and from what the indicator's catalogue entry says that this
preposition means: in "FDI in Kenya from India" Kenya is the host, in "imports of Kenya from India" Kenya imports.
Who owns the thing ("Kenya's exports") takes the side that no preposition has given away. Where two readings
remain, the side stays open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from comity.language import Mention, MentionKind, find_mentions
from comity.states import all_states, dependencies, existence, resolve, state
from comity.statistics.catalogue import NamedIndicator, entry, indicators_in
from comity.terms import DissolvedState, StateError


@dataclass(frozen=True, slots=True)
class Account:
    """What words say of a table or a column; empty items were not said.

    Attributes:
        states: the codes named, in the order of the words, each once.
        pair: two states named side by side ("France-India trade"), so that neither is said to be the reporter.
        loose: the indicator's words leave its exact kind open ("FDI").
        problem: why the words cannot be used although they name something; "" otherwise.
        part: a territory or place that the words name and whose figures are not the state's ("Greenland"); the words
            then name no states.
        part_of: the code of the state that it belongs to.
    """

    reporter: str = ""
    partner: str = ""
    indicator: str = ""
    states: tuple[str, ...] = ()
    pair: bool = False
    loose: bool = False
    problem: str = ""
    text: str = ""
    part: str = ""
    part_of: str = ""

    @property
    def says_whose(self) -> bool:
        """Whether it says what is measured and whose it is, so that headers may name the partners alone."""
        return bool(self.indicator and (self.reporter or self.partner))


@dataclass(frozen=True, slots=True)
class _Named:
    code: str
    start: int
    end: int
    form: str


_PREPOSITION = re.compile(r"\b(between|from|with|into|to|in|of|by|for|at)\s+(?:the\s+)?$")
_JOINED = re.compile(r"\s*(?:['’]s)?\s*(?:-|–|—|/|&|,|\band\b|\bvs\.?|\bversus\b)\s*(?:the\s+)?", re.I)
_OWNER = re.compile(r"['’]s?\b|['’]", re.I)
# What is not the thing itself but drawn from it.
_DRAWN_FROM = re.compile(
    r"\bgrowth\b|\bchange\b|\bshare\b|\bratio\b|\bper capita\b|\bindex\b|\brank(?:ing)?\b|%\s*of\b|\bpercentage of\b"
    r"|\bas % of\b|\bper cent of\b|\bpercent of\b|y-o-y|\byoy\b|\bcumulative\b|\bprojected\b|\bforecast\b|\btarget\b",
    re.I,
)
_CURRENCY_AFTER = re.compile(r"\.?\s?(?:\$|dollars?\b|rupees?\b|shillings?\b)", re.I)  # "US$", "Indian rupees"
_RE_EXPORT = re.compile(r"\bre-?\s?(?:exports?|imports?)\b", re.I)
_AID = re.compile(
    r"(?<![\w-])(?:oda|aid|official development assistance|development assistance|loans?|grants?)(?!\w)", re.I
)
_INWARD_OUTWARD = re.compile(r"(?<!\w)(inward|outward)(?!\w)", re.I)


def read_account(text: str, *, default_indicator: str = "", named: NamedIndicator | None = None) -> Account:
    """Return whose account the words speak of.

    Args:
        text: a caption, a header or a row's label.
        default_indicator: the indicator whose prepositions count where the words name none themselves.
        named: the indicator that the words name, where the caller has chosen among several.
    """
    text = text[:_LONGEST]
    account = _read(text, default_indicator, named)
    part = _part_of_a_state(text)
    if part is None:
        return account
    # Greenland's trade is not Denmark's, so no state is taken from such words, nor from what stands beside them.
    return replace(account, reporter="", partner="", states=(), pair=False, part=part.text, part_of=part.code)


def _read(text: str, default_indicator: str, named: NamedIndicator | None) -> Account:
    if _DRAWN_FROM.search(text):
        return Account(problem="it is a rate, a share or a projection, not the figure itself", text=text)
    if _RE_EXPORT.search(text):
        return Account(problem="re-exports and re-imports are not in the catalogue", text=text)
    found = indicators_in(text)
    if named is None and found:
        exact = [one for one in found if not one.loose]
        candidates = exact or found
        keys = {one.key for one in candidates}
        if len(keys) > 1:
            return _several(text, candidates)
        named = candidates[0]
    if named is None and _AID.search(text):
        return Account(problem="aid may be committed or disbursed, and the words do not say which", text=text)
    if named is not None and named.loose and named.key == "fdi-inflow" and _INWARD_OUTWARD.search(text):
        return Account(
            problem="'inward' and 'outward' may be flows or stocks, and the words do not say which", text=text
        )
    key = named.key if named else default_indicator
    states = _states(text)
    if not key:
        return Account(states=tuple(dict.fromkeys(one.code for one in states)), text=text)
    return _assign(text, states, key, named)


# Captions and headers are short; whatever is longer is a paragraph in a cell, whose beginning says enough.
_LONGEST = 400


@lru_cache(maxsize=4096)
def states_named(text: str) -> tuple[str, ...]:
    """Return the codes of the states that the words name, each once, in the order of the words."""
    return tuple(dict.fromkeys(one.code for one in _states(text)))


def places_of_states(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words name states or their territories, as (start, end)."""
    return tuple((one.start, one.end) for one in _states(text, territories=True))


def _several(text: str, found: list[NamedIndicator]) -> Account:
    """Words that name several indicators ("exports and imports") say the states, and speak of trade as a whole."""
    keys = {one.key for one in found}
    families = {entry(key).family for key in keys}
    if families == {"trade"}:
        account = _assign(text, _states(text), "total-trade", found[0])
        return Account(account.reporter, account.partner, "", account.states, account.pair, True, text=text)
    return Account(problem=f"several indicators are named: {', '.join(sorted(keys))}", text=text)


def _assign(text: str, states: list[_Named], key: str, named: NamedIndicator | None) -> Account:
    roles = entry(key).roles
    codes = tuple(dict.fromkeys(one.code for one in states))
    loose = named.loose if named else True
    blank = Account(indicator=key if named else "", states=codes, loose=loose, text=text)
    if len(codes) > 2:
        return blank
    if len(codes) == 2 and _is_pair(text, states):
        if len(states) > 2:  # "Kenya-Uganda: Kenya's exports to Uganda"
            again = _assign(text, states[2:], key, named)
            if again.reporter and again.partner:
                return again
        return Account(indicator=blank.indicator, states=codes, pair=True, loose=loose, text=text)
    sides: dict[str, set[str]] = {code: set() for code in codes}
    subjects = []
    for one in states:
        match = _PREPOSITION.search(text[: one.start].lower())
        role = roles.get(match.group(1)) if match else None
        if role is not None:
            sides[one.code].add(role)
        elif (match is not None and match.group(1) == "of" and one.form != "demonym") or (
            match is None and _is_subject(text, one, named)
        ):
            subjects.append(one.code)
    for code in dict.fromkeys(subjects):
        given = set().union(*(roles_of for other, roles_of in sides.items() if other != code))
        if given == {"reporter"}:
            sides[code].add("partner")
        elif given == {"partner"}:
            sides[code].add("reporter")
        elif not given and len(codes) == 1 and not (loose and key == "fdi-inflow"):
            # "Japan's FDI" alone may be what Japan invests or what it receives.
            sides[code].add(roles.get("subject", "partner"))
    if any(len(of_code) > 1 for of_code in sides.values()):
        return blank
    by_role: dict[str, str] = {}
    for code, of_code in sides.items():
        for role in of_code:
            if role in by_role:
                return blank
            by_role[role] = code
    return Account(
        by_role.get("reporter", ""), by_role.get("partner", ""), blank.indicator, codes, loose=loose, text=text
    )


def _is_pair(text: str, states: list[_Named]) -> bool:
    """Whether two states stand joined ("France-India", "France and India") without an order between them."""
    first, second = states[0], next(one for one in states if one.code != states[0].code)
    return _JOINED.fullmatch(text[first.end : second.start]) is not None


def _is_subject(text: str, one: _Named, named: NamedIndicator | None) -> bool:
    if one.form == "demonym" or _OWNER.match(text[one.end :]) or text[: one.end].rstrip().endswith(("'s", "’s")):
        return True
    return named is not None and one.end <= named.start


@cache
def _territories() -> frozenset[str]:
    """Return the names and peoples of territories that are not states of their own."""
    return frozenset(
        name.casefold() for one in dependencies() for name in (one.name, *one.variants, *one.people) if name
    )


_LEFT_OUT = re.compile(r"\b(?:excl\w*\.?|except|without|not\s+including|other\s+than)\s[^;()]*$", re.I)
_PLACED_BY = re.compile(r"\b(?:of|from|to|into|in|with|between|and|by)\s+(?:the\s+)?$", re.I)


def _part_of_a_state(text: str) -> Mention | None:
    """Return the first territory or city that the words take for one of the two sides; None where there is none."""
    for mention in find_mentions(text):
        if mention.kind is not MentionKind.STATE or _LEFT_OUT.search(text[: mention.start]):
            continue
        if mention.text.casefold() in _territories():
            return mention
        if str(mention.form) == "city" and (
            _OWNER.match(text[mention.end :]) or _PLACED_BY.search(text[: mention.start])
        ):
            return mention
    return None


def territory_reason(name: str, code: str) -> str:
    """Return why figures of a territory are not taken for those of the state that it belongs to."""
    return (
        f"'{name}' is a part or a territory of {code} ({state(code).name}), and its figures are not the whole state's"
    )


@lru_cache(maxsize=4096)
def _bearer(name: str, code: str) -> str:
    """Return the former state whose name it is and no state's of today ("Soviet Union"), else the code.

    In prose a successor may be meant by it; the figures of a table are not moved to one.
    """
    try:
        resolve(name, suggest=False)
    except DissolvedState:
        for former in all_states():
            last = existence(former.code)[-1][1]
            if last is not None and former.code != code and _is_called(name, former.code, last):
                return former.code
    except StateError:
        pass
    return code


def _is_called(name: str, code: str, on: date) -> bool:
    try:
        return resolve(name, on, suggest=False).code == code
    except StateError:
        return False


def _states(text: str, *, territories: bool = False) -> list[_Named]:
    return [
        _Named(_bearer(mention.text, mention.code), mention.start, mention.end, str(mention.form))
        for mention in find_mentions(text[:_LONGEST])
        if mention.kind is MentionKind.STATE
        and str(mention.form) != "metonym"
        and (territories or mention.text.casefold() not in _territories())
        and not _CURRENCY_AFTER.match(text, mention.end)
    ]
