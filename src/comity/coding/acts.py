"""Acts of one sentence: which verb groups and nouns report one, of which type, by whom and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.coding.analysis import HYPOTHETICAL, SAY, Analysis, Chunk
from comity.coding.parties import (
    Setting,
    agent_of,
    coded,
    coordinated,
    first_group,
    from_chunk,
    objects_of,
    parties_after,
    subject_of,
)
from comity.coding.patterns import Pattern, classes, patterns
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
_FACTUAL = frozenset(
    "continue begin start resume move help manage come go rush serve join proceed act return decide gather meet use".split()
)
_WANT = frozenset("want try attempt need hope wish like expect seek fail aim prepare intend plan".split())
_DOMESTIC = frozenset({T.PROTEST, T.CONCEDE, T.RETREAT, T.COERCE, T.ASSAULT})
_PEOPLE_AT_HOME = frozenset(
    """protesters demonstrators demonstrations activists students workers farmers residents people thousands hundreds
    opposition police court judge rebels rebel militants insurgents gunmen refugees supporters prisoners turks albanians
    party parties coalition union unions teachers fundamentalists crowd crowds villagers protestors dissidents clerics
    lawyers journalists doctors soldiers guerrillas bombing explosion""".split()
)
_FUTURE_TIMES = frozenset(
    "planned proposed upcoming forthcoming next possible potential expected scheduled future invitation prospective".split()
)


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


def acts_of(analysis: Analysis, setting: Setting) -> list[Act]:
    """Return the acts that a sentence reports, without doubles."""
    reader = _Reader(analysis, setting)
    return reader.read()


class _Reader:
    def __init__(self, analysis: Analysis, setting: Setting) -> None:
        self.analysis = analysis
        self.chunks = analysis.chunks
        self.setting = setting
        self.found: list[Act] = []
        self.consumed: set[int] = set()  # verb groups that are the content of another

    def read(self) -> list[Act]:
        for index, chunk in enumerate(self.chunks):
            if chunk.kind == "V":
                if index in self.consumed:
                    continue
                if chunk.lemma in ("be", "have", "do"):
                    continue
                self._verb(index, chunk)
        from comity.coding.nominal import nominal_acts

        self.found.extend(nominal_acts(self.analysis, self.setting, self.found))
        return self.found

    # ---------------------------------------------------------------------------------------------------------

    def _verb(self, index: int, chunk: Chunk) -> None:
        if self._hypothetical(index):
            self._consume_content(index)
            return
        subject = subject_of(self.chunks, index, self.setting)
        lemma = chunk.lemma
        if chunk.modal in ("must", "should"):
            self._must(index, chunk, subject)
            return
        if chunk.modal in ("may", "might", "can", "could"):
            self._consume_content(index)
            return
        future = chunk.modal == "will" or chunk.modal == "would"
        content = self._content_index(index)
        if chunk.negated or (chunk.lemma in _REFUSE and (content is not None or lemma in ("refuse", "decline"))):
            self._refusal(index, chunk, subject, future, content)
            return
        if content is not None and lemma not in SAY - {"tell", "warn", "announce", "remind"} | {"add"}:
            if self._governed(index, chunk, subject, content, future):
                return
        if future:
            self._future(index, chunk, subject)
            return
        if chunk.infinitive or (chunk.shape == "ing" and not chunk.auxiliary):
            if not self._participle_counts(index, chunk):
                return
        self._plain(index, chunk, subject)

    def _hypothetical(self, index: int) -> bool:
        """Whether the clause of this verb stands behind "if", "unless", "whether"."""
        for back in range(index - 1, max(index - 8, -1), -1):
            other = self.chunks[back]
            if other.kind in (";", ":") or other.kind == "V" and not other.infinitive and back < index - 1:
                return False
            if other.kind == "S":
                if other.words[0] == "that":
                    return self._doubtful(back)
                return other.words[0] in HYPOTHETICAL
            if other.kind == ",":
                return False
        return False

    def _doubtful(self, that: int) -> bool:
        """Whether the clause before "that" only supposes ("it would be a sign that", "it appears that")."""
        for back in range(that - 1, max(that - 6, -1), -1):
            other = self.chunks[back]
            if other.kind == "V":
                return (
                    other.lemma in ("appear", "seem", "hope", "think", "expect")
                    or other.modal in ("may", "might", "could")
                    or (other.modal == "would" and other.lemma == "be")
                )
        return False

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
            elif chunk.kind in ("that", "S", "W", ";", ":", ".", "P"):
                return None
            elif chunk.kind == ",":
                if nouns == 0 or ahead + 1 < len(chunks) and chunks[ahead + 1].kind != "V":
                    return None
            ahead += 1
        return None

    def _consume_content(self, index: int) -> None:
        content = self._content_index(index)
        if content is not None:
            self.consumed.add(content)

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
            if pattern.particle:
                if not (after + " ").startswith(pattern.particle + " "):
                    behind = pattern.particle if " " not in pattern.particle else ""
                    if not behind or not self._late_particle(index, behind):
                        continue
            if pattern.objects and not pattern.objects & following:
                continue
            if (
                "obj" in pattern.flags
                and not chunk.passive
                and not parties_after(self.chunks, index, self.setting, near=True)
            ):
                continue
            return pattern
        return None

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
        for ahead in range(index + 1, min(index + 7, len(self.chunks))):
            other = self.chunks[ahead]
            if other.kind == "N":
                if other.prep in (
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

    # --- ways of saying --------------------------------------------------------------------------------------

    def _must(self, index: int, chunk: Chunk, subject: list[Mention]) -> None:
        """ "Russia said that Sudan must return the aircraft": a request of the speaker's."""
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

    def _demand_mode(self, index: int) -> str:
        words = set()
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
        own = [] if recipients else [m for m in parties_after(self.chunks, content, self.setting, wide=True)]
        self._add(
            T.THREATEN, self._threat_mode(content, pattern), subject, recipients[:4] or own[:1], chunk, index, 0.85
        )

    def _threat_mode(self, content: int, pattern: Pattern | None) -> str:
        lemma = self.chunks[content].lemma
        words = self._object_words(content)
        if (
            pattern is not None
            and pattern.type is T.ASSAULT
            or words & {"offensive", "attack", "attacks", "war", "blows", "force"}
        ):
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
        """ "will meet" is an agreement, "will impose" a threat; "would" only when its own subject says so."""
        pattern = self._match(index)
        self._consume_content(index)
        if chunk.modal == "would":
            speaker = self._speaker(index)
            own = {m.code for m in speaker}
            if not speaker or (subject and not own & {m.code for m in subject}):
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
            both = symmetric or (
                pattern.type is T.CONSULT and "obj" not in pattern.flags and "place" not in pattern.flags
            )
            self._add(T.AGREE, "", subject, [] if symmetric else recipients[:5], chunk, index, 0.85, symmetric=both)
            return
        if pattern.type in (T.SANCTION, T.COERCE, T.ASSAULT, T.PROTEST):
            own = [] if recipients else parties_after(self.chunks, index, self.setting, wide=True)[:1]
            self._add(T.THREATEN, self._threat_mode(index, pattern), subject, recipients[:4] or own, chunk, index, 0.75)

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

    # --- plain acts ------------------------------------------------------------------------------------------

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
        type_, mode = pattern.type, pattern.mode
        after = parties_after(self.chunks, index, self.setting, wide=type_ not in (T.CONSULT,))
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
            if guests and subject:
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
        if "place" in flags or (type_ is T.CONSULT and mode == "visit" and "obj" in flags):
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
        symmetric = False
        if "joint" in flags or "solo" in flags:
            several = len({m.code for m in subject}) > 1
            partner = self._with(index, subject)
            words = self._object_words(index)
            if "joint" in flags and not several and not partner and not words & {"joint", "jointly"}:
                pattern2 = T.MOBILIZE
                self._add(pattern2, "troops", subject, [], chunk, index, 0.75)
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
        if "popular" in flags:
            if not self._popular(index):
                if others and type_ is T.PROTEST:
                    self._add(T.ACCUSE, "disapprove", subject, others[:3], chunk, index, 0.7)
                return
        if "victim" in flags or type_ is T.ASSAULT:
            targets = self._targets(index, subject)
            self._add(type_, self._violence_mode(mode), subject, targets, chunk, index, 0.8)
            return
        if "against" in flags:
            targets = [
                m for c in self._after(index) if c.kind == "N" and c.prep == "against" for m in coded(c)
            ] or self._passive_against(index)
            if targets:
                self._add(type_, mode, subject, targets, chunk, index, 0.8)
            return
        if "aid" in flags and not self._object_words(index) & {"refugees", "refugee", "africans", "fleeing", "aliens"}:
            type_ = T.RETREAT
            mode = "access"
        recipients = (self._with(index, subject) if "with" in flags else []) or others[:6]
        if type_ in (T.COERCE, T.CONCEDE, T.RETREAT, T.PROTEST, T.ACCUSE, T.SANCTION) and not recipients:
            recipients = [m for m in after if m.code in {s.code for s in subject}][:1]
        if (
            not recipients
            and type_ in (T.AID, T.COOPERATE, T.SANCTION)
            and "self" not in flags
            and type_ is not T.SANCTION
        ):
            if type_ is T.COOPERATE:
                return
        if (
            not recipients
            and type_ in (T.SUPPORT, T.SANCTION, T.ACCUSE, T.AID, T.REJECT, T.THREATEN, T.RETREAT)
            and not "self" in flags
            and not self._foreign(subject, type_)
        ):
            return
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
            parties = _distinct(parties)
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
            if type_ in (T.COERCE, T.ASSAULT) and (patient or place):
                actor = [m for m in place][:1]
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
            after is None
            or after.kind in (",", ".")
            or (
                after.kind == "N"
                and after.prep in ("by", "on", "in", "at", "last", "from", "after", "during")
                or after.kind == "P"
            )
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
        """ "the Japanese-Indian nuclear deal struck on ...": the parties stand in the noun phrase or behind "by"."""
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
            both = _distinct([*parties, *agent])
            if len({m.code for m in both}) > 1:
                self._add(matched.type, matched.mode, both, [], chunk, index, 0.85, symmetric=True)
            return
        if agent and matched.type in (T.ASSAULT, T.COERCE, T.ACCUSE, T.SANCTION):
            self._add(matched.type, matched.mode, agent, self._others(parties, agent), chunk, index, 0.6)

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

    def _passive_against(self, index: int) -> list[Mention]:
        return []

    def _visit(self, index: int, chunk: Chunk, subject: list[Mention]) -> None:
        hosts = [
            m
            for m in parties_after(self.chunks, index, self.setting, wide=False)
            if m.code not in {s.code for s in subject}
        ]
        self._visits_to(index, chunk, subject, hosts)

    def _visits_to(self, index: int, chunk: Chunk, subject: list[Mention], hosts: list[Mention]) -> None:
        """One event for each host, so that every dyad has its own."""
        states = [m for m in hosts if m.kind in ("state", "organisation") or m.kind == "person"]
        seen: set[str] = set()
        visitors = [
            m
            for m in subject
            if m.kind in ("person", "state", "organisation") and "MIL" not in m.sectors and "REB" not in m.sectors
        ]
        if not visitors:
            return
        for host in states:
            if host.code in seen or host.form in ("modifier",):
                continue
            if host.kind == "person" and seen:
                continue
            seen.add(host.code)
            self._add(T.CONSULT, "visit", visitors, [host], chunk, index, 0.9, place=host)

    def _meeting(
        self, index: int, chunk: Chunk, pattern: Pattern, subject: list[Mention], partner: list[Mention]
    ) -> None:
        """A meeting with one party's own ground named is a visit to it ("met ... at the White House")."""
        place = self._place(index)
        codes = {m.code for m in partner}
        mode = pattern.mode
        if (
            place is not None
            and place.code in {m.code for m in subject}
            and not codes & {place.code}
            and mode != "phone"
        ):
            self._add(T.CONSULT, "visit", partner, subject, chunk, index, 0.85, place=place)
            return
        if (
            place is not None
            and place.code in codes
            and mode != "phone"
            and place.form in ("capital", "city", "metonym")
        ):
            self._add(T.CONSULT, "visit", subject, partner, chunk, index, 0.85, place=place)
            return
        self._add(T.CONSULT, mode, [*subject, *partner], [], chunk, index, 0.88, symmetric=True, place=place)

    def _place(self, index: int) -> Mention | None:
        for chunk in self._after(index):
            if chunk.kind == "N" and chunk.prep in ("in", "at", "to"):
                for mention in chunk.mentions:
                    if mention.form in ("capital", "city", "metonym") or (
                        mention.form == "name" and mention.kind == "state"
                    ):
                        return mention
        return None

    def _with(self, index: int, subject: list[Mention]) -> list[Mention]:
        partner = []
        for position in range(index + 1, min(index + 9, len(self.chunks))):
            chunk = self.chunks[position]
            if chunk.kind in ("V", "S", "W", ";", "that"):
                break
            if chunk.kind == "N" and chunk.prep == "with":
                partner += coordinated(self.chunks, position, self.setting)
        return self._others(partner, subject)

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

    def _others(self, found: list[Mention], subject: list[Mention]) -> list[Mention]:
        own = {m.code for m in subject}
        others = _distinct([m for m in found if m.code and m.code not in own])
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
        actors = _distinct([m for m in actors if m.code])
        recipients = _distinct([m for m in recipients if m.code])
        if not actors:
            return
        if symmetric:
            actors = _distinct([*actors, *recipients])
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
        if mode and mode not in type_.modes:
            mode = ""
        self.found.append(
            Act(type_, mode, actors, recipients, symmetric, trigger, trigger.first, last, confidence, place, index)
        )


def _distinct(found: list[Mention]) -> list[Mention]:
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


__all__ = ["Act", "acts_of", "from_chunk"]
