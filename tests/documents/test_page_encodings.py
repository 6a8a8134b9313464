"""Encodings of pages: declared rightly, wrongly, late or twice; what is lost is said."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import UnreadableSource

SENTENCES = {
    "windows-1251": "Министры России и Казахстана встретились в Астане в среду и подписали договор.",
    "shift_jis": "日本と韓国の外相は東京で会談した。",
    "gb2312": "中国和越南的部长在河内签署了协议。",
    "iso-8859-9": "Türkiye ile Yunanistan bakanları İzmir'de görüştü.",
    "euc-kr": "한국과 일본의 장관이 서울에서 만났다.",
    "koi8-r": "Министры встретились в Москве.",
}


def page(charset: str, sentence: str, before: str = "") -> str:
    """Return a page that declares a charset."""
    return f'<!DOCTYPE html><html><head>{before}<meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body><p>{sentence}</p></body></html>'


@pytest.mark.parametrize("charset", SENTENCES)
def test_declared_rightly(charset: str) -> None:
    """A page in the encoding that it declares is read in it, and nothing is said of it."""
    document = read_bytes(page(charset, SENTENCES[charset]).encode(charset), name="x")
    assert SENTENCES[charset] in document.text
    assert not any("\ufffd" in warning or "read as" in warning for warning in document.warnings)


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "shift_jis"])
def test_utf8_goes_before_what_is_declared(declared: str) -> None:
    """A page whose bytes are UTF-8 is read so, whatever it declares, and that is said."""
    document = read_bytes(page(declared, "Żak met Łukasz’s minister in Łódź on Monday.").encode(), name="x")
    assert "Żak met Łukasz’s minister in Łódź" in document.text
    assert any(f"declares {declared}" in warning for warning in document.warnings)


def test_latin_1_means_windows_1252() -> None:
    """Quotation marks of Windows-1252 on a page that says ISO 8859-1 are quotation marks, as in a browser."""
    content = page("ISO-8859-1", "“We agree,” said the minister of Curaçao.").encode("cp1252")
    assert "“We agree,” said the minister of Curaçao." in read_bytes(content, name="x").text


def test_declared_utf8_but_windows_1252() -> None:
    """A page that declares UTF-8 in bytes of Windows-1252 is read as the latter, with a warning."""
    document = read_bytes(page("utf-8", "The envoy of Curaçao left Nîmes.").encode("cp1252"), name="x")
    assert "Curaçao left Nîmes" in document.text
    assert any("declares utf-8" in warning and "Windows-1252" in warning for warning in document.warnings)


def test_another_script_is_not_guessed() -> None:
    """Cyrillic bytes that no declaration explains are refused and not shown as Latin letters."""
    with pytest.raises(UnreadableSource, match="cannot be told"):
        read_bytes(page("utf-8", SENTENCES["windows-1251"]).encode("cp1251"), name="x")


def test_declared_after_scripts() -> None:
    """A declaration that scripts and styles of thousands of bytes stand before is found; one within a script is none."""
    before = "<script>var m = '<meta charset=koi8-r>';</script><style>" + "p {color: red}\n" * 400 + "</style>"
    content = page("windows-1251", SENTENCES["windows-1251"], before).encode("cp1251")
    assert SENTENCES["windows-1251"] in read_bytes(content, name="x").text


def test_a_byte_order_mark_goes_first() -> None:
    """UTF-16 with its mark, or without one, is read as that though the page says UTF-8."""
    text = page("utf-8", "Żak left Riga on Monday.")
    for content in (b"\xff\xfe" + text.encode("utf-16-le"), text.encode("utf-16-be")):
        assert "Żak left Riga on Monday." in read_bytes(content, name="x").text


def test_what_is_no_encoding_is_not_tried() -> None:
    """A page that names a codec of Python which no browser knows is not decoded with it."""
    text = page("unicode_escape", "The minister left \\u0041ccra for Nîmes.")
    assert "\\u0041ccra for Nîmes" in read_bytes(text.encode("cp1252"), name="x").text


def test_lost_characters_are_counted() -> None:
    """Bytes that a declared encoding has no character for show, and their number and first line are said."""
    content = page("shift_jis", SENTENCES["shift_jis"] * 8 + "\n@").encode("shift_jis").replace(b"@", b"\x85 ")
    document = read_bytes(content, name="x")
    assert any("1 characters could not be read" in warning and "line 2" in warning for warning in document.warnings)
    saved = read_bytes("<html><body><p>The minister of Cura\ufffdao met him.</p></body></html>".encode(), name="x")
    assert any("1 characters were lost" in warning for warning in saved.warnings)


def test_encoded_twice_is_said() -> None:
    """Text that was encoded twice before it was saved is left as it stands, with a warning that says how often."""
    twice = "It’s “agreed”, said the minister.".encode().decode("cp1252", errors="ignore")
    document = read_bytes(page("utf-8", twice).encode(), name="x")
    assert any("encoded twice" in warning for warning in document.warnings)
    plain = read_bytes(page("utf-8", "Ângela, São Tomé, Â. Ãlvares and the €™ sign.").encode(), name="x")
    assert not any("twice" in warning for warning in plain.warnings)


def test_nulls_do_not_end_a_page() -> None:
    """What stands behind a null character is read, and the null is said."""
    document = read_bytes(
        b"<html><body><p>The envoy\x00 left Suva.</p>\n<p>He met the minister in Apia.</p></body></html>" + b" " * 400,
        name="x",
    )
    assert "The envoy left Suva." in document.text and "Apia" in document.text
    assert any("1 null" in warning and "line 1" in warning for warning in document.warnings)
