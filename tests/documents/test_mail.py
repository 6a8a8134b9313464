"""Mails are read as who wrote what and when; what they quote of others is nobody's word of that day."""

from __future__ import annotations

import time
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


def test_telegrams_are_no_mailbox() -> None:
    """Texts that begin with "From" and a day, but no sender and hour as a mailbox has them, stay whole with their days."""
    text = (
        "From Muscat to Delhi, 3 May 2018\nSubject: talks\n\nIndia recalled its ambassador on Tuesday.\n\n"
        "From Delhi to Muscat, 4 May 2018\nSubject: talks\n\nOman expelled three diplomats of India.\n"
    )
    assert not is_mailbox(text.encode()) and not [*held_in(text.encode(), name="a.txt")]
    document = read_bytes(text.encode(), name="a.txt")
    assert document.media_type == "text/plain"
    for said in ("3 May 2018", "4 May 2018", "Oman expelled"):
        assert said in document.text


@pytest.mark.parametrize(
    "mark",
    ["From - Wed Jan 03 10:00:00 2018", "From 158@xxx Wed Jan 03 10:00:00 +0000 2018", "From jane@x.org Wed Jan  3 10:00:00 CET 2018"],
)  # fmt: skip
def test_marks_of_programs_part_a_mailbox(mark: str) -> None:
    """The marks of Mozilla, of Gmail and of those that add a zone part a mailbox as the standard's do."""
    made = mail()
    made.set_content("They met in Muscat.\n")
    assert is_mailbox((mark.encode() + b"\n" + made.as_bytes() + b"\n") * 2)


def test_a_plain_part_that_says_nothing_hides_no_page() -> None:
    """Where the plain part only says that there is a page, the page and its table are read, and that line is kept as front."""
    made = mail()
    made.set_content("Your program shows no pages.\n")
    made.add_alternative(
        "<html><body><p>The foreign minister arrived in Muscat today. He met his counterpart.</p>"
        "<table><tr><th>Year<th>Exports (US$ million)<tr><td>2016<td>5<tr><td>2017<td>6</table></body></html>",
        subtype="html",
    )
    document = read_bytes(made.as_bytes(), name="a.eml")
    assert prose(document) == ["The foreign minister arrived in Muscat today.", "He met his counterpart."]
    assert len(document.tables) == 1 and "Your program shows no pages." in document.text


@pytest.mark.parametrize(
    "mark",
    ["On Tue, May 1, 2018 at 9:00 AM Ali Said <ali@x.org> wrote:", "On Tue, May 1, 2018 at 9:00 AM Ali Said\n<ali@x.org> wrote:", "Am 1. Mai 2018 um 9:00 schrieb Ali Said:", "Le 1 mai 2018 à 09:00, Ali Said a écrit :",
     "El 1 may 2018, a las 9:00, Ali Said escribió:", "________________________________\nVon: Ali\nGesendet: 1. Mai 2018\nAn: Jane\nBetreff: old",
     "De : Ali\nEnvoyé : mardi 1 mai 2018\nÀ : Jane\nObjet : old", "-----Ursprüngliche Nachricht-----"],
)  # fmt: skip
def test_the_words_of_another_below_an_answer(mark: str) -> None:
    """What stands without ">" below the line that names who wrote it, in several languages, is not the writer's word."""
    made = mail()
    made.set_content(f"The foreign minister arrived in Muscat today.\n\n{mark}\n\nYemen condemned the blockade.\n")
    document = read_bytes(made.as_bytes(), name="a.eml")
    assert prose(document) == ["The foreign minister arrived in Muscat today."]
    assert "Yemen condemned the blockade." in document.text
    assert any("Earlier mails" in said for said in document.warnings)


