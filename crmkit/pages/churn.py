"""What ``crmkit churn`` has to say."""

from typing import Any

import numpy as np
import pandas as pd

from crmkit.analysis.churn.evaluation import Evaluation
from crmkit.analysis.churn.study import Study
from crmkit.analysis.churn.survival import half_life, numbers_at_risk
from crmkit.book.book import ClientBook
from crmkit.book.codes import word_for
from crmkit.book.privacy import mask
from crmkit.book.results import CHURN_LABEL, CHURN_SCORE, CHURN_TREE, SAVE_LIST, SAVE_PLAN
from crmkit.book.views import shown
from crmkit.book.workbook import Sheet
from crmkit.pages.common import named, print_notes, with_name
from crmkit.screen import print_table, records, say
from crmkit.words import t


def churn_document(book: ClientBook | None, study: Study) -> dict[str, Any]:
    """Return what ``crmkit churn --json`` prints; parts the data cannot carry are null."""
    client = None if book is None else mask(book.client)
    lesson, judged = study.lesson, None if study.lesson is None else study.lesson.judged
    return {
        "as_of": None if book is None else book.as_of.isoformat(),
        "clients": study.clients,
        "left": study.left if _known(book, study) else None,
        "labels": None if study.disagreement is None else _rows(study.disagreement.reset_index()),
        "judged": None if judged is None else _judged(judged),
        "tree": None if lesson is None else _rows(lesson.leaves),
        "survival": None if study.curves is None else _rows(study.curves),
        "log_rank": None if study.test is None else {
            "chi2": study.test.chi2, "freedom": study.test.freedom, "p": study.test.p,
        },
        "scores": None if study.scores is None else records(_named(study.scores, client)),
        "keep": None if study.targets is None else records(_named(study.targets.clients, client)),
        "plans": None if study.plans is None else records(_named(study.plans, client)),
        "notes": list(study.notes),
    }  # fmt: skip


def _known(book: ClientBook | None, study: Study) -> bool:
    """Say whether it is known who left: always in a table, in a book with a whole window."""
    return book is None or study.disagreement is not None


def _judged(judged: Evaluation) -> dict[str, Any]:
    names = ("clients", "base_rate", "pr_auc", "auc", "brier", "brier_base")
    return {
        **{name: getattr(judged, name) for name in names},
        "tenths": _rows(judged.tenths.reset_index()),
    }


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return records(table.replace([np.inf, -np.inf], np.nan))


def _named(rows: pd.DataFrame, client: pd.DataFrame | None) -> pd.DataFrame:
    return rows if client is None else named(rows, client)


def print_churn(book: ClientBook | None, study: Study) -> None:
    """Print the study part by part; what is missing is told in the notes."""
    print_notes(study.notes)
    say(_counted(book, study))
    if study.disagreement is not None:
        print_table(label_table(study.disagreement), t("churn.title.labels"))
    if study.lesson is not None:
        title = "churn.title.judged_table" if book is None else "churn.title.judged"
        print_table(judged_table(study.lesson.judged), t(title))
        print_table(tenth_table(study.lesson.judged), t("churn.title.tenths"))
        print_table(leaf_table(study.lesson.leaves), t("churn.title.tree"))
    if study.curves is not None:
        print_table(survival_table(study), t("churn.title.survival"))
    if study.test is not None:
        say(log_rank_sentence(study))
    if book is not None and study.scores is not None:
        if (study.scores["score"] > 0).any():
            print_table(score_table(study.scores, mask(book.client)), t("churn.title.scores"))
        else:
            say(t("churn.no_scores", clients=len(study.scores)))
    if book is not None and study.targets is not None:
        say(profit_sentence(study))
        print_table(keep_table(study, mask(book.client)), t("churn.title.keep"))


def _counted(book: ClientBook | None, study: Study) -> str:
    if not _known(book, study):
        return t("churn.counted_only", clients=study.clients)
    key = "churn.counted_table" if book is None else "churn.counted"
    return t(key, clients=study.clients, left=study.left)


def label_table(disagreement: pd.DataFrame) -> pd.DataFrame:
    """Return the four definitions under headings: counts, overlaps, what each is good for."""
    kinds = list(disagreement.index)
    return pd.DataFrame({
        CHURN_LABEL.columns["kind"].heading(): [word_for(kind) for kind in kinds],
        t("churn.heading.left"): disagreement["churned"].to_numpy(),
        t("churn.heading.rate"): [f"{rate:.1%}" for rate in disagreement["rate"]],
        t("churn.heading.alone"): disagreement["alone"].to_numpy(),
        t("churn.heading.use"): [t(f"churn.use.{kind}") for kind in kinds],
    })  # fmt: skip


def judged_table(judged: Evaluation) -> pd.DataFrame:
    """Return how the prediction fared on the later window, each number with its meaning."""
    values = {
        "base_rate": f"{judged.base_rate:.1%}",
        "pr_auc": f"{judged.pr_auc:.3f}",
        "auc": f"{judged.auc:.3f}",
        "lift": f"{judged.tenths['lift'].iloc[0]:.2f}",
        "brier": f"{judged.brier:.4f} / {judged.brier_base:.4f}",
    }
    return pd.DataFrame({
        t("churn.heading.measure"): [t(f"churn.measure.{name}") for name in values],
        t("churn.heading.value"): list(values.values()),
        t("churn.heading.reading"): [t(f"churn.reading.{name}") for name in values],
    })  # fmt: skip


