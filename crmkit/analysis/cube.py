"""The data cube: measures by dimensions, cut and added up without wrong means.

A cell keeps sums, weights and counts, never means: a mean is worked out when it is looked
at, so that rolling up gives the mean of the clients and not the mean of means. What is
missing is counted as missing and not as zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from crmkit.errors import CrmkitError
from crmkit.words import t

#: What a missing value of a dimension is called.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Cube:
    """Measures by dimensions.

    Attributes
    ----------
    cells : DataFrame
        One row per combination that occurs: the dimensions, ``clients``, and for every
        measure its sum, its weight and the number of clients it is known of.
    dimensions : tuple of str
    sums : tuple of str
        Measures that are added up.
    means : mapping of str to str
        Measures that are averaged, and the column that weights each; "" weights all alike.
    notes : tuple of str
        What a reader of the cube must be told, in the language in use.
    """

    cells: pd.DataFrame
    dimensions: tuple[str, ...]
    sums: tuple[str, ...]
    means: Mapping[str, str]
    notes: tuple[str, ...] = ()

    def slice(self, **where: str) -> "Cube":
        """Return the cube at one value of a dimension, which it then no longer has.

        >>> _example().slice(tier="A").view()
          region  clients  assets  return
        0   east        1   300.0     0.1
        """
        cut = self.dice(**{name: [value] for name, value in where.items()})
        return cut.roll_up(*(name for name in self.dimensions if name not in where))

    def dice(self, **where: Iterable[str]) -> "Cube":
        """Return the cube with some values only of its dimensions.

        >>> len(_example().dice(region=["east"]).cells)
        2
        """
        cells = self.cells
        for name, values in where.items():
            self._check(name)
            cells = cells[cells[name].isin(list(values))]
        return replace(self, cells=cells.reset_index(drop=True))

    def roll_up(self, *keep: str) -> "Cube":
        """Return the cube with fewer dimensions, the others added up.

        >>> _example().roll_up().view()
           clients  assets  return
        0        3   500.0    0.02
        """
        for name in keep:
            self._check(name)
        numbers = [name for name in self.cells if name not in self.dimensions]
        if keep:
            cells = self.cells.groupby(list(keep), sort=True)[numbers].sum().reset_index()
        else:
            cells = self.cells[numbers].sum().to_frame().T
        return replace(self, cells=cells, dimensions=tuple(keep))

    def view(self) -> pd.DataFrame:
        """Return the cells for people: sums, and means of the clients they are known of.

        A measure nobody is known to have is missing.
        """
        shown = self.cells[[*self.dimensions, "clients"]].copy()
        shown["clients"] = shown["clients"].astype("int64")
        for name in self.sums:
            shown[name] = self.cells[name].where(self.cells[f"{name}_known"] > 0)
        for name in self.means:
            weight = self.cells[f"{name}_weight"]
            shown[name] = self.cells[name] / weight.where(weight > 0)
        return shown

    def _check(self, name: str) -> None:
        if name not in self.dimensions:
            raise CrmkitError("cube.no_dimension", name=name, known=", ".join(self.dimensions))


def cube(
    rows: pd.DataFrame,
    dimensions: Iterable[str],
    sums: Iterable[str] = (),
    means: Mapping[str, str] = MappingProxyType({}),
) -> Cube:
    """Return a cube of clients.

    Parameters
    ----------
    rows : DataFrame
        One row per client.
    dimensions : iterable of str
        Columns to divide by; a missing value is the value ``unknown``.
    sums : iterable of str
        Columns to add up.
    means : mapping of str to str
        Columns to average, and the column that weights each: a return by assets, for
        instance; "" weights clients alike.

    Raises
    ------
    CrmkitError
        ``cube.no_column`` when the rows lack one, ``cube.taken`` when two columns of the cube
        would bear the same name.

    Examples
    --------
    >>> rows = pd.DataFrame({"tier": ["A", "B", "B"], "assets": [300, 100, None],
    ...                      "return": [0.1, -0.1, 0.5]})
    >>> cube(rows, ["tier"], ["assets"], {"return": "assets"}).view()
      tier  clients  assets  return
    0    A        1   300.0     0.1
    1    B        2   100.0    -0.1
    """
    by, added = tuple(dimensions), tuple(sums)
    weights = [weight for weight in means.values() if weight]
    for name in (*by, *added, *means, *weights):
        if name not in rows:
            raise CrmkitError("cube.no_column", name=name)
    _check_names(by, added, tuple(means))
    cells = pd.DataFrame({name: rows[name].astype("object").fillna(UNKNOWN).astype("str")
                          for name in by}, index=rows.index)  # fmt: skip
    cells["clients"] = 1
    for name in added:
        values = rows[name].astype("float64")
        cells[name], cells[f"{name}_known"] = values.fillna(0), values.notna().astype("int64")
    for name, weight in means.items():
        values = rows[name].astype("float64")
        weighted = rows[weight].astype("float64") if weight else values.notna().astype("float64")
        both = values.notna() & (weighted > 0)
        cells[name] = (values * weighted).where(both, 0)
        cells[f"{name}_weight"] = weighted.where(both, 0)
        cells[f"{name}_known"] = both.astype("int64")
    whole = Cube(cells, by, added, MappingProxyType(dict(means)), _notes(cells, (*added, *means)))
    return whole.roll_up(*by)


def _check_names(by: tuple[str, ...], added: tuple[str, ...], means: tuple[str, ...]) -> None:
    """Refuse names that would overwrite one another among the cells."""
    beside = [f"{name}_known" for name in (*added, *means)] + [f"{name}_weight" for name in means]
    names = [*by, "clients", *added, *means, *beside]
    for name in names:
        if names.count(name) > 1:
            raise CrmkitError("cube.taken", name=name)


def _notes(cells: pd.DataFrame, names: Iterable[str]) -> tuple[str, ...]:
    missing = {name: int((cells[f"{name}_known"] == 0).sum()) for name in names}
    return tuple(
        t("cube.missing", name=name, count=count, clients=len(cells))
        for name, count in missing.items()
        if count
    )


def _example() -> Any:
    rows = pd.DataFrame({"tier": ["A", "B", "B"], "region": ["east", "east", "west"],
                         "assets": [300, 100, 100], "return": [0.1, -0.1, -0.1]})  # fmt: skip
    return cube(rows, ["tier", "region"], ["assets"], {"return": "assets"})
