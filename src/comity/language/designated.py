"""Names of states, organisations and groups in a text: found by look-up, left out where they mean something else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from comity.language.lexicons import Entry, Sense, lexicon
from comity.language.name_words import (
    ALSO_FIRST_NAMES,
    ALSO_SURNAMES,
    FIRST_NAMES,
    INSTITUTION_WORDS,
    LED_BY_STATE,
    LOWER_TOO_COMMON,
    MONEY,
    NAMED_AFTER,
    OF_HEADS,
    OTHER_THING,
    PARTICIPLES,
    PREFIXES,
    US_STATE_OF_GEORGIA,
    US_STATES,
)
from comity.language.names import NOT_NAMES
from comity.language.people import People, Person
from comity.language.words import Tokens
from comity.terms import Rank


class MentionKind(StrEnum):
    """What is mentioned."""

    STATE = "state"
    ORGANISATION = "organisation"
    PERSON = "person"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention verbatim: `whole[start:end] == text`.

    Attributes:
        code: state code or PLOVER code; for an armed group the state it acts in; empty where nothing licenses one.
        sectors: PLOVER sectors of an office, an institution, or of the people named right after ("Syrian rebels").
        person, office, rank: for a person; the name may be empty where only the office is named ("the French president").
        form: name, demonym, capital, city, metonym, person, organisation, group, or modifier for a state that only
            qualifies another word ("Syrian-backed", "anti-Japanese").
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    code: str
    sectors: tuple[str, ...] = ()
    person: str = ""
    office: str = ""
    rank: Rank | None = None
    form: str = "name"


@dataclass(slots=True)
class Hit:
    """A name found at tokens first..last (inclusive)."""

    first: int
    last: int
    sense: Sense


class NameReading:
    """One text's tokens with the names that are found in them."""

    def __init__(self, tokens: Tokens, on: date | None, people: People | None) -> None:
        self.tokens = tokens
        self.on = on
        self.people = people
        self.known: dict[str, Person] = {}
        self.lexicon = lexicon()
        letters = tokens.text
        self.lowered = letters.islower()
        self.capitals = letters.isupper()
        self._title_case: bool | None = None
        self.named: set[str] = set()  # states whose name of several words stood in full so far
        self.hits: list[Hit] = []
        self.at: dict[int, Hit] = {}

    @property
    def title_case(self) -> bool:
        """Whether nearly all longer words have a capital, as in a headline."""
        if self._title_case is None:
            longer = [word for word in self.tokens.words if len(word) > 3 and word[0].isalpha()]
            capital = sum(word[0].isupper() for word in longer)
            self._title_case = len(longer) > 2 and capital * 10 >= len(longer) * 8
        return self._title_case

    def find_names(self) -> None:
        """Find every name of the lexicon, longest first, and leave out those that mean something else here."""
        words, low = self.tokens.words, self.tokens.low
        names, reached = self.lexicon.names, 0
        for index in [place for place, word in enumerate(low) if word in names]:
            if low[index] == "north" and tuple(low[index + 1 : index + 3]) == ("and", "south"):
                self._two_koreas(index)
            if index < reached or not (self.lowered or words[index][0].isupper() or low[index] in ("al", "the")):
                continue
            found = self._longest(names[low[index]], index)
            if found is None:
                continue
            entry, sense = found
            last = index + len(entry.behind)
            if sense is None:
                sense = self._licensed(entry)
            elif sense.form == "name" and entry.behind:
                self.named.add(sense.code)
            if sense is not None and sense.form != "none" and self._means_it(index, last, sense):
                hit = Hit(index, last, sense)
                self.hits.append(hit)
                for position in range(index, last + 1):
                    self.at[position] = hit
            elif sense is not None and sense.form == "none":
                for position in range(index, last + 1):
                    self.at[position] = Hit(index, last, sense)
            reached = last + 1

    def _two_koreas(self, index: int) -> None:
        """Read "North and South Korea(n)": the first word stands for the one that is not named again."""
        if self.tokens.low[index + 3 : index + 4] and self.tokens.low[index + 3] in ("korea", "korean", "koreans"):
            hit = Hit(index, index, Sense("PRK", "demonym" if self.tokens.low[index + 3] != "korea" else "name"))
            self.hits.append(hit)
            self.at[index] = hit

    def _longest(self, entries: list[Entry], index: int) -> tuple[Entry, Sense | None] | None:
        words, low = self.tokens.words, self.tokens.low
        for entry in entries:
            end = index + 1 + len(entry.behind)
            if entry.behind and low[index + 1 : end] != entry.behind:
                continue
            if self._case_fits(entry, words[index:end]):
                return entry, self._sense(entry)
        return None

    def _licensed(self, entry: Entry) -> Sense | None:
        """The one bearer of a shared name that the text named in full before ("the Republic of Korea ... Korea")."""
        meant = [sense for sense in entry.senses if sense.form == "name" and sense.code in self.named]
        return meant[0] if len({sense.code for sense in meant}) == 1 else None

    def _case_fits(self, entry: Entry, found: list[str]) -> bool:
        if self.lowered:
            return not any(word in LOWER_TOO_COMMON or len(word) < 4 for word in found)
        for written, word in zip(entry.words, found, strict=True):
            if entry.acronyms and written.isupper() and len(written) > 1:
                if word != written or (self.capitals and written in ("US", "WHO")):
                    return False
            elif written[0].isupper() and not word[0].isupper():
                return False
        return True

    def _sense(self, entry: Entry) -> Sense | None:
        """The one sense that holds; a state of the past where no other bears the name; None where two could be meant."""
        if len(entry.senses) == 1 and entry.senses[0].form != "capital":
            return entry.senses[0]
        senses = [sense for sense in entry.senses if sense.holds(self.on)] or list(entry.senses)
        codes = {sense.code for sense in senses}
        if len(codes) > 1:  # in 1985 Prague was Czechoslovakia's
            senses = [sense for sense in senses if sense.form == "capital" and sense.end is not None]
            codes = {sense.code for sense in senses}
        if len(codes) != 1:
            return None
        best = senses[0]
        if best.form == "capital" and not best.holds(self.on):
            return replace(best, form="city")
        return best

    def _means_it(self, first: int, last: int, sense: Sense) -> bool:
        words, low = self.tokens.words, self.tokens.low
        before = low[first - 1] if first else ""
        after = low[last + 1] if last + 1 < len(low) else ""
        after_word = words[last + 1] if after else ""
        if sense.form == "prefix":
            return after == "-" and last + 2 < len(words) and words[last + 2][0].isupper()
        if after in MONEY or (after == "-" and low[last + 2 : last + 3] == ["$"]):
            return False  # "US$ 2 billion", "Canadian dollars"
        if sense.form in ("organisation", "group"):
            return True
        if after_word[:1].isupper() and not self.title_case and not self.capitals:
            if after in OTHER_THING and sense.form != "metonym":
                return False
            if sense.form in ("capital", "city") and after in NAMED_AFTER:
                return False
        if after == "," and self._in_us_state(last + 2, sense):
            return False
        if before == "of" and first >= 2 and low[first - 2] in OF_HEADS and words[first - 2][0].isupper():
            return False
        name = low[first]
        if first == last and name in ALSO_SURNAMES and before in FIRST_NAMES and words[first - 1][0].isupper():
            return False
        if (
            first == last
            and name in ALSO_FIRST_NAMES
            and before != "-"
            and not self.title_case
            and after_word[:1].isupper()
            and len(after_word) > 2
            and after not in INSTITUTION_WORDS
            and after not in self.lexicon.roles
            and after not in self.lexicon.titles
            and after not in self.lexicon.names
        ):
            return False
        if name == "georgia" and first == last:
            near = low[max(0, first - 4) : last + 4]
            return not any(word in US_STATE_OF_GEORGIA for word in near)
        if name == "turkey" and after in ("sandwich", "meat", "breast", "dinner", "farm", "farmers", "hunting"):
            return False
        return not (name == "washington" and after in ("state", "wizards", "nationals", "redskins"))

    def _in_us_state(self, index: int, sense: Sense) -> bool:
        """Whether a place of another state's name follows its comma at `index`: "Lebanon, Pennsylvania," "Athens, Georgia."."""
        words, low = self.tokens.words, self.tokens.low
        if sense.form not in ("name", "capital", "city") or index >= len(low) or low[index] not in US_STATES:
            return False
        closes = index + 1 >= len(low) or not low[index + 1][0].isalnum()
        return (
            words[index][0].isupper()
            and closes
            and (low[index] != "georgia" or (sense.form == "capital" and sense.code != "GEO"))
        )

    def is_modifier(self, hit: Hit) -> bool:
        """Whether the name only qualifies a word that hangs on it by a hyphen ("Syrian-backed", "pro-Iranian")."""
        low = self.tokens.low
        if hit.last + 2 < len(low) and low[hit.last + 1] == "-" and low[hit.last + 2] in PARTICIPLES:
            return not (low[hit.last + 2] == "led" and hit.last + 3 < len(low) and low[hit.last + 3] in LED_BY_STATE)
        return hit.first >= 2 and low[hit.first - 1] == "-" and low[hit.first - 2] in PREFIXES

    def states(self) -> list[Mention]:
        """Turn the names that are left into mentions."""
        tokens = self.tokens
        result = []
        for hit in self.hits:
            sense = hit.sense
            start, end = tokens.starts[hit.first], tokens.ends[hit.last]
            if sense.group:
                kind = MentionKind.GROUP
            elif sense.form == "organisation":
                kind = MentionKind.ORGANISATION
            else:
                kind = MentionKind.STATE
            form = "modifier" if self.is_modifier(hit) else ("demonym" if sense.form == "prefix" else sense.form)
            result.append(
                Mention(
                    start,
                    end,
                    tokens.text[start:end],
                    kind,
                    sense.code,
                    sense.sectors or self._role_after(hit) or self._role_before(hit),
                    form=form,
                )
            )
        return result

    def _role_before(self, hit: Hit) -> tuple[str, ...]:
        """The sector of those named right before a place ("a court in Tunis"); officials there may be anybody's."""
        low = self.tokens.low
        if hit.sense.form not in ("capital", "city", "name") or hit.first < 2 or low[hit.first - 1] != "in":
            return ()
        sector = self.lexicon.roles.get(low[hit.first - 2])
        return (sector,) if sector not in (None, "GOV") else ()

    def _role_after(self, hit: Hit) -> tuple[str, ...]:
        """The sector of the people named right after a state ("Syrian rebels", "Kenya's parliament"), two words on at most."""
        low = self.tokens.low
        position = hit.last + 1
        if position < len(low) and low[position] in ("'s", "’s", "'"):
            position += 1
        for step in range(3):
            if position + step >= len(low) or not low[position + step].isalpha() or (position + step) in self.at:
                return ()
            sector = self.lexicon.roles.get(low[position + step])
            if sector is not None:
                central = low[position + step] == "bank" and step and low[position + step - 1] == "central"
                return ("GOV",) if central else (sector,)
            if low[position + step] in NOT_NAMES:
                return ()
        return ()
