"""The command line: data on stdout, words on stderr, exit codes 0, 1 and 2, and nothing sent anywhere."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.app.cli import VERBS
from comity.app.cli import comity as group
from comity.flow import Workspace, build, dyad_of
from tests.app.conftest import Run

DRAFT = """\
# Kenya and Uganda: Trade at a Glance

By
Amina Otieno

20 May 2019

Kenya's exports to Uganda rose during 2015-2017, as the table shows.

Kenya's Trade with Uganda (US$ million)

| Year | Exports | Imports | Total |
|------|---------|---------|-------|
| 2015 | 600     | 200     | 800   |
| 2016 | 650     | 210     | 860   |
| 2017 | 700     | 220     | {total}   |

Source: Kenya National Bureau of Statistics, 2018
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft whose last total is wrong."""
    path = tmp_path / "draft.md"
    path.write_text(DRAFT.format(total=990), encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a workspace for Kenya and Uganda without sources."""
    return Workspace.create(tmp_path / "home", dyad_of("KEN", "UGA")).root


def put(home: Path, draft: Path) -> None:
    """Have the draft among the sources."""
    (home / "sources" / draft.name).write_bytes(draft.read_bytes())


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    """`comity VERB --help` says what the verb does."""
    result = CliRunner().invoke(group, [verb, "--help"])
    assert result.exit_code == 0
    assert f"Usage: comity {verb}" in result.output


def test_help_lists_the_verbs(comity: Run) -> None:
    """`comity --help` names every verb and exits 0; `--version` names the program."""
    result = comity("--help")
    assert result.returncode == 0
    assert all(f"  {verb} " in result.stdout for verb in VERBS)
    assert comity("--version").stdout.startswith("comity")


def test_an_unknown_verb_could_not_run(inside: Run) -> None:
    """A misspelt verb, a missing argument and a missing workspace exit with 2 and say what to do."""
    assert inside("biuld").returncode == 2
    assert inside("init", "PAK").returncode == 2
    missing = inside("build")
    assert missing.returncode == 2
    assert "comity init" in missing.stderr
    assert missing.stdout == ""


def test_a_misspelt_verb_is_answered_with_the_likely_one(comity: Run) -> None:
    """`comity chek` names `check`; a word like no verb is answered with all verbs."""
    assert "Did you mean 'check'?" in comity("chek").stderr
    assert "init, add, fetch, build" in comity("xyzzy").stderr


def test_ambiguous_names_are_refused_with_the_choices(comity: Run) -> None:
    """`comity init Korea Japan` names both Koreas and makes nothing."""
    result = comity("init", "Korea", "Japan", "here")
    assert result.returncode == 2
    assert "KOR" in result.stderr and "PRK" in result.stderr
    assert "Traceback" not in result.stderr


def test_check_finds_and_confirms(comity: Run, draft: Path) -> None:
    """A wrong total is found at its line with exit 1; the corrected draft is clean with exit 0."""
    wrong = comity("check", draft)
    assert wrong.returncode == 1
    line = DRAFT.split("\n").index("| 2017 | 700     | 220     | {total}   |") + 1
    assert any(said.startswith(f"{draft}:{line}:") for said in wrong.stdout.splitlines())
    draft.write_text(DRAFT.format(total=920), encoding="utf-8")
    right = comity("check", draft)
    assert (right.returncode, right.stdout.strip()) == (0, "")


def test_check_lists_each_claim_with_its_place_and_reason(inside: Run, draft: Path) -> None:
    """What holds and what could not be checked are listed when asked for, as the JSON has them, and only then."""
    draft.write_text(
        DRAFT.format(total=920) + "\nKenya's exports to Uganda reached US$ 640 million in 2009.\n", encoding="utf-8"
    )
    checked = json.loads(inside("check", draft, "--format", "json").stdout)["checked"]
    places: dict[str, list[str]] = {"confirmed": [], "not_checkable": []}
    for one in checked:
        own = one["spans"][0]
        places[one["verdict"]].append(f"{draft}:{own['line']}:{own['column']} {one['rule']} ")
    assert all(places.values())
    assert inside("check", draft).stdout == ""
    held = inside("check", draft, "--show-confirmed")
    open_ = inside("check", draft, "--show-unchecked")
    for result, verdict in ((held, "confirmed"), (open_, "not_checkable")):
        lines = result.stdout.splitlines()
        assert len(lines) == len(places[verdict])
        said = verdict.replace("_", " ")
        assert all(line.startswith(f"{place}{said}: ") for line, place in zip(lines, places[verdict], strict=True))
        assert result.returncode == 0
    assert "There are no figures for the time that is spoken of." in open_.stdout
    both = inside("check", draft, "--show-confirmed", "--show-unchecked").stdout.splitlines()
    assert sorted(both) == sorted((*held.stdout.splitlines(), *open_.stdout.splitlines()))


