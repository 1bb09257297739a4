"""What a trade costs, to the fen, on any day.

Amounts are whole fen and rates are whole hundred-thousandths of a per mille, so nothing is
ever off by a rounding of floats. Each component is rounded to the fen by itself, half a fen
up. That is an assumption: clearing rules were not looked up component by component.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crmkit.errors import CrmkitError
from crmkit.rules import Rule, Rulebook, read_rules
from crmkit.words import t

Whole: TypeAlias = NDArray[np.int64]

SIDES = ("buy", "sell")
MARKETS = ("SH", "SZ", "BJ")
QUOTES = ("all-in", "net")
COMPONENTS = ("commission", "stamp_duty", "transfer", "handling", "regulatory", "total")
#: CNY 10 billion in fen and 20 per mille: their product stays well within 64 bits.
MOST_FEN, MOST_RATE = 1_000_000_000_000, 20
#: One per mille in the whole numbers that rates are turned into.
PER_MILLE = 100_000
_CHOICES = {"side": SIDES, "market": MARKETS, "quote": QUOTES}


def trade_fees(trades: pd.DataFrame, rules: Rulebook | None = None) -> pd.DataFrame:
    """Return what each trade costs.

    Parameters
    ----------
    trades : DataFrame
        ``amount`` (fen), ``commission_rate`` (per mille, at most five decimals), ``side``
        (buy, sell), ``market`` (SH, SZ, BJ), ``quote`` (all-in, net) and ``date``. Where
        there, ``minimum_fee`` (fen) stands in place of the rules' least commission, and
        ``shares`` is what Shanghai's transfer fee went by until July 2015.
    rules : Rulebook, optional

    Returns
    -------
    DataFrame
        ``commission``, ``stamp_duty``, ``transfer``, ``handling``, ``regulatory`` and
        ``total``, int64 fen, indexed as the trades.

        An all-in commission contains handling and regulatory fee: the two columns say how
        much of it they are, and ``total`` is commission, stamp duty and transfer fee. With a
        net commission they come on top, and ``total`` is the sum of all five.

    Raises
    ------
    CrmkitError
        For a column that is missing, a value that cannot be, or a day without rules.

    Notes
    -----
    The commission is amount times rate, at least what it collects for others, at most the
    cap (which counts handling and regulatory fee in), and not less than the least commission
    per trade, which goes before the cap. The least commission is held against the commission
    as quoted, all-in or net: an assumption, since contracts differ.

    Examples
    --------
    >>> trade = {"amount": 100_000_00, "commission_rate": 0.25, "side": "sell",
    ...          "market": "SH", "quote": "all-in", "date": "2026-06-30"}
    >>> trade_fees(pd.DataFrame([trade])).iloc[0].to_dict()
    {'commission': 2500, 'stamp_duty': 5000, 'transfer': 100,
     'handling': 341, 'regulatory': 200, 'total': 7600}
    """
    rules = rules or read_rules()
    trades = _checked(trades)
    stamp_duty = _by("side", trades, lambda rows, side: _share(
        rows, rules, f"fee.stamp_duty.{side}"))  # fmt: skip
    handling = _by("market", trades, lambda rows, market: _share(
        rows, rules, f"fee.handling.{market}"))  # fmt: skip
    transfer = _by("market", trades, lambda rows, market: _transfer(rows, rules, market))
    regulatory = _share(trades, rules, "fee.regulatory")
    on_top = np.where(trades["quote"] == "net", handling + regulatory, 0)
    commission = _commission(trades, rules, handling + regulatory, on_top)
    total = commission + stamp_duty + transfer + on_top
    parts = (commission, stamp_duty, transfer, handling, regulatory, total)
    return pd.DataFrame(dict(zip(COMPONENTS, parts, strict=True)), index=trades.index)


def one_trade(
    cny: float,
    rate: float,
    side: str,
    market: str,
    quote: str,
    on: date,
    shares: int | None = None,
) -> pd.DataFrame:
    """Return a table of one trade, checked, from what a person types.

    Parameters
    ----------
    cny : float
        Amount in CNY, at most two decimals.
    rate : float
        Per mille.
    side, market, quote : str
    on : date
    shares : int, optional

    Examples
    --------
    >>> one_trade(100_000, 0.25, "buy", "SH", "all-in", date(2026, 6, 30))["amount"].tolist()
    [10000000]
    """
    fen = Decimal(str(cny)) * 100
    if not fen.is_finite() or fen != fen.to_integral_value() or not 0 < fen <= MOST_FEN:
        raise _cannot_be("amount", cny, t("pricing.allowed.amount"))
    row = {"amount": int(fen), "commission_rate": rate, "side": side, "market": market,
           "quote": quote, "date": pd.Timestamp(on), "shares": shares}  # fmt: skip
    return _checked(pd.DataFrame([row]).astype({"shares": "Int64"}), alone=True)


def fee_caveats(trades: pd.DataFrame, as_of: date, rules: Rulebook | None = None) -> list[str]:
    """Return what to know about the rules behind the fees of some trades; often nothing.

    Parameters
    ----------
    trades : DataFrame
        As for `trade_fees`.
    as_of : date
        The reader's day, against which a rule is stale or not.
    rules : Rulebook, optional
    """
    rules = rules or read_rules()
    kinds = trades[["side", "market", "date"]].drop_duplicates()
    minimum = [] if "minimum_fee" in trades else ["commission.minimum"]
    found: list[str] = []
    for side, market, day in kinds.itertuples(index=False):
        names = [f"fee.stamp_duty.{side}", f"fee.transfer.{market}", f"fee.handling.{market}",
                 "fee.regulatory", "commission.cap", *minimum]  # fmt: skip
        found += rules.caveats(names, pd.Timestamp(day).date(), as_of)
    return list(dict.fromkeys(found))


def pass_through(on: date, market: str = "SH", rules: Rulebook | None = None) -> float:
    """Return what an all-in commission collects for others, per mille of turnover.

    Examples
    --------
    >>> pass_through(date(2026, 6, 30))
    0.0541
    """
    rules = rules or read_rules()
    parts = (rules.value(name, on) for name in (f"fee.handling.{market}", "fee.regulatory"))
    return float(sum(Decimal(str(part)) for part in parts))


def whole_rate(per_mille: object) -> int:
    """Return a rate in hundred-thousandths of a per mille.

    >>> whole_rate(0.0341)
    3410
    """
    return int(Decimal(str(per_mille)) * PER_MILLE)


def _commission(trades: pd.DataFrame, rules: Rulebook, collected: Whole, on_top: Whole) -> Whole:
    """Return the commission as quoted, between its bounds."""
    rate = np.rint(trades["commission_rate"].to_numpy("float64") * PER_MILLE).astype("int64")
    quoted = _part(trades["amount"].to_numpy(), rate)
    cap = _share(trades, rules, "commission.cap") - on_top
    return np.maximum(np.clip(quoted, collected - on_top, cap), _least(trades, rules))


def _least(trades: pd.DataFrame, rules: Rulebook) -> Whole:
    if "minimum_fee" in trades:
        return _numbers(trades["minimum_fee"]).to_numpy("int64")
    return _dated(trades, rules, "commission.minimum", lambda rule: _fen(rule.value))


def _transfer(trades: pd.DataFrame, rules: Rulebook, market: str) -> Whole:
    """Return the transfer fee; by shares, at a par of CNY 1, on the days when it was so."""
    name = f"fee.transfer.{market}"
    by_par = _dated(trades, rules, name, lambda rule: rule.unit == "per mille of par") == 1
    if not by_par.any():
        return _share(trades, rules, name)
    shares = trades.get("shares", pd.Series(index=trades.index, dtype="Int64"))
    if shares[by_par].isna().any():
        raise CrmkitError("pricing.needs_shares", on=f"{trades.loc[by_par, 'date'].iloc[0]:%F}")
    base = np.where(by_par, shares.fillna(0).to_numpy("int64") * 100, trades["amount"].to_numpy())
    fee = _part(base, _dated(trades, rules, name, _level))
    least = f"fee.transfer_minimum.{market}"
    return np.maximum(fee, _dated(trades, rules, least, lambda rule: _fen(rule.value)))


def _share(trades: pd.DataFrame, rules: Rulebook, name: str) -> Whole:
    return _part(trades["amount"].to_numpy(), _dated(trades, rules, name, _level))


def _part(amount: Whole, rate: Whole) -> Whole:
    """Return amount times rate in fen, half a fen up."""
    scale = 1000 * PER_MILLE
    return (amount * rate + scale // 2) // scale


def _level(rule: Rule) -> int:
    return whole_rate(rule.value)


def _fen(cny: object) -> int:
    return int(Decimal(str(cny)) * 100)


def _dated(trades: pd.DataFrame, rules: Rulebook, name: str, read: Callable[[Rule], int]) -> Whole:
    """Return what the version in force on each trade's day says."""
    versions = rules.history(name)
    begins = np.array([rule.effective_from for rule in versions], dtype="datetime64[D]")
    days = trades["date"].to_numpy("datetime64[D]")
    if len(days) and days.min() < begins[0]:
        rules.at(name, days.min().item())
    said = np.array([read(rule) for rule in versions], dtype="int64")
    return said[np.searchsorted(begins, days, side="right") - 1]


