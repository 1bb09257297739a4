"""Why this client, why today, why this channel, and what to say."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import reduce
from itertools import takewhile

from crmkit.book.codes import word_for
from crmkit.planning.cadence import tier_label
from crmkit.planning.clients import Client
from crmkit.planning.hours import MESSAGES
from crmkit.planning.obligations import Obligation, as_personal_as
from crmkit.planning.plan import Appointment, Plan
from crmkit.planning.reasons import NOTHING_LOST
from crmkit.words import glossary, t

#: Purposes that fall due by the calendar of the tier or of a new account.
_IN_DUE_COURSE = ("regular", "neglected", "welcome", "first_trade")


def why_client(kept: Appointment, plan: Plan) -> str:
    """Return the reasons for the contact, one for each obligation it meets."""
    reasons = [_reason(owed, kept, plan) for owed in kept.owed]
    return _joined([*dict.fromkeys(reasons), *_extra(kept)])


def why_today(kept: Appointment, plan: Plan) -> str:
    """Return why the contact is on its day and not another."""
    owed, day = kept.owed[0], plan.days[kept.day]
    if owed.purpose == "birthday":
        when = "on" if day == owed.due else "before" if day < owed.due else "after"
        return t(f"planning.today.birthday_{when}", date=owed.due)
    return t(
        f"planning.today.{_timing(kept, plan)}",
        due=owed.due,
        tier=tier_label(owed.client.tier),
        grace=owed.client.rule.grace_days,
        opens=plan.days[owed.opens],
        closes=plan.days[owed.closes],
    )


def why_channel(kept: Appointment, plan: Plan) -> str:
    """Return why the contact is by its channel: preference, reach, or want of minutes."""
    client, channel = kept.client, word_for(kept.channel)
    if kept.deepened:
        return _deepened(kept, plan.days[0])
    passed_over = _passed_over(kept, plan)
    if passed_over:
        return _joined([*dict.fromkeys(passed_over), t("planning.channel.so", channel=channel)])
    if kept.channel == client.prefers:
        return _joined([t("planning.channel.preferred", channel=channel)])
    reason = "welcome" if _is_welcome(kept) else "best"
    tier = tier_label(client.tier)
    return _joined([t(f"planning.channel.{reason}", channel=channel, tier=tier)])


def talk(kept: Appointment, plan: Plan) -> str:
    """Return what to say: the purpose's own words, then what the book reminds us of."""
    client = kept.client
    parts = [t("talk.complaint", date=client.complaint)] if client.complaint else _topics(kept)
    last = client.last(plan.days[0])
    if last and kept == plan.of(client)[0]:
        key = "talk.last" if last.channel else "talk.last_unknown"
        parts.append(t(key, date=last.day, channel=word_for(last.channel or "")))
    if client.has_remark and not kept.is_greeting:
        parts.append(t("talk.remark"))
    if kept.channel in client.asks:
        parts.append(t("talk.ask_messages" if kept.channel in MESSAGES else "talk.ask_calls"))
    if kept.channel in MESSAGES:
        parts.append(t("talk.opt_out"))
    return reduce(lambda first, second: t("planning.follow", first=first, second=second), parts)


def why_not(client: Client, cause: str, plan: Plan) -> str:
    """Return why nothing is planned for a client."""
    start = plan.days[0]
    reached, quickest = client.last(start), _quickest(client, plan)
    most = int(plan.problem.limit[0].max(initial=0))
    if cause == "no_minutes" and most < quickest:
        cause = "too_few_minutes" if most else "no_time"
    if cause == "unreachable" and _refused(client):
        cause = "refused"
    return t(
        f"planning.not.{cause}",
        last=client.history[-1].day if client.history else None,
        reached=reached.day if reached else None,
        tier=tier_label(client.tier),
        cadence=client.rule.cadence_days,
        spacing=client.rule.spacing_days,
        closed=_closed(client),
        minutes=quickest,
        most=most,
    )


def _quickest(client: Client, plan: Plan) -> int:
    return min((plan.rules.minutes[way] for way in client.reachable()), default=0)


def _passed_over(kept: Appointment, plan: Plan) -> list[str]:
    """Return what speaks against the channels the client would like better."""
    closed, against = [], defaultdict(list)
    for way in takewhile(lambda way: way != kept.channel, _wanted(kept)):
        if way in kept.client.closed:
            closed.append(t(f"planning.closed.{kept.client.closed[way]}"))
        else:
            against[_drawback(way, kept, plan)].append(word_for(way))
    comma = t("planning.comma")
    told = (t(f"planning.channel.{why}", channel=comma.join(w)) for why, w in against.items())
    return [*closed, *told]


def _drawback(way: str, kept: Appointment, plan: Plan) -> str:
    """Return what speaks against a channel that is open and would be liked better."""
    if not any(way in owed.ways for owed in kept.owed):
        return "not_enough"
    longer = plan.rules.minutes[way] > plan.rules.minutes[kept.channel]
    could, room = plan.openings(kept, way)
    if not could[kept.day]:
        return "kept_free"
    if longer and (plan.solution.prices[0, kept.day] > 0 or not room[kept.day]):
        return "no_room"
    key = kept.client.client_id, plan.days[kept.day]
    more = plan.nets[*key, way] - plan.nets[*key, kept.channel]
    if abs(more) < NOTHING_LOST:
        return "longer" if longer else "no_better"
    return "less" if more < 0 else "month"


