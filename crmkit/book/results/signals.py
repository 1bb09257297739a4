"""The tables of what changed and who should hear from us."""

from crmkit.book.results.analysis import CLIENT_ID, TIERING
from crmkit.book.results.churn import CAUSES
from crmkit.book.schema import CODE, CONTACT, DATE, FLAG, TEXT, Column, make_table

SIGNALS = (
    "outflow", "big_loss", "complaint", "fee_inquiry", "life_event", "inflow", "first_trade",
    "neglected", "remote", "silence", "login_gap", "birthday", "big_gain", "skipped",
    "stale_profile",
)  # fmt: skip

ALERTS = make_table(
    "alerts", "服务提醒", "Service alerts", ("client_id", "signal"),
    CLIENT_ID,
    TIERING.columns["tier"],
    Column("signal", CODE, "信号", "Signal", "发生了什么。", "What happened.", values=SIGNALS),
    Column("severity", CODE, "轻重", "Severity", "紧急、尽快、日常。", "Urgent, soon or routine.",
           values=("urgent", "soon", "routine")),
    Column("since", DATE, "何时", "Since", "事情发生或开始的日子；月度数据取当月最后一天。",
           "When it happened or began; of a month, its last day."),
    Column("fresh", FLAG, "新出现", "New", "上一份账簿里还没有。",
           "Not yet so in the earlier book."),
    Column("reason", TEXT, "理由", "Reason", "依据是什么。", "What it rests on."),
    Column("due", DATE, "最迟", "Due", "最迟哪天要有人处理。",
           "By when somebody should have acted."),
    Column("channel", CODE, "渠道", "Channel", "建议的渠道；空白表示不要主动联系。",
           "Channel suggested; missing means do not make contact.",
           values=CONTACT.columns["channel"].values),
    Column("cause", CODE, "挽留主因", "Cause", "对应挽留预案的哪一项。",
           "Line of the save-plan playbook.", values=CAUSES),
    Column("play", TEXT, "怎么做", "What to do", "一句话的做法。", "What to do, in a sentence."),
)  # fmt: skip

TO_COMPLIANCE = make_table(
    "to_compliance", "转交合规", "For compliance", ("client_id", "month", "pattern"),
    CLIENT_ID,
    Column("month", DATE, "月份", "Month", "出现的月份。", "The month it was seen in."),
    Column("pattern", CODE, "情形", "Pattern", "过账、与平时不符。",
           "Money passing through, or out of character.",
           values=("pass_through", "out_of_character")),
    Column("reason", TEXT, "依据", "Evidence", "看到了什么。", "What was seen."),
)  # fmt: skip
