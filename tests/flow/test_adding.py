"""What an analyst drops is read, and each file is told of: what it holds, or why it was not read."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Mapping
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.app.cli import comity as group
from comity.flow import Added, Workspace, add, build, status
from comity.flow import files as sources_of
from tests.documents.made import docx, paragraph, pdf
from tests.documents.test_scanned import pictures
from tests.documents.test_workbooks import ods


def archive(members: Mapping[str, bytes], *, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of the given files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def mail(subject: str, text: str = "The ministers met in Muscat.\n") -> EmailMessage:
    """Return a mail as a program would save it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Jane Roe <jane@x.org>", "desk@x.org", subject
    made["Date"], made["Message-ID"] = "Wed, 03 Jan 2018 10:00:00 +0500", f"<{abs(hash(subject))}@x.org>"
    made.set_content(text)
    return made


def told(done: list[Added]) -> dict[str, tuple[str, str]]:
    """Return outcome and reason by the path's last part."""
    return {Path(added.path).name: (added.outcome, added.reason) for added in done}


def test_what_was_read_is_told(workspace: Workspace, tmp_path: Path) -> None:
    """Each file is read as it is added, and its kind, size and language are known before any build."""
    (tmp_path / "talks.docx").write_bytes(docx(paragraph("The ministers met in Muscat. They will meet again.")))
    (added,) = add(workspace, [tmp_path / "talks.docx"])
    assert added.contents is not None
    assert (added.contents.kind, added.contents.words, added.contents.language) == ("Word", 9, "en")
    assert added.as_dict()["outcome"] == "added" and added.as_dict()["words"] == 9


def test_what_cannot_be_read_is_not_kept(workspace: Workspace, tmp_path: Path) -> None:
    """A scanned and a damaged file are refused with the reason, and nothing of them stays in sources/."""
    (tmp_path / "scan.pdf").write_bytes(pictures(pdf([[(72.0, 700.0, 12.0, "Ports of Oman")]]), dots=50))
    (tmp_path / "cut.docx").write_bytes(docx(paragraph("x"))[:100])
    before = sorted(workspace.sources.iterdir())
    done = told(add(workspace, [tmp_path / "scan.pdf", tmp_path / "cut.docx"]))
    assert done["scan.pdf"][0] == done["cut.docx"][0] == "refused"
    assert "--ocr" in done["scan.pdf"][1] and "cut short" in done["cut.docx"][1]
    assert sorted(workspace.sources.iterdir()) == before


def test_files_of_one_name_in_two_folders_are_both_kept(workspace: Workspace, tmp_path: Path) -> None:
    """The second gets a number; the same bytes in a third folder are said to be there."""
    for folder, text in (("a", "One."), ("b", "Two."), ("c", "One.")):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "report.txt").write_text(text, encoding="utf-8")
    done = add(workspace, [tmp_path / "in"])
    assert [(added.name, added.outcome) for added in done] == [
        ("report.txt", "added"),
        ("report-2.txt", "added"),
        ("report.txt", "already there"),
    ]


