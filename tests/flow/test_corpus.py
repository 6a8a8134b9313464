"""Coding at scale: shards in a folder, whatever the number of workers, and gone on with after any kill."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import duckdb
import pytest

from comity.flow import code_files, corpus_run, runner_of
from comity.terms import RecordBusy, UnreadableSource, WorkspaceError
from tests.flow import corpora

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


def lines_of(folder: Path, what: str = "events") -> list[str]:
    """Return the lines of all shards in the order of their names."""
    return [line for path in sorted(folder.glob(f"{what}/*.jsonl")) for line in path.read_text("utf-8").splitlines()]


def run(paths: list[Path], folder: Path, *, form: str = "jsonl", size: int = 20, jobs: int = 1) -> dict[str, int]:
    """Code into a folder and return the summary as it stands there."""
    with corpus_run(paths, folder, form=form, size=size) as coding:
        for _ in coding.code(runner_of(jobs)):
            pass
        coding.finish()
    summary: dict[str, int] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return summary


def test_the_bytes_do_not_hang_on_the_workers(tmp_path: Path) -> None:
    """One worker and three write the same files, in the order of the inputs, and what stdout would get."""
    paths = [corpora.write_lines(tmp_path / "b.jsonl", 70), corpora.write_lines(tmp_path / "a.jsonl", 45)]
    one = run(paths, tmp_path / "one", jobs=1)
    run(paths, tmp_path / "three", jobs=3)
    assert corpora.contents(tmp_path / "one") == corpora.contents(tmp_path / "three")
    coded = list(code_files(paths))
    streamed = [json.dumps(event, ensure_ascii=False) for source in coded for event in source.events]
    assert lines_of(tmp_path / "one") == streamed
    stated = [json.dumps(each, ensure_ascii=False) for source in coded for each in source.statements]
    assert lines_of(tmp_path / "one", "statements") == stated
    assert one == {
        "shards": 4 + 3,
        "texts": 115,
        "events": len(streamed),
        "statements": len(stated),
        "problems": 0,
        "unread": {},
    }
    assert one["events"] > 50


def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Each line that cannot be read stands in problems.jsonl with its file, its line in that file and the reason."""
    path = corpora.write_lines(tmp_path / "news.jsonl", 50)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3] = b"{broken\n"
    lines[30] = b'{"id": "x", "text": "\xff"}\n'
    lines[31] = b"\n"
    lines[44] = b'{"id": "y", "text": "Rain.", "date": "in May"}\n'
    path.write_bytes(b"".join(lines))
    summary = run([path], tmp_path / "out", size=10, jobs=2)
    found = [json.loads(line) for line in (tmp_path / "out" / "problems.jsonl").read_text("utf-8").splitlines()]
    assert [(each["file"], each["place"]) for each in found] == [
        (str(path), place) for place in ("line 4", "line 31", "line 45")
    ]
    assert "JSON" in found[0]["reason"] and "UTF-8" in found[1]["reason"] and "in May" in found[2]["reason"]
    assert (summary["texts"], summary["problems"]) == (46, 3)


