"""Two quotes for the same trade: ours, all-in, and a rival's, net, that sounds lower."""

from decimal import ROUND_FLOOR, Decimal
from typing import Any

import pandas as pd

from crmkit.course.dialogue import Scene
from crmkit.pricing.fees import trade_fees
from crmkit.words import t

#: The trade that the lesson prices, in fen.
AMOUNT = 100_000_00


def figures(scene: Scene) -> dict[str, Any]:
    """Return a client's figures as sentences write them, and a rival's net quote.

    The quote is the published rate less what is collected for others, rounded down to two
    decimals: it always sounds lower than ours, and never is.
    """
    values = scene.figures.values
    published, collected = (Decimal(str(values[name])) for name in ("published", "collected"))
    net = published - collected.quantize(Decimal("0.01"), ROUND_FLOOR)
    return dict(scene.figures.slots()) | {"net": f"{net:f}", "all_in": f"{net + collected:f}"}


def two_quotes(scene: Scene) -> tuple[pd.DataFrame, list[str]]:
    """Return what a sale costs at both quotes, part by part, and what to call them."""
    slots = figures(scene)
    rates = {"ours": slots["published"], "theirs": slots["net"]}
    quotes = {"ours": "all-in", "theirs": "net"}
    trades = pd.DataFrame(
        [
            {"amount": AMOUNT, "commission_rate": float(rates[who]), "side": "sell",
             "market": "SH", "quote": quotes[who], "date": scene.as_of}
            for who in rates
        ]
    )  # fmt: skip
    return trade_fees(trades), [t(f"pricing.quote.{who}", rate=rate) for who, rate in rates.items()]
