"""Passages become PLOVER events and statements of position."""
