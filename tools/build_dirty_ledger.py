"""Build the dirty ledger of the tests: 300 rows with every fault that ledgers have.

    python tools/build_dirty_ledger.py           write tests/fixtures/ledger_dirty.*
    python tools/build_dirty_ledger.py --check   fail if they are not what would be written

The faults are planted here, one to a row, and listed in ledger_dirty.json together with the
clean values of every client; nothing in that file comes from the reader it tests. People,
numbers and addresses are invented: no carrier issues 154 numbers, no town has area code 0300.
"""

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
import xlwt

FOLDER = Path(__file__).parent.parent / "tests" / "fixtures"
AS_OF = date(2026, 6, 30)
LEDGER, ACTIVITY = "客户台账", "月度数据"
HEADINGS = [
    "序号", "客户姓名", "客户代码", "佣金(‰)", "资产（万元）", "手机", "固话", "开户日", "住址",
    "备注", "性别", "出生日期", "请勿打扰", "爱好", "联系电话",
]  # fmt: skip
MONTHLY = ["客户号", "月份", "成交额(万元)", "佣金收入", "转入", "转出", "盈亏", "登录次数", "天气"]
BROKEN = "#DIV/0!"
GOOD_CLIENTS = 230

Rows = list[list[Any]]

# column, what stands in the cell, the problem it makes
CELL_FAULTS: list[tuple[str, Any, str]] = [
    ("客户姓名", 20260601, "name_unreadable"),
    ("客户姓名", BROKEN, "error_cell"),
    ("客户代码", 6222020200112345678, "id_digits_lost"),
    ("客户代码", "6.22202E+18", "id_digits_lost"),
    ("客户代码", date(2026, 1, 2), "id_unreadable"),
    ("客户代码", BROKEN, "error_cell"),
    ("佣金(‰)", "0.08%", "rate_converted"),
    ("佣金(‰)", "万分之8", "rate_converted"),
    ("佣金(‰)", "万2.5", "rate_converted"),
    ("佣金(‰)", "８bp", "rate_converted"),
    ("佣金(‰)", 0.08, "rate_low"),
    ("佣金(‰)", 0.0008, "rate_fraction"),
    ("佣金(‰)", 0.03, "rate_percent"),
    ("佣金(‰)", 8, "rate_per_ten_thousand"),
    ("佣金(‰)", "25", "rate_per_ten_thousand"),
    ("佣金(‰)", 80, "rate_impossible"),
    ("佣金(‰)", 0, "rate_impossible"),
    ("佣金(‰)", -0.8, "negative"),
    ("佣金(‰)", "面议", "not_a_number"),
    ("佣金(‰)", True, "not_a_number"),
    ("佣金(‰)", BROKEN, "error_cell"),
    ("资产（万元）", -5, "negative"),
    ("资产（万元）", "(12.5)", "negative"),
    ("资产（万元）", "约20万", "not_a_number"),
    ("资产（万元）", "10-20", "not_a_number"),
    ("资产（万元）", "1,00", "not_a_number"),
    ("资产（万元）", "5万美元", "not_a_number"),
    ("资产（万元）", 10000000000, "too_large"),
    ("资产（万元）", "￥120,000", "money_mark"),
    ("资产（万元）", BROKEN, "error_cell"),
    ("手机", "1541234567", "phone_unreadable"),
    ("手机", 154123456789, "phone_unreadable"),
    ("手机", "1.54123E+10", "digits_lost"),
    ("手机", "打不通", "phone_unreadable"),
    ("手机", date(2026, 1, 2), "phone_unreadable"),
    ("手机", "15400000011/15400000012/0300-22110013", "phone_extra"),
    ("手机", BROKEN, "error_cell"),
    ("固话", 2211, "phone_unreadable"),
    ("固话", "0300-2211", "phone_unreadable"),
    ("开户日", "2010/2/30", "date_impossible"),
    ("开户日", 20101301, "date_impossible"),
    ("开户日", "10/1/1", "date_two_digit_year"),
    ("开户日", "2010年5月", "date_partial"),
    ("开户日", 2010, "date_partial"),
    ("开户日", "6月1日", "date_partial"),
    ("开户日", "1/5/2010", "date_order"),
    ("开户日", "去年夏天", "date_unreadable"),
    ("开户日", time(9, 30), "date_unreadable"),
    ("开户日", date(2027, 1, 4), "date_future"),
    ("开户日", "1989-06-01", "date_early"),
    ("开户日", BROKEN, "error_cell"),
    ("性别", "不详情", "code_unreadable"),
    ("出生日期", date(2026, 12, 1), "date_future"),
    ("出生日期", "1899-01-01", "date_early"),
    ("请勿打扰", "也许", "flag_unreadable"),
]

