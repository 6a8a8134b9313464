"""Labels that programs make up for headings and entries of lists stand where typed ones would, in every format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document
from tests.documents.made import W, docx, pdf

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
LEAD = "The two sides met in Oslo on 3 May 2016 and agreed on the words below."


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """Return the XML of a level of a Word list."""
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>') -> str:
    """Return the part of a Word document that defines one list."""
    return f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{nums}</w:numbering>'


def entry(text: str, at: int = 0, num: int = 1, style: str = "") -> str:
    """Return the XML of a numbered paragraph."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f'<w:p><w:pPr>{named}<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>{run}</w:p>'


def plain(text: str, style: str = "") -> str:
    """Return the XML of a paragraph without a number of its own."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word(body: str, levels: str, nums: str | None = None, styles: str = "") -> Document:
    """Read a Word document whose lists are given."""
    parts = {"word/numbering.xml": numbering(levels) if nums is None else numbering(levels, nums)}
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    return read_bytes(docx(plain(LEAD) + body, parts), name="x.docx")


def blocks(document: Document, kind: BlockKind = BlockKind.LIST_ITEM) -> list[str]:
    """Return the texts of the blocks of a kind."""
    return [document.text[one.start : one.end] for one in document.blocks if one.kind is kind]


def sentences(document: Document) -> list[str]:
    """Return the sentences of the entries of lists."""
    return [one.text for one in document.passages if one.kind is BlockKind.LIST_ITEM]


def test_word_label_is_no_sentence() -> None:
    """A number that Word makes up begins its block, and the first sentence begins behind it, as with a typed number."""
    made = word(
        entry("The two sides welcomed the treaty. They will meet again.", 0), level(0, "decimal", "%1.", start=12)
    )
    typed = read_bytes(
        f"{LEAD}\n\n12. The two sides welcomed the treaty. They will meet again.\n".encode(), name="x.txt"
    )
    assert blocks(made) == ["12. The two sides welcomed the treaty. They will meet again."] == blocks(typed)
    assert sentences(made) == ["The two sides welcomed the treaty.", "They will meet again."] == sentences(typed)
    place = made.locate(made.text.index("12. The"))
    assert (place.line, place.column) == (2, 1)
    assert made.locate(made.text.index("They will")).line == 2


def test_word_levels() -> None:
    """Labels have the numbers of the levels above; those below begin anew, and one that was passed over counts."""
    levels = (
        level(0, "decimal", "%1.")
        + level(1, "decimal", "%1.%2")
        + level(2, "lowerLetter", "(%3)")
        + level(3, "upperRoman", "%1-%4", '<w:lvlRestart w:val="0"/>')
    )
    body = "".join(
        entry(f"Text {at} of the list.", depth) for at, depth in enumerate((0, 1, 1, 2, 2, 3, 0, 1, 2, 3, 0, 2, 1))
    )
    labels = [text.split(" Text")[0] for text in blocks(word(body, levels))]
    assert labels == ["1.", "1.1", "1.2", "(a)", "(b)", "1-I", "2.", "2.1", "(a)", "2-II", "3.", "(a)", "3.2"]


def test_word_overrides_and_links() -> None:
    """A list that begins itself begins once; one that does not goes on with the list that it is made from."""
    nums = "".join(
        f'<w:num w:numId="{num}"><w:abstractNumId w:val="7"/>{more}</w:num>'
        for num, more in (
            (1, ""),
            (2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
            (3, ""),
        )
    )
    body = "".join(entry(f"Entry {at} stands here.", 0, num) for at, num in enumerate((1, 1, 2, 2, 3)))
    labels = [text.split(" Entry")[0] for text in blocks(word(body, level(0, "decimal", "%1)"), nums))]
    assert labels == ["1)", "2)", "5)", "6)", "7)"]


def test_word_headings_by_style() -> None:
    """The numbers of headings come from their styles' lists, and number 0 takes a heading out of it."""
    levels = level(0, "decimal", "Article %1", '<w:pStyle w:val="H1"/>') + level(
        1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H3"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    ).replace('w:styleId="H3"', 'w:styleId="Other"')
    body = (
        plain("Scope", "H1") + plain(LEAD) + plain("Ports", "Other") + plain(LEAD) + entry("Annex", num=0, style="H1")
    )
    made = word(body + plain(LEAD) + plain("Term", "H1") + plain(LEAD), levels, styles=styles)
    assert blocks(made, BlockKind.HEADING) == ["Article 1 Scope", "1.1 Ports", "Annex", "Article 2 Term"]


def test_word_article_alone() -> None:
    """A label with a word of its own is printed also where its paragraph is empty; a bare number is not kept, but counted."""
    articles = word(entry("") + plain(LEAD) + entry("") + plain(LEAD), level(0, "decimal", "Article %1"))
    assert [one for one in articles.text.split("\n\n") if one.startswith("Art")] == ["Article 1", "Article 2"]
    numbers = word(entry("") + entry("The second entry stands."), level(0, "decimal", "%1."))
    assert blocks(numbers) == ["2. The second entry stands."]


@pytest.mark.parametrize(
    "given",
    [
        level(0, "bullet", "o"),
        level(0, "decimal", "%1.", '<w:lvlPicBulletId w:val="0"/>'),
        level(0, "chineseCounting", "%1."),
        level(0, "decimal", "%2."),
        level(0, "none", ""),
        level(0, "decimal", "–"),
        level(0, "decimal", "%1.").replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>"),
        level(0, "decimal", "%1.").replace("</w:lvl>", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>'),
        level(0, "ordinal", "%1"),
    ],
)
def test_word_abstains(given: str) -> None:
    """Bullets, pictures, unknown formats and hidden labels are left out; so are ordinals of a text of no known language."""
    assert blocks(word(entry("An entry of the list."), given)) == ["An entry of the list."]


@pytest.mark.parametrize(
    ("form", "start", "label"),
    [("ordinal", 22, "22nd"), ("ordinalText", 21, "Twenty-first"), ("cardinalText", 15, "Fifteen"),
     ("decimalZero", 7, "07"), ("upperRoman", 14, "XIV"), ("lowerLetter", 28, "bb")],
)  # fmt: skip
def test_word_formats(form: str, start: int, label: str) -> None:
    """Numbers are printed in the format of their level, words and ordinals in English texts."""
    english = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    made = word(entry("An entry of the list."), level(0, form, "%1", start=start), styles=english)
    assert blocks(made) == [f"{label} An entry of the list."]


def test_word_legal_numbers() -> None:
    """A level of legal numbering has the numbers above it in figures."""
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert blocks(word(entry("One of them.") + entry("Two of them.", 1), levels)) == [
        "I. One of them.",
        "1.1 Two of them.",
    ]


def test_word_cells() -> None:
    """Entries in the cells of a table have their labels, and count with those around them."""
    cells = "".join(
        f"<w:tc>{entry('') if text is None else plain(text)}</w:tc>" for text in (None, "Port of Oslo", "12")
    )
    table = (
        "<w:tbl><w:tr>"
        + "".join(f"<w:tc>{plain(text)}</w:tc>" for text in ("No.", "Port", "Ships"))
        + f"</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    )
    made = word(entry("The first entry stands.") + table, level(0, "decimal", "%1."))
    assert [cell.text for cell in made.tables[0].cells] == ["No.", "Port", "Ships", "2.", "Port of Oslo", "12"]


def test_numbered_heading_of_references() -> None:
    """The list of works below a numbered heading is read as such."""
    works = plain('Hassan, A., "Ports of the North", <i/>Gulf Post (Muscat), 2 May 2018.'.replace("<i/>", ""))
    styles = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    body = entry("Ports", style="H1") + plain(LEAD) + entry("References", style="H1") + works
    made = word(body, level(0, "decimal", "%1."), styles=styles)
    assert blocks(made, BlockKind.HEADING) == ["1. Ports", "2. References"]
    assert len(made.references) == 1


def odt(body: str, styles: str) -> Document:
    """Read an OpenDocument text with the given automatic styles."""
    names = f'xmlns:office="{OFFICE}" xmlns:text="{TEXT}" xmlns:style="{STYLE}" xmlns:table="{TABLE}"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text><text:p>{LEAD}</text:p>{body}</office:text></office:body></office:document-content>",
        )
    return read_bytes(out.getvalue(), name="x.odt")


def listed(*items: str, more: str = "") -> str:
    """Return the XML of an OpenDocument list; an item is text, or XML."""
    inner = "".join(
        f"<text:list-item>{one if one.startswith('<') else f'<text:p>{one}</text:p>'}</text:list-item>" for one in items
    )
    return f'<text:list text:style-name="L"{more}>{inner}</text:list>'


NUMBERS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="I" text:display-levels="3" text:start-value="4"/></text:list-style>'
)


def test_opendocument_lists() -> None:
    """Entries have prefix, suffix and the levels above; a list goes on only where it says so, a wrapped list is no entry."""
    nested = listed("Point one.", listed("Point two."), more="")
    body = (
        listed("Entry one. It is long.", f"<text:p>Entry two.</text:p><text:p>Its second part.</text:p>{nested}")
        + "<text:p>Between the lists.</text:p>"
        + listed("Entry three.", more=' text:continue-numbering="true"')
        + "<text:p>Between the lists.</text:p>"
        + listed("Entry anew.")
    )
    made = odt(body, NUMBERS)
    assert blocks(made) == [
        "1. Entry one. It is long.", "2. Entry two.", "Its second part.", "(a) Point one.", "2.a.IV Point two.",
        "3. Entry three.", "1. Entry anew.",
    ]  # fmt: skip
    assert sentences(made)[:3] == ["Entry one.", "It is long.", "Entry two."]


def test_opendocument_headings() -> None:
    """Headings have the numbers of the outline; one that names no list on purpose has none."""
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
        '<style:style style:name="Bare" style:family="paragraph" style:list-style-name=""/>'
    )
    heads = (("Ports", 1, ""), ("Ships", 2, ""), ("Annex", 1, ' text:style-name="Bare"'), ("Roads", 1, ""))
    body = "".join(
        f'<text:h text:outline-level="{at}"{more}>{text}</text:h><text:p>{LEAD}</text:p>' for text, at, more in heads
    )
    assert blocks(odt(body, outline), BlockKind.HEADING) == ["I. Ports", "I.1 Ships", "Annex", "II. Roads"]


