"""Whether a line is a sentence, which reports, or a title, which names; told by its stop and its finite verb."""

from __future__ import annotations

import re

_CLOSERS = r"[\"”’')\]*_]*"
_STOPPED = re.compile(rf"(?P<last>\S+?)(?P<stop>[.!…]){_CLOSERS}(?:\[\^[^\]\s]{{1,40}}\])*$")
# A full stop after these belongs to the word: "Germany and the U.S.", "Roe et al."
_SHORTENED = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_]|(?:inc|co|corp|ltd|plc|jr|sr|etc|vs|no|nos|vol|pp?|eds?|al|ca|st|dr|dept|govt|approx|est|rev|suppl|cf|fig)",
    re.IGNORECASE,
)
_AUXILIARIES = frozenset(
    "is are was were am has have had will would may might must can cannot could shall should do does did".split()
)
_IRREGULAR = frozenset(
    """met said held told gave took made went came began left sent brought built bought sold hit led won lost paid became rose fell grew
    saw spoke wrote ran stood struck shot withdrew broke drew drove flew froze got kept let meant fought found sought thought taught
    caught felt heard chose knew hosts undertook overthrew spent swore threw""".split()
)
_NO_PAST = frozenset("need needs speed indeed hundred red bed feed seed breed deed greed creed shed sled weed".split())
_SMALL = frozenset(
    """about above across after against along amid among around at before behind between beyond but by despite during for from in into
    near of off on or over since than through throughout to toward towards under until upon via while with within without and as nor the
    a an that this these those which who whose whom what when where why how not no only also both each every
    """.split()
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LONGEST = 600
_LONGEST_WORD = 80


def is_sentence(text: str) -> bool:
    """Whether a line has a finite verb, set as one in running text, and ends with a full stop."""
    bare = text.strip()
    stop = _stop_of(bare) if len(bare) <= _LONGEST else None
    words = _WORD.findall(bare) if stop else []
    return stop is not None and len(words) >= 3 and not bare[:1].islower() and _has_verb(words)


def has_finite_verb(text: str) -> bool:
    """Whether a line has a finite verb behind its first word, whatever it ends with."""
    return _has_verb(_WORD.findall(text[:_LONGEST]))


def ends_as_sentence(text: str) -> bool:
    """Whether a line of running text ends with a full stop, its verb known or not: enough where nothing else is the body."""
    bare = text.strip()
    stop = _stop_of(bare) if len(bare) <= _LONGEST else None
    words = _WORD.findall(bare) if stop else []
    if stop is None or len(words) < 3 or _SHORTENED.fullmatch(stop["last"]):
        return False
    return any(word.islower() and len(word) > 3 and word not in _SMALL for word in words)


def is_shortened(text: str) -> bool:
    """Whether the full stop at the end of a line is that of an abbreviation."""
    stop = _stop_of(text.strip())
    return stop is not None and stop["stop"] == "." and _SHORTENED.fullmatch(stop["last"]) is not None


def _stop_of(text: str) -> re.Match[str] | None:
    """Return the full stop at the end of a text, with its last word; only the end is looked at."""
    return _STOPPED.search(text[-_LONGEST_WORD:])


def _has_verb(words: list[str]) -> bool:
    for word in words[1:]:
        if word in _AUXILIARIES or word in _IRREGULAR:
            return True
        if len(word) > 4 and word.endswith("ed") and word.islower() and word not in _NO_PAST:
            return True
    return _has_present(words)


def _has_present(words: list[str]) -> bool:
    """Whether a name stands before a verb in -s that has an object: "Kenya expels envoy", not "Kenyan exports to Chad"."""
    first = next((index for index, word in enumerate(words) if not word[0].isupper()), 0)
    if not 0 < first < len(words) - 1:
        return False
    verb, after = words[first], words[first + 1]
    object_follows = after not in _SMALL or after in ("the", "a", "an", "no", "that")
    return len(verb) > 3 and verb.endswith("s") and not verb.endswith(("ss", "us", "is")) and object_follows
