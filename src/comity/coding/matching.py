"""What a verb group and the phrases around it match in the dictionary, and how an act found is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.coding.analysis import SAY, Analysis, Chunk
from comity.coding.parties import (
    Setting,
    coded,
    coordinated,
    first_group,
    parties_after,
)
from comity.coding.patterns import Pattern, classes, patterns
from comity.language import Mention
from comity.terms import EventType

T = EventType

# What is forbidden when a government declares it unlawful; anything else declared so ("the annexation") is blamed.
_BODIES = frozenset(
    """organisation organisations organization organizations group groups party parties movement movements association
    associations outfit outfits front union unions sect sects church churches militia militias network networks""".split()
)
_GROUND = frozenset("capital city country town port province region island resort headquarters".split())


@dataclass(slots=True)
class Act:
    """One act found: its type, sides as mentions, and the chunks that report it."""

    type: EventType
    mode: str
    actors: list[Mention]
    recipients: list[Mention]
    symmetric: bool
    trigger: Chunk
    first: int  # tokens that report the act
    last: int
    confidence: float
    place: Mention | None = None
    order: int = 0
    noun: str = ""
    flags: frozenset[str] = field(default_factory=frozenset)
    coder: str = "rules"


def distinct(found: list[Mention]) -> list[Mention]:
    """Each party once: the fullest mention of persons, the first of each state otherwise."""
    seen: dict[tuple[str, str], Mention] = {}
    for mention in found:
        seen.setdefault((mention.code, mention.person), mention)
    result = list(seen.values())
    named = {mention.code for mention in result if mention.person}
    states: set[str] = set()
    kept = []
    for mention in result:
        if not mention.person:
            if mention.code in named or mention.code in states:
                continue
            states.add(mention.code)
        kept.append(mention)
    return kept


class Matching:
    """A sentence with what was found in it so far."""

    def __init__(self, analysis: Analysis, setting: Setting) -> None:
        self.analysis = analysis
        self.chunks = analysis.chunks
        self.setting = setting
        self.found: list[Act] = []
        self.consumed: set[int] = set()  # verb groups that are the content of another

    def _match(self, index: int, *, noun: int | None = None) -> Pattern | None:
        """The most exact pattern that the verb group at `index` and what follows it fits."""
        chunk = self.chunks[index]
        options = patterns().get(chunk.lemma)
        if options is None:
            return None
        following = self._object_words(index) if noun is None else set(self.chunks[noun].words)
        text = self.analysis.tokens
        after = " ".join(text.low[chunk.last + 1 : chunk.last + 4])
        for pattern in options:
            if pattern.particle and not (after + " ").startswith(pattern.particle + " "):
                behind = pattern.particle if " " not in pattern.particle else ""
                if not behind or not self._late_particle(index, behind):
                    continue
            if "hostperson" in pattern.flags:
                if not self._person_received(index, pattern.objects & following):
                    continue
            elif pattern.objects and not pattern.objects & following:
                continue
            if "own" in pattern.flags and not following & _BODIES:
                continue
            if pattern.type is T.PROTEST and following & {"air", "missile", "drone", "military", "rocket"}:
                continue
            if (
                "obj" in pattern.flags
                and not chunk.passive
                and not parties_after(self.chunks, index, self.setting, near=True)
            ):
                continue
            return pattern
        return None

    def _person_received(self, index: int, told: frozenset[str] | set[str]) -> bool:
        """Whether the object is a person, or an office as the head word: not what is a person's ("X's decision")."""
        if self.chunks[index].passive:
            return bool(told)
        ahead = next((c for c in self.chunks[index + 1 : index + 3] if c.kind == "N"), None)
        if ahead is None or ahead.prep:
            return bool(told)
        tokens = self.analysis.tokens
        persons = [m for m in ahead.mentions if m.kind == "person"]
        if not persons:
            return bool(told)
        return not tokens.text[persons[-1].end : persons[-1].end + 2].startswith(("'s", "’s", "'", "’"))

    def _ground(self, index: int) -> list[Mention]:
        """The states on whose ground a journey ends: the places right behind the verb's "to", "in" or "at"."""
        for position in range(index + 1, min(index + 4, len(self.chunks))):
            chunk = self.chunks[position]
            if chunk.kind == "A":
                continue
            if chunk.kind != "N" or chunk.prep not in ("to", "in", "at"):
                return []
            last = self.analysis.tokens.ends[chunk.last]
            placed = [m for m in coded(chunk) if m.end == last or chunk.head in _GROUND or m.kind == "organisation"]
            if not placed:
                following = self.chunks[position + 1 : position + 2]
                named = chunk.head in _GROUND and following and following[0].prep == "of"
                return coded(following[0]) if named else []
            return coordinated(self.chunks, position, self.setting)
        return []

    def _late_particle(self, index: int, particle: str) -> bool:
        """A preposition behind the adverbials: "withdrew on Monday from", "called Thursday on", "clashed in Gaza with"."""
        for ahead in range(index + 1, min(index + 5, len(self.chunks))):
            chunk = self.chunks[ahead]
            if chunk.kind in ("V", "that", "S", "W", ";", "."):
                return False
            if chunk.kind == "N" and chunk.prep == particle and (coded(chunk) or particle not in ("on", "for")):
                return True
        return False

    def _object_words(self, index: int) -> set[str]:
        """The words of the object: the noun phrases after the verb up to the next clause; of a passive, its subject."""
        chunk = self.chunks[index]
        words: set[str] = set()
        if chunk.passive or (chunk.shape in ("past", "participle") and not chunk.auxiliary):
            for back in range(index - 1, max(index - 5, -1), -1):
                other = self.chunks[back]
                if other.kind == "N":
                    if chunk.passive:
                        words.update(other.words)
                        if not other.prep:
                            break
                elif other.kind in ("V", "S", ";"):
                    break
        if chunk.passive:
            return words
        words.update(self._relative_object(index))
        for ahead in range(index + 1, min(index + 7, len(self.chunks))):
            other = self.chunks[ahead]
            if other.kind == "N":
                if (ahead > index + 1 or other.prep != chunk.particle) and other.prep in (
                    "after",
                    "during",
                    "since",
                    "amid",
                    "despite",
                    "over",
                    "about",
                    "before",
                    "until",
                    "because",
                ):
                    break
                words.update(other.words)
            elif other.kind in ("V", "that", "S", "W", ";", ":", ".", "(", ","):
                if (
                    other.kind == ","
                    and ahead + 1 < len(self.chunks)
                    and self.chunks[ahead + 1].kind == "N"
                    and not self.chunks[ahead + 1].prep
                    and ahead < index + 4
                ):
                    continue
                break
        return words

    def _relative_object(self, index: int) -> tuple[str, ...]:
        """The words of the noun phrase that a relative clause takes as its object ("the pact that A and B signed")."""
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if following is not None and following.kind == "N" and not following.prep:
            return ()
        back = index - 1
        while back > 0 and self.chunks[back].kind in ("N", "C", "A") and not self.chunks[back].prep:
            back -= 1
        opens = self.chunks[back] if back > 0 else None
        if opens is None or back == index - 1 or opens.words not in (("that",), ("which",)):
            return ()
        noun = self.chunks[back - 1]
        return noun.words if noun.kind == "N" else ()

    def _before(self, index: int) -> list[Chunk]:
        chunks = []
        for back in range(index - 1, -1, -1):
            if self.chunks[back].kind in ("V", "S", ";", "W"):
                break
            chunks.append(self.chunks[back])
        return chunks

    def _after(self, index: int) -> list[Chunk]:
        chunks = []
        for chunk in self.chunks[index + 1 : index + 10]:
            if chunk.kind in ("V", "S", ";", "W", "that"):
                break
            chunks.append(chunk)
        return chunks

    def _others(self, found: list[Mention], subject: list[Mention]) -> list[Mention]:
        own = {m.code for m in subject}
        others = distinct([m for m in found if m.code and m.code not in own])
        return first_group(others, self.analysis.tokens.text)

    def _add(
        self,
        type_: EventType,
        mode: str,
        actors: list[Mention],
        recipients: list[Mention],
        trigger: Chunk,
        index: int,
        confidence: float,
        *,
        symmetric: bool = False,
        place: Mention | None = None,
    ) -> None:
        actors = distinct([m for m in actors if m.code])
        recipients = distinct([m for m in recipients if m.code])
        if not actors:
            return
        if symmetric:
            actors = distinct([*actors, *recipients])
            recipients = []
            if len({m.code for m in actors}) < 2:
                return
        elif (
            recipients
            and {m.code for m in recipients} <= {m.code for m in actors}
            and type_ in (T.CONSULT, T.SUPPORT, T.AGREE, T.AID, T.COOPERATE)
        ):
            recipients = []
            if type_ is T.CONSULT:
                return
        last = trigger.last
        for chunk in self.chunks[index + 1 :]:
            if chunk.kind in ("V", "S", ";", "that", "W"):
                break
            last = chunk.last
        if type_ is T.CONSULT and not mode and not {"phone", "telephone"}.isdisjoint(self.analysis.tokens.low):
            mode = "phone"
        if mode and mode not in type_.modes:
            mode = ""
        if type_ in (T.REQUEST, T.REJECT, T.ACCUSE, T.THREATEN):
            self._contained(index)
        self.found.append(
            Act(type_, mode, actors, recipients, symmetric, trigger, trigger.first, last, confidence, place, index)
        )

    def _with(self, index: int, subject: list[Mention]) -> list[Mention]:
        partner = []
        for position in range(index + 1, min(index + 9, len(self.chunks))):
            chunk = self.chunks[position]
            if chunk.kind in ("V", "S", "W", ";", "that"):
                break
            if chunk.kind == "N" and chunk.prep == "with":
                partner += coordinated(self.chunks, position, self.setting)
        return self._others(partner, subject)

    def _place(self, index: int) -> Mention | None:
        for chunk in self._after(index):
            if chunk.kind == "N" and chunk.prep in ("in", "at", "to"):
                for mention in chunk.mentions:
                    if mention.form in ("capital", "city", "metonym") or (
                        mention.form == "name" and mention.kind == "state"
                    ):
                        return mention
        return None

    def _contained(self, index: int) -> None:
        """What a request, accusation, refusal or threat contains is no act of its own."""
        for ahead in range(index + 1, len(self.chunks)):
            other, before = self.chunks[ahead], self.chunks[ahead - 1]
            if other.kind in (";", "W") or (other.kind == "S" and other.words[0] != "that"):
                return
            if other.kind == "V" and other.finite and (before.kind == "C" or other.lemma in SAY):
                return
            if other.kind == "V":
                self.consumed.add(ahead)

    def _demand_mode(self, index: int) -> str:
        words: set[str] = set()
        if self.chunks[index].lemma in (
            "stop",
            "halt",
            "end",
            "cease",
            "abandon",
            "drop",
            "forsake",
            "renounce",
            "change",
        ):
            return "change"
        for ahead in range(index, min(index + 6, len(self.chunks))):
            other = self.chunks[ahead]
            words.update(other.words if other.kind == "N" else (other.lemma,))
        named = classes()
        if words & {"meet", "talks", "negotiate", "meeting", "mediate", "dialogue", "summit", "negotiations"}:
            return "meet"
        if words & (named["@aid"] | {"support", "help", "assist", "protect", "protection"}):
            return "assist"
        if words & {
            "release",
            "free",
            "withdraw",
            "withdrawal",
            "lift",
            "ceasefire",
            "truce",
            "disarm",
            "resign",
            "surrender",
            "extradite",
            "return",
            "pull",
        }:
            return "yield"
        return "change"

    def _content_index(self, index: int) -> int | None:
        """The infinitive that this verb governs: next, or after one object ("urged Iran to stop")."""
        chunks = self.chunks
        ahead = index + 1
        nouns = 0
        while ahead < len(chunks) and ahead <= index + 7:
            chunk = chunks[ahead]
            if chunk.kind == "V":
                return ahead if chunk.infinitive else None
            if chunk.kind == "N":
                nouns += 1
                if nouns > 3:
                    return None
            elif chunk.kind in ("A", "C"):
                pass
            elif chunk.kind in ("that", "S", "W", ";", ":", ".", "P") or (
                chunk.kind == "," and (nouns == 0 or (ahead + 1 < len(chunks) and chunks[ahead + 1].kind != "V"))
            ):
                return None
            ahead += 1
        return None

    def _consume_content(self, index: int) -> None:
        content = self._content_index(index)
        if content is not None:
            self.consumed.add(content)

    def _violence_mode(self, mode: str) -> str:
        low = set(self.analysis.tokens.low)
        if mode in ("targeted", "abduct", "torture", "sexual", "beat"):
            return mode
        if "suicide" in low:
            return "suicide-attack"
        if (
            low & {"bomb", "bombs", "explosive", "bombing", "explosion", "mine", "minefield", "blast"}
            and mode != "heavy-weapons"
        ):
            return "explosives"
        if low & {"drone", "drones"}:
            return "drone"
        if low & {"airstrike", "airstrikes", "warplanes", "helicopters", "jets", "air"} and low & {
            "strike",
            "strikes",
            "raid",
            "raids",
            "airstrike",
            "airstrikes",
            "warplanes",
            "jets",
            "helicopters",
        }:
            return "aerial" if mode not in ("heavy-weapons",) else mode
        if low & {"gunbattle", "firefight", "gunmen", "gunfire"}:
            return "firearms"
        if low & {"machetes", "knives", "stones"}:
            return "primitive"
        return mode

    def _backgrounded(self, index: int) -> bool:
        """Whether the clause of this verb hangs on another by a relative or a subordinator."""
        for back in range(index - 1, -1, -1):
            other = self.chunks[back]
            if other.kind == "W" or (other.kind == "S" and other.words[0] != "that"):
                return True
            if other.kind in ("V", ";"):
                return False
        return False
