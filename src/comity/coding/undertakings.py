"""Promises, threats, refusals and demands: acts whose content is another verb."""

from __future__ import annotations

from comity.coding.analysis import SAY, Chunk
from comity.coding.deeds import Deeds
from comity.coding.parties import (
    agent_of,
    coded,
    objects_of,
    parties_after,
)
from comity.coding.patterns import Pattern
from comity.coding.subjects import subject_of
from comity.language import Mention
from comity.terms import EventType

T = EventType
_COOPERATIVE = frozenset({T.AGREE, T.CONSULT, T.SUPPORT, T.CONCEDE, T.COOPERATE, T.AID, T.RETREAT})

_AGREE = frozenset(
    "agree promise pledge offer commit willing ready prepared vow undertake plan intend decide consent aim seek propose committed keen eager determined scheduled set due expected about going schedule expect hope prepare".split()
)

_FIRM_AGREE = frozenset("agree promise pledge offer commit willing ready prepared consent committed".split())

_REFUSE = frozenset("refuse decline fail unwilling reluctant unable".split())

_THREAT = frozenset("threaten warn vow swear".split())

_ASK = frozenset(
    "demand urge ask call appeal press pressure order request tell instruct exhort implore direct require remind push plead beg insist lobby".split()
)


class Undertakings(Deeds):
    """Reads verb groups that promise, threaten, refuse or demand."""

    def _must(self, index: int, chunk: Chunk, subject: list[Mention]) -> None:
        """Read "Russia said that Sudan must return the aircraft": a request of the speaker's."""
        self._consume_content(index)
        speaker = self._speaker(index)
        if chunk.negated and chunk.modal == "should":
            return
        if not speaker or not subject or {m.code for m in speaker} & {m.code for m in subject}:
            return
        self._add(T.REQUEST, self._demand_mode(index), speaker, subject, chunk, index, 0.85)

    def _speaker(self, index: int) -> list[Mention]:
        """Who says what the clause at `index` says."""
        for back in range(index - 1, -1, -1):
            other = self.chunks[back]
            if (
                other.kind == "V"
                and (other.lemma in SAY or other.lemma in ("agree", "believe"))
                and not other.infinitive
            ):
                return subject_of(self.chunks, back, self.setting)
            if other.kind == "N" and other.head in ("reminder", "statement", "message", "warning", "declaration"):
                continue
        for ahead in range(index + 1, len(self.chunks)):
            other = self.chunks[ahead]
            if (
                other.kind == "V"
                and other.lemma in ("say", "warn", "add", "declare")
                and other.shape in ("past", "third")
            ):
                before = self.chunks[ahead - 1]
                if before.kind == "N":
                    return coded(before)
        return []

    def _refusal(self, index: int, chunk: Chunk, subject: list[Mention], future: bool, content: int | None) -> None:
        """Refusals are acts; other negated acts are none."""
        if content is not None:
            self.consumed.add(content)
        lemma = chunk.lemma
        plain_not = chunk.negated and lemma not in ("refuse", "decline")
        if chunk.negated and lemma in ("refuse", "decline", "rule", "threaten", "accuse"):
            return
        if plain_not and not (future and chunk.modal in ("will", "would")):
            return
        if not subject:
            return
        if plain_not and not future:
            return
        target = content if content is not None and lemma in _REFUSE else index
        if lemma in ("fail", "unable"):
            if (
                content is not None
                and self.chunks[content].lemma in ("reach", "agree", "resolve")
                and len({m.code for m in subject}) > 1
            ):
                self._add(T.REJECT, "", subject, [], chunk, index, 0.8, symmetric=True)
            return
        pattern = self._match(target)
        mode = "change"
        if pattern is not None and pattern.type is T.CONSULT:
            mode = "meet"
        elif pattern is not None and pattern.type in (T.AID, T.COOPERATE):
            mode = "assist"
        elif pattern is not None and pattern.type in (T.CONCEDE, T.RETREAT):
            mode = "yield"
        if (
            pattern is not None
            and pattern.type in (T.ACCUSE, T.THREATEN, T.ASSAULT, T.COERCE, T.SANCTION)
            and plain_not
        ):
            return
        if (
            plain_not
            and pattern is None
            and self.chunks[index].lemma
            not in (
                "accept",
                "allow",
                "permit",
                "tolerate",
                "agree",
                "negotiate",
                "recognise",
                "recognize",
                "meet",
                "give",
                "provide",
                "sign",
                "change",
                "comply",
                "attend",
                "support",
            )
        ):
            return
        recipients = self._others(parties_after(self.chunks, target, self.setting, wide=True), subject)
        self._add(T.REJECT, mode, subject, recipients, chunk, index, 0.8)

    def _governed(self, index: int, chunk: Chunk, subject: list[Mention], content: int, future: bool) -> bool:
        """Read a verb that governs an infinitive; return whether it was read as such."""
        lemma = chunk.lemma
        pattern = self._match(content)
        conflict = pattern is not None and pattern.type not in _COOPERATIVE
        if chunk.passive and lemma in _ASK | {"expect", "schedule", "set", "say", "believe", "report", "know", "think"}:
            self.consumed.add(content)
            if lemma in ("schedule", "expect", "set") and pattern is not None and subject:
                self._promise(index, content, pattern, subject)
            elif lemma in _ASK:
                agent = agent_of(self.chunks, index, self.setting)
                if agent and subject:
                    self._add(T.REQUEST, self._demand_mode(content), agent, subject, chunk, index, 0.8)
            return True
        if lemma in _THREAT and lemma != "warn":
            self.consumed.add(content)
            if (
                lemma in ("vow", "swear")
                and not conflict
                and self.chunks[content].lemma
                not in ("fight", "avenge", "retaliate", "defeat", "crush", "punish", "destroy")
            ):
                return True
            self._threat(index, content, pattern, subject)
            return True
        if lemma in _ASK:
            objects = objects_of(self.chunks, index, self.setting, before=content)
            self.consumed.add(content)
            if not subject:
                return True
            if not objects:
                objects = self._others(parties_after(self.chunks, content, self.setting, wide=True), subject)[:1]
            if lemma in ("tell", "remind", "ask", "order") and not objects:
                return True
            if lemma == "order" and (not objects or {m.code for m in objects} == {m.code for m in subject}):
                return True
            self._add(
                T.REQUEST,
                self._demand_mode(content),
                subject,
                self._others(objects, subject) or objects,
                chunk,
                index,
                0.85,
            )
            self._consume_run(content)
            return True
        if (
            lemma
            in (
                "plan",
                "intend",
                "decide",
                "prepare",
                "seek",
                "set",
                "due",
                "scheduled",
                "about",
                "going",
                "expected",
                "aim",
                "committed",
                "keen",
                "eager",
                "determined",
                "hope",
                "vow",
                "propose",
            )
            or lemma in _FIRM_AGREE
        ):
            self.consumed.add(content)
            if not subject:
                return True
            if conflict and pattern is not None:
                if lemma in ("agree", "offer", "hope"):
                    return True
                self._threat(index, content, pattern, subject)
                return True
            if lemma in ("decide",) and pattern is not None:
                recipients = self._others(parties_after(self.chunks, content, self.setting, wide=True), subject)
                if pattern.type in (T.CONCEDE, T.RETREAT):
                    self._add(T.CONCEDE, "", subject, recipients or subject[:0], chunk, index, 0.7)
                return True
            if pattern is None and lemma not in _FIRM_AGREE:
                return True
            self._promise(index, content, pattern, subject)
            return True
        if lemma in (
            "want",
            "try",
            "attempt",
            "need",
            "wish",
            "like",
            "fail",
            "threaten",
            "unable",
            "likely",
            "unlikely",
        ):
            self.consumed.add(content)
            if (
                lemma in ("try", "attempt")
                and pattern is not None
                and pattern.type in (T.ASSAULT, T.COERCE)
                and subject
            ):
                self._plain(content, self.chunks[content], subject)
            return True
        if lemma in ("continue", "begin", "start", "resume", "move", "help"):
            self.consumed.add(content)
            if pattern is not None:
                self._plain(content, self.chunks[content], subject)
                return True
            return False
        if lemma == "allow" or lemma == "permit":
            self.consumed.add(content)
            return False
        # an infinitive of purpose is no act of its own
        self.consumed.add(content)
        return False

    def _unplaced(self, found: list[Mention], index: int) -> list[Mention]:
        """Without the cities that only say where ("will meet in Ottawa")."""
        placed = {
            id(m)
            for c in self.chunks[index:]
            if c.kind == "N" and c.prep in ("in", "at")
            for m in c.mentions
            if m.form in ("capital", "city", "name")
        }
        return [m for m in found if id(m) not in placed]

    def _consume_run(self, index: int) -> None:
        """The further verbs of a demand or promise ("not to follow ... and implement") belong to it."""
        for ahead in range(index + 1, len(self.chunks)):
            other = self.chunks[ahead]
            if other.kind in ("S", ";", ".") or (other.kind == "V" and other.finite and other.shape != "base"):
                return
            if other.kind == "V":
                self.consumed.add(ahead)

    def _promise(self, index: int, content: int, pattern: Pattern | None, subject: list[Mention]) -> None:
        chunk = self.chunks[index]
        self._consume_run(content)
        near = parties_after(self.chunks, content, self.setting, wide=True)
        own = objects_of(self.chunks, index, self.setting, before=content)
        recipients = self._others([*own, *near], subject)
        symmetric = len({m.code for m in subject}) > 1
        if symmetric and not (pattern is not None and pattern.type in (T.AID, T.RETREAT)):
            recipients = []
        if (
            pattern is not None
            and pattern.type is T.CONSULT
            and "place" not in pattern.flags
            and "obj" not in pattern.flags
        ):
            self._add(T.AGREE, "", subject, recipients[:3], chunk, index, 0.8, symmetric=symmetric or bool(recipients))
            return
        self._add(T.AGREE, "", subject, [] if symmetric else recipients[:5], chunk, index, 0.8, symmetric=symmetric)

    def _threat(self, index: int, content: int, pattern: Pattern | None, subject: list[Mention]) -> None:
        chunk = self.chunks[index]
        self._consume_run(content)
        recipients = self._others(parties_after(self.chunks, content, self.setting, wide=True), subject)
        if not subject:
            return
        own = [] if recipients else list(parties_after(self.chunks, content, self.setting, wide=True))
        self._add(
            T.THREATEN, self._threat_mode(content, pattern), subject, recipients[:4] or own[:1], chunk, index, 0.85
        )

    def _threat_mode(self, content: int, pattern: Pattern | None) -> str:
        lemma = self.chunks[content].lemma
        words = self._object_words(content)
        if (pattern is not None and pattern.type is T.ASSAULT) or words & {
            "offensive",
            "attack",
            "attacks",
            "war",
            "blows",
            "force",
        }:
            return "violence"
        if lemma in ("break", "sever", "withdraw", "stop", "halt", "suspend", "recall", "close", "cut"):
            return "relations"
        if pattern is not None and pattern.mode == "arrest":
            return "arrest"
        if lemma in ("expel", "deport"):
            return "expel"
        if lemma in ("occupy", "seize", "annex", "invade"):
            return "territory"
        return "restrict"

    def _future(self, index: int, chunk: Chunk, subject: list[Mention]) -> None:
        """Read "will meet" as an agreement, "will impose" as a threat; "would" only when its own subject says so."""
        pattern = self._match(index)
        self._consume_content(index)
        if chunk.modal == "would":
            speaker = self._speaker(index)
            speaking = {m.code for m in speaker}
            if not speaker or (subject and not speaking & {m.code for m in subject}):
                return
            subject = subject or speaker
        if not subject:
            return
        lemma = chunk.lemma
        if pattern is None:
            if lemma not in (
                "support",
                "back",
                "assist",
                "cooperate",
                "open",
                "take",
                "invest",
                "allow",
                "permit",
                "help",
                "send",
                "join",
                "expand",
                "work",
                "increase",
                "build",
                "buy",
                "host",
            ):
                return
            recipients = self._others(parties_after(self.chunks, index, self.setting, wide=True), subject)
            if recipients:
                self._add(T.AGREE, "", subject, recipients[:4], chunk, index, 0.7)
            return
        if chunk.passive:
            agent = agent_of(self.chunks, index, self.setting)
            if not agent:
                return
            subject, moved = agent, subject
        else:
            moved = []
        recipients = self._others(parties_after(self.chunks, index, self.setting, wide=True), subject) or moved
        conditional = any(c.kind == "S" and c.words[0] in ("unless", "if") for c in self.chunks[index:])
        if pattern.type in (T.CONCEDE, T.RETREAT) and lemma in ("withdraw", "pull", "resign", "evacuate"):
            if conditional:
                self._add(T.THREATEN, "relations", subject, recipients[:4], chunk, index, 0.7)
            else:
                self._add(T.CONCEDE, "", subject, recipients[:4], chunk, index, 0.7)
            return
        if pattern.type in _COOPERATIVE or pattern.type in (T.REQUEST,):
            symmetric = len({m.code for m in subject}) > 1
            if pattern.type is T.CONSULT and "place" not in pattern.flags and "obj" not in pattern.flags:
                recipients = self._unplaced(recipients, index)
            both = symmetric or (
                pattern.type is T.CONSULT and "obj" not in pattern.flags and "place" not in pattern.flags
            )
            self._add(T.AGREE, "", subject, [] if symmetric else recipients[:5], chunk, index, 0.85, symmetric=both)
            return
        if pattern.type in (T.SANCTION, T.COERCE, T.ASSAULT, T.PROTEST):
            own = [] if recipients else parties_after(self.chunks, index, self.setting, wide=True)[:1]
            self._add(T.THREATEN, self._threat_mode(index, pattern), subject, recipients[:4] or own, chunk, index, 0.75)
