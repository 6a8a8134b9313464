"""Which way the clause around a date looks: "will meet on Friday", "opens Friday", "was arrested on Friday".

A story names a weekday or a month without saying which one; the verb of its clause does. The verb is the nearest cue
to the left in the sentence; where the date stands before its verb ("On Friday the court will ..."), the first to the
right. No parse: a word counts as a verb by its form and by the word before it.
"""

from __future__ import annotations

from comity.language.abbreviations import LEADING
from comity.language.calendar_words import FUNCTION_WORDS, MONTHS_SHORT
from comity.language.tokens import Tokens

_WINDOW = 20
_MODALS = frozenset("will shall would could might may must should can 'll".split())
_AHEAD = frozenset(
    "scheduled due upcoming expected expects plans planned planning slated intends hopes likely unlikely".split()
)
_PAST = frozenset(
    """was were had met held said told came went took gave made began left lost led saw sent spoke rose fell won did
    flew paid brought struck broke fought shot hit found got ran kept bought sold sank sought taught thought wrote drove
    drew grew knew threw withdrew stood sat lay felt meant built spent cut shut hurt became swore tore bore caught chose
    dealt fled forgot froze hung rode rang sang slid spread stole swept swung woke heard slipped dropped killed""".split()
)
# Verbs behind which an infinitive lies ahead: "agreed to meet on Friday".
_INTENTS = frozenset(
    """agreed agree agrees asked asks urged ordered invited vowed vows promised promises pledged pledges decided decides
    threatened threatens offered offers called calls voted voting ready certain sure hope hopes hoped hoping want wants
    wanted need needs prepare prepares prepared preparing plan plans planned planning expect expects expected scheduled
    due set about likely unlikely intends intended deadline deadlines proposed going allowed allows summoned subpoenaed
    instructed required told""".split()
)
_FAILED = frozenset("failed refused declined managed".split())
# Put off, or given a term: "postponed until Friday", "gave him until Friday".
_TERMS = frozenset("postponed delayed adjourned extended deferred suspended remanded recessed gave given put".split())
_REPLIES = frozenset("say comment confirm discuss elaborate identify disclose speculate specify".split())
_SCHEDULED = frozenset(
    """meets opens begins takes speaks arrives expires resumes convenes goes comes reopens closes departs testifies
    decides appears flies becomes inaugurates follows""".split()
)
_SCHEDULED_ONE = frozenset(
    "starts returns leaves hosts holds ends travels turns faces addresses visits votes heads kicks".split()
)  # which could be nouns
_SCHEDULED_MANY = frozenset(
    """meet open begin start return arrive leave host hold take speak end expire resume convene go come reopen close
    travel depart turn face testify decide vote""".split()
)
_SUBJECTS = frozenset("he she it who which that they we and both people".split())
_DETERMINERS = frozenset("the a an its his her their our this that these those no some any".split())

_NEAR = frozenset("comes come follows follow".split())
_UNDER_WAY = frozenset(
    """meeting leaving arriving going coming opening starting beginning holding returning traveling travelling visiting
    hosting planning preparing scheduling voting speaking closing ending flying heading getting""".split()
)
# What may lie ahead behind a possessive: "Sunday's election will decide".
_EVENTS = frozenset(
    """election elections vote votes voting poll polls ballot runoff referendum primary meeting meetings summit talks
    session hearing debate game match final race ceremony funeral inauguration conference launch opening deadline
    rally visit trial contest""".split()
)
_WATCHED = (
    _MODALS | _AHEAD | _PAST | _INTENTS | _TERMS | _SCHEDULED | _SCHEDULED_ONE | _SCHEDULED_MANY
    | {"to", "set", "going", "about", "is", "are"}
)  # fmt: skip
_STOPS = frozenset(".?!;")


def ends_sentence(tokens: Tokens, index: int) -> bool:
    """Whether the token is a stop that ends a sentence, as far as tokens tell."""
    raw = tokens.raw[index]
    if raw == "?" or raw == "!":
        return True
    if raw != ".":
        return False
    before = tokens.word(index - 1)
    if before in LEADING or before in MONTHS_SHORT or (len(before) == 1 and before.isalpha()):
        return False
    return index + 1 >= len(tokens) or tokens.kind(index + 1) == "break" or not tokens.raw[index + 1][0].islower()