REMARKS_OF_REST = ["勿扰", "请勿联系", "不要再打电话", "Do not call", "老人，不要联系"]

# client (by number in the ledger, or text), month, trades, …, the problem it makes, row lost
MONTH_FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"客户号": "77777777"}, "客户号", "unknown_client"),
    ({"客户号": ""}, "客户号", "cell_missing"),
    ({"月份": ""}, "月份", "cell_missing"),
    ({"月份": 2026.1}, "月份", "month_unreadable"),
    ({"月份": "5月"}, "月份", "month_unreadable"),
    ({"月份": "2026-13"}, "月份", "month_unreadable"),
    ({"月份": "2026-07"}, "月份", "date_future"),
    ({"成交额(万元)": -3}, "成交额(万元)", "negative"),
    ({"佣金收入": "很多"}, "佣金收入", "not_a_number"),
    ({"转出": BROKEN}, "转出", "error_cell"),
    ({"登录次数": 2.5}, "登录次数", "not_a_whole_number"),
    ({"登录次数": -2}, "登录次数", "negative"),
]
LOST = {"unknown_client", "cell_missing", "month_unreadable", "date_future"}


def client(i: int) -> dict[str, Any]:
    """Return client number i as they truly are."""
    surnames, given = "赵钱孙李周吴郑王冯陈", "一二三四五六七八九十"
    compound = {7: "欧阳", 8: "司马"}.get(i % 50)
    assets = round(3 + (i * 37 % 1900) * 0.73, 2)
    return {
        "客户姓名": (compound or surnames[i % 10]) + "演" + given[i // 10 % 10] * (1 + i % 2),
        "客户代码": f"00{70000 + i}" if i % 10 == 3 else str(810000 + i),
        "佣金(‰)": (0.8, 0.25, 0.3, 1.0, 1.5, 2.5, 3.0, 0.2, 0.1)[i % 9],
        "资产（万元）": assets,
        "手机": f"154{10000000 + i * 7919:08d}",
        "固话": f"0300-2211{i:04d}",
        "开户日": date(2004, 3, 1) + timedelta(days=i * 23),
        "住址": f"演示市测试区样例路{i + 1}号",
        "性别": "fm"[i % 2],
        "出生日期": date(1950, 1, 15) + timedelta(days=i * 61),
    }


def written(i: int) -> dict[str, Any]:
    """Return the cells of client number i in one of the ways people write them."""
    true = client(i)
    number, mobile, day = true["客户代码"], true["手机"], true["开户日"]
    rate, assets = true["佣金(‰)"], true["资产（万元）"]
    ids = [number if number.startswith("0") else int(number), number, wide(number), f" {number} "]
    days = [
        day, f"{day:%Y/}{day.month}/{day.day}", f"{day:%Y-%m-%d}", int(f"{day:%Y%m%d}"),
        f"{day.year}年{day.month}月{day.day}日", (day - date(1899, 12, 30)).days,
        f"{day:%Y-%m-%d} 00:00:00", wide(f"{day:%Y%m%d}"),
    ]  # fmt: skip
    amounts = [
        assets, f"{assets:,.2f}", f"{assets}万", f"{assets}万元", f"{round(assets * 10000):,}元",
        wide(str(assets)), f"{assets / 10000:.6f}亿", f" {assets} ",
    ]  # fmt: skip
    mobiles = [
        float(mobile), mobile, f"+86 {mobile}", f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}",
        wide(mobile), f"0086{mobile}", f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}", f"{mobile}.0",
    ]  # fmt: skip
    area, local = true["固话"].split("-")
    phones = [f"{area}-{local}", f"({area}){local}", f"{area} {local}", f"+86 300 {local}"]
    return {
        "序号": i + 1,
        "客户姓名": "　".join(true["客户姓名"]) if i % 6 == 5 else true["客户姓名"],
        "客户代码": ids[i % 4],
        "佣金(‰)": [rate, str(rate), f"{rate}‰", wide(str(rate))][i % 4],
        "资产（万元）": amounts[i % 8],
        "手机": mobiles[i % 8],
        "固话": phones[i % 4],
        "开户日": days[i % 8],
        "住址": true["住址"],
        "备注": {0: "6月1日通话", 1: "5月20日见面，谈基金", 2: "=2+3"}.get(i % 15, ""),
        "性别": "女男"[i % 2] if i % 3 else "fm"[i % 2],
        "出生日期": true["出生日期"],
        "请勿打扰": "否" if i % 40 == 0 else "",
        "爱好": "钓鱼" if i % 30 == 4 else "",
        "联系电话": "15499999999" if i == 9 else "",
    }


