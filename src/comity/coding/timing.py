"""When an act took place: the date of its own clause, or none."""

from __future__ import annotations

from datetime import date

from comity.coding.analysis import SAY, Analysis
from comity.coding.matching import Act
from comity.language import DateMention, find_dates
from comity.terms import EventDate, EventType, Period, Precision

_SAID = frozenset({EventType.REJECT, EventType.ACCUSE, EventType.REQUEST})
# Acts that are told before they are done.
UNDERTAKEN = frozenset({EventType.AGREE, EventType.THREATEN})


def dates_of(text: str, published: date | None) -> list[DateMention]:
    """Return the dates of a sentence that name a closed time; the test for a digit or a time word saves most of the work."""
    return [
        mention
        for mention in find_dates(text, published)
        if mention.period is not None and not mention.period.is_open and not _vague(mention)
    ]


def _vague(mention: DateMention) -> bool:
    """Whether the span is too long to be when an act took place ("the past five years")."""
    period = mention.period
    if period is None or period.days is None:
        return True
    return period.days > 800


def date_of(act: Act, analysis: Analysis, dates: list[DateMention], published: date | None) -> EventDate | None:
    """Return the date of an act: behind its trigger in the clause, else before it, else that of a present report."""
    if act.type in UNDERTAKEN:
        return _announced(act, analysis, dates, published)
    if dates:
        chosen = _nearest(act, analysis, dates)
        if chosen is None and act.type in _SAID:  # "..., a spokesman said on Friday": to reject is to say so
            chosen = next((d for d in dates if _of_report(analysis, d, act)), None)
        if chosen is not None and chosen.period is not None:
            return EventDate(chosen.period, chosen.text)
    if published is not None and not dates and act.trigger.kind == "V":
        present = act.trigger.shape == "third" and not act.trigger.auxiliary and not act.trigger.perfect
        if present and act.type is not EventType.CONSULT:
            return EventDate(Period(published, published, Precision.DAY))
    return None


def _announced(act: Act, analysis: Analysis, dates: list[DateMention], published: date | None) -> EventDate | None:
    """Return the day on which a promise or threat was made; the day for which it was made is not its date.

    That is the day of the report ("said on Tuesday") or one before or right behind the verb, and never in the future.
    """
    past = [
        d
        for d in dates
        if d.period is not None and d.period.start is not None and (published is None or d.period.start <= published)
    ]
    reported = [d for d in past if _of_report(analysis, d, act)]
    chosen = reported[0] if reported else None
    future = act.trigger.modal in ("will", "would") or act.trigger.shape == "adjective"
    if chosen is None and not future:
        chosen = _nearest(act, analysis, past)
    if chosen is None or chosen.period is None:
        return None
    return EventDate(chosen.period, chosen.text)


def _nearest(act: Act, analysis: Analysis, dates: list[DateMention]) -> DateMention | None:
    tokens = analysis.tokens
    trigger = tokens.starts[act.trigger.first]
    after_trigger = tokens.ends[act.trigger.last]
    clause_end = tokens.ends[act.last]
    inside = [d for d in dates if after_trigger <= d.start <= clause_end + 1 and not _of_report(analysis, d, act)]
    if inside:
        return _finest(inside[0], inside)
    # just before the verb ("on Saturday hosted"), or opening the sentence
    before = [d for d in dates if d.end <= trigger and not _of_report(analysis, d, act)]
    verbs = [tokens.starts[c.first] for c in analysis.chunks if c.kind == "V" and c is not act.trigger and c.finite]
    for mention in reversed(before):
        if not any(mention.end <= start < trigger for start in verbs):
            return _finest(mention, dates)
    opening = [d for d in before if d.start < 20]
    if opening and len(dates) == 1 and not any(d.end <= s < trigger for d in opening for s in verbs):
        return opening[0]
    return None


def _finest(chosen: DateMention, dates: list[DateMention]) -> DateMention:
    """A finer date within the chosen one ("in December 2017 ... on December 19")."""
    best = chosen
    for other in dates:
        if (
            other.period is not None
            and best.period is not None
            and best.period.contains(other.period)
            and other.period != best.period
        ):
            best = other
    return best


def _of_report(analysis: Analysis, mention: DateMention, act: Act) -> bool:
    """Whether the date says when somebody said it ("officials said Thursday")."""
    tokens = analysis.tokens
    for chunk in analysis.chunks:
        if chunk.kind == "V" and chunk.lemma in SAY and chunk is not act.trigger:
            end = tokens.ends[chunk.last]
            between = tokens.text[end : mention.start].strip().lower() if mention.start >= end else "x"
            if between in ("", "on", "late", "early", "here", "late on"):
                return True
    return False


def respective(acts: list[Act], analysis: Analysis, dates: list[DateMention]) -> dict[int, DateMention]:
    """Dates joined by "and" before a "when" clause go to its acts in turn ("in 2005 and 2011 when A visited ... and B visited ...")."""
    tokens = analysis.tokens
    when = next((c for c in analysis.chunks if c.kind == "S" and c.words[0] in ("when", "as")), None)
    if when is None:
        return {}
    place = tokens.starts[when.first]
    run = [d for d in dates if d.end <= place]
    if len(run) < 2:
        return {}
    group = [run[-1]]
    for mention in reversed(run[:-1]):
        between = tokens.text[mention.end : group[0].start].strip(" ")
        if between in ("and", ",", ", and", "and in", ", and in"):
            group.insert(0, mention)
        else:
            break
    later = [i for i, act in enumerate(acts) if tokens.starts[act.trigger.first] > place]
    if len(group) < 2 or len(later) != len(group):
        return {}
    return dict(zip(later, group, strict=True))
