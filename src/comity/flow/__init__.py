"""The steps in order: the only room that joins the others."""
