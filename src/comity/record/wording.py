"""What the words of a report tell of its act: things, names, counts, and whether it is one more of its kind.

Two reports of one act rarely share a sentence, but they share what the act was about: the harvest that was bought, the
river, the nine fishermen. Words that any act of the kind has ("agreement", "troops") prove nothing and are set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from comity.record.spelling import plain, same_word

_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+|[.!?](?=\s)")
_MONTHS = frozenset(
    "January February March April May June July August September October November December"
    " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_BETWEEN_DAYS = frozenset("to and of from until through on the".split())
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty".split(),
        start=2,
    )
} | {"dozen": "12", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80"}
_SUFFIX = re.compile(r"(?:ations?|ments?|ingly|ings?|ions?|ers?|ed|es|s|al|ly|e|y)$")
_LONGEST_STEM = 6
# "Uganda" and "Ugandan" begin alike.
_HEAD = 4


def _stem(word: str) -> str:
    short = _SUFFIX.sub("", word)
    return (short if len(short) > 2 else word)[:_LONGEST_STEM]


# Words that say nothing of what an act was about.
_EMPTY = frozenset(
    """about accuse accused after again against agreed all also among and another are asked because been before being
    between blamed both but called condemned could counterpart countries country criticised criticized demanded
    denounced described during each earlier expressed first for foreign from government had has have having held
    her his into its king last late later leader leaders made meet meeting meetings meets met minister ministers
    ministry more most nation national next not off officials one only other out over per president prime
    promised rejected said same second secretary several she signed since some state states such talk talks than
    that the their them there these they third this those three told toward towards under until upon urged very
    via visit visited visits warned was week what when where which while who whose will with would year years""".split()
)
# Words that most acts of a kind have: they count little.
_USUAL = """accord agreement agreements aircraft ambassador armed armies army arrested artillery attacked ban banned barred
    billion bombed border brought capital carried city closed concluded consultations contract convention
    cooperation cut deal delegation delivered deployed detained dialogue diplomat diplomats discuss discussed
    dollars drill drills embassy euros exercise exercises expelled exported exports fire fired force forces gave
    give given grant granted guards guns halted held hit hundred import imported imports imposed initialled jets
    joint killed launched lawmakers lend lent loan memorandum military million moved navies navy near officers
    official opened pact parliament part patrol people policemen post posts praised president proposal protocol
    put ratified recalled received rejected relations released request round sanctions seized sent session
    severed shelled shot shut side sides soldier soldiers struck summoned supplied suspended thanked thousand
    threatened town trade travel treaty troops village visiting warships withdraw withdrew"""
_COMMON = frozenset(_stem(word) for word in _USUAL.split())
# Words for bodies that send delegations of their own, by PLOVER sector.
_BODIES = {
    _stem(word): sector
    for sector, words in {
        "LEG": "parliament parliamentary parliamentarians lawmakers legislators senators",
        "MIL": "military army navy naval officers troops soldiers commanders generals",
        "COP": "police",
        "BUS": "business businessmen businesspeople firms companies",
    }.items()
    for word in words.split()
}
_MORE = frozenset("again another further more second fresh renewed repeated anew additional extra".split())
# Of a treaty: the steps after (or before) its signing, each an act of its own.
_STEPS = {
    "ratif": "ratified",
    "initiall": "initialled",
    "extend": "extended",
    "renew": "renewed",
    "terminat": "ended",
    "denounc": "ended",
    "amend": "amended",
}
# What both sides do, whichever of them a paper has as the subject: they sign a treaty, or establish relations.
_BY_BOTH = (
    (
        frozenset("sign signed signing signs signature signatures conclude concluded concludes concluding".split()),
        frozenset("accord accords agreement agreements contract contracts convention deal deals memorandum".split())
        | frozenset("pact pacts protocol protocols treaty treaties".split()),
    ),
    (frozenset("establish established establishes establishing".split()), frozenset({"relations", "ties"})),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What the evidence of a report says, apart from who and when.

    Attributes:
        things: stems of the words that tell what the act was about, without names.
        usual: stems of those that any act of the kind may have.
        names: names in it other than those of the parties ("Tovuz"), in small letters.
        counts: numbers other than dates, as digits.
        bodies: bodies that send delegations of their own, as PLOVER sectors.
        more: whether it speaks of one more of its kind ("again", "another").
        steps: of a treaty, what was done with it other than signing it.
        by_both: whether it tells what both sides do by its nature: they sign a treaty, or establish relations.
    """

    things: frozenset[str]
    usual: frozenset[str]
    names: frozenset[str]
    counts: frozenset[str]
    bodies: frozenset[str]
    more: bool
    steps: frozenset[str]
    by_both: bool

    @property
    def stems(self) -> frozenset[str]:
        """All stems."""
        return self.things | self.usual


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far two reports speak of the same.

    Attributes:
        things: how many telling words they share.
        share: what part of the telling words of the one that has fewer; 0 where it has none.
        bare: whether one of them has no telling word at all.
        stems, stem_share: the same with the usual words.
        counts, names: whether they share a count; a name.
        contrary_counts, contrary_names: whether both have some and share none.
        more: whether one speaks of one more of its kind and the other does not.
        steps: whether they tell different steps of a treaty.
    """

    things: int
    share: float
    bare: bool
    stems: int
    stem_share: float
    counts: bool
    names: bool
    contrary_counts: bool
    contrary_names: bool
    more: bool
    steps: bool


def wording_of(text: str, mentions: Iterable[str]) -> Wording:
    """Return the wording of an evidence; `mentions` are the words that name its parties, in small letters."""
    heads = {mention[:_HEAD] for mention in mentions}
    tokens = _TOKEN.findall(text)
    dated = _dates_in(tokens)
    things: set[str] = set()
    usual: set[str] = set()
    names: set[str] = set()
    counts: set[str] = set()
    bodies: set[str] = set()
    steps: set[str] = set()
    more = False
    words: set[str] = set()
    for at, token in enumerate(tokens):
        if token[0].isdigit():
            number = token.replace(",", "")
            if at not in dated and not (len(number) == 4 and number[:2] in ("18", "19", "20")):
                counts.add(number)
            continue
        word = plain(token)
        words.add(word)
        if word in _NUMBERS:
            counts.add(_NUMBERS[word])
            continue
        if word in _MORE:
            more = True
        if len(word) < 3 or word in _EMPTY or token in _MONTHS or token in _DAYS or word[:_HEAD] in heads:
            continue
        stem = _stem(word)
        if stem in _BODIES:
            bodies.add(_BODIES[stem])
        if stem in _COMMON:
            usual.add(stem)
        elif token[0].isupper() and at > 0 and tokens[at - 1] not in ".!?":
            names.add(word)
        else:
            things.add(stem)
        steps.update(step for start, step in _STEPS.items() if word.startswith(start))
    return Wording(
        things=frozenset(things),
        usual=frozenset(usual),
        names=frozenset(names),
        counts=frozenset(counts),
        bodies=frozenset(bodies),
        more=more,
        steps=frozenset(steps),
        by_both=any(not words.isdisjoint(verbs) and not words.isdisjoint(nouns) for verbs, nouns in _BY_BOTH),
    )


def overlap_of(one: Wording, other: Wording) -> Overlap:
    """Return how far the two speak of the same, whichever comes first."""
    things = len(one.things & other.things)
    fewest = min(len(one.things), len(other.things))
    stems = len(one.stems & other.stems)
    names = any(_same_name(name, another) for name in one.names for another in other.names)
    counts = bool(one.counts & other.counts)
    return Overlap(
        things=things,
        share=things / fewest if fewest else 0.0,
        bare=fewest == 0,
        stems=stems,
        stem_share=stems / max(1, min(len(one.stems), len(other.stems))),
        counts=counts,
        names=names,
        contrary_counts=bool(one.counts and other.counts) and not counts,
        contrary_names=bool(one.names and other.names) and not names,
        more=one.more != other.more,
        steps=one.steps != other.steps,
    )


def _same_name(one: str, other: str) -> bool:
    """Whether two words are one name, also as a state and its people: "Uganda", "Ugandan"."""
    return same_word(one, other) or one[:_HEAD] == other[:_HEAD]


def _dates_in(tokens: list[str]) -> set[int]:
    """The places of the days of months among the tokens: "12 to 14 June", "June 5"."""
    found: set[int] = set()
    for at, token in enumerate(tokens):
        if token not in _MONTHS:
            continue
        before = at - 1
        while before >= 0 and (tokens[before] in _BETWEEN_DAYS or _is_day(tokens[before])):
            found.add(before)
            before -= 1
        after = at + 1
        while after < len(tokens) and _is_day(tokens[after]):
            found.add(after)
            after += 1
    return found


def _is_day(token: str) -> bool:
    return len(token) < 3 and token.isdecimal() and 0 < int(token) < 32
