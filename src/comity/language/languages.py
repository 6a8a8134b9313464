"""Which language a passage is in, by its script and its commonest words; what is not surely another one counts as English.

The other rooms read English. A passage in another language is named, so that it can be left out and counted. Names and
titles in another language do not make a passage foreign: words in quotation marks and brackets do not count, nor words
with a capital, and articles and prepositions such as "de la" prove nothing without words that no name has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from comity.language.sentences import sentences
from comity.language.words import Tokens, tokenise

# Where the scripts begin that are not Latin; a script's last character is the one before the next row.
_SCRIPTS: tuple[tuple[int, str], ...] = (
    *((0x0, "Latin"), (0x370, "Greek"), (0x400, "Cyrillic"), (0x530, "Armenian"), (0x590, "Hebrew"), (0x600, "Arabic")),
    *((0x700, "Syriac"), (0x750, "Arabic"), (0x780, "Thaana"), (0x8A0, "Arabic"), (0x900, "Devanagari")),
    *(
        (0x980, "Bengali"),
        (0xA00, "Gurmukhi"),
        (0xA80, "Gujarati"),
        (0xB00, "Odia"),
        (0xB80, "Tamil"),
        (0xC00, "Telugu"),
    ),
    *(
        (0xC80, "Kannada"),
        (0xD00, "Malayalam"),
        (0xD80, "Sinhala"),
        (0xE00, "Thai"),
        (0xE80, "Lao"),
        (0xF00, "Tibetan"),
    ),
    *((0x1000, "Myanmar"), (0x10A0, "Georgian"), (0x1100, "Hangul"), (0x1200, "Ethiopic"), (0x13A0, "another script")),
    *(
        (0x1780, "Khmer"),
        (0x1800, "another script"),
        (0x1C80, "Cyrillic"),
        (0x1C90, "Georgian"),
        (0x1CC0, "another script"),
    ),
    *((0x1D00, "Latin"), (0x1F00, "Greek"), (0x2000, "Latin"), (0x2D00, "another script"), (0x2DE0, "Cyrillic")),
    *((0x2E00, "Latin"), (0x2E80, "Han"), (0x3040, "Kana"), (0x3100, "Han"), (0x3130, "Hangul"), (0x3190, "Han")),
    *((0x31F0, "Kana"), (0x3200, "Han"), (0xA000, "another script"), (0xA640, "Cyrillic"), (0xA6A0, "another script")),
    *(
        (0xA720, "Latin"),
        (0xA800, "another script"),
        (0xA8E0, "Devanagari"),
        (0xA900, "another script"),
        (0xAB30, "Latin"),
    ),
    *((0xABC0, "another script"), (0xAC00, "Hangul"), (0xD7B0, "another script"), (0xF900, "Han"), (0xFB00, "Latin")),
    *(
        (0xFB13, "Armenian"),
        (0xFB1D, "Hebrew"),
        (0xFB50, "Arabic"),
        (0xFE00, "Latin"),
        (0xFE70, "Arabic"),
        (0xFF00, "Latin"),
    ),
    *(
        (0xFF66, "Kana"),
        (0xFFA0, "Hangul"),
        (0xFFE0, "another script"),
        (0x1D400, "Latin"),
        (0x1F700, "another script"),
    ),
    *((0x20000, "Han"), (0x32000, "another script")),
)
_STARTS = [start for start, _ in _SCRIPTS]
# A letter that may be of another script than the Latin one: all beyond Latin and its marks, save punctuation and signs.
_OTHER = re.compile(
    "[\u0370-\u1cff\u1f00-\u1fff\u2c00-\u2dff\u2e80-\u2fff\u3040-\ua71f\ua800-\ufaff\ufb13-\ufdff\ufe70-\ufefc\uff66-\uffdc\U00010000-\U0001d3ff\U00020000-\U000323af]"
)
# Words of scripts whose vowels are marks upon letters, which count as no letters.
_WORD = re.compile(r"[^\s\d.,;:!?()«»“”\"'،؛؟।॥]+")
# A sign of these says as much as two letters of an alphabet.
_DENSE = frozenset({"Han", "Kana", "Hangul"})
# So many letters of another script, or words of another language, are needed to call a passage foreign.
_LETTERS = 6
_WORDS = 5
# Of the words at least this share are the language's commonest, and English ones are fewer than them by this factor.
_SHARE = 0.12
_BARELY_ENGLISH = 5
# So many passages are judged together where none can be told alone.
_TOGETHER = 40
# A document is read this far to tell its main language, and must have so many words; of an English one at least this
# share are its commonest.
_FAR, _FEWEST, _ENGLISH_SHARE = 20_000, 8, 0.08

_ENGLISH = frozenset(
    """the of and to in a is that for on with as by at from it was be are this has have which or an not but his her its their they
    he she we you who will would been were had said says also after before over more than into about when while where there during
    between against under because since until could should can may both these those other such some any all no if so our out up what
    how per cent year years new first two three one""".split()
)
_OPENING, _CLOSING = frozenset("“«„([{"), frozenset("”»)]}")


@dataclass(frozen=True, slots=True)
class _Language:
    tag: str
    name: str
    words: frozenset[str]
    known: frozenset[str]  # with its particles
    letters: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Languages:
    by_script: dict[str, list[_Language]]
    names: dict[str, str]
    words: frozenset[str]  # of all languages in Latin script
    english: frozenset[str]  # English words that are no words of theirs


@lru_cache(maxsize=1)
def _languages() -> _Languages:
    by_script: dict[str, list[_Language]] = {}
    names = {"en": "English", "und": "another language"}
    for line in (files("comity.language") / "lexicon" / "languages.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            tag, name, script, words, particles, letters = (*line.split("\t"), "", "", "")[:6]
            proving = frozenset(words.split())
            names[tag] = name
            by_script.setdefault(script, []).append(
                _Language(tag, name, proving, proving.union(particles.split()), frozenset(letters))
            )
    latin = frozenset[str]().union(*(each.words for each in by_script["Latin"]))
    known = frozenset[str]().union(*(each.known for each in by_script["Latin"]))
    return _Languages(by_script, names, latin, _ENGLISH - known)


def name_of_language(tag: str) -> str:
    """Return a language's English name by its BCP 47 tag; "another language" for one that is not known."""
    return _languages().names.get(tag, "another language")