def tense(tokens: Tokens, first: int, last: int) -> str:
    """Return "future" or "past" for the date from token `first` to `last`; "" where its clause does not tell."""
    before = tokens.word(first - 1)
    if before in ("since", "than"):
        return "past"
    if tokens.word(last + 1) in ("will", "'ll") or (
        before == "for" and tokens.kind(last + 1) != "suffix" and _participle(tokens, first - 2)
    ):
        return "future"
    if tokens.kind(last + 1) == "suffix" and tokens.word(last + 2) not in _EVENTS:
        return "past"  # "will review Monday's ruling"
    term = before in ("until", "till", "by", "beginning", "starting", "effective")
    infinitive = False
    words, kinds = tokens.words, tokens.kinds
    begin = first
    for index in range(first - 1, max(-1, first - 1 - _WINDOW), -1):
        word = words[index]
        if (word in _STOPS or kinds[index] == "break") and _closes(tokens, index):
            break
        begin = index
        if word not in _WATCHED and not word.endswith("ed"):
            continue
        if word == "to" and _infinitive(tokens, index):
            governor = tokens.word(index - 1)
            passive = tokens.word(index + 1) == "be" and governor not in _FAILED
            if passive or governor in _INTENTS or governor in ("is", "are", "was", "were", "has", "have", "be"):
                return "future"
            infinitive = True
            continue
        if word in _NEAR and first - index > 2:
            continue  # "the move comes after talks on Monday"
        near = first - index == 1 or (first - index == 2 and before == "on")
        looks = "future" if near and word in ("is", "are") else _cue(tokens, index)
        if (term and looks == "past" and word in _TERMS) or (infinitive and word in _INTENTS):
            return "future"
        if looks == "past":
            return "" if infinitive else "past"
        if looks:
            return looks
    opens = first - begin <= 4  # nothing but a word or two stands before the date in its sentence
    hidden = infinitive or before in ("for", "of") or (tokens.word(last + 1) == "," and not opens)
    beyond = "" if hidden else _after(tokens, last + 1)
    return "future" if term and not (opens and beyond == "past") else beyond


def _closes(tokens: Tokens, index: int) -> bool:
    return tokens.kinds[index] == "break" or tokens.words[index] == ";" or ends_sentence(tokens, index)


def _after(tokens: Tokens, begin: int) -> str:
    """The first cue to the right, for a date that stands before its verb."""
    words, kinds = tokens.words, tokens.kinds
    for index in range(begin, min(len(tokens), begin + _WINDOW)):
        word = words[index]
        if (word in _STOPS or kinds[index] == "break") and _closes(tokens, index):
            return ""
        if word not in _WATCHED and not word.endswith("ed"):
            continue
        if word in ("is", "are", "was", "were") and (
            tokens.word(index + 1) in _AHEAD or (tokens.word(index + 1) == "to" and _infinitive(tokens, index + 1))
        ):
            return "future"
        looks = _cue(tokens, index)
        if looks:
            return looks
    return ""


def _infinitive(tokens: Tokens, index: int) -> bool:
    return (
        tokens.kind(index + 1) == "word"
        and not tokens.capital(index + 1)
        and (tokens.words[index + 1] == "be" or tokens.words[index + 1] not in FUNCTION_WORDS)
    )


def _participle(tokens: Tokens, index: int) -> bool:
    word = tokens.word(index)
    return word == "set" or (word.endswith("ed") and len(word) > 4 and word not in ("waited", "blamed"))


def _cue(tokens: Tokens, index: int) -> str:
    """Which way one word looks: "future", "past", "" for neither."""
    word = tokens.words[index]
    if word in _MODALS:
        return _modal(tokens, index, word)
    following = tokens.word(index + 1)
    before = tokens.word(index - 1)
    if word in _AHEAD:
        if before in ("than", "as") or (word == "due" and following == "to" and not _infinitive(tokens, index + 1)):
            return ""
        return "future"
    if word in ("set", "going", "about"):
        return "future" if following == "to" or (word == "set" and following == "for") else ""
    if word == "is" or word == "are":
        return "future" if following in _UNDER_WAY else ""
    if word in _SCHEDULED:
        return "" if before in _DETERMINERS else "future"
    if word in _SCHEDULED_ONE:
        return "future" if _has_subject(tokens, index, many=False) else ""
    if word in _SCHEDULED_MANY:
        return "future" if _has_subject(tokens, index, many=True) else ""
    if word in _PAST:
        return "" if before in _MODALS or before in ("be", "to", "not", "remain", "stay") else "past"
    if word.endswith("ed") and len(word) > 4 and not word.endswith("eed"):
        if before in ("be", "to", "united") or word in ("united", "hundred", "sacred", "armed"):
            return ""
        adjective = before in _DETERMINERS and tokens.kind(index + 1) == "word" and following not in FUNCTION_WORDS
        return "" if adjective else "past"
    return ""


def _modal(tokens: Tokens, index: int, word: str) -> str:
    if tokens.capital(index) and word in ("may", "will"):
        return ""  # the month, the given name
    following = tokens.word(index + 1)
    if following == "have":
        return ""
    if following == "not" and (word == "could" or (word == "would" and tokens.word(index + 2) in _REPLIES)):
        return "past"  # "could not be reached on Friday"
    return "future"


def _has_subject(tokens: Tokens, index: int, *, many: bool) -> bool:
    """Whether the word stands where a verb in the present stands: behind a noun, a name or a pronoun."""
    before = tokens.word(index - 1)
    if before in _SUBJECTS:
        return before not in ("that", "it") or not many
    if tokens.kind(index - 1) != "word" or before in FUNCTION_WORDS:
        return before == "," and (not many or tokens.words[index] in ("reopen", "resume", "convene", "arrive"))
    plural = before.endswith("s") and not before.endswith(("ss", "us", "is"))
    return plural if many else not plural or tokens.capital(index - 1)
