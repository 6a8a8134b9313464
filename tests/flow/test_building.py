"""A build brings the record up to date, reads nothing twice, and leaves it whole whatever happens."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.documents import READER
from comity.flow import (
    Workspace,
    add,
    build,
    check_file,
    export,
    make_example,
    measure,
    open_view,
    status,
    write_brief,
    write_whole,
)
from comity.record import Record, append_decision
from comity.terms import (
    Decision,
    Judgement,
    RecordBusy,
    RecordError,
    UnknownCode,
    UnreadableSource,
    WorkspaceError,
)
from tests.flow.conftest import TRADE

EXPORTS = ("events", "statements", "observations", "documents", "bibliography")


def everything(workspace: Workspace) -> list[bytes]:
    """Return all exports of the record."""
    return [export(workspace, what) for what in EXPORTS]


def test_a_build_reads_what_is_new(workspace: Workspace) -> None:
    """The first build reads all, the second nothing; a changed file is read again, a removed one retired."""
    assert sorted(build(workspace).read) == ["trade.csv", "visits.md"]
    again = build(workspace)
    assert (again.read, sorted(again.unchanged)) == ((), ["trade.csv", "visits.md"])
    text = (workspace.sources / "visits.md").read_text(encoding="utf-8")
    (workspace.sources / "visits.md").write_text(text.replace("June 12, 2018", "June 14, 2018"), encoding="utf-8")
    assert build(workspace).read == ("visits.md",)
    (workspace.sources / "visits.md").unlink()
    last = build(workspace)
    assert (last.retired, last.events) == (("visits.md",), 0)
    assert last.observations == 9


def test_the_record_holds_what_the_sources_say(workspace: Workspace) -> None:
    """The visits have their actors, dates and places, the table its nine figures in dollars and the way that each goes."""
    build(workspace)
    with open_view(workspace) as view:
        visits = {
            (m.event.actors[0].code, m.event.recipients[0].code, m.event.date.period.label)
            for m in view.events()
            if "visit" in m.event.modes and m.event.date is not None
        }
        figures = {(o.series.indicator, o.period.label): o.quantity.value for o in view.observations()}
        ways = {(o.series.indicator, o.series.flow) for o in view.observations()}
    assert visits == {("FRA", "IND", "4-5 February 2019"), ("IND", "FRA", "12 June 2018")}
    assert len(figures) == 9
    assert figures["exports", "2017"] == 5_500_000_000
    assert ways == {("exports", "out"), ("imports", "in"), ("total-trade", "both")}


def test_what_comes_back_is_as_it_was(workspace: Workspace) -> None:
    """A source that is removed and put back leaves the same exports."""
    build(workspace)
    before = everything(workspace)
    text = (workspace.sources / "visits.md").read_bytes()
    (workspace.sources / "visits.md").unlink()
    build(workspace)
    assert everything(workspace) != before
    (workspace.sources / "visits.md").write_bytes(text)
    build(workspace)
    assert everything(workspace) == before


def test_another_reader_reads_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier reader read is read again, once, though neither the file nor Comity's version changed."""
    build(workspace)
    before = everything(workspace)
    assert build(workspace).read == ()
    monkeypatch.setattr("comity.flow.building.READER", READER + 1)
    assert sorted(build(workspace).read) == ["trade.csv", "visits.md"]
    last = build(workspace)
    assert (last.read, sorted(last.unchanged)) == ((), ["trade.csv", "visits.md"])
    assert everything(workspace) == before


def test_the_order_of_sources_does_not_matter(workspace: Workspace, tmp_path: Path) -> None:
    """Sources that came one by one in another order give the same bytes and the same version."""
    build(workspace)
    other = Workspace.create(tmp_path / "other", workspace.dyad)
    for name in ("visits.md", "trade.csv"):
        shutil.copyfile(workspace.sources / name, other.sources / name)
        build(other)
    assert everything(other) == everything(workspace)
    assert status(other).version == status(workspace).version


