"""The tables that come back from a manager: an edited agenda, pins, results of a day."""

from crmkit.book.results.analysis import CLIENT_ID
from crmkit.book.schema import CODE, CONTACT, COUNT, DATE, FLAG, Column, make_table

_DATE = Column("date", DATE, "日期", "Date", "联系的日子。", "The day of the contact.")
_CHANNEL = CONTACT.columns["channel"]

RETURNED = make_table(
    "returned", "交回的日程", "Returned agenda", ("row",),
    Column("row", COUNT, "行", "Row", "Excel 的行号。", "The row as Excel numbers it."),
    CLIENT_ID,
    _DATE,
    _CHANNEL,
    Column("outcome", CODE, "结果", "Result", "接通、未接、改期、拒绝、投诉、成交。",
           "What came of it.", values=CONTACT.columns["outcome"].values,
           aliases=("联系结果", "outcome")),
    Column("moved_to", DATE, "改到", "Moved to", "客户改约的日子。",
           "The day the client asked for instead.", aliases=("改期到", "改约", "new date")),
    Column("pin", FLAG, "固定", "Pin", "是则计划不得再动。", "Whether the plan may not move it.",
           aliases=("锁定", "pinned")),
)  # fmt: skip

PINS = make_table(
    "pins", "固定安排", "Pins", ("client_id", "date", "channel"),
    CLIENT_ID,
    _DATE,
    Column("channel", CODE, "渠道", "Channel",
           "见面、电话、微信、短信；不联系的可以空着，表示任何渠道。",
           "Visit, call, WeChat or text message; missing under “kept free” means any.",
           values=_CHANNEL.values),
    Column("pin", CODE, "安排", "Pin", "fixed 必须这样安排；kept_free 这一天不安排。",
           "fixed: it has to be so; kept free: nothing that day.", values=("fixed", "kept_free")),
)  # fmt: skip
