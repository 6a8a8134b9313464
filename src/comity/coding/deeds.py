"""Acts told plainly, in the active or the passive: who did what to whom."""

from __future__ import annotations

from comity.coding.analysis import SAY, Chunk
from comity.coding.journeys import Journeys
from comity.coding.matching import distinct
from comity.coding.parties import (
    agent_of,
    coded,
    coordinated,
    objects_of,
    parties_after,
)
from comity.coding.patterns import Pattern, classes
from comity.language import Mention
from comity.terms import EventType

T = EventType
_DOMESTIC = frozenset({T.PROTEST, T.CONCEDE, T.RETREAT, T.COERCE, T.ASSAULT})

_PEOPLE_AT_HOME = frozenset(
    """protesters demonstrators demonstrations activists students workers farmers residents people thousands hundreds
    opposition police court judge rebels rebel militants insurgents gunmen refugees supporters prisoners turks albanians
    party parties coalition union unions teachers fundamentalists crowd crowds villagers protestors dissidents clerics
    lawyers journalists doctors soldiers guerrillas bombing explosion""".split()
)


class Deeds(Journeys):
    """Reads verb groups that tell an act as done."""

    def _plain(self, index: int, chunk: Chunk, subject: list[Mention]) -> None:
        reduced = self._reduced(index, chunk) if not chunk.passive else None
        pattern = self._match(index, noun=reduced)
        if pattern is None:
            return
        flags = pattern.flags
        if chunk.passive and chunk.lemma != "oppose":
            self._passive(index, chunk, pattern, subject)
            return
        if reduced is not None:
            self._reduced_relative(index, chunk, pattern, reduced)
            return
        if subject and self._courtesy_call(index, chunk, pattern, subject):
            return
        type_, mode = pattern.type, pattern.mode
        after = parties_after(
            self.chunks, index, self.setting, wide=type_ not in (T.CONSULT, T.COERCE, T.PROTEST), by=type_ is T.REJECT
        )
        if chunk.lemma == "complain":
            over = [
                m
                for c in self._after(index)
                if c.kind == "N" and c.prep in ("over", "about", "of", "against")
                for m in coded(c)
            ]
            after = over or after
        others = self._others(after, subject)
        if "host" in flags or "hostperson" in flags:
            guests = [
                m
                for m in parties_after(self.chunks, index, self.setting, near=True)
                if m.code and not {m.code} & {s.code for s in subject}
            ]
            if (
                "host" in flags
                and self._object_words(index) & classes()["@talks"]
                and not any(m.kind == "person" for m in guests)
            ):
                return
            if (
                guests
                and all(m.form in ("name", "demonym") and not m.sectors for m in [*guests, *subject])
                and ("host" in flags)
            ):
                return  # "Wales host Georgia": of bare states it is a match that is told
            if guests and subject:
                where = self._place(index)
                if where is not None and where.code not in {m.code for m in [*guests, *subject]}:
                    # on a third state's ground nobody is host
                    self._add(type_, "", [*subject, *guests], [], chunk, index, 0.8, symmetric=True, place=where)
                    return
                self._add(type_, mode, guests, subject, chunk, index, 0.85)
            return
        if not subject:
            subject = self._domestic(index, type_)
        if "summon" in flags:
            words = " ".join(self.analysis.tokens.low[chunk.last :])
            if not others or not subject:
                return
            if any(
                word in words for word in ("protest", "complain", "condemn", "explain", "object", "over", "concern")
            ):
                self._add(type_, mode, subject, others[:1], chunk, index, 0.85)
            return
        if not subject:
            return
        if "call" in flags:
            if others:
                self._meeting(index, chunk, pattern, subject, others)
            return
        if "place" in flags:
            self._journey(index, chunk, subject)
            return
        if type_ is T.CONSULT and mode == "visit" and "obj" in flags:
            self._visit(index, chunk, subject)
            return
        if type_ is T.CONSULT and mode == "visit":
            hosts = [
                m
                for m in parties_after(self.chunks, index, self.setting, wide=False)
                if m.code not in {s.code for s in subject}
            ]
            self._visits_to(index, chunk, subject, hosts)
            return
        if "joint" in flags or "solo" in flags:
            several = len({m.code for m in subject}) > 1
            partner = self._with(index, subject)
            nouns = self._object_words(index)
            if "joint" in flags and not several and not partner and not nouns & {"joint", "jointly"}:
                self._add(T.MOBILIZE, "troops", subject, [], chunk, index, 0.75)
                return
            if several or partner:
                self._add(T.COOPERATE, "", [*subject, *partner], [], chunk, index, 0.85, symmetric=True)
            return
        if "symwith" in flags:
            partner = self._with(index, subject)
            if len({m.code for m in subject}) > 1 or partner:
                self._add(type_, mode, [*subject, *partner], [], chunk, index, 0.8, symmetric=True)
            return
        if "meet" in flags:
            return
        if "ratify" in flags:
            if len({m.code for m in subject}) > 1:
                self._add(type_, mode, subject, [], chunk, index, 0.85, symmetric=True)
            else:
                self._add(type_, mode, subject, self._with(index, subject) or others, chunk, index, 0.8)
            return
        if "sym" in flags:
            several = len({m.code for m in subject}) > 1
            if type_ is T.CONSULT or type_ in (T.AGREE, T.SUPPORT, T.COOPERATE, T.REJECT):
                partner = self._partners(index, subject, type_)
                if mode == "third-party" and subject:
                    both = self._others(after, subject)
                    if both:
                        self._add(type_, mode, subject, both[:3], chunk, index, 0.75)
                    return
                if type_ is T.AGREE and not several and not partner:
                    recipients = others[:4]
                    if (
                        type_ is T.AGREE
                        and chunk.lemma in ("agree", "accept")
                        and (recipients or "that" in self.analysis.tokens.low)
                    ):
                        self._add(type_, mode, subject, recipients, chunk, index, 0.75)
                    return
                if type_ is T.CONSULT and not several and not partner:
                    return
                if type_ is T.SUPPORT and not several and not partner:
                    if others:
                        self._add(type_, mode, subject, others[:3], chunk, index, 0.75)
                    return
                if type_ is T.CONSULT and not several:
                    self._meeting(index, chunk, pattern, subject, partner)
                    return
                self._add(
                    type_,
                    mode,
                    [*subject, *([] if several and not partner else partner)],
                    [],
                    chunk,
                    index,
                    0.85,
                    symmetric=True,
                )
                return
            if several and not others:
                self._add(type_, mode, subject, [], chunk, index, 0.8, symmetric=True)
                return
        if "popular" in flags and not self._popular(index):
            if others and type_ is T.PROTEST:
                self._add(T.ACCUSE, "disapprove", subject, others[:3], chunk, index, 0.7)
            return
        if "victim" in flags or type_ is T.ASSAULT:
            targets = self._targets(index, subject)
            if not targets:
                place = [
                    m
                    for c in self.chunks
                    for m in coded(c)
                    if c.kind == "N"
                    and c.prep in ("in", "near", "at", "outside")
                    and m.code not in {s.code for s in subject}
                ]
                targets = place[:1]
            self._add(type_, self._violence_mode(mode), subject, targets, chunk, index, 0.8)
            return
        if "against" in flags:
            targets = [m for c in self._after(index) if c.kind == "N" and c.prep == "against" for m in coded(c)]
            if targets:
                self._add(type_, mode, subject, targets, chunk, index, 0.8)
            return
        if "aid" in flags and not self._object_words(index) & {"refugees", "refugee", "africans", "fleeing", "aliens"}:
            type_ = T.RETREAT
            mode = "access"
        recipients = (self._with(index, subject) if "with" in flags else []) or others[:6]
        if "own" in flags:
            recipients = []
        if type_ in (T.COERCE, T.CONCEDE, T.RETREAT, T.PROTEST, T.ACCUSE, T.SANCTION) and not recipients:
            recipients = [m for m in after if m.code in {s.code for s in subject}][:1]
        if (
            not recipients
            and type_ in (T.AID, T.COOPERATE, T.SANCTION)
            and "self" not in flags
            and type_ is not T.SANCTION
        ) and type_ is T.COOPERATE:
            return
        if (
            not recipients
            and type_ in (T.SUPPORT, T.SANCTION, T.ACCUSE, T.AID, T.REJECT, T.THREATEN, T.RETREAT)
            and "self" not in flags
            and not self._foreign(subject, type_)
        ):
            return
        if mode == "resign":
            recipients = []
        if type_ is T.REQUEST and not mode:
            mode = self._demand_mode(index)
            if chunk.lemma in ("order", "ask", "request", "seek", "press", "tell") and not recipients:
                return
        if (
            type_ is T.MOBILIZE
            and "@" not in mode
            and self._object_words(index) & {"peacekeepers", "peacekeeping", "observers", "inspectors", "relief"}
        ):
            return
        self._add(type_, mode, subject, recipients, chunk, index, 0.85)

    def _domestic(self, index: int, type_: EventType) -> list[Mention]:
        """The state in which a crowd, a court or an officer without a named state acts, where only one can be meant.

        Scoring and merging count a non-state actor under the state it acts in (gold conventions); a named place
        ("in Lagos", "throughout Indonesia") comes first, else the one state of the sentence.
        """
        if type_ not in _DOMESTIC:
            return []
        before = [c for c in self.chunks[:index] if c.kind == "N"]
        if not any(set(c.words) & _PEOPLE_AT_HOME or any(m.office and not m.code for m in c.mentions) for c in before):
            return []
        placed: dict[str, Mention] = {}
        named: dict[str, Mention] = {}
        for position, chunk in enumerate(self.chunks):
            following = self.chunks[position + 1] if position + 1 < len(self.chunks) else None
            if following is not None and following.kind == "V" and following.lemma in SAY and position > index:
                continue
            for mention in coded(chunk):
                if mention.kind == "organisation":
                    continue
                named.setdefault(mention.code, mention)
                if chunk.prep in ("in", "throughout", "outside", "across", "near", "at") and mention.form in (
                    "name",
                    "capital",
                    "city",
                ):
                    placed.setdefault(mention.code, mention)
        if len(placed) == 1:
            return list(placed.values())
        return list(named.values()) if len(named) == 1 else []

    def _foreign(self, subject: list[Mention], type_: EventType) -> bool:
        return type_ in (T.REJECT, T.THREATEN, T.RETREAT)

    def _passive(self, index: int, chunk: Chunk, pattern: Pattern, subject: list[Mention]) -> None:
        agent = agent_of(self.chunks, index, self.setting)
        type_ = pattern.type
        flags = pattern.flags
        patient = subject
        if "host" in flags or "hostperson" in flags:
            if agent and patient:
                self._add(type_, pattern.mode, patient, agent, chunk, index, 0.8)
            return
        if type_ is T.CONSULT and pattern.mode == "visit":
            return
        if type_ in (T.SUPPORT, T.AGREE, T.CONSULT) and "sym" in flags:
            parties = [m for c in self._before(index) if c.kind == "N" for m in coded(c)]
            parties += [
                m
                for c in self._after(index)
                if c.kind == "N" and c.prep in ("by", "between", "with")
                for m in coordinated(self.chunks, self.chunks.index(c), self.setting)
            ]
            parties = distinct(parties)
            if len({m.code for m in parties}) > 1:
                self._add(type_, pattern.mode, parties, [], chunk, index, 0.75, symmetric=True)
            return
        if type_ is T.REQUEST and not agent:
            return
        place = [
            m
            for c in self._after(index)
            if c.kind == "N" and c.prep in ("in", "from", "near", "at", "inside", "of")
            for m in c.mentions
            if m.code
        ]
        if not agent:
            if not chunk.auxiliary or self._backgrounded(index):
                return
            if type_ in (T.COERCE, T.ASSAULT) and (patient or place):
                actor = list(place)[:1]
                if type_ is T.ASSAULT and patient and not actor:
                    return
                if (
                    type_ is T.ASSAULT
                    and not self._object_words(index)
                    & {
                        "people",
                        "civilians",
                        "soldiers",
                        "soldier",
                        "servicemen",
                        "troops",
                        "children",
                        "journalist",
                        "police",
                        "policemen",
                        "peacekeepers",
                        "person",
                        "man",
                        "woman",
                        "men",
                    }
                    and not patient
                ):
                    return
                if actor and type_ is T.COERCE:
                    victims = patient or actor
                    self._add(type_, pattern.mode, actor, victims, chunk, index, 0.65)
                elif actor and type_ is T.ASSAULT:
                    self._add(type_, self._violence_mode(pattern.mode), actor, patient or actor, chunk, index, 0.55)
            return
        if type_ is T.CONSULT:
            self._add(type_, pattern.mode, [*patient, *agent], [], chunk, index, 0.75, symmetric=True)
            return
        recipients = self._others(patient, agent) or patient
        if not recipients:
            recipients = self._others(parties_after(self.chunks, index, self.setting, wide=True), agent)
        mode = self._violence_mode(pattern.mode) if type_ is T.ASSAULT else pattern.mode
        if type_ is T.ACCUSE and not recipients:
            return
        self._add(type_, mode, agent, recipients[:4], chunk, index, 0.8)

    def _reduced(self, index: int, chunk: Chunk) -> int | None:
        """The noun phrase that a bare participle describes ("the deal struck on Monday"); None for a verb of its own."""
        if chunk.auxiliary or chunk.shape not in ("past", "participle") or index == 0:
            return None
        before = self.chunks[index - 1]
        if before.kind != "N":
            return None
        after = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        bare = (
            after is None or after.kind in (",", ".") or (after.kind == "N" and bool(after.prep)) or after.kind == "P"
        )
        if not bare:
            return None
        # An earlier finite verb already carries the clause, or a later one does.
        for back in range(index - 2, -1, -1):
            other = self.chunks[back]
            if other.kind in ("S", ";", "that", "W", "C"):
                break
            if other.kind == "V" and other.finite and other.lemma not in SAY:
                return index - 1
        if after is not None and after.kind == "N" and after.prep == "by":
            return index - 1
        return None

    def _reduced_relative(self, index: int, chunk: Chunk, pattern: Pattern, noun: int) -> None:
        """Read "the nuclear deal struck on ...": the parties stand in the noun phrase or behind "by"."""
        phrase = self.chunks[noun]
        agent = agent_of(self.chunks, index, self.setting)
        if (
            pattern.objects
            and not pattern.objects & set(phrase.words)
            and not any(
                pattern.objects & set(c.words) for c in self.chunks[max(0, noun - 2) : noun + 1] if c.kind == "N"
            )
        ):
            return
        matched = pattern
        parties = coded(phrase)
        if "sym" in matched.flags:
            both = distinct([*parties, *agent])
            if len({m.code for m in both}) > 1:
                self._add(matched.type, matched.mode, both, [], chunk, index, 0.85, symmetric=True)
            return
        if agent and matched.type in (T.ASSAULT, T.COERCE, T.ACCUSE, T.SANCTION):
            self._add(matched.type, matched.mode, agent, self._others(parties, agent), chunk, index, 0.6)

    def _partners(self, index: int, subject: list[Mention], type_: EventType) -> list[Mention]:
        """The other side of an act done together: behind "with", else the object, else "between"."""
        partner = self._with(index, subject)
        if partner:
            return partner
        chunk = self.chunks[index]
        if type_ is T.CONSULT and chunk.lemma in ("meet", "telephone", "phone", "call", "consult"):
            found = objects_of(self.chunks, index, self.setting, before=len(self.chunks))
            return self._others(found, subject)
        for position in range(index + 1, min(index + 8, len(self.chunks))):
            other = self.chunks[position]
            if other.kind in ("V", "S", "W", ";", "that"):
                break
            if other.kind == "N" and other.prep == "between":
                return self._others(coordinated(self.chunks, position, self.setting), subject)
            if (
                other.kind == "N"
                and not other.prep
                and set(other.words) & classes()["@talks"] | set(other.words) & classes()["@ties"]
                and coded(other)
            ):
                return self._others(coded(other), subject)
            if (
                other.kind == "N"
                and type_ is T.SUPPORT
                and other.prep in ("in", "to")
                and set(self._object_words(index)) & {"embassy", "consulate", "ties"}
            ):
                return self._others(coded(other), subject)
        return []

    def _popular(self, index: int) -> bool:
        """Whether the subject is a crowd, not a government."""
        for chunk in reversed(self._before(index)):
            if chunk.kind == "N":
                if set(chunk.words) & {
                    "protesters",
                    "demonstrators",
                    "activists",
                    "students",
                    "workers",
                    "crowds",
                    "crowd",
                    "thousands",
                    "hundreds",
                    "residents",
                    "people",
                    "farmers",
                    "opponents",
                    "protestors",
                    "villagers",
                    "citizens",
                    "teachers",
                }:
                    return True
                if any(m.sectors and m.sectors[0] in ("OPP", "CVL", "EDU", "LAB") for m in chunk.mentions):
                    return True
        return False

    def _targets(self, index: int, subject: list[Mention]) -> list[Mention]:
        after = parties_after(self.chunks, index, self.setting, wide=True)
        others = self._others(after, subject)
        if others:
            first = others[0]
            return [m for m in others if m is first or self._joined(first, m)][:4]
        return [m for m in after if m.code in {s.code for s in subject}][:1]

    def _joined(self, first: Mention, other: Mention) -> bool:
        between = self.analysis.tokens.text[first.end : other.start]
        return len(between) < 40 and ("and" in between.split() or between.strip() == ",")

    def _participle_counts(self, index: int, chunk: Chunk) -> bool:
        """Whether a participle tells a further act of the subject (", killing one person") rather than a means or purpose."""
        if chunk.infinitive:
            return False
        before = self.chunks[index - 1] if index else None
        if before is None:
            return False
        if before.kind == "P":
            return False
        pattern = self._match(index)
        if pattern is None:
            return False
        if before.kind in (",", "C"):
            return pattern.type in (T.ASSAULT, T.COERCE, T.REQUEST, T.ACCUSE, T.SANCTION)
        return before.kind == "N" and pattern.type is T.REQUEST
