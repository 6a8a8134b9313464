"""Coverage-guided fuzzing of the documents room, one reader at a time, by hand: not part of `make test`.

    python3 -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris && /tmp/fuzz/bin/pip install -e .
    /tmp/fuzz/bin/python tests/fuzz/fuzz_documents.py READER FOLDER -max_total_time=1800

READER is one of text, html, docx, odt, rtf, pdf, csv, xlsx, mail. FOLDER holds the corpus that libFuzzer fills, begun with the
tests' own documents, and in FOLDER/found one file for each place at which a reader failed: an exception that is no
UnreadableSource, or a document that breaks an invariant. A run goes on after those; it ends at an input that hangs for
20 s or takes 2 GB. Of zipped formats the parts are mutated, not the archive around them.
"""

from __future__ import annotations

import hashlib
import io
import random
import sys
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["comity.documents"]):
    from tests.documents import made

    from comity.documents import read_bytes
    from comity.terms import Document, UnreadableSource

_TESTS = Path(__file__).resolve().parents[1] / "documents"
_ZIPPED = frozenset({"docx", "odt", "xlsx"})
# libFuzzer's own limits where the command line gives none.
_LIMITS = ("-timeout=20", "-rss_limit_mb=2048", "-max_len=60000")
_EXTENSIONS = {"text": (".txt", ".md"), "html": (".html",), "pdf": (".pdf",), "csv": (".csv",), "mail": (".eml",)}
_CSV = 'Trade (US$ million)\nYear,Exports,Imports\n2016,1 200,3.5\n2017,"1,300",4.5\nSource: Customs\n'
_MAIL = (
    "From: =?utf-8?q?J=C3=A9r=C3=B4me?= Roe <j@x.org>\nTo: desk@x.org\nDate: Wed, 3 Jan 2018 10:00:00 +0500\n"
    "Subject: The talks\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    "Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n\nThe ministers met in Muscat =E2=80=93 again.\n\n> Will they meet?\n\n-- \n"
    "Jane\n--c\nContent-Type: text/html\n\n<p>The ministers met in Muscat.</p>\n--c--\n--b\n"
    "Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\nContent-Transfer-Encoding: base64\n\n"
    "JVBERi0=\n--b--\n"
)  # fmt: skip


def seeds(reader: str) -> Iterator[bytes]:
    """Yield the documents of the tests that a reader reads."""
    for path in sorted([*(_TESTS / "corpus").iterdir(), *(_TESTS / "texts").iterdir()]):
        if path.suffix in _EXTENSIONS.get(reader, (f".{reader}",)) and path.name != "README.md":
            yield path.read_bytes()
    if reader == "pdf":
        lines = [(72.0, 700.0 - 20 * n, 12.0, f"Row {n}  1,{n}00  3.5") for n in range(6)]
        yield made.pdf([lines, lines], rules=[(70, 705, 300, 705), (70, 590, 300, 590)])
    elif reader == "docx":
        yield made.docx(made.paragraph("The talks", "Heading1") + made.paragraph("They met in Muscat on 3 May 2018."))
    elif reader == "xlsx":
        yield made.xlsx({"A": [["Year", "Exports"], [2016, 1200.5], [2017, 1300]], "B": [["a"], ["b"]]}, hidden=["B"])
    elif reader == "csv":
        yield from (_CSV.encode(), _CSV.replace(",", "\t").encode("utf-16"), _CSV.replace(",", ";").encode())
    elif reader == "mail":
        yield from (
            _MAIL.encode(),
            _MAIL.replace("\n", "\r\n").encode(),
            b"From a@x Wed Jan  3 10:00:00 2018\n" + _MAIL.encode(),
        )


