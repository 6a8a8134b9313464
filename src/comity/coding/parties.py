"""Who acts and who is acted upon: from chunks of a sentence to the mentions that stand on each side."""

from __future__ import annotations

from dataclasses import dataclass

from comity.coding.analysis import SAY, Chunk
from comity.language import Mention

_BOTH = frozenset(
    "countries sides nations neighbours neighbors states governments leaders parties delegations ministers".split()
)


# What bears a state's name without acting for it: money, markets, private people and things.
_PRIVATE = frozenset(
    """dollar yen euro pound rupee franc peso rouble ruble yuan won lira stocks shares currency index inflation population
    tourists tourist visitors fans striker forward midfielder runner swimmer actor actress singer director designer film
    films book books beer wine food tea coffee songs music economy exports imports exporters farmers-market airline airlines
    team teams players player club clubs women's bank-notes bonds tourism carmaker automaker growth prices
    novelist novelists novel writer writers author authors poet poets opera orchestra choir band museum gallery theatre ballet
    troupe publisher painter sculptor photographer chef coach referee athlete athletes footballer golfer cyclist boxer cricketer
    documentary documentaries cartoon magazine volcano earthquake flood floods storm storms cyclone hurricane avalanche island
    islands beach beaches climber climbers mountaineer hiker hikers cricketers rower rowers skier skiers jockey baker bakers
    hotel hotels fund funds investor investors trader traders grower growers brewer chain startup pop rock song dancer dancers
    firm firms company companies manufacturer manufacturers retailer brewery restaurant bank banks family families
    scientist scientists researcher researchers historian historians tenor pianist violinist exhibition festival""".split()
)
_PUBLIC = frozenset("central reserve federal national state development royal first".split())


_QUALIFIERS = frozenset("both two".split())


_FORMS_OF_ACTORS = frozenset("name demonym metonym person organisation group capital city".split())


@dataclass(slots=True)
class Setting:
    """What the passages before a sentence settle: the two states that a document is about."""

    focal: tuple[str, ...] = ()
    pronouns: int = 0  # how many are being followed, one to the next


def coded(chunk: Chunk) -> list[Mention]:
    """The actors with a state in a noun phrase; what only qualifies another word is none."""
    return [m for m in chunk.mentions if m.code and m.form != "modifier"]


def private(chunk: Chunk) -> bool:
    """Whether a noun phrase bears a state's name without acting for it ("an Indian novelist"); a central bank does."""
    return (
        chunk.head in _PRIVATE
        and not (chunk.head.startswith("bank") and set(chunk.words) & _PUBLIC)
        and not any(m.person or m.office for m in chunk.mentions)
    )


def from_chunk(chunk: Chunk, setting: Setting, chunks: list[Chunk]) -> list[Mention]:
    """The actors that a noun phrase stands for: those named, "the two countries", or a pronoun's."""
    found = coded(chunk)
    if found:
        return found
    if chunk.words and chunk.head in _BOTH and set(chunk.words) & _QUALIFIERS:
        return _pair(chunk, setting, chunks)
    return []


def _pair(chunk: Chunk, setting: Setting, chunks: list[Chunk]) -> list[Mention]:
    """Both sides of the sentence, when it names exactly two states."""
    seen: dict[str, Mention] = {}
    for other in chunks:
        if other is chunk:
            continue
        for mention in coded(other):
            seen.setdefault(mention.code, mention)
    return list(seen.values()) if len(seen) == 2 else []


def coordinated(chunks: list[Chunk], index: int, setting: Setting) -> list[Mention]:
    """The actors of the noun phrase at `index` and of those joined to it by commas and "and"."""
    found = list(from_chunk(chunks[index], setting, chunks))
    first = chunks[index].prep
    ahead = index + 1
    while ahead < len(chunks):
        chunk = chunks[ahead]
        if chunk.kind in (",", "C"):
            after = chunks[ahead + 1] if ahead + 1 < len(chunks) else None
            if after is None:
                break
            if after.kind == "C":
                ahead += 1
                continue
            if after.kind == "N" and after.prep in ("", first) and (coded(after) or after.mentions):
                following = chunks[ahead + 2] if ahead + 2 < len(chunks) else None
                if following is not None and following.kind == "V" and following.finite:
                    break
                found += coded(after)
                ahead += 2
                continue
            break
        if chunk.kind == "N" and (chunk.prep in ("including",) or (chunk.prep == "of" and not found)):
            found += coded(chunk)
            ahead += 1
            continue
        break
    return found


def agent_of(chunks: list[Chunk], index: int, setting: Setting) -> list[Mention]:
    """The actors behind "by" after a passive."""
    for ahead in range(index + 1, min(index + 9, len(chunks))):
        chunk = chunks[ahead]
        if chunk.kind == "N" and chunk.prep == "by":
            if private(chunk):
                return []
            found = coordinated(chunks, ahead, setting)
            if found:
                return found
            after = chunks[ahead + 1] if ahead + 1 < len(chunks) else None
            if after is not None and after.kind == "N" and after.prep in ("of", "in", "from"):
                return coded(after)
            return []
        if chunk.kind == "V" and (chunk.infinitive or (chunk.shape == "ing" and chunks[ahead - 1].kind == "P")):
            continue
        if chunk.kind in ("V", "S", "W", ";", "that"):
            return []
    return []


