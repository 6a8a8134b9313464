"""Words that decide what a name means: what makes it another thing, a person, or only a qualifier."""

from __future__ import annotations

PARTICIPLES = frozenset(
    "led backed held occupied based born owned ruled controlled brokered sponsored made style funded trained dominated"
    " friendly mediated drafted member supported allied aligned administered built supplied speaking educated designed"
    " produced registered flagged inspired financed proposed hosted run chaired imposed installed governed linked type"
    " era drawn bound only".split()
)
LED_BY_STATE = frozenset("forces troops coalition alliance".split())
PREFIXES = frozenset("pro anti non ex post pre un trans cross intra inter all mid".split())
# A capitalised word after a state's name that makes it the name of something else: press, waters, sport, firms.
OTHER_THING = frozenset(
    "times post daily express herald tribune observer gazette ocean sea river cup airlines airways street avenue stadium"
    " olympics broadcasting magazine quarterly prix airport square university college institute".split()
)
# After a capital: a text or process named after the place where it was made.
NAMED_AFTER = frozenset(
    "declaration accord accords protocol treaty convention consensus process agenda principles communique summit"
    " conference agreement agreements plan".split()
)
OF_HEADS = frozenset(
    "university bank gulf sea bay strait battle duke prince church times treaty isle institute county".split()
)
FIRST_NAMES = frozenset(
    """michael john david james robert william george paul peter mark thomas richard chris kevin brian steve stephen daniel
    andrew anthony eric scott matthew ryan jason joe frank larry jim tom mike bill bob barbara mary linda susan karen
    lisa nancy vernon hamilton neil barry denzel kerry dinah booker harold walter martin simon jack jeremy deandre
    paris louis charles edward henry ann anne anna jane emma kate sarah julia julie jessica jennifer""".split()
)
ALSO_SURNAMES = frozenset(
    "jordan chad israel georgia france ireland holland england washington london paris kenya india poland wales cuba malta".split()
)
ALSO_FIRST_NAMES = frozenset("jordan chad israel georgia chelsea".split())
INSTITUTION_WORDS = frozenset(
    """defense defence radio television army air navy police state national government foreign prime president king queen
    minister ministry embassy ambassador parliament security central supreme high first secretary chief police and
    bank federation council house republic television authority authorities monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december""".split()
)
# States of the United States (US Census Bureau) of one word each, or its first: "Lebanon, Pennsylvania" is no state's capital.
US_STATES = frozenset(
    """alabama alaska arizona arkansas california colorado connecticut delaware florida idaho illinois indiana iowa kansas
    kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio
    oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming georgia""".split()
)
US_STATE_OF_GEORGIA = frozenset(
    "atlanta savannah augusta republicans republican democrats democrat bulldogs governor u.s.".split()
)
LOWER_TOO_COMMON = frozenset(
    "turkey chad jordan china us polish who georgia guinea male cuba mali niger lima rabat eta".split()
)
BETWEEN = frozenset(
    """new former acting deputy then visiting late outgoing incumbent elected first caretaker interim newly appointed
    junior senior assistant vice state second top chief current longtime long-time veteran ousted re-elected-
    hardline moderate exiled influential powerful""".split()
)
FORMER = frozenset({"former", "ex", "ousted", "late", "deposed", "onetime"})
LED = frozenset("led headed".split())
PARTY_NOUNS = frozenset(
    "delegation team side mission party government administration cabinet contingent regime".split()
)
HONORIFICS = frozenset(
    "mr mrs ms dr sir lord sheikh gen lt col maj adm capt prof hon mohtarma shri sri ayatollah madam madame".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today".split())
KINGDOM = frozenset("kingdom republic state government people sultanate emirate".split())
# What follows the name of a state in the name of its currency: "US$ 2 billion", "Canadian dollars", "Swiss francs".
MONEY = frozenset(
    """$ dollar dollars franc francs rupee rupees yen yuan renminbi pound pounds peso pesos won rouble roubles ruble rubles rial
    rials riyal riyals dinar dinars dirham dirhams krone kroner krona kronor lira liras shilling shillings rand baht ringgit
    rupiah zloty forint hryvnia real reais birr naira cedi taka kyat dong tenge""".split()
)
