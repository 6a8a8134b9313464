"""PDF: files that are broken or made to harm are read or refused by name, soon and without a crash."""

from __future__ import annotations

import hashlib
import time

import pytest

from comity.documents import read_bytes
from comity.terms import Document, UnreadableSource
from tests.documents.made import pdf, written

LINES = [
    (72, 740, 12, "The foreign minister came to Muscat on 3 March 2014 and met his counterpart."),
    (72, 725, 12, "They spoke for two hours about the sea lanes and agreed to meet again."),
]
# Algorithm 2 of ISO 32000-1, 7.6.3.3.
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def one_page(
    content: bytes, *, pages: bytes = b"/Kids [3 0 R] /Count 1", box: bytes = b"0 0 595 842", font: bytes = b""
) -> list[bytes]:
    """The objects of a PDF of one page."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages %s >>" % pages,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>" % box,
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding %s >>" % font,
    ]


def shown(*lines: str, size: str = "12", first: str = "740") -> bytes:
    """The content of a page with lines of text one below the other."""
    return f"BT /F1 {size} Tf 14 TL 72 {first} Td {' '.join(f'({line}) Tj T*' for line in lines)} ET".encode()


PLAIN = shown(*(text for *_, text in LINES))


def read_or_refused(content: bytes) -> Document | None:
    """The document, or nothing where it is refused with what to do."""
    try:
        return read_bytes(content, name="hostile.pdf")
    except UnreadableSource as refusal:
        assert "hostile.pdf" in str(refusal)
        assert refusal.remedy
        return None


@pytest.mark.parametrize(
    "pages",
    [
        b"/Kids [2 0 R] /Count 1",
        b"/Kids [3 0 R 2 0 R] /Count 2",
        b"/Kids [3 0 R] /Count 1000000000",
        b"/Kids [3 0 R] /Count -5",
        b"/Kids [3 0 R] /Parent 2 0 R /Count 2147483648",
        b"/Kids 2 0 R /Count 3",
    ],
)
def test_a_tree_of_pages_that_is_a_ring_or_lies_about_its_size(pages: bytes) -> None:
    """Its pages are read, or it is refused, within a second or so of the processor's time."""
    begin = time.process_time()
    read_or_refused(written(one_page(PLAIN, pages=pages)))
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "number", ["NaN", "1e38", "-99999999999999999999", "340282350000000000000000000000000000000", "."]
)
def test_coordinates_that_are_no_numbers_or_beyond_all_pages(number: str) -> None:
    """What stands there is left out or read; the lines that stand on the page are read."""
    astray = f"BT /F1 12 Tf 1 0 0 1 {number} {number} Tm (astray) Tj ET {number} {number} m 10 10 l S ".encode()
    document = read_bytes(written(one_page(astray + PLAIN)), name="hostile.pdf")
    assert "met his counterpart." in document.text
    for box in (f"0 0 {number} {number}", f"{number} 0 595 842"):
        read_or_refused(written(one_page(PLAIN, box=box.encode())))
    read_or_refused(written(one_page(shown("The talks ended today.", size=number, first=number))))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_short_is_read_or_refused(share: float) -> None:
    """Wherever it ends."""
    content = pdf([LINES, LINES, LINES])
    read_or_refused(content[: int(share * len(content))])
    read_or_refused(content[: int(share * len(content))] + content[int((share + 0.005) * len(content)) :])


