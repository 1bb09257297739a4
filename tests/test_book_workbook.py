"""Workbooks as Excel reads them back, through a reader we did not write."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from crmkit.book.workbook import Sheet, write_workbook
from crmkit.errors import CrmkitError


def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "客户姓名": ["=HYPERLINK(1)", "+86", "@SUM(A1)", None],
            "资产": [1234.5, 2.0, None, 0.0],
            "日期": pd.to_datetime(["2026-07-01", None, "2026-07-02", "2026-07-03"]),
        }
    )


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path):
    write_workbook([Sheet("客户", table(), note="说明")], tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["客户"]
    assert page["A1"].value == "说明"
    assert [cell.value for cell in page["A"][2:]] == ["=HYPERLINK(1)", "+86", "@SUM(A1)", None]
    assert {cell.data_type for cell in page["A"][2:5]} == {"s"}


def test_numbers_dates_and_gaps_keep_their_kind(tmp_path: Path):
    write_workbook([Sheet("客户", table())], tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["客户"]
    assert [page["B2"].value, page["B3"].value, page["B4"].value] == [1234.5, 2, None]
    assert [page["B2"].number_format, page["B3"].number_format] == ["#,##0.00##", "#,##0"]
    assert page["C2"].is_date and page["C3"].value is None


def test_a_sheet_prints_on_one_page_width_with_its_headings(tmp_path: Path):
    write_workbook([Sheet("客户", table())], tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["客户"]
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert page.column_dimensions["A"].width >= len("=HYPERLINK(1)")


def test_an_empty_table_keeps_its_headings(tmp_path: Path):
    write_workbook([Sheet("客户", table().head(0))], tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["客户"]
    assert [cell.value for cell in page[1]] == ["客户姓名", "资产", "日期"]


def test_a_folder_that_is_not_there_is_an_error_with_advice(tmp_path: Path):
    with pytest.raises(CrmkitError):
        write_workbook([Sheet("客户", table())], tmp_path / "none" / "a.xlsx")


def test_bands_stand_above_their_rows_and_take_the_place_of_the_filter(tmp_path: Path):
    sheet = Sheet("客户", table(), note="说明", bands={0: "周一", 2: "周二"}, widths={"资产": 31})
    write_workbook([sheet], tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["客户"]
    assert [cell.value for cell in page["A"]] == [
        "说明", "客户姓名", "周一", "=HYPERLINK(1)", "+86", "周二", "@SUM(A1)", None,
    ]  # fmt: skip
    assert page.auto_filter.ref is None
    assert page.column_dimensions["B"].width == pytest.approx(31, abs=1)
