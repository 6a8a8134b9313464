"""A light grammar of the sentence: noun phrases with the actors in them, verb groups with voice, time and negation.

Tokens are tagged by look-up and by their neighbours, cut into chunks from left to right, and each verb group is then
asked for its subject and what follows it. Nothing is searched twice; the work grows with the sentence's length.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from comity.coding.tagging import BE, DO, HAVE, tagged
from comity.coding.verbs import Form
from comity.language import Mention, Tokens

HYPOTHETICAL = frozenset("if unless whether lest".split())
TIME_NOUNS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december today yesterday tomorrow week month year night day evening morning afternoon weekend
    years months weeks days decade""".split()
)
GOVERNING_ADJECTIVES = frozenset(
    "willing ready prepared committed set due scheduled expected likely about opposed reluctant unwilling unable able keen determined eager unlikely going poised".split()
)
SAY = frozenset(
    "say tell announce declare confirm report add note state claim insist stress emphasize emphasise mention believe warn reiterate indicate reveal acknowledge remind conclude hint".split()
)


@dataclass(slots=True)
class Chunk:
    """A stretch of a sentence of one kind: N noun phrase, V verb group, or a single mark or word that parts them."""

    kind: str  # N, V, P (bare preposition kept with its noun phrase), C, S, W, T, ",", ".", A, R
    first: int
    last: int
    prep: str = ""
    mentions: list[Mention] = field(default_factory=list)
    words: tuple[str, ...] = ()
    head: str = ""
    # verb groups
    lemma: str = ""
    shape: str = ""
    particle: str = ""
    passive: bool = False
    negated: bool = False
    modal: str = ""
    perfect: bool = False
    auxiliary: bool = False
    infinitive: bool = False
    adverbs: tuple[str, ...] = ()

    @property
    def finite(self) -> bool:
        """Whether the verb group can carry a clause."""
        if self.infinitive:
            return False
        return self.auxiliary or self.shape in ("past", "third", "base")


@dataclass(slots=True)
class Analysis:
    """A sentence in chunks."""

    tokens: Tokens
    chunks: list[Chunk]


def analyse(tokens: Tokens, mentions: list[Mention]) -> Analysis:
    """Cut a sentence into chunks; `mentions` are those of the same text, in order."""
    tags, readings, owner = tagged(tokens, mentions)
    chunks = _chunk(tokens, tags, readings, owner)
    for first, second in pairwise(mentions):
        if first.start == second.start:  # "the two countries" stands for both
            for chunk in chunks:
                chunk.mentions += [second for mention in chunk.mentions if mention is first]
    return Analysis(tokens, chunks)


_PARTICLES = frozenset("on to up down out off in over with against for from at about of back away into".split())


_VERBAL = frozenset("XMV")
_NOMINAL = frozenset("ENDJG$")
_INSIDE = frozenset("-%'’")
_KINDS = {"C": "C", "S": "S", "W": "W", "A": "A", "O": "A"}


def _chunk(
    tokens: Tokens, tags: list[str], readings: list[tuple[Form, ...]], owner: list[Mention | None]
) -> list[Chunk]:
    low = tokens.low
    size = len(low)
    chunks: list[Chunk] = []
    position = 0
    prep = ""
    while position < size:
        tag = tags[position]
        if (
            tag in _VERBAL
            or (tag == "T" and _infinitive(tags, position))
            or (tag in ("A", "O") and _adverb_before_verb(tags, position))
        ):
            chunk, position = _verb_group(tokens, tags, readings, owner, position)
            chunks.append(chunk)
            prep = ""
            continue
        if tag in ("P", "T"):
            prep = low[position]
            if position + 1 < size and tags[position + 1] in ("V", "X") and tags[position] == "P":
                chunks.append(Chunk("P", position, position, prep))
                prep = ""
            position += 1
            continue
        if tag in _NOMINAL or tag == "R":
            if tag == "R":
                chunks.append(Chunk("N", position, position, prep, words=(low[position],), head=low[position]))
                prep = ""
                position += 1
                continue
            end = position
            mentions: list[Mention] = []
            while end < size and (
                tags[end] in _NOMINAL
                or tags[end] in _INSIDE
                or (tags[end] == "A" and end + 1 < size and tags[end + 1] in ("J", "N"))
                or (
                    tags[end] == "."
                    and low[end] == "."
                    and end + 1 < size
                    and len(low[end - 1]) <= 4
                    and tags[end + 1] in ("N", "E")
                    and tokens.words[end - 1][0].isupper()
                )
            ):
                if end > position and tags[end] == "D" and tags[end - 1] in ("N", "E"):
                    break
                mention = owner[end]
                if mention is not None and not mentions and end > position and _all_time(low, position, end):
                    break  # "In 1994 Chile ...": the time ends where the actor begins
                if mention is not None and (not mentions or mentions[-1] is not mention):
                    # a new actor without a joint starts a phrase of its own ("told Iran Iraq ...") only after a person
                    mentions.append(mention)
                end += 1
            words = tuple(low[position:end])
            head = ""
            for j in range(end - 1, position - 1, -1):
                if tags[j] in ("N", "E", "J") and low[j] not in TIME_NOUNS:
                    head = low[j]
                    break
            if not head:
                head = low[end - 1]
            # days that hang on behind a phrase are times, not part of it
            chunks.append(Chunk("N", position, end - 1, prep, mentions, words, head))
            prep = ""
            position = end
            continue
        kind = _KINDS.get(tag) or low[position]
        chunks.append(Chunk(kind, position, position, words=(low[position],)))
        if kind not in ("A",):
            prep = ""
        position += 1
    return chunks