def language_of(text: str) -> str:
    """Return the BCP 47 tag of the main language of a text, that of most of its words; "und" where there is too little to tell."""
    text = text[:_FAR]
    tag = _by_script(text)
    if tag:
        return tag
    cut = [tokenise(sentence.text) for sentence in sentences(text)]
    words: Counter[str] = Counter()
    for told, passage in zip(foreign_among(cut), cut, strict=True):
        words[told] += sum(map(str.isalpha, passage.words))
    if words.total() < _FEWEST:
        return "und"
    english = words.pop("", 0)
    if words.total() > english:
        return words.most_common(1)[0][0]
    known = sum(sum(map(_ENGLISH.__contains__, passage.low)) for passage in cut)
    return "en" if known >= _ENGLISH_SHARE * english else "und"


def foreign_among(passages: Sequence[Tokens]) -> list[str]:
    """Return for each passage the tag of the language that it is in, "" for English and for what cannot be told.

    A passage that cannot be told is in the language of the nearest that can, where it has no English word, and these agree
    on both sides or it has a word of that language.

    Args:
        passages: the sentences of one document, in order.
    """
    told = [_told(passage) for passage in passages]
    if not any(told):
        # Sentences too short to be told one by one may be told together.
        together = _by_words([word for passage in passages[:_TOGETHER] for word in _counted(passage)])
        told = [together] * len(told)
    others = [tag for tag in told if tag not in ("", "en")]
    if not others:
        return [""] * len(told)
    likely, number = Counter(others).most_common(1)[0]
    if number > 2:
        told = [
            tag if tag in ("", "en", likely) else _told(passage, likely)
            for tag, passage in zip(told, passages, strict=True)
        ]
    # Beyond the first and the last that can be told: as all are, or English where some are.
    edge = "en" if "en" in told or len(set(told) - {""}) > 1 else max(told)
    before, after = _nearest(told, edge), _nearest(told[::-1], edge)[::-1]
    found = []
    for tag, left, right, passage in zip(told, before, after, passages, strict=True):
        if not tag:
            beside = [side for side in (left, right) if side != "en"]
            tag = next((side for side in beside if _may_be(passage, side, surely=left == right)), "en")
        found.append("" if tag == "en" else tag)
    return found


