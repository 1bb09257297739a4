"""The tables that planning works out from a book."""

from crmkit.book.results.analysis import CLIENT_ID, TIERING
from crmkit.book.schema import CODE, CONTACT, COUNT, DATE, FLAG, TEXT, Column, make_table

_TIER = TIERING.columns["tier"]

_CHANNEL = CONTACT.columns["channel"]

#: Why a contact is made, the most pressing first.
PURPOSES = (
    *("pin", "complaint", "big_loss", "outflow", "birthday", "welcome", "first_trade"),
    *("neglected", "meeting", "campaign", "big_gain", "silence", "signal", "holiday"),
    *("regular", "deepen", "effect"),
)

_PURPOSE = Column(
    "purpose", CODE, "事由", "Purpose", "为什么联系，从最要紧的排起。",
    "Why the contact is made, the most pressing first.", values=PURPOSES,
)  # fmt: skip

_DUE = Column("due", DATE, "应在", "Due", "应当联系的日子。", "When the contact falls due.")

AGENDA = make_table(
    "agenda", "日程", "Agenda", ("client_id", "date"),
    Column("date", DATE, "日期", "Date", "交易日。", "A trading day."),
    Column("start", TEXT, "开始", "From", "开始时间。", "When it starts."),
    Column("end", TEXT, "结束", "To", "结束时间。", "When it ends."),
    CLIENT_ID,
    _TIER,
    _CHANNEL,
    Column("minutes", COUNT, "分钟", "Minutes", "用时。", "Time it takes."),
    Column("must", FLAG, "必做", "Must", "是否必须完成。", "Whether it has to be done."),
    _PURPOSE,
    _DUE,
    Column("reason", TEXT, "为什么联系", "Why this client", "为什么是这位客户。",
           "Why it is this client."),
    Column("why_today", TEXT, "为什么今天", "Why today", "为什么是这一天。", "Why it is this day."),
    Column("why_channel", TEXT, "为什么用这个渠道", "Why this channel", "为什么用这个渠道。",
           "Why it is this channel."),
    Column("worth", TEXT, "值不值", "Worth its minutes",
           "得多少，用掉的分钟按当天的价格值多少，不给这位会给谁。",
           "What it gains, what its minutes are worth that day, and who would have them instead."),
    Column("talk", TEXT, "谈什么", "What to say", "谈话要点。", "What to talk about."),
)  # fmt: skip

UNPLANNED = make_table(
    "unplanned", "未安排的客户", "Clients not planned", ("client_id",),
    CLIENT_ID,
    _TIER,
    Column("cause", CODE, "情形", "Case", "未安排属于哪种情形。", "Which case it is.",
           values=("do_not_contact", "lost", "unreachable", "not_due", "too_soon", "kept_free",
                   "no_minutes")),
    Column("reason", TEXT, "原因", "Reason", "为什么没有安排。", "Why nothing is planned."),
    _DUE,
)  # fmt: skip

MISSED = make_table(
    "missed", "未能安排的必做事项", "Musts not planned", ("client_id", "purpose", "due"),
    CLIENT_ID,
    _TIER,
    _PURPOSE,
    _DUE,
    Column("cause", CODE, "情形", "Case", "无法安排，或者排不下。",
           "Impossible whatever the plan, or no capacity.", values=("impossible", "no_capacity")),
    Column("reason", TEXT, "原因", "Reason", "为什么没有安排。", "Why it is not planned."),
)  # fmt: skip

NEXT_CONTACT = make_table(
    "next_contact", "客户下次联系", "Next contact", ("client_id",),
    CLIENT_ID,
    _TIER,
    Column("last_contact", DATE, "上次联系", "Last contact", "记录中上次联系上的日期。",
           "The last contact on record that reached the client."),
    Column("next_contact", DATE, "下次联系", "Next contact",
           "计划的日期；没有安排的是应联系的日期。",
           "The day planned or, where none is, the day it is owed."),
    Column("planned", FLAG, "已安排", "Planned", "是否已排入日程。",
           "Whether it is on the agenda."),
    _CHANNEL,
    Column("contacts", COUNT, "本期次数", "Contacts", "本期安排的次数。", "Contacts in the plan."),
    Column("then_due", DATE, "之后应在", "Then due", "本期最后一次联系之后的应联系日。",
           "When the contact after the plan's last one falls due."),
)  # fmt: skip

LOAD = make_table(
    "load", "每日工作量", "Load per day", ("date",),
    Column("date", DATE, "日期", "Date", "交易日。", "A trading day."),
    Column("contacts", COUNT, "联系", "Contacts", "联系次数。", "Contacts of the day."),
    Column("visits", COUNT, "见面", "Visits", "见面次数。", "Visits."),
    Column("calls", COUNT, "电话", "Calls", "电话次数。", "Calls."),
    Column("messages", COUNT, "微信和短信", "Messages", "微信和短信条数。",
           "Messages of both kinds."),
    Column("musts", COUNT, "必做", "Musts", "必做事项数。", "Contacts that have to be made."),
    Column("minutes", COUNT, "用时(分钟)", "Minutes used", "已安排的分钟。", "Minutes planned."),
    Column("free_minutes", COUNT, "余下(分钟)", "Minutes left", "余下的分钟。",
           "Minutes not planned."),
)  # fmt: skip
