"""PETRARCH2 and UniversalPetrarch beside Comity: parses for them, runs them as they are, reads their events.

Neither has a parser of its own. UDPipe 1, which UniversalPetrarch names, parses for both; for PETRARCH2, which was written
for the constituents of CoreNLP, they are projected from UDPipe's dependencies (`Projected`). Nothing of theirs lies here.
"""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.sax.saxutils import escape

SCRIPTS = {"petrarch2/petrarch2.py": "PETRARCH2", "UniversalPetrarch/petrarch_ud.py": "UniversalPetrarch"}
# CAMEO's codes by their longest beginning that stands here; comments and appeals (01, 02) are no PLOVER events.
PLOVER = dict(
    pair.split(":")
    for pair in """03:AGREE 04:CONSULT 05:SUPPORT 06:COOPERATE 07:AID 08:RETREAT 080:CONCEDE 081:CONCEDE 0813:RETREAT
    0814:RETREAT 082:CONCEDE 083:CONCEDE 09:ACCUSE 10:REQUEST 11:ACCUSE 12:REJECT 13:THREATEN 14:PROTEST 15:MOBILIZE
    16:SANCTION 17:COERCE 1712:ASSAULT 175:ASSAULT 18:ASSAULT 19:ASSAULT 191:COERCE 192:COERCE 20:ASSAULT""".split()
)


def parser(model: Path) -> Callable[[str], str]:
    """Return what parses one sentence into CoNLL-U: UDPipe with a model of UD 2."""
    udpipe = importlib.import_module("ufal.udpipe")
    loaded = udpipe.Model.load(str(model)) or sys.exit(f"{model} is no model that UDPipe 1 reads")
    kept = loaded, udpipe.Pipeline(loaded, "tokenizer=presegmented", "", "", "conllu")
    return lambda text: "\n".join(re.findall(r"^\d.*", kept[1].process(text), re.MULTILINE))


# Runs in the peer's own interpreter, with its own configuration; a fault costs it one sentence, not the rest of the run.
DRIVER = """
import os, sys
sys.path.insert(0, os.path.dirname(sys.argv[1]))
coder = __import__(os.path.basename(sys.argv[1])[:-3])
coder.PETRglobals.ConfigFileName = "PETR_config.ini"
coder.PETRreader.parse_Config(coder.utilities._get_data("data/config/", "PETR_config.ini"))
coder.read_dictionaries()
stories, start, faults = coder.PETRreader.read_xml_input(["in.xml"], True), sum(os.times()[:2]), 0
for key in list(stories):
    try:
        coder.do_coding({key: stories[key]})
    except Exception:
        faults, stories[key]["sents"] = faults + 1, None
coder.PETRwriter.write_events(stories, "evts.out")
open("told", "w").write("%r %d" % (sum(os.times()[:2]) - start, faults))
"""


class Peer:
    """A folder with one of the coders in it and its interpreter in venv/bin/python."""

    def __init__(self, folder: Path) -> None:
        found = [script for script in SCRIPTS if (folder / script).is_file()]
        self._script = found[0] if found else sys.exit(f"{folder} holds none of {', '.join(SCRIPTS)}")
        self._folder, self.name, self.faults = folder.absolute(), SCRIPTS[self._script], 0

    def code(self, texts: list[str], parses: list[str]) -> tuple[list[set[str]], float]:
        """Return the PLOVER types found in each text, and the processor's seconds, dictionaries and XML left out."""
        trees = [str(Projected(parse)) for parse in parses] if self.name == "PETRARCH2" else parses
        sentences = "".join(
            f'<Sentence date="20200101" id="s{number}_0" source="X" sentence="True"><Text>\n{escape(text)}\n</Text>'
            f"<Parse>\n{escape(tree)}\n</Parse></Sentence>\n"
            for number, (text, tree) in enumerate(zip(texts, trees, strict=True))
        )
        command = [str(self._folder / "venv/bin/python"), "-c", DRIVER, str(self._folder / self._script)]
        with tempfile.TemporaryDirectory() as place:
            Path(place, "in.xml").write_text(f"<Sentences>\n{sentences}</Sentences>\n", encoding="utf-8")
            done = subprocess.run(command, cwd=place, env={**os.environ, "PYTHONPATH": ""}, capture_output=True)
            if done.returncode:
                sys.exit(f"{self.name} failed: {done.stderr.decode(errors='replace')[-800:]}")
            lines = Path(place, "evts.out").read_text(encoding="utf-8").splitlines()
            seconds, faults = Path(place, "told").read_text().split()
        found: list[set[str]] = [set() for _ in texts]
        for fields in (line.split("\t") for line in lines):  # date, source, target, CAMEO code, issues, sentence ...
            types = [PLOVER[fields[3][:length]] for length in (4, 3, 2) if fields[3][:length] in PLOVER]
            found[int(fields[5][1:-2])].update(types[:1])
        self.faults = int(faults)
        return found, float(seconds)


