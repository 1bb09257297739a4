"""The tables that analysis works out from a book."""

from crmkit.book.schema import (
    CLIENT,
    CODE,
    COUNT,
    FLAG,
    MONEY,
    RATE,
    TEXT,
    TIERS,
    Column,
    make_table,
)
from crmkit.book.units import CNY, TIMES

CLIENT_ID = CLIENT.columns["client_id"]

_CONTRIBUTION = Column(
    "contribution_12m", MONEY, "年贡献", "Contribution a year",
    "一年里佣金和其他产品收入之和。", "Commission and income from other products in a year.", CNY,
)  # fmt: skip

_TURNOVER = Column(
    "turnover_ratio", RATE, "年周转", "Turnover a year",
    "双边成交额除以平均资产，按年计。", "Purchases and sales over average assets, per year.", TIMES,
    minimum=0,
)  # fmt: skip

_BASIS = Column(
    "basis", CODE, "依据", "Basis",
    "measured 由月度数据算出；estimated 按假设估算；unknown 缺数据。",
    "measured from monthly activity, estimated under a stated assumption, or unknown.",
    values=("measured", "estimated", "unknown"),
)  # fmt: skip

MEASURES = make_table(
    "measures", "客户指标", "Measures", ("client_id",),
    CLIENT_ID,
    Column("assets", MONEY, "资产", "Assets", "全部账户的总资产。", "Assets of all accounts.", CNY),
    Column("average_assets", MONEY, "平均资产", "Average assets", "各月末资产的平均。",
           "Mean of the assets at month ends.", CNY),
    Column("trade_amount_12m", MONEY, "年成交额", "Traded a year", "一年的双边成交额。",
           "Purchases and sales in a year.", CNY),
    Column("trades_12m", COUNT, "年成交笔数", "Trades a year", "一年的成交笔数。",
           "Number of trades in a year."),
    Column("commission_12m", MONEY, "年佣金", "Commission a year",
           "一年的佣金；没有佣金记录的月份按成交额和佣金率计算。",
           "Commission in a year, worked out from trades and rate in months that do not say.", CNY),
    Column("product_income_12m", MONEY, "年产品收入", "Other income a year",
           "一年里来自基金、理财、融资等其他业务的收入。",
           "Income of a year from funds, margin lending and other business.", CNY),
    _CONTRIBUTION,
    _TURNOVER,
    Column("inflow_12m", MONEY, "12个月转入", "Inflow, 12 months",
           "最近12个月转入的资金；不足12个月时不放大。",
           "Money moved in during the last 12 months; fewer months are not scaled up.", CNY),
    Column("outflow_12m", MONEY, "12个月转出", "Outflow, 12 months",
           "最近12个月转出的资金；不足12个月时不放大。",
           "Money moved out during the last 12 months; fewer months are not scaled up.", CNY),
    Column("net_flow_12m", MONEY, "12个月净流入", "Net flow, 12 months", "转入减转出，净转出为负。",
           "Inflow less outflow, negative when more left than came.", CNY),
    Column("pnl_12m", MONEY, "12个月盈亏", "Profit or loss, 12 months",
           "最近12个月的盈亏，亏损为负。",
           "Profit of the last 12 months, negative for a loss.", CNY),
    Column("return_12m", RATE, "12个月收益率", "Return, 12 months",
           "12个月盈亏除以平均资产，0.1 即 10%。",
           "Profit of the last 12 months over average assets; 0.1 is 10 per cent."),
    Column("logins_12m", COUNT, "12个月登录次数", "Log-ins, 12 months", "最近12个月的登录次数。",
           "Number of log-ins in the last 12 months."),
    Column("months_on_record", COUNT, "有记录的月数", "Months on record",
           "账簿里这位客户有多少个月的月度数据。",
           "How many months of the client's activity the book holds."),
    Column("days_since_trade", COUNT, "距上次成交(天)", "Days since a trade",
           "距最近一个有成交的月份的月末多少天；空白表示记录中没有成交。",
           "Days since the end of the latest month with a trade; missing when none is on record.",
           minimum=0),
    Column("days_since_login", COUNT, "距上次登录(天)", "Days since a log-in",
           "距最近一个有登录的月份的月末多少天；空白表示记录中没有登录。",
           "Days since the end of the latest month with a log-in; missing when none is on record.",
           minimum=0),
    Column("days_since_contact", COUNT, "距上次联系(天)", "Days since a contact",
           "距最近一次联系上客户多少天，不论谁找的谁；空白表示没有记录。",
           "Days since the last contact, made by either side, that reached the client; missing "
           "when none is on record.", minimum=0),
    Column("products_held", COUNT, "持有产品种类", "Kinds of product held",
           "持有股票、基金、理财、债券、融资中的几类；账簿没有持仓表时为空白。",
           "How many of shares, funds, wealth products, bonds and margin the client has; missing "
           "in a book without holdings.", minimum=0),
    Column("profile_completeness", RATE, "资料完整度", "Profile completeness",
           "应了解的十项资料中已填的比例。",
           "Share of the ten things to know of a client that are known.", minimum=0, maximum=1),
    Column("days_since_profile", COUNT, "资料距今(天)", "Days since the profile",
           "距最近一次风险测评多少天，资料以它为准。",
           "Days since the latest risk questionnaire, which dates the profile.", minimum=0),
    _BASIS,
)  # fmt: skip

