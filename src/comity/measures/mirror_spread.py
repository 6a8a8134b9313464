"""How far the two sides' reports of one flow of goods lie apart, as measured on the world's trade of 2009."""

from __future__ import annotations

from typing import Final

# Quantiles of the other side's report over the given one (0.025, 0.1, 0.9, 0.975), by the given report's size in US dollars,
# where both sides report a million or more: World Bank WITS, all reporters of 2009 (UN Comtrade), 9,300 flows, of which 27 %
# differ more than twofold. From one half of the country pairs; on the other half the ranges of 80 and 95 % hold 79.8 and
# 95.0 % of importers' reports given the exporter's, and 79.5 and 94.8 % the other way. Made by training/mirror.py.
_GIVEN_EXPORTS: Final = (
    (1e6, (0.557, 0.839, 10.083, 28.051)),
    (3e6, (0.267, 0.519, 5.264, 17.035)),
    (1e7, (0.106, 0.387, 3.349, 12.214)),
    (3e7, (0.098, 0.465, 2.508, 6.737)),
    (1e8, (0.066, 0.424, 1.790, 2.743)),
    (3e8, (0.149, 0.575, 1.571, 2.225)),
    (1e9, (0.109, 0.573, 1.414, 1.930)),
)
_GIVEN_IMPORTS: Final = (
    (1e6, (0.517, 0.640, 10.496, 33.599)),
    (3e6, (0.184, 0.326, 2.886, 11.414)),
    (1e7, (0.093, 0.202, 2.003, 6.720)),
    (3e7, (0.073, 0.247, 1.517, 3.082)),
    (1e8, (0.080, 0.308, 1.510, 3.369)),
    (3e8, (0.044, 0.434, 1.370, 2.961)),
    (1e9, (0.068, 0.581, 1.298, 1.931)),
)
# What a range from this table rests on, for people.
BASIS: Final = "how far the two sides' reports lay apart in 9,300 flows of 2009 that both put at a million US dollars or more (World Bank WITS)"


def spread(amount: float, side: str, level: float = 0.8) -> tuple[float, float] | None:
    """Return the range of the other side's report, in US dollars, given one side's; None below a million.

    Args:
        amount: the given report in US dollars.
        side: whose it is: "exports" for the exporter's, "imports" for the importer's.
        level: how often the range holds the other side's report: 0.8 or 0.95.
    """
    outer = {0.95: 0, 0.8: 1}[level]
    found = None
    for least, ratios in _GIVEN_EXPORTS if side == "exports" else _GIVEN_IMPORTS:
        if amount >= least:
            found = amount * ratios[outer], amount * ratios[-1 - outer]
    return found