def test_parquet_in_and_out(tmp_path: Path) -> None:
    """Rows of Parquet give the events that lines of JSONL give, and Parquet out holds the same rows with one schema."""
    lines = corpora.write_lines(tmp_path / "news.jsonl", 60)
    rows = tmp_path / "year=2018" / "date=1999-01-01" / "news [1].parquet"
    rows.parent.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE news AS SELECT id, \"text\", CAST(date AS DATE) AS date FROM '{lines}'")
        connection.execute(f"COPY news TO '{rows}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    run([lines], tmp_path / "from-lines", size=25)
    run([rows], tmp_path / "from-rows", size=25)
    assert lines_of(tmp_path / "from-lines") == lines_of(tmp_path / "from-rows")
    run([rows], tmp_path / "parquet", form="parquet", size=25, jobs=2)
    again = tmp_path / "again"
    run([rows], again, form="parquet", size=25, jobs=1)
    assert corpora.contents(tmp_path / "parquet") == corpora.contents(again)
    read_back = duckdb.sql(f"SELECT * FROM read_parquet('{again}/events/*.parquet', filename = false)")
    events = [json.loads(line) for line in lines_of(tmp_path / "from-lines")]
    assert read_back.columns == list(events[0])
    for row, event in zip(read_back.fetchall(), events, strict=True):
        held = dict(zip(read_back.columns, row, strict=True))
        assert json.loads(json.dumps(held, default=str)) == event


def test_parquet_columns_are_those_of_the_lines(tmp_path: Path) -> None:
    """Each key of a line has its column in Parquet, so that nothing coded is dropped on the way."""
    path = tmp_path / "positions.jsonl"
    said = "France supports India's bid for a permanent seat on the Security Council. Brazil visited by Kenya."
    path.write_text(json.dumps({"id": "a", "text": said + " " + corpora.SAID[0].format(day=3)}) + "\n", "utf-8")
    run([path], tmp_path / "out", form="parquet")
    (source,) = code_files([path])
    for what, lines in (("events", source.events), ("statements", source.statements)):
        assert lines, what
        assert duckdb.sql(f"SELECT * FROM '{tmp_path}/out/{what}/00000.parquet'").columns == list(lines[0])


def test_documents_are_shards_of_their_own(tmp_path: Path) -> None:
    """A document among the files is coded as it is without a folder; one that cannot be read is named."""
    note = tmp_path / "note.txt"
    note.write_text(corpora.SAID[0].format(day=9), encoding="utf-8")
    noise = tmp_path / "noise.pdf"
    noise.write_bytes(b"%PDF-1.4 nothing")
    summary = run([note, noise], tmp_path / "out")
    assert (summary["shards"], summary["texts"], summary["problems"]) == (2, 1, 1)
    (source,) = code_files([note])
    assert lines_of(tmp_path / "out") == [json.dumps(event, ensure_ascii=False) for event in source.events]


def test_a_second_run_does_nothing_again(tmp_path: Path) -> None:
    """Finished shards are skipped, those whose files are gone or cut short are done again, and no file is left over."""
    path = corpora.write_lines(tmp_path / "news.jsonl", 90)
    out = tmp_path / "out"
    run([path], out)
    whole = corpora.contents(out)
    (out / "events" / "00001.jsonl").unlink()
    (out / "events" / "00003.jsonl").write_bytes(whole["events/00003.jsonl"][:-7])
    (out / "receipts" / "00004.json").write_text('{"shard": 4')
    (out / "events" / ".00004.jsonl.77.partial").write_text("half")
    with corpus_run([path], out, size=20) as coding:
        assert (coding.done, coding.total, coding.shards_left) == (40, 90, 3)
        assert sorted(receipt.shard for receipt in coding.code(runner_of(1))) == [1, 3, 4]
        coding.finish()
    assert corpora.contents(out) == whole
    with corpus_run([path], out, size=20) as coding:
        assert list(coding.code(runner_of(1))) == []
        coding.finish()
    assert corpora.contents(out) == whole


def test_other_inputs_or_options_are_refused(tmp_path: Path) -> None:
    """A folder that was begun otherwise is left as it is, and the message says in what and what to do."""
    path = corpora.write_lines(tmp_path / "news.jsonl", 10)
    out = tmp_path / "out"
    run([path], out)
    whole = corpora.contents(out)
    with pytest.raises(WorkspaceError, match=r"begun with --shard 20, not 30.* --out"):
        run([path], out, size=30)
    with pytest.raises(WorkspaceError, match="begun with --format jsonl, not parquet"):
        run([path], out, form="parquet")
    with pytest.raises(WorkspaceError, match="1 input, not 2"):
        run([path, corpora.write_lines(tmp_path / "more.jsonl", 5)], out)
    path.write_text(path.read_text("utf-8").replace("2019", "2018"), encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"another content of .*news\.jsonl"):
        run([path], out)
    assert corpora.contents(out) == whole
    manifest = json.loads(whole["manifest.json"])
    (out / "manifest.json").write_text(json.dumps(manifest | {"coder": "0" * 64}))
    with pytest.raises(WorkspaceError, match="another version of the coder"):
        run([path], out)
    other = tmp_path / "pictures"
    other.mkdir()
    (other / "holiday.png").write_bytes(b"")
    with pytest.raises(WorkspaceError, match=r"holds other things \(holiday\.png\)"):
        run([path], other)


def test_what_is_not_there_stops_before_anything_is_written(tmp_path: Path) -> None:
    """A missing file, a folder and a Parquet file without texts are refused with what to do."""
    path = corpora.write_lines(tmp_path / "news.jsonl", 10)
    bad = tmp_path / "bad.parquet"
    duckdb.sql("SELECT 1 AS id, 'x' AS words").write_parquet(str(bad))
    for wrong, words in ((tmp_path / "none.jsonl", "No such file"), (tmp_path, "regular"), (bad, "no column text")):
        with pytest.raises(UnreadableSource, match=words):
            run([path, wrong], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """A folder that another run is writing into is refused; a file that is named twice is taken once."""
    path = corpora.write_lines(tmp_path / "news.jsonl", 10)
    with corpus_run([path, tmp_path / "." / "news.jsonl"], tmp_path / "out") as coding:
        assert (len(coding.inputs), coding.total) == (1, 10)
        with pytest.raises(RecordBusy), corpus_run([path], tmp_path / "out"):
            pass


def test_an_input_that_changes_meanwhile_is_told(tmp_path: Path) -> None:
    """A run whose input was changed under it does not end as if all were well."""
    path = corpora.write_lines(tmp_path / "news.jsonl", 10)
    with corpus_run([path], tmp_path / "out") as coding:
        for _ in coding.code(runner_of(1)):
            pass
        path.write_bytes(path.read_bytes() + b"\n")
        with pytest.raises(WorkspaceError, match="changed while"):
            coding.finish()
    assert not (tmp_path / "out" / "summary.json").exists()


def killed_in_mid_run(arguments: tuple[str, ...], folder: Path) -> set[str]:
    """Start a run, kill it and nothing else after some shards, and return what is finished when its workers are gone."""
    before = len(corpora.receipts(folder / "out"))
    running = corpora.begin(*arguments, cwd=folder)
    corpora.wait_until(lambda: len(corpora.receipts(folder / "out")) > before + 2)
    workers = set(corpora.below(running.pid))
    assert running.poll() is None and len(workers) >= 2
    corpora.kill(running.pid)
    running.communicate()
    corpora.wait_until(lambda: not workers & set(corpora.parents()))
    return corpora.receipts(folder / "out")


@linux
def test_killed_in_mid_run_and_gone_on_with(tmp_path: Path) -> None:
    """After kill -9 of the whole run, twice, the same command ends with the bytes of a run that nobody killed."""
    corpora.write_lines(tmp_path / "news.jsonl", 4500)
    arguments = ("news.jsonl", "--out", "out", "--jobs", "2", "--shard", "15")
    for earlier in (0, 1):
        seen = killed_in_mid_run(arguments, tmp_path)
        assert 2 * (earlier + 1) < len(seen) < 300 and not (tmp_path / "out" / "summary.json").exists()
    times = {name: (tmp_path / "out" / "receipts" / f"{name}.json").stat().st_mtime_ns for name in seen}
    ended = corpora.begin(*arguments, cwd=tmp_path)
    said = ended.communicate()[1]
    assert (ended.returncode, f"{15 * len(seen):,} of 4,500 were done before" in said) == (0, True), said
    assert {n: (tmp_path / "out" / "receipts" / f"{n}.json").stat().st_mtime_ns for n in seen} == times
    calm = corpora.begin("news.jsonl", "--out", "calm", "--jobs", "1", "--shard", "15", cwd=tmp_path)
    calm.communicate()
    assert corpora.contents(tmp_path / "out") == corpora.contents(tmp_path / "calm")
    ids = [json.loads(line)["source_id"] for line in lines_of(tmp_path / "out")]
    assert ids == sorted(ids, key=lambda name: int(name.rpartition("-")[2]))


@linux
def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    """A run of which one worker is killed ends as if it had not been."""
    corpora.write_lines(tmp_path / "news.jsonl", 500)
    running = corpora.begin("news.jsonl", "--out", "out", "--jobs", "2", "--shard", "25", cwd=tmp_path)
    corpora.wait_until(lambda: len(corpora.receipts(tmp_path / "out")) > 2)
    workers = [each for each in corpora.below(running.pid) if "spawn_main" in corpora.command_of(each)]
    assert len(workers) == 2
    corpora.kill(workers[0])
    said = running.communicate()[1]
    assert running.returncode == 0, said
    calm = corpora.begin("news.jsonl", "--out", "calm", "--jobs", "1", "--shard", "25", cwd=tmp_path)
    calm.communicate()
    assert corpora.contents(tmp_path / "out") == corpora.contents(tmp_path / "calm")


@linux
def test_ctrl_c_says_how_to_go_on(tmp_path: Path) -> None:
    """Ctrl-C ends the run and its workers with exit 130, leaves nothing half written, and says how to go on."""
    corpora.write_lines(tmp_path / "news.jsonl", 4500)
    running = corpora.begin("news.jsonl", "--out", "out", "--jobs", "2", "--shard", "15", cwd=tmp_path)
    corpora.wait_until(lambda: len(corpora.receipts(tmp_path / "out")) > 2)
    running.send_signal(signal.SIGINT)
    said = running.communicate()[1]
    assert (running.returncode, "same command" in said, "Traceback" in said) == (130, True, False), said
    assert not list((tmp_path / "out").rglob("*.partial"))
    assert 2 < len(corpora.receipts(tmp_path / "out")) < 300
