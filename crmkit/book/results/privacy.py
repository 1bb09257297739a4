"""The table of where personal data stands."""

from crmkit.book.schema import CODE, COUNT, FLAG, TEXT, Column, make_table

PERSONAL_DATA = make_table(
    "personal_data", "个人信息所在", "Personal data", ("table", "column", "kind"),
    Column("table", TEXT, "表", "Table", "在哪张表。", "Which table it is in."),
    Column("column", TEXT, "列", "Column", "在哪一列。", "Which column it is in."),
    Column("kind", CODE, "种类", "Kind",
           "姓名、电话、证件号、卡号、邮箱、账号名、住址；other_name 是正文里出现的客户姓名，"
           "client_number 是别处出现的客户号。",
           "Name, phone, ID number, card number, e-mail, handle, address; other_name is a client's "
           "name within a text, client_number a client's number outside its column.",
           values=("name", "phone", "id_number", "card_number", "email", "handle", "address",
                   "other_name", "client_number")),
    Column("declared", FLAG, "本就属于此列", "Declared", "这一列本来就存放这类信息。",
           "The column is meant to hold it."),
    Column("rows", COUNT, "行数", "Rows", "有多少行。", "How many rows have it."),
    Column("example", TEXT, "示例(打码)", "Example, masked", "打码后的一个例子。",
           "One of them, masked."),
)  # fmt: skip
