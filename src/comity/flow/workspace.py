"""A workspace: one folder for one dyad, found by walking up from where the person stands, as git does."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from comity import states
from comity.flow.endpoint import Endpoint, read_endpoint
from comity.flow.fetch_settings import FetchSettings, read_fetch_settings
from comity.flow.mappings import read_mappings
from comity.flow.writing import write_whole
from comity.statistics import TableMapping
from comity.terms import ComityError, DissolvedState, Dyad, WorkspaceError

CONFIGURATION = "comity.toml"

_TEMPLATE = """\
# A Comity workspace. Put documents and tables into sources/ and run `comity build`.
dyad = ["{first}", "{second}"]  # {first_name} and {second_name}

# What `comity build` guesses about a table it prints; correct a guess here, for example:
# [tables."trade.csv"."1"]
# reporter = "{first}"
# partner = "{second}"
# unit = "USD"
# scale = 1000000

# Scanned PDF files are read by text recognition, where the program tesseract is installed:
# [read]
# ocr = true
# jobs = 2  # processes that read documents; by default one a core

# Nothing is sent anywhere unless this section stands here and `comity build --second-reader` asks for it:
# [second_reader]
# url = "http://localhost:11434/v1"
# model = "mistral-small"
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder, its dyad and its settings.

    Attributes:
        root: the folder that holds comity.toml.
        mappings: corrections of guessed table mappings: document name -> table id -> field -> value.
        title: the brief's title; empty for the default.
        second_reader: the endpoint that a build may ask where it is told to; None where comity.toml names none.
        recognise: whether scanned files are read by text recognition.
        jobs: how many processes read documents at most; None where comity.toml does not say.
        fetching: what comity.toml says of fetching single sources, by the source's key.
    """

    root: Path
    dyad: Dyad
    title: str = ""
    mappings: Mapping[str, Mapping[str, TableMapping]] = field(default_factory=dict)
    second_reader: Endpoint | None = None
    recognise: bool = False
    jobs: int | None = None
    fetching: Mapping[str, FetchSettings] = field(default_factory=dict)

    @property
    def sources(self) -> Path:
        """The folder of what the analyst puts in."""
        return self.root / "sources"

    @property
    def record(self) -> Path:
        """The record's file."""
        return self.root / "record.db"

    @property
    def shelf(self) -> Path:
        """The folder of data sets as figure tables, made from sources/ and safe to delete (docs/adr/0007)."""
        return self.root / "shelf"

    @property
    def decisions(self) -> Path:
        """The file of human decisions."""
        return self.root / "decisions.jsonl"

    @property
    def refused(self) -> Path:
        """The file of what was refused when it was to be added."""
        return self.root / "refused.jsonl"

    @property
    def answers(self) -> Path:
        """The folder in which a second reader's answers are kept."""
        return self.root / "second-reader"

    @property
    def underway(self) -> Path:
        """The folder of what is being fetched, and of what an earlier fetch left half."""
        return self.root / ".fetching"

    @property
    def out(self) -> Path:
        """The folder of briefs and exports."""
        return self.root / "out"

    def state_name(self, code: str) -> str:
        """Return the short name of a state or actor code, or the code itself where there is none."""
        return state_name(code)

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """Return the workspace that holds `start`, or raise WorkspaceError where there is none."""
        found = cls.find_or_none(start)
        if found is None:
            raise WorkspaceError(
                f"there is no Comity workspace in {start.resolve()} or any folder above it.",
                remedy="Make one with: comity init STATE STATE (for example: comity init PAK JPN)",
            )
        return found

    @classmethod
    def find_or_none(cls, start: Path) -> Workspace | None:
        """Return the workspace that holds `start`, or None."""
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / CONFIGURATION).is_file():
                return cls.load(folder)
        return None

    @classmethod
    def load(cls, root: Path) -> Workspace:
        """Read comity.toml of the folder `root`."""
        file = root / CONFIGURATION
        try:
            settings = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise WorkspaceError(
                f"{file} cannot be read: {error}.", remedy="Check its permissions and encoding."
            ) from error
        except tomllib.TOMLDecodeError as error:
            raise WorkspaceError(f"{file} is not valid TOML: {error}.", remedy="Correct that line.") from error
        codes = settings.get("dyad")
        if not (isinstance(codes, list) and len(codes) == 2 and all(isinstance(code, str) for code in codes)):
            raise WorkspaceError(f"{file} names no dyad.", remedy='Add a line such as: dyad = ["PAK", "JPN"]')
        unknown = sorted(set(settings) - {"dyad", "title", "tables", "second_reader", "read", "fetch"})
        if unknown:
            raise WorkspaceError(
                f"{file} has unknown settings: {', '.join(unknown)}.",
                remedy="Known are: dyad, title, tables, read, second_reader.",
            )
        title = settings.get("title", "")
        if not isinstance(title, str):
            raise WorkspaceError(f'{file}: title is {title}; expected text in quotes: title = "The two states".')
        try:
            mappings = read_mappings(settings.get("tables", {}))
            endpoint = read_endpoint(settings.get("second_reader"))
            recognise, jobs = _how_to_read(settings.get("read", {}), file)
            fetching = read_fetch_settings(settings["fetch"]) if "fetch" in settings else {}
            return cls(root, dyad_of(*codes), title, mappings, endpoint, recognise, jobs, fetching)
        except ComityError as error:
            raise WorkspaceError(f"{file}: {error}") from error

    def recognising(self) -> Workspace:
        """Have comity.toml say that scanned files are read by text recognition, and return the workspace as it says."""
        file = self.root / CONFIGURATION
        text = file.read_text(encoding="utf-8")
        if "read" in tomllib.loads(text):
            raise WorkspaceError(
                f"{file} has a section [read] that does not turn text recognition on.",
                remedy="Write into it: ocr = true",
            )
        remedy = "See to the permissions of the folder."
        write_whole(file, f"{text.rstrip()}\n\n[read]\nocr = true\n".encode(), remedy=remedy)
        return Workspace.load(self.root)

    @classmethod
    def stands_in(cls, root: Path) -> bool:
        """Whether the folder itself is a workspace already."""
        return (root / CONFIGURATION).exists()

    @classmethod
    def create(cls, root: Path, dyad: Dyad) -> Workspace:
        """Make a workspace in `root`; safe to run twice for the same dyad, refused over a workspace of another one."""
        if cls.stands_in(root):
            existing = cls.load(root)
            if existing.dyad.codes != dyad.codes:
                raise WorkspaceError(
                    f"{root} already is the workspace of {existing.dyad.label}.",
                    remedy=f"Choose another folder: comity init {dyad.first} {dyad.second} FOLDER",
                )
            existing.sources.mkdir(exist_ok=True)
            return existing
        try:
            (root / "sources").mkdir(parents=True, exist_ok=True)
            text = _TEMPLATE.format(
                first=dyad.first,
                second=dyad.second,
                first_name=state_name(dyad.first),
                second_name=state_name(dyad.second),
            )
            write_whole(
                root / CONFIGURATION, text.encode(), remedy="Make room, or choose a folder that you may write to."
            )
        except OSError as error:
            raise WorkspaceError(
                f"{root} cannot be made a workspace: {error}.", remedy="Choose a folder that you may write to."
            ) from error
        return cls.load(root)


