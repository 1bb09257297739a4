"""The branch manager's report: one page, masked, in both languages, whatever the book holds."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from crmkit.analysis.tier_rules import COURSE
from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.store import open_book
from crmkit.branch.simulate import make_book
from crmkit.cli import main
from crmkit.pages.report import _cards, look_into, report_html
from crmkit.pages.tiers import look_into as look_at_tiers
from crmkit.words import LANGUAGES, in_language

MANAGER = Path(__file__).parents[1] / "datasets/manager"


@pytest.fixture(scope="module")
def book() -> ClientBook:
    return open_book(MANAGER)


@pytest.fixture(scope="module")
def pages(book: ClientBook) -> dict[str, str]:
    made = {}
    for language in LANGUAGES:
        with in_language(language):
            made[language] = report_html(look_into(book))
    return made


class Page(HTMLParser):
    """Every tag that was opened must be closed, and nothing may be fetched."""

    empty = ("meta", "img", "br", "link")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.sources: list[str] = []
        self.counts: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.sources += [value for name, value in attrs if name in ("src", "href")]
        if tag not in self.empty:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_needs_no_other_file(pages, language: str):
    page = Page()
    page.feed(pages[language])
    assert not page.open
    assert all(source.startswith("data:image/png;base64,") for source in page.sources)
    assert page.counts["img"] >= 5 and page.counts["table"] >= 5 and page.counts["h2"] == 7
    assert "script" not in page.counts and "link" not in page.counts
    assert "@page" in pages[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_one_language_and_no_keys(pages, language: str):
    text = re.sub(r"<style>.*?</style>|<[^>]+>|data:[^\"]+", " ", pages[language], flags=re.DOTALL)
    assert not re.search(r"\b(report|churn|signals|cli|plots)\.[a-z_]+", text)
    if language == "en":  # names of people are the only Chinese
        assert not re.search("[一-鿿]{2}", text)
    else:
        assert "营业部客户报告" in text and "Clients" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_named_and_nothing_is_told_of_compliance(pages, book, language: str):
    page = pages[language]
    assert not any(name in page for name in book.client["name"].dropna() if len(name) > 2)
    for column in ("mobile", "email", "address"):
        assert not any(value in page for value in book.client[column].dropna())
    for word in ("过账", "与平时不符", "passing through", "out of character"):
        assert word not in page
    assert ("演示数据" if language == "zh" else "Demonstration data") in page


def test_picture_table_and_command_speak_of_the_same_clients():
    book = make_book(300, 5, date(2026, 1, 5), months=14)
    look, found = look_at_tiers(book, COURSE), look_into(book)
    pd.testing.assert_frame_equal(look.tiering.tiers, found.tiering.tiers)
    assert f"{look.spread.brought:.0%}" in _cards(found)[2]["hint"]
    assert look.spread.clients == int(_cards(found)[0]["value"]) == len(found.tiering.tiers)


def test_a_client_called_like_html_stays_text():
    client = pd.DataFrame({"client_id": ["<b>1</b>"], "name": ["<i>x"], "stage": "existing",
                           "manager_id": "<script>"})  # fmt: skip
    page = report_html(look_into(make_client_book(date(2026, 1, 5), client=client)))
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_a_bare_ledger_gives_a_page_that_says_what_is_missing(tmp_path: Path, capfd):
    ledger = tmp_path / "台账.csv"
    ledger.write_text("客户姓名,客户号,资产(万元),佣金(‰)\n张三,13131,10,1\n李四,13132,20,0.8",
                      encoding="utf-8")  # fmt: skip
    out = tmp_path / "r.html"
    words = ["report", str(ledger), "-o", str(out), "--as-of", "2026-07-01", "--lang", "zh"]
    assert main(words) == 0
    assert "r.html" in capfd.readouterr().out
    page = out.read_text(encoding="utf-8")
    assert "张三" not in page and "做不出可检验的预测" in page
    words[3] = "/nowhere/r.html"
    assert main(words) == 2
    assert "/nowhere/r.html" in capfd.readouterr().err
