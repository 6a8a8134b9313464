"""The subject of a verb group: through relative clauses, appositions, participles, coordination and pronouns."""

from __future__ import annotations

from comity.coding.analysis import SAY, TIME_NOUNS, Chunk
from comity.coding.parties import Setting, coded, from_chunk, private
from comity.language import Mention

_NO_SUBJECT_PREPS = frozenset(
    "by for against with during after before at on over about under amid since until despite between among to into onto toward towards through without regarding concerning following per like via".split()
)


_WRITERS = frozenset(
    "newspaper newspapers agency radio television media journalist journalists reports report reporters correspondent magazine weekly daily analysts analyst study poll polls team players player company women fans airline".split()
)


# What rises and falls: magnitudes of an economy act upon nobody, whichever state they belong to.
_MAGNITUDES = frozenset(
    """trade commerce exports export imports import price prices output production investment investments fdi inflows outflows
    share shares sales revenue revenues earnings income gdp growth inflation deficit surplus debt reserves remittances wages
    consumption demand unemployment productivity harvest yields shipments turnover profits spending expenditure tourism
    arrivals births deaths fertility rates rate value volume volumes figures number numbers proportion percentage index
    population currency economy market markets""".split()
)
_FALLING = frozenset("decline fall drop decrease rise grow increase".split())

# So many pronouns are followed from one to the next ("he said that he ...").
_MOST_PRONOUNS = 8


def _temporal(chunk: Chunk) -> bool:
    return all(
        word in TIME_NOUNS
        or not word.isalpha()
        or word in ("the", "last", "this", "next", "a", "earlier", "late", "early")
        for word in chunk.words
    )


def subject_of(chunks: list[Chunk], index: int, setting: Setting) -> list[Mention]:
    """The actors that the subject of the verb group at `index` stands for; empty where it has none that is known."""
    return _subject(chunks, index, setting, 0)


def _subject(chunks: list[Chunk], index: int, setting: Setting, depth: int) -> list[Mention]:
    if depth > 6:
        return []
    verb = chunks[index]
    if verb.infinitive or (verb.shape == "ing" and not verb.auxiliary):
        for back in range(index - 1, -1, -1):
            other = chunks[back]
            if other.kind == "V" and not other.infinitive:
                if other.lemma == "be" and not other.auxiliary:
                    continue
                return _subject(chunks, back, setting, depth + 1)
        nouns = [c for c in chunks[:index] if c.kind == "N" and not c.prep]
        return _noun_subject(chunks, chunks.index(nouns[0]), index, setting) if nouns else []
    start = index - 1
    region: list[int] = []
    boundary = ""
    earlier_verb = -1
    position = start
    while position >= 0:
        chunk = chunks[position]
        if chunk.kind == "V":
            if chunk.infinitive or (chunk.shape == "ing" and not chunk.auxiliary):
                position -= 1
                continue
            earlier_verb = position
            boundary = "V"
            break
        if chunk.kind in ("S", ";", ":", "W", '"', "“", "”", "`") or (chunk.kind == "N" and chunk.words == ("that",)):
            boundary = chunk.kind if chunk.kind in ("W", "S") else ("that" if chunk.kind == "N" else chunk.kind)
            break
        if chunk.kind == "C" and region and _starts_clause(chunks, position):
            boundary = "C+"
            break
        region.insert(0, position)
        position -= 1
    if boundary == "W" and not any(
        chunks[i].kind == "N" and not chunks[i].prep and not _temporal(chunks[i]) for i in region
    ):
        return _antecedent(chunks, position, setting)
    if boundary == "W":
        # "..., who VERB ..., VERB": the region after a closed relative clause
        inner = _first_subject(chunks, region, index, setting)
        if inner is not None:
            return inner
        return _antecedent(chunks, position, setting)
    if boundary == "V":
        between = [i for i in region if chunks[i].kind == "N" and not chunks[i].prep and not _temporal(chunks[i])]
        comma = any(chunks[i].kind == "," for i in region)
        joined = any(chunks[i].kind == "C" for i in region)
        if chunks[earlier_verb].lemma in SAY and between:
            return _noun_subject(chunks, between[0], index, setting)
        if _in_relative(chunks, earlier_verb):
            outer = _before_relative(chunks, earlier_verb)
            if outer is not None and (comma or verb.auxiliary or not between):
                return _noun_subject(chunks, outer, index, setting)
        if between and comma and not joined:
            after_comma = [i for i in between if any(chunks[j].kind == "," for j in region if j < i)]
            if after_comma and coded(chunks[after_comma[-1]]) and after_comma[-1] == region[-1]:
                return _noun_subject(chunks, after_comma[-1], index, setting)
        if joined:
            last_c = max(i for i in region if chunks[i].kind == "C")
            after = [i for i in between if i > last_c]
            if after:
                return _noun_subject(chunks, after[0], index, setting)
            return _subject(chunks, earlier_verb, setting, depth + 1)
        earlier = chunks[earlier_verb]
        if not earlier.auxiliary and earlier.shape in ("past", "participle") and between:
            # "NP [reduced relative] VERB": the first noun phrase carries both
            return _subject(chunks, earlier_verb, setting, depth + 1)
        if not between:
            return _subject(chunks, earlier_verb, setting, depth + 1)
        return _noun_subject(chunks, between[0], index, setting)
    found = _first_subject(chunks, region, index, setting)
    if found is not None:
        return found
    if boundary == "that" or boundary == "S":
        return []
    return []


