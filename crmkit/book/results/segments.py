"""The tables of clients by group: dimensions, RFM, groups, motives, needs, clusters."""

from crmkit.book.results.analysis import CLIENT_ID, MEASURES
from crmkit.book.schema import CLIENT, CODE, COUNT, TEXT, Column, make_table

_REASON = Column("reason", TEXT, "理由", "Reason", "凭什么这样判断。", "What it rests on.")

SEGMENTS = make_table(
    "segments", "客户细分", "Segments", ("client_id",),
    CLIENT_ID,
    CLIENT.columns["province"],
    CLIENT.columns["city"],
    CLIENT.columns["source"],
    Column("size", CODE, "资金量", "Size", "资产 10 万以下、10–50 万、50–300 万、300 万元以上。",
           "Assets below 100,000 CNY, up to 500,000, up to 3 million, and above.",
           values=("small", "middle", "large", "top")),
    CLIENT.columns["gender"],
    Column("age_band", CODE, "年龄段", "Age", "30 岁以下、30–44、45–59、60 岁以上。",
           "Below 30, 30 to 44, 45 to 59, 60 and above.",
           values=("below_30", "30_to_44", "45_to_59", "60_up")),
    CLIENT.columns["occupation"],
    CLIENT.columns["risk_level"],
    Column("rhythm", CODE, "交易节奏", "Rhythm",
           "频繁：一年 36 笔以上；平稳：12–35 笔；偶尔：1–11 笔；没有交易。",
           "Frequent: 36 trades a year and more; steady: 12 to 35; rare: 1 to 11; none.",
           values=("frequent", "steady", "rare", "none")),
    Column("taste", CODE, "产品偏好", "Taste",
           "持仓以股票为主、以基金理财债券为主、两者都有、没有持仓。",
           "Holds mainly shares, mainly funds, wealth products and bonds, both, or nothing.",
           values=("shares", "products", "both", "nothing")),
)  # fmt: skip

RFM = make_table(
    "rfm", "RFM", "RFM", ("client_id",),
    CLIENT_ID,
    MEASURES.columns["days_since_trade"],
    MEASURES.columns["trades_12m"],
    MEASURES.columns["contribution_12m"],
    Column("r_score", COUNT, "近度分", "Score: how lately", "5 分是最近交易过的五分之一。",
           "5 for the fifth who traded most lately.", minimum=1, maximum=5),
    Column("f_score", COUNT, "频度分", "Score: how often", "5 分是交易最频繁的五分之一。",
           "5 for the fifth who trade most often.", minimum=1, maximum=5),
    Column("m_score", COUNT, "贡献分", "Score: how much", "5 分是贡献最高的五分之一。",
           "5 for the fifth who bring most.", minimum=1, maximum=5),
    Column("rfm_group", CODE, "RFM 类别", "RFM group",
           "三个分数各以 4 分为界分高低，共八类；没有交易记录的客户不归类。",
           "Eight groups by high (4 and 5) and low scores; none for clients without a record.",
           values=("key_value", "key_growth", "key_keep", "key_rescue", "plain_value",
                   "plain_growth", "plain_keep", "plain_rescue")),
    _REASON,
)  # fmt: skip

GROUPS = make_table(
    "groups", "四类人群", "Four groups", ("client_id",),
    CLIENT_ID,
    Column("client_group", CODE, "人群", "Group",
           "潜在客户、重点发展客户、二次开发客户、终身客户。",
           "Potential, key development, second development, for life.",
           values=("potential", "development", "second", "lifetime")),
    _REASON,
    Column("action", TEXT, "做什么", "What to do", "对这类人群先做什么。",
           "What comes first with this group."),
)  # fmt: skip

MOTIVES = make_table(
    "motives", "动机判断", "Motives", ("client_id",),
    CLIENT_ID,
    CLIENT.columns["motive"],
    Column("evidence", TEXT, "依据", "Evidence", "客户自己的话或行为。",
           "The client's own words or behaviour.", personal="text"),
    _REASON,
)  # fmt: skip

NEEDS = make_table(
    "needs", "需求与服务", "Needs", ("client_id",),
    CLIENT_ID,
    Column("reliance", CODE, "倚重", "Leans on", "倚重存款、融资、交易，或都不突出。",
           "Leans on deposits, on loans, on trading, or on none of them.",
           values=("deposits", "loans", "trading", "balanced")),
    _REASON,
    Column("roles", TEXT, "谁来服务", "Who serves", "由哪些角色服务。",
           "Which roles serve the client."),
    Column("service", TEXT, "做什么", "With what", "服务的内容。", "What the service is."),
    Column("ask", TEXT, "向客户确认", "What to ask", "推测之后要问客户的一句话。",
           "The question that turns a guess into knowledge."),
)  # fmt: skip

PROSPECTS = make_table(
    "prospects", "准客户线索", "Prospects", ("client_id",),
    CLIENT_ID,
    Column("signs", COUNT, "线索数", "Signs", "有几条线索。",
           "How many signs there are.", minimum=0),
    _REASON,
)  # fmt: skip
