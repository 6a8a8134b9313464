"""A light grammar of the sentence: noun phrases with the actors in them, verb groups with voice, time and negation.

Tokens are tagged by look-up and by their neighbours, cut into chunks from left to right, and each verb group is then
asked for its subject and what follows it. Nothing is searched twice; the work grows with the sentence's length.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.coding.verbs import Form, forms
from comity.language import Mention, Tokens

DETERMINERS = frozenset(
    "the a an this these those its his her their our my your some any several many all both each every no another more most few own such other".split()
)
PREPOSITIONS = frozenset(
    """in on at by for from with of to into onto over against about between among during under toward towards through
    across within without near than around along amid off upon via despite regarding concerning following per like
    inside outside beyond behind below above alongside including throughout""".split()
)
SUBORDINATORS = frozenset(
    "when while because although though if unless whether since until that after before as where whereas so lest".split()
)
# Base and third-person forms that are nouns as often; every other one is a verb unless a determiner stands before it.
AMBIGUOUS = frozenset(
    """visit talk attack demand request appeal order support aid help grant offer plan trade export import strike protest raid
    ban test drill march rally riot call charge claim report state press need move start end stop exchange share fund force
    deal praise welcome tour host release return hold set fight clash bomb shell ambush blast probe freeze cut break stage
    conduct mass alert blockade censor hack arrest murder rape abuse massacre torture kill wound fire launch gun battle
    object veto snub block bar turn rule walk fine sentence convict train airlift rescue supply warrant vow threat regret
    pledge promise contract delay desire change increase decline result concern limit lead link mark pressure question
    picket reply show wish work worry yield back base bow drive draw double export face note voice race repeat use
    view vote abandon invade advance approach mission address place fault free let pardon level lift light lower mass
    hope fear care leave lapse land raise reach regard reject-ion resort rise run fall say sit stand stay step storm swap
    sway target treat transfer trust upset value trigger track tax phone telephone sanction embargo issue bear sign
    open close complete deliver-y contact document detail exercise figure position mediate-d reinforce-d surrender slaughter
    boycott loot hit cancel-lation mobilize-d withdrawal defeat file blame boost comment conflict cause finish burn""".split()
)
HYPOTHETICAL = frozenset("if unless whether lest".split())
RELATIVES = frozenset("who which whom whose".split())
BE = frozenset("is are was were be been being am 's".split())
HAVE = frozenset("has have had having".split())
DO = frozenset("do does did".split())
MODALS = frozenset("will would shall should can could may might must cannot".split())
NEGATIONS = frozenset("not never n't hardly neither nor".split())
ADVERBS = frozenset(
    """also again already today yesterday still just once now soon then ever even later earlier often recently twice here
    yet far only too once there together thus immediately repeatedly formally strongly sharply jointly always
    instead once outright currently so newly long first""".split()
)
PRONOUNS = frozenset("he she it they we i who you".split())
TIME_NOUNS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december today yesterday tomorrow week month year night day evening morning afternoon weekend
    years months weeks days decade""".split()
)
MONTHS = frozenset("january february march april may june july august september october november december".split())
# Third-person forms that are verbs after a state's name even before a bare noun ("Italy supports sanctions").
LIKELY_VERBS = frozenset("support demand ban offer need back host pledge".split())
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
    tags, readings, owner = _tag(tokens, mentions)
    return Analysis(tokens, _chunk(tokens, tags, readings, owner))