def test_one_bad_source_does_not_stop_the_rest(workspace: Workspace) -> None:
    """What cannot be read is named with its reason in the report and in the status; the rest is in the record."""
    (workspace.sources / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    (workspace.sources / "noise.bin").write_bytes(random.Random(1).randbytes(5000))
    (workspace.sources / "empty.txt").touch()
    report = build(workspace)
    assert [name for name, _ in report.unread] == ["broken.docx", "empty.txt", "noise.bin"]
    assert report.observations == 9
    assert {name for name, _ in status(workspace).unread} == {"broken.docx", "empty.txt", "noise.bin"}
    assert {name for name, _ in build(workspace).unread} == {"broken.docx", "empty.txt", "noise.bin"}


def test_status_says_what_waits(workspace: Workspace) -> None:
    """Before a build all waits; after it nothing; a new file waits, a removed one is gone."""
    assert status(workspace).waiting == ("trade.csv", "visits.md")
    build(workspace)
    assert status(workspace).waiting == ()
    (workspace.sources / "new.txt").write_text("News.", encoding="utf-8")
    (workspace.sources / "trade.csv").unlink()
    assert (status(workspace).waiting, status(workspace).gone) == (("new.txt",), ("trade.csv",))


def test_a_corrected_mapping_is_used(workspace: Workspace) -> None:
    """A unit that comity.toml corrects changes the figures at the next build, without touching the file."""
    build(workspace)
    with open_view(workspace) as view:
        table = next(o.provenance.table_id for o in view.observations())
    settings = workspace.root / "comity.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + f'\n[tables."trade.csv"."{table}"]\nunit = "EUR"\nscale = 1000\n',
        encoding="utf-8",
    )
    build(Workspace.load(workspace.root))
    with open_view(workspace) as view:
        assert {o.series.unit for o in view.observations()} == {"EUR"}
        assert max(o.quantity.value for o in view.observations()) == 11_100_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_sources_is_named_and_not_waited_for(workspace: Workspace) -> None:
    """A named pipe among the sources is refused by name, by build and by status, and a broken link too; the rest is read."""
    os.mkfifo(workspace.sources / "pipe.txt")
    (workspace.sources / "link.txt").symlink_to("nowhere.txt")
    report = build(workspace)
    assert sorted(report.read) == ["trade.csv", "visits.md"]
    assert len(report.unread) == 2
    assert any("pipe.txt" in reason and "regular" in reason for _, reason in report.unread)
    assert "pipe.txt" not in status(workspace).waiting


def test_human_decisions_are_applied(workspace: Workspace) -> None:
    """A rejected event leaves the view and the exports at the next build; taking the judgement back returns it."""
    build(workspace)
    with open_view(workspace) as view:
        target = view.events()[0].id
    before = export(workspace, "events")
    judgement = Decision(target, Judgement.REJECTED, "ana", datetime(2026, 1, 2, tzinfo=UTC), reason="not a visit")
    append_decision(workspace.decisions, judgement)
    build(workspace)
    with open_view(workspace) as view:
        assert target not in {merged.id for merged in view.events()}
    append_decision(
        workspace.decisions, replace(judgement, judgement=Judgement.UNDECIDED, at=datetime(2026, 1, 3, tzinfo=UTC))
    )
    build(workspace)
    with open_view(workspace) as view:
        assert target in {merged.id for merged in view.events()}
    assert json.loads(export(workspace, "events").splitlines()[0])["text"] == json.loads(before.splitlines()[0])["text"]


def test_a_broken_decision_is_named_and_the_others_apply(workspace: Workspace) -> None:
    """Lines of decisions.jsonl that are no decisions are named by file and line; the others apply and sources are read."""
    build(workspace)
    with open_view(workspace) as view:
        target = view.events()[0].id
    append_decision(workspace.decisions, Decision(target, Judgement.REJECTED, "ana", datetime(2026, 1, 2, tzinfo=UTC)))
    good = workspace.decisions.read_text(encoding="utf-8")
    wrong_field = good.replace("rejected", "corrected").replace('"changes":[]', '"changes":[["colour","red"]]')
    assert wrong_field.count("colour") == 1
    workspace.decisions.write_text('{"target": \n' + wrong_field + good, encoding="utf-8")
    (workspace.sources / "new.txt").write_text("News.", encoding="utf-8")
    report = build(workspace)
    assert report.read == ("new.txt",)
    assert ["decisions.jsonl:1:" in words for words in report.undecided] == [True, False]
    assert "decisions.jsonl:2:" in report.undecided[1] and "colour" in report.undecided[1]
    assert "[type=" not in report.undecided[0]
    assert status(workspace).problems == report.undecided
    with open_view(workspace) as view:
        assert target not in {merged.id for merged in view.events()}


def test_decisions_that_cannot_be_read_are_not_taken_for_none(workspace: Workspace) -> None:
    """Where decisions.jsonl is a folder or a broken link, the build stops, the record stays, and the status says why."""
    build(workspace)
    before = everything(workspace)
    workspace.decisions.mkdir()
    with pytest.raises(RecordError, match=r"decisions\.jsonl cannot be read"):
        build(workspace)
    assert any("cannot be read" in words for words in status(workspace).problems)
    workspace.decisions.rmdir()
    workspace.decisions.symlink_to("nowhere.jsonl")
    with pytest.raises(RecordError, match=r"decisions\.jsonl cannot be read"):
        build(workspace)
    assert everything(workspace) == before