def wide(text: str) -> str:
    """Return the text in full-width characters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def ledger() -> tuple[Rows, dict[str, list[dict[str, Any]]]]:
    """Return the ledger sheet, and what is to be found in it."""
    rows: Rows = [["演示营业部客户台账"], ["单位：万元", "", "截至：2026年6月30日"], [], HEADINGS]
    found: dict[str, list[dict[str, Any]]] = {"problems": [], "notes": [], "ignored": []}
    found["ignored"] += [{"row": 1}, {"row": 2}]
    found["problems"].append(planted(4, "联系电话", "联系电话", "heading_repeated"))
    found["notes"].append(planted(4, "爱好", "爱好", "column_kept"))

    def add(cells: dict[str, Any]) -> int:
        rows.append([cells.get(heading, "") for heading in HEADINGS])
        return len(rows)

    def aside(cells: dict[str, Any]) -> None:
        found["ignored"].append({"row": add(cells)})

    numbers = iter(range(1000))
    for _ in range(GOOD_CLIENTS // 2):
        add(written(next(numbers)))
    aside({})
    aside({"序号": 999})
    aside({"客户姓名": "小计", "资产（万元）": 1234.5})
    aside(dict(zip(HEADINGS, HEADINGS, strict=True)))
    for heading, cell, kind in CELL_FAULTS:
        row = add(written(next(numbers)) | {heading: cell})
        found["problems"].append(planted(row, heading, cell, kind))
    for remark in REMARKS_OF_REST:
        row = add(written(next(numbers)) | {"备注": remark})
        found["notes"].append(planted(row, "备注", remark, "do_not_contact"))
    i = next(numbers)
    swapped = {"手机": client(i)["固话"], "固话": client(i)["手机"]}
    row = add(written(i) | swapped)
    found["notes"].append(planted(row, "手机", swapped["手机"], "phone_moved"))
    row = add(written(next(numbers)) | {"客户代码": ""})
    found["problems"].append(planted(row, "客户代码", "", "no_client_id"))
    row = add(written(next(numbers)) | {"客户姓名": "", "客户代码": ""})
    found["problems"].append(planted(row, "客户代码", "", "no_client"))
    row = add(written(0))
    found["problems"].append(planted(row, "客户代码", written(0)["客户代码"], "repeated_same"))
    row = add(written(1) | {"资产（万元）": 1})
    found["problems"].append(planted(row, "客户代码", written(1)["客户代码"], "repeated_differs"))
    for _ in range(GOOD_CLIENTS - GOOD_CLIENTS // 2):
        add(written(next(numbers)))
    aside({"序号": "合计", "资产（万元）": 99999})
    aside({"客户姓名": "Total:"})
    aside({"佣金(‰)": "平均", "资产（万元）": 88})
    aside({"序号": "制表人：演示经理"})
    return rows, {
        name: [{"sheet": LEDGER} | entry for entry in entries] for name, entries in found.items()
    }


def planted(row: int, heading: str, cell: Any, kind: str) -> dict[str, Any]:
    """Return what the reader is to say about a cell; text files cannot show every fault."""
    said = {"row": row, "column": heading, "value": text(cell), "kind": kind}
    return said | ({"only": "workbook"} if kind == "id_unreadable" else {})


def activity() -> tuple[Rows, dict[str, list[dict[str, Any]]]]:
    """Return the sheet of monthly data, and what is to be found in it."""
    rows: Rows = [["月度数据"], MONTHLY]
    found: dict[str, list[dict[str, Any]]] = {"problems": [], "ignored": [{"row": 1}]}
    found["notes"] = [planted(2, "天气", "天气", "column_not_read")] + [
        planted(2, heading, heading, "unit_assumed")
        for heading in ("佣金收入", "转入", "转出", "盈亏")
    ]
    for i in range(40):
        for month in (3, 4, 5):
            rows.append(list(monthly(i, month).values()))
    for n, (change, heading, kind) in enumerate(MONTH_FAULTS):
        cells = monthly(n, 6) | change
        rows.append(list(cells.values()))
        found["problems"].append(planted(len(rows), heading, cells[heading], kind))
    for change, kind in (({}, "repeated_same"), ({"盈亏": 1}, "repeated_differs")):
        cells = monthly(0, 3) | change
        rows.append(list(cells.values()))
        found["problems"].append(planted(len(rows), "月份", cells["月份"], kind))
    rows.append(["合计", "", 9999])
    found["ignored"].append({"row": len(rows)})
    return rows, {
        name: [{"sheet": ACTIVITY} | entry for entry in entries] for name, entries in found.items()
    }


def monthly(i: int, month: int) -> dict[str, Any]:
    """Return a client's month in one of the ways people write it."""
    months = [
        f"2026-{month:02d}", int(f"2026{month:02d}"), f"2026年{month}月", date(2026, month, 1),
        date(2026, month, 28), f"2026/{month}", (date(2026, month, 1) - date(1899, 12, 30)).days,
    ]  # fmt: skip
    return {
        "客户号": client(i)["客户代码"],
        "月份": months[i % 7],
        "成交额(万元)": 5 + i + month,
        "佣金收入": f"{(5 + i + month) * 8:,}.50",
        "转入": "1.5万" if i % 4 == 0 else 0,
        "转出": "-",
        "盈亏": -120.25 * month,
        "登录次数": f"{i}次" if i % 2 else i,
        "天气": "晴" if i == 0 else "",
    }


