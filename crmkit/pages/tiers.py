"""What ``crmkit tier`` has to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from crmkit.analysis.activity import measures
from crmkit.analysis.concentration import Concentration, concentration
from crmkit.analysis.moves import Moves, what_moved
from crmkit.analysis.stars import COUNTED, SignUp, Stars, sign_up_rate, signed_clients, stars
from crmkit.analysis.tier_rules import TierRules
from crmkit.analysis.tiering import OUTSIDE, Cuts, Tiering, clients_only, tier_book
from crmkit.book.book import ClientBook
from crmkit.book.ledger import Reading
from crmkit.book.privacy import mask
from crmkit.book.results import MOVES, STARS, TIERING
from crmkit.book.schema import CLIENT, TIERS
from crmkit.book.views import shown
from crmkit.book.workbook import Sheet
from crmkit.pages.common import named, print_kept, print_notes, with_name
from crmkit.screen import print_table, records, say
from crmkit.words import t


@dataclass(frozen=True)
class Look:
    """Everything ``crmkit tier`` finds in a book."""

    tiering: Tiering
    stars: Stars
    sign_up: SignUp
    spread: Concentration
    moves: Moves | None

    def notes(self) -> list[str]:
        """Return what a reader must be told, each thing once."""
        told = [*self.tiering.notes, *self.stars.notes, *self.spread.notes]
        signs = self.sign_up.notes if self.sign_up.signed else ()
        return list(dict.fromkeys([*told, *signs, *(self.moves.notes if self.moves else ())]))


def look_into(book: ClientBook, rules: TierRules, before: ClientBook | None = None) -> Look:
    """Return the tiers and stars of a book's clients, how few bring how much, and what moved."""
    found = clients_only(measures(book), book.client).collect().to_native()
    graded = stars(found, rules)
    return Look(
        tier_book(book, **rules.lines()),
        graded,
        sign_up_rate(graded.stars, signed_clients(book)),
        concentration(found),
        what_moved(before, book, **rules.lines()) if before else None,
    )


def tiers_document(book: ClientBook, look: Look) -> dict[str, Any]:
    """Return what ``crmkit tier --json`` prints."""
    client = mask(book.client)
    tiers = look.tiering.tiers.merge(look.stars.stars[["client_id", "stars"]], on="client_id")
    counts = look.tiering.tiers["tier"].value_counts()
    document = {
        "as_of": book.as_of.isoformat(),
        "cuts": cuts_document(look.tiering.cuts),
        "counts": {tier: int(counts[tier]) for tier in TIERS},
        "outside": {stage: int((book.client["stage"] == stage).sum()) for stage in OUTSIDE},
        "stars": _stars_document(look),
        "concentration": {
            "share": look.spread.share,
            "brought": _number(look.spread.brought),
            "gini": _number(look.spread.gini),
        },
        "clients": records(named(tiers, client)),
        "notes": look.notes(),
    }
    if look.moves:
        document["moves"] = records(named(changed(look.moves.moves), client))
    return document


def cuts_document(cuts: Cuts) -> dict[str, Any]:
    """Return the lines for JSON: CNY and turns a year, null where there is none."""
    line = {"contribution_12m": [cuts.contribution], "turnover_ratio": [cuts.turnover]}
    return records(pd.DataFrame(line))[0]


def _stars_document(look: Look) -> dict[str, Any]:
    counts = look.stars.stars["stars"].value_counts()
    return {
        "lines": [_number(line / 100) for line in look.stars.lines],
        "counts": {str(n): int(counts.get(n, 0)) for n in range(1, 6)},
        "sign_up": {
            "clients": look.sign_up.clients,
            "signed": look.sign_up.signed,
            "unknown": look.sign_up.unknown,
            "rate": _number(look.sign_up.rate),
        },
    }


def _number(value: float) -> float | None:
    return None if isnan(value) else value


