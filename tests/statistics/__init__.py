"""Tests of the room statistics."""  # noqa: A005
