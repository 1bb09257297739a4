"""Typed faults in a clean book, each logged with the clean value: an answer key for cleaning.

One client in so many gets one fault. Who and which follows from the client's number alone, so
the same client is faulty in a larger book as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from crmkit.branch.streams import scatter

Tables = dict[str, pd.DataFrame]
Log = list[tuple[str, str, str, str, object, object]]

#: What a fault log tells: where the fault is, what it is, and what should stand there.
LOG = ("table", "client_id", "column", "kind", "clean", "dirty")

#: Characters that sound or look alike, as they get mixed up in names.
_ALIKE = dict(
    zip(
        "伟丽芳杰敏静涛军红娟燕华英明强建玲雪梅佳",
        "玮莉方捷民婧滔君虹鹃艳花瑛铭墙健铃血枚嘉",
        strict=True,
    )
)

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def soil(
    tables: Mapping[str, pd.DataFrame], seed: int, as_of: date, rate: float
) -> tuple[Tables, pd.DataFrame]:
    """Return the tables with faults in them, and the log of the faults.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Clean tables by their name in the schema.
    seed : int
    as_of : date
    rate : float
        Share of clients with a fault, 0 to 1.

    Returns
    -------
    tables : dict of str to DataFrame
    log : DataFrame
        ``table``, ``client_id``, ``column``, ``kind``, ``clean``, ``dirty``; values as text.
    """
    soiled: Tables = {name: rows.copy() for name, rows in tables.items()}
    log: Log = []
    if rate > 0:
        spots = _spots(soiled["client"], seed, rate)
        for kind, make in KINDS.items():
            if kind in spots:
                log += make(_Spot(soiled, spots[kind], as_of))
    found = pd.DataFrame(log, columns=list(LOG))
    return soiled, found.astype("str").sort_values(["client_id", "table"], ignore_index=True)


@dataclass(frozen=True)
class _Spot:
    """The tables to soil, and the clients (rows of the client table) to have one kind of fault."""

    tables: Tables
    rows: np.ndarray[tuple[int], np.dtype[np.intp]]
    as_of: date

    @property
    def ids(self) -> list[str]:
        return self.tables["client"]["client_id"].iloc[self.rows].tolist()


def _spots(
    clients: pd.DataFrame, seed: int, rate: float
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """Return which rows of the client table get which kind of fault."""
    numbers = clients["client_id"].astype("int64").to_numpy()
    luck = scatter(seed, "dirt", numbers)
    faulty = np.flatnonzero((luck >> np.uint64(11)) / 2.0**53 < rate)
    kind = scatter(seed, "dirt kind", numbers[faulty]) % np.uint64(len(KINDS))
    return {
        name: faulty[kind == place] for place, name in enumerate(KINDS) if (kind == place).any()
    }


def _replace(spot: _Spot, column: str, kind: str, dirty: Callable[[int, Any], object]) -> Log:
    """Replace a value of the client table and log it; an empty value stays empty."""
    values = _values(spot.tables["client"], column)
    log: Log = []
    for row, client in zip(spot.rows.tolist(), spot.ids, strict=True):
        clean = values[row]
        if pd.notna(clean):
            values[row] = dirty(int(client), clean)
            log.append(("client", client, column, kind, _said(clean), _said(values[row])))
    _put(spot.tables["client"], column, values)
    return log


def _values(table: pd.DataFrame, column: str) -> list[Any]:
    return list(table[column].astype("object"))


def _put(table: pd.DataFrame, column: str, values: list[Any]) -> None:
    table[column] = pd.Series(values, index=table.index).astype(table[column].dtype)


def _said(value: object) -> object:
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


def _duplicate(spot: _Spot) -> Log:
    """Enter clients a second time, under a new number and a slightly different name."""
    table = spot.tables["client"]
    twins = table.iloc[spot.rows].copy()
    twins["client_id"] = ["61" + client[2:] for client in spot.ids]
    twins["name"] = [_misspelt(name) for name in twins["name"]]
    spot.tables["client"] = pd.concat([table, twins], ignore_index=True)
    return [
        ("client", client, "client_id", "duplicate", client, twin)
        for client, twin in zip(spot.ids, twins["client_id"], strict=True)
    ]


def _misspelt(name: str) -> str:
    for place, letter in enumerate(name[1:], start=1):
        if letter in _ALIKE:
            return name[:place] + _ALIKE[letter] + name[place + 1 :]
    return name[0] + " " + name[1:]


def _mobile(spot: _Spot) -> Log:
    """Write mobiles with spaces, with the country's code or in full-width digits."""

    def spoil(client: int, clean: object) -> str:
        number = str(clean)
        forms = (
            f"{number[:3]} {number[3:7]} {number[7:]}",
            f"+86{number}",
            number.translate(_WIDE),
        )
        return forms[client % 3]

    return _replace(spot, "mobile", "phone_form", spoil)