def test_a_correction_that_could_not_be_made_is_told(workspace: Workspace) -> None:
    """A correction whose result would be no valid event is a warning of the build and stands in the status."""
    build(workspace)
    with open_view(workspace) as view:
        target = view.events()[0].id
    judgement = Decision(
        target, Judgement.CORRECTED, "ana", datetime(2026, 1, 2, tzinfo=UTC), changes=(("modes", "troops"),)
    )
    append_decision(workspace.decisions, judgement)
    assert any(name == "decisions.jsonl" and target in words for name, words in build(workspace).warnings)
    assert any(target in words for words in status(workspace).problems)


def test_what_a_stopped_first_build_leaves_is_no_record(workspace: Workspace) -> None:
    """An empty record.db, and one in which no build came to its end, are no record yet: one word for every step."""
    draft = workspace.sources / "visits.md"
    for leave in (workspace.record.touch, lambda: Record.open(workspace.record, create=True)):
        leave()
        for step in (lambda: export(workspace, "events"), lambda: measure(workspace), lambda: write_brief(workspace)):
            with pytest.raises(RecordError, match="has no record yet"):
                step()
        assert status(workspace).version == ""
        assert status(workspace).waiting == ("trade.csv", "visits.md")
        assert check_file(draft, workspace).document.name == str(draft)
    assert not workspace.out.exists()
    assert build(workspace).observations == 9


def test_mappings_that_lead_nowhere_are_said(workspace: Workspace) -> None:
    """A section of comity.toml for a file or a table that is not there is a warning, also when nothing is read anew."""
    settings = workspace.root / "comity.toml"
    text = settings.read_text(encoding="utf-8")
    text += '[tables."trade.cvs"."1"]\nunit = "USD"\n[tables."trade.csv"."7"]\nunit = "carat"\n'
    settings.write_text(text, encoding="utf-8")
    for _ in range(2):
        words = [words for name, words in build(Workspace.load(workspace.root)).warnings if name == "comity.toml"]
        assert len(words) == 3
        assert "is trade.csv meant?" in words[0]
        assert '"7"' in words[1] and 'its tables are "1"' in words[1]
        assert "carat" in words[2] and "ISO 4217" in words[2]


@pytest.mark.parametrize("key", ["1", "t1"])
def test_the_key_that_the_build_prints_is_the_key_to_correct(workspace: Workspace, key: str) -> None:
    """The build's line on a table names it by the number that comity.toml's own example uses; t1 is understood too."""
    assert '."1"]' in (workspace.root / "comity.toml").read_text(encoding="utf-8")
    assert any(words.startswith("table 1 read as") for _, words in build(workspace).guesses)
    settings = workspace.root / "comity.toml"
    text = settings.read_text(encoding="utf-8") + f'[tables."trade.csv"."{key}"]\nscale = 1000\n'
    settings.write_text(text, encoding="utf-8")
    report = build(Workspace.load(workspace.root))
    assert not [words for name, words in report.warnings if name == "comity.toml"]
    assert any("x 1,000" in words and "x 1,000,000" not in words for _, words in report.guesses)


def test_only_tables_that_gave_figures_are_called_read(workspace: Workspace) -> None:
    """A table whose unit nobody names gives no figures, so no line says how it was read."""
    (workspace.sources / "trade.csv").write_text(TRADE.replace(" (US$ million)", ""), encoding="utf-8")
    report = build(workspace)
    assert report.observations == 0
    assert report.guesses == ()
    assert any("unit" in words for _, words in report.warnings)


def test_json_is_not_read_as_prose(workspace: Workspace) -> None:
    """JSON Lines among the sources, under any name, and JSON are left out with a reason; the rest is read."""
    line = json.dumps({"id": "a", "text": "French President Luc Marin visited India on 9 March 2018.", "date": None})
    (workspace.sources / "news.jsonl").write_text(line + "\n", encoding="utf-8")
    (workspace.sources / "news.txt").write_text(line + "\n", encoding="utf-8")
    (workspace.sources / "data.json").write_text("{\n" + line[1:], encoding="utf-8")
    report = build(workspace)
    assert sorted(report.read) == ["trade.csv", "visits.md"]
    reasons = dict(report.unread)
    assert sorted(reasons) == ["data.json", "news.jsonl", "news.txt"]
    assert "comity code" in reasons["news.jsonl"] and "comity code" in reasons["news.txt"]
    outcomes = [added.outcome for added in add(workspace, [workspace.sources / "news.jsonl"])]
    assert outcomes == ["refused"]
    with pytest.raises(UnreadableSource, match="comity code"):
        check_file(workspace.sources / "news.jsonl")


