"""CNT001: "three South Asian countries including Pakistan, Sri Lanka, and Maldives": the number against the list.

Only lists of states and of names are counted: each item a state, or words that begin with a capital. "Including" may
leave some out, "namely" and a colon may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.checks.sentence import STATE, MarkedSentence
from comity.states import region
from comity.terms import FindingSpan, Severity, Verdict

_NUMBERS = {
    word: number
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}
_STATES_NOUN = r"countries|states|nations|neighbours|neighbors|partners|members|capitals|economies|republics|governments|allies|powers|signatories"
_NOUN = rf"(?P<noun>{_STATES_NOUN}|cities|ministers|companies|firms|agreements|documents|leaders|banks|ports|provinces|institutions|universities|organisations|organizations|ministries|officials|presidents|projects|treaties)"
# up to four words or masked states between number and noun: "three South Asian countries", "Three of India's partners"
_BETWEEN = rf"(?:(?:{STATE}(?:['’]s?)?|[\w'’-]+)\s+){{0,4}}?"
_COUNT = re.compile(
    rf"(?<![\w$€£.,-])(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?P<between>{_BETWEEN}){_NOUN}\b(?P<tail>(?:\s+(?:of|in)\s+(?:the\s+)?[\w -]{{1,30}}?)?)"
    r"\s*(?P<intro>,?\s*(?:including|includes?|such\s+as)|,?\s*(?:namely|viz\.?|i\.e\.,?|that\s+is,)\s*:?|:|,|\s[–—-]|\()\s+",
    re.I,
)
_NUMBER_BEFORE = re.compile(
    r"\b(?:at\s+least|more\s+than|over|about|around|some|nearly|almost|up\s+to|other|another|first|last|top|per|least)\s+$",
    re.I,
)
_ITEM_STATE = re.compile(rf"(?:the\s+)?{STATE}$")
_ITEM_NAME = re.compile(
    r"(?:the\s+)?[A-Z][\w.&'’-]*(?:\s+(?:of|and|for|the|de|al|bin|du|da)\s+(?:the\s+)?[A-Z][\w.&'’-]*|\s+[A-Z][\w.&'’-]*){0,5}$"
)
_SPLIT = re.compile(r"\s*,\s+(?:and\s+|or\s+|as\s+well\s+as\s+)?|\s+(?:and|or|as\s+well\s+as)\s+|\s+&\s+")
_STOP = re.compile(r"[.;:)(!?—]|\s[–-]\s|\bamong\s+others\b|\betc\b")


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each counted list."""
    for passage in reading.prose:
        if "," not in passage.text and " and " not in passage.text:
            continue
        if not _COUNT.search(passage.text):
            continue
        sentence = reading.marked(passage)
        for match in _COUNT.finditer(sentence.mask):
            yield from _ruled(reading, sentence, match)


def _ruled(reading: Reading, sentence: MarkedSentence, match: re.Match[str]) -> Iterator[Ruling]:
    mask, base = sentence.mask, sentence.passage.start
    if _NUMBER_BEFORE.search(mask, max(0, match.start() - 14), match.start()):
        return
    word = match["number"].lower()
    number = int(word) if word.isdigit() else _NUMBERS[word]
    if not 2 <= number <= 20:
        return
    intro = match["intro"].strip(" ,").lower()
    of_states = re.fullmatch(_STATES_NOUN, match["noun"].lower()) is not None
    items = _items(mask, match.end(), apposition=intro == "")
    if intro == "" and items:
        # An apposition closes with a mark, and does not follow "of the five countries".
        closed = re.match(r"\s*(?:[,.;:)—–]|\[\^|$)", mask[items[-1][1] :])
        if closed is None or re.search(
            r"\b(?:of|among|between|in)\s+(?:the\s+|these\s+)?$", mask[: match.start()], re.I
        ):
            return
    states = [item for item in items if _ITEM_STATE.match(mask[item[0] : item[1]])]
    if of_states:
        listed = states if len(states) == len(items) else []
    else:
        listed = items if intro not in ("", "-", "–", "—", "(") else []
    if len(listed) < 2 or re.search(r"\b(?:among\s+others|etc)\b", mask[listed[-1][1] : listed[-1][1] + 16]):
        return
    own = reading.span(base + match.start(), base + match.end("noun"), "claim")
    held = reading.span(base + listed[0][0], base + listed[-1][1], f"{len(listed)} listed")
    open_list = intro.startswith(("includ", "such"))
    if len(listed) == number:
        yield _region(reading, sentence, match, own, held, listed if of_states else [])
    elif len(listed) > number or not open_list:
        reason = f"{number} {match['noun']} are announced, {len(listed)} are listed."
        yield Ruling(reading.claim("CNT001", "count", Verdict.CONTRADICTED, reason, own, held))
    else:
        reason = f"{len(listed)} of the {number} are listed; the words leave room for more."
        yield Ruling(reading.claim("CNT001", "count", Verdict.NOT_CHECKABLE, reason, own, held))