class Projected:
    """A sentence of CoNLL-U as constituents: each head a phrase, a verb's auxiliaries nested around it."""

    FLAT = frozenset("det det:predet amod compound nummod nmod:poss flat fixed goeswith advmod list case".split())

    def __init__(self, parse: str) -> None:
        rows = [row for row in (line.split("\t") for line in parse.splitlines()) if row[0].isdigit()]
        self.tag = {int(row[0]): row[4] for row in rows}
        self.leaf = {int(row[0]): f"({row[4]} {row[1].translate({40: 45, 41: 45})})" for row in rows}
        self.relation = {int(row[0]): row[7] for row in rows}
        self.children: dict[int, list[int]] = {number: [] for number in (0, *self.leaf)}
        for row in rows:
            self.children[int(row[6])].append(int(row[0]))

    def __str__(self) -> str:
        return _node("ROOT", map(self._phrase, self.children[0]))

    def _phrase(self, head: int) -> str:
        relation, tag, kids = self.relation[head], self.tag[head], self.children[head]
        if relation == "punct":
            return self.leaf[head] if tag == "," else ""
        copula, cases = self._kids(head, "cop"), [k for k in self._kids(head, "case") if k < head]
        label = "NP" if tag[0] in "NPCDWF$" and relation != "advmod" else "ADVP" if tag[0] == "R" else "ADJP"
        label = "VP" if tag[:2] == "VB" and not copula else label
        to = [k for k in self._kids(head, "mark") if self.tag[k] == "TO"]
        verbs = sorted([*copula, *to, *(k for k in self._kids(head, "aux") if k < head)])
        nots = [k for k in self._kids(head, "advmod") if self.leaf[k].lower()[-4:] in ("not)", "n't)")]
        outer = {*cases, *verbs, *nots, *self._kids(head, "mark", "cc")}
        near = [k for k in kids if self.relation[k] in self.FLAT and k not in outer] if label != "VP" else []
        rest = [k for k in kids if k not in {*outer, *near}]
        clause = label == "VP" or bool(copula or self._kids(head, "nsubj", "csubj"))
        first = [k for k in rest if k < head] + [k for k in rest if k > head and self.relation[k].startswith("nsubj")]
        added = [k for k in rest if clause and k > head and self.relation[k] in ("conj", "parataxis")]
        core = self._flat(head, near)
        right = [part for k in rest if k not in {*first, *added} for part in self._joined(k)]
        found = _node(label, [*core, *right] if label == "VP" or not any(right) else [_node(label, core), *right])
        for case in reversed(cases):
            fixed = [self.leaf[k] for k in self.children[case]]
            found = _node("PP", [self.leaf[case], _node("PP", [*fixed, found]) if fixed else found])
        for k in reversed(verbs):
            found = _node("VP", [self.leaf[k], *("(RB not)" for _ in nots if k == verbs[0]), found])
        new = [k for k in added if self.relation[k] == "parataxis" or self._kids(k, "nsubj", "csubj")]
        for k in (k for k in added if k not in new):
            found = _node("VP", [found, *self._joined(k)])
        if not clause or (relation in ("acl", "conj") and not first and not to):
            return found
        found = _node("S", [*map(self._phrase, first), found])
        found = _node("S", [found, *(part for k in new for part in self._joined(k))]) if new else found
        marks = [self.leaf[k] for k in self._kids(head, "mark") if k not in to]
        return _node("SBAR", [*marks, found]) if marks or relation == "acl:relcl" else found

    def _flat(self, word: int, kids: Iterable[int]) -> list[str]:
        own = {k for k in kids if self.relation[k] == "nmod:poss" and self.tag[k] != "PRP$"}
        inner = {k: [self._phrase(k)] if k in own else self._flat(k, self.children[k]) for k in kids}
        inner[word] = [self.leaf[word]]
        return [part for k in sorted(inner) for part in inner[k]]

    def _joined(self, word: int) -> list[str]:
        return [*(self.leaf[k] for k in self._kids(word, "cc")), self._phrase(word)]

    def _kids(self, word: int, *relations: str) -> list[int]:
        return [k for k in self.children[word] if self.relation[k].split(":")[0] in relations]


def _node(label: str, parts: Iterable[str]) -> str:
    return f"({label} {' '.join(filter(None, parts))})"
