"""Each claim of a text held against its own tables, arithmetic and a view of the record."""
