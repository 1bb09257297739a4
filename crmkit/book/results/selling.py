"""The tables of cross-selling: how far products have spread, and what suits whom."""

from crmkit.book.results.analysis import CLIENT_ID
from crmkit.book.results.segments import NEEDS
from crmkit.book.schema import CODE, COUNT, HOLDING, RATE, TEXT, TIERS, Column, make_table

_KINDS = {
    "stock": ("股票", "stocks"), "fund": ("基金", "funds"), "wealth": ("理财", "wealth products"),
    "bond": ("债券", "bonds"), "margin": ("融资", "margin lending"),
}  # fmt: skip

PENETRATION = make_table(
    "penetration", "产品渗透", "Penetration", ("group",),
    Column("group", CODE, "类别", "Tier", "哪一类客户；all 为全部。",
           "Which tier; all for everybody.", values=(*TIERS, "all")),
    Column("clients", COUNT, "人数", "Clients", "客户数。", "Number of clients.", minimum=0),
    Column("kinds_per_client", RATE, "人均产品类数", "Kinds per client",
           "平均每位客户持有几类产品；没有持仓资料时空白。",
           "Kinds of product held on average; missing without any record of holdings.", minimum=0),
    *(Column(f"share_{kind}", RATE, f"持有{zh}", f"Hold {en}", f"持有{zh}的客户占比，0 到 1。",
             f"Share of clients with {en}, 0 to 1.", minimum=0, maximum=1)
      for kind, (zh, en) in _KINDS.items()),
)  # fmt: skip

CROSS_SALES = make_table(
    "cross_sales", "交叉销售", "Cross-selling", ("client_id",),
    CLIENT_ID,
    Column("step", CODE, "下一步", "Next step",
           "可以介绍；先重新测评；都高于风险等级；需要已满足；先管负债；先了解需要；先解决投诉；不联系。",
           "Offer; renew the assessment; all above the level; need met; debt first; learn the "
           "need; settle the complaint; do not contact.",
           values=("offer", "renew", "above", "served", "debt", "learn", "settle", "leave_be")),
    HOLDING.columns["kind"],
    Column("product_id", TEXT, "产品代码", "Product", "可以介绍的产品。", "What may be offered."),
    HOLDING.columns["product_risk"],
    Column("reason", TEXT, "理由", "Reason", "凭什么这样判断。", "What it rests on."),
    NEEDS.columns["ask"],
)  # fmt: skip
