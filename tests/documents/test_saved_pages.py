"""Pages as browsers save them: complete pages, SingleFile, web archives."""

from __future__ import annotations

import base64
import quopri
from datetime import date

import pytest

from comity.documents import read_bytes
from comity.terms import UnreadableSource

SENTENCE = "The ministers of Peru and Chile met in Tacna on Monday and signed the café accord."
PAGE = f"<!DOCTYPE html><html><head><title>Peru and Chile agree</title></head><body><h1>Peru and Chile agree</h1><p>{SENTENCE}</p></body></html>"
ADDRESS = "https://andes.example/news/peru-chile"


def archive(*parts: tuple[str, bytes], head: str = "", kind: str = 'type="text/html"') -> bytes:
    """Return a web archive as Chrome writes it: headers and bodies of the parts."""
    mark = "----MultipartBoundary--q1w2e3----"
    lines = [
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {ADDRESS}",
        "Subject: Peru and Chile agree",
        "Date: Tue, 5 Mar 2019 10:11:12 -0000",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related;\r\n\t{kind};\r\n\tboundary="{mark}"',
    ]
    body = b"".join(f"--{mark}\r\n{headers}\r\n\r\n".encode() + content + b"\r\n" for headers, content in parts)
    return ("\r\n".join(lines) + "\r\n" + head + "\r\n\r\n").encode() + body + f"--{mark}--\r\n".encode()


def html_part(text: str = PAGE, location: str = ADDRESS, extra: str = "") -> tuple[str, bytes]:
    """Return a page as a part, quoted-printable."""
    head = (
        f"Content-Type: text/html\r\n{extra}Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {location}"
    )
    return head, quopri.encodestring(text.encode()).replace(b"\n", b"\r\n")


PICTURE = (
    "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://andes.example/a.png",
    base64.encodebytes(b"\x89PNG" * 99),
)


def test_web_archive_of_chrome() -> None:
    """The page of a web archive is read, with the address and the day that the archive gives."""
    document = read_bytes(archive(html_part(), PICTURE), name="peru.mhtml")
    assert document.media_type == "text/html"
    assert SENTENCE in document.text
    assert document.bibliography.url == ADDRESS
    assert document.bibliography.accessed == date(2019, 3, 5)
    assert document.bibliography.title == "Peru and Chile agree"
    assert document.warnings == ()


def test_the_page_among_other_pages() -> None:
    """The page that was saved is read and not a frame's, wherever it stands; `start` names it first."""
    frame = html_part(
        "<html><body><p>Buy two lamps and get one free at our store today.</p></body></html>", "https://ads.example/f"
    )
    assert SENTENCE in read_bytes(archive(frame, html_part()), name="x").text
    named = html_part(location="cid:other", extra="Content-ID: <root@x>\r\n")
    document = read_bytes(archive(frame, named, kind='start="<root@x>"'), name="x")
    assert SENTENCE in document.text and "lamps" not in document.text


def test_base64_and_declared_charset() -> None:
    """A page in Base64 is read in the charset of its part."""
    head = (
        "Content-Type: text/html; charset=windows-1251\r\nContent-Transfer-Encoding: base64\r\nContent-Location: "
        + ADDRESS
    )
    sentence = "Министры встретились в Астане."
    body = base64.encodebytes(f"<html><body><p>{sentence}</p></body></html>".encode("cp1251"))
    assert sentence in read_bytes(archive((head, body)), name="x").text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (archive(PICTURE), "holds no page"),
        (archive(*[PICTURE] * 5_010), "more than 5,000 parts"),
        (archive(html_part()).split(b"------Multi", 1)[0] + b"\r\n", "holds no page"),
        (b"bplist00" + b"\x00" * 200 + b"WebMainResource", "web archive of Safari"),
        (
            b'<?xml version="1.0"?><!DOCTYPE plist><plist version="1.0"><dict><key>WebMainResource</key></dict></plist>',
            "web archive of Safari",
        ),
    ],
    ids=["no page", "many parts", "cut", "safari", "safari as text"],
)
def test_archives_that_are_refused(content: bytes, reason: str) -> None:
    """An archive without a page, of too many parts or of Safari is refused, with what to do."""
    with pytest.raises(UnreadableSource, match=reason) as caught:
        read_bytes(content, name="x.mhtml")
    assert caught.value.remedy


def test_nested_archives_are_refused() -> None:
    """Messages within messages, which a parser would follow level by level, are refused before it does."""
    nested = b"".join(b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000))
    with pytest.raises(UnreadableSource, match="nested too often"):
        read_bytes(b"MIME-Version: 1.0\r\n" + nested, name="x.mht")


def test_a_cut_archive_says_so() -> None:
    """An archive that ends before its last boundary is read as far as it goes, with a warning."""
    whole = archive(html_part(), PICTURE)
    document = read_bytes(whole[: whole.index(b"a.png")], name="x")
    assert SENTENCE in document.text
    assert any("cut short" in warning for warning in document.warnings)


def test_complete_page_of_chrome() -> None:
    """The address in the comment "saved from url" is the page's, where it names none itself."""
    comment = f"<!-- saved from url=({len(ADDRESS):04d}){ADDRESS} -->\n"
    document = read_bytes(("<!DOCTYPE html>\n" + comment + PAGE[15:]).encode(), name="x.htm")
    assert document.bibliography.url == ADDRESS
    own = PAGE.replace("<head>", '<head><link rel="canonical" href="/news/1">')
    assert read_bytes((comment + own).encode(), name="x").bibliography.url == "https://andes.example/news/1"


def test_page_of_singlefile() -> None:
    """SingleFile's comment gives the address and the day."""
    comment = f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Tue Mar 05 2024 10:11:12 GMT+0100 (CET)\n-->"
    document = read_bytes(PAGE.replace("<head>", comment + "<head>").encode(), name="x")
    assert (document.bibliography.url, document.bibliography.accessed) == (ADDRESS, date(2024, 3, 5))
