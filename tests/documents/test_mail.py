"""Mails are read as who wrote what and when; what they quote of others is nobody's word of that day."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from comity.documents import held_in, is_mailbox, read_apart, read_bytes
from comity.terms import BlockKind, Document, UnreadableSource

TEXT = """\
Dear all,

The foreign minister arrived in Muscat today.

> Oman rejected the offer.

--\x20
Jane Roe
Gulf Desk

-----Original Message-----
From: Bob <bob@x.org>
Sent: Monday, 1 January 2018 09:00
To: Jane
Subject: Offer

Yemen condemned the blockade.
"""


def mail(**headers: str) -> EmailMessage:
    """Return a mail of Jane Roe of 3 January 2018, late in the evening where she is."""
    made = EmailMessage()
    standard = {"From": "Jane Roe <jane@x.org>", "To": "desk@x.org", "Date": "Wed, 03 Jan 2018 23:30:00 +0500"}
    for name, value in {
        **standard,
        "Subject": "RE: Fwd: Talks in Muscat",
        "Message-ID": "<1@x.org>",
        **headers,
    }.items():
        made[name] = value
    return made


def prose(document: Document) -> list[str]:
    """Return the passages that are coded."""
    return [passage.text for passage in document.passages if passage.kind.is_prose]


def test_headers_are_the_bibliography_and_only_own_words_are_prose() -> None:
    """Subject, sender and day are title, author and date; quotations, the signature and the mail below are not coded."""
    made = mail()
    made.set_content(TEXT, cte="quoted-printable")
    document = read_bytes(made.as_bytes(), name="a.eml")
    about = document.bibliography
    assert (about.title, [one.full for one in about.authors]) == ("Talks in Muscat", ["Jane Roe"])
    assert about.issued is not None and about.issued.label == "3 January 2018"
    assert prose(document) == ["Dear all,", "The foreign minister arrived in Muscat today."]
    assert "Yemen condemned the blockade." in document.text
    assert any("Earlier mails" in said for said in document.warnings)
    assert document.media_type == "message/rfc822"


def test_the_page_is_read_where_there_is_no_text() -> None:
    """A mail of HTML alone gives the same, its quotation set apart."""
    made = mail(Subject="=?utf-8?q?Entretiens_=C3=A0_Mascate?=")
    made.set_content(
        "<html><body><div>The foreign minister arrived in Muscat today. He met his counterpart.</div>"
        '<div class="gmail_quote">On Monday Bob wrote:<blockquote type="cite">Yemen condemned it.</blockquote></div></body></html>',
        subtype="html",
        cte="base64",
    )
    document = read_bytes(made.as_bytes(), name="a.eml")
    assert document.bibliography.title == "Entretiens à Mascate"
    assert prose(document) == ["The foreign minister arrived in Muscat today.", "He met his counterpart."]
    assert "Yemen condemned it." in document.text


def test_attachments_are_named_and_held() -> None:
    """They are no part of the text; `held_in` gives those that may be documents, by their own last names."""
    made = mail()
    made.set_content("The annex is attached.\n")
    made.add_attachment(b"Year,Exports\n2017,5\n", maintype="text", subtype="csv", filename="../../trade.csv")
    made.add_attachment(mail(Subject="Inner"))
    document = read_bytes(made.as_bytes(), name="a.eml")
    assert any("trade.csv" in said for said in document.warnings)
    held = dict(held_in(made.as_bytes(), name="a.eml"))
    assert set(held) == {"trade.csv", "a-attached-2.eml"}
    assert held["trade.csv"].startswith(b"Year")


def test_a_wrong_charset_is_said() -> None:
    """Text that is not in the charset that the mail names is read all the same, with a warning."""
    content = b"From: Jane Roe <j@x.org>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nCaf\xe9 talks in N\xeemes ended.\n"
    document = read_bytes(content, name="a.eml")
    assert "Café talks in Nîmes" in document.text
    assert len(document.warnings) == 2  # the encoding, and that no day is named


def test_a_mailbox_is_refused_with_what_to_do() -> None:
    """Several mails are several documents; one mail in a mailbox is that mail."""
    made = mail()
    made.set_content("They met in Muscat.\n\n>From that day on they agreed.\n")
    one = b"From jane@x.org Wed Jan  3 10:00:00 2018\n" + made.as_bytes() + b"\n"
    assert "From that day on" in read_bytes(one, name="one.mbox").text
    assert is_mailbox(one * 2) and not is_mailbox(one)
    with pytest.raises(UnreadableSource, match=r"2 mails.*comity add"):
        read_bytes(one * 2, name="two.mbox")


def test_pasted_headers_in_a_text_stay_a_text() -> None:
    """A text that begins with a few headers that a person pasted is read as text, its fields as the bibliography."""
    document = read_bytes(
        b"From: Jane Roe\nTo: Desk\nSent: 3 January 2018\nSubject: Talks\n\nThe ministers met in Muscat on Monday.\n",
        name="a.txt",
    )
    assert document.media_type == "text/plain"
    assert (document.bibliography.title, prose(document)) == ("Talks", ["The ministers met in Muscat on Monday."])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"From: a@x.org\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n\nMIIB\n", "encrypted"),
        (b"From: a@x.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b--\n", "no text"),
        (b"From: a@x.org\nMIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 20_000 + b"\nx", "nested"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__nameid_version1.0".encode("utf-16-le"), "Outlook"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    """Encrypted, empty, endlessly nested mails and those of Outlook are refused with the reason and a remedy."""
    path = tmp_path / "it.eml"
    path.write_bytes(content)
    with pytest.raises(UnreadableSource, match=reason) as refused:
        read_apart(path)
    assert refused.value.remedy


@pytest.mark.parametrize("field", ["From", "Date", "Subject", "To"])
@pytest.mark.parametrize(
    "value", ["=?utf-8?b?////?=", "=?x?q?=", '"', "<<<>>>@", "\udcff", "a" * 5000, "=?utf-8?q?=ED=A0=80?="]
)
def test_malformed_headers_break_nothing(field: str, value: str) -> None:
    """Whatever stands in a header, the mail's words are read."""
    content = f"Message-ID: <1@x>\nFrom: a@x.org\n{field}: {value}\n\nThe ministers met in Muscat on Monday.\n"
    document = read_bytes(content.encode("utf-8", "surrogateescape"), name="a.eml")
    assert prose(document) == ["The ministers met in Muscat on Monday."]
    assert document.blocks[-1].kind is BlockKind.PARAGRAPH
