"""Lines across a column: the exact value below which a stated share of the clients lies.

Medians and quantiles of large tables are approximate in some engines and interpolated in
others, so that a client on the line changes tier with the engine. Here the line is always a
value that some client has, found by counting, which every engine does exactly.
"""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from crmkit.analysis.frames import fetched, lazy, without_nan
from crmkit.errors import CrmkitError

#: Into how many slices the values are divided at each pass, and how many values are few
#: enough to be fetched and sorted.
SLICES = 1 << 16
FEW = 1 << 18


def line_above(table: Any, column: str, share: float) -> float:
    """Return the value that the stated share of the clients reach, ties joining them.

    Parameters
    ----------
    table : table of any kind
    column : str
        Missing values do not count.
    share : float
        Between 0 and 1; the number of clients is rounded up.

    Returns
    -------
    float
        One of the column's values; nan where it has none.

    Raises
    ------
    CrmkitError
        When the share is not between 0 and 1.

    Examples
    --------
    >>> import pandas as pd
    >>> line_above(pd.DataFrame({"turnover_ratio": [1, 3, 2, 5, 4]}), "turnover_ratio", 0.4)
    4.0
    """
    if not 0 < share < 1:
        raise CrmkitError("tier.bad_share", share=share)
    values = without_nan(lazy(table).select(value=nw.col(column).cast(nw.Float64)))
    values = values.filter(~nw.col("value").is_null())
    value = nw.col("value")
    ends = fetched(values.select(n=nw.len(), low=value.min(), high=value.max()))
    found = _Slice(*(ends[name].to_list()[0] for name in ("n", "low", "high")))
    # the product of two decimals may fall a hair above a whole number: 0.2 * 15
    return _nth(values, found, int(np.ceil(round(share * found.count, 9))))


@dataclass(frozen=True)
class _Slice:
    """How many values lie between two of them."""

    count: int
    low: float
    high: float


def _nth(values: nw.LazyFrame[Any], within: _Slice, place: int) -> float:
    """Return the value at a place from the top.

    Each pass counts how many values fall into equal slices and goes on within the slice
    that holds the place; slices are parted by rounding, which never changes an order.
    """
    while within.count > FEW and within.low < within.high:
        slices = _slices(values, within)
        reached = np.cumsum(slices["n"].to_numpy())
        found = int(np.searchsorted(reached, place))
        place -= int(reached[found - 1]) if found else 0
        within = _Slice(*(slices[name].to_list()[found] for name in ("n", "low", "high")))
        values = values.filter(nw.col("value") >= within.low, nw.col("value") <= within.high)
    if within.count > FEW:
        return float(within.low)
    few = np.sort(fetched(values)["value"].to_numpy())
    return float(few[-place]) if len(few) else float("nan")


def _slices(values: nw.LazyFrame[Any], within: _Slice) -> nw.DataFrame[Any]:
    """Return number, lowest and highest value of every slice that has one, from the top."""
    width = (within.high - within.low) / SLICES
    parted = values.with_columns(slice=((nw.col("value") - within.low) / width).floor())
    counted = parted.group_by("slice").agg(
        nw.len().alias("n"), low=nw.col("value").min(), high=nw.col("value").max()
    )
    return fetched(counted).sort("slice", descending=True)
