"""Abbreviations of diplomatic and scholarly English after which a full stop need not end the sentence.

The lists are our own, gathered from what the genre prints: titles of rank, bibliographic and legal references,
months, states and organisations, companies, degrees. Some are from Unicode's CLDR (common/segments), and of other
languages they have what it lists for titles, streets and companies; never what is a word in English. Keys are in lower case,
without the last stop.
"""

from __future__ import annotations

# After these a name or a figure always follows.
LEADING = frozenset(
    """dr drs mr mrs ms messrs mx prof profs gen lt maj col capt cmdr cdr adm sgt cpl brig amb sen rep reps gov pres hon
    rt rev fr st ste mt ft h.e h.m h.h h.r.h v.adm r.adm vice-adm wg sqn flt sqdn gp fm pm supt insp det cllr
    sra sras srta dra excmo excma ilmo ilma lic licdo licda lcdo lcda mtro mons rvdo rvdmo sres dña vda cfr p.ej
    e.g i.e cf viz vs v approx ca circa rs i.c esp incl misc resp""".split()
)
# These refer on only when a figure (or a Roman number) follows: "No. 3", but "He said no."
NUMBERED = frozenset(
    """no nos vol vols p pp art arts sec secs sect fig figs ch chap chaps para paras pt pts tab res sess suppl app ann cl
    ff fn n nn op doc docs s.no sr.no ref eq b d c r fl""".split()
)
# These can stand at the end of a sentence; only what follows tells.
OPEN = frozenset(
    """u.s u.n u.k u.a.e u.s.a u.s.s.r e.u d.c b.c a.d c.e b.c.e a.m p.m am pm inc ltd co corp plc llc bros jr sr etc al
    ph.d m.a b.a m.sc b.sc m.phil m.d ll.b ll.m d.phil ed eds trans ibid dept depts univ inst assoc govt min mins intl natl
    est ext int dist prov rd ave blvd av avda ltda lda cía dpto depto hnos sdad jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri
    sat sun pvt pty gmbh s.a n.d n.p rev'd rpt repr vol.s p.o p.s w.t.o g.c.c n.y calif mass conn pa va md
    adj adv alt asst comm conf cont def dep exec mgr msgr nr num org perm phys ret retd sq tel tels var yr""".split()
)
MONTHS_SHORT = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())

# Words that begin sentences and hardly ever follow an abbreviation inside one.
STARTERS = frozenset(
    """the a an this that these those there it he she we they you its his her their our my in on at by for from to with
    without after before since during until while when where although though because if unless as but and or nor so yet
    however moreover furthermore meanwhile nevertheless nonetheless therefore thus hence also additionally similarly
    conversely likewise instead indeed still then now today yesterday later earlier recently currently what who why how
    which both all some many most several few each every no not only such another other according despite given under
    over between among even once here later both neither either finally first second
    others none nobody everybody everyone somebody someone""".split()
)
# These begin a question before the words that follow them there: "Is that ...?", "Did they ...?".
INVERTED = frozenset("is are was were do does did has have had can could will would shall should must".split())
INVERTED_SUBJECTS = frozenset(
    "the a an this that these those there it he she we they you i his her their our my your anyone anybody everyone not".split()
)
# These begin sentences before a word in small letters: "Three ships", but "Two Harbors".
CARDINALS = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
# What goes on from a subject of one word: "Lunch was", "Lorries now".
FINITE = frozenset(
    """is are was were has have had do does did can could will would shall should may might must cannot""".split()
)
GOES_ON = FINITE | frozenset("now then also often soon never again".split())
# What can follow the hour and belong to it.
AFTER_HOUR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december eastern pacific central mountain greenwich local""".split()
)