def _tag(tokens: Tokens, mentions: list[Mention]) -> tuple[list[str], list[tuple[Form, ...]], list[Mention | None]]:
    low, words, starts = tokens.low, tokens.words, tokens.starts
    size = len(words)
    owner: list[Mention | None] = [None] * size
    index = 0
    for mention in mentions:
        while index < size and starts[index] < mention.start:
            index += 1
        position = index
        while position < size and starts[position] < mention.end:
            owner[position] = mention
            position += 1
        index = position
    verb_forms = forms()
    tags = [""] * size
    readings: list[tuple[Form, ...]] = [()] * size
    previous = "."
    for position in range(size):
        word = low[position]
        if owner[position] is not None:
            tag = "E"
        elif word in DETERMINERS:
            tag = "D"
        elif word in ("'s", "’s", "`s"):
            before = low[position - 1] if position else ""
            tag = "X" if before in ("it", "he", "she", "that", "there") else "G"
        elif word in BE or word in HAVE or word in DO:
            tag = "X"
        elif word in MODALS and not (word == "may" and words[position][0].isupper() and position):
            tag = "M"
        elif word in NEGATIONS:
            tag = "O"
        elif word == "to":
            tag = "T"
        elif word in PREPOSITIONS:
            tag = "P"
            if word == "than":
                tag = "D"
            if word == "at" and position + 1 < size and low[position + 1] in ("least", "most"):
                tag = "D"
            if word == "following" and previous == "D":
                tag = "J"
        elif word in RELATIVES:
            tag = "W"
        elif word == "as" and position + 1 < size and low[position + 1] in ("a", "an", "part", "unacceptable", "the"):
            tag = "P"
        elif word in SUBORDINATORS:
            tag = "S"
        elif word in ("and", "or", "but", "&", "nor"):
            tag = "C"
        elif word in PRONOUNS or word in ("him", "them", "us", "me"):
            tag = "R"
        elif not word[0].isalnum():
            tag = (
                word
                if word in (",", ";", ":", ".", "-", "(", ")", '"', "“", "”", "—", "–", "`", "'", "’", "$", "%")
                else "."
            )
        elif word[0].isdigit():
            after_month = position > 0 and low[position - 1] in MONTHS
            tag = "N" if after_month or (len(word) == 4 and previous in ("P", ",")) else "J"
        elif words[position][0].isupper() and position and previous not in (".", '"', "“") and word not in verb_forms:
            tag = "N"
        elif word in ADVERBS or (
            word.endswith("ly")
            and len(word) > 4
            and word
            not in (
                "family",
                "assembly",
                "ally",
                "italy",
                "supply",
                "reply",
                "rally",
                "early",
                "only",
                "july",
                "weekly",
                "daily",
            )
        ):
            tag = "A"
        else:
            found = verb_forms.get(word)
            if found is not None:
                tag = _verb_or_noun(tokens, tags, owner, position, found)
                if tag == "V":
                    readings[position] = found
            else:
                tag = "N"
        if (
            tag == "A"
            and previous in ("D", "G", "J")
            and word in ("first", "long", "far", "now", "then", "once", "early", "new")
        ):
            tag = "J"
        tags[position] = tag
        previous = tag
    return tags, readings, owner