def tenth_table(judged: Evaluation) -> pd.DataFrame:
    """Return the clients by tenths of predicted risk, highest first."""
    tenths = judged.tenths
    return pd.DataFrame({
        t("churn.heading.tenth"): tenths.index,
        t("churn.heading.clients"): tenths["clients"].to_numpy(),
        t("churn.heading.predicted"): [f"{share:.1%}" for share in tenths["predicted"]],
        t("churn.heading.observed"): [f"{share:.1%}" for share in tenths["observed"]],
        t("churn.heading.lift"): [f"{lift:.2f}" for lift in tenths["lift"]],
        t("churn.heading.captured"): [f"{share:.0%}" for share in tenths["captured"]],
    })  # fmt: skip


def leaf_table(leaves: pd.DataFrame) -> pd.DataFrame:
    """Return the leaves of the tree under headings."""
    rates = leaves.assign(rate=[f"{rate:.1%}" for rate in leaves["rate"]])
    return shown(rates.drop(columns="leaf"), CHURN_TREE.columns)


def survival_table(study: Study) -> pd.DataFrame:
    """Return by group how many are left after some months, of how many at risk."""
    assert study.curves is not None
    curves, last = study.curves, float(study.curves["time"].max())
    times = [time for time in (0, 6, 12, 18, 24) if time <= last] if last <= 36 else (
        np.round(np.linspace(0, last, 5)).tolist())  # fmt: skip
    risk = numbers_at_risk(curves, times)
    median = half_life(curves)
    rows = []
    for group, curve in curves.groupby("group", observed=True):
        place = np.searchsorted(curve["time"].to_numpy(dtype=float), times, side="right") - 1
        stays = curve["survival"].to_numpy(dtype=float)[place]
        cells = {
            t("churn.heading.after", time=f"{time:g}"): f"{stay:.0%} ({n})"
            for time, stay, n in zip(times, stays, risk.loc[group], strict=True)
        }
        half = median[group]
        rows.append({t("churn.heading.group"): group or t("churn.everybody"), **cells,
                     t("churn.heading.half"): "" if pd.isna(half) else f"{half:g}"})  # fmt: skip
    return pd.DataFrame(rows)


def log_rank_sentence(study: Study) -> str:
    """Return what the log-rank test says of the groups."""
    assert study.test is not None
    differ = "churn.differ" if study.test.p < 0.05 else "churn.alike"
    return t(differ, chi2=study.test.chi2, freedom=study.test.freedom, p=study.test.p)


def score_table(scores: pd.DataFrame, client: pd.DataFrame) -> pd.DataFrame:
    """Return the clients who score highest, with their reasons."""
    rows = scores.sort_values(["score", "client_id"], ascending=[False, True])
    columns = ["client_id", "name", "score", "band", "cause", "reason"]
    return shown(named(rows, client)[columns], with_name(CHURN_SCORE.columns))


def profit_sentence(study: Study) -> str:
    """Return what the list is expected to bring, against as many of the highest risks."""
    assert study.targets is not None
    count = int(study.targets.clients["chosen"].sum())
    return t("churn.profit", count=count, profit=study.targets.profit / 100,
             by_risk=study.targets.profit_by_risk / 100)  # fmt: skip


def keep_table(study: Study, client: pd.DataFrame) -> pd.DataFrame:
    """Return whom to keep with what to do, best first."""
    assert study.targets is not None and study.plans is not None
    chosen = study.targets.clients[study.targets.clients["chosen"]]
    plans = study.plans.set_index("client_id")
    rows = named(chosen, client).assign(
        risk=[f"{risk:.1%}" for risk in chosen["risk"]],
        **{name: chosen["client_id"].map(plans[name]) for name in ("tier", "cause", "plan")},
    )
    columns = ["tier", "client_id", "name", "risk", "rank_risk", "gain", "cause", "plan"]
    return shown(rows[columns], with_name({**SAVE_PLAN.columns, **SAVE_LIST.columns}))


def churn_sheets(book: ClientBook | None, study: Study) -> list[Sheet]:
    """Return the study as sheets of a workbook, names in full."""
    note = " ".join(study.notes)
    sheets = []
    if book is not None and study.targets is not None:
        sheets.append(Sheet(t("churn.title.keep"), keep_table(study, book.client),
                            f"{t('cli.unmasked')} {note}"))  # fmt: skip
    if book is not None and study.scores is not None:
        sheets.append(Sheet(t("churn.title.scores"), score_table(study.scores, book.client),
                            t("cli.unmasked")))  # fmt: skip
    if study.lesson is not None:
        sheets.append(Sheet(t("churn.title.tree"), leaf_table(study.lesson.leaves), note))
        sheets.append(Sheet(t("churn.title.tenths"), tenth_table(study.lesson.judged)))
    if study.curves is not None:
        sheets.append(Sheet(t("churn.title.survival"), survival_table(study)))
    if study.disagreement is not None:
        sheets.append(Sheet(t("churn.title.labels"), label_table(study.disagreement)))
    return sheets
