"""A file or page becomes a Document: text, blocks, notes, tables, citations and offsets."""

from comity.documents.ahead import Readers
from comity.documents.apart import read_apart
from comity.documents.citations import parse_citation, parse_citations
from comity.documents.mail import is_mailbox
from comity.documents.portable_page import boxes_of
from comity.documents.reference_files import to_bibtex, to_ris
from comity.documents.references import bibliography
from comity.documents.source import MAX_BYTES, READER, held_in, is_archive, is_download, read, read_bytes

__all__ = [
    "MAX_BYTES",
    "READER",
    "Readers",
    "bibliography",
    "boxes_of",
    "held_in",
    "is_archive",
    "is_download",
    "is_mailbox",
    "parse_citation",
    "parse_citations",
    "read",
    "read_apart",
    "read_bytes",
    "to_bibtex",
    "to_ris",
]
