"""The words of the calendar: months, weekdays, seasons, units of time, and what may stand around them."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}
MONTHS_SHORT = {name[:3]: number for name, number in MONTHS.items() if name != "may"} | {"sept": 9}
# Month names that are verbs, given names or adjectives too: alone they need a preposition or the like before them.
DOUBTFUL_MONTHS = frozenset({"march", "april", "may", "june", "august"})
WEEKDAYS = {
    name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
WEEKDAYS_SHORT = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON_NAMES = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
UNITS = {
    "day": "day", "days": "day", "week": "week", "weeks": "week", "fortnight": "fortnight", "fortnights": "fortnight",
    "month": "month", "months": "month", "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year",
    "decade": "decade", "decades": "decade", "century": "century", "centuries": "century", "weekend": "weekend",
    "weekends": "weekend", "hour": "hour", "hours": "hour", "minute": "minute", "minutes": "minute", "night": "night",
    "nights": "night",
}  # fmt: skip
TIMEX_UNITS = {
    "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "weekend": "WE",
    "hour": "H", "minute": "M", "night": "NI", "second": "S",
}  # fmt: skip
DAY_PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "MI", "midday": "MI", "midnight": "NI",
}  # fmt: skip
DECADE_WORDS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
# TimeML's modifiers (TimeML 1.2.1, attribute mod).
MODIFIERS = {
    "early": "START", "beginning": "START", "start": "START", "outset": "START", "opening": "START", "mid": "MID",
    "middle": "MID", "late": "END", "end": "END", "close": "END",
}  # fmt: skip
RANGE_MARKS = frozenset({"-", "–", "—", "to", "through", "till", "until", "thru"})
DASHES = frozenset({"-", "–", "—", "‑", "‐", "−"})

# Things that are counted by the thousand, and units: a figure before one of these is no year.
COUNTED = frozenset(
    """people persons men women children troops soldiers personnel students refugees visitors tourists migrants workers
    fighters militants civilians officers officials police villages households families schools companies firms jobs
    homes houses vehicles tanks missiles warheads aircraft ships barrels tons tonnes kilograms kg kilometres kilometers km
    miles metres meters m ft feet hectares acres mw megawatts gw kwh mwh bpd cusecs litres liters gallons percent per pc
    dollars dollar yen rupees rupee rs euros euro pounds yuan rmb won million billion trillion crore lakh thousand hundred
    dozen bn mn tn mln bln visas seats members participants delegates deaths casualties victims others times points
    words pages shares units items copies employees staff passengers flights trucks containers teu cases volts hours days
    weeks months degrees inches grams mg x hp cc rpm calories residents citizens voters votes nationals prisoners hostages
    protesters demonstrators peacekeepers""".split()
)  # fmt: skip
# Words whose number is a reference and never a year.
REFERENCES = frozenset(
    """page pages p pp no nos number numbers resolution resolutions res article articles section sections sec chapter vol
    volume volumes room flight highway route boeing airbus para paragraph paragraphs art unscr unsc model serial order
    case cases table figure fig line lines act clause rule decree bus tel phone fax code box mig su area phase version
    level verse lot id tel mob ext""".split()
)  # fmt: skip
# Words whose number is an amount and never a year.
AMOUNT_WORDS = frozenset(
    """population about nearly some almost over approximately roughly least most than exactly only just another
    additional total""".split()
)
FUNCTION_WORDS = frozenset(
    """the a an this that these those and or but nor so yet if as at by for from in into of off on onto out over than to
    up with within without under until till through during since after before between against among along across about
    he she it they we you i his her its their our your my who whom whose which what when where why how there here
    was were is are be been being am has have had having do does did will would shall should can could may might must
    not no also only then both all while although though because however said says told saw marked brought met made
    came went took gave held began ended rose fell became remained showed left led visited signed agreed announced
    called reached totalled totaled stood grew amounted declined increased alone onward onwards too again already
    respectively inclusive local hrs hours gmt utc et est edt""".split()
)
