"""The practice of lesson 5: thirty clients after a bad month, and a share with a stop."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from crmkit.book.privacy import mask_name
from crmkit.branch.person import person_table
from crmkit.branch.plan import make_plan
from crmkit.course.practice import counted, first_fair
from crmkit.words import t

AS_OF = date(2026, 6, 30)
#: A clear loss and a clear gain, a loss that is severe, and a loss in money that looks large.
#: Course defaults: the deck speaks of clear winners and losers and names no number.
LOSS, GAIN, SEVERE, LARGE = -0.15, 0.15, -0.30, 70_000
CAREFUL = ("C1", "C2")

#: The cases: assets in CNY, gain of the month, gain since the first purchase, level. Everybody
#: stands well away from every line.
Span = tuple[float, float]
CASES: Mapping[str, tuple[Span, Span, Span, tuple[str, ...]]] = {
    "careful_loser": ((3e4, 1.2e5), (-0.19, -0.08), (-0.27, -0.18), ("C1", "C2")),
    "severe_loser": ((3e4, 8e4), (-0.24, -0.12), (-0.45, -0.34), ("C3", "C4")),
    "loser": ((6e4, 1.8e5), (-0.16, -0.06), (-0.27, -0.18), ("C3", "C4", "C5")),
    "big_dip": ((1.2e6, 2.6e6), (-0.09, -0.06), (-0.10, -0.06), ("C3", "C4")),
    "winner": ((8e4, 6e5), (0.18, 0.32), (0.2, 0.6), ("C3", "C4", "C5")),
    "false_winner": ((5e4, 3e5), (0.18, 0.28), (-0.12, -0.06), ("C3", "C4")),
    "quiet": ((5e4, 5e5), (-0.05, 0.09), (-0.06, 0.11), ("C2", "C3", "C4")),
}
DRAWN: Mapping[str, int] = {
    "careful_loser": 4, "severe_loser": 3, "loser": 6, "big_dip": 3, "winner": 4,
    "false_winner": 3, "quiet": 7,
}  # fmt: skip
ACTIONS = ("today", "week", "congratulate", "usual")


@dataclass(frozen=True)
class Practice:
    """What lesson 5 is about, for one seed.

    Attributes
    ----------
    clients : DataFrame
        The thirty: ``name`` (masked), ``case``, ``assets`` (CNY), ``month`` and ``total``
        (gains, shares), ``level`` and ``action``.
    price, stop : float
        Price paid for a share in CNY, and the loss at which its owner means to sell.
    now : float
        Its price today.
    """

    clients: pd.DataFrame
    price: float
    stop: float
    now: float

    @property
    def three(self) -> tuple[str, str, str]:
        """Of the thirty, one who can bear little, one who lost a larger share, and a large dip."""
        total = self.clients.groupby("case")["total"]
        careful, loser = total.idxmax()["careful_loser"], total.idxmin()["loser"]
        return str(careful), str(loser), str(total.idxmin()["big_dip"])

    @property
    def lines(self) -> dict[str, float]:
        """Where clear losses and clear gains begin."""
        return {"loss": LOSS, "gain": GAIN}

    @staticmethod
    def levels(price: float, stop: float, take: float) -> str:
        """Return what two lines come to, as HTML; both in per cent of the price paid."""
        lose, win = price * stop, price * take  # per hundred shares: one per cent of a price each
        return t("l05.levels", stop=price * (1 - stop / 100), take=price * (1 + take / 100),
                 lose=lose, win=win, ratio=win / lose)  # fmt: skip


def make_practice(seed: int) -> Practice:
    """Return the practice of a seed.

    >>> practice = make_practice(1)
    >>> len(practice.clients), sorted(set(practice.clients["action"])) == sorted(ACTIONS)
    (30, True)
    """
    rng = np.random.default_rng([seed, 5])
    clients = first_fair(seed, _clients)
    names = person_table(make_plan(len(clients), seed % 2**31, AS_OF), 0)["name"]
    clients = clients.assign(name=[mask_name(name) for name in names], action=triage(clients))
    price = float(rng.choice([8.0, 12.0, 12.5, 16.0, 20.0, 25.0]))
    stop = float(rng.choice([0.06, 0.08, 0.10, 0.12]))
    return Practice(clients, price, stop, round(price * (1 - stop * 0.55), 2))


def _clients(rng: np.random.Generator) -> pd.DataFrame | None:
    """Draw the thirty; somebody with a higher level must have lost more than a careful one."""
    rows = [_client(str(case), rng) for case in rng.permutation(counted(DRAWN))]
    clients = pd.DataFrame(rows, index=[f"{number:02d}" for number in range(1, len(rows) + 1)])
    total = clients.groupby("case")["total"]
    fair = total.min()["loser"] < total.max()["careful_loser"] - 0.02
    return clients if fair else None


def _client(case: str, rng: np.random.Generator) -> dict[str, object]:
    assets, month, total, levels = CASES[case]
    return {
        "case": case, "assets": float(round(rng.uniform(*assets), -3)),
        "month": round(float(rng.uniform(*month)), 3),
        "total": round(float(rng.uniform(*total)), 3),
        "level": str(rng.choice(levels)),
    }  # fmt: skip


def triage(clients: pd.DataFrame) -> "pd.Series[str]":
    """Return what each client is owed after a bad month.

    Clear losers are called, today if they can bear little or have lost a great deal, else this
    week; clear winners who are in profit altogether are congratulated; the others go on as
    usual. The two rules are the deck's (losers: call or meet; winners: congratulate by
    message); who comes today is a course default.

    Parameters
    ----------
    clients : DataFrame
        ``month`` and ``total``: gains as shares; ``level``: C1 to C5.

    Examples
    --------
    >>> two = pd.DataFrame({"month": [-0.1, 0.2], "total": [-0.2, 0.3], "level": ["C1", "C4"]})
    >>> triage(two).tolist()
    ['today', 'congratulate']
    """
    loser = clients["total"] <= LOSS
    urgent = clients["level"].isin(CAREFUL) | (clients["total"] <= SEVERE)
    winner = (clients["month"] >= GAIN) & (clients["total"] > 0)
    found = pd.Series("usual", index=clients.index)
    found = found.mask(winner, "congratulate").mask(loser, "week")
    return found.mask(loser & urgent, "today")


def money(clients: pd.DataFrame) -> "pd.Series[float]":
    """Return what clients have gained or lost since they bought, in CNY.

    ``assets`` is what is there today, so the gain is measured on what was paid in.

    Parameters
    ----------
    clients : DataFrame
        ``assets`` (CNY) and ``total`` (gain as a share of what was paid in).

    Examples
    --------
    >>> money(pd.DataFrame({"assets": [60_000.0], "total": [-0.4]})).round().tolist()
    [-40000.0]
    """
    return clients["assets"] * clients["total"] / (1 + clients["total"])


def needed(loss: float) -> float:
    """Return the gain that makes up for a loss, both as shares.

    >>> round(needed(0.2), 4)
    0.25
    """
    return loss / (1 - loss)
