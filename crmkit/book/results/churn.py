"""The tables of who leaves and whom to keep."""

from crmkit.book.results.analysis import CLIENT_ID, MEASURES
from crmkit.book.schema import (
    CHANNELS,
    CLIENT,
    CODE,
    COUNT,
    FLAG,
    MONEY,
    RATE,
    TEXT,
    Column,
    make_table,
)
from crmkit.book.units import CNY

CAUSES = ("price", "loss", "neglect", "service", "life", "gift", "silent", "leaving", "none")

_KIND = Column(
    "kind", CODE, "定义", "Definition",
    "流失的定义：销户或转户、资产流走、沉默、连续低余额。",
    "Definition of leaving: closed, assets gone, silent, or a streak of small balances.",
    values=("closed", "asset", "silent", "streak"),
)  # fmt: skip

CHURN_LABEL = make_table(
    "churn_label", "流失标签", "Churn labels", ("client_id", "kind"),
    CLIENT_ID,
    _KIND,
    Column("churned", FLAG, "流失", "Left", "在窗口内按这一定义是否流失。",
           "Whether the client left within the window by this definition."),
)  # fmt: skip

CHURN_FEATURES = make_table(
    "churn_features", "流失特征", "Churn features", ("client_id",),
    CLIENT_ID,
    Column("tenure_months", RATE, "开户月数", "Months with us", "开户至今多少个月。",
           "Months since the account was opened.", minimum=0),
    *(MEASURES.columns[name] for name in (
        "assets", "contribution_12m", "turnover_ratio", "product_income_12m", "return_12m",
        "products_held", "days_since_trade", "days_since_login", "days_since_contact",
        "days_since_profile")),
    Column("net_outflow_share", RATE, "上月净转出占比", "Net outflow, last month",
           "上一个完整月份的净转出占月初资产的比例。",
           "Net outflow of the last whole month over the assets it began with."),
    Column("trades_change", RATE, "交易变化", "Change in trades",
           "上月成交笔数与此前六个月平均相比，-0.6 即少六成。",
           "Trades of the last month against the mean of the six before; -0.6 is 60 % fewer."),
    Column("drawdown", RATE, "近三月盈亏比例", "Profit, last 3 months",
           "近三个月盈亏占期初资产的比例，亏损为负。",
           "Profit of three months over the assets they began with, negative for a loss."),
    Column("contacts_90d", COUNT, "近90天联系", "Contacts, 90 days", "近 90 天联系上的次数。",
           "Contacts of the last 90 days that reached the client.", minimum=0),
    Column("fee_talk", FLAG, "问过佣金", "Asked about fees", "近 90 天问过佣金或因佣金投诉。",
           "Asked or complained about the commission within 90 days."),
    Column("open_complaint_days", COUNT, "投诉未办结(天)", "Complaint open (days)",
           "最早一件未办结投诉已有多少天，没有为 0。",
           "Age of the oldest open complaint, 0 for none.", minimum=0),
    Column("reviewed", FLAG, "做过回顾", "Reviewed", "近 90 天做过账户回顾。",
           "Had a review within 90 days."),
    Column("comforted", FLAG, "有人工联系", "Spoken to", "近 90 天有过电话或见面。",
           "Was called or met within 90 days."),
    Column("skipped", FLAG, "活动漏掉", "Skipped", "最近一次活动没有通知到。",
           "Was left out of the latest promotion."),
    Column("referred", FLAG, "转介绍客户", "Referred", "由别的客户介绍而来。",
           "Came on another client's recommendation."),
)  # fmt: skip

CHURN_SCORE = make_table(
    "churn_score", "流失评分", "Churn scores", ("client_id",),
    CLIENT_ID,
    Column("score", COUNT, "评分", "Score", "各项得分之和。", "Sum of the points."),
    Column("band", CODE, "等级", "Band", "绿、黄、红。", "Green, amber or red.",
           values=("green", "amber", "red")),
    Column("cause", CODE, "主因", "Cause", "得分最高的理由属于哪一类。",
           "Kind of the heaviest reason.", values=CAUSES),
    Column("reasons", TEXT, "理由代码", "Reason codes", "得分项，分值大的在前。",
           "Names of the items, heaviest first."),
    Column("reason", TEXT, "理由", "Reason", "为什么是这个分数。", "Why the score is what it is."),
)  # fmt: skip

CHURN_TREE = make_table(
    "churn_tree", "决策树的叶子", "Leaves of the tree", ("leaf",),
    Column("leaf", COUNT, "叶子", "Leaf", "叶子编号，流失率高的在前。",
           "Number of the leaf, highest rate first."),
    Column("sentence", TEXT, "规则", "Rule", "落在这片叶子的条件。",
           "What brings a client to this leaf."),
    Column("clients", COUNT, "客户数", "Clients", "叶子里的客户数。", "Clients in the leaf."),
    Column("left", COUNT, "流失数", "Left", "其中流失的客户数。", "Those of them who left."),
    Column("rate", RATE, "流失率", "Rate", "流失数除以客户数。", "Leavers over clients."),
    Column("flagged", FLAG, "值得行动", "Worth acting", "按给定的代价比是否值得行动。",
           "Whether acting pays at the stated costs."),
)  # fmt: skip