def _city(spot: _Spot) -> Log:
    """Put clients into a city of another province."""

    def spoil(client: int, clean: object) -> str:
        far = ("哈尔滨市", "海口市", "乌鲁木齐市", "昆明市")
        return next(city for city in far[client % 4 :] + far if city != clean)

    return _replace(spot, "city", "city_swapped", spoil)


def _birthday(spot: _Spot) -> Log:
    """Give clients birthdays that cannot be: in the future, or in 1900."""
    odd = (pd.Timestamp(spot.as_of) + pd.DateOffset(years=1), pd.Timestamp("1900-01-01"))
    return _replace(spot, "birth_date", "birthday_impossible", lambda client, _: odd[client % 2])


def _stale(spot: _Spot) -> Log:
    """Let risk tests be years old."""
    today = pd.Timestamp(spot.as_of)
    return _replace(
        spot, "risk_test_date", "risk_test_stale",
        lambda client, _: today - pd.DateOffset(days=1100 + client % 900),
    )  # fmt: skip


def _name(spot: _Spot) -> Log:
    """Put the name of the client before where another's should stand."""
    names = spot.tables["client"]["name"].tolist()
    others = iter([names[row - 1] for row in spot.rows.tolist()])
    return _replace(spot, "name", "name_mismatch", lambda client, _: next(others))


def _unit(spot: _Spot) -> Log:
    """Enter assets a hundred times too high, as fen taken for CNY."""
    table, chosen = spot.tables["account"], set(spot.ids)
    log: Log = []
    assets = _values(table, "assets")
    for row, client in enumerate(_values(table, "client_id")):
        if client in chosen and assets[row] > 0:
            log.append(("account", client, "assets", "unit", assets[row], assets[row] * 100))
            assets[row] *= 100
    _put(table, "assets", assets)
    return log


def _months(spot: _Spot) -> dict[str, list[int]]:
    """Return the rows of the monthly table of each client who has at least three."""
    chosen = set(spot.ids)
    rows: dict[str, list[int]] = {}
    for row, client in enumerate(_values(spot.tables["activity"], "client_id")):
        if client in chosen:
            rows.setdefault(client, []).append(row)
    return {client: own for client, own in rows.items() if len(own) >= 3}


def _missing_month(spot: _Spot) -> Log:
    """Lose a month of activity."""
    table = spot.tables["activity"]
    months = _values(table, "month")
    lost = {client: own[1 + int(client) % (len(own) - 2)] for client, own in _months(spot).items()}
    spot.tables["activity"] = table.drop(index=list(lost.values())).reset_index(drop=True)
    return [
        ("activity", client, "month", "missing_month", _said(months[row]), "")
        for client, row in lost.items()
    ]


def _late(spot: _Spot) -> Log:
    """Post a month's trades, and their commission, in the month after."""
    table = spot.tables["activity"]
    months = _values(table, "month")
    moved = {name: _values(table, name) for name in ("trade_amount", "trades", "commission")}
    amount = moved["trade_amount"]
    log: Log = []
    for client, own in _months(spot).items():
        traded = [row for row in own[:-1] if amount[row] > 0]
        if traded:
            row = traded[int(client) % len(traded)]
            clean = f"{_said(months[row])} {amount[row]}"
            log.append(
                ("activity", client, "trade_amount", "late_posted", clean, _said(months[row + 1]))
            )
            for values in moved.values():
                values[row + 1] += values[row]
                values[row] = 0
    for name, values in moved.items():
        _put(table, name, values)
    return log


#: Every kind of fault and what makes it; duplicates come last, they lengthen the table.
KINDS: Mapping[str, Callable[[_Spot], Log]] = {
    "phone_form": _mobile,
    "city_swapped": _city,
    "birthday_impossible": _birthday,
    "risk_test_stale": _stale,
    "name_mismatch": _name,
    "unit": _unit,
    "late_posted": _late,
    "missing_month": _missing_month,
    "duplicate": _duplicate,
}
