"""Letters of the fonts Symbol and Wingdings, whose codes are no Unicode, as the letters and signs that they show."""

from __future__ import annotations

# Adobe's Symbol encoding (PostScript Language Reference, 3rd ed., appendix E.5), from 0x20 and from 0xA1.
_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_HIGH = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_SYMBOL = {0x20 + at: sign for at, sign in enumerate(_LOW)} | {0xA1 + at: sign for at, sign in enumerate(_HIGH)}
# The signs of Wingdings that stand in texts: arrows, marks of lists and of forms (Unicode 7.0, L2/11-149).
_WINGDINGS = {
    0x20: " ", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: int) -> str | None:
    """Return what a font shows for a code; the code itself where the font is an ordinary one, None where it is not known.

    Word writes the codes of such fonts from U+F000 on (ISO/IEC 29500-1, 17.3.3.30).
    """
    known = _FONTS.get(font.strip().lower())
    if 0xF000 <= code <= 0xF0FF:
        return (known or {}).get(code - 0xF000)
    if known is not None and code <= 0xFF:
        return known.get(code)
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else None
