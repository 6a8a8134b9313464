"""The brief in a real browser: on a desk, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from comity.brief import compose
from tests.brief.kenya_uganda import material

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not CHROMIUM.exists():
        pytest.skip(f"needs Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The brief as a file."""
    path = tmp_path_factory.mktemp("brief") / "brief.html"
    path.write_text(compose(material()), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", [320, 375, 1200])
def test_nothing_overflows_or_is_fetched(browser: Any, address: str, width: int) -> None:
    """At each width the page fits, asks for nothing else, and the console stays silent."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        """() => [...document.querySelectorAll('svg')].filter(svg => svg.getBoundingClientRect().width > 0)
        .flatMap(svg => { const box = svg.getBoundingClientRect();
          return [...svg.querySelectorAll('text')].filter(t => t.getBoundingClientRect().right > box.right + 1
            || t.getBoundingClientRect().left < box.left - 1).map(t => t.textContent); })"""
    )
    assert cut == []
    shown = page.evaluate(
        "[...document.querySelectorAll('svg')].filter(svg => svg.getBoundingClientRect().width > 0).length"
    )
    page.close()
    assert shown == 2
    assert asked == [address]
    assert said == []


def test_links_of_the_contents_lead_into_view(browser: Any, address: str) -> None:
    """Each link of the contents brings its section into view, without JavaScript."""
    from playwright.sync_api import expect

    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    for link in page.locator("nav a").all():
        link.click()
        expect(page.locator(str(link.get_attribute("href")))).to_be_in_viewport()
    context.close()


def test_text_has_contrast(browser: Any, address: str) -> None:
    """Every piece of text reaches WCAG's 4.5 : 1 against its background."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(address)
    weak = page.evaluate(
        """() => {
        const lum = c => { const v = c.map(x => { x /= 255; return x <= .03928 ? x/12.92 : ((x+.055)/1.055)**2.4; });
          return .2126*v[0] + .7152*v[1] + .0722*v[2]; };
        const parse = s => { const m = s.match(/[\\d.]+/g).map(Number); return m; };
        const weak = [];
        for (const el of document.querySelectorAll('body *')) {
          if (![...el.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
          const style = getComputedStyle(el);
          const colour = el.closest('svg') ? (el.tagName === 'text' ? parse(style.fill) : null) : parse(style.color);
          if (!colour || el.closest('.skip, style')) continue;
          let back = [255, 255, 255], node = el;
          while (node) { const b = parse(getComputedStyle(node).backgroundColor);
            if (b.length < 4 || b[3] > 0) { back = b; break; } node = node.parentElement; }
          const [a, b] = [lum(colour.slice(0, 3)), lum(back.slice(0, 3))].sort((x, y) => y - x);
          if ((a + .05) / (b + .05) < 4.5) weak.push(el.className + ': ' + el.textContent.slice(0, 40));
        }
        return weak; }"""
    )
    page.close()
    assert weak == []


def test_paper(browser: Any, address: str) -> None:
    """The print sheet gives a PDF of some pages, A4."""
    page = browser.new_page()
    page.goto(address)
    content = page.pdf(prefer_css_page_size=True)
    page.close()
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    sizes = {tuple(round(side) for side in document[number].get_size()) for number in range(len(document))}
    words = document[0].get_textpage().get_text_bounded()
    pages = len(document)
    document.close()
    assert sizes == {(595, 842)}
    assert 5 <= pages <= 14
    assert "At a glance" in words
