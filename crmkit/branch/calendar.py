"""Working days, roughly: weekends and the long holidays are avoided."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]


def working_day(month: NDArray[Any], luck: NDArray[Any]) -> Days:
    """Return a working day of a month for each random number, as days since 1970.

    Weekends are moved to the Friday before; the first days of January, May and October,
    which are holidays, to the week after.

    Parameters
    ----------
    month : array of int
        Year times twelve plus month, January 0.
    luck : array of int

    Examples
    --------
    >>> day = working_day(np.array([2025 * 12 + 9]), np.array([0], dtype=np.uint64))
    >>> day.astype("datetime64[D]").astype(str).tolist()
    ['2025-10-09']
    """
    day = (luck % luck.dtype.type(28)).astype(np.int64) + 1
    number = month % 12
    off = ((number == 9) & (day < 8)) | ((number == 4) & (day < 6)) | ((number == 0) & (day < 4))
    start = (month.astype(np.int64) - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")
    days: Days = start.astype(np.int64) + np.where(off, day + 8, day) - 1
    days -= np.maximum((days + 3) % 7 - 4, 0)
    return days