def _may_be(passage: Tokens, tag: str, *, surely: bool) -> bool:
    """Whether a passage has no word that is English and not of that language, and one of its own unless it is surely of it."""
    one = next((each for each in _languages().by_script["Latin"] if each.tag == tag), None)
    words = _counted(passage)
    if any(word in _ENGLISH and (one is None or word not in one.known) for word in words):
        return False
    return surely or (one is not None and not one.words.isdisjoint(words))


def _nearest(told: Iterable[str], edge: str) -> list[str]:
    """For each place the tag that was told last; `edge` before the first."""
    last, found = edge, []
    for tag in told:
        last = tag or last
        found.append(last)
    return found


def _told(passage: Tokens, likely: str = "") -> str:
    """The tag of a passage's language, "en" included; "" where it cannot be told."""
    tag = _by_script(passage.text)
    if tag:
        return tag
    latin = _languages()
    if latin.words.isdisjoint(passage.low):
        return "" if latin.english.isdisjoint(passage.low) else "en"
    return _by_words(_counted(passage), likely)


def _by_words(words: list[str], likely: str = "") -> str:
    """The tag of the language of words in Latin script, "en" included; `likely` is taken wherever it can be."""
    latin = _languages()
    # A word in small letters with a mark on one of them is no English word, whatever the language.
    marked = {word for word in words if not word.isascii()}
    best, most = "", (0, 0)
    for each in latin.by_script["Latin"]:
        proved = each.words.intersection(words) | {word for word in marked if not each.letters.isdisjoint(word)}
        if not proved or len(proved | marked) < 2 or len(words) < _WORDS:
            continue
        known = sum(word in each.known for word in words)
        hits = known + len(marked - each.known)
        english = sum(word in _ENGLISH and word not in each.known for word in words)
        if hits < max(3, _SHARE * len(words), _BARELY_ENGLISH * english):
            continue
        if each.tag == likely:
            return likely
        rank = (known + sum(not each.letters.isdisjoint(word) for word in marked), len(proved))
        if rank > most:
            best, most = each.tag, rank
    return best or ("" if latin.english.isdisjoint(words) else "en")


def _counted(passage: Tokens) -> list[str]:
    """The words of a passage that tell its language: without names, and without what stands in quotation marks and brackets."""
    if passage.text.isupper():
        return [word for word in passage.low if word.isalpha()]
    depth, straight, first = 0, False, True
    outside: list[str] = []
    inside: list[str] = []
    for word, low in zip(passage.words, passage.low, strict=True):
        if word.isalpha():
            if first or word == low:
                (inside if depth or straight else outside).append(low)
            first = False
        elif word == '"':
            straight = not straight
        elif word in _OPENING:
            depth += 1
        elif word in _CLOSING:
            depth = max(0, depth - 1)
    return outside if len(outside) > 2 or not _ENGLISH.isdisjoint(outside) else outside + inside


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return _SCRIPTS[bisect_right(_STARTS, ord(letter)) - 1][1] if letter.isalpha() else ""


def _by_script(text: str) -> str:
    """The tag of the language of a text most of whose letters are not Latin; "" for any other text."""
    if text.isascii() or _OTHER.search(text) is None:
        return ""
    letters: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        script = _script(letter)
        if script:
            letters[script] += 2 * count if script in _DENSE else count
    latin = letters.pop("Latin", 0)
    total = sum(letters.values())
    if total < _LETTERS or total <= latin:
        return ""
    ((script, count),) = letters.most_common(1)
    if script in ("Han", "Kana") and letters["Kana"] * 8 > letters["Han"]:
        script = "Kana"
    candidates = _languages().by_script.get(script, [])
    if len(candidates) < 2:
        return candidates[0].tag if candidates else "und"
    words = Counter(_WORD.findall(text))
    signs = Counter(text)
    # The language listed first has no letters of its own, or all that the others have not.
    return max(
        candidates,
        key=lambda each: (
            sum(words[word] for word in each.words) + sum(signs[sign] for sign in each.letters),
            -candidates.index(each),
        ),
    ).tag