def _all_time(low: list[str], first: int, end: int) -> bool:
    return all(word in TIME_NOUNS or (word.isdigit() and len(word) in (1, 2, 4)) for word in low[first:end]) and (
        len(low[end - 1]) == 4 or low[end - 1] in TIME_NOUNS
    )


def _infinitive(tags: list[str], position: int) -> bool:
    index = position + 1
    while index < len(tags) and tags[index] in ("A", "O"):
        index += 1
    return index < len(tags) and (tags[index] == "V" or tags[index] == "X")


def _adverb_before_verb(tags: list[str], position: int) -> bool:
    index = position
    while index < len(tags) and tags[index] in ("A", "O"):
        index += 1
    return index < len(tags) and tags[index] in ("V", "X", "M") and not (index < len(tags) and tags[index] == "T")


def _verb_group(
    tokens: Tokens, tags: list[str], readings: list[tuple[Form, ...]], owner: list[Mention | None], position: int
) -> tuple[Chunk, int]:
    low = tokens.low
    size = len(low)
    chunk = Chunk("V", position, position)
    adverbs: list[str] = []
    be = False
    index = position
    if tags[index] == "T":
        chunk.infinitive = True
        index += 1
    while index < size:
        tag, word = tags[index], low[index]
        if tag in ("A",):
            adverbs.append(word)
        elif tag == "O":
            chunk.negated = True
        elif tag == "M":
            chunk.modal = "will" if word in ("shall",) else ("can" if word == "cannot" else word)
            chunk.negated = chunk.negated or word == "cannot"
            chunk.auxiliary = True
        elif tag == "X":
            if word in HAVE:
                chunk.perfect = True
            be = word in BE
            if word in DO:
                be = False
            chunk.lemma = "be" if be else ("have" if word in HAVE else "do")
            chunk.shape = "third"
            chunk.auxiliary = chunk.auxiliary or word not in ("been", "being", "be", "having")
        elif tag == "V":
            found = readings[index]
            wanted = (
                ("ing",)
                if low[index].endswith("ing")
                else (("participle", "past") if be or chunk.perfect else ("past", "third", "base", "participle"))
            )
            if chunk.modal or chunk.infinitive or (chunk.lemma == "do"):
                wanted = ("base", *wanted) if not (be or chunk.perfect) else wanted
            form = next((f for shape in wanted for f in found if f.shape == shape), found[0])
            chunk.passive = be and form.shape in ("participle", "past")
            chunk.lemma, chunk.shape = form.lemma, form.shape
            index += 1
            break
        else:
            break
        index += 1
    last = index - 1
    if chunk.lemma == "be":
        ahead = index
        while ahead < size and tags[ahead] in ("A", "O"):
            chunk.negated = chunk.negated or tags[ahead] == "O"
            ahead += 1
        if ahead < size and low[ahead] in GOVERNING_ADJECTIVES and ahead + 1 < size and tags[ahead + 1] in ("T",):
            chunk.lemma, chunk.shape = low[ahead], "adjective"
            last = ahead
            index = ahead + 1
    if (
        index < size
        and chunk.lemma not in ("be", "have", "do")
        and low[index] in _PARTICLES
        and tags[index] in ("P", "A", "N", "T")
    ):
        chunk.particle = low[index]
    chunk.last = last
    chunk.adverbs = tuple(adverbs)
    return chunk, index
