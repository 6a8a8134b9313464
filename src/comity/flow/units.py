"""The units in which figures are held: currencies by their codes, and the others by their names."""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import Final

# ISO 4217:2015, list one (current currencies; no metals, no testing codes) and those of list three (withdrawn) in
# which trade of the last century is still quoted.
CURRENCIES: Final = frozenset(
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED
    VES VND VUV WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG
    ADP ATS BEF BGL BRC BYR CSK CYP DDM DEM ECS EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL MRO CUC MTL MXP MZM NLG PLZ
    PTE ROL RUR SDD SIT SKK SLL STD SUR TMM TRL UAK VEB VEF YUD YUM YUN ZMK ZWD ZWL ZWR XEU""".split()
)
NAMES: Final = (
    *("percent", "percentage-point", "count", "tonne", "kilogram", "litre", "barrel", "bale", "hectare", "kilometre"),
    *("megawatt", "TIV", "index"),
)
_CODE: Final = 'a currency by its ISO 4217 code ("USD", "EUR")'
_LISTED: Final = ", ".join(NAMES)


def is_known(unit: str) -> bool:
    """Whether it is a currency's code, a rate between two ("USD per 100 JPY"), or the name of a usual unit."""
    rate = _RATE.fullmatch(unit)
    return unit in CURRENCIES or unit in NAMES or bool(rate and {rate[1], rate[2]} <= CURRENCIES and rate[1] != rate[2])


def doubt_of(unit: str) -> str:
    """Return what a person should see about the name of a rare unit; "" for a known one."""
    if not unit or is_known(unit):
        return ""
    return f'unit "{unit}" is taken as it stands, but is neither {_CODE} nor one of {_LISTED}.'


@cache
def fault_of(unit: str) -> str:
    """Return why the words cannot be a unit, with those that can; "" where they can. Names of rare units can."""
    if not unit or is_known(unit):
        return ""
    near = [each for each in (*sorted(CURRENCIES), *NAMES) if each.casefold() == unit.casefold()]
    if not near and _NAME.fullmatch(unit) and not _AMOUNT.search(unit):
        return ""
    near = near or difflib.get_close_matches(unit, NAMES, 1)
    meant = f'; is "{near[0]}" meant?' if near else "."
    scaled = " Thousands and millions go into scale." if _AMOUNT.search(unit) else ""
    return f'unit "{unit}" is not known{meant} A unit is {_CODE} or one of {_LISTED}.{scaled}'


_RATE = re.compile(r"([A-Z]{3}) per (?:10+ )?([A-Z]{3})")
# Any words but three capital letters, which could only be a currency.
_NAME = re.compile(r"(?![A-Z]{3}$)[^\W\d_](?:[^\W\d_]|[-/. ])*")
_AMOUNT = re.compile(r"(?i)hundred|thousand|million|billion|trillion|\b(?:lakh|crore|mn|bn)\b|\d")
