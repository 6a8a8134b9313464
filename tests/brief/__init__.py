"""Tests of the room brief."""