def rc4(key: bytes, content: bytes) -> bytes:
    """RC4, by which PDF 1.4 is encrypted."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    found, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        found.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(found)


def encrypted(user: bytes, owner: bytes) -> bytes:
    """A PDF with passwords, by algorithms 1 to 4 of ISO 32000-1, 7.6 (revision 2, 40 bits)."""
    name, rights = b"0123456789abcdef", -4
    by_owner = rc4(hashlib.md5((owner + PADDING)[:32]).digest()[:5], (user + PADDING)[:32])
    first = (user + PADDING)[:32] + by_owner + rights.to_bytes(4, "little", signed=True) + name
    key = hashlib.md5(first).digest()[:5]
    objects = one_page(PLAIN)
    own = hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2)).digest()[:10]
    objects[3] = stream(rc4(own, PLAIN))
    by_user = rc4(key, PADDING)
    objects.append(
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>"
        % (by_owner.hex().encode(), by_user.hex().encode(), rights)
    )
    identity = b"<%s>" % name.hex().encode()
    return written(objects, b"/Encrypt 6 0 R /ID [%s %s]" % (identity, identity))


def test_a_password_that_opening_needs_is_asked_for() -> None:
    """The refusal says that the file is encrypted; a password that only guards rights is none that reading needs."""
    with pytest.raises(UnreadableSource, match="encrypted") as refusal:
        read_bytes(encrypted(b"secret", b"owner"), name="hostile.pdf")
    assert "password" in str(refusal.value.remedy)
    assert "met his counterpart." in read_bytes(encrypted(b"", b"owner"), name="hostile.pdf").text


def test_letters_that_the_font_does_not_tell_are_no_text() -> None:
    """Glyphs in a private area of Unicode, and a font of drawings without names: refused, or nothing of them is in the text."""
    codes = b" ".join(b"<%02x> <%04x>" % (code, 0xE000 + code) for code in range(32, 127))
    mapping = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        b"95 beginbfchar " + codes + b" endbfchar endcmap end"
    )
    objects = one_page(PLAIN, font=b"/ToUnicode 6 0 R")
    with pytest.raises(UnreadableSource, match="letters"):
        read_bytes(written([*objects, stream(mapping)]), name="hostile.pdf")


@pytest.mark.parametrize("code", ["fdd0", "fdd1", "fffe", "0000", "d800"])
def test_codes_that_are_no_characters_do_no_harm(code: str) -> None:
    """Whatever a font says that a glyph is, the rest of its line is read."""
    mapping = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        f"1 beginbfchar <7e> <{code}> endbfchar endcmap end"
    )
    lines = shown("~", "~12 The foreign minister came to Muscat on 3 March 2014 and met ~ his counterpart.")
    objects = one_page(lines, font=b"/ToUnicode 6 0 R")
    document = read_bytes(written([*objects, stream(mapping.encode())]), name="hostile.pdf")
    assert "came to Muscat on 3 March 2014" in document.text


def test_ten_thousand_rules_on_a_page_are_soon_told() -> None:
    """A page that is all lines is read within seconds, and its text with it."""
    rules = [f"{50 + n % 500} {50 + (7 * n) % 700} m {60 + n % 500} {50 + (7 * n) % 700} l S" for n in range(5000)]
    rules += [f"{50 + (3 * n) % 500} {50 + n % 700} m {50 + (3 * n) % 500} {60 + n % 700} l S" for n in range(5000)]
    begin = time.process_time()
    document = read_bytes(written(one_page("\n".join(rules).encode() + b"\n" + PLAIN)), name="hostile.pdf")
    assert "Muscat" in document.text
    assert time.process_time() - begin < 20


def test_fifty_thousand_words_on_a_page_are_soon_read() -> None:
    """A page of so many words, as a map's or a register's, is read within seconds."""
    words = ["ferry", "harbour", "treaty", "of", "Muscat", "12.4", "the", "dues"]
    lines = [
        f"1 0 0 1 30 {830 - 0.8 * n} Tm ({' '.join(words[(n + k) % 8] for k in range(50))}) Tj" for n in range(1000)
    ]
    content = "BT /F1 1 Tf " + " ".join(lines) + " ET"
    begin = time.process_time()
    document = read_bytes(written(one_page(content.encode())), name="hostile.pdf")
    assert document.text.split().count("Muscat") > 6000
    assert time.process_time() - begin < 30
