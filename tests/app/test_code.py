"""`comity code` as a person runs it: to stdout, or at scale into a folder; what is wrong is said with what to do."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.app.conftest import Run

SAID = "French President Hélène Marchand visited India on 9 March 2018."


def write(path: Path, count: int, *, bad: int | None = None) -> Path:
    """Write so many lines, the one with the number `bad` broken."""
    lines = [json.dumps({"id": str(n), "text": SAID if n % 2 else "Rain fell.", "date": None}) for n in range(count)]
    if bad is not None:
        lines[bad - 1] = "{broken"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_folder_holds_what_stdout_gets(comity: Run, tmp_path: Path) -> None:
    """With --out the shards hold the lines of stdout, the counts stand in summary.json, and nothing is on stdout."""
    write(tmp_path / "news.jsonl", 60)
    streamed = comity("code", "news.jsonl", "--format", "jsonl")
    result = comity("code", "news.jsonl", "--out", "coded", "--shard", "25")
    assert (result.returncode, result.stdout) == (0, "")
    assert "30 events and 0 statements in 60 texts, 3 shards in coded" in result.stderr
    written = "".join(path.read_text("utf-8") for path in sorted((tmp_path / "coded" / "events").iterdir()))
    assert written == streamed.stdout and streamed.returncode == 0
    again = comity("code", "news.jsonl", "--out", "coded", "--shard", "25")
    assert again.returncode == 0 and "60 of 60 were done before" in again.stderr
    quiet = comity("--quiet", "code", "news.jsonl", "--out", "coded", "--shard", "25")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_exit_codes_at_scale(comity: Run, tmp_path: Path) -> None:
    """1 where some texts could not be read, 2 where none could or the run does not fit the folder."""
    write(tmp_path / "some.jsonl", 30, bad=7)
    some = comity("code", "some.jsonl", "--out", "some")
    assert (some.returncode, "some.jsonl, line 7" in some.stderr) == (1, True)
    assert "problems.jsonl names each" in some.stderr
    (tmp_path / "none.jsonl").write_text("{broken\n", encoding="utf-8")
    assert comity("code", "none.jsonl", "--out", "none").returncode == 2
    other = comity("code", "some.jsonl", "--out", "some", "--format", "parquet")
    assert (other.returncode, "begun with --format jsonl" in other.stderr) == (2, True)
    missing = comity("code", "nowhere.jsonl", "--out", "nowhere")
    assert (missing.returncode, "nowhere.jsonl" in missing.stderr, "Traceback" in missing.stderr) == (2, True, False)


def test_a_full_disk_ends_the_run_in_words(comity: Run, tmp_path: Path) -> None:
    """Where a shard cannot be written the run ends with exit 2 and one sentence, and nothing half stands there."""
    write(tmp_path / "news.jsonl", 60)
    (tmp_path / "coded").mkdir()
    first = comity("code", "news.jsonl", "--out", "coded", "--shard", "25")
    assert first.returncode == 0
    (tmp_path / "coded" / "receipts" / "00001.json").unlink()
    (tmp_path / "coded" / "events" / "00001.jsonl").unlink()
    # A folder in a file's place refuses the file, also to the superuser, as a full disk would.
    (tmp_path / "coded" / "events" / "00001.jsonl").mkdir()
    (tmp_path / "coded" / "events" / "00001.jsonl" / "x").touch()
    result = comity("code", "news.jsonl", "--out", "coded", "--shard", "25")
    assert (result.returncode, "cannot be written" in result.stderr, "Traceback" in result.stderr) == (2, True, False)
    assert not list((tmp_path / "coded").rglob("*.partial"))


def test_options_that_do_not_go_together(inside: Run, tmp_path: Path) -> None:
    """What has no meaning together is refused with what to leave out or add."""
    write(tmp_path / "news.jsonl", 3)
    for arguments, words in (
        (("--format", "parquet"), "needs --out"),
        (("--jobs", "2"), "needs --out"),
        (("--cluster", "local"), "needs --out"),
        (("--out", "o", "--format", "csv"), "jsonl or parquet"),
        (("--out", "o", "--positions"), "beside the events"),
        (("--out", "news.jsonl"), "is a file"),
    ):
        result = inside("code", "news.jsonl", *arguments)
        assert (result.returncode, words in result.stderr) == (2, True), result.stderr
    assert not (tmp_path / "o").exists()


def test_csv_has_one_heading(inside: Run, tmp_path: Path) -> None:
    """CSV of many texts is one table: a heading, then a row for each event."""
    write(tmp_path / "news.jsonl", 10)
    rows = list(csv.reader(io.StringIO(inside("code", "news.jsonl", "--format", "csv").stdout)))
    assert rows[0][0] == "id" and len(rows) == 6 and all(row[1] in "13579" for row in rows[1:])


def test_sentences_in_other_languages_are_counted(comity: Run, tmp_path: Path) -> None:
    """To stdout, into a folder and of a document, stderr says how many sentences of which language were left out."""
    french = "Le ministre a dit que la France ne veut pas de cet accord. Il sera donc dans son pays lundi."
    hindi = "विदेश मंत्री ने सोमवार को नई दिल्ली का दौरा किया।"
    lines = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate((french, SAID, hindi))]
    (tmp_path / "news.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = "2 sentences in French and 1 in Hindi were left out: events are coded from English alone."
    streamed = comity("code", "news.jsonl", "--format", "jsonl")
    assert (streamed.returncode, len(streamed.stdout.splitlines()), said in streamed.stderr) == (0, 1, True)
    folder = comity("code", "news.jsonl", "--out", "coded")
    assert (folder.returncode, said in folder.stderr) == (0, True)
    assert json.loads((tmp_path / "coded" / "summary.json").read_text("utf-8"))["unread"] == {"fr": 2, "hi": 1}
    (tmp_path / "note.txt").write_text(f"{SAID}\n\n{hindi}\n", encoding="utf-8")
    said = "1 sentence in Hindi was left out: events are coded from English alone."
    assert said in comity("code", "note.txt").stderr
    assert f"note.txt: {said}" in comity("check", "note.txt").stderr


def test_a_build_counts_sentences_in_other_languages(comity: Run, tmp_path: Path) -> None:
    """A build says of each source how many of its sentences were left out for their language, once it is read."""
    assert comity("init", "France", "India", ".").returncode == 0
    (tmp_path / "sources").mkdir(exist_ok=True)
    (tmp_path / "sources" / "note.txt").write_text(
        f"{SAID}\n\n外交部长星期一访问新德里，会见了印度外长。\n", encoding="utf-8"
    )
    built = comity("build")
    assert "note.txt: 1 sentence in Chinese was left out: events are coded from English alone." in built.stderr
    assert "1 event" in built.stderr
