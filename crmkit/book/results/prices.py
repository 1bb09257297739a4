"""The tables behind a plan's reasons: prices, gains, and what changed since yesterday."""

from crmkit.book.results.analysis import CLIENT_ID, TIERING
from crmkit.book.schema import CODE, CONTACT, COUNT, DATE, FLAG, RATE, TEXT, Column, make_table
from crmkit.book.units import POINTS

_TIER = TIERING.columns["tier"]
_CHANNEL = CONTACT.columns["channel"]
_DATE = Column("date", DATE, "日期", "Date", "交易日。", "A trading day.")


def _points(name: str, zh: str, en: str, about_zh: str, about_en: str) -> Column:
    return Column(name, RATE, zh, en, about_zh, about_en, POINTS)


PLAN_PRICES = make_table(
    "plan_prices", "一分钟值多少", "The price of a minute", ("date",),
    _DATE,
    _points("minute", "每分钟", "A minute", "当天多一分钟能多得的分值。",
            "What one more minute of the day would be worth."),
    _points("visit", "每次见面", "A visit", "当天多一个见面名额能多得的分值。",
            "What room for one more visit would be worth."),
    _points("message", "每条消息", "A message", "当天多发一条消息能多得的分值。",
            "What leave for one more message would be worth."),
    Column("minutes", COUNT, "可用(分钟)", "Minutes", "当天可用的分钟。",
           "Minutes there are that day."),
    Column("used", COUNT, "用时(分钟)", "Used", "已安排的分钟。", "Minutes planned."),
)  # fmt: skip

PLAN_REASONS = make_table(
    "plan_reasons", "每次联系的账", "What each contact is worth", ("client_id", "date"),
    CLIENT_ID,
    _DATE,
    _CHANNEL,
    _points("gain", "所得", "Gain", "有这次联系比没有多得的分值，含避免的欠账。",
            "What the plan would lose without the contact, shortfall included."),
    _points("cost", "所费", "Cost", "用掉的分钟等，按当天的价格计。",
            "What it takes, at the prices of the day."),
    Column("must", FLAG, "必做", "Must", "没有它就有必做事项落空。",
           "Whether a must would be missed without it."),
    Column("days_as_good", COUNT, "同样好的日子", "Days as good",
           "除当天外，换到那天一样好的天数。",
           "Days, beside its own, on which the client's month would be worth as much."),
    Column("other_days", TEXT, "可换到", "Could move to",
           "一样好的日子，以空格分开，最多五个。",
           "The first five such days, parted by spaces."),
    _points("regret", "换天的代价", "Cost of moving",
            "当天不行时，最好的别样安排少得的分值。",
            "What the best other month of the client would lose if the day were closed."),
    Column("displaced", TEXT, "让位的客户", "Displaced client",
           "最想用这些分钟而没有排上的客户号。",
           "The client with the best contact that did not get these minutes."),
    Column("displaced_channel", CODE, "让位的渠道", "Displaced channel",
           "让位的联系所用的渠道。", "The channel of the displaced contact.",
           values=CONTACT.columns["channel"].values),
    _points("displaced_gain", "让位的所得", "Displaced gain",
            "让位的联系能得的分值。", "What the displaced contact would have gained."),
    Column("rounded", FLAG, "凑整", "Rounded",
           "价格不能说明这位客户的安排，是把零头凑成整次的结果。",
           "No price explains this client's month; fractions had to be made whole."),
)  # fmt: skip

PLAN_GAINS = make_table(
    "plan_gains", "各渠道的得失", "Gain by channel", ("client_id", "date", "channel"),
    CLIENT_ID,
    _DATE,
    _CHANNEL,
    _points("gain", "所得", "Gain", "用这个渠道联系比不联系多得的分值。",
            "What the contact is worth by this channel."),
    Column("minutes", COUNT, "分钟", "Minutes", "用时。", "Time it takes."),
    _points("cost", "所费", "Cost", "按当天的价格计。", "At the prices of the day."),
    _points("net", "净得", "Net", "所得减所费。", "Gain less cost."),
    Column("planned", FLAG, "采用", "Planned", "计划用的就是这个渠道。",
           "Whether the plan uses this channel."),
)  # fmt: skip

PLAN_CHANGES = make_table(
    "plan_changes", "计划的变更", "What changed", ("client_id", "change", "old_date", "new_date"),
    CLIENT_ID,
    _TIER,
    Column("change", CODE, "变更", "Change", "新增、改期、改渠道、取消。",
           "Added, moved, by another channel, or cancelled.",
           values=("added", "moved", "other_channel", "cancelled")),
    Column("old_date", DATE, "原日期", "Was on", "原计划的日期。", "The day it was planned for."),
    Column("old_channel", CODE, "原渠道", "Was by", "原计划的渠道。", "The channel planned.",
           values=CONTACT.columns["channel"].values),
    Column("new_date", DATE, "新日期", "Now on", "新计划的日期。", "The day planned now."),
    Column("new_channel", CODE, "新渠道", "Now by", "新计划的渠道。", "The channel now.",
           values=CONTACT.columns["channel"].values),
    Column("cause", CODE, "原因", "Cause",
           "没联系上、按要求、客户有新情况、有了空当、给别人腾时间、客户不再联系、"
           "在新计划之后、重新排过。",
           "Not reached, as asked, news of the client, room to spare, making room for others, "
           "not to be contacted, after the new plan's end, or planned anew.",
           values=("not_reached", "asked", "news", "room", "make_room", "barred", "beyond",
                   "anew")),
)  # fmt: skip
