"""Mentions of states, organisations, armed groups and persons, each with its characters and whom it stands for.

One pass over the tokens with a look-up a token. A name that could mean two states, or that is a newspaper's, a
sea's or a person's, is left out rather than guessed. A person whose state neither the text nor the list of leaders
gives is returned with an empty code: who reads the mention decides whether the context licenses one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date

from comity.language.designated import Hit, Mention, MentionKind, NameReading
from comity.language.lexicons import Sense, Title
from comity.language.name_words import (
    BETWEEN,
    DAYS,
    FORMER,
    HONORIFICS,
    KINGDOM,
    LED,
    PARTY_NOUNS,
)
from comity.language.names import NOT_NAMES, name_after, name_before
from comity.language.people import People, Person, leader_in_office, leader_surnamed, leaders
from comity.language.routes import routes_in
from comity.language.words import Tokens, tokenise
from comity.terms import Rank


class _Reading(NameReading):
    """One text's names, and the persons who hold offices in it; `leaders` are those known beyond the own list, and it."""

    leaders: People | None = None

    def find_persons(self) -> list[Mention]:
        """Find offices, with their holders and states; the names inside a person are no mentions of their own."""
        words, low = self.tokens.words, self.tokens.low
        found: list[Mention] = []
        titles, reached = self.lexicon.titles, 0
        for index in [place for place, word in enumerate(low) if word in titles]:
            if index < reached or index in self.at:
                continue
            title = self._title_at(index)
            if title is None or (title.low == ("general",) and not words[index][0].isupper()):
                continue
            reached = self._person_at(title, index, found)
        return found

    def _title_at(self, index: int) -> Title | None:
        """The longest office whose words stand at `index`."""
        low = self.tokens.low
        for title in self.lexicon.titles.get(low[index], ()) if index < len(low) else ():
            if len(title.low) == 1 or tuple(low[index : index + len(title.low)]) == title.low:
                return title
        return None

    def _person_at(self, title: Title, index: int, found: list[Mention]) -> int:
        """Read a person around the office at `index`; return where to go on."""
        tokens, low = self.tokens, self.tokens.low
        last = index + len(title.low) - 1
        rank, sector = title.rank, title.sector
        # "Army Chief General ...", "Chief of Army Staff Gen. ...": two offices in a row are one person's.
        office_last = last
        while True:
            more = self._title_at(office_last + 1)
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
        person = self._identify(name, code, " ".join(title.low))
        if person is not None:
            code = code or person.code
        if name is None and not code:
            return office_last + 1
        if name is None and low[last].endswith("s") and low[last] != "chief":
            return office_last + 1  # "ministers", "leaders": a role of the state, found with its name
        # "Former French President", "ex-French president": the word may stand before the state.
        before_first = left_first - (2 if left_first > 1 and low[left_first - 1] == "-" else 1)
        former = any(low[position] in FORMER for position in range(max(before_first, 0), index))
        office_end = name_first - 1 if name is not None and name_first > office_last else right_last
        while office_end > first and low[office_end] in (",", "the"):
            office_end -= 1
        office = tokens.text[tokens.starts[first] : tokens.ends[max(office_end, office_last)]]
        mention_sectors = ("ELI",) if former else ((sector,) if sector else sectors)
        if code and code in ("UNO", "EUR", "IGO", "NGO") and not former:
            mention_sectors = ()
        full = person.name if person is not None else (name or "")
        if former:
            rank = Rank.OTHER
        elif low[index : office_last + 1] == ["counterpart"]:
            rank = self._rank_answered(found, code)
        elif code and rank is title.rank:
            rank = title.rank_in(code)
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
            self.at[position] = Hit(begins, ends, Sense(code, "person"))
        # Hits stand in order and do not overlap, so those within the person stand together.
        del self.hits[
            bisect_left(self.hits, begins, key=lambda hit: hit.last) : bisect_right(
                self.hits, ends, key=lambda hit: hit.first
            )
        ]
        return ends + 1

    @staticmethod
    def _rank_answered(found: list[Mention], code: str) -> Rank:
        """The rank that a counterpart holds: that of the last officer named before, of another state."""
        for mention in reversed(found):
            if mention.rank not in (None, Rank.OTHER) and (not code or mention.code != code):
                return mention.rank or Rank.OTHER
        return Rank.OTHER

    def stops_name(self, index: int) -> bool:
        """Whether a person's name cannot go on with this token."""
        low = self.tokens.low[index]
        if low in NOT_NAMES or low in DAYS:
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
            if low[start - 1] in BETWEEN or (low[start - 1] in ("-",) and start >= 2 and low[start - 2] in BETWEEN):
                start -= 1
                continue
            if (
                before[0].isupper()
                and before.isalpha()
                and (start > 1 or low[index] in ("minister", "secretary"))
                and low[start - 1] not in NOT_NAMES
                and low[start - 1] not in DAYS
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
            and (not self.is_modifier(hit) or self._once(hit))
        ):
            return hit.first, hit.sense.code, hit.sense.sectors
        if position >= 1 and low[position] in ("of", "under") and low[position - 1] in PARTY_NOUNS:
            hit = self.at.get(position - 2)
            if hit is not None and hit.sense.code:
                return hit.first, hit.sense.code, hit.sense.sectors
        return first, "", ()

    def _once(self, hit: Hit) -> bool:
        """Whether "ex-" before a state belongs to the office behind it: "ex-French President X" is a former one."""
        return hit.first >= 2 and self.tokens.low[hit.first - 1] == "-" and self.tokens.low[hit.first - 2] == "ex"

    def _state_right(self, last: int) -> tuple[int, str]:
        """The state after "of": "president of Armenia", "Ambassador of the Kingdom of Morocco"."""
        low = self.tokens.low
        position = last + 2
        for _ in range(3):
            if position < len(low) and low[position] == "the":
                position += 1
            elif position + 1 < len(low) and low[position] in KINGDOM and low[position + 1] == "of":
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
            if low[position] == "by" and position and low[position - 1] in LED:
                for noun in range(position - 2, max(position - 6, -1), -1):
                    if low[noun] in PARTY_NOUNS:
                        hit = self.at.get(noun - 1)
                        return hit.sense.code if hit is not None and hit.sense.form in ("demonym", "name") else ""
                return ""
            if low[position] in (".", ";"):
                return ""
        return ""

    def _identify(self, name: str | None, code: str, title: str) -> Person | None:
        """The person known by that name, or by it behind the title, whose state does not contradict the one stated."""
        if not name:
            return None
        surname = name.split()[-1]
        known = self.leaders or leaders()
        options = [
            self.known.get(name.lower()),
            self.people.named(name) if self.people is not None else None,
            known.named(name, self.on),
            known.ruler(title, name, self.on),
        ]
        if " " not in name:
            options += [
                self.known.get(surname.lower()),
                self.people.surnamed(surname) if self.people is not None else None,
                leader_in_office(surname, self.on, self.leaders),
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

    def find_named_again(self) -> list[Mention]:
        """Find persons by the surname or full name alone: those of this text, of `people`, and serving leaders."""
        words, low = self.tokens.words, self.tokens.low
        found: list[Mention] = []
        reached = 0
        for index in [place for place, word in enumerate(words) if word[0].isupper() and len(word) > 1]:
            if index < reached or index in self.at or low[index] in NOT_NAMES:
                continue
            name, first, last = name_after(self.tokens, index, self.stops_name, comma=False)
            if name is None or last in self.at:  # "Jean-" before a "Yves" that begins another mention
                continue
            person = self._recall(name, first, last)
            if person is None:
                reached = max(first, index) + 1
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
            reached = last + 1
        return found

    def _recall(self, name: str, first: int, last: int) -> Person | None:
        words, low = self.tokens.words, self.tokens.low
        if " " in name:
            key = name.lower()
            person = (
                self.known.get(key)
                or (self.people.named(name) if self.people is not None else None)
                or (self.leaders or leaders()).named(name, self.on)
            )
            return person if person is not None and person.code else None
        honorific = first > 0 and (
            low[first - 1] in HONORIFICS or (low[first - 1] == "." and first > 1 and low[first - 2] in HONORIFICS)
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
        if person is None and honorific and low[first - 1] == "sheikh":
            person = (self.leaders or leaders()).ruler("sheikh", name, self.on)
        if person is None and "-" in name:
            person = leader_surnamed(name, self.on, self.leaders)
        if person is None:
            person = leader_surnamed(low[first], self.on, self.leaders)
        return person if person is not None and person.code else None


# The forms in which a town is named.
_TOWNS = frozenset({"capital", "city"})


def find_mentions(
    text: str, *, on: date | None = None, people: People | None = None, leaders: People | None = None
) -> list[Mention]:
    """Return the mentions of actors in `text`, in order, without overlap.

    Args:
        text: any text; offsets count its characters.
        on: the day from which names and offices are read (publication); None reads them as of today.
        people: persons known from elsewhere in the document, so that a bare surname leads to them.
        leaders: the leaders to know; None are those of the own list, `known_leaders` joins others to them.
    """
    return mentions_in(tokenise(text), on=on, people=people, leaders=leaders)


def people_among(mentions: Iterable[Mention]) -> People:
    """Return the persons whom the mentions name together with a state, so that they are known in the next text."""
    return People(
        Person(mention.person, mention.code, mention.office, mention.rank, mention.sectors)
        for mention in mentions
        if mention.person and mention.code
    )


def mentions_in(
    tokens: Tokens,
    *,
    on: date | None = None,
    people: People | None = None,
    named: set[str] | None = None,
    leaders: People | None = None,
) -> list[Mention]:
    """`find_mentions` over tokens that are already cut.

    named: the codes of the states named in full in the passages before, by which a shared short name ("Korea",
        "Congo") is read; those of this passage are added.
    """
    if not tokens.words:
        return []
    reading = _Reading(tokens, on, people)
    reading.leaders = leaders
    if named is not None:
        reading.named = named
    reading.find_names()
    persons = reading.find_persons()
    again = reading.find_named_again()
    found = sorted([*persons, *again, *reading.states()], key=lambda mention: mention.start)
    routes = routes_in(tokens)
    if routes:  # the towns of a route stand for no government
        found = [one for one in found if one.form not in _TOWNS or not _within(one, routes)]
    return found


def _within(mention: Mention, spans: list[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)


__all__ = ["Mention", "MentionKind", "find_mentions", "mentions_in", "people_among"]
