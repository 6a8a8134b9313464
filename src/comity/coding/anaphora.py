"""Whom "he", "the minister" and "the two countries" mean: an actor named just before, or nobody.

Only what the passage settles is resolved: one person in the sentence before, exactly two states in sight. The mention
stands at the words that refer, with the state, office and name of the one referred to.
"""

from __future__ import annotations

from dataclasses import replace

from comity.coding.tagging import ADVERBS, BE, DO, HAVE, MODALS
from comity.coding.verbs import forms
from comity.language import Mention, MentionKind, Tokens

_BODIES = frozenset(("UNO", "EUR", "IGO", "NGO", "MNC", "IMG"))
_PRONOUNS = frozenset(("he", "she", "his", "her"))
# Words that may stand between "the" and the office it refers back to.
_QUALIFYING = frozenset(
    "visiting foreign prime defence defense interior finance trade top senior chief special".split()
)
_OFFICES = frozenset(
    """minister president premier chancellor envoy ambassador diplomat leader king queen emperor pope chairman secretary
    general commander chief spokesman spokeswoman""".split()
)
_PAIRED = frozenset(
    """countries sides nations neighbours neighbors states governments leaders parties delegations ministers presidents
    premiers chancellors capitals armies powers""".split()
)
# Where a sentence may begin behind its opening mark.
_OPENING = frozenset("\" “ ‘ ' - – — (".split())


def resolved(tokens: Tokens, mentions: list[Mention], before: list[Mention]) -> list[Mention]:
    """Return the mentions of a sentence together with those that pronouns and descriptions stand for.

    Args:
        tokens: the sentence.
        mentions: the actors it names, in order.
        before: the actors that the sentence before names.
    """
    low = tokens.low
    added = []
    if before:
        person = _person(tokens, mentions, before)
        if person is not None:
            added.append(person)
    if "both" in low or "two" in low:
        added += _pair(tokens, mentions, before)
    return sorted([*mentions, *added], key=lambda mention: mention.start) if added else mentions


def _person(tokens: Tokens, mentions: list[Mention], before: list[Mention]) -> Mention | None:
    """The person of the sentence before whom the subject of this one means, where there is only one."""
    low = tokens.low
    first = next((place for place, word in enumerate(low[:3]) if word not in _OPENING), None)
    if first is None:
        return None
    persons = {(mention.code, mention.person): mention for mention in before if mention.kind is MentionKind.PERSON}
    last = first
    if low[first] == "the":
        while last + 1 < len(low) and low[last + 1] in _QUALIFYING and low[last + 1] not in _OFFICES:
            last += 1
        last += 1
        if last >= len(low) or low[last] not in _OFFICES or not _acts(low[last + 1 : last + 2]):
            return None
        named = set(low[first + 1 : last + 1]) - {"visiting"}
        persons = {key: mention for key, mention in persons.items() if named <= set(mention.office.lower().split())}
    elif low[first] not in _PRONOUNS:
        return None
    start, end = tokens.starts[first], tokens.ends[last]
    if len(persons) != 1 or any(mention.start < end for mention in mentions):
        return None
    (person,) = persons.values()
    return replace(person, start=start, end=end, text=tokens.text[start:end], form="person") if person.code else None


def _acts(behind: list[str]) -> bool:
    """Whether what stands right behind an office lets its holder act: not "the president of", "the general strike"."""
    if not behind:
        return False
    (word,) = behind
    return (
        word in (BE | HAVE | DO | MODALS | ADVERBS | {",", "who"}) - {"'s"}
        or (word.endswith("ly") and len(word) > 4)
        or any(form.shape in ("past", "third") for form in forms().get(word, ()))
    )


def _pair(tokens: Tokens, mentions: list[Mention], before: list[Mention]) -> list[Mention]:
    """The two states that "the two countries", "both sides" or "the two foreign ministers" mean, one mention for each."""
    low = tokens.low
    for place, word in enumerate(low):
        if word not in ("both", "two") or (word == "two" and low[place - 1 : place] != ["the"]):
            continue
        last = next((ahead for ahead in range(place + 1, min(place + 4, len(low))) if low[ahead] in _PAIRED), None)
        if last is None or not all(each.isalpha() for each in low[place + 1 : last]):
            continue
        start, end = tokens.starts[place - (word == "two")], tokens.ends[last]
        if any(mention.start < end and mention.end > start for mention in mentions):
            continue
        own, earlier = _states(mentions), _states(before)
        states = own if len(own) == 2 else earlier
        if len(states) != 2 or len(own) > 2 or (len(own) == 2 and _acts_before(mentions, start)):
            continue
        return [Mention(start, end, tokens.text[start:end], MentionKind.STATE, code, form="pair") for code in states]
    return []


def _acts_before(mentions: list[Mention], start: int) -> bool:
    """Whether just one actor stands before the phrase: then it is no part of the two, "Brazil warned the two countries"."""
    return len({mention.code for mention in mentions if mention.code and mention.end <= start}) == 1


def _states(mentions: list[Mention]) -> dict[str, None]:
    """The states named, in order, without mere places; none where a body or group stands beside them that may be meant."""
    found: dict[str, None] = {}
    for mention in mentions:
        if not mention.code or mention.form == "modifier":
            continue
        if mention.kind not in (MentionKind.STATE, MentionKind.PERSON) or mention.code in _BODIES:
            return {}
        if mention.form not in ("capital", "city"):
            found[mention.code] = None
    return found