SAVE_LIST = make_table(
    "save_list", "挽留名单", "Whom to keep", ("client_id",),
    CLIENT_ID,
    Column("risk", RATE, "流失概率", "Risk", "不采取行动时流失的概率。",
           "Chance of leaving if nothing is done.", minimum=0, maximum=1),
    Column("uplift", RATE, "挽留增量", "Uplift", "采取行动能把这一概率降低多少。",
           "By how much acting lowers that chance."),
    Column("value", MONEY, "留住的价值", "Value kept", "客户留下能带来的价值。",
           "What the client brings by staying.", CNY),
    Column("cost", MONEY, "成本", "Cost", "采取行动的成本。", "Of acting.", CNY),
    Column("gain", MONEY, "预期净收益", "Expected gain", "增量乘以价值再减成本。",
           "Uplift times value less cost.", CNY),
    Column("rank_gain", COUNT, "按净收益排名", "Rank by gain", "按预期净收益从高到低。",
           "By expected gain, highest first."),
    Column("rank_risk", COUNT, "按风险排名", "Rank by risk", "按流失概率从高到低。",
           "By risk, highest first."),
    Column("chosen", FLAG, "列入名单", "Chosen", "是否列入本期挽留名单。",
           "Whether the client is on the list."),
    Column("reason", TEXT, "理由", "Reason", "为什么列入或不列入。", "Why chosen or not."),
)  # fmt: skip

_TEXT = Column("plan", TEXT, "做法", "What to do", "对这一类客户的做法。",
               "What to do for clients of this tier.")  # fmt: skip

SAVE_PLAN = make_table(
    "save_plan", "挽留预案", "Save plans", ("client_id",),
    CLIENT_ID,
    Column("tier", CODE, "类别", "Tier", "A、B、C、D；unknown 表示待定。",
           "A, B, C, D, or unknown.", values=("A", "B", "C", "D", "unknown")),
    Column("cause", CODE, "主因", "Cause", "为什么可能流失。", "Why the client may leave.",
           values=CAUSES),
    _TEXT,
    Column("owner", TEXT, "负责人", "Owner", "谁来做。", "Who does it."),
    Column("guard", TEXT, "底线", "Guard", "不能越过的线。", "The line not to cross."),
    Column("kpi", TEXT, "指标", "Measure", "怎样算做到。", "How one sees that it was done."),
    Column("channel", CODE, "渠道", "Channel", "首选渠道。", "Channel to use first.",
           values=CHANNELS),
    Column("within_days", COUNT, "几天内", "Within days", "几天之内。", "Within so many days."),
)  # fmt: skip

LEAVING_REASON = make_table(
    "leaving_reason", "流失原因", "Why clients left", ("client_id",),
    CLIENT_ID,
    Column("cause", CODE, "主因", "Cause", "备注里读出的原因；没有写则为“没有”。",
           "The cause read from the remark; none where nothing tells.", values=CAUSES),
    Column("word", TEXT, "依据的词", "Read from", "从备注里的哪个词读出。",
           "The word of the remark it was read from."),
    Column("controllable", FLAG, "可控", "Can be helped", "营业部当初能不能做点什么。",
           "Whether the branch could have done something about it."),
)  # fmt: skip

_STAGES = ("absent", *CLIENT.columns["stage"].values)


def _fen(name: str, zh: str, en: str) -> Column:
    return Column(name, MONEY, zh, en, "这些客户合计。", "Of these clients together.", CNY)


CLIENT_FLOWS = make_table(
    "client_flows", "客户流动", "Client flows", ("was", "now"),
    Column("was", CODE, "从前", "Was", "较早账簿里的阶段；不在其中为“不在”。",
           "Stage in the earlier book, or absent from it.", values=_STAGES),
    Column("now", CODE, "现在", "Now", "较晚账簿里的阶段。", "Stage in the later book.",
           values=_STAGES),
    Column("way", CODE, "方向", "Way", "来、走、留、未开户或早已离开。",
           "Came, left, stayed, or outside both times.",
           values=("came", "left", "stayed", "outside")),
    Column("clients", COUNT, "客户数", "Clients", "走这条路的客户数。", "Clients who moved so."),
    _fen("assets_before", "原有资产", "Assets before"),
    _fen("assets_now", "现有资产", "Assets now"),
    _fen("inflow", "转入", "Inflow"),
    _fen("outflow", "转出", "Outflow"),
    _fen("pnl", "盈亏", "Profit or loss"),
)  # fmt: skip

REFERRAL_ASKS = make_table(
    "referral_asks", "转介绍名单", "Whom to ask for introductions", ("client_id",),
    CLIENT_ID,
    Column("ask", FLAG, "可以请", "May be asked", "是否适合请他介绍。", "Whether to ask."),
    Column("referred_before", COUNT, "已介绍", "Brought so far", "已经介绍来的人数。",
           "People brought so far."),
    Column("reason", TEXT, "理由", "Reason", "为什么可以或不可以。", "Why or why not."),
)  # fmt: skip
