"""Draws docs/brief.png, the picture of the brief in the README, from the example; needs Chromium. Run by `make picture`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from comity.flow import make_example

CHROMIUM = "/usr/bin/chromium"
WIDTH, HEIGHT = 900, 560


def main() -> None:
    """Build the example in a temporary folder and take a picture of its beginning."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        brief = make_example(Path(folder)).brief
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT * 2})
        page.goto(brief.as_uri())
        page.screenshot(path=str(Path(__file__).with_name("brief.png")))
        browser.close()


if __name__ == "__main__":
    main()
