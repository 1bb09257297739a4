"""What contacts do: any curve from the effect of a month's contacts to what a client brings.

A curve is drawn from four judgements, as in ADBUDG (Little 1970, Management Science 16):
what a client brings when left alone, contacted as owed, half as often again, and as often as
could be. With ``x`` the effect in units of what is owed::

    s(x) = none + (most - none) * x**g / (d + x**g)

``d`` and ``g`` follow from the two answers in the middle; ``g`` above 1 makes an S. No answer
is evidence; ``judgements.py`` says how much hangs on them.
"""

from collections.abc import Sequence

import numpy as np

from crmkit.planning.problem import Floats

#: How steep a curve is when the answers leave it open: a simple saturation.
STEEPNESS = 1.0


def adbudg(answers: Sequence[float], effect: Floats) -> Floats:
    """Return what a client brings at some effects, in the unit of the answers.

    Parameters
    ----------
    answers : sequence of float
        Left alone, as owed, half as often again, as often as could be; they do not fall, and
        the second is above the first.
    effect : array of float
        In units of what is owed.

    Returns
    -------
    array of float
        When the last three answers are equal, the curve rises in a straight line to what is
        owed and stays there.

    Examples
    --------
    >>> adbudg((60, 100, 104, 108), np.array([0.0, 1.0, 1.5])).round(6).tolist()
    [60.0, 100.0, 104.0]
    >>> adbudg((60, 100, 100, 100), np.array([0.0, 0.5, 1.0, 2.0])).tolist()
    [60.0, 80.0, 100.0, 100.0]
    """
    none, owed, more, most = map(float, answers)
    if owed >= most:
        return none + (owed - none) * np.minimum(effect, 1.0)
    steepness, half = _shape(none, owed, more, most)
    power = np.power(effect, steepness)
    found: Floats = none + (most - none) * power / (half + power)
    return found


def s_curve(share: Floats, steepness: float = 3.0, middle: float = 0.5) -> Floats:
    """Return an S that goes from nothing to one, steepest around ``middle``.

    The seven meetings that are said to make a client are drawn like this: folklore of the
    trade without evidence, and the shape is an assumption too.

    Examples
    --------
    >>> s_curve(np.array([0.0, 0.25, 0.5, 1.0, 2.0])).round(3).tolist()
    [0.0, 0.125, 0.562, 1.0, 1.0]
    """
    power = np.power(np.minimum(share, 1.0), steepness)
    found: Floats = power / (middle**steepness + power) * (middle**steepness + 1.0)
    return found


def _shape(none: float, owed: float, more: float, most: float) -> tuple[float, float]:
    first = (owed - none) / (most - none)
    second = min((more - none) / (most - none), 1.0 - 1e-9)
    half = 1.0 / first - 1.0
    if second <= first:
        return STEEPNESS, half
    return float(np.log(half * second / (1.0 - second)) / np.log(1.5)), half
