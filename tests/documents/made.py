"""Files made for the tests: PDF, DOCX and XLSX with nothing but what a test needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, the first of which is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def pdf(
    pages: Sequence[Sequence[tuple[float, float, float, str]]],
    *,
    rules: Sequence[tuple[float, float, float, float]] = (),
    trailer: str = "",
    annotations: str = "",
    author: str = "",
) -> bytes:
    """Return a PDF in Helvetica; each page is a list of (x, y, size, text).

    `rules` are drawn on all pages, from (x, y) to (x, y); `annotations` are dictionaries in PDF's own words, for the first;
    `author` stands in the file's properties.
    """
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, lines in enumerate(pages):
        parts = []
        for x, y, size, text in lines:
            escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            parts.append(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET")
        parts += [f"{x} {y} m {to_x} {to_y} l S" for x, y, to_x, to_y in rules]
        stream = "\n".join(parts).encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> {'' if number else f'/Annots [{annotations}]'} >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    if author:
        trailer += f" /Info {len(objects) + 1} 0 R"
        objects.append(f"<< /Author ({author}) >>".encode())
    return written(objects, trailer.encode())


def docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a DOCX whose body holds the given XML (prefix w); `parts` are further parts by path."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for path, content in (parts or {}).items():
            archive.writestr(path, content)
    return out.getvalue()


def paragraph(text: str, style: str = "", extra: str = "") -> str:
    """Return the XML of a paragraph in a style; `extra` is XML after its run."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r>{extra}</w:p>'


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook with the given rows."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title in hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
