"""The tables that analysis works out from a book."""

from crmkit.book.schema import CLIENT, CODE, MONEY, RATE, TEXT, TIERS, Column, make_table
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
    _CONTRIBUTION,
    _TURNOVER,
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
