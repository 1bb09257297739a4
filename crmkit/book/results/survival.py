"""The tables of how long clients stay."""

from crmkit.book.schema import COUNT, RATE, TEXT, Column, make_table

_GROUP = Column("group", TEXT, "组", "Group", "客户所在的组，例如类别；不分组则为空。",
                "The client's group, such as the tier; empty where there is one.")  # fmt: skip
_AT_RISK = Column("at_risk", COUNT, "在观察中", "At risk",
                  "到这一刻仍在观察、可能流失的客户数。",
                  "Clients still under observation, who may yet leave.")  # fmt: skip
_LEFT = Column("left", COUNT, "流失", "Left", "这一刻流失的客户数。", "Clients who left then.")
_CENSORED = Column("censored", COUNT, "删失", "Censored",
                   "最后一次看到时还在的客户数：以后如何不知道。",
                   "Last seen then, still there; what came later is not known.")  # fmt: skip
_SURVIVAL = Column("survival", RATE, "留存率", "Survival", "到这一刻还在的比例。",
                   "Share still there.", minimum=0, maximum=1)  # fmt: skip

SURVIVAL = make_table(
    "survival", "留存曲线", "Survival curve", ("group", "time"),
    _GROUP,
    Column("time", RATE, "时间", "Time", "从观察开始算起，单位与输入相同。",
           "Since observation began, in the unit of the input.", minimum=0),
    _AT_RISK,
    _LEFT,
    _CENSORED,
    _SURVIVAL,
    Column("error", RATE, "标准误", "Standard error", "按格林伍德公式。",
           "By Greenwood's formula."),
    Column("low", RATE, "置信下限", "Lower limit", "置信带的下沿。", "Lower edge of the band."),
    Column("high", RATE, "置信上限", "Upper limit", "置信带的上沿。", "Upper edge of the band."),
)  # fmt: skip

HAZARD = make_table(
    "hazard", "风险率表", "Life table", ("group", "period"),
    _GROUP,
    Column("period", COUNT, "期", "Period", "第几期（月），从 1 开始。",
           "Number of the period (month), from 1.", minimum=1),
    _AT_RISK,
    _LEFT,
    _CENSORED,
    Column("hazard", RATE, "风险率", "Hazard", "本期流失数除以期初在观察的客户数。",
           "Leavers of the period over those who entered it.", minimum=0, maximum=1),
    _SURVIVAL,
)  # fmt: skip