def text(cell: Any) -> str:
    """Return what stands in a cell, as the user would read it out."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, int) and cell > 10**15:  # Excel keeps fifteen digits
        return str(float(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell).strip()


def clients() -> Iterator[dict[str, Any]]:
    """Yield the clean values of every good client."""
    faulty = len(CELL_FAULTS) + len(REMARKS_OF_REST) + 3
    half = GOOD_CLIENTS // 2
    for i in (*range(half), *range(half + faulty, GOOD_CLIENTS + faulty)):
        yield {key: text(value) for key, value in client(i).items()}


def write_xlsx(path: Path, sheets: dict[str, Rows]) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": datetime(2026, 6, 30), "comments": "synthetic"})
        day = workbook.add_format({"num_format": "yyyy/m/d"})
        clock = workbook.add_format({"num_format": "hh:mm"})
        for name, rows in sheets.items():
            page = workbook.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if cell == BROKEN:
                        page.write_formula(r, c, "=1/0", None, BROKEN)
                    elif isinstance(cell, str):
                        page.write_string(r, c, cell)
                    elif isinstance(cell, time):
                        page.write_datetime(r, c, cell, clock)
                    elif isinstance(cell, date):
                        page.write_datetime(r, c, cell, day)
                    else:
                        page.write(r, c, cell)
        first = workbook.get_worksheet_by_name(LEDGER)
        first.merge_range(0, 0, 0, len(HEADINGS) - 1, sheets[LEDGER][0][0])


def write_xls(path: Path, sheets: dict[str, Rows]) -> None:
    workbook = xlwt.Workbook()
    day, clock = xlwt.easyxf(num_format_str="yyyy/m/d"), xlwt.easyxf(num_format_str="hh:mm")
    for name, rows in sheets.items():
        page = workbook.add_sheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                style = {date: day, time: clock}.get(type(cell), xlwt.Style.default_style)
                if cell not in ("", BROKEN):
                    page.write(r, c, cell, style)
    workbook.save(str(path))


def write_csv(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([[text(cell) for cell in row] for row in rows])


def build(folder: Path) -> None:
    """Write the three ledgers and the list of what is in them."""
    (rows, found), (months, found_too) = ledger(), activity()
    expected = {name: found[name] + found_too[name] for name in found}
    sheets = {LEDGER: rows, "说明": [["本表为演示数据"]], ACTIVITY: months, "空表": []}
    expected["ignored"] += [{"sheet": name, "row": None} for name in ("说明", "空表")]
    lost = {"no_client", "repeated_same", "repeated_differs"}
    kept = len([r for r in rows[4:] if any(r)]) - len(found["ignored"]) + 2 + 1
    write_xlsx(folder / "ledger_dirty.xlsx", sheets)
    write_xls(folder / "ledger_dirty.xls", sheets)
    write_csv(folder / "ledger_dirty.csv", rows)
    facts = {
        "as_of": AS_OF.isoformat(),
        "clients": kept - sum(p["kind"] in lost for p in found["problems"]),
        "months": len(months) - 2 - 1 - 2 - sum(k in LOST for _, _, k in MONTH_FAULTS),
        "good": list(clients()),
        **expected,
    }
    content = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    (folder / "ledger_dirty.json").write_text(content, encoding="utf-8")


def check() -> int:
    """Compare what would be written with what is there, cell by cell."""
    from crmkit.book.ledger.sheets import open_sheets

    with TemporaryDirectory() as folder:
        build(Path(folder))
        for fresh in sorted(Path(folder).iterdir()):
            kept = FOLDER / fresh.name
            read = Path.read_bytes if fresh.suffix == ".json" else open_sheets
            if not kept.exists() or read(fresh) != read(kept):
                print(f"{kept} is not what would be built; run python {sys.argv[0]}")
                return 1
    return 0


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(check())
    FOLDER.mkdir(exist_ok=True)
    build(FOLDER)