TIERING = make_table(
    "tiering", "客户分类", "Tiers", ("client_id",),
    CLIENT_ID,
    Column("tier", CODE, "类别", "Tier", "A、B、C、D；unknown 表示资料不全，待定。",
           "A, B, C, D, or unknown while data is missing.", values=TIERS),
    _BASIS,
    _CONTRIBUTION,
    _TURNOVER,
    Column("reason", TEXT, "理由", "Reason", "为什么是这一类。", "Why the client is in this tier."),
)  # fmt: skip

STARS = make_table(
    "stars", "星级", "Stars", ("client_id",),
    CLIENT_ID,
    Column("stars", COUNT, "星级", "Stars", "一星到五星；空白表示缺少贡献数据。",
           "One to five; missing without a contribution.", minimum=1, maximum=5),
    _CONTRIBUTION,
    Column("watched", FLAG, "重点关注", "Watched", "四星、五星客户，随时关注。",
           "Four and five stars, watched all the time."),
    Column("reason", TEXT, "理由", "Reason", "为什么是这个星级。", "Why so many stars."),
)  # fmt: skip

MOVES = make_table(
    "moves", "类别变动", "Moves", ("client_id",),
    CLIENT_ID,
    Column("move", CODE, "变动", "Move", "上升、下降、不变、新来、离开、补齐资料、资料缺失。",
           "Up, down, same, entered, left, placed once data came, unplaced for want of it.",
           values=("up", "down", "entered", "left", "placed", "unplaced", "same")),
    Column("tier_before", CODE, "原类别", "Tier before", "上一本账簿里的类别。",
           "The tier in the earlier book.", values=TIERS),
    Column("tier", CODE, "类别", "Tier", "A、B、C、D；unknown 表示资料不全，待定。",
           "A, B, C, D, or unknown while data is missing.", values=TIERS),
    Column("contribution_before", MONEY, "原年贡献", "Contribution before",
           "上一本账簿里的年贡献。", "Contribution a year in the earlier book.", CNY),
    _CONTRIBUTION,
    Column("turnover_before", RATE, "原年周转", "Turnover before", "上一本账簿里的年周转。",
           "Turnover a year in the earlier book.", TIMES, minimum=0),
    _TURNOVER,
    Column("line_moved", FLAG, "切线变动所致", "By the line",
           "按原来的切线本不会变：动的是切线，不是客户。",
           "By the earlier lines the tier would be the same: the line moved, not the client."),
    Column("reason", TEXT, "理由", "Reason", "为什么变动。", "Why the tier changed."),
)  # fmt: skip