def test_links_and_pipes_in_a_folder_are_not_followed(workspace: Workspace, tmp_path: Path) -> None:
    """A received folder brings in nothing that lies outside it, and a loop or a pipe does not hold it up."""
    (tmp_path / "secret.txt").write_text("A secret.", encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "own.txt").write_text("Own.", encoding="utf-8")
    (folder / "alias.txt").symlink_to("own.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    done = told(add(workspace, [folder]))
    assert done["own.txt"][0] == "already there" and done["alias.txt"][0] == "added"  # the alias comes first
    for name in ("out.txt", "loop", "pipe"):
        assert done[name][0] == "refused", name
    assert all(b"secret" not in path.read_bytes() for path in sources_of(workspace))


@pytest.mark.parametrize("name", ["a\nb.txt", "\u202etxt.exe", "🏛 visite.txt", "é" * 120 + ".txt", "x" * 251 + ".txt"])
def test_odd_names_become_names_on_one_line(workspace: Workspace, tmp_path: Path, name: str) -> None:
    """A name with a line break, a turn of direction, or of the greatest length has room in sources/, twice too."""
    for folder, text in (("a", "One."), ("b", "Two.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    done = add(workspace, [tmp_path / "a", tmp_path / "b"])
    assert [added.outcome for added in done] == ["added", "added"]
    assert len({added.name for added in done}) == 2
    for added in done:
        assert len(added.name.encode()) <= 255 and "\n" not in added.name and "\u202e" not in added.name
        assert (workspace.sources / added.name).is_file()


def test_an_archive_is_read_file_by_file(workspace: Workspace, tmp_path: Path) -> None:
    """Its files are sources of their own; a second time they are all there; what the system put in is passed over."""
    papers = {"old/one.txt": b"One of them.", "two.docx": docx(paragraph("Two of them.")), "__MACOSX/._one.txt": b"x"}
    (tmp_path / "papers.zip").write_bytes(archive(papers))
    done = add(workspace, [tmp_path / "papers.zip"])
    assert [(one.name, one.outcome) for one in done[:-1]] == [("one.txt", "added"), ("two.docx", "added")]
    assert done[-1].outcome == "opened" and done[0].container == str(tmp_path / "papers.zip")
    assert [one.outcome for one in add(workspace, [tmp_path / "papers.zip"])[:-1]] == ["already there"] * 2


def test_an_archive_reaches_nothing_outside(workspace: Workspace, tmp_path: Path) -> None:
    """Paths that lead out, absolute paths and doubles land in sources/ by their last name; links are refused."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("../../evil.txt", "Out.")
        made.writestr("/etc/evil.txt", "Absolute.")
        made.writestr("C:\\win\\evil.txt", "Windows.")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "papers.zip").write_bytes(out.getvalue())
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    done = add(workspace, [tmp_path / "in" / "papers.zip"])
    assert [one.outcome for one in done] == ["added", "added", "added", "refused", "opened"]
    added = {path for path in tmp_path.rglob("*") if path.is_file()} - before - {workspace.refused}
    assert {path.name for path in added} == {"evil.txt", "evil-2.txt", "evil-3.txt"}
    assert {path.parent for path in added} == {workspace.sources}


def test_bombs_in_an_archive_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    """A member that is too large, parts that overlap, an archive within it and an encrypted member: each is refused by name."""
    inner = archive({"deep.txt": b"Deep."})
    whole = bytearray(archive({"big.txt": b"0" * 60_000_000, "inner.zip": inner, "good.txt": b"Good."}))
    (tmp_path / "bomb.zip").write_bytes(whole)
    done = told(add(workspace, [tmp_path / "bomb.zip"]))
    assert done["big.txt"][0] == done["inner.zip"][0] == "refused" and done["good.txt"][0] == "added"
    assert "archive within" in done["inner.zip"][1]
    (tmp_path / "overlap.zip").write_bytes(overlapping(50))
    assert "overlap" in told(add(workspace, [tmp_path / "overlap.zip"]))["overlap.zip"][1]
    locked = bytearray(archive({"it.txt": b"It."}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    assert "encrypted" in told(add(workspace, [tmp_path / "locked.zip"]))["it.txt"][1]


def overlapping(number: int) -> bytes:
    """Return a zip whose directory names one part many times (as D. Fifield's bombs do, "A better zip bomb", 2019)."""
    content = bytearray(archive({"a.txt": os.urandom(2000)}, kind=zipfile.ZIP_STORED))
    begin = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry, tail = bytes(content[begin:end]), bytearray(content[end:])
    tail[8:12] = number.to_bytes(2, "little") * 2
    tail[12:16] = (len(entry) * number).to_bytes(4, "little")
    return bytes(content[:begin]) + entry * number + bytes(tail)


def test_the_mails_of_a_mailbox_are_sources_of_their_own(workspace: Workspace, tmp_path: Path) -> None:
    """Each with its subject; attachments are added as files, pictures in them are not."""
    second = mail("Trade")
    second.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png")
    second.add_attachment(docx(paragraph("Annex.")), maintype="application", subtype="msword", filename="annex.docx")
    box = b"".join(
        b"From jane@x.org Wed Jan  3 10:00:00 2018\n" + one.as_bytes() + b"\n" for one in (mail("Talks"), second)
    )
    (tmp_path / "desk.mbox").write_bytes(box)
    done = add(workspace, [tmp_path / "desk.mbox"])
    assert [one.name for one in done if one.outcome == "added"] == ["desk-001.eml", "desk-002.eml", "annex.docx"]
    titles = [one.contents.title for one in done if one.contents is not None]
    assert titles[:2] == ["Talks", "Trade"]


def test_the_articles_of_a_download_are_sources_of_their_own(workspace: Workspace, tmp_path: Path) -> None:
    """A text of several records of a database is parted, so that each article has its own date."""
    record = "{n} of 2 DOCUMENTS\n\nThe Gulf Post\n\nMay {n}, 2018 Thursday\n\nTalks {n}\n\nLENGTH: 9 words\n\nThe ministers met in Muscat.\n\nLOAD-DATE: May 9, 2018\n\nPUBLICATION-TYPE: Newspaper\n\n"
    (tmp_path / "nexis.txt").write_text(record.format(n=1) + record.format(n=2), encoding="utf-8")
    done = add(workspace, [tmp_path / "nexis.txt"])
    assert [one.contents and one.contents.published for one in done] == ["1 May 2018", "2 May 2018", None]
    assert [one.contents and one.contents.title for one in done] == ["Talks 1", "Talks 2", None]


@pytest.mark.parametrize("folder", ["Talks in Oslo_files", "Talks in Oslo-Dateien", "talks in oslo_FICHIERS"])
def test_the_parts_of_a_saved_page_are_no_sources(workspace: Workspace, tmp_path: Path, folder: str) -> None:
    """A browser's folder of a page's parts is passed over and counted, beside its page alone, in a zip too."""
    parts = {
        f"{folder}/ad.html": b"<p>Buy a boat now.</p>",
        f"{folder}/a.js": b"let x;",
        f"{folder}/sub/s.css": b"p {}",
    }
    page = {"Talks in Oslo.html": b"<title>Talks</title><p>The ministers met in Oslo on Monday.</p>"}
    for place, files in (("with", page | parts), ("without", parts)):
        for name, content in files.items():
            (tmp_path / place / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / place / name).write_bytes(content)
    (tmp_path / "saved.zip").write_bytes(archive(page | parts))
    for path in (tmp_path / "with", tmp_path / "saved.zip"):
        done = add(workspace, [path])
        assert [one.outcome for one in done if one.outcome not in ("added", "already there", "opened")] == [
            "passed over"
        ]
        (passed,) = (one for one in done if one.outcome == "passed over")
        assert "3 files, the parts of Talks in Oslo.html" in passed.reason
    assert [one.outcome for one in add(workspace, [tmp_path / "with" / folder])] == ["passed over"]
    assert not any(path.name == "ad.html" for path in sources_of(workspace))
    done = told(add(workspace, [tmp_path / "without"]))
    assert done["ad.html"][0] == "added" and done["a.js"][0] == done["s.css"][0] == "refused"


@pytest.mark.parametrize("name", ["app.js", "style.CSS", "app.js.map", "data.json", "logo.svg", "text.woff"])
def test_what_pages_are_made_of_is_no_document(workspace: Workspace, tmp_path: Path, name: str) -> None:
    """Programs, styles, pictures and fonts of pages are refused by their names, and read as no text by a build either."""
    content = b"The ministers met in Oslo on Monday."
    (tmp_path / name).write_bytes(content)
    (added,) = add(workspace, [tmp_path / name])
    assert added.outcome == "refused" and name in added.reason
    (workspace.sources / name).write_bytes(content)
    assert name in dict(build(workspace).unread)


def test_a_build_passes_over_the_parts_of_a_saved_page(workspace: Workspace) -> None:
    """Where a page and its folder are put into sources/ by hand, the page is read and the folder said."""
    (workspace.sources / "Talks.htm").write_text("<p>The ministers met in Oslo.</p>", encoding="utf-8")
    (workspace.sources / "Talks_files").mkdir()
    (workspace.sources / "Talks_files" / "ad.html").write_text("<p>Buy a boat.</p>", encoding="utf-8")
    report = build(workspace)
    assert "Talks.htm" in report.read and not any("ad.html" in name for name in report.read)
    assert ("Talks_files", "1 file, the parts of Talks.htm, not read by themselves.") in report.warnings


def test_what_was_refused_is_remembered_until_it_is_added(workspace: Workspace, tmp_path: Path) -> None:
    """The status tells of refused files with the reason, before and after a build, until a file of that name is added."""
    cut = docx(paragraph("The ministers met in Muscat."))
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    (tmp_path / "one" / "cut.docx").write_bytes(cut[:100])
    (tmp_path / "one" / "empty.txt").touch()
    for _ in range(2):  # the same again is one entry
        add(workspace, [tmp_path / "one"])
        add(workspace, [tmp_path / "one" / "cut.docx"])
        assert sorted(Path(one.name).name for one in status(workspace).refused) == ["cut.docx", "empty.txt"]
    build(workspace)
    rows = {Path(row["name"]).name: row for row in status(workspace).as_dict()["unread"]}
    assert "is empty" in rows["empty.txt"]["reason"] and rows["cut.docx"]["refused_on"] == date.today().isoformat()
    assert sum("cut.docx" in line for line in status(workspace).lines()) == 1
    (tmp_path / "two" / "cut.docx").write_bytes(cut)
    add(workspace, [tmp_path / "two"])
    assert [Path(one.name).name for one in status(workspace).refused] == ["empty.txt"]


def test_refused_bytes_that_are_read_later_are_forgotten(workspace: Workspace, tmp_path: Path) -> None:
    """A file that was refused for its name's ending is forgotten when its bytes are added under another name."""
    (tmp_path / "talks.js").write_text("The ministers met in Muscat.", encoding="utf-8")
    add(workspace, [tmp_path / "talks.js"])
    assert len(status(workspace).refused) == 1
    (tmp_path / "talks.js").rename(tmp_path / "speech.txt")
    add(workspace, [tmp_path / "speech.txt"])
    assert not status(workspace).refused


def test_two_refused_files_of_one_name_are_two(workspace: Workspace, tmp_path: Path) -> None:
    """What is added of one folder does not hide what is refused of another in the same run."""
    for folder, text in (("a", b"One."), ("b", b""), ("c", b"PK")):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "report.txt").write_bytes(text)
    add(workspace, [tmp_path / "in"])
    assert str(tmp_path / "in" / "b" / "report.txt") in {one.name for one in status(workspace).refused}


def test_a_broken_list_of_refused_files_is_said(workspace: Workspace) -> None:
    """The status goes on and names the file that it could not use."""
    workspace.refused.write_text("[1]\n", encoding="utf-8")
    assert any("refused.jsonl" in line for line in status(workspace).lines())


def test_the_workspace_s_own_files_are_no_sources(workspace: Workspace) -> None:
    """Of the workspace's folder only what an analyst laid there is added; its own files are refused where they are named."""
    own = ("record.db", "record.db.lock", "record.db-wal", "decisions.jsonl", "out/brief.html", "second-reader/a.json")
    for name in own:
        (workspace.root / name).parent.mkdir(exist_ok=True)
        (workspace.root / name).write_text("The ministers met in Muscat.", encoding="utf-8")
    (workspace.root / "laid.txt").write_text("The ministers met in Delhi.", encoding="utf-8")
    outcomes = told(add(workspace, [workspace.root]))
    assert {name: outcome for name, (outcome, _) in outcomes.items()} == {
        "laid.txt": "added",
        "trade.csv": "already there",
        "visits.md": "already there",
    }
    (brief,) = add(workspace, [workspace.out / "brief.html"])
    assert brief.outcome == "refused" and "workspace itself" in brief.reason


def test_numbered_annexes_are_one_source_with_all_that_stands_in_it(workspace: Workspace, tmp_path: Path) -> None:
    """Headings that count documents do not make a text a download: it is kept as it is."""
    text = "Treaties\n\nIndia recalled its ambassador on 4 May 2018.\n\nDocument 1 of 2\n\nTrade.\n\nDocument 2 of 2\n\nBorder.\n"
    (tmp_path / "annex.txt").write_text(text, encoding="utf-8")
    (added,) = add(workspace, [tmp_path / "annex.txt"])
    assert (added.outcome, added.name) == ("added", "annex.txt")
    assert (workspace.sources / "annex.txt").read_text(encoding="utf-8") == text


def test_sheets_are_called_sheets(workspace: Workspace, tmp_path: Path) -> None:
    """A workbook of OpenDocument is told in words, and what it has are sheets and no pages."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row>" + cell.format("Year") + cell.format("Exports") + "</table:table-row>"
    (tmp_path / "a.ods").write_bytes(ods(row * 3))
    (added,) = add(workspace, [tmp_path / "a.ods"])
    assert added.contents is not None
    assert added.contents.summary.startswith("OpenDocument sheets") and "page" not in added.contents.summary


def test_a_folder_without_files_is_told_of(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That there was nothing to add is an error with what to do, and no success."""
    monkeypatch.chdir(workspace.root)
    (tmp_path / "bare").mkdir()
    result = CliRunner().invoke(group, ["add", str(tmp_path / "bare")], standalone_mode=False)
    assert result.return_value == 2 and "no file to add" in result.output


def test_a_stop_while_adding_says_what_is_there(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who stops is told that what was read lies in sources/ already, where it does."""

    def stopped(*told: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(workspace.root)
    monkeypatch.setattr("comity.flow.add", stopped)
    result = CliRunner().invoke(group, ["add", str(tmp_path)], standalone_mode=False)
    assert result.return_value == 130 and "sources/" in result.output
