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
_REFUSE = frozenset("refuse decline fail unwilling reluctant unable".split())


def acts_of(analysis: Analysis, setting: Setting) -> list[Act]:
    """Return the acts that a sentence reports, without doubles."""
    return _Reader(analysis, setting).read()


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

    def _hypothetical(self, index: int) -> bool:
        """Whether the clause of this verb stands behind "if", "unless", "whether"."""
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
