"""Every table and column of a client book: type, unit, meaning, in both languages.

This is the one declaration. Validation, the codebook, the Excel headings and the ledger
reader's idea of a heading all come from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from crmkit.book.units import CNY, PER_MILLE, PLAIN, WAN, Unit
from crmkit.words import language

TEXT, CODE, COUNT, RATE, MONEY, DATE, FLAG = (
    "str", "category", "Int64", "float64", "Int64", "datetime64[us]", "boolean",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: how it is stored, shown, checked and hidden.

    Attributes
    ----------
    name : str
        The column's name in code, the same in every table.
    dtype : str
        The pandas dtype of the stored values. Money is int64 fen (分), never a float.
    zh, en : str
        Headings for people, without the unit.
    meaning_zh, meaning_en : str
        One sentence each for the codebook.
    unit : Unit
        What a stored value counts and what people read instead.
    values : tuple of str
        The only values a ``CODE`` column may hold, in their order.
    minimum, maximum : float, optional
        Bounds of the stored value, both allowed.
    required : bool
        A row without this value cannot be kept.
    personal : {"", "name", "phone", "address", "handle", "text"}
        How the value is masked wherever people look at it; a handle is an e-mail address or
        a WeChat ID.
    aliases : tuple of str
        Other headings under which the column arrives.
    """

    name: str
    dtype: str
    zh: str
    en: str
    meaning_zh: str
    meaning_en: str
    unit: Unit = PLAIN
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    required: bool = False
    personal: str = ""
    aliases: tuple[str, ...] = ()

    def heading(self) -> str:
        """Return the heading for people, unit in brackets: ``资产(万元)``."""
        label = self.zh if language() == "zh" else self.en
        shown = self.unit.label()
        if not shown:
            return label
        return f"{label}({shown})" if language() == "zh" else f"{label} ({shown})"

    def meaning(self) -> str:
        """Return the sentence of the codebook in the language in use."""
        return self.meaning_zh if language() == "zh" else self.meaning_en

    def pandas_dtype(self) -> str | pd.CategoricalDtype:
        """Return what ``astype`` takes; a code column carries its values in order."""
        return pd.CategoricalDtype(list(self.values)) if self.dtype == CODE else self.dtype


@dataclass(frozen=True)
class Table:
    """One table of a book: its columns by name and the key no two rows share."""

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    columns: Mapping[str, Column] = field(repr=False)

    def title(self) -> str:
        """Return the table's name for people in the language in use."""
        return self.zh if language() == "zh" else self.en

    def empty(self) -> pd.DataFrame:
        """Return the table without a row, every column with its dtype."""
        return conform(pd.DataFrame(), self)