def _timing(kept: Appointment, plan: Plan) -> str:
    owed, day, days = kept.owed[0], kept.day, plan.days
    if owed.purpose in ("pin", "effect"):
        return owed.purpose
    if owed.purpose not in _IN_DUE_COURSE and not owed.must and _whole(owed, days):
        return "open"
    if owed.in_turn and not owed.client.last(days[0]):
        return "first_turn" if owed.client.client_id in plan.in_order else "no_record"
    if day > owed.last:
        return _late(kept, plan)
    if day < owed.first:
        return _by(owed.due, days[day])
    if owed.in_turn:
        return "turn" if owed.client.client_id in plan.in_order else "overdue"
    if owed.purpose in ("welcome", "first_trade"):
        return "new_client"
    if owed.purpose not in ("regular", "neglected"):
        return "pressing" if owed.must else "window"
    if owed.due > days[-1]:
        return "soon"
    return "due" if days[day] == owed.due else "near"


def _by(due: date, day: date) -> str:
    return "early" if day < due else "due" if day == due else "overdue"


def _late(kept: Appointment, plan: Plan) -> str:
    """Return what a contact comes late for: full days, days closed to it, or none of these."""
    could, room = plan.openings(kept, kept.channel)
    before = slice(kept.owed[0].first, kept.day)
    if room[before].any():
        return "as_whole"
    return "late" if could[before].any() else "closed"


def _whole(owed: Obligation, days: Sequence[date]) -> bool:
    return owed.opens == 0 and owed.closes == len(days) - 1


def _reasons_closed(client: Client) -> list[str]:
    wanted = (*client.rule.channels, client.rule.deepen_channel)
    return list(dict.fromkeys(client.closed[way] for way in wanted if way in client.closed))


def _refused(client: Client) -> bool:
    """Return whether the client's wish alone stands against every way."""
    return all(why.startswith("refuses") for why in _reasons_closed(client))


def _closed(client: Client) -> str:
    found = _reasons_closed(client)
    told = ["refuses_all"] if "refuses_all" in found else found
    return t("planning.comma").join(t(f"planning.closed.{why}") for why in told)


def _reason(owed: Obligation, kept: Appointment, plan: Plan) -> str:
    client, start = owed.client, plan.days[0]
    if owed.purpose == "birthday":
        return t("planning.why.birthday", date=owed.due)
    if owed.purpose in ("welcome", "first_trade"):
        return t(f"planning.why.{owed.purpose}", date=client.opened)
    tier, last = tier_label(client.tier), client.last(start)
    if owed.purpose not in ("regular", "neglected"):
        rule = client.rule
        return t(f"planning.why.{owed.purpose}", date=owed.due, tier=tier, days=rule.deepen_days,
                 channel=word_for(rule.deepen_channel))  # fmt: skip
    if owed.purpose == "neglected" and last:
        limit, silent = client.rule.neglect_days, (start - last.day).days
        return t("planning.why.neglected", days=silent, limit=limit, tier=tier)
    cadence = client.rule.cadence_days
    earlier = [plan.days[other.day] for other in plan.of(client) if other.day < kept.day]
    if earlier:
        return t("planning.why.again", date=earlier[-1], cadence=cadence, tier=tier)
    if last:
        return t("planning.why.regular", date=last.day, cadence=cadence, tier=tier)
    return t("planning.why.no_record", cadence=cadence, tier=tier)


def _extra(kept: Appointment) -> list[str]:
    client = kept.client
    unknown = [t("planning.why.unknown_tier")] if client.untiered else []
    open_since = client.complaint if not any(o.purpose == "complaint" for o in kept.owed) else None
    return unknown + ([t("planning.why.complaint", date=open_since)] if open_since else [])


def _topics(kept: Appointment) -> list[str]:
    purposes = [owed.purpose for owed in kept.owed]
    small = ("birthday", "holiday", "regular", "deepen", "effect")
    main = next((p for p in purposes if p not in small), purposes[0])
    greeting = ["talk.also_birthday"] if "birthday" in purposes and main != "birthday" else []
    own = f"talk.{main}.{kept.client.tier}"
    return [t(key) for key in [*greeting, own if own in glossary() else f"talk.any.{main}"]]


def _wanted(kept: Appointment) -> list[str]:
    """Return the channels in the order wanted, had the client all and the day room for all."""
    rule, prefers = kept.client.rule, kept.client.prefers
    if _is_welcome(kept):
        return sorted(rule.channels, key=lambda way: way != "call")
    wanted = rule.greeting if kept.is_greeting else rule.channels
    return sorted(wanted, key=lambda way: way != prefers)


def _is_welcome(kept: Appointment) -> bool:
    return any(owed.purpose in ("welcome", "first_trade") for owed in kept.owed)


def _deepened(kept: Appointment, start: date) -> str:
    client = kept.client
    last = client.last(start, as_personal_as(client.rule.deepen_channel))
    slots = {"channel": word_for(kept.channel), "days": client.rule.deepen_days,
             "tier": tier_label(client.tier)}  # fmt: skip
    if last:
        return _joined([t("planning.channel.deepened", date=last.day, **slots)])
    return _joined([t("planning.channel.deepened_first", **slots)])


def _joined(parts: Sequence[str]) -> str:
    text = t("planning.semicolon").join(parts)
    return text[:1].upper() + text[1:]
