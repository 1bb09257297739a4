"""The calibration card: published facts, their bands, and what a simulated branch shows."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from crmkit.branch import observe
from crmkit.branch.holdings import holdings
from crmkit.branch.identity import mobiles
from crmkit.branch.plan import make_plan, presets
from crmkit.branch.records import clients
from crmkit.branch.sample import Sample, take_sample
from crmkit.branch.vocabulary import places
from crmkit.words import language

#: People in a card's branch; the profit facts take more, and more still of the largest.
PEOPLE, MANY, MANY_LARGE = 20_000, 100_000, 250_000


@dataclass(frozen=True)
class Fact:
    """A published fact as it applies to one preset."""

    name: str
    text: str
    target: float
    low: float
    high: float
    status: str
    source: str
    why: str


def facts(preset: str) -> list[Fact]:
    """Return the facts that apply to a preset, in the language in use."""
    return [_fact(name, row, preset) for name, row in _rows().items() if _applies(row, preset)]


def _applies(row: Mapping[str, Any], preset: str) -> bool:
    return not isinstance(row["target"], dict) or preset in row["target"]


def _fact(name: str, row: Mapping[str, Any], preset: str) -> Fact:
    def own(key: str) -> Any:
        return row[key].get(preset) if isinstance(row[key], dict) else row[key]

    target = float(own("target"))
    margin = row.get("within", 0.0)
    low, high = own("band") if "band" in row else (target - margin, target + margin)
    spoken = language()
    why = row.get(f"why_{spoken}", "")
    return Fact(
        name, row[spoken], target, float(low), float(high), own("status"), row["source"], why
    )


@cache
def _rows() -> dict[str, dict[str, Any]]:
    text = files("crmkit").joinpath("data/branch/facts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def make_card(preset: str = "sse2023", seed: int = 1, n: int = PEOPLE) -> pd.DataFrame:
    """Return the calibration card of a preset.

    Parameters
    ----------
    preset : str
    seed : int
    n : int
        People in the branch that is measured; the bands are those of a book of 10,000.

    Returns
    -------
    DataFrame
        One row per fact: ``fact``, ``text``, ``target``, ``low``, ``high``, ``observed``,
        ``passes``, ``status`` (S read, D derived, M unverified, C assumed, R rule),
        ``source`` and ``why`` (why it cannot pass, where that is known).
    """
    found = observed(preset, seed, n)
    rows = [
        {
            "fact": fact.name.split("_")[0].lstrip("f").lstrip("0"),
            "text": fact.text,
            "target": fact.target,
            "low": fact.low,
            "high": fact.high,
            "observed": found[fact.name],
            "passes": fact.low - 1e-9 <= found[fact.name] <= fact.high + 1e-9,
            "status": fact.status,
            "source": fact.source,
            "why": fact.why,
        }
        for fact in facts(preset)
    ]
    return pd.DataFrame(rows)


@cache
def observed(preset: str, seed: int = 1, n: int = PEOPLE) -> dict[str, float]:
    """Return what a simulated branch shows of every fact, by the fact's name."""
    people = presets()[preset]
    sample = take_sample(make_plan(n, seed, people.as_of, 48, preset, "flat"))
    found: dict[str, float] = {}
    for look in (observe.sizes, observe.trading, observe.habits, observe.people,
                 observe.leaving, observe.recommending, _rules):  # fmt: skip
        found |= look(sample)
    return found | _on_frozen_paths(preset, seed, n)


def _on_frozen_paths(preset: str, seed: int, n: int) -> dict[str, float]:
    """Return the facts that need the market of their years."""

    def branch(market: str, as_of: str, months: int, size: int = n) -> Sample:
        return take_sample(make_plan(size, seed, as_of, months, preset, market))

    bear, bull = branch("bear2018", "2018-12-31", 36), branch("bull2019", "2019-12-31", 36)
    (traded_low, held_low), (traded_high, held_high) = (
        observe.presence(branch(market, "2018-12-31", 24)) for market in ("bear", "bull")
    )
    return {
        "f08a_traded_bear": traded_low, "f08b_traded_bull": traded_high,
        "f08c_holding_bear": held_low, "f08d_holding_bull": held_high,
        "f09a_profit_2018": observe.in_profit(bear), "f09b_profit_2019": observe.in_profit(bull),
        **(_profits(preset, seed, n) if preset == "sse2023" else {}),
    }  # fmt: skip


def _profits(preset: str, seed: int, n: int) -> dict[str, float]:
    """Return the profit facts; the largest accounts are looked at in a branch of their own.

    A hundred thousand people hold some five hundred accounts above ten million, and the market
    alone moves the mean of so few by more than the published figure.
    """
    needed = ("client", "month", "trades", "pnl")
    large = replace(presets()[preset], least=float(observe.GROUPS[-1]))
    everybody, rich = (
        observe.profit_by_size(
            take_sample(make_plan(size, seed, "2019-06-30", 42, people, "range2019"), needed)
        )
        for people, size in ((presets()[preset], max(n, MANY)), (large, max(n, MANY_LARGE)))
    )
    profits, skill = (np.append(a[:4], b[4]) for a, b in zip(everybody, rich, strict=True))
    signs = bool((profits < 0).all() and (skill[:4] < 0).all() and skill[4] > 0)
    names = [f"f10{letter}_pnl_{number + 1}" for number, letter in enumerate("abcde")]
    return dict(zip(names, profits.tolist(), strict=True)) | {"f10f_pnl_signs": float(signs)}


def _rules(sample: Sample) -> dict[str, float]:
    """Return the rules every book keeps: suitability, true places, dead telephone numbers."""
    held = holdings(sample.plan, sample.histories[0])
    table = clients(sample.plan, sample.histories[0])
    sold = held[held["kind"] != "stock"].merge(table[["client_id", "risk_level"]])
    fits = sold["product_risk"].astype(str).str[1] <= sold["risk_level"].astype(str).str[1]
    known = set(zip(places().province, places().city, places().district, strict=True))
    lived = zip(table["province"], table["city"], table["district"], strict=True)
    numbers = mobiles(sample.plan.seed, np.arange(sample.plan.n))
    return {
        "f15c_suitable": float(fits.mean()),
        "f22a_places": float(np.mean([triple in known for triple in lived])),
        "f22b_phones": float(np.mean([not number.startswith("154") for number in numbers])),
    }
