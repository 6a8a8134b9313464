"""Statements of position of one sentence: who holds which view, on which issue, toward whom.

A verb or noun of stance (stances.py) gives the direction, its subject the holder, who must speak for a state or a body of
states, and the words behind it the issue. Where one of the three is not found, nothing is stated.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from comity.coding.analysis import SAY, Analysis, Chunk
from comity.coding.issues import issue_of
from comity.coding.parties import Setting, coded, coordinated, private
from comity.coding.stances import BEING, NOUNS, VIEWS, Cue, cues, may_voice, stands_behind
from comity.coding.subjects import subject_of
from comity.coding.verbs import forms
from comity.language import Mention, MentionKind
from comity.terms import Stance

_CONDITION = re.compile(
    r"\b(?:as long as|so long as|provid(?:ed|ing)|on (?:the )?condition that|only (?:if|when|after|once|with|where)|conditional on"
    r"|not (?:until|before|without)|in (?:return|exchange) for)\b"
)
_IF = re.compile(r"\b(?:if|once|until)\b")
_MUST = re.compile(r"\b(?:should|must|ought to|needs? to|has to|have to|had to|deserves?)\b( not\b)?")
_STRONG = frozenset(
    "deep deeply serious grave gravely strong strongly firmly full fully resolutely absolutely dead".split()
)
# What is judged so is backed, or not.
_GOOD = frozenset(
    """indispensable essential vital necessary key crucial cornerstone bedrock basis best right solution opportunity pillar
    legitimate important desirable credible serious sound fair priority useful legal just lawful sole""".split()
)
_BAD = frozenset(
    """illegal unlawful unacceptable discriminatory mistake dangerous danger threat unrealistic provocation unfair illegitimate
    null void wrong unjust unsuited counterproductive harmful premature unhelpful obstacle""".split()
)
_FLIPPED = {"supports": "opposes", "willing": "opposes"}
# Who speaks for a state where only its name as an adjective stands before: "the Irish environment department".
_OFFICIAL = frozenset(
    """government governments ministry ministries minister ministers department president premier chancellor officials official
    authorities leaders leader leadership cabinet embassy spokesman spokeswoman spokesperson delegation envoy ambassador side
    diplomats diplomat administration commission delegate delegates representative negotiators policy-makers policymakers
    makers state presidency mission king sultan emir secretary""".split()
)
_ALLEGING = frozenset("allege claim accuse suspect".split())
_ITSELF = frozenset("it we government country kingdom republic cabinet ministry administration nation state".split())
# Phrases behind which the holder stands.
_TO_THE_HOLDER = (("acceptable", "to"), ("unacceptable", "to"), ("indifference", "to"))
# What is voiced with "express" and the like.
_VOICED = frozenset(NOUNS) | frozenset("interest desire support commitment solidarity views".split())
# Words between a name and its verb.
_BETWEEN = frozenset("therefore both also still now hence thus always".split())
# Codes of bodies that are no states' own.
_NOT_OF_STATES = frozenset({"NGO", "MNC", "IMG"})
# Words and signs that open the next clause or close the sentence: the object of a position does not end with them.
_LOOSE_ENDS = frozenset(
    '. , ; : ! ? ( " ” and or but nor what which that who whom as it they he she while when'.split()
)


@dataclass(slots=True)
class Position:
    """A position found: the holder, issue, stance, what it is about, and its tokens."""

    holder: Mention
    issue: str
    stance: Stance
    about: tuple[int, int]
    toward: list[Mention]
    first: int
    last: int
    strength: float
    confidence: float


def positions_of(analysis: Analysis, setting: Setting) -> list[Position]:
    """Return the positions that a sentence states."""
    return _Reader(analysis, setting).read()


class _Reader:
    """Reads a sentence from its first chunk to its last."""

    def __init__(self, analysis: Analysis, setting: Setting) -> None:
        self.analysis, self.setting = analysis, setting
        self.chunks, self.low = analysis.chunks, analysis.tokens.low
        self.text = analysis.tokens.text.lower()
        self.conditional = _CONDITION.search(self.text) is not None
        self.found: list[Position] = []

    def read(self) -> list[Position]:
        for index, chunk in enumerate(self.chunks):
            if chunk.kind == "V":
                self._verb(index, chunk)
            elif chunk.kind == "N":
                self._noun(index, chunk)
        return self.found

    def _verb(self, index: int, chunk: Chunk) -> None:
        if chunk.modal in ("may", "might", "must", "should") or _under_if(self.chunks, index):
            return
        if chunk.infinitive or (chunk.shape == "ing" and not chunk.auxiliary):
            return
        lemma, start = chunk.lemma, chunk.last + 1
        if not lemma and chunk.modal == "would" and self.low[start : start + 1] == ["like"]:
            lemma, start = "like", start + 1
        if chunk.passive or chunk.shape == "adjective":  # "is concerned", "is willing to": told by the word behind "be"
            lemma, start = "be", chunk.last
        elif lemma in BEING:
            lemma = "be"
        if self.low[chunk.last + 1 : chunk.last + 2] == ["by"] and not chunk.auxiliary:
            return  # "the route preferred by officials"
        past = chunk.shape == "past" and not chunk.perfect and not chunk.passive
        denied = chunk.negated or self.low[max(chunk.first - 2, 0) : chunk.first] == ["no", "longer"]
        for cue in cues().get(lemma, ()):
            end = stands_behind(self.low, start, cue.behind)
            if end is None:
                continue
            if self.low[chunk.first] == "neither" and "nor" in self.low[end:]:
                self._state(self._holders(index), "indifferent", index, end, 0.7)
                return
            told = None if cue.lasting and past else self._stance(cue, chunk.modal, end, denied=denied)
            if told is not None:
                stance, confidence = told
                if cue.behind[-2:] in _TO_THE_HOLDER:  # "is not acceptable to France"
                    after = next((each for each in self.chunks if each.first >= end - 1 and each.kind == "N"), chunk)
                    self._state(self._official(coded(after), after), stance, index, 0, confidence)
                else:
                    self._state(
                        self._holders(index), stance, index, start if cue.tells == "judges" else end, confidence
                    )
                return

    def _stance(self, cue: Cue, modal: str, end: int, *, denied: bool) -> tuple[str, float] | None:
        """The stance that a phrase tells here, and how surely; None for none."""
        low = self.low
        if modal == "could" and cue.tells != "would":
            return None
        if cue.tells == "would":
            if modal not in ("will", "would", "can", "could") or (modal == "could" and not self.conditional):
                return None
            if self.conditional or (modal == "would" and not denied and _IF.search(self.text)):
                return "conditional", 0.7
            return ("opposes", 0.7) if denied and cue.denies else None
        behind = " ".join(low[end : end + 30])
        tells, confidence = cue.tells, 0.8
        if cue.tells == "wants":
            tells, confidence = "supports", 0.6
        elif cue.tells == "holds":
            must = _MUST.search(behind)
            if must is None:
                return None
            tells, confidence = ("opposes" if must[1] else "supports"), 0.6
        elif cue.tells == "judges":
            words = set(low[end : end + 12])
            if words.isdisjoint(_GOOD | _BAD):
                return None
            tells, confidence = ("opposes" if words & _BAD else "supports"), 0.6
        elif low[end - 1] in NOUNS and "no" in low[max(end - 4, 0) : end]:
            return None
        if denied and low[end - 1] in _VOICED:
            return None  # who has not voiced support need not oppose
        if denied:
            flipped = _FLIPPED.get(tells)
            return None if flipped is None else (flipped, confidence)
        if tells in ("supports", "willing") and self.conditional:
            return "conditional", confidence
        return tells, confidence

    def _noun(self, index: int, chunk: Chunk) -> None:
        """Read "India's objections to the corridor", "in London's view the freeze must stay", "concerns among officials"."""
        if chunk.head in VIEWS and chunk.prep in ("in", "from") and coded(chunk):
            behind = " ".join(self.low[chunk.last + 1 :])
            must = _MUST.search(behind)
            bad = not _BAD.isdisjoint(self.low[chunk.last + 1 :])
            if must is not None or bad:
                stance = "opposes" if bad or (must is not None and must[1]) else "supports"
                self._state(self._holding(coded(chunk)), stance, index, chunk.last + 1, 0.6)
            return
        self._mistaken_verb(index, chunk)
        stance = NOUNS.get(chunk.head, "")
        if not stance or index + 1 >= len(self.chunks):
            return
        after = self.chunks[index + 1]
        if after.kind == "V" and stance == "concerned" and not chunk.prep and not after.negated and not after.modal:
            for ahead in range(index + 2, min(index + 6, len(self.chunks))):
                other = self.chunks[ahead]
                if other.kind == "N" and other.prep in ("among", "in") and coded(other):
                    self._state(coded(other)[:1], stance, index, other.last + 1, 0.8)
                    return
        own = [mention for mention in coded(chunk) if self._possesses(mention)]
        if (
            own
            and after.kind == "N"
            and after.prep in ("to", "for", "over", "about", "at", "on", "regarding", "with", "toward", "towards")
        ) and not (index and self.chunks[index - 1].kind == "V" and self.chunks[index - 1].negated):
            self._state(self._holding(own), stance, index, chunk.last + 1, 0.7)

    def _mistaken_verb(self, index: int, chunk: Chunk) -> None:
        """Read "Jakarta stands ready", "Tbilisi frets that", where the verb was taken for a noun behind the name."""
        tokens = self.analysis.tokens
        named = coded(chunk)[:1]
        if not chunk.mentions and chunk.words[0] in _BETWEEN and index:  # "Chile and Peru both attach"
            named = coded(self.chunks[index - 1])[-1:]
        for mention in named:
            place = bisect_left(tokens.starts, mention.end)
            while place <= chunk.last and self.low[place] in _BETWEEN:
                place += 1
            if place > chunk.last or mention.form not in ("name", "capital", "metonym", "organisation"):
                continue
            for form in forms().get(self.low[place], ()):
                for cue in cues().get(form.lemma, ()) if form.shape in ("third", "base") else ():
                    end = stands_behind(self.low, place + 1, cue.behind)
                    if end is None or cue.tells == "would" or (form.shape == "base" and not cue.behind):
                        continue
                    told = self._stance(cue, "", end, denied=False)
                    if told is not None:
                        holders = [mention]
                        for back in range(max(index - 3, 0), index):
                            joined = coordinated(self.chunks, back, self.setting)
                            if mention in joined:
                                holders = joined
                                break
                        self._state(self._holding(holders), told[0], index, end, told[1])
                        return

    def _possesses(self, mention: Mention) -> bool:
        behind = self.analysis.tokens.text[mention.end : mention.end + 2]
        return mention.form == "demonym" or behind in ("'s", "’s", "' ", "’ ")

    def _holders(self, index: int) -> list[Mention]:
        """Who holds the position of the verb group at `index`: its subject, or who says so of "it" or "the government"."""
        found = subject_of(self.chunks, index, self.setting)
        subject = next((c for c in reversed(self.chunks[:index]) if c.kind == "N" and not c.prep), None)
        speakers = self._speakers(index)
        if speakers is None:
            return []
        if found:
            chunk = next((c for c in self.chunks if any(m is found[0] for m in c.mentions)), None)
            holding = self._official(found, chunk)
            verb = self.chunks[index]
            plural = len(holding) > 1 or (chunk is not None and (chunk.head.endswith("s") or "both" in chunk.words))
            if verb.shape == "base" and not verb.modal and not verb.auxiliary and not plural:
                return []  # "to bring the government back": no verb of this subject
            # What others say of a state ("the Kremlin says London wants ...") is not its position.
            told = {mention.code for mention in speakers}
            return holding if not speakers or (self._holding(speakers) and told & {m.code for m in holding}) else []
        if subject is None or subject.head not in _ITSELF or coded(subject):
            return []
        return self._holding(speakers) if len({mention.code for mention in speakers}) == 1 else []

    def _speakers(self, index: int) -> list[Mention] | None:
        """Those known who say or allege what the verb group at `index` tells, or according to whom it is so.

        None where it is just what has not been said.
        """
        found: list[Mention] = []
        for at, chunk in enumerate(self.chunks):
            if at != index and chunk.kind == "V" and (chunk.lemma in SAY or chunk.lemma in _ALLEGING):
                if chunk.negated and at < index:
                    return None
                found += subject_of(self.chunks, at, self.setting)
            elif (
                chunk.kind == "N"
                and chunk.prep == "to"
                and self.low[max(chunk.first - 2, 0) : chunk.first].count("according")
            ):
                found += coded(chunk)
        return found

    def _official(self, mentions: list[Mention], chunk: Chunk | None) -> list[Mention]:
        """Those of the mentions who speak for a state, seen from the noun phrase they stand in."""
        if chunk is not None and (
            private(chunk)
            or chunk.prep in ("in", "at", "near")
            or (
                any(m.form == "demonym" for m in chunk.mentions)
                and not _OFFICIAL.intersection(chunk.words)
                and not any(m.person for m in chunk.mentions)
                and not self._ends_with_people(chunk)
            )
        ):
            return []
        return self._holding(mentions)

    def _ends_with_people(self, chunk: Chunk) -> bool:
        """Whether the phrase ends with the demonym itself: "the Americans", "the Chinese"."""
        end = self.analysis.tokens.ends[chunk.last]
        return any(m.form == "demonym" and m.end == end for m in chunk.mentions)

    @staticmethod
    def _holding(mentions: list[Mention]) -> list[Mention]:
        found: dict[str, Mention] = {}
        for mention in mentions:
            speaks = mention.kind is not MentionKind.GROUP and (not mention.sectors or "GOV" in mention.sectors)
            speaks = speaks and mention.code not in _NOT_OF_STATES and mention.form not in ("modifier", "city")
            if mention.code and speaks:
                found.setdefault(mention.code, mention)
        return list(found.values())

    def _state(self, holders: list[Mention], stance: str, index: int, place: int, confidence: float) -> None:
        """Add the position of each holder, where what it is about is on an issue; `place` is the token where that begins."""
        if not holders:
            return
        chunks, low = self.chunks, self.low
        own = {mention.code for mention in holders}
        toward: dict[str, Mention] = {}
        last, first_about = chunks[index].last, -1
        start = next((at for at, chunk in enumerate(chunks) if chunk.last >= place), len(chunks))
        for ahead in range(start, min(start + 12, len(chunks))):
            chunk = chunks[ahead]
            if chunk.kind == "S" and chunk.words[0] == "that" and ahead <= start + 1:
                continue
            if (
                chunk.kind == ";"
                or (chunk.kind == "S" and ahead > start)
                or (chunk.kind == "V" and chunk.finite and chunk.lemma in SAY)
            ):
                break
            if chunk.kind == "N":
                first_about = chunk.first if first_about < 0 else first_about
                for mention in coordinated(chunks, ahead, self.setting):
                    if mention.code not in own:
                        toward.setdefault(mention.code, mention)
            elif first_about < 0 and chunk.kind == "V":
                first_about = chunk.first
            last = chunk.last
        if first_about < 0:
            first_about, last = chunks[index].first, chunks[index].last
        while last > first_about and low[last] in _LOOSE_ENDS:
            last -= 1
        least = 2 if confidence < 0.7 else 1  # a weak sign of a stance needs a sure one of the issue
        issue = issue_of(low[first_about : last + 1], least) or issue_of(low, least)
        if not issue and any("REB" in mention.sectors for mention in toward.values()):
            issue = "terrorism"
        if not issue:
            return
        words = set(low[chunks[index].first : last + 1])
        strength = 0.8 if words & _STRONG else (0.4 if stance == "indifferent" else 0.6)
        for holder in holders:
            if any(held.holder.code == holder.code and held.issue == issue for held in self.found):
                continue
            self.found.append(
                Position(
                    holder,
                    issue,
                    Stance(stance),
                    (first_about, last),
                    list(toward.values()),
                    chunks[index].first,
                    max(last, chunks[index].last),
                    strength,
                    confidence,
                )
            )


def _under_if(chunks: list[Chunk], index: int) -> bool:
    for back in range(index - 1, max(index - 6, -1), -1):
        other = chunks[back]
        if other.kind == "S":
            return other.words[0] in ("if", "unless", "whether")
        if other.kind in ("V", ";"):
            return False
    return False


__all__ = ["Position", "may_voice", "positions_of"]