def test_check_speaks_json_by_its_contract(inside: Run, draft: Path) -> None:
    """The JSON has document, findings with spans in the reading text, and counts of claims."""
    report = json.loads(inside("check", draft, "--format", "json").stdout)
    text = inside("add", "--show-text", draft).stdout
    assert set(report) >= {"document", "findings", "claims"}
    assert set(report["claims"]) == {"confirmed", "contradicted", "not_checkable"}
    assert report["claims"]["confirmed"] >= 3
    (finding,) = report["findings"]
    assert finding["severity"] == "error"
    assert len(finding["spans"]) >= 2
    for span in finding["spans"]:
        assert text[span["start"] : span["end"]] == span["text"]
        assert span["line"] >= 1 and span["column"] >= 1


def test_check_speaks_sarif(inside: Run, draft: Path) -> None:
    """The SARIF log names the rule and the place of the finding."""
    log = json.loads(inside("check", draft, "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    assert result["level"] == "error"


def test_explain_prints_the_rules_page(inside: Run) -> None:
    """Every listed code has a page; an unknown code exits with 2."""
    codes = [line.split()[0] for line in inside("explain").stdout.splitlines()[1:] if line[:3].isupper()]
    assert len(codes) >= 9
    assert codes[0] in inside("explain", codes[0].lower()).stdout
    assert inside("explain", "XXX999").returncode == 2


def test_code_reads_lines_and_goes_on_after_a_bad_one(comity: Run, tmp_path: Path) -> None:
    """Each good line of JSONL is coded in the contract's shape; a bad line is named and the exit code is 1."""
    lines = [
        json.dumps(
            {"id": "a", "text": "French President Emmanuel Macron visited India on 9 March 2018.", "date": "2018-03-10"}
        ),
        "{broken",
        json.dumps({"id": "b", "text": "The weather was fine.", "date": None}),
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = comity("code", "news.jsonl", "--format", "jsonl")
    assert result.returncode == 1
    assert "line 2" in result.stderr
    (event,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (event["source_id"], event["type"], event["modes"]) == ("a", "CONSULT", ["visit"])
    assert set(event) >= set(
        "id source_id type modes actors recipients symmetric date place contexts quad scale confidence start end text".split()
    )
    assert event["date"] == {
        "start": "2018-03-09",
        "end": "2018-03-09",
        "precision": "day",
        "text": event["date"]["text"],
    }
    assert [actor["code"] for actor in event["actors"]] == ["FRA"]
    assert lines[0].find(event["text"]) > 0


def test_words_go_to_stderr_and_can_be_silenced(comity: Run, tmp_path: Path) -> None:
    """`--quiet` leaves only data and errors; off a terminal there is no colour and no progress bar."""
    (tmp_path / "news.txt").write_text("Nothing happened between France and India.", encoding="utf-8")
    loud, quiet = comity("code", "news.txt"), comity("--quiet", "code", "news.txt")
    assert loud.stderr and not quiet.stderr
    assert loud.stdout == quiet.stdout == ""
    assert "\x1b[" not in loud.stderr + comity("--help").stdout


def test_a_workspace_from_beginning_to_end(comity: Run, inside: Run, tmp_path: Path, draft: Path) -> None:
    """init, add, build, status, measure, brief and export work one after the other, and twice."""
    draft.write_text(DRAFT.format(total=920), encoding="utf-8")
    home = tmp_path / "home"
    assert comity("init", "Kenya", "Uganda", home).returncode == 0
    for _ in range(2):
        assert comity("add", draft, cwd=home).returncode == 0
        assert comity("build", cwd=home).returncode == 0
    assert "9 figures" in comity("build", cwd=home).stderr
    state = json.loads(comity("status", "--format", "json", cwd=home).stdout)
    assert (state["counts"]["documents"], state["counts"]["figures"], state["waiting"]) == (1, 9, [])
    measures = json.loads(comity("measure", "--format", "json", cwd=home).stdout)
    assert any(one["value"] is not None for one in measures)
    assert all(one["method"] and one["summary"] for one in measures)
    assert list(csv.DictReader(io.StringIO(inside("measure", "--format", "csv", cwd=home).stdout)))
    shown = comity("measure", cwd=home).stdout
    answered = [one for one in measures if one["inputs"]]
    said = {text for one in answered for text in (one["summary"], *one["caveats"])}
    assert all(shown.count(text) == 1 for text in said), "what several measures share is said once"
    listed = shown.split("What could not be measured", 1)[1]
    for one in (one for one in measures if not one["inputs"]):
        assert re.search(rf"(?<![\w-]){one['key']}(?=[:,])", listed), "each is named"
        reason = one["summary"].split(": ", 1)[-1][1:]
        assert listed.count(reason) == 1, "a reason that several share is said once"
    assert "See note" in shown and re.search(r"^  1\. \w", shown, re.MULTILINE)
    assert comity("measure", "total-trade", "--chart", "out/trade.png", cwd=home).returncode == 0
    assert (home / "out" / "trade.png").read_bytes().startswith(b"\x89PNG")
    refused = inside("measure", "total-trade", "--chart", "trade.gif", cwd=home)
    assert refused.returncode == 2 and ".svg, .png or .json" in refused.stderr
    brief = Path(comity("brief", cwd=home).stdout.strip())
    assert brief == (home / "out" / "brief.html").resolve()
    assert brief.read_text(encoding="utf-8").startswith("<!doctype html>")
    figures = [json.loads(line) for line in comity("export", "observations", cwd=home).stdout.splitlines()]
    assert len(figures) == 9
    assert (
        json.loads(comity("export", "bibliography", cwd=home).stdout)[0]["title"]
        == "Kenya and Uganda: Trade at a Glance"
    )
    for style in ("csl", "bibtex", "ris"):
        told = inside("export", "--bibliography", style, cwd=home)
        assert told.returncode == 0
        assert told.stdout == inside("export", "bibliography", "--format", style, cwd=home).stdout
    assert inside("export", cwd=home).returncode == 2
    assert inside("export", "events", "--bibliography", "csl", cwd=home).returncode == 2
    parquet = home / "out" / "figures.parquet"
    assert comity("export", "observations", "--format", "parquet", "-o", parquet, cwd=home).returncode == 0
    assert parquet.read_bytes()[:4] == b"PAR1"


def test_unreadable_files_are_named_and_the_rest_goes_on(inside: Run, tmp_path: Path, draft: Path, home: Path) -> None:
    """Add and build exit 1 when some files are bad and 2 when all are, each named with a remedy."""
    (tmp_path / "empty.txt").touch()
    some = inside("add", draft, tmp_path / "empty.txt", cwd=home)
    assert some.returncode == 1 and "empty.txt" in some.stderr
    assert inside("add", tmp_path / "empty.txt", cwd=home).returncode == 2
    (row,) = json.loads(inside("status", "--format", "json", cwd=home).stdout)["unread"]
    assert row["name"] == str(tmp_path / "empty.txt") and "is empty" in row["reason"]
    assert "is empty" in inside("status", cwd=home).stdout
    (home / "sources" / "noise.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    built = inside("build", cwd=home)
    assert built.returncode == 1 and "noise.pdf" in built.stderr
    assert "Traceback" not in built.stderr


def test_add_says_as_data_what_became_of_each_file(inside: Run, tmp_path: Path, draft: Path, home: Path) -> None:
    """With --format json, stdout has a row for each file, read or not, and stderr the words; a second run adds nothing."""
    (tmp_path / "empty.txt").touch()
    first = inside("add", draft, tmp_path / "empty.txt", "--format", "json", cwd=home)
    rows = json.loads(first.stdout)
    assert [(row["name"], row["outcome"]) for row in rows] == [(draft.name, "added"), ("", "refused")]
    assert rows[0]["tables"] == 1 and rows[0]["language"] == "en" and "empty" in rows[1]["reason"]
    assert "not read" in first.stderr and "1 added, 0 already there, 1 not read." in first.stderr
    assert json.loads(inside("add", draft, "--format", "json", cwd=home).stdout)[0]["outcome"] == "already there"


def test_documents_in_other_languages_are_counted_and_kept(inside: Run, tmp_path: Path) -> None:
    """build, status and the brief say how many there are and in which languages; they stay searchable and give no event."""
    home = Workspace.create(tmp_path / "home", dyad_of("PAK", "JPN")).root
    texts = {
        "fr": "Le ministre des Affaires étrangères s'est rendu à Islamabad, où il a rencontré son homologue. Les deux pays ont signé un accord.",
        "fr2": "La visite du ministre a eu lieu dans la capitale, et les deux pays ont signé cet accord qui est important pour eux.",
        "ur": "وزیر خارجہ نے پیر کے روز اسلام آباد کا دورہ کیا اور اپنے ہم منصب سے ملاقات کی۔",
        "en": "Japanese Foreign Minister Taro Kono visited Islamabad on 3 January 2018 and met his counterpart.",
        "mixed": "# Ports\n\nThe two countries agreed on ports in May 2018, and the ministers said that the work would go on.\n\n"
        "Le ministre a déclaré que les deux pays ont signé cet accord.\n",
    }
    for name, text in texts.items():
        (home / "sources" / f"{name}.txt").write_text(text, encoding="utf-8")
    words = "3 documents in other languages (2 French, 1 Urdu) are kept and searchable, not coded."
    built = inside("build", cwd=home).stderr
    assert words in built
    assert "mixed.txt: 1 sentence in French was left out" in built
    assert words in inside("status", cwd=home).stdout
    assert json.loads(inside("status", "--format", "json", cwd=home).stdout)["languages"] == {"en": 2, "fr": 2, "ur": 1}
    assert words in Path(inside("brief", cwd=home).stdout.strip()).read_text(encoding="utf-8")
    events = [json.loads(line) for line in inside("export", "events", cwd=home).stdout.splitlines()]
    assert events and all(event["text"].isascii() for event in events)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are tested on POSIX systems")
def test_a_folder_without_permission_is_named(tmp_path: Path, comity: Run, draft: Path, home: Path) -> None:
    """A folder and a file that may not be opened are refused by name, and the rest is added."""
    papers = tmp_path / "papers"
    (papers / "closed").mkdir(parents=True)
    (papers / "closed" / "secret.txt").write_text("x", encoding="utf-8")
    (papers / "locked.txt").write_text("x", encoding="utf-8")
    (papers / "open.txt").write_text("Open.", encoding="utf-8")
    (papers / "closed").chmod(0)
    (papers / "locked.txt").chmod(0)
    # Root reads everything unless it gives that power up.
    drop = "-dac_override,-dac_read_search"
    prefix = ["setpriv", f"--bounding-set={drop}", f"--inh-caps={drop}"] if os.geteuid() == 0 else []
    try:
        result = subprocess.run(
            [*prefix, sys.executable, "-m", "comity", "add", str(papers)], cwd=home, capture_output=True, text=True
        )
    except FileNotFoundError:
        pytest.skip("run as root without setpriv, so every file can be read")
    finally:
        (papers / "closed").chmod(0o755)
        (papers / "locked.txt").chmod(0o644)
    assert result.returncode == 1
    assert "closed" in result.stderr and "locked.txt" in result.stderr
    assert "open.txt" in result.stdout and "locked.txt" not in result.stdout


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_output_to_a_full_disk_is_said(comity: Run, draft: Path, home: Path) -> None:
    """Whatever cannot be written ends in one plain sentence and exit 2; what nobody can hear does not stop the work."""
    put(home, draft)

    def run(*arguments: str, **streams: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "comity", *arguments]
        return subprocess.run(command, cwd=home, text=True, **{"stderr": subprocess.PIPE, **streams})  # type: ignore[call-overload,no-any-return]

    with FULL.open("w", encoding="utf-8") as full:
        assert run("build", stderr=full).returncode == 0
        for arguments in (
            ("export", "events"),
            ("export", "observations", "--format", "csv"),
            ("check", str(draft)),
            ("check", str(draft), "--format", "json"),
            ("explain", "SUM001"),
            ("explain",),
            ("status",),
            ("measure", "--format", "csv"),
            ("brief",),
            ("--help",),
        ):
            result = run(*arguments, stdout=full)
            assert result.returncode == 2, arguments
            assert "cannot be written: No space left on device" in result.stderr
            assert "Traceback" not in result.stderr and "Exception ignored" not in result.stderr
    result = comity("export", "observations", "-o", "/dev/full", cwd=home)
    assert (result.returncode, "Traceback" in result.stderr) == (2, False)


@pytest.mark.skipif(os.name != "posix", reason="closes standard streams as a shell does")
def test_closed_streams_and_readers_who_leave(comity: Run, draft: Path, home: Path) -> None:
    """With stdout closed, data is an error and a build is not; a reader who leaves early is none."""
    put(home, draft)
    program = f"'{sys.executable}' -m comity"

    def shell(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["sh", "-c", command], cwd=home, text=True, capture_output=True)

    assert shell(f"{program} build <&- >&- 2>&-").returncode == 0
    assert json.loads(comity("status", "--format", "json", cwd=home).stdout)["counts"]["documents"] == 1
    lost = shell(f"{program} status >&-")
    assert (lost.returncode, "cannot be written" in lost.stderr) == (2, True)
    for verb in ("explain", "export observations", "status", "--help"):
        left = shell(f"{{ {program} {verb}; echo $? >&2; }} | true")
        assert left.stderr.strip() == "0", verb


def test_a_busy_port_is_said(comity: Run, home: Path) -> None:
    """`comity serve` on a port that another program has names the port and the option to choose another."""
    build(Workspace.load(home))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = comity("serve", "--port", str(port), "--no-open", cwd=home)
    assert result.returncode == 2
    assert f"port {port} is in use" in result.stderr and "--port" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bad_decision_is_exit_1(inside: Run, draft: Path, home: Path) -> None:
    """A build that had to leave out a line of decisions.jsonl says which one and exits with 1."""
    put(home, draft)
    (home / "decisions.jsonl").write_text("{broken\n", encoding="utf-8")
    result = inside("--quiet", "build", cwd=home)
    assert result.returncode == 1
    assert "decisions.jsonl:1:" in result.stderr
    assert inside("status", cwd=home).stdout.count("1 document,") == 1


def test_init_again_says_what_it_kept(comity: Run, tmp_path: Path, draft: Path) -> None:
    """The second init of a folder says that it is a workspace already, and keeps everything."""
    home = tmp_path / "home"
    assert "Next:" in comity("init", "Kenya", "Uganda", home).stderr
    comity("add", draft, cwd=home)
    again = comity("init", "Uganda", "Kenya", home)
    assert again.returncode == 0
    assert "already" in again.stderr and "1 source" in again.stderr and "Next:" not in again.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids such names")
def test_a_line_break_in_a_name_does_not_break_the_lines(inside: Run, draft: Path, home: Path) -> None:
    """A file whose name holds a line break and a control character is shown escaped, one line for one thing."""
    name = "odd\nna\x1b[31mme.md"
    (home / "sources" / name).write_bytes(draft.read_bytes())
    shown = "odd\\nna\\x1b[31mme.md"
    assert f"waits for a build: {shown}" in inside("status", cwd=home).stdout.splitlines()
    said = inside("build", cwd=home).stderr
    assert all(line.startswith((f"{shown}: ", "1 read")) for line in said.splitlines())
    checked = inside("check", f"sources/{name}", cwd=home)
    assert all(line.strip().startswith(f"sources/{shown}:") for line in checked.stdout.splitlines())
    rows = list(csv.reader(io.StringIO(inside("export", "documents", "--format", "csv", cwd=home).stdout)))
    assert len(rows) == 2
    assert rows[1][rows[0].index("files")] == "odd\\nna\\u001b[31mme.md"


def test_the_demo_works_without_network_and_twice(comity: Run, tmp_path: Path) -> None:
    """The demo runs with every outgoing connection forbidden, says where its brief is, and can be run again."""
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*args, **more): raise SystemExit('a connection was tried: %r' % (args[1:],))\n"
        "socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse\n",
        encoding="utf-8",
    )
    for _ in range(2):
        result = comity("demo", "--to", "demo", "--no-open", PYTHONPATH=str(guard))
        assert result.returncode == 0, result.stderr
        brief = Path(result.stdout.strip())
        assert brief.is_file()
    assert "4 documents" in comity("status", cwd=brief.parent.parent).stdout


def test_serve_shows_the_record_on_this_machine(home: Path) -> None:
    """`comity serve` answers on 127.0.0.1 with the dyad's page and as JSON, and stops when told."""
    visit = "Ugandan Foreign Minister Sam Kutesa visited Nairobi on 3 January 2018 and met his counterpart.\n"
    (home / "sources" / "visit.txt").write_text(visit, encoding="utf-8")
    build(Workspace.load(home))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "comity", "serve", "--port", str(port), "--no-open"], cwd=home, stderr=subprocess.PIPE
    )
    try:
        page = _get(f"http://127.0.0.1:{port}/")
        assert "Kenya" in page and "Uganda" in page
        assert json.loads(_get(f"http://127.0.0.1:{port}/events.json"))
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _get(address: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_doctor_finds_the_installation_sound(comity: Run) -> None:
    """In a complete installation the doctor exits 0 and names the store and the extras."""
    result = comity("doctor")
    assert result.returncode == 0, result.stdout
    assert "store" in result.stdout and "[brief]" in result.stdout