def _items(mask: str, start: int, *, apposition: bool) -> list[tuple[int, int]]:
    """Return the places of the items of a list that begins at `start`; the list ends with the item after "and"."""
    stop = _STOP.search(mask, start)
    end = stop.start() if stop is not None else len(mask)
    items: list[tuple[int, int]] = []
    place, last = start, False
    for separator in [*_SPLIT.finditer(mask, start, end), None]:
        until = separator.start() if separator is not None else end
        item = mask[place:until]
        if last or separator is None:
            item = _first_name(item)
        found = _ITEM_STATE.fullmatch(item) or _ITEM_NAME.fullmatch(item)
        if found is None:
            if not last and separator is not None:
                return items if items and not apposition else []
            break
        items.append((place, place + len(item)))
        if last or separator is None:
            break
        # "A, B and C": what follows the joining word is the last item
        last = re.search(r"\b(?:and|or|as\s+well\s+as)\b|&", separator.group()) is not None
        place = separator.end()
    return items if last else []


def _first_name(item: str) -> str:
    """Return the state or capitalised name at the start of the rest of the sentence."""
    state = re.match(rf"(?:the\s+)?{STATE}(?!['’])", item)
    if state is not None:
        return state.group()
    name = re.match(
        r"(?:the\s+)?[A-Z][\w&'’-]*(?:\s+(?:of|for|the|de|al|bin|du|da)\s+(?:the\s+)?[A-Z][\w&'’-]*|\s+[A-Z][\w&'’-]*){0,5}",
        item,
    )
    return name.group() if name is not None else ""


def _region(
    reading: Reading,
    sentence: MarkedSentence,
    match: re.Match[str],
    own: FindingSpan,
    held: FindingSpan,
    states: list[tuple[int, int]],
) -> Ruling:
    """Return the confirmation, unless a region is named that some of the listed states are not in by the UN's list."""
    count = f"{len(states) or 'As many'} are listed, as announced"
    words = re.search(r"\b((?:[A-Z][\w-]+\s+){1,3})$", match["between"])
    if not states or words is None:
        return Ruling(reading.claim("CNT001", "count", Verdict.CONFIRMED, f"{count}.", own, held))
    name = words.group(1).strip()
    codes = region(name)
    if codes is None:
        return Ruling(reading.claim("CNT001", "count", Verdict.CONFIRMED, f"{count}.", own, held))
    outside = [sentence.passage.text[start:end] for start, end in states if sentence.state_at(start).code not in codes]
    if not outside:
        reason = f"{count}, and each is {name} by the UN's regions (M49)."
        return Ruling(reading.claim("CNT001", "count", Verdict.CONFIRMED, reason, own, held))
    reason = (
        f"{count}, but {' and '.join(outside)} may be counted elsewhere than {name}; regions are drawn in several ways."
    )
    return Ruling(reading.claim("CNT001", "count", Verdict.NOT_CHECKABLE, reason, own, held))


COUNT = Rule(
    "CNT001",
    "count-against-list",
    Severity.ERROR,
    "As many things are listed as the text announces.",
    judge,
)
