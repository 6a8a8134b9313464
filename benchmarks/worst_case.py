"""Microseconds a character on texts made to be slow: python benchmarks/worst_case.py [NAME ...].

Each text is read at sizes n, 2n and 4n by the doors of the language and coding rooms; the exponent says how time grows from n
to 4n (1 is linear). The worst of all stands at the end. With names only these texts are read. It is the processor's time, which a
busy machine hardly changes.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import math
import random
import time
from collections.abc import Callable, Sequence
from datetime import date

from comity.coding import code_text
from comity.language import (
    find_dates,
    find_durations,
    find_mentions,
    find_numbers,
    find_quantities,
    find_timexes,
    foreign_among,
    furniture_in,
    sentences,
    tokenise,
)

SIZES = (25_000, 50_000, 100_000)
DAY = date(2019, 6, 30)
PROSE = (
    "French Foreign Minister Jean-Yves Le Drian visited New Delhi on 3 March 2019, where he met his Indian counterpart. "
    "The two sides signed an agreement on nuclear energy worth US$ 2 billion. Trade has stood around EUR 10 billion since 2012, "
    "officials in Paris said on Monday. Pakistan condemned the strike and recalled its ambassador. "
)
_RANDOM = random.Random(7)


def scattered(words: str | Sequence[str], joint: str = " ") -> str:
    """Words in no order, the same at every run: a piece of some 20,000 characters."""
    given = words.split() if isinstance(words, str) else list(words)
    return joint.join(_RANDOM.choice(given) for _ in range(20_000 // (1 + sum(map(len, given)) // len(given)))) + joint


STATES = (
    "France India Kenya Japan Pakistan Germany Brazil Turkey Iran Iraq China Russia Ukraine Poland Chile Peru Mali Chad"
)
VERBS = "met visited accused signed threatened refused attacked urged sanctioned expelled recalled praised agreed warned vowed"
TEXTS: dict[str, str] = {
    "prose": PROSE,
    "prose without stops": PROSE.replace(".", "").replace(",", ""),
    "one letter": "a",
    "one word": "the ",
    "one verb": "visited ",
    "one state": "France ",
    "one adjective": "French ",
    "states": scattered(STATES),
    "states and verbs": scattered(f"{STATES} {VERBS}"),
    "states, verbs and 'and'": scattered(f"{STATES} {VERBS} and and , ,"),
    "verbs": scattered(VERBS),
    "to and verbs": "to meet and to visit and not to sign ",
    "modals": "will not have been would could must be ",
    "pronouns": "he said it told them that she saw him and they ",
    "states and pronouns": "France told it that they and he met India which it ",
    "relative clauses": "France, which met India, which accused Kenya, which said that ",
    "genitives": "India's France's Kenya's ",
    "prepositions": "of the in with for ",
    "digits": "7",
    "figures": scattered([str(_RANDOM.randrange(10**6)) for _ in range(200)]),
    "grouped figures": "1,234,567,",
    "dates": scattered(
        ["3 March 2019", "2018-01-03", "in May", "1999,", "Monday", "12/10/2009", "last year", "2016-17"]
    ),
    "months": "March May June ",
    "years and dashes": "2018-2019-2020-",
    "currency": scattered(["US$ 2 billion", "EUR 10", "Rs 5 crore", "$1.2bn", "£3", "per cent", "%", "2-3 million"]),
    "number words": "twenty three hundred and four thousand ",
    "durations": "two years three months several days ",
    "brackets": "(",
    "brackets in pairs": "([{",
    "nested brackets": "(France met (India) [which ",
    "quotes": "“‘\"'",
    "quotes and states": "“France ‘India\" met 'Kenya ",
    "mixed scripts": "France 法国 فرنسا Франция फ्रांस 프랑스 met ",
    "Chinese": "中国外交部长星期一访问法国并会见总统",
    "Arabic": "زار وزير الخارجية الفرنسي نيودلهي يوم الاثنين ",
    "Spanish": "El ministro de Exteriores de Francia visitó la India el 3 de marzo de 2019 para firmar un acuerdo. ",
    "control characters": "\x00\x01\x0b\x1f\x7f\x85",
    "states and control characters": "France\x00met\x01India\x0b",
    "combining marks": "e\u0301\u0302\u0303",
    "white space": " \t\n\u00a0",
    "tabs": "a\t",
    "line breaks": "\n",
    "lines of one letter": "a\n",
    "long words": "France" * 2000 + " ",
    "capitals": PROSE.upper(),
    "capital words": scattered("THE FRENCH PRESIDENT MET INDIAN MINISTER IN NEW DELHI AND"),
    "names": scattered("John Maria Chen Ahmed Khan Lopez Smith Kim Singh Ivanov Le Van Al Bin De"),
    "offices and names": "Foreign Minister President Prime Minister John Khan ",
    "capital initials": "A. B. U.S. ",
    "hyphens": "-",
    "hyphened words": "a-",
    "hyphened states": "France-India-Kenya-",
    "slashes": "France/India/",
    "commas": ",",
    "stops": ".",
    "short sentences": "He. ",
    "sentences of two words": "France met. ",
    "questions": "France met India?! ",
    "addresses of pages": "http://www.a.b/",
    "at signs": "a@",
    "dotted words": "a.b.c.",
    "ampersands": "&nbsp;&amp;<b>",
    "e-mail headers": "From: a@b.fr\nTo: c@d.in\nSubject: Re: France visits India\n\n> France accused India.\n",
    "table of tabs": "France\t3\t2018\tIndia\n",
    "list": "- France\n- India\n1. Kenya met\n",
    "conditions": "if France unless India whether ",
    "demands": "France urged India to urge Kenya to urge ",
    "promises": "France vowed to refuse to agree to ",
    "reported speech": "France said that India said that Kenya said that ",
    "passives": "was accused by was met by France ",
    "sectors": "French police Indian army Kenyan rebels court ",
    "cities": scattered("Paris Delhi Nairobi London Washington Moscow Beijing Tokyo Islamabad Berlin in at from to"),
    "organisations": "United Nations Security Council European Union African Union ",
    "positions": "France expressed concern over the nuclear programme and supports the peace process of ",
    "random letters": scattered(["".join(_RANDOM.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(3000)]),
    "random characters": "".join(chr(_RANDOM.choice([*range(1, 0x2FF), *range(0x370, 0xD7FF)])) for _ in range(20_000)),
}
DOORS: dict[str, Callable[[str], object]] = {
    "sentences": sentences,
    "languages": lambda text: foreign_among([tokenise(text[at : at + 200]) for at in range(0, len(text), 200)]),
    "furniture": lambda text: furniture_in(text.split("\n")),
    "dates": lambda text: find_dates(text, DAY),
    "timexes": lambda text: find_timexes(text, DAY),
    "durations": find_durations,
    "numbers": find_numbers,
    "quantities": find_quantities,
    "mentions": lambda text: find_mentions(text, on=DAY),
    # As it stands (a sentence of more than 3,000 characters is read in parts), and cut into sentences of 2,900 and of 300.
    "coding": lambda text: code_text(text, source_id="s", published=DAY),
    "of 2,900": lambda text: code_text(cut(text, 2900), source_id="s", published=DAY),
    "of 300": lambda text: code_text(cut(text, 300), source_id="s", published=DAY),
}


def cut(text: str, length: int) -> str:
    return "\n\n".join(text[at : at + length] for at in range(0, len(text), length))


def seconds(door: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    door(text)
    return time.process_time() - begin


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(TEXTS)}")
    given = words.parse_args().names
    if unknown := sorted(set(given) - set(TEXTS)):
        words.error(f"no such text: {', '.join(unknown)}")
    chosen = given or list(TEXTS)
    for door in DOORS.values():  # what is loaded once
        door(PROSE)
    print(f"microseconds a character at {SIZES[-1]:,} characters; in brackets the exponent from {SIZES[0]:,}")
    print(f"{'':30}" + "".join(f"{name:>14}" for name in DOORS), flush=True)
    told: list[tuple[float, float, str, str]] = []
    for name in chosen:
        cells = []
        for door_name, door in DOORS.items():
            texts = [(TEXTS[name] * (size // len(TEXTS[name]) + 1))[:size] for size in SIZES]
            times = [seconds(door, text) for text in texts]
            if times[-1] > 0.02:  # below it the clock is too coarse for an exponent
                times = [min(first, seconds(door, text)) for first, text in zip(times, texts, strict=True)]
            rate = times[-1] / SIZES[-1] * 1e6
            growth = math.log(times[-1] / times[0]) / math.log(SIZES[-1] / SIZES[0]) if times[0] > 0.005 else 1.0
            told.append((rate, growth, door_name, name))
            cells.append(f"{rate:8.2f} ({growth:.1f})")
        print(f"{name:30}" + "".join(f"{cell:>14}" for cell in cells), flush=True)
    rate, _, door_name, name = max(told)
    print(f"slowest: {door_name} on {name!r}, {rate:.1f} microseconds a character")
    _, growth, door_name, name = max(told, key=lambda each: each[1])
    print(f"steepest: {door_name} on {name!r}, exponent {growth:.2f}")


if __name__ == "__main__":
    main()