def _first_subject(chunks: list[Chunk], region: list[int], index: int, setting: Setting) -> list[Mention] | None:
    """The first noun phrase of the region without a preposition; times are none.

    After an opening phrase ("During ..., and his meetings with A, B, and C, Kono appreciated") the subject is the
    phrase between the last comma and the verb.
    """
    last = next((i for i in reversed(region) if chunks[i].kind not in ("A",)), None)
    opening = next((chunks[i] for i in region if chunks[i].kind == "N"), None)
    if (
        last is not None
        and opening is not None
        and opening.prep
        and chunks[last].kind == "N"
        and not chunks[last].prep
        and last - 1 in region
        and chunks[last - 1].kind == ","
        and coded(chunks[last])
    ):
        return _noun_subject(chunks, last, index, setting)
    for i in region:
        chunk = chunks[i]
        if chunk.kind == "N" and not chunk.prep and not _temporal(chunk):
            # an opening phrase closed by a comma ("a key ally, Pakistan ...") goes on to the next
            return _noun_subject(chunks, i, index, setting)
    return None


def _noun_subject(chunks: list[Chunk], noun: int, verb: int, setting: Setting) -> list[Mention]:
    chunk = chunks[noun]
    if chunk.words and chunk.words[0] in ("he", "she", "it", "they", "who") and len(chunk.words) == 1:
        return _pronoun(chunks, noun, setting, chunk.words[0])
    if chunk.words and chunk.words[0] in ("no", "neither", "nobody", "none", "nothing", "few"):
        return []
    if private(chunk):
        return []
    if chunks[verb].lemma in _FALLING and not chunks[verb].passive and _magnitude(chunks, noun, verb):
        return []
    found = from_chunk(chunk, setting, chunks)
    if "ethnic" in chunk.words and found and found[0].form == "demonym":
        found = []
    if chunks[verb].passive and not found:
        # "a camp for Congolese refugees was attacked": of a patient, what hangs on it counts too
        for other in chunks[noun + 1 : verb]:
            if other.kind == "N" and coded(other):
                return coded(other)
            if other.kind not in ("N", "A", ","):
                break
    if (
        not chunks[verb].passive
        and set(chunk.words) & _WRITERS
        and not any(m.person for m in found)
        and not set(chunk.words) & {"minister", "president", "official", "state"}
        and (not found or chunk.head in _WRITERS)
    ):
        return []
    if found and len(chunk.words) <= 2 and all(m.form == "city" for m in found):
        return []
    if found:
        if _possessor_only(chunk, found):
            return [] if chunk.head in ("war", "economy", "withdrawal", "relations") else found
        return _joined(chunks, noun, verb, found, setting)
    ahead = noun + 1
    while ahead < verb:
        other = chunks[ahead]
        if other.kind == "N":
            if other.prep in ("of", "in", "from") and coded(other):
                return _joined(chunks, ahead, verb, coded(other), setting) if other.prep == "of" else coded(other)[:1]
            if other.prep in ("of", "in", "from"):
                ahead += 1
                continue
            if not other.prep and coded(other):
                return coded(other)
            if other.prep in _NO_SUBJECT_PREPS:
                ahead += 1
                continue
        elif other.kind not in (",", "A", "C", "(", ")", "-"):
            break
        ahead += 1
    return []


