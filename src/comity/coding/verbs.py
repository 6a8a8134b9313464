"""Verbs of the genre in all their forms: what a word can be, before the sentence decides what it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_VOWELS = "aeiou"


def lines(name: str) -> list[str]:
    """Return the lines of a file of dictionary/, without remarks and blank lines."""
    text = (files("comity.coding") / "dictionary" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a verb's form: base, third (visits), past, participle, or ing."""

    lemma: str
    shape: str


def _inflect(base: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Return third person, past and -ing of a regular verb."""
    doubled = base
    if (
        len(base) > 2
        and base[-1] not in _VOWELS + "wxyh"
        and base[-2] in _VOWELS
        and base[-3] not in _VOWELS
        and (
            len(base) <= 4
            or base
            in ("commit", "permit", "admit", "expel", "deter", "rebut", "regret", "compel", "patrol", "transfer")
        )
    ):
        doubled = base + base[-1]
    if base.endswith(("s", "x", "z", "ch", "sh")):
        third = base + "es"
    elif base.endswith("y") and base[-2] not in _VOWELS:
        third = base[:-1] + "ies"
    else:
        third = base + "s"
    if base.endswith("e"):
        return third, base + "d", base[:-1] + "ing", ()
    if base.endswith("y") and base[-2] not in _VOWELS:
        return third, base[:-1] + "ied", base + "ing", ()
    others: tuple[str, ...] = (base + "ed", base + "ing")
    if len(base) > 3 and base[-1] not in _VOWELS + "wxyh" and base[-2] in _VOWELS and base[-3] not in _VOWELS:
        others = (*others, base + base[-1] + "ed", base + base[-1] + "ing")
    return third, doubled + "ed", doubled + "ing", others


@lru_cache(maxsize=1)
def forms() -> dict[str, tuple[Form, ...]]:
    """Return every known verb form with its readings."""
    found: dict[str, list[Form]] = {}

    def add(word: str, lemma: str, shape: str) -> None:
        form = Form(lemma, shape)
        held = found.setdefault(word, [])
        if form not in held:
            held.append(form)

    irregular: dict[str, tuple[str, str]] = {}
    bases: list[str] = []
    for line in lines("verbs.txt"):
        words = line.split()
        if len(words) == 3 and _looks_irregular(words):
            irregular[words[0]] = (words[1], words[2])
            bases.append(words[0])
        else:
            bases.extend(words)
    for line in lines("patterns.tsv"):
        if line.startswith("@"):
            continue
        bases.extend(verb.split("_")[0] for verb in line.split("\t")[2].split())
    for base in dict.fromkeys(bases):
        third, past, ing, others = _inflect(base)
        add(base, base, "base")
        add(third, base, "third")
        if base in irregular:
            past, participle = irregular[base]
            add(past, base, "past")
            add(participle, base, "participle")
        else:
            add(past, base, "past")
            add(past, base, "participle")
            for other in others:
                if other.endswith("ed"):
                    add(other, base, "past")
                    add(other, base, "participle")
                else:
                    add(other, base, "ing")
        add(ing, base, "ing")
    return {word: tuple(readings) for word, readings in found.items()}


def _looks_irregular(words: list[str]) -> bool:
    base, past, participle = words
    return (past[0] == base[0] and (participle[0] == base[0]) and past != base + "ed") or (base in ("go", "see"))
