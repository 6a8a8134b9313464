"""Acts of one sentence: which verb groups and nouns report one, of which type, by whom and to whom."""

from __future__ import annotations

from comity.coding.analysis import HYPOTHETICAL, SAY, Analysis, Chunk
from comity.coding.matching import Act
from comity.coding.nominal import nominal_acts
from comity.coding.parties import (
    Setting,
)
from comity.coding.subjects import subject_of
from comity.coding.undertakings import Undertakings
from comity.terms import EventType

T = EventType
_INVERTING = frozenset("should were had will would could can may might did does do is are has have was".split())
# Words that suppose something, with what must stand behind them.
_SUPPOSING = {
    "provided": [], "providing": ["that"], "assuming": [], "supposing": [], "suppose": [], "imagine": [],
    "as": ["long", "as"],
}  # fmt: skip
# Those who say what states will do without being one.
_OBSERVERS = frozenset(
    """institute think-tank tank analyst analysts expert experts scholar scholars economist economists observer observers
    commentator commentators academics pundits forecasters study columnist columnists strategists""".split()
)
_INTENDING = frozenset(
    "plan intend prepare aim seek hope expect set due expected ready poised going about likely".split()
)
_REFUSE = frozenset("refuse decline fail unwilling reluctant unable".split())


def acts_of(analysis: Analysis, setting: Setting) -> list[Act]:
    """Return the acts that a sentence reports, without doubles."""
    return _Reader(analysis, setting).read()


def is_supposed(analysis: Analysis, order: int, type_: EventType) -> bool:
    """Whether the verb group at `order` tells an act of that type only as supposed, possible or done by nobody.

    Refusals and threats are told so themselves: "would not accept", "may halt its mission if".
    """
    chunk = analysis.chunks[order]
    if chunk.kind != "V" or type_ is T.REJECT:
        return False
    if type_ is T.THREATEN:  # what may be done threatens only where somebody says so
        said = any(each.kind == "V" and each.lemma in SAY for each in analysis.chunks)
        return chunk.modal in ("may", "might", "could", "can") and not said
    if chunk.modal in ("may", "might", "could", "can"):
        return True
    subject = analysis.chunks[order - 1] if order else None
    if subject is not None and subject.kind == "N" and not subject.prep and subject.words[:1] == ("no",):
        return True
    return _Reader(analysis, Setting()).supposes(order)