def hold(document: Document) -> None:
    """Hold a document to what every reader promises; that passages stand verbatim, `Document` itself holds."""
    size, last = len(document.text), 0
    for block in document.blocks:
        assert last <= block.start <= block.end <= size, f"block {block} out of order"
        last = block.end
    for table in document.tables:
        assert 0 <= table.start <= table.end <= size, f"table {table.id} outside the text"
        for cell in table.cells:
            assert document.text[cell.start : cell.end] == cell.text, f"{table.id}: {cell} not verbatim"
            assert cell.row_span > 0 and cell.column_span > 0, f"{table.id}: {cell} spans nothing"
    for note in document.notes:
        assert document.text[note.start : note.end] == note.text, f"note {note.id} not verbatim"
        assert note.marker is None or 0 <= note.marker <= size, f"note {note.id}: marker outside the text"
    starts = [anchor.start for anchor in document.anchors]
    assert starts == sorted(starts), "anchors out of order"
    for offset in (0, size // 2, size):
        place = document.locate(offset)
        assert place.line >= 0 and place.column >= 0, f"{offset} located at {place}"
    document.text.encode()


class Trial:
    """One reader held to inputs, and the folder in which each kind of failure is kept once."""

    def __init__(self, reader: str, found: Path) -> None:
        self.name = f"it.{reader}"
        self.found = found
        self.known: set[str] = set()

    def one(self, data: bytes) -> None:
        """Read one input; keep it where it fails at a place that is new."""
        try:
            hold(read_bytes(data, name=self.name))
        except UnreadableSource:
            pass
        except Exception as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "comity" in frame.filename]
            place = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
            label = f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"
            if label in self.known:
                return
            self.known.add(label)
            kept = self.found / hashlib.sha1(data).hexdigest()[:12]
            kept.write_bytes(data)
            kept.with_suffix(".log").write_text(
                f"{label}\n{traceback.format_exc()}", encoding="utf-8", errors="replace"
            )
            print(f"\nFOUND {label}: {error!s:.200} -> {kept}", file=sys.stderr)


def mutate_parts(data: bytes, max_size: int, seed: int) -> bytes:
    """Return the archive with one of its parts mutated; what is no archive is mutated as it is."""
    chance = random.Random(seed)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist() if info.file_size < 200_000}
    except Exception:
        return bytes(atheris.Mutate(data, max_size))
    written = sorted(name for name in parts if name.endswith(".xml"))
    if not written or chance.random() < 0.02:
        return bytes(atheris.Mutate(data, max_size))
    name = chance.choice(written)
    parts[name] = _mutate_xml(parts[name], chance, max_size)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def _mutate_xml(content: bytes, chance: random.Random, max_size: int) -> bytes:
    """Change text at random, or move, double or drop an element, so that most results are still XML."""
    from lxml import etree

    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return bytes(atheris.Mutate(content, max_size))
    elements = list(root.iter(etree.Element))
    for _ in range(chance.randint(1, 4)):
        one, other = chance.choice(elements), chance.choice(elements)
        deed = chance.random()
        if deed < 0.3 and other is not one and one not in other.iterancestors() and one.getparent() is not None:
            other.append(etree.fromstring(etree.tostring(one, with_tail=False)) if deed < 0.15 else one)
        elif deed < 0.4 and one.getparent() is not None:
            one.getparent().remove(one)
        elif deed < 0.6 and one.attrib:
            key = chance.choice(list(one.attrib))
            one.set(key, chance.choice(["", "0", "-1", "1", "99999999999", "a", "1.5", one.get(key) or "x"]))
        else:
            text = bytes(atheris.Mutate((one.text or "").encode(), 200)).decode("utf-8", "ignore")
            one.text = "".join(c for c in text if c in "\n\t" or 31 < ord(c) < 0xD800)
    return etree.tostring(root)


def main() -> None:
    """Fuzz the reader named with the arguments of libFuzzer."""
    reader, folder, arguments = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    corpus, found = folder / "corpus", folder / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    for content in seeds(reader):
        (corpus / hashlib.sha1(content).hexdigest()).write_bytes(content)
    trial = Trial(reader, found)
    for content in seeds(reader):  # what is loaded once is no input's time
        trial.one(content)
    limits = [limit for limit in _LIMITS if not any(given.startswith(limit.split("=")[0]) for given in arguments)]
    command = [sys.argv[0], *limits, f"-artifact_prefix={found}/", *arguments, str(corpus)]
    if reader in _ZIPPED:
        atheris.Setup(command, trial.one, custom_mutator=mutate_parts)
    else:
        atheris.Setup(command, trial.one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