def print_tiers(reading: Reading, look: Look) -> None:
    """Print the lines, the groups with their strategies, and the clients."""
    client = mask(reading.book.client)
    print_kept(reading)
    print_notes(look.notes())
    print_table(groups(look.tiering.tiers))
    for sentence in _figures(look):
        say(sentence)
    if look.moves:
        title = t("move.title", before=look.moves.before_as_of)
        moved = _moved(look.moves.moves, client)
        say(title + t("words.comma") + t("move.none")) if moved.empty else print_table(moved, title)
    print_table(_by_tier(look.tiering.tiers, client), CLIENT.title())


def _figures(look: Look) -> Iterator[str]:
    """Say how few bring how much, how many have which stars, and how many of them signed."""
    spread, sign_up = look.spread, look.sign_up
    if isnan(spread.gini):
        yield t("pareto.none")
    else:
        yield t("pareto.found", share=spread.share, brought=spread.brought, gini=spread.gini)
    counts = look.stars.stars["stars"].value_counts()
    yield t("star.counts", counts=t("words.comma").join(
        t("star.count", stars=n, count=int(counts.get(n, 0))) for n in range(5, 0, -1)
    ))  # fmt: skip
    if not isnan(sign_up.rate):
        yield t("star.rate", least=COUNTED, clients=sign_up.clients, signed=sign_up.signed,
                rate=sign_up.rate)  # fmt: skip


def tier_sheets(book: ClientBook, look: Look) -> list[Sheet]:
    """Return clients by tier, strategies, stars and moves as sheets, names in full."""
    note = " ".join([t("cli.unmasked"), *look.notes()])
    starred = named(look.stars.stars, book.client).sort_values(
        ["contribution_12m", "client_id"], ascending=[False, True]
    )
    sheets = [
        Sheet(CLIENT.title(), _by_tier(look.tiering.tiers, book.client), note),
        Sheet(t("cli.strategies"), groups(look.tiering.tiers), " ".join(_figures(look))),
        Sheet(t("star.title"), shown(starred, with_name(STARS.columns)), t("cli.unmasked")),
    ]
    if look.moves:
        title = t("move.title", before=look.moves.before_as_of)
        sheets.append(Sheet(title, _moved(look.moves.moves, book.client), t("cli.unmasked")))
    return sheets


def changed(moves: pd.DataFrame) -> pd.DataFrame:
    """Return the clients who changed tier, came or went, the most telling moves first."""
    rows = moves[moves["move"] != "same"]
    order = ["move", "contribution_12m", "client_id"]
    return rows.sort_values(order, ascending=[True, False, True]).reset_index(drop=True)


def _moved(moves: pd.DataFrame, client: pd.DataFrame) -> pd.DataFrame:
    columns = ["move", "client_id", "name", "tier_before", "tier", "line_moved", "reason"]
    return shown(named(changed(moves), client)[columns], with_name(MOVES.columns))


def _by_tier(tiers: pd.DataFrame, client: pd.DataFrame) -> pd.DataFrame:
    """Return the clients under headings, best tier and highest contribution first."""
    order = ["tier", "contribution_12m", "client_id"]
    rows = named(tiers, client).sort_values(order, ascending=[True, False, True])
    columns = ["tier", "client_id", "name", "contribution_12m", "turnover_ratio", "basis", "reason"]
    return shown(rows[columns], with_name(TIERING.columns))


def groups(tiers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per tier: how many clients, what they bring, what they are owed."""
    sums = tiers.groupby("tier", observed=False)["contribution_12m"].agg(["size", "sum"])
    return groups_of(sums["size"], sums["sum"])


def groups_of(clients: pd.Series, contribution: pd.Series) -> pd.DataFrame:
    """Return one row per tier that has clients, from their number and contribution by tier."""
    there = clients.index[clients > 0]
    total = contribution.sum()
    return pd.DataFrame(
        {
            t("cli.tier_heading"): [t(f"tier.{tier}.name") for tier in there],
            t("cli.count_heading"): clients[there].to_numpy(),
            t("cli.share_heading"): [
                f"{part / total:.0%}" if total else "" for part in contribution[there]
            ],
            t("cli.strategy_heading"): [t(f"tier.{tier}.strategy") for tier in there],
        }
    )
