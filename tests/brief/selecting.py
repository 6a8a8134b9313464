"""Finding elements of a page by the few selectors that the tests use, without another dependency."""

from __future__ import annotations

import re

from lxml import html

_STEP = re.compile(r"(?P<tag>[\w-]+)?(?P<rest>(?:[.#][\w-]+|\[[^\]]+\])*)$")
_PART = re.compile(r"\.(?P<klass>[\w-]+)|#(?P<id>[\w-]+)|\[(?P<name>[\w-]+)(?:(?P<how>\^?=)'(?P<value>[^']*)')?\]")


def select(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Return the descendants that match: tag, .class, #id, [attribute], ['='], ['^='], descent, `>`, and commas."""
    found = [xpath for part in selector.split(",") for xpath in [_xpath(part.strip())]]
    return list(element.xpath(" | ".join(found)))


def _xpath(selector: str) -> str:
    path = "."
    axis = "//"
    for word in selector.split():
        if word == ">":
            axis = "/"
            continue
        step = _STEP.match(word)
        assert step is not None, f"{word} is more than these tests' selectors can say"
        path += f"{axis}{step['tag'] or '*'}" + "".join(_test(part) for part in _PART.finditer(step["rest"]))
        axis = "//"
    return path


def _test(part: re.Match[str]) -> str:
    if part["klass"]:
        return f"[contains(concat(' ', normalize-space(@class), ' '), ' {part['klass']} ')]"
    if part["id"]:
        return f"[@id='{part['id']}']"
    if part["how"] == "=":
        return f"[@{part['name']}='{part['value']}']"
    return f"[starts-with(@{part['name']}, '{part['value']}')]" if part["how"] else f"[@{part['name']}]"