class _Reader(Undertakings):
    """Reads a sentence from its first verb group to its last."""

    def read(self) -> list[Act]:
        for index, chunk in enumerate(self.chunks):
            if chunk.kind == "V":
                if index in self.consumed:
                    continue
                if chunk.lemma == "be" and not self._hypothetical(index):
                    self._was_there(index, chunk, subject_of(self.chunks, index, self.setting))
                if chunk.lemma in ("be", "have", "do"):
                    continue
                self._verb(index, chunk)
        self.found.extend(nominal_acts(self.analysis, self.setting, self.found))
        return self.found

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
        if self._surmised(index, future) or (future and self._conditional()):
            self._consume_content(index)
            return
        content = self._content_index(index)
        if chunk.negated or (chunk.lemma in _REFUSE and (content is not None or lemma in ("refuse", "decline"))):
            self._refusal(index, chunk, subject, future, content)
            return
        governs = content is not None and (lemma not in SAY or lemma in ("tell", "warn", "announce", "remind"))
        if governs and content is not None and self._governed(index, chunk, subject, content, future):
            return
        if future:
            self._future(index, chunk, subject)
            return
        dependent = chunk.infinitive or (chunk.shape == "ing" and not chunk.auxiliary)
        if dependent and not self._participle_counts(index, chunk):
            return
        self._plain(index, chunk, subject)

    def supposes(self, index: int) -> bool:
        """Whether the verb at `index` stands in a condition, or in what follows from one that nobody is quoted with."""
        chunk = self.chunks[index]
        comma = next((each.first for each in self.chunks if each.kind == ","), 0)
        future = chunk.modal in ("will", "would") or chunk.first < comma
        return self._hypothetical(index) or (future and self._conditional())

    def _hypothetical(self, index: int) -> bool:
        """Whether the clause of this verb stands behind "if", "unless", "whether"."""
        if self.analysis.tokens.low[0] in ("perhaps", "maybe") or self._inverted(index) or self._supposed(index):
            return True
        for back in range(index - 1, max(index - 8, -1), -1):
            other = self.chunks[back]
            if other.kind in (";", ":") or (other.kind == "V" and not other.infinitive and back < index - 1):
                return False
            if other.kind == "S":
                if other.words[0] == "that":
                    return self._doubtful(back)
                return other.words[0] in HYPOTHETICAL
            if other.kind == ",":
                return False
        return False

    def _inverted(self, index: int) -> bool:
        """Whether the clause opens with its auxiliary: "Should Greece reject the plan, ..." or a question."""
        low = self.analysis.tokens.low
        opening = next((position for position, word in enumerate(low) if word[0].isalnum()), 0)
        if low[opening] not in _INVERTING or self.chunks[index].first <= opening:
            return False
        after = next((chunk for chunk in self.chunks if chunk.first > opening), None)
        if after is None or after.kind != "N" or after.prep or low[opening + 1 : opening + 2] == ["been"]:
            return False
        if low[-1] == "?" or "?" in low[-3:]:
            return True
        if low[opening] not in ("should", "were", "had"):
            return False
        return not any(chunk.kind == "," for chunk in self.chunks[:index])

    def _supposed(self, index: int) -> bool:
        """Whether the clause opens with "provided that", "in case", "as long as" or the like."""
        low = self.analysis.tokens.low
        for back in range(index - 1, max(index - 8, -1), -1):
            if self.chunks[back].kind in (",", ";", ":"):
                return False
            first = self.chunks[back].first
            behind = _SUPPOSING.get(low[first])
            if behind is not None and low[first + 1 : first + 1 + len(behind)] == behind:
                return True
            if low[first] == "case" and low[max(first - 1, 0)] == "in":
                return True
        return False

    def _conditional(self) -> bool:
        """Whether the sentence opens with a condition and nobody is quoted: "If A signs, B will withdraw" is a writer's."""
        low = self.analysis.tokens.low
        opens = bool({"if", "unless"} & set(low[:2])) or low[:2] == ["in", "case"] or low[0] in ("provided", "assuming")
        return opens and not any(c.kind == "V" and c.lemma in SAY for c in self.chunks)

    def _surmised(self, index: int, future: bool) -> bool:
        """Whether an intention is told by those who only observe: "according to analysts, Kenya plans to ..."."""
        if not future and self.chunks[index].lemma not in _INTENDING:
            return False
        before = self.chunks[:index]
        told = any(
            chunk.kind == "N"
            and chunk.prep == "to"
            and self.analysis.tokens.low[max(chunk.first - 2, 0)] == "according"
            for chunk in self.chunks
            if set(chunk.words) & _OBSERVERS
        )
        return told or any(
            chunk.kind == "N"
            and not chunk.prep
            and chunk.words[-1] in _OBSERVERS
            and any(c.kind == "V" and c.lemma in SAY | {"think", "expect", "predict", "suggest"} for c in before[at:])
            for at, chunk in enumerate(before)
        )

    def _doubtful(self, that: int) -> bool:
        """Whether the clause before "that" only supposes ("it would be a sign that", "it appears that")."""
        for back in range(that - 1, max(that - 6, -1), -1):
            other = self.chunks[back]
            if other.kind == "V":
                return (
                    other.lemma in ("appear", "seem", "hope", "think", "expect", "deny", "doubt", "fear", "believe")
                    or other.modal in ("may", "might", "could")
                    or (other.modal == "would" and other.lemma == "be")
                )
        return False