def _by(column: str, trades: pd.DataFrame, work_out: Callable[[pd.DataFrame, str], Whole]) -> Whole:
    """Return what is worked out group by group, in the order of the trades."""
    result = np.zeros(len(trades), dtype="int64")
    kinds = trades[column].to_numpy()
    for kind in pd.unique(trades[column]):
        rows = kinds == kind
        result[rows] = work_out(trades[rows], kind)
    return result


def _checked(trades: pd.DataFrame, alone: bool = False) -> pd.DataFrame:
    """Return the trades with dates as dates; refuse what no trade can be.

    A trade that stands ``alone`` is not told by its number.
    """
    needed = ("amount", "commission_rate", "side", "market", "quote", "date")
    for column in needed:
        if column not in trades:
            raise CrmkitError("pricing.no_column", column=column)
    trades = trades.assign(date=pd.to_datetime(trades["date"], errors="coerce"))
    rate = _numbers(trades["commission_rate"])
    finer = rate * PER_MILLE
    bad = {"date": (trades["date"].isna(), t("pricing.allowed.date"))}
    for column, choices in _CHOICES.items():
        bad[column] = ~trades[column].isin(choices), ", ".join(choices)
    bad["amount"] = ~_whole(trades["amount"], 1), t("pricing.allowed.fen")
    fits = rate.between(0, MOST_RATE) & ((finer - finer.round()).abs() < 1e-6)
    bad["commission_rate"] = ~fits, t("pricing.allowed.rate")
    if "minimum_fee" in trades:
        bad["minimum_fee"] = ~_whole(trades["minimum_fee"], 0), t("pricing.allowed.minimum")
    if "shares" in trades:
        unknown = trades["shares"].isna()
        bad["shares"] = ~(unknown | _whole(trades["shares"], 1)), t("pricing.allowed.shares")
    for column, (wrong, allowed) in bad.items():
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise _cannot_be(column, trades[column].iloc[row], allowed, None if alone else row + 1)
    return trades.assign(amount=_numbers(trades["amount"]).astype("int64"), commission_rate=rate)


def _numbers(column: pd.Series) -> pd.Series:
    """Return a column as floats; what is no number is missing."""
    return pd.to_numeric(column, errors="coerce").astype("Float64").astype("float64")


def _whole(column: pd.Series, least: int) -> pd.Series:
    """Tell where a column holds whole numbers that are not too small nor too large."""
    numbers = _numbers(column)
    return numbers.between(least, MOST_FEN) & (numbers % 1 == 0)


def _cannot_be(column: str, value: object, allowed: str, row: int | None = None) -> CrmkitError:
    name = t(f"pricing.column.{column}")
    if row is None:
        return CrmkitError("pricing.bad_value_alone", column=name, value=value, allowed=allowed)
    return CrmkitError("pricing.bad_value", row=row, column=name, value=value, allowed=allowed)
