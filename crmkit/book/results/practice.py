"""The tables about working with a book: aims by stage, keeping records, using the system."""

from crmkit.book.schema import CLIENT, CODE, COUNT, FLAG, RATE, TEXT, Column, make_table

_CLIENTS = Column("clients", COUNT, "人数", "Clients", "客户数。", "Number of clients.", minimum=0)
_REASON = Column("reason", TEXT, "理由", "Reason", "凭什么这样判断。", "What it rests on.")


def _share(name: str, zh: str, en: str, meaning_zh: str, meaning_en: str) -> Column:
    return Column(name, RATE, zh, en, meaning_zh, meaning_en, minimum=0, maximum=1)


AIMS = make_table(
    "aims", "阶段目标", "Aims", ("stage",),
    Column("stage", CODE, "阶段", "Stage", "准客户、新客户、老客户。", "Prospect, new, old client.",
           values=("prospect", "new", "existing")),
    Column("people", COUNT, "人数", "People", "算在内的人数。", "How many are counted.", minimum=0),
    Column("goal", TEXT, "目标", "Goal", "这个阶段要做到什么。", "What the stage is for."),
    Column("measure", TEXT, "看什么", "Measured by", "用哪个比例衡量。",
           "The share it is told by."),
    _share("reached", "做到", "Reached", "做到的比例，0 到 1；没有资料时空白。",
           "Share of people, 0 to 1; missing without a record."),
)  # fmt: skip

RECORD_KEEPING = make_table(
    "record_keeping", "记录方式", "Keeping records", ("way",),
    Column("way", CODE, "方式", "Way", "纸笔、电子表格、系统。",
           "Pen and paper, spreadsheet, system.",
           values=("paper", "sheet", "system")),
    Column("hours", RATE, "每月小时", "Hours a month", "按课程假设估算。",
           "By the assumptions of the course.", minimum=0),
    Column("capacity", COUNT, "最多客户数", "Clients at most", "给定时间里最多能管多少位。",
           "How many the hours suffice for.", minimum=0),
    Column("enough", FLAG, "够用", "Enough", "管得了这么多客户。", "Whether it does for so many."),
    Column("strengths", TEXT, "好处", "For it", "课件列出的好处。", "What the deck says for it."),
    Column("weaknesses", TEXT, "不足", "Against it", "课件列出的不足。",
           "What it says against it."),
)  # fmt: skip

SYSTEM_USE = make_table(
    "system_use", "系统使用", "Use of the system", ("manager_id",),
    CLIENT.columns["manager_id"],
    _CLIENTS,
    Column("contacts", COUNT, "联系次数", "Contacts", "这段时间主动联系的次数。",
           "Contacts made within the days.", minimum=0),
    _share("covered", "覆盖率", "Covered", "联系到的客户占比，0 到 1。",
           "Share of clients reached."),
    _share("noted", "有备注", "Noted", "写了备注的联系占比。", "Share of contacts with a note."),
    _share("filled", "档案完整度", "Profiles filled", "客户档案的平均完整度。",
           "Profile fields filled, on average."),
    _share("same_note", "最多的一句", "Commonest note", "最常见的一条备注占全部备注的比例。",
           "Share of notes that say the commonest thing."),
    _share("one_day", "最忙一天", "Busiest day", "最忙一天的联系占比。",
           "Share of contacts on the busiest day."),
    Column("doubtful", FLAG, "存疑", "Doubtful", "有凑数的迹象。", "Whether figures look made up."),
    _REASON,
)  # fmt: skip

LAYERS = make_table(
    "layers", "三层结构", "Three layers", ("room",),
    Column("layer", CODE, "层", "Layer", "数据层、业务逻辑层、交互层。",
           "Data, logic, interaction.",
           values=("data", "logic", "interaction")),
    Column("room", TEXT, "部分", "Room", "本工具里的哪一部分。", "Which part of the kit."),
    Column("does", TEXT, "做什么", "What it does", "这一部分的用处。", "What the part is for."),
)  # fmt: skip
