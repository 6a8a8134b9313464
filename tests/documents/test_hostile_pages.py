"""Pages that are broken or made to harm: all are read or refused in time by their size, and nothing is fetched."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import pytest

from comity.documents import read_bytes
from comity.terms import UnreadableSource
from tests.documents.hostile import hold

SENTENCE = "<p>The ministers of Peru and Chile met in Tacna on Monday and signed an accord.</p>"
SHAPES: dict[str, Callable[[int], str]] = {
    "divisions": lambda n: "<div>" * n + "x",
    "cells": lambda n: "<table><tr>" + "<td>1" * n + "</table>",
    "wide": lambda n: "<table>" + "<tr><td colspan=1000000000>1" * n + "</table>",
    "tall": lambda n: "<table>" + "<tr><td rowspan=200>1<td>2" * (n // 2) + "</table>",
    "plaintext": lambda n: SENTENCE + "<plaintext>" + "<b>x " * n,
    "script": lambda n: SENTENCE + "<script>" + "var x='<p>';" * n,
    "drawing": lambda n: SENTENCE + "<svg>" + "<g><text>x</text>" * n,
    "markers": lambda n: "<p>The envoy left Suva" + '<sup><a href="#f">1</a></sup> x' * n + "</p><p id=f>1 Post.</p>",
    "anchors": lambda n: (
        '<p>Suva<sup><a href="#f">1</a></sup></p><div id=f>1 Post.' + '<a href="#q"></a>' * n + "</div>"
    ),
    "circle": lambda n: "".join(f'<p id="a{i}"><a href="#a{(i + 1) % n}">[{i % 99}]</a> x</p>' for i in range(n // 4)),
    "brackets": lambda n: "".join(f"<p>[{i % 999}] The envoy[{(i * 7) % 999}] left.</p>" for i in range(n // 8)),
    "menus": lambda n: "<div class=nav><a href=x>y</a>" * n,
    "headings": lambda n: "<h1>Talks</h1>" * (n // 4),
    "entities": lambda n: SENTENCE + "&lt;" * n + "&nosuch;" * n,
    "comments": lambda n: "<!--" * n + SENTENCE,
    "figures": lambda n: "<figure><figcaption>x</figcaption><table><tr><td>1<td>2</table>" * (n // 8),
    "classes": lambda n: f'<div class="{"a-b " * n}">' + SENTENCE,
    "graph": lambda n: '<script type="application/ld+json">' + '{"@graph":[' * n + "</script>" + SENTENCE,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_goes_by_size(shape: str) -> None:
    """A page four times as long takes some four times as long, whatever it is made of."""
    taken = []
    for count in (1_000, 4_000):
        content = ("<html><body>" + SHAPES[shape](count)).encode()
        begin = time.process_time()
        hold(content)
        taken.append(time.process_time() - begin)
    assert taken[1] < 8 * taken[0] + 0.5


def test_countless_attributes_are_refused() -> None:
    """A tag of a million attributes, each of which a parser would compare with all others, is refused; a long value is none."""
    with pytest.raises(UnreadableSource, match="1,000,001 attributes"):
        read_bytes(("<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">Talks.").encode(), name="x")
    value = "word " * 50_000
    assert "Tacna" in read_bytes(f'<div title="{value}">{SENTENCE}</div>'.encode(), name="x").text


def test_giant_pictures_in_the_page() -> None:
    """Pictures that stand in the page as data do not hinder its text."""
    page = f'<html><body><img src="data:image/png;base64,{"A" * 12_000_000}">{SENTENCE}</body></html>'
    assert "Tacna" in read_bytes(page.encode(), name="x").text


@pytest.mark.parametrize(
    "before", ["<script>{}</script>", '<img title="{}">', "<style>{}</style>"], ids=["script", "value", "style"]
)
def test_long_scripts_do_not_end_a_page(before: str) -> None:
    """A script, a style or a value of more characters than a parser takes at first does not end the page."""
    page = f"<html><body>{before.format('word ' * 2_400_000)}{SENTENCE}</body></html>"
    assert "Tacna" in read_bytes(page.encode(), name="x").text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures, styles, frames, entities and bases of a page are not looked up."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    page = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><html><head><base href="http://127.0.0.1:9/">'
        '<link rel=stylesheet href="http://127.0.0.1:9/a.css"><script src="http://127.0.0.1:9/a.js"></script></head>'
        f'<body><img src="http://127.0.0.1:9/a.png"><iframe src="file:///etc/passwd"></iframe>{SENTENCE}&x;</body></html>'
    )
    document = read_bytes(page.encode(), name="x")
    assert "Tacna" in document.text and "root:" not in document.text


def test_an_unclosed_script_hides_what_follows() -> None:
    """Text within a script that never ends is no text of the page."""
    document = read_bytes(
        f"<html><body>{SENTENCE}<script>var x = 1; {SENTENCE.replace('Peru', 'Cuba')}".encode(), name="x"
    )
    assert "Peru" in document.text and "Cuba" not in document.text
