"""How far the two sides' reports of one flow lie apart, by its size: the table of src/comity/measures/mirror_spread.py.

    python training/mirror.py ../shared/data/wits_trade2009_mirror_raw.csv

The file is World Bank WITS's download of all reporters' exports and imports in 2009 (UN Comtrade). A flow counts where both
sides report a million US dollars or more. Country pairs are split in two by a digest of their codes: the quantiles come from
one half, and how often they hold is printed for the other.
"""

from __future__ import annotations

import hashlib
import sys

import duckdb
import numpy as np

# From each of these sizes of the given report on, in US dollars.
EDGES = (1e6, 3e6, 1e7, 3e7, 1e8, 3e8, 1e9)
LEVELS = (0.025, 0.1, 0.9, 0.975)
FLOWS = """
with reports as (
    select ReporterISO3 reporter, PartnerISO3 partner, TradeFlowName flow, "TradeValue in 1000 USD" * 1000 amount
    from read_csv(?)
)
select a.reporter, a.partner, a.amount, b.amount from reports a join reports b
on a.flow = 'Export' and b.flow = 'Import' and a.reporter = b.partner and a.partner = b.reporter
where least(a.amount, b.amount) >= 1e6 order by all
"""


def is_unseen(first: str, second: str) -> bool:
    """Whether a pair belongs to the half that the quantiles are not taken from."""
    return bool(int(hashlib.sha256("-".join(sorted((first, second))).encode()).hexdigest(), 16) % 2)


def main() -> None:
    """Print the table and its coverage."""
    flows = duckdb.execute(FLOWS, [sys.argv[1]]).fetchall()
    exports, imports = (np.array([row[place] for row in flows]) for place in (2, 3))
    unseen = np.array([is_unseen(row[0], row[1]) for row in flows])
    twofold = np.mean(np.abs(np.log(imports / exports)) > np.log(2))
    print(f"{len(flows):,} flows; {twofold:.1%} differ more than twofold")
    for name, given, other in (("exports", exports, imports), ("imports", imports, exports)):
        held = np.zeros((len(LEVELS) // 2, 2))
        for low, high in zip(EDGES, (*EDGES[1:], np.inf), strict=True):
            within = (given >= low) & (given < high)
            cuts = np.quantile((other / given)[within & ~unseen], LEVELS)
            ratios = (other / given)[within & unseen]
            for place in range(len(held)):
                inside = (ratios >= cuts[place]) & (ratios <= cuts[-1 - place])
                held[place] += inside.sum(), len(ratios)
            print(f"{name} given, from {low:.0e}: {', '.join(f'{cut:.3f}' for cut in cuts)}")
        wide, narrow = held[:, 0] / held[:, 1]
        print(f"{name} given, on {held[0, 1]:.0f} unseen: 95 % range holds {wide:.1%}, 80 % range {narrow:.1%}")


if __name__ == "__main__":
    main()