def _how_to_read(section: object, file: Path) -> tuple[bool, int | None]:
    """Return what [read] says of text recognition and of how many processes read."""
    if isinstance(section, dict) and not set(section) - {"ocr", "jobs"}:
        ocr, jobs = section.get("ocr", False), section.get("jobs")
        # To Python a truth value is a number too.
        if isinstance(ocr, bool) and (jobs is None or (type(jobs) is int and jobs > 0)):
            return ocr, jobs
    raise WorkspaceError(
        f"{file}: [read] knows two settings, ocr (true or false) and jobs (how many processes read).",
        remedy="Write, for example: ocr = true",
    )


def dyad_of(first: str, second: str) -> Dyad:
    """Return the dyad of two states named by code or name, in any usual spelling ("PAK", "pakistan", "S. Korea")."""
    return Dyad(code_of(first), code_of(second))


def code_of(name: str) -> str:
    """Return the alpha-3 code of a state named by code or name, in any usual spelling."""
    if re.fullmatch(r"[A-Za-z]{3}", name):
        try:
            return states.state(name.upper()).code
        except ComityError:
            pass
    try:
        return states.resolve(name, date.today() if not name.isupper() else None).code
    except DissolvedState as error:
        raise DissolvedState(
            error.message,
            name=error.name,
            choices=error.choices,
            remedy=f"For a state of former times give its code; of its successors name one: {', '.join(error.choices)}."
            if error.choices
            else "For a state of former times give its code.",
        ) from error


def state_name(code: str) -> str:
    """Return the short name of a state or of a PLOVER actor code, or the code itself where there is none."""
    others = {
        "UNO": "United Nations",
        "EUR": "European Union",
        "IGO": "an international organisation",
        "NGO": "a non-governmental organisation",
        "IMG": "an armed group",
        "ISM": "a social movement",
        "MNC": "a multinational company",
    }
    if code in others:
        return others[code]
    try:
        return states.state(code).name
    except ComityError:
        return code
