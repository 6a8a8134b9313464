"""The documentation is in step with the program."""

from __future__ import annotations

import doctest
import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from comity.app.cli import VERBS

ROOT = Path(__file__).resolve().parent.parent


def generator() -> ModuleType:
    """Import docs/generate.py, which stands outside the package."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_in_step() -> None:
    """What `make docs` would write is what stands in docs/."""
    for path, content in generator().pages().items():
        assert path.read_text(encoding="utf-8") == content, f"{path.relative_to(ROOT)} is out of step; run: make docs"


def test_every_verb_is_in_the_readme() -> None:
    """A newcomer finds every verb in the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [verb for verb in VERBS if f"comity {verb}" not in readme]


def test_every_room_has_its_page() -> None:
    """Each room of the house has a page in docs/rooms."""
    rooms = {folder.name for folder in (ROOT / "src" / "comity").iterdir() if (folder / "__init__.py").is_file()}
    assert rooms == {page.stem for page in (ROOT / "docs" / "rooms").glob("*.md")}


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")) + sorted(ROOT.glob("*.md")), ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of every page leads to a file that exists."""
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/rooms/*.md")), ids=lambda p: p.stem)
def test_examples_do_what_they_show(page: Path) -> None:
    """Every example in a room's page that shows its output gives that output."""
    text = re.sub(r"^```.*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    test = doctest.DocTestParser().get_doctest(text, {}, page.stem, str(page), 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(
        test, out=said.append
    )
    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/rooms/*.md")), ids=lambda p: p.stem)
def test_examples_without_output_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every other Python example in a room's page runs, in a folder that holds the example's sources."""
    shutil.copytree(ROOT / "examples" / "pakistan-japan" / "sources", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for block in re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL):
        if ">>>" not in block:
            exec(compile(block, str(page), "exec"), {})
