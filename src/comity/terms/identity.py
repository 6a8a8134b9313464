"""Ids that are a function of content: the same thing has the same id on every machine and in every build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

Part = str | int | float | bool | None | Iterable["Part"]
# `json.dumps` makes an encoder for every call, which takes longer than to write the few parts of an id.
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=list).encode


def content_id(prefix: str, *parts: Part) -> str:
    """Return `prefix-` and 16 hexadecimal digits of the SHA-256 of the parts, written as canonical JSON."""
    return f"{prefix}-{hashlib.sha256(_canonical(parts).encode()).hexdigest()[:16]}"


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal: the identity of a source as it was received."""
    return hashlib.sha256(content).hexdigest()