def test_an_answer_below_what_it_quotes_is_the_writer_s() -> None:
    """Below lines behind ">" the writer goes on; and a newspaper that wrote something is no mail."""
    made = mail()
    made.set_content(
        "On Tue, May 1, 2018 at 9:00 AM Ali <ali@x.org> wrote:\n> Yemen condemned it.\n\nThe minister arrived in Muscat today.\n\n"
        "On 3 May 2018 the Gulf Post wrote:\n\nOman rejected the offer.\n"
    )
    said = " ".join(prose(read_bytes(made.as_bytes(), name="a.eml")))
    assert "The minister arrived in Muscat today." in said and "Oman rejected the offer." in said


def test_a_mail_of_nothing_but_boundaries_is_refused_at_once() -> None:
    """Parts are counted before they are parsed."""
    head = b"From: Jane <j@x.org>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    before = time.process_time()
    with pytest.raises(UnreadableSource, match="1,000 parts"):
        read_bytes(head + b"--b\n" * 450_000, name="a.eml")
    assert time.process_time() - before < 5


def test_a_draft_with_pictures_is_a_mail() -> None:
    """A message of related parts that was sent to nobody yet, but has a writer's address, keeps its author, day and subject."""
    content = (
        b"From: Jane Roe <jane@x.org>\nSubject: Talks\nDate: Thu, 3 May 2018 10:00:00 +0000\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n\n'
        b"<html><body><p>The ministers met in Muscat on Monday. They signed a treaty.</p></body></html>\n--b--\n"
    )
    document = read_bytes(content, name="a.eml")
    about = document.bibliography
    assert (document.media_type, about.title, about.authors[0].full) == ("message/rfc822", "Talks", "Jane Roe")
    assert about.issued is not None and about.issued.label == "3 May 2018"


@pytest.mark.parametrize(
    "header",
    ["<div><div style='border:none; border-top:solid #E1E1E1 1.0pt'><p>{}</p></div></div>", '<hr><div id="divRplyFwdMsg">{}</div>'],
)  # fmt: skip
def test_the_mail_below_the_rule_of_outlook_is_another_s(header: str) -> None:
    """In Outlook's pages all after the header of the mail that is answered is kept as text and not coded, with a warning."""
    fields = (
        "<b>From:</b> Ali Said<br><b>Sent:</b> Tuesday, May 1, 2018 9:00 AM<br><b>To:</b> Jane<br><b>Subject:</b> old"
    )
    made = mail()
    made.set_content(
        "<html><body><div>The foreign minister arrived in Muscat today. He met his counterpart.</div>"
        f"{header.format(fields)}Saudi Arabia agreed to it.<p>Yemen condemned the blockade.</p></body></html>",
        subtype="html",
    )
    document = read_bytes(made.as_bytes(), name="a.eml")
    assert prose(document) == ["The foreign minister arrived in Muscat today.", "He met his counterpart."]
    assert "Saudi Arabia agreed to it." in document.text and "Yemen condemned the blockade." in document.text
    assert any("Earlier mails" in said for said in document.warnings)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_mail_saved_as_utf_16(encoding: str) -> None:
    """It is read as the mail that it was, its parts told apart, with a mark of the bytes' order or without."""
    made = mail(Subject="Talks")
    made.set_content("The foreign minister arrived in Muscat.\n")
    made.add_attachment(b"1,2", maintype="text", subtype="csv", filename="trade.csv")
    content = made.as_bytes().decode().encode(encoding)
    document = read_bytes(content, name="talks.eml")
    assert document.media_type == "message/rfc822"
    assert document.bibliography.title == "Talks"
    assert "boundary" not in document.text
    assert [called for called, _ in held_in(content, name="talks.eml")] == ["trade.csv"]


def test_a_date_as_iso_8601_writes_it() -> None:
    """It is the day of the mail."""
    made = f"From: jane@x.org\nMessage-ID: <1@x.org>\nDate: 2018-05-03T12:42:06.000Z\nSubject: Talks\n\n{TEXT}"
    issued = read_bytes(made.encode(), name="talks.eml").bibliography.issued
    assert issued is not None
    assert issued.label == "3 May 2018"
