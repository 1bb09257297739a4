"""A pool of months to choose from: a linear programme for the prices, a mixed one for the plan."""

from typing import Any

import numpy as np

from crmkit.planning.problem import MUST, Cells, Flags, Floats, Ints, Problem
from crmkit.planning.score import totals

#: The solver works on points divided by this, to keep its tolerances away from the musts.
SCALE = 100.0


class Pool:
    """Months of clients with what they are worth; each client always has the empty month.

    Parameters
    ----------
    problem : Problem

    Attributes
    ----------
    client : (M,) int
    months : (M, T) int8
    worth : (M,) float
        Musts at their full price.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        days = problem.shape[1]
        self.client = np.empty(0, np.int64)
        self.months = np.empty((0, days), np.int8)
        self.worth = np.empty(0)
        self._known: set[tuple[int, bytes]] = set()
        self.add(np.arange(problem.shape[0]), problem.empty())

    def add(self, rows: Ints, months: Cells) -> int:
        """Add months of some clients, each once; return how many were new."""
        keys = list(zip(rows.tolist(), map(bytes, months), strict=True))
        new = [place for place, key in enumerate(keys) if key not in self._known]
        self._known.update(keys)
        self.client = np.concatenate([self.client, rows[new]])
        self.months = np.concatenate([self.months, months[new]])
        self.worth = np.concatenate([self.worth, totals(self.problem, rows[new], months[new])])
        return len(new)

    def prices(self) -> tuple[Floats, float, Floats]:
        """Solve the linear programme.

        Returns
        -------
        shares : (M,) float
            How much of each month is taken; the months of a client add up to one.
        value : float
            The most the pool can be worth in such shares.
        prices : (4, T) float
            Of each resource and day.
        """
        from scipy.optimize import linprog

        ease = self._ease()
        takes, limit, kept = self._rows(np.arange(len(self.client)), self.problem.limit)
        found = linprog(
            -(self.worth - ease[self.client]) / SCALE,
            A_ub=takes if len(limit) else None,
            b_ub=limit if len(limit) else None,
            A_eq=self._one_each(np.arange(len(self.client))),
            b_eq=np.ones(self.problem.shape[0]),
            bounds=(0, None),
            method="highs-ipm",
        )
        prices = np.zeros(self.problem.limit.size)
        if len(limit):
            prices[kept] = np.abs(np.maximum(0.0, -found.ineqlin.marginals * SCALE))
        value = -found.fun * SCALE + ease.sum()
        return found.x, float(value), prices.reshape(self.problem.limit.shape)

    def choose(self, some: Flags, limit: Ints, nodes: int, gap: float = 1e-4) -> Ints | None:
        """Choose one month for each client of some columns, all together within a limit.

        Parameters
        ----------
        some : (M,) bool
            The columns to choose from.
        limit : (4, T) int
        nodes : int
            Nodes of the search at most: a count, never a time, so that the same input gives
            the same plan on a busy machine.
        gap : float
            Stop when so near to the best choice.

        Returns
        -------
        (n,) int, or None
            Places of the months chosen; None when the search found none.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import vstack

        places = np.flatnonzero(some)
        takes, limits, _ = self._rows(places, limit)
        one_each = self._one_each(places)
        floor = np.zeros(len(limits))
        found = milp(
            -(self.worth - self._ease()[self.client])[places] / SCALE,
            constraints=LinearConstraint(
                vstack([takes, one_each]).tocsr(),
                np.concatenate([floor, np.ones(one_each.shape[0])]),
                np.concatenate([limits, np.ones(one_each.shape[0])]),
            ),
            bounds=Bounds(0, 1),
            integrality=np.ones(len(places)),
            options={"node_limit": nodes, "mip_rel_gap": gap},
        )
        return None if found.x is None else places[found.x > 0.5]

    def _ease(self) -> Floats:
        """Return by client the part of every month's worth that is musts nobody can meet."""
        best = np.full(self.problem.shape[0], -np.inf)
        np.maximum.at(best, self.client, self.worth)
        return np.asarray(MUST * np.minimum(0.0, np.round(best / MUST)))

    def _rows(self, places: Ints, limit: Ints) -> tuple[Any, Ints, Ints]:
        """Return the resources that may bind: what the months take, the limits, which they are."""
        from scipy.sparse import csr_matrix

        months = self.months[places]
        use = np.concatenate([self.problem.use, np.zeros((4, 1), np.int64)], axis=1)
        takes = use[:, months].transpose(0, 2, 1).reshape(limit.size, len(places))
        client = self.client[places]
        order = np.argsort(client, kind="stable")
        edges = np.flatnonzero(np.diff(client[order], prepend=-1))
        most = np.maximum.reduceat(takes[:, order], edges, axis=1).sum(axis=1)
        kept = np.flatnonzero(most > limit.ravel())
        return csr_matrix(takes[kept].astype(float)), limit.ravel()[kept], kept

    def _one_each(self, places: Ints) -> Any:
        from scipy.sparse import csr_matrix

        _, row = np.unique(self.client[places], return_inverse=True)
        ones = np.ones(len(places))
        shape = (int(row.max()) + 1, len(places))
        return csr_matrix((ones, (row, np.arange(len(places)))), shape=shape)
