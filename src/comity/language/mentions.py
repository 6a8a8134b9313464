"""Mentions of states, organisations, armed groups and persons, each with its characters and whom it stands for.

One pass over the tokens with a look-up a token. A name that could mean two states, or that is a newspaper's, a
sea's or a person's, is left out rather than guessed. A person whose state neither the text nor the list of leaders
gives is returned with an empty code: who reads the mention decides whether the context licenses one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from comity.language.lexicons import Entry, Sense, Title, lexicon
from comity.language.names import NOT_NAMES, name_after, name_before
from comity.language.people import People, Person, leader_surnamed, leaders
from comity.language.words import Tokens, tokenise
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
class _Hit:
    """A name found at tokens first..last (inclusive)."""

    first: int
    last: int
    sense: Sense


_PARTICIPLES = frozenset(
    "led backed held occupied based born owned ruled controlled brokered sponsored made style funded trained dominated"
    " friendly mediated drafted member supported allied aligned administered built supplied speaking educated designed"
    " produced registered flagged inspired financed proposed hosted run chaired imposed installed governed linked type"
    " era drawn bound only".split()
)
_LED_BY_STATE = frozenset("forces troops coalition alliance".split())
_PREFIXES = frozenset("pro anti non ex post pre un trans cross intra inter all mid".split())
# A capitalised word after a state's name that makes it the name of something else: press, waters, sport, firms.
_OTHER_THING = frozenset(
    "times post daily express herald tribune observer gazette ocean sea river cup airlines airways street avenue stadium"
    " olympics broadcasting magazine quarterly prix airport square university college institute".split()
)
# After a capital: a text or process named after the place where it was made.
_NAMED_AFTER = frozenset(
    "declaration accord accords protocol treaty convention consensus process agenda principles communique summit"
    " conference agreement agreements plan".split()
)
_OF_HEADS = frozenset(
    "university bank gulf sea bay strait battle duke prince church times treaty isle institute county".split()
)
_FIRST_NAMES = frozenset(
    """michael john david james robert william george paul peter mark thomas richard chris kevin brian steve stephen daniel
    andrew anthony eric scott matthew ryan jason joe frank larry jim tom mike bill bob barbara mary linda susan karen
    lisa nancy vernon hamilton neil barry denzel kerry dinah booker harold walter martin simon jack jeremy deandre
    paris louis charles edward henry ann anne anna jane emma kate sarah julia julie jessica jennifer""".split()
)
_ALSO_SURNAMES = frozenset(
    "jordan chad israel georgia france ireland holland england washington london paris kenya india poland wales cuba malta".split()
)
_ALSO_FIRST_NAMES = frozenset("jordan chad israel georgia kenya india paris chelsea sydney".split())
_INSTITUTION_WORDS = frozenset(
    """defense defence radio television army air navy police state national government foreign prime president king queen
    minister ministry embassy ambassador parliament security central supreme high first secretary chief police and
    bank federation council house republic television authority authorities monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december""".split()
)
_US_STATE_OF_GEORGIA = frozenset(
    "atlanta savannah augusta republicans republican democrats democrat bulldogs governor u.s.".split()
)
_LOWER_TOO_COMMON = frozenset(
    "turkey chad jordan china us polish who georgia guinea male cuba mali niger lima rabat eta".split()
)
_BETWEEN = frozenset(
    """new former acting deputy then visiting late outgoing incumbent elected first caretaker interim newly appointed
    junior senior assistant vice state second top chief current longtime long-time veteran ousted re-elected-
    hardline moderate exiled influential powerful""".split()
)
_FORMER = frozenset({"former", "ex", "ousted", "late", "deposed", "onetime"})
_LED = frozenset("led headed".split())
_PARTY_NOUNS = frozenset(
    "delegation team side mission party government administration cabinet contingent regime".split()
)
_HONORIFICS = frozenset(
    "mr mrs ms dr sir lord sheikh gen lt col maj adm capt prof hon mohtarma shri sri ayatollah madam madame".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today".split())
_KINGDOM = frozenset("kingdom republic state government people sultanate emirate".split())


class _Reading:
    """One text's tokens with what is found in them, step by step."""

    def __init__(self, tokens: Tokens, on: date | None, people: People | None) -> None:
        self.tokens = tokens
        self.on = on
        self.people = people
        self.known: dict[str, Person] = {}
        self.lexicon = lexicon()
        letters = tokens.text
        self.lowered = letters.islower()
        self.capitals = letters.isupper()
        words = tokens.words
        alphabetic = [word for word in words if word[0].isalpha() and len(word) > 3]
        capital = sum(word[0].isupper() for word in alphabetic)
        self.title_case = len(alphabetic) > 2 and capital * 10 >= len(alphabetic) * 8
        self.hits: list[_Hit] = []
        self.at: dict[int, _Hit] = {}

    # --- names -------------------------------------------------------------------------------------------------

    def find_names(self) -> None:
        """Find every name of the lexicon, longest first, and leave out those that mean something else here."""
        words, low = self.tokens.words, self.tokens.low
        names, index, size = self.lexicon.names, 0, len(words)
        while index < size:
            entries = names.get(low[index])
            if entries is None or not (self.lowered or words[index][0].isupper() or low[index] in ("al", "the")):
                index += 1
                continue
            found = self._longest(entries, index)
            if found is None:
                index += 1
                continue
            entry, sense = found
            last = index + len(entry.low) - 1
            if sense is not None and sense.form != "none" and self._means_it(index, last, sense):
                hit = _Hit(index, last, sense)
                self.hits.append(hit)
                for position in range(index, last + 1):
                    self.at[position] = hit
            elif sense is not None and sense.form == "none":
                for position in range(index, last + 1):
                    self.at[position] = _Hit(index, last, sense)
            index = last + 1

    def _longest(self, entries: list[Entry], index: int) -> tuple[Entry, Sense | None] | None:
        words, low = self.tokens.words, self.tokens.low
        for entry in entries:
            length = len(entry.low)
            if length > 1 and tuple(low[index : index + length]) != entry.low:
                continue
            if all(self._case_fits(entry.words[step], words[index + step]) for step in range(length)):
                return entry, self._sense(entry)
        return None

    def _case_fits(self, written: str, found: str) -> bool:
        if self.lowered:
            return found not in _LOWER_TOO_COMMON and len(found) > 3
        if written.isupper() and len(written) > 1:
            if self.capitals and written in ("US", "WHO"):
                return False
            return found == written
        return not written[0].isupper() or found[0].isupper()

    def _sense(self, entry: Entry) -> Sense | None:
        """The one sense that holds; a state of the past where no other bears the name; None where two could be meant."""
        senses = [sense for sense in entry.senses if sense.holds(self.on)] or list(entry.senses)
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
        if sense.form in ("organisation", "group"):
            return True
        if after_word[:1].isupper() and not self.title_case and not self.capitals:
            if after in _OTHER_THING and sense.form != "metonym":
                return False
            if sense.form in ("capital", "city") and after in _NAMED_AFTER:
                return False
        if before == "of" and first >= 2 and low[first - 2] in _OF_HEADS and words[first - 2][0].isupper():
            return False
        name = low[first]
        if first == last and name in _ALSO_SURNAMES and before in _FIRST_NAMES and words[first - 1][0].isupper():
            return False
        if (
            first == last
            and name in _ALSO_FIRST_NAMES
            and not self.title_case
            and after_word[:1].isupper()
            and len(after_word) > 2
            and after not in _INSTITUTION_WORDS
            and after not in self.lexicon.roles
            and after not in self.lexicon.titles
            and after not in self.lexicon.names
        ):
            return False
        if name == "georgia" and first == last:
            near = low[max(0, first - 4) : last + 4]
            return not any(word in _US_STATE_OF_GEORGIA for word in near)
        if name == "turkey" and after in ("sandwich", "meat", "breast", "dinner", "farm", "farmers", "hunting"):
            return False
        return not (name == "washington" and after in ("state", "wizards", "nationals", "redskins"))

    def is_modifier(self, hit: _Hit) -> bool:
        """Whether the name only qualifies a word that hangs on it by a hyphen ("Syrian-backed", "pro-Iranian")."""
        low = self.tokens.low
        if hit.last + 2 < len(low) and low[hit.last + 1] == "-" and low[hit.last + 2] in _PARTICIPLES:
            return not (low[hit.last + 2] == "led" and hit.last + 3 < len(low) and low[hit.last + 3] in _LED_BY_STATE)
        return hit.first >= 2 and low[hit.first - 1] == "-" and low[hit.first - 2] in _PREFIXES

    # --- persons -----------------------------------------------------------------------------------------------

    def find_persons(self) -> list[Mention]:
        """Find offices, with their holders and states; the names inside a person are no mentions of their own."""
        words, low = self.tokens.words, self.tokens.low
        found: list[Mention] = []
        titles, index, size = self.lexicon.titles, 0, len(low)
        while index < size:
            candidates = titles.get(low[index])
            if candidates is None or index in self.at:
                index += 1
                continue
            title = next((item for item in candidates if tuple(low[index : index + len(item.low)]) == item.low), None)
            if title is None or (title.low == ("general",) and not words[index][0].isupper()):
                index += 1
                continue
            index = self._person_at(title, index, found)
        return found

    def _person_at(self, title: Title, index: int, found: list[Mention]) -> int:
        """Read a person around the office at `index`; return where to go on."""
        tokens, low = self.tokens, self.tokens.low
        last = index + len(title.low) - 1
        rank, sector = title.rank, title.sector
        # "Army Chief General ...", "Chief of Army Staff Gen. ...": two offices in a row are one person's.
        office_last = last
        while True:
            following = self.lexicon.titles.get(low[office_last + 1], []) if office_last + 1 < len(low) else []
            more = next(
                (t for t in following if tuple(low[office_last + 1 : office_last + 1 + len(t.low)]) == t.low), None
            )
            if more is None or tokens.words[office_last + 1].islower():
                break
            office_last += len(more.low)
        first = self._office_start(index)
        left_first, code, sectors = self._state_left(first)
        right_last = office_last
        if not code and office_last + 2 < len(low) and low[office_last + 1] in ("of", "to", "for"):
            right_last, code = self._state_right(office_last)
        name, name_first, name_last = name_after(
            tokens, right_last + 1, self.stops_name, comma=bool(code) or right_last > office_last
        )
        if name is None:
            extended = self._extended_office(right_last)
            if extended is not None:
                name, name_first, name_last = extended
        begins, ends = left_first, right_last
        if name is not None:
            ends = name_last
            if not code and name_last + 2 < len(low) and low[name_last + 1] == "of":
                after = self.at.get(name_last + 2) or (
                    self.at.get(name_last + 3) if low[name_last + 2] == "the" else None
                )
                if after is not None and after.sense.code and not after.sense.group:
                    code, ends = after.sense.code, after.last
        elif low[index : office_last + 1] != ["counterpart"]:
            before = name_before(tokens, left_first, self.stops_name)
            if before is not None and code:
                name, begins = before
        if not code and name is not None:
            code = self._led_delegation(index)
        person = self._identify(name, code)
        if person is not None:
            code = code or person.code
        if name is None and not code:
            return office_last + 1
        if name is None and low[last].endswith("s") and low[last] != "chief":
            return office_last + 1  # "ministers", "leaders": a role of the state, found with its name
        former = any(low[position] in _FORMER for position in range(left_first, index))
        office_end = name_first - 1 if name is not None and name_first > office_last else right_last
        while office_end > first and low[office_end] in (",", "the"):
            office_end -= 1
        office = tokens.text[tokens.starts[first] : tokens.ends[max(office_end, office_last)]]
        mention_sectors = ("ELI",) if former else ((sector,) if sector else sectors)
        if code and code in ("UNO", "EUR", "IGO", "NGO") and not former:
            mention_sectors = ()
        full = person.name if person is not None else (name or "")
        found.append(
            Mention(
                tokens.starts[begins],
                tokens.ends[ends],
                tokens.text[tokens.starts[begins] : tokens.ends[ends]],
                MentionKind.PERSON,
                code,
                mention_sectors,
                full,
                office,
                rank,
                "person",
            )
        )
        if name is not None:
            self._learn(Person(full, code, office, rank, mention_sectors))
        for position in range(begins, ends + 1):
            self.at[position] = _Hit(begins, ends, Sense(code, "person"))
        self.hits = [hit for hit in self.hits if hit.last < begins or hit.first > ends]
        return ends + 1

    def stops_name(self, index: int) -> bool:
        """Whether a person's name cannot go on with this token."""
        low = self.tokens.low[index]
        if low in NOT_NAMES or low in _DAYS:
            return True
        hit = self.at.get(index)
        return hit is not None and hit.sense.form in ("name", "demonym", "organisation", "person", "group", "metonym")

    def _office_start(self, index: int) -> int:
        """Step left over the capitalised words that belong to the office ("Planning and Investment Minister")."""
        words, low = self.tokens.words, self.tokens.low
        start = index
        while start > 0 and index - start < 6:
            before = words[start - 1]
            if start - 1 in self.at:
                break
            if low[start - 1] in _BETWEEN or (low[start - 1] in ("-",) and start >= 2 and low[start - 2] in _BETWEEN):
                start -= 1
                continue
            if (
                before[0].isupper()
                and before.isalpha()
                and (start > 1 or low[index] in ("minister", "secretary"))
                and low[start - 1] not in NOT_NAMES
                and low[start - 1] not in _DAYS
            ):
                start -= 1
                continue
            if (
                low[start - 1] in ("and", "&")
                and start >= 2
                and words[start - 2][0].isupper()
                and words[start][0].isupper()
                and start - 2 not in self.at
                and start < index
            ):
                start -= 1
                continue
            if low[start - 1] in (
                "defence",
                "defense",
                "foreign",
                "interior",
                "finance",
                "trade",
                "information",
                "energy",
                "security",
                "prime",
                "economy",
                "culture",
                "education",
                "health",
                "agriculture",
                "transport",
            ):
                start -= 1
                continue
            break
        while start < index and low[start] in ("and", "&", "-"):
            start += 1
        return start

    def _state_left(self, first: int) -> tuple[int, str, tuple[str, ...]]:
        """The state that the office at `first` is named with: "Japanese ...", "Pakistan's ...", "the government of ..."."""
        low = self.tokens.low
        position = first - 1
        if (
            (position >= 0 and low[position] == "'s")
            or (position >= 0 and low[position] == "’s")
            or (position >= 1 and low[position] == "'" and low[position - 1].endswith("s"))
        ):
            position -= 1
        hit = self.at.get(position)
        if (
            hit is not None
            and hit.sense.code
            and hit.sense.form not in ("person", "city")
            and not self.is_modifier(hit)
        ):
            return hit.first, hit.sense.code, hit.sense.sectors
        if position >= 1 and low[position] in ("of", "under") and low[position - 1] in _PARTY_NOUNS:
            hit = self.at.get(position - 2)
            if hit is not None and hit.sense.code:
                return hit.first, hit.sense.code, hit.sense.sectors
        return first, "", ()

    def _state_right(self, last: int) -> tuple[int, str]:
        """The state after "of": "president of Armenia", "Ambassador of the Kingdom of Morocco"."""
        low = self.tokens.low
        position = last + 2
        for _ in range(3):
            if position < len(low) and low[position] == "the":
                position += 1
            elif position + 1 < len(low) and low[position] in _KINGDOM and low[position + 1] == "of":
                position += 2
        hit = self.at.get(position)
        if hit is None or not hit.sense.code or low[last + 1] == "for" or hit.sense.form == "demonym":
            return last, ""
        if low[last + 1] == "to":  # "ambassador to France" is not France's
            return last, ""
        return hit.last, hit.sense.code

    def _extended_office(self, last: int) -> tuple[str, int, int] | None:
        """A long office closed by a comma before the name ("Minister of State for External Affairs, V. Muraleedharan,")."""
        low = self.tokens.low
        position = last + 1
        if position >= len(low) or low[position] not in ("for", "of", "in", "on"):
            return None
        for ahead in range(position + 1, min(position + 14, len(low))):
            if low[ahead] in (".", ";", ":") and len(low[ahead - 1]) > 1:
                return None
            if low[ahead] == ",":
                name, first, end = name_after(self.tokens, ahead + 1, self.stops_name, comma=False)
                closes = end + 1 >= len(low) or low[end + 1] in (",", ".", "who", "and", "(")
                return (name, first, end) if name is not None and " " in name and closes else None
        return None

    def _led_delegation(self, index: int) -> str:
        """The state of a delegation that the person at `index` led: "The Japanese delegation was led by ..."."""
        low = self.tokens.low
        for position in range(index - 1, max(index - 8, -1), -1):
            if low[position] == "by" and position and low[position - 1] in _LED:
                for noun in range(position - 2, max(position - 6, -1), -1):
                    if low[noun] in _PARTY_NOUNS:
                        hit = self.at.get(noun - 1)
                        return hit.sense.code if hit is not None and hit.sense.form in ("demonym", "name") else ""
                return ""
            if low[position] in (".", ";"):
                return ""
        return ""

    def _identify(self, name: str | None, code: str) -> Person | None:
        """The person known by that name, whose state does not contradict the one stated."""
        if not name:
            return None
        surname = name.split()[-1]
        options = [
            self.known.get(name.lower()),
            self.people.named(name) if self.people is not None else None,
            leaders().named(name),
        ]
        if " " not in name:
            options += [
                self.known.get(surname.lower()),
                self.people.surnamed(surname) if self.people is not None else None,
                leaders().surnamed(surname, self.on) or leaders().surnamed(surname),
            ]
        for person in options:
            if person is not None and person.code and code in ("", person.code):
                return person
        return None

    def _learn(self, person: Person) -> None:
        for key in (person.name.lower(), person.surname):
            held = self.known.get(key)
            if held is not None and held.code and not person.code:
                continue
            if held is not None and held.code and person.code and held.code != person.code:
                self.known[key] = Person(person.name, "")
            else:
                self.known[key] = person

    # --- persons named again -----------------------------------------------------------------------------------

    def find_named_again(self) -> list[Mention]:
        """Find persons by the surname or full name alone: those of this text, of `people`, and serving leaders."""
        words, low = self.tokens.words, self.tokens.low
        found: list[Mention] = []
        index, size = 0, len(words)
        while index < size:
            word = words[index]
            if not word[0].isupper() or index in self.at or len(word) < 2 or low[index] in NOT_NAMES:
                index += 1
                continue
            name, first, last = name_after(self.tokens, index, self.stops_name, comma=False)
            if name is None:
                index += 1
                continue
            person = self._recall(name, first, last)
            if person is None:
                index = first + 1 if first > index else index + 1
                continue
            begin = index
            tokens = self.tokens
            found.append(
                Mention(
                    tokens.starts[begin],
                    tokens.ends[last],
                    tokens.text[tokens.starts[begin] : tokens.ends[last]],
                    MentionKind.PERSON,
                    person.code,
                    person.sectors,
                    person.name,
                    person.office,
                    person.rank,
                    "person",
                )
            )
            index = last + 1
        return found

    def _recall(self, name: str, first: int, last: int) -> Person | None:
        words, low = self.tokens.words, self.tokens.low
        if " " in name:
            key = name.lower()
            person = (
                self.known.get(key)
                or (self.people.named(name) if self.people is not None else None)
                or leaders().named(name)
            )
            return person if person is not None and person.code else None
        if self.title_case and last + 1 < len(words) and words[last + 1][0].isupper():
            pass
        honorific = first > 0 and (
            low[first - 1] in _HONORIFICS or (low[first - 1] == "." and first > 1 and low[first - 2] in _HONORIFICS)
        )
        if (
            not honorific
            and first > 0
            and words[first - 1][0].isupper()
            and words[first - 1].isalpha()
            and first - 1 not in self.at
            and first > 1
        ):
            return None
        person = self.known.get(low[first]) or (self.people.surnamed(low[first]) if self.people is not None else None)
        if person is None:
            person = leader_surnamed(low[first], self.on)
        return person if person is not None and person.code else None

    # --- the rest ----------------------------------------------------------------------------------------------

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
                    sense.sectors or self._role_after(hit),
                    form=form,
                )
            )
        return result

    def _role_after(self, hit: _Hit) -> tuple[str, ...]:
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
                return (sector,)
            if low[position + step] in NOT_NAMES:
                return ()
        return ()


def find_mentions(text: str, *, on: date | None = None, people: People | None = None) -> list[Mention]:
    """Return the mentions of actors in `text`, in order, without overlap.

    Args:
        text: any text; offsets count its characters.
        on: the day from which names and offices are read (publication); None reads them as of today.
        people: persons known from elsewhere in the document, so that a bare surname leads to them.
    """
    return mentions_in(tokenise(text), on=on, people=people)


def mentions_in(tokens: Tokens, *, on: date | None = None, people: People | None = None) -> list[Mention]:
    """`find_mentions` over tokens that are already cut."""
    if not tokens.words:
        return []
    reading = _Reading(tokens, on, people)
    reading.find_names()
    persons = reading.find_persons()
    again = reading.find_named_again()
    return sorted([*persons, *again, *reading.states()], key=lambda mention: mention.start)
