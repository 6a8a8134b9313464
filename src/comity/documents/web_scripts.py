"""What of a page's text only scripts would show, or is shown only where these do not run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.documents.web_weights import weigh

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A request to turn scripts on is shorter.
_LEAST_TEXT = 500
_LEAST_PIECE = 200
# Words have some five letters; in code signs like these stand closer than in prose.
_LETTERS_A_WORD = 12
_CODE_SIGNS = "{}=;|"


def show_unscripted(root: HtmlElement) -> None:
    """Make parts of a page that are for browsers without scripts (`noscript`) parts like others, where they hold most of its prose."""
    body = root.find("body")
    parts = list(root.iter("noscript")) if body is not None else []
    prose = 0
    for part in parts:
        weights, _ = weigh(part, None, ())
        prose += weights[part].prose if part in weights else 0
    if body is None or prose < _LEAST_TEXT:
        return
    if weigh(body, None, ())[0][body].prose < prose:
        for part in parts:
            part.tag = "div"


def scripted_text(root: HtmlElement) -> int:
    """Return how many characters of running text the scripts of a page hold as data."""
    total = 0
    for script in root.iter("script"):
        for piece in (script.text or "").split('"'):
            if len(piece) >= _LEAST_PIECE and _LETTERS_A_WORD * piece.count(" ") >= len(piece):
                signs = sum(piece.count(sign) for sign in _CODE_SIGNS)
                total += len(piece) if 50 * signs < len(piece) else 0
    return total