def objects_of(chunks: list[Chunk], index: int, setting: Setting, *, before: int) -> list[Mention]:
    """The actors of the direct object of the verb at `index`, or behind its "on"/"to"/"with", ahead of chunk `before`."""
    for ahead in range(index + 1, min(before, len(chunks))):
        chunk = chunks[ahead]
        if chunk.kind == "N":
            if chunk.prep in ("", "on", "to", "with", "from", "upon") and (coded(chunk) or chunk.head in _BOTH):
                return coordinated(chunks, ahead, setting)
            if chunk.prep == "of" and coded(chunk):
                return coded(chunk)
        elif chunk.kind in ("V", "S", "W", ";", "that"):
            return []
    return []


_TIMES_AND_CAUSES = frozenset(
    "after during since before until amid despite following because via according as near".split()
)


def parties_after(
    chunks: list[Chunk], index: int, setting: Setting, *, near: bool = False, wide: bool = False, by: bool = False
) -> list[Mention]:
    """The actors after a verb group, the likeliest to be acted upon first.

    near: only the direct object and what stands in it; wide: on through infinitives and "that" clauses.
    """
    direct: list[Mention] = []
    aimed: list[Mention] = []
    placed: list[Mention] = []
    crossed = False
    target = direct
    ahead = index + 1
    while ahead < len(chunks) and ahead < index + 22:
        chunk = chunks[ahead]
        if chunk.kind == "N":
            if chunk.prep in _TIMES_AND_CAUSES or (chunk.prep == "by" and not crossed and not by):
                if chunk.prep != "according":
                    # a cause or time closes the object
                    if direct or aimed or near:
                        break
                    ahead += 1
                    continue
                break
            found = list(from_chunk(chunk, setting, chunks))
            following = chunks[ahead + 1] if ahead + 1 < len(chunks) else None
            if (
                following is not None
                and following.kind == "V"
                and following.lemma in SAY
                and following.finite
                and not chunk.prep
            ):
                break  # "..., officials said"
            if chunk.prep in (
                "",
                "on",
                "against",
                "to",
                "with",
                "toward",
                "towards",
                "from",
                "for",
                "between",
                "into",
                "at",
                "including",
                "upon",
            ):
                listed = not chunk.prep and ahead > index + 1 and chunks[ahead - 1].kind in ("C", ",")
                if not listed:
                    target = direct if chunk.prep in ("", "as") and not crossed else aimed
                target += [m for m in found if not (chunk.prep in ("at", "for", "on") and m.form in ("city",))]
                placed += [m for m in found if chunk.prep in ("at",) and m.form == "city"]
            elif chunk.prep == "of":
                (aimed if aimed else direct).extend(found)
            else:
                placed += found
            if near and (direct or aimed) and not (following is not None and following.kind in ("C", ",")):
                break
        elif chunk.kind == "V":
            if (
                chunk.lemma in SAY
                and chunk.finite
                and not (
                    ahead + 1 < len(chunks)
                    and wide
                    and chunks[ahead + 1].kind == "N"
                    and chunks[ahead + 1].words == ("that",)
                )
            ):
                break
            if near or not wide:
                break
            if chunk.finite and not chunk.modal and not chunk.infinitive and not crossed and (direct or aimed):
                break
            crossed = True
        elif chunk.kind == "S" and chunk.words[0] == "that" and wide and not direct and not aimed:
            crossed = True
        elif chunk.kind in ("S", "W", ";", ":"):
            break
        elif chunk.kind == "," and (direct or aimed):
            after = chunks[ahead + 1] if ahead + 1 < len(chunks) else None
            if after is None or after.kind not in ("N", "C") or (after.kind == "N" and after.prep):
                break
            if after.kind == "N" and not _list_goes_on(chunks, ahead):
                break
        ahead += 1
    return [*direct, *aimed, *placed]


def first_group(found: list[Mention], text: str) -> list[Mention]:
    """The first actor and those listed with it ("to Iran, Libya and, with strings attached, Cuba")."""
    if not found:
        return []
    kept = [found[0]]
    for mention in found[1:]:
        if mention.start == kept[-1].start:  # the second of "the two countries"
            kept.append(mention)
            continue
        if mention.start < kept[-1].end:
            continue
        between = text[kept[-1].end : mention.start]
        words = between.replace(",", " , ").split()
        if len(words) <= 7 and words and (words[0] in (",", "and", "or") or (words[-1] == "and" and len(words) <= 3)):
            kept.append(mention)
        else:
            break
    return kept


def _list_goes_on(chunks: list[Chunk], comma: int) -> bool:
    """Whether the comma stands in a list ("Pakistan, Sri Lanka, and Maldives")."""
    for ahead in range(comma + 1, min(comma + 8, len(chunks))):
        chunk = chunks[ahead]
        if chunk.kind == "C":
            after = chunks[ahead + 1] if ahead + 1 < len(chunks) else None
            return after is not None and after.kind == "N" and bool(after.mentions)
        if chunk.kind == "N" and (chunk.prep not in ("",) or not chunk.mentions):
            return False
        if chunk.kind not in ("N", ","):
            return False
    return False
