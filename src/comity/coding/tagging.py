"""What each word of a sentence is, by look-up and by its neighbours: verb, noun phrase, preposition, mark."""

from __future__ import annotations

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
    champion advocate signal register license favour favor pin frown
    boycott loot hit cancel-lation mobilize-d withdrawal defeat file blame boost comment conflict cause finish burn""".split()
)


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


MONTHS = frozenset("january february march april may june july august september october november december".split())


# Third-person forms that are verbs after a state's name even before a bare noun ("Italy supports sanctions").
LIKELY_VERBS = frozenset("support demand ban offer need back host pledge".split())


_NO_ADVERBS = frozenset("family assembly ally italy supply reply rally early only july weekly daily".split())
_MARKS = ", ; : . - ( ) \" “ ” — – ` ' ’ $ %".split()
# Words whose tag their neighbours do not change; the kinds named last win where a word is of two.
_FIXED = {
    word: tag
    for tag, words in (
        *((mark, (mark,)) for mark in _MARKS),
        ("R", PRONOUNS | {"him", "them", "us", "me"}),
        ("C", ("and", "or", "but", "&", "nor")),
        ("S", SUBORDINATORS - {"as"}),
        ("W", RELATIVES),
        ("P", PREPOSITIONS - {"at", "following", "than"}),
        ("T", ("to",)),
        ("O", NEGATIONS),
        ("M", MODALS - {"may"}),
        ("X", (BE | HAVE | DO) - {"'s"}),
        ("D", DETERMINERS | {"than"}),
    )
    for word in words
}


def tagged(tokens: Tokens, mentions: list[Mention]) -> tuple[list[str], list[tuple[Form, ...]], list[Mention | None]]:
    """Return for each token its tag, the verb forms it can be where it is a verb, and the mention that it belongs to."""
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
        fixed = "E" if owner[position] is not None else _FIXED.get(word)
        if fixed is not None:
            tags[position] = previous = fixed
            continue
        if word in ("'s", "’s", "`s"):
            before = low[position - 1] if position else ""
            tag = "X" if before in ("it", "he", "she", "that", "there") else "G"
        elif word == "may" and not (words[position][0].isupper() and position):
            tag = "M"
        elif word == "at":
            tag = "D" if position + 1 < size and low[position + 1] in ("least", "most") else "P"
        elif word == "following":
            tag = "J" if previous == "D" else "P"
        elif word == "as":
            behind = low[position + 1] if position + 1 < size else ""
            tag = "P" if behind in ("a", "an", "part", "unacceptable", "the") else "S"
        elif not word[0].isalnum():
            tag = "."
        elif word[0].isdigit():
            after_month = position > 0 and low[position - 1] in MONTHS
            tag = "N" if after_month or (len(word) == 4 and previous in ("P", ",")) else "J"
        elif words[position][0].isupper() and position and previous not in (".", '"', "“") and word not in verb_forms:
            tag = "N"
        elif word in ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS):
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