def test_opendocument_bullets() -> None:
    """Bullets are left out, and the number of an unknown format."""
    bullets = '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="o"/></text:list-style>'
    unknown = NUMBERS.replace('style:num-format="1" style:num-suffix="."', 'style:num-format="一"')
    assert blocks(odt(listed("Entry one."), bullets)) == ["Entry one."] == blocks(odt(listed("Entry one."), unknown))


def rtf(*paragraphs: str) -> Document:
    """Read an RTF file of these paragraphs."""
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f3\fcharset2 Wingdings;}}"
    return read_bytes(("{\\rtf1\\ansi" + fonts + LEAD + r"\par " + "".join(paragraphs) + "}").encode(), name="x.rtf")


def test_rich_text_labels() -> None:
    """The label that a program prints into a file for other readers is the paragraph's; bullets of any font are none."""
    labels: Sequence[str] = (
        r"{\listtext\pard\plain\f0 12.\tab}",
        r"{\pntext\f0 (a)\tab}",
        r"{\listtext\f3 \'d8\tab}",
        r"{\listtext\f3 q\tab}",
        r"{\listtext\f0 \'b7\tab}",
    )
    made = rtf(*(rf"{label}\pard\ls1 The sides met. They spoke.\par " for label in labels))
    text = "The sides met. They spoke."
    assert blocks(made) == [f"12. {text}", f"(a) {text}", text, text, text]
    assert sentences(made)[:4] == ["The sides met.", "They spoke."] * 2


