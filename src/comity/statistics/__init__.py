"""Tables and files become Series and Observations with provenance to the cell."""
