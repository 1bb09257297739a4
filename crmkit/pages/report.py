"""``crmkit report``: one self-contained page a branch manager would read."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from math import isnan
from typing import TYPE_CHECKING, Any

import pandas as pd

from crmkit import plots
from crmkit.analysis.activity import measures
from crmkit.analysis.churn.evaluation import profit_curve
from crmkit.analysis.churn.study import Study, study_book
from crmkit.analysis.concentration import top_share
from crmkit.analysis.signals import signals
from crmkit.analysis.tiering import Tiering, clients_only, tier_book
from crmkit.book.book import ClientBook
from crmkit.book.privacy import mask
from crmkit.book.results import ALERTS
from crmkit.book.rewind import rewind
from crmkit.book.views import shown
from crmkit.pages import churn as churn_pages
from crmkit.pages.common import named, with_name
from crmkit.pages.signals import alert_counts
from crmkit.pages.tiers import groups
from crmkit.plots import churn as churn_plots
from crmkit.plots import signals as signal_plots
from crmkit.words import language, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Days before the book's with which it is compared, months of a window of leaving.
DAYS, MONTHS = 31, 6
#: Rows of a list before the rest is only counted.
ROWS, SCORES = 20, 10
#: Dots per inch of the figures: sharp in print, and the page stays under two megabytes.
DOTS = 110

Part = dict[str, Any]


@dataclass(frozen=True)
class Findings:
    """Everything the page speaks of."""

    book: ClientBook
    since: date
    measures: pd.DataFrame
    tiering: Tiering
    alerts: pd.DataFrame
    study: Study

    @property
    def client(self) -> pd.DataFrame:
        """Return the client table with every name masked."""
        return mask(self.book.client)

    @property
    def tiers(self) -> pd.Series:
        """Return the tier by client."""
        return self.tiering.tiers.set_index("client_id")["tier"].astype("str")


def look_into(book: ClientBook, since: date | None = None) -> Findings:
    """Work out what the report says of a book.

    Parameters
    ----------
    book : ClientBook
    since : date, optional
        The day to compare with; a month before if not given.
    """
    since = since or book.as_of - timedelta(days=DAYS)
    tiering = tier_book(book)
    tiers = tiering.tiers.set_index("client_id")["tier"]
    return Findings(
        book, since, measures(book), tiering, signals(rewind(book, since), book, tiers),
        study_book(book, tiers, MONTHS),
    )  # fmt: skip


def report_html(found: Findings) -> str:
    """Return the report as one page of HTML that needs no other file.

    Parameters
    ----------
    found : Findings
    """
    from jinja2 import Environment, StrictUndefined

    from crmkit import __version__

    room = files("crmkit").joinpath("data/report")
    page, style = (
        room.joinpath(name).read_text(encoding="utf-8") for name in ("branch.html", "branch.css")
    )
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(page)
    return template.render(
        t=t, language=language(), version=__version__, style=style,
        as_of=found.book.as_of, since=found.since,
        synthetic=bool(found.book.origin.get("synthetic")),
        cards=_cards(found),
        sections=[
            {"title": t(f"report.section.{name}"), "parts": make(found)}
            for name, make in SECTIONS.items()
        ],
        notes=[*found.tiering.notes, *dict.fromkeys(found.study.notes)],
    )  # fmt: skip


# The figures on top


def _cards(found: Findings) -> list[dict[str, str]]:
    client, known, study = found.book.client, found.measures, found.study
    stage = client["stage"].value_counts()
    gone = int(stage.get("prospect", 0)), int(stage.get("lost", 0))
    tiers = found.tiering.tiers.set_index("client_id")
    urgent = found.alerts[found.alerts["severity"] == "urgent"]
    fresh = found.alerts[found.alerts["fresh"]]
    top = top_share(tiers["contribution_12m"])
    key = tiers.index[tiers["tier"].isin(["A", "B"])]
    return [
        _card("clients", f"{len(client) - sum(gone):,}", prospects=gone[0], lost=gone[1]),
        _card("assets", _wan(known["assets"]), flow=known["net_flow_12m"].sum() / 1e6),
        _card("contribution", "—", name="unknown") if isnan(top) else _card(
            "contribution", _wan(tiers["contribution_12m"]), share=top),
        _card("key", f"{len(key):,}", reached=_reached(found, key)),
        _card("urgent", f"{len(urgent):,}", tone="alarm"),
        _card("new", f"{len(fresh):,}", clients=fresh["client_id"].nunique()),
        _card("left", "—" if study.disagreement is None else f"{study.left:,}", tone="alarm",
              months=MONTHS),
        _card("keep", "—", name="unknown") if study.targets is None else _card(
            "keep", f"{int(study.targets.clients['chosen'].sum()):,}",
            profit=study.targets.profit / 100),
    ]  # fmt: skip


def _card(label: str, value: str, tone: str = "", name: str = "", **slots: Any) -> dict[str, str]:
    hint = t(f"report.card.{name}" if name else f"report.card.{label}_hint", **slots)
    return {"value": value, "label": t(f"report.card.{label}", **slots), "hint": hint, "tone": tone}


def _wan(fen: pd.Series) -> str:
    return f"{fen.sum() / 1e6:,.0f}"


def _reached(found: Findings, clients: Any) -> float:
    days = found.measures.set_index("client_id")["days_since_contact"].reindex(clients)
    return float((days <= 90).fillna(False).mean()) if len(days) else 0.0


# The sections


def _tiers(found: Findings) -> list[Part]:
    tiers = found.tiering.tiers
    income = tiers["contribution_12m"].astype("float64")
    key = tiers["tier"].isin(["A", "B"])
    share = income[key].sum() / (income.sum() or 1)
    lead = t("report.tiers.lead", key=int(key.sum()), share=share)
    parts = [_text(lead, "lead"), _table(groups(tiers))]
    if len(tiers.dropna(subset=["contribution_12m", "turnover_ratio"])) > 1:
        cuts = found.tiering.cuts
        parts.insert(1, _figures(
            (plots.quadrant(tiers, cuts.contribution / 100, cuts.turnover), "tiers.quadrant"),
            (plots.pareto(tiers["contribution_12m"]), "tiers.pareto"),
        ))  # fmt: skip
    return parts


def _signals(found: Findings) -> list[Part]:
    alerts = found.alerts
    urgent = alerts[alerts["severity"] == "urgent"]
    key = urgent["tier"].isin(["A", "B"]).sum()
    parts = [_text(t("report.signals.lead", urgent=len(urgent), key=int(key)), "lead")]
    if len(alerts):
        parts += [_figures((signal_plots.alert_bars(alerts), "signals.figure")),
                  _heading("report.signals.counts"), _table(alert_counts(alerts))]  # fmt: skip
    new = alerts[alerts["fresh"] & alerts["severity"].isin(["urgent", "soon"])]
    if len(new):
        columns = ["tier", "client_id", "name", "signal", "severity", "due", "channel", "reason"]
        rows = shown(named(new, found.client)[columns], with_name(ALERTS.columns))
        parts += [_heading("report.signals.urgent_list"), _table(rows)]
        if len(rows) > ROWS:
            parts.append(_text(t("report.signals.whole"), "more"))
    else:
        parts.append(_text(t("report.signals.none")))
    return [*parts, _text(t("report.signals.caution"), "caution")]


def _managers(found: Findings) -> list[Part]:
    """Return one row per account manager; a book of one manager has one row."""
    client = found.book.client
    here = clients_only(client, client).collect().to_native().set_index("client_id")
    rows = here.join(found.measures.set_index("client_id"), how="left").assign(
        tier=found.tiers, manager=here["manager_id"].fillna("—")
    )
    rows["key"] = rows["tier"].isin(["A", "B"])
    rows["reached"] = (rows["days_since_contact"] <= 90).fillna(False) & rows["key"]
    urgent = found.alerts.loc[found.alerts["severity"] == "urgent", "client_id"].value_counts()
    rows["warned"] = False
    rows["urgent"] = urgent.reindex(rows.index).fillna(0).astype("int64")
    scores = found.study.scores
    if scores is not None:
        warned = scores.loc[scores["band"] != "green", "client_id"]
        rows["warned"] = rows.index.isin(warned)
    sums = rows.groupby("manager")[
        ["key", "reached", "urgent", "warned", "assets", "contribution_12m"]
    ].sum()
    return [_table(pd.DataFrame({
        t("report.manager.id"): sums.index,
        t("report.manager.clients"): rows.groupby("manager").size().to_numpy(),
        t("report.manager.key"): sums["key"].astype("int64").to_numpy(),
        t("report.manager.assets"): [f"{fen / 1e6:,.0f}" for fen in sums["assets"]],
        t("report.manager.contribution"): [f"{f / 1e6:,.1f}" for f in sums["contribution_12m"]],
        t("report.manager.reached"): [
            f"{reached / key:.0%}" if key else "—"
            for reached, key in zip(sums["reached"], sums["key"], strict=True)],
        t("report.manager.urgent"): sums["urgent"].to_numpy(),
        t("report.manager.red"): sums["warned"].astype("int64").to_numpy(),
    }))]  # fmt: skip


def _leaving(found: Findings) -> list[Part]:
    study = found.study
    parts: list[Part] = []
    if study.curves is not None:
        parts.append(_figures((churn_plots.survival(study.curves), "leaving.curve")))
    if study.test is not None:
        parts.append(_text(churn_pages.log_rank_sentence(study)))
    if study.disagreement is not None:
        parts += [_figures((churn_plots.definitions(study.disagreement), "leaving.definitions")),
                  _table(churn_pages.label_table(study.disagreement))]  # fmt: skip
    if study.scores is not None:
        bands = study.scores["band"].value_counts()
        counts = {band: int(bands.get(band, 0)) for band in ("red", "amber", "green")}
        warned = study.scores[study.scores["band"] != "green"]
        parts += [_heading("report.leaving.scores"),
                  _text(t("report.leaving.scores_lead", **counts)),
                  _table(churn_pages.score_table(warned, found.client), most=SCORES)]  # fmt: skip
    return parts


def _keep(found: Findings) -> list[Part]:
    targets = found.study.targets
    if targets is None:
        return [_text(t("report.prediction.none"))]
    parts = [_text(churn_pages.profit_sentence(found.study), "lead")]
    if not targets.clients["chosen"].any():
        return [*parts, _text(t("report.keep.none"))]
    free = targets.clients.dropna(subset=["gain"])
    curves = profit_curve(free), profit_curve(free, "risk")
    return [*parts, _figures((churn_plots.profit(*curves), "keep.curve")),
            _table(churn_pages.keep_table(found.study, found.client)),
            _text(t("report.keep.caution"), "caution")]  # fmt: skip


def _prediction(found: Findings) -> list[Part]:
    lesson = found.study.lesson
    if lesson is None:
        return [_text(t("report.prediction.none"))]
    tenths = lesson.judged.tenths
    return [
        _table(churn_pages.judged_table(lesson.judged)),
        _figures(
            (churn_plots.calibration(tenths), "prediction.calibration"),
            (churn_plots.lift(tenths), "prediction.lift"),
        ),
        _figures((churn_plots.tree(lesson.leaves), "prediction.tree")),
    ]


SECTIONS: Mapping[str, Callable[[Findings], list[Part]]] = {
    "tiers": _tiers, "signals": _signals, "managers": _managers, "leaving": _leaving,
    "keep": _keep, "prediction": _prediction,
}  # fmt: skip


# Parts


def _text(text: str, tone: str = "") -> Part:
    return {"kind": "text", "text": text, "tone": tone}


def _heading(key: str) -> Part:
    return {"kind": "heading", "text": t(key)}


def _figures(*drawn: tuple["Axes", str]) -> Part:
    pictures = [
        {"png": b64encode(plots.png(axes, DOTS)).decode(), "caption": t(f"report.{caption}")}
        for axes, caption in drawn
    ]
    return {"kind": "figures", "pictures": pictures}


def _table(rows: pd.DataFrame, most: int = ROWS) -> Part:
    """Return a table of cells as people read them, numbers to the right."""
    kinds = [_kind(rows[name]) for name in rows.columns]
    cells = [[_cell(value) for value in row] for row in rows.head(most).itertuples(index=False)]
    table = {"headings": list(map(str, rows.columns)), "cells": cells, "kinds": kinds,
             "more": max(len(rows) - most, 0)}  # fmt: skip
    return {"kind": "table", "rows": table}


def _kind(values: pd.Series) -> str:
    """Return how a column is set: ``number``, to the right; ``whole``, short and never broken."""
    if pd.api.types.is_numeric_dtype(values):
        return "number"
    said = values.dropna().astype("str")
    written = said.str.fullmatch(r"[+-]?[\d,]+(\.\d+)?%?( / [\d.]+)?|—")
    if len(said) and written.all() and said.str.contains("[%,.]").any():
        return "number"
    return "whole" if (said.str.len() <= 10).all() else ""


def _cell(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