def test_rich_text_headings_and_cells() -> None:
    """A heading, an article without words and a cell have their labels too; a label does not pass to the next paragraph."""
    made = rtf(
        r"{\listtext 1.\tab}\pard\outlinelevel0 Ports\par \pard " + LEAD + r"\par ",
        r"{\listtext Article 5\tab}\pard\par \pard " + LEAD + r"\par ",
        r"\trowd\cellx100\cellx200\pard\intbl{\listtext 2.\tab}Oslo\cell\pard\intbl Twelve\cell\row\pard ",
        LEAD + r"\par ",
    )
    assert "1. Ports" in blocks(made, BlockKind.HEADING)
    assert "\n\nArticle 5\n\n" in made.text
    assert [cell.text for cell in made.tables[0].cells] == ["2. Oslo", "Twelve"]
    assert made.text.endswith(f"\n\n{LEAD}")


CLAUSES = (
    "The parties shall meet once a year.",
    "The parties shall publish what they agree. They shall do so at once.",
    "The parties shall open the port of Arica.",
)


def prose(document: Document) -> list[str]:
    """Return the passages that are coded, without the lead."""
    return [one.text for one in document.passages if one.kind.is_prose and one.text != LEAD]


def test_typed_labels_are_no_sentence_in_any_format() -> None:
    """Whether a clause's number is typed or made up, in Word, PDF or text, its first sentence begins behind it."""
    labelled = [f"1.{number} {clause}" for number, clause in enumerate(CLAUSES, 1)]
    made = word("".join(entry(clause, 0) for clause in CLAUSES), level(0, "decimal", "1.%1"))
    typed = read_bytes(docx("".join(map(plain, (LEAD, *labelled)))), name="x.docx")
    text = read_bytes("\n\n".join((LEAD, *labelled)).encode(), name="x.txt")
    page = [(72.0, 790.0 - 12 * n, 10.0, LEAD) for n in range(4)]
    page += [(72.0, 720.0 - 26 * n, 10.0, line) for n, line in enumerate(labelled)]
    paged = read_bytes(pdf([page]), name="x.pdf")
    for document in (made, typed, text, paged):
        assert all(one in document.text for one in labelled)
        assert prose(document) == [
            "The parties shall meet once a year.", "The parties shall publish what they agree.",
            "They shall do so at once.", "The parties shall open the port of Arica.",
        ]  # fmt: skip


def test_a_figure_that_nothing_counts_on_from_begins_its_sentence() -> None:
    """An amount is no label, nor is a lone number."""
    lines = ("3.5 Mt of coal were shipped in May.", "7.1 Mt of ore were shipped in June.", "4.2 GW came to the grid.")
    for name in ("x.txt", "x.md"):
        assert prose(read_bytes("\n\n".join((LEAD, *lines)).encode(), name=name)) == list(lines)
