"""The words by which the lines around a title are known."""

from __future__ import annotations

import re

BY = re.compile(
    r"(?:written |prepared |compiled |reported )?by\b\s*:?\s*|authors?(?:\(s\))?\s*:\s*|(?:reporter|rapporteur)\s*:\s*",
    re.IGNORECASE,
)
EDITED = re.compile(r"edited by\b\s*:?\s*|(?:series )?editors?(?:-in-chief)?\s*:\s*", re.IGNORECASE)
CITE = re.compile(
    r"(?:how to cite|(?:to )?cite (?:this|as)|(?:recommended|suggested|preferred) citation)\b[^:.]{0,40}[:.]?\s*",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"(?:first\s+)?(?:published|posted|dated?|issued|released|release date|publication date|publication|date of issue|for immediate release|sent)(?:\s+online)?(?:\s+on)?\s*[:,–—-]?\s+",
    re.IGNORECASE,
)
OTHER_DATE = re.compile(
    r"(?:last\s+)?(?:updated|modified|received|accepted|revised|accessed|retrieved|printed)\b", re.IGNORECASE
)
CONTACT = re.compile(
    r"(?:web(?:site)?|phone|tel(?:ephone)?|fax|e-?mail|url|www|https?|address|p\.?\s?o\.?\s?box|mobile|contact(?:s)?|twitter|facebook|issn|e-?issn|isbn|©|copyright|\(c\)|all rights)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+|\+?\d[\d\s()-]{6,}")
CONTACT_END = re.compile(r"(?:phone|tel|fax|e-?mail|web|website)\s*:\s*\S+(?:\s[\d ()+-]+)?$", re.IGNORECASE)
FIELD = re.compile(
    r"(?P<key>title|date|venue|place|location|time|present|in attendance|attendees|participants|apologies|absent|chair(?:person|man)?|secretary|from|to|cc|bcc|subject|re|ref(?:erence)?|our ref|your ref|sent|reply-to|message-id|tags|keywords?|key words|category|topic|section|jel(?: codes?)?|doi|distribution|classification|status|agenda|duration|contact|filed under|word count)\s*(?:no\.?)?\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
GENRE = re.compile(
    r"(?:issue brief|policy brief|policy paper|policy note|working paper|discussion paper|occasional paper|research paper|research report|"
    r"research note|special report|background paper|briefing paper|briefing note|briefing|brief|report|annual report|backgrounder|commentary|"
    r"analysis|op-?ed|opinion|editorial|insights?|fact ?sheet|press releases?|press statement|press note|media releases?|media statement|"
    r"media note|news release|joint statement|joint press release|joint communiqu[eé]|communiqu[eé]|statement|memorandum|memo|country profile|newsletter|"
    r"transcript|readout|strategic comment|monograph|situation report|aide.memoire|note verbale|speech|remarks|interview|minutes|meeting minutes)"
    r"(?:\s+series)?(?:\s*[-–—#:,]?\s*(?:no\.?|number|nr\.?|vol\.?)?\s*[\w./-]*\d[\w./-]*)?",
    re.IGNORECASE,
)
INSTITUTE = re.compile(
    r"\b(?:institut(?:e|ion|o)|cent(?:re|er)|ministry|universit(?:y|é)|foundation|council|department|embassy|high commission|consulate|commission|academy|"
    r"society|association|agency|bureau|secretariat|government of|republic of|think tank|forum|organi[sz]ation|bank|chamber of|college|school of|observatory|office of|fund|group|division)\b",
    re.IGNORECASE,
)
# What a form names its institute by; "affiliation" is where the author works.
BODY_LABEL = re.compile(
    r"(?:(?P<body>institut(?:e|ion)|organi[sz]ation|publisher|(?:published|issued) by|issuing (?:body|institut(?:e|ion)))|affiliation)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
KIND_LABEL = re.compile(r"(?:(?:document )?type|genre|series)\s*:\s*(?=\S)", re.IGNORECASE)
ROLE = re.compile(
    r"\b(?:director|fellow|analyst|professor|lecturer|researcher|correspondent|editor|ambassador|staff writer|secretary|officer|head|chair|coordinator|"
    r"scholar|student|candidate|reporter|columnist|adviser|advisor|economist|associate|expert|specialist|consultant|minister|diplomat|president|author|intern|manager)\b",
    re.IGNORECASE,
)
MASTHEAD = re.compile(
    r"\bvol(?:ume)?\.?\s*(?P<volume>[\dIVXLC]+)\b(?:[\s,;:]*(?:no|nos|issue|number)s?\.?\s*(?P<issue>\d[\d&/–-]*))?",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"[\s(*_\[]*(?:disclaimer\b|(?:the )?(?:views?|opinions?|ideas)\b.{0,60}\b(?:expressed|are)\b|this (?:paper|brief|article|publication|document|report|message|e-?mail) (?:reflects|is (?:intended|for)|does not|was (?:first|originally))|all rights reserved|reproduction\b)",
    re.IGNORECASE,
)
PERIODICAL = re.compile(
    r"\b(?:journal|review|quarterly|bulletin|monitor|newsletter|weekly|monthly|digest|gazette|yearbook)\b",
    re.IGNORECASE,
)
NEWSPAPER = re.compile(
    r"\b(?:times|post|daily|herald|tribune|news|nation|express|guardian|telegraph|gazette|mail|standard|chronicle|observer|star|mirror|independent|ledger|courier|press|dispatch|reuters|afp)\b",
    re.IGNORECASE,
)
DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z .'’/-]{2,40}|[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2})(?:,\s+(?P<country>[A-Z][a-z]+(?: [A-Z][a-z]+)?))?(?:[,:]?\s+(?P<day>(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+(?:19|20)\d\d)?))?\s*(?:\((?P<agency>[A-Z][\w .&/-]{1,40})\)|/(?P<wire>[A-Z][\w ]{1,20})/)?\s*(?:[-–—]{1,2}|:)\s+(?=\S)"
)
# Words in capitals that no person is called by: a name-like line that has one is something else.
NO_PERSON = re.compile(
    r"\b(?:press|office|desk|news|report|series|papers?|staff|section|affairs|foreign|international|national|policy|study|studies|issue|"
    r"asia|africa|europe|america|east|west|north|south|middle|state|states|united|relations|trade|security|brief|monitor|ministry|embassy|"
    r"of|the|for|on|in|at|as)\b",
    re.IGNORECASE,
)
TIME = re.compile(r"\b\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s?\(?[A-Z]{2,4}\)?)?|\b\d{1,2}\s?[ap]\.?m\.?\b|[|•·]")