def test_a_services_message_is_no_corpus(workspace: Workspace) -> None:
    """An error that a service answered in JSON is told with its words, under whatever name it was saved."""
    file = workspace.root / "trade-data.csv"
    file.write_text('{"error": "rate limit exceeded", "status": 429}', encoding="utf-8")
    (added,) = add(workspace, [file])
    assert added.outcome == "refused"
    assert "a service's message in JSON and no data: rate limit exceeded" in added.reason


def test_one_of_a_thing_is_not_many(workspace: Workspace) -> None:
    """The build and the status count in the singular where there is one."""
    (workspace.sources / "trade.csv").unlink()
    (workspace.sources / "visits.md").write_text(
        "Indian Prime Minister Arjun Mehta visited Paris on June 12, 2018.", encoding="utf-8"
    )
    assert "1 event," in build(workspace).summary
    assert any("1 document, 1 event," in line for line in status(workspace).lines())


def test_files_are_written_whole_or_not_at_all(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the brief, an export and an added file fail in words, what stood there stays, nothing lies beside it."""
    build(workspace)
    brief = write_brief(workspace)
    before = brief.read_bytes()
    stored = sorted(path.name for path in workspace.sources.iterdir())

    def full(*_: object) -> None:
        """Fail as a full disk does at the last moment."""
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", full)
        with pytest.raises(WorkspaceError, match="No space left"):
            write_brief(workspace)
        with pytest.raises(WorkspaceError, match="No space left"):
            write_whole(workspace.out / "events.jsonl", b"new")
        (workspace.root / "more.txt").write_text("More.", encoding="utf-8")
        (added,) = add(workspace, [workspace.root / "more.txt"])
        assert added.outcome == "refused" and "No space left" in added.reason
        with pytest.raises(WorkspaceError, match="No space left"):
            Workspace.create(workspace.root / "inner", workspace.dyad)
    assert [path.name for path in workspace.out.iterdir()] == ["brief.html"]
    assert brief.read_bytes() == before
    assert sorted(path.name for path in workspace.sources.iterdir()) == stored
    assert [path.name for path in (workspace.root / "inner").iterdir()] == ["sources"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_device_is_written_into_not_replaced() -> None:
    """Where the place named is a device, it stays one."""
    with pytest.raises(WorkspaceError, match="/dev/full cannot be written"):
        write_whole(Path("/dev/full"), b"x")
    assert Path("/dev/full").is_char_device()


def test_the_example_keeps_what_a_person_changed(tmp_path: Path) -> None:
    """The second example in the same folder leaves a changed source as it is and says so; a missing one comes back."""
    root = make_example(tmp_path).brief.parent.parent
    changed, gone = root / "sources" / "trade.csv", root / "sources" / "fdi.csv"
    content = changed.read_text(encoding="utf-8") + "# mine\n"
    changed.write_text(content, encoding="utf-8")
    gone.unlink()
    lines = make_example(tmp_path).lines
    assert changed.read_text(encoding="utf-8") == content
    assert gone.is_file()
    assert [line for line in lines if "trade.csv" in line and "kept" in line]
    assert not [line for line in lines if "kept" in line and "trade.csv" not in line]


def test_without_a_record_there_is_a_clear_word(workspace: Workspace) -> None:
    """Measuring or exporting before a build says to build."""
    with pytest.raises(RecordError, match="comity build"):
        measure(workspace)
    build(workspace)
    with pytest.raises(UnknownCode, match="no measure"):
        measure(workspace, ["weather"])


def test_two_builds_at_once_leave_a_whole_record(workspace: Workspace) -> None:
    """Of two builds started together each succeeds or says that the other holds the record."""
    for number in range(30):
        (workspace.sources / f"copy{number}.md").write_text(
            (workspace.sources / "visits.md").read_text(encoding="utf-8") + f"\n\nCopy {number}.\n", encoding="utf-8"
        )
    command = [sys.executable, "-m", "comity", "build"]
    both = [subprocess.Popen(command, cwd=workspace.root, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    words = [process.communicate(timeout=120)[1] for process in both]
    codes = [process.returncode for process in both]
    assert 0 in codes
    for code, said in zip(codes, words, strict=True):
        assert code == 0 or (code == 2 and "build" in said)
    assert build(workspace).read == ()


def test_a_killed_build_leaves_the_record_as_it_was(workspace: Workspace) -> None:
    """After kill -9 at any moment of a build, the record holds the former state or the new one, and the next build works."""
    build(workspace)
    former = everything(workspace)
    for number in range(40):
        (workspace.sources / f"note{number}.md").write_text(
            (workspace.sources / "visits.md").read_text(encoding="utf-8") + f"\n\nNote {number}.\n", encoding="utf-8"
        )
    reference = Workspace.create(workspace.root.parent / "reference", workspace.dyad)
    shutil.copytree(workspace.sources, reference.sources, dirs_exist_ok=True)
    build(reference)
    latter = everything(reference)
    chance = random.Random(7)
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-m", "comity", "-q", "build", "--fresh"], cwd=workspace.root, stderr=subprocess.DEVNULL
        )
        time.sleep(0.4 + chance.random() * 0.8)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        assert everything(workspace) in (former, latter)
    build(workspace)
    assert everything(workspace) == latter


def test_a_held_record_is_said(workspace: Workspace) -> None:
    """While another process holds the record for writing, a build says who does."""
    build(workspace)
    hold = (
        "import sys, time; from comity.record import Record\n"
        f"with Record.open({str(workspace.record)!r}).writing():\n"
        "    print('held', flush=True); time.sleep(30)"
    )
    process = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and process.stdout.readline().strip() == "held"
        with pytest.raises(RecordBusy, match=str(process.pid)):
            build(workspace)
    finally:
        process.kill()
        process.communicate()


def test_a_fault_of_ours_costs_one_file_and_is_tried_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When reading one file fails through a fault of Comity, the rest is read, and the next build tries it again."""

    def fail(document: object) -> None:
        """Fail as a fault would."""
        raise KeyError("a fault")

    with monkeypatch.context() as broken:
        broken.setattr("comity.coding.code", fail)
        report = build(workspace)
    assert {name for name, _ in report.unread} == {"trade.csv", "visits.md"}
    assert all("fault in Comity" in reason for _, reason in report.unread)
    assert sorted(build(workspace).read) == ["trade.csv", "visits.md"]


def test_what_cannot_be_looked_at_is_not_taken_for_gone(workspace: Workspace) -> None:
    """A missing sources/ stops the build, and a file that cannot be opened any more keeps its facts; both are said."""
    build(workspace)
    before = everything(workspace)
    away = workspace.root / "away"
    workspace.sources.rename(away)
    with pytest.raises(WorkspaceError, match="sources"):
        build(workspace)
    away.rename(workspace.sources)
    text = (workspace.sources / "visits.md").read_bytes()
    (workspace.sources / "visits.md").unlink()
    (workspace.sources / "visits.md").symlink_to("visits.md")  # a link to itself cannot be opened, by root neither
    report = build(workspace)
    assert report.retired == ()
    assert any(name == "visits.md" and "stays in the record" in reason for name, reason in report.unread)
    assert everything(workspace) == before
    (workspace.sources / "visits.md").unlink()
    (workspace.sources / "visits.md").write_bytes(text)
    assert build(workspace).unread == ()


def test_links_and_odd_names_cost_only_themselves(workspace: Workspace, tmp_path: Path) -> None:
    """A link to a file outside is read under its own name; a broken link and a name that is not UTF-8 are named."""
    outside = tmp_path / "outside.txt"
    outside.write_text("France praised India. It rained.", encoding="utf-8")
    (workspace.sources / "inside.txt").symlink_to(outside)
    (workspace.sources / "broken.txt").symlink_to("nowhere.txt")
    try:
        (workspace.sources / os.fsdecode(b"odd-\xff.txt")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    report = build(workspace)
    assert "inside.txt" in report.read
    assert {"broken.txt"} < {name for name, _ in report.unread}
    assert any("not UTF-8" in reason for _, reason in report.unread)


def test_what_holds_of_several_tables_is_said_once(workspace: Workspace) -> None:
    """The same problem of three tables is one line with their numbers; another table's own stays its own."""
    table = "France's trade with India (US$ million)\n\n| Year | Exports | Sold |\n|--|--|--|\n| 2015 | 1 | 2 |\n| 2016 | 3 | 4 |\n"
    other = table.replace("Sold", "Bought")
    (workspace.sources / "many.md").write_text("# Tables\n\n" + "\nText.\n\n".join([table, other, table, table]))
    said = [words for name, words in build(workspace).warnings if name == "many.md"]
    assert [words.partition(":")[0] for words in said] == ["tables 1, 3, 4, column 3", "table 2, column 3"]
    assert said[0].count("'Sold'") == 1 and '[tables."many.md"."1"]' in said[0] and "its own number" in said[0]
    assert said[1].count("'Bought'") == 1 and '[tables."many.md"."2"]' in said[1] and "its own number" not in said[1]