def conform(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the rows with exactly the table's columns, in order, each with its dtype.

    Columns that are missing are added empty; columns the table does not know are left out.

    Parameters
    ----------
    rows : DataFrame
        Any subset of the table's columns.
    table : Table

    Examples
    --------
    >>> conform(pd.DataFrame({"client_id": ["13131"]}), TABLES["account"]).dtypes["assets"]
    Int64Dtype()
    """
    return pd.DataFrame(
        {
            name: (
                rows[name] if name in rows else pd.Series(index=rows.index, dtype="object")
            ).astype(column.pandas_dtype())  # type: ignore[arg-type]
            for name, column in table.columns.items()
        },
        index=rows.index,
    )


TIERS = ("A", "B", "C", "D", "unknown")
CHANNELS = ("visit", "call", "wechat", "sms")

_CLIENT_ID = Column(
    "client_id", TEXT, "客户号", "Client ID",
    "客户在本公司的编号，始终按文本保存，前导零不会丢失。",
    "The client's number at the firm; always text, so leading zeros survive.",
    required=True,
    aliases=("客户编号", "客户代码", "客户号码", "资金账号", "资金帐号", "account no", "client no",
             "client number", "client code", "customer id", "customer no", "customer number",
             "account number", "id"),
)  # fmt: skip


def make_table(name: str, zh: str, en: str, key: tuple[str, ...], *columns: Column) -> Table:
    """Return a table of the given columns, found by their names."""
    return Table(name, zh, en, key, MappingProxyType({c.name: c for c in columns}))


CLIENT = make_table(
    "client", "客户", "Clients", ("client_id",),
    _CLIENT_ID,
    Column("name", TEXT, "客户姓名", "Name", "客户姓名。", "The client's name.",
           personal="name", aliases=("姓名", "客户名称", "客户", "户名", "client name", "customer name", "full name",
                                     "client", "customer")),
    Column("gender", CODE, "性别", "Gender", "f 女，m 男。", "f woman, m man.", values=("f", "m")),
    Column("birth_date", DATE, "出生日期", "Date of birth", "出生日期，用于生日问候和年龄。",
           "Date of birth, for birthday greetings and age.",
           aliases=("生日", "出生年月日", "birthday", "birth date")),
    Column("mobile", TEXT, "手机号码", "Mobile", "手机号码，按文本保存。", "Mobile number, kept as text.",
           personal="phone", aliases=("手机", "手机号", "移动电话", "联系电话", "联系方式", "手机电话",
                                      "mobile phone", "mobile number", "mobile no", "cell phone", "cell")),
    Column("phone", TEXT, "固定电话", "Landline", "固定电话，含区号，按文本保存。",
           "Landline number with area code, kept as text.",
           personal="phone", aliases=("座机", "固话", "电话", "家庭电话", "办公电话", "telephone",
                                     "phone", "phone number", "landline phone", "fixed line", "tel")),
    Column("email", TEXT, "电子邮箱", "E-mail", "电子邮箱。", "E-mail address.",
           personal="handle", aliases=("邮箱", "email")),
    Column("wechat", TEXT, "微信号", "WeChat ID", "微信号；没有就是没有加微信。",
           "WeChat ID; missing means not connected.", personal="handle", aliases=("微信", "wechat")),
    Column("province", TEXT, "省份", "Province", "省、自治区或直辖市。",
           "Province, autonomous region or municipality."),
    Column("city", TEXT, "城市", "City", "地级市。", "Prefecture-level city."),
    Column("district", TEXT, "区县", "District", "区或县，同区客户可安排同一天拜访。",
           "District or county; clients of one district can be visited on one day.",
           aliases=("县区", "行政区")),
    Column("address", TEXT, "住址", "Address", "街道地址。", "Street address.",
           personal="address", aliases=("地址", "家庭住址", "联系地址", "通讯地址", "home address", "street address")),
    Column("occupation", TEXT, "职业", "Occupation", "职业。", "Occupation."),
    Column("risk_level", CODE, "风险等级", "Risk level",
           "客户风险承受能力 C1（最低）到 C5（最高）。", "Risk tolerance, C1 (lowest) to C5 (highest).",
           values=("C1", "C2", "C3", "C4", "C5"), aliases=("风险承受能力", "风险测评等级")),
    Column("risk_test_date", DATE, "风险测评日期", "Risk test date", "最近一次风险测评的日期。",
           "Date of the latest risk questionnaire."),
    Column("motive", CODE, "投资动机", "Motive",
           "投资动机：收益、规范、习惯、身份、情感。",
           "Why the client invests: return, rules, habit, status or emotion.",
           values=("return", "rules", "habit", "status", "emotion")),
    Column("preferred_channel", CODE, "偏好渠道", "Preferred channel",
           "客户希望的联系方式。", "How the client likes to be contacted.", values=CHANNELS),
    Column("consent_calls", FLAG, "同意来电", "Consents to calls",
           "是否同意营销电话；空白表示未知。", "Agreed to marketing calls; missing means unknown."),
    Column("consent_messages", FLAG, "同意短信", "Consents to messages",
           "是否同意营销短信和微信；空白表示未知。",
           "Agreed to marketing messages; missing means unknown."),
    Column("do_not_contact", FLAG, "请勿打扰", "Do not contact",
           "客户明确要求不联系。", "The client has asked not to be contacted.",
           aliases=("免打扰", "勿扰", "dnd")),
    Column("source", CODE, "来源", "Source", "客户从哪里来：上门、银行、线上、转介绍。",
           "Where the client came from.", values=("walk_in", "bank", "online", "referral")),
    Column("referrer_id", TEXT, "介绍人客户号", "Referrer's ID",
           "转介绍人的客户号。", "Client ID of whoever recommended the firm."),
    Column("open_date", DATE, "开户日期", "Account opened", "开户日期。", "Date the account was opened.",
           aliases=("开户日", "开户时间", "open date", "opened", "opening date", "date opened",
                    "account opening date")),
    Column("stage", CODE, "阶段", "Stage",
           "准客户、新客户、老客户、休眠、流失。", "Where the client stands with the firm.",
           values=("prospect", "new", "existing", "dormant", "lost"), aliases=("客户阶段",)),
    Column("manager_id", TEXT, "客户经理", "Manager", "负责的客户经理。",
           "The account manager in charge."),
    Column("note", TEXT, "备注", "Note", "经理自己的记录。", "The manager's own remarks.",
           personal="text", aliases=("说明", "备注说明", "notes", "remark", "remarks", "comment", "comments")),
    Column("is_synthetic", FLAG, "演示数据", "Synthetic",
           "是则为模拟生成，并非真人。", "True for made-up people, who do not exist."),
)  # fmt: skip

ACCOUNT = make_table(
    "account", "账户", "Accounts", ("account_id",),
    Column("account_id", TEXT, "账户号", "Account", "账户编号；台账中与客户号相同。",
           "Account number; in a ledger the same as the client ID.", required=True),
    _CLIENT_ID,
    Column("assets", MONEY, "资产", "Assets", "账户总资产（as_of 当日）。",
           "Total assets on the book's date.", WAN, minimum=0,
           aliases=("资产总额", "总资产", "客户资产", "资金量", "账户资产", "资产余额", "total assets", "asset", "balance")),
    Column("cash", MONEY, "现金", "Cash", "可用资金。", "Money not invested.", WAN, minimum=0),
    Column("commission_rate", RATE, "佣金", "Commission", "单边佣金率，千分之几。",
           "Commission per side, per mille of turnover.", PER_MILLE, minimum=0, maximum=20,
           aliases=("佣金率", "佣金费率", "费率", "佣金比例", "手续费率", "commission rate", "fee rate", "rate")),
    Column("minimum_fee", MONEY, "最低佣金", "Minimum fee", "每笔最低佣金。",
           "Least commission charged per trade.", CNY, minimum=0),
)  # fmt: skip

ACTIVITY = make_table(
    "activity", "月度数据", "Monthly activity", ("client_id", "month"),
    _CLIENT_ID,
    Column("month", DATE, "月份", "Month", "月份，以当月 1 日表示。",
           "The month, as its first day.", required=True, aliases=("年月", "日期", "统计月份", "period")),
    Column("trade_amount", MONEY, "成交额", "Trade amount", "当月买卖双边成交额。",
           "Value of purchases and sales in the month.", CNY, minimum=0,
           aliases=("交易额", "交易量", "成交金额", "turnover", "traded")),
    Column("trades", COUNT, "成交笔数", "Trades", "当月成交笔数。", "Number of trades in the month.",
           minimum=0, aliases=("交易笔数",)),
    Column("commission", MONEY, "佣金收入", "Commission income", "当月向客户收取的佣金。",
           "Commission charged in the month.", CNY, minimum=0,
           aliases=("佣金", "手续费", "净佣金", "commission")),
    Column("product_income", MONEY, "产品收入", "Product income",
           "当月来自基金、理财、融资等其他业务的收入。",
           "Income from funds, margin lending and other business in the month.", CNY, minimum=0),
    Column("inflow", MONEY, "转入", "Inflow", "当月转入资金。", "Money moved in during the month.",
           CNY, minimum=0, aliases=("转入资金", "资金转入", "银证转入", "deposits")),
    Column("outflow", MONEY, "转出", "Outflow", "当月转出资金。", "Money moved out during the month.",
           CNY, minimum=0, aliases=("转出资金", "资金转出", "银证转出", "withdrawals")),
    Column("pnl", MONEY, "盈亏", "Profit or loss", "当月盈亏，亏损为负。",
           "Profit of the month, negative for a loss.", CNY,
           aliases=("当月盈亏", "收益", "盈亏金额", "profit", "p&l")),
    Column("logins", COUNT, "登录次数", "Logins", "当月登录交易软件的次数。",
           "Number of log-ins to the trading software in the month.", minimum=0,
           aliases=("登陆次数", "登录", "login count")),
    Column("assets_end", MONEY, "月末资产", "Assets at month end", "月末总资产。",
           "Total assets at the end of the month.", CNY, minimum=0, aliases=("期末资产",)),
)  # fmt: skip

CONTACT = make_table(
    "contact", "联系记录", "Contacts", ("contact_id",),
    Column("contact_id", TEXT, "联系编号", "Contact", "联系记录编号。", "Number of the contact.",
           required=True),
    _CLIENT_ID,
    Column("date", DATE, "联系日期", "Date", "联系日期。", "Day of the contact.", required=True,
           aliases=("日期",)),
    Column("channel", CODE, "渠道", "Channel", "见面、电话、微信、短信。",
           "Visit, call, WeChat or text message.", values=CHANNELS),
    Column("direction", CODE, "方向", "Direction", "经理联系客户 out，客户联系经理 in。",
           "out: the manager made it; in: the client did.", values=("out", "in")),
    Column("purpose", TEXT, "目的", "Purpose", "为什么联系。", "Why the contact was made."),
    Column("outcome", CODE, "结果", "Outcome", "接通、未接、改期、拒绝、投诉、成交。",
           "What came of it.",
           values=("reached", "missed", "moved", "refused", "complained", "sold")),
    Column("minutes", COUNT, "分钟", "Minutes", "用时。", "Time it took.", minimum=0),
    Column("note", TEXT, "备注", "Note", "经理自己的记录。", "The manager's own remarks.", personal="text"),
)  # fmt: skip

COMPLAINT = make_table(
    "complaint", "投诉", "Complaints", ("complaint_id",),
    Column("complaint_id", TEXT, "投诉编号", "Complaint", "投诉编号。", "Number of the complaint.",
           required=True),
    _CLIENT_ID,
    Column("opened", DATE, "受理日期", "Opened", "受理日期。", "Day it was received.", required=True),
    Column("closed", DATE, "办结日期", "Closed", "办结日期；空白表示未办结。",
           "Day it was settled; missing while open."),
    Column("topic", CODE, "事由", "Topic", "佣金、服务、亏损、系统、其他。", "What it is about.",
           values=("fee", "service", "loss", "system", "other")),
)  # fmt: skip

REFERRAL = make_table(
    "referral", "转介绍", "Referrals", ("referral_id",),
    Column("referral_id", TEXT, "转介绍编号", "Referral", "转介绍编号。", "Number of the referral.",
           required=True),
    Column("referrer_id", TEXT, "介绍人客户号", "Referrer's ID", "介绍人。", "Who recommended the firm.",
           required=True),
    _CLIENT_ID,
    Column("date", DATE, "日期", "Date", "介绍的日期。", "Day of the recommendation.", required=True),
)  # fmt: skip

HOLDING = make_table(
    "holding", "持仓", "Holdings", ("client_id", "product_id"),
    _CLIENT_ID,
    Column("product_id", TEXT, "产品代码", "Product", "证券或产品代码。",
           "Code of the security or product.", required=True),
    Column("kind", CODE, "类别", "Kind", "股票、基金、理财、债券、融资。", "What sort of product it is.",
           values=("stock", "fund", "wealth", "bond", "margin")),
    Column("product_risk", CODE, "产品风险", "Product risk", "产品风险等级 R1 到 R5。",
           "Risk grade of the product, R1 to R5.", values=("R1", "R2", "R3", "R4", "R5")),
    Column("amount", MONEY, "市值", "Market value", "as_of 当日市值。", "Value on the book's date.",
           CNY, minimum=0),
    Column("cost", MONEY, "成本", "Cost", "买入成本。", "What was paid for it.", CNY, minimum=0),
)  # fmt: skip

EXTRA = make_table(
    "extra", "其他栏目", "Other columns", ("client_id", "heading"),
    _CLIENT_ID,
    Column("heading", TEXT, "栏目", "Heading", "台账中本表未收录的栏目名称。",
           "Heading of a ledger column that no table here knows.", required=True),
    Column("text", TEXT, "内容", "Text", "该栏目的原文。", "What the ledger has in it, as text.",
           personal="text"),
)  # fmt: skip

TABLES: Mapping[str, Table] = MappingProxyType(
    {t.name: t
     for t in (CLIENT, ACCOUNT, ACTIVITY, CONTACT, COMPLAINT, REFERRAL, HOLDING, EXTRA)}
)  # fmt: skip

#: The nine columns of the training deck's ledger (客户台账), in their order.
LEDGER = ("name", "client_id", "commission_rate", "assets", "mobile", "phone", "open_date",
          "address", "note")  # fmt: skip


#: A ledger may give the day of the last contact in a column; it becomes a row of contacts.
LAST_CONTACT = Column(
    "last_contact", DATE, "上次联系", "Last contact", "上次联系的日期。", "Day of the last contact.",
    aliases=("上次联系日期", "最近联系", "最近联系日期", "最后联系日期", "last contacted", "last contact date"),
)  # fmt: skip


def ledger_columns() -> Mapping[str, Column]:
    """Return every column a ledger may carry, the nine of the deck first."""
    account = {n: c for n, c in ACCOUNT.columns.items() if n != "account_id"}
    known = {**CLIENT.columns, **account, LAST_CONTACT.name: LAST_CONTACT}
    return {name: known[name] for name in (*LEDGER, *(n for n in known if n not in LEDGER))}