def _magnitude(chunks: list[Chunk], noun: int, verb: int) -> bool:
    """Whether the subject is a magnitude, or the verb says by how much it moved ("declined by 3 per cent", "to 40%")."""
    for position in range(verb - 1, -1, -1):
        other = chunks[position]
        if other.kind in ("S", "W", ";", ":", ",") and position < noun:
            break
        if other.kind == "N" and not other.prep and (other.head in _MAGNITUDES or private(other)):
            return True
    after = next((c for c in chunks[verb + 1 : verb + 4] if c.kind == "N"), None)
    return after is not None and (
        any(word[0].isdigit() or word in ("%", "percent", "cent") for word in after.words)
        and not after.mentions
        and not set(after.words) & TIME_NOUNS
        and after.prep in ("", "by", "to", "from")
    )


def _possessor_only(chunk: Chunk, found: list[Mention]) -> bool:
    return chunk.head in (
        "war",
        "economy",
        "withdrawal",
        "relations",
        "trade",
        "exports",
        "imports",
        "deal",
        "ties",
        "dispute",
    )


def _joined(chunks: list[Chunk], noun: int, verb: int, found: list[Mention], setting: Setting) -> list[Mention]:
    """Add the noun phrases joined to a subject by "and"."""
    found = list(found)
    ahead = noun + 1
    while ahead < verb:
        other = chunks[ahead]
        if other.kind == "C" or (
            other.kind == "," and ahead + 1 < verb and chunks[ahead + 1].kind == "N" and not chunks[ahead + 1].prep
        ):
            after = chunks[ahead + 1] if ahead + 1 < verb else None
            if after is not None and after.kind == "N" and not after.prep and coded(after):
                listed = other.kind == "C" or any(chunks[j].kind == "C" for j in range(ahead + 1, min(ahead + 4, verb)))
                if listed or {m.code for m in coded(after)} <= {m.code for m in found}:
                    found += coded(after)
                ahead += 2
                continue
            ahead += 1
            continue
        if other.kind == "N" and other.prep in ("of", "in", "from"):
            ahead += 1
            continue
        break
    return found


def _starts_clause(chunks: list[Chunk], position: int) -> bool:
    """Whether a conjunction opens a clause with its own subject: a finite verb stands before it in the same clause."""
    for back in range(position - 1, -1, -1):
        chunk = chunks[back]
        if chunk.kind == "V" and chunk.finite:
            return True
        if chunk.kind in ("S", "W", ";", ":"):
            return False
    return False


def _in_relative(chunks: list[Chunk], verb: int) -> bool:
    for back in range(verb - 1, max(verb - 6, -1), -1):
        if chunks[back].kind == "W":
            return True
        if chunks[back].kind in ("V", "S", ";"):
            return False
    return False


def _before_relative(chunks: list[Chunk], verb: int) -> int | None:
    for back in range(verb - 1, -1, -1):
        if chunks[back].kind == "W":
            for first in range(back):
                if chunks[first].kind == "N" and not chunks[first].prep and not _temporal(chunks[first]):
                    return first
            return None
    return None


def _antecedent(chunks: list[Chunk], relative: int, setting: Setting) -> list[Mention]:
    """What a relative pronoun stands for: the noun phrase before it, through "of" phrases to their head for "which"."""
    for back in range(relative - 1, -1, -1):
        chunk = chunks[back]
        if chunk.kind == "N":
            found = coded(chunk)
            if found:
                persons = [m for m in found if m.person or m.office]
                return persons[-1:] or found[-1:]
            if chunk.prep == "of":
                continue
            return []
        if chunk.kind not in (",", "A"):
            return []
    return []


def _pronoun(chunks: list[Chunk], noun: int, setting: Setting, word: str) -> list[Mention]:
    """The one actor that a pronoun can mean: the subject of the clause before; `anaphora` knows the sentence before."""
    for back in range(noun - 1, -1, -1):
        if chunks[back].kind == "V" and not chunks[back].infinitive:
            if setting.pronouns == _MOST_PRONOUNS:
                return []
            setting.pronouns += 1
            found = _subject(chunks, back, setting, 3)
            setting.pronouns -= 1
            return found if word == "they" else found[:1]
    return []