def _verb_or_noun(
    tokens: Tokens, tags: list[str], owner: list[Mention | None], position: int, found: tuple[Form, ...]
) -> str:
    """Decide by its neighbours whether a word that can be a verb is one here."""
    low = tokens.low
    before = tags[position - 1] if position else "."
    word_before = low[position - 1] if position else ""
    after = low[position + 1] if position + 1 < len(low) else "."
    after_owner = owner[position + 1] if position + 1 < len(low) else None
    shapes = {form.shape for form in found}
    capital = tokens.words[position][0].isupper() and position > 0
    if capital and before not in (".", '"', "“", ":"):
        # a capitalised verb inside a sentence is part of a name, or of a headline
        if before in ("E", "G") and (after_owner is not None or after in DETERMINERS or after in PREPOSITIONS):
            return "V" if shapes & {"third", "past"} else "N"
        return "N"
    back = position - 1
    while back >= 0 and tags[back] in ("A", "O"):
        back -= 1
    lead = tags[back] if back >= 0 else "."
    if lead in ("T", "M"):
        if lead == "T" and shapes <= {"ing", "third"}:
            return "N"
        return "V" if shapes & {"base"} else "N"
    if "ing" in shapes:
        if lead == "X":
            return "V"
        if before in ("D", "G", "J") or (
            before == "E"
            and (
                after_owner is not None
                or (
                    after[0].isalpha()
                    and after not in PREPOSITIONS
                    and after not in DETERMINERS
                    and after not in ("to",)
                )
            )
        ):
            return "N"
        if (
            before in ("N", "E")
            and (after in PREPOSITIONS or not after[0].isalnum())
            and low[position - 1] not in (",",)
        ):
            return "N"
        return "V"
    if lead == "X":
        return "V" if shapes & {"participle", "past"} or (shapes & {"base"} and low[back] in DO) else "N"
    if shapes & {"past", "participle"} and not shapes & {"base"}:
        if before in ("D", "G", "J") and after[0].isalpha() and after not in PREPOSITIONS and after not in DETERMINERS:
            return "J"
        if before in ("D", "G"):
            return "J"
        if before in ("P", "T") or (
            before == ","
            and after_owner is None
            and after[0].isalpha()
            and after not in PREPOSITIONS
            and after not in DETERMINERS
            and tags[position - 2] in ("J",)
        ):
            return "J"
        if before == "-":
            return "J"
        return "V"
    if low[position] in ("round", "rounds") or not any(
        form.lemma in AMBIGUOUS for form in found if form.shape in ("base", "third")
    ):
        if before in ("D", "G", "J", "P", "-") or low[position] in ("round", "rounds"):
            return "N"
        return "V"
    # third person or base form that is also a noun ("visits", "talks", "attack")
    if word_before in ("rounds", "round"):
        return "N"
    if before in ("D", "G", "P", "J", "-", ".", "T", "$") or word_before in ("of",):
        return "N"
    if before == ",":
        return "N"
    if before == "R":
        return "V"
    if before == "S":
        return "N"
    if before == "W":
        return "V"
    plain_object = (
        after_owner is not None
        or after in DETERMINERS
        or after in ("that", "to", "it", "him", "them", "on", "with", "against", "for")
        or after.endswith("ly")
    )
    if before in ("E", "N"):
        if "third" in shapes:
            if owner[position - 1] is not None and owner[position - 1].form in ("demonym", "modifier"):  # type: ignore[union-attr]
                return "N"
            return (
                "V"
                if (
                    after_owner is not None
                    or after in DETERMINERS
                    or after in ("that", "to", "it", "him", "them")
                    or after.endswith("ly")
                    or (
                        any(form.lemma in LIKELY_VERBS for form in found)
                        and after[0].isalpha()
                        and after not in PREPOSITIONS
                    )
                )
                else "N"
            )
        # base: needs a plural subject
        plural = word_before.endswith("s") or _coordinated(tags, position)
        demonym = owner[position - 1] is not None and owner[position - 1].form in ("demonym", "modifier")  # type: ignore[union-attr]
        if demonym and not word_before.endswith("s"):
            return "N"
        if "past" in shapes:
            return "V" if plain_object or plural else "N"
        return "V" if plural and plain_object else "N"
    if before in ("C", "A"):
        if before == "A" and lead in ("E", "N", "R", ","):
            return "V" if plain_object or "past" in shapes else "N"
        if "third" in shapes or "base" in shapes:
            seen = any(
                tags[j] == "V" or tags[j] == "T" or tags[j] == "M" for j in range(max(0, position - 12), position)
            )
            return "V" if seen and (after_owner is not None or after in DETERMINERS or after in ("that", "to")) else "N"
    return "N"


def _coordinated(tags: list[str], position: int) -> bool:
    return any(tags[back] == "C" for back in range(max(0, position - 5), position))


_PARTICLES = frozenset("on to up down out off in over with against for from at about of back away into".split())


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
        if tag == "X" and position + 1 < size and _noun_have(low, tags, position):
            pass
        if (
            tag in ("X", "M", "V")
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
        if tag in ("E", "N", "D", "J", "G", "$", "R"):
            if tag == "R":
                chunks.append(Chunk("N", position, position, prep, words=(low[position],), head=low[position]))
                prep = ""
                position += 1
                continue
            end = position
            mentions: list[Mention] = []
            while end < size and (
                tags[end] in ("E", "N", "D", "J", "G", "$", "-", "%", "'", "’")
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
        kind = {"C": "C", "S": "S", "W": "W", "A": "A", "O": "A"}.get(tag, low[position])
        chunks.append(Chunk(kind, position, position, words=(low[position],)))
        if kind not in ("A",):
            prep = ""
        position += 1
    return chunks


def _noun_have(low: list[str], tags: list[str], position: int) -> bool:
    return low[position] in HAVE and tags[position + 1] == "D"


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
