"""A file or page becomes a Document: text, blocks, notes, tables, citations and offsets."""
