"""A client book to look around in: search, filter, sort, and a card for whoever is chosen."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from crmkit.analysis.activity import measures
from crmkit.book.book import ClientBook
from crmkit.book.codes import word_for
from crmkit.book.privacy import mask
from crmkit.book.results import MEASURES
from crmkit.book.schema import ACCOUNT, CLIENT, CODE, Column
from crmkit.book.views import shown
from crmkit.widgets.board import Board, pick
from crmkit.widgets.panel import Panel
from crmkit.widgets.profile import card_html
from crmkit.words import t

COLUMNS: Mapping[str, Column] = {**MEASURES.columns, **CLIENT.columns, **ACCOUNT.columns}
#: What a list shows by default, of what the book has.
LISTED = ("name", "client_id", "stage", "risk_level", "assets", "commission_rate")
#: Columns of numbers: to the right, and the highest first when sorted.
FIGURES = ("assets", "commission_rate", "days_since_contact")
ROWS = 10


class BookBrowser(Panel):
    """A list of clients.

    Parameters
    ----------
    book : ClientBook
        Names and phones are masked, as on every screen.
    columns : iterable of str
        What the list shows of each client.
    filters : iterable of str
        Columns of codes to choose by.
    rows : int
        How many clients a page has.
    """

    def __init__(
        self,
        book: ClientBook,
        columns: Iterable[str] = LISTED,
        filters: Iterable[str] = ("stage", "risk_level"),
        rows: int = ROWS,
    ) -> None:
        self.clients = clients_of(book)
        self.read = shown(self.clients, COLUMNS).set_axis(self.clients.columns, axis=1)
        known = self.clients.columns[self.clients.notna().any()]
        self.columns = [name for name in columns if name in known]
        self.filters = [name for name in filters if name in known and COLUMNS[name].dtype == CODE]
        self.rows = rows
        told = self.read[self.columns].to_dict("records")
        self._text = pd.Series([" ".join(map(_cell, row.values())).casefold() for row in told])
        self.chosen_codes: dict[str, str] = {}
        self.order, self.downwards = self.columns[0], False
        self.page, self.chosen = 0, ""
        self.search = widgets.Text(placeholder=t("instruments.browser.search"), layout=_SEARCH)
        self.search.observe(lambda _: self._from_the_top(), "value")
        self.board = Board(self._html, self._picked)
        rows_ = [self.search, self.board.view]
        super().__init__(f"BookBrowser({len(self.clients)})", rows_, lambda: self.board.html)

    def found(self) -> pd.DataFrame:
        """Return the clients that search and filters leave, in the order chosen."""
        rows = self.clients
        for column, code in self.chosen_codes.items():
            rows = rows[rows[column] == code]
        if wanted := self.search.value.strip().casefold():
            rows = rows[self._text[rows.index].str.contains(wanted, regex=False)]
        return rows.sort_values(self.order, ascending=not self.downwards, kind="stable")

    def _from_the_top(self) -> None:
        self.page = 0
        self.board.redraw()

    def _picked(self, word: str) -> None:
        kind, _, name = word.partition(":")
        if kind == "sort" and name in self.columns:
            self.downwards = not self.downwards if name == self.order else name in FIGURES
            self.order, self.page = name, 0
        elif kind == "page":
            self.page += 1 if name == "next" else -1
        elif kind == "row":
            self.chosen = name
        elif kind == "code":
            column, _, code = name.partition("=")
            self.chosen_codes.pop(column, None)
            self.chosen_codes |= {column: code} if code else {}
            self.page = 0

    def _html(self) -> str:
        found = self.found()
        pages = max(-(-len(found) // self.rows), 1)
        self.page = min(max(self.page, 0), pages - 1)
        part = found.iloc[self.page * self.rows : (self.page + 1) * self.rows]
        chips = "".join(self._filter(column) for column in self.filters)
        count = escape(t("instruments.browser.found", found=len(found), all=len(self.clients)))
        card = self._card() if self.chosen else f"<p>{escape(t('instruments.browser.choose'))}</p>"
        return (
            f'{chips}<div class="crm-browse"><div><div class="crm-table-room">{self._table(part)}'
            f'</div><div class="crm-pages">{_turn("back", "‹", self.page > 0)}'
            f"<span>{self.page + 1} / {pages}</span>{_turn('next', '›', self.page < pages - 1)}"
            f'<small>{count}</small></div></div><aside aria-live="polite">{card}</aside></div>'
        )

    def _filter(self, column: str) -> str:
        codes = [c for c in COLUMNS[column].values if (self.clients[column] == c).any()]
        chosen = self.chosen_codes.get(column, "")
        names = {"": t("instruments.browser.all"), **{code: word_for(code) for code in codes}}
        chips = "".join(
            pick(f"code:{column}={code}", escape(name), "crm-chip-button", pressed=code == chosen)
            for code, name in names.items()
        )
        name = escape(COLUMNS[column].heading())
        return f'<div class="crm-filter" data-arrows><span>{name}</span>{chips}</div>'

    def _table(self, part: pd.DataFrame) -> str:
        heads = "".join(self._head(column) for column in self.columns)
        read = self.read.loc[part.index, self.columns].assign(_id=part["client_id"])
        lines = "".join(self._line(row) for row in read.to_dict("records"))
        return (
            f'<table class="crm-list"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'
        )

    def _head(self, column: str) -> str:
        here = column == self.order
        arrow = ("↓" if self.downwards else "↑") if here else ""
        sort = ("descending" if self.downwards else "ascending") if here else "none"
        name = escape(COLUMNS[column].heading())
        body = f"{name}<i>{arrow}</i>"
        kind = ' class="crm-figure"' if column in FIGURES else ""
        return f'<th aria-sort="{sort}"{kind}>{pick(f"sort:{column}", body, "crm-sort")}</th>'

    def _line(self, row: Mapping[Any, object]) -> str:
        here = str(row["_id"])
        cells = []
        for place, column in enumerate(self.columns):
            text = escape(_cell(row[column]))
            body = pick(f"row:{here}", text, "crm-open") if place == 0 else text
            cells.append(f"<td{' class=crm-figure' if column in FIGURES else ''}>{body}</td>")
        kind = ' class="crm-here"' if here == self.chosen else ""
        return f"<tr{kind}>{''.join(cells)}</tr>"

    def _card(self) -> str:
        rows = self.read[self.clients["client_id"] == self.chosen]
        profile = {str(name): _cell(value) for name, value in rows.iloc[0].items()}
        return card_html(profile, f"{profile['name']} {profile['client_id']}")


def clients_of(book: ClientBook) -> pd.DataFrame:
    """Return one row per client: who they are, masked, their accounts, the last contact."""
    account = book.account.groupby("client_id", as_index=False).agg(
        assets=("assets", lambda values: values.sum(min_count=1)),
        commission_rate=("commission_rate", "first"),
    )
    silence = measures(book)[["client_id", "days_since_contact"]]
    clients = mask(book.client).merge(account, on="client_id", how="left")
    clients = clients.merge(silence, on="client_id", how="left")
    return clients.astype({"assets": "Int64"}).reset_index(drop=True)


def _turn(way: str, sign: str, possible: bool) -> str:
    label = t(f"instruments.browser.{way}")
    return pick(f"page:{way}", sign, "crm-turn", label=label, disabled=not possible)


def _cell(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


_SEARCH = widgets.Layout(width="280px")
