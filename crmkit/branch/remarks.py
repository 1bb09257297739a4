"""What managers scribble about clients."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crmkit.branch.history import History
from crmkit.branch.leaving import CAUSES, causes
from crmkit.branch.plan import Plan
from crmkit.branch.state import DORMANT, LOST, PROSPECT
from crmkit.branch.streams import scatter


def remarks(plan: Plan, history: History) -> list[str | None]:
    """Return a remark for every prospect and for about half of the others."""
    luck = scatter(plan.seed, "note", history.people.client)
    kinds = _kinds(history)
    written = ((luck & np.uint64(1)) == 0) | (kinds == "prospect")
    choice = (luck >> np.uint64(8)).tolist()
    phrases = _phrases()
    return [
        phrases[kind][number % len(phrases[kind])] if there else None
        for kind, number, there in zip(kinds.tolist(), choice, written.tolist(), strict=True)
    ]


def _kinds(history: History) -> NDArray[Any]:
    """Return what there is to say of each client: the first that applies."""
    people, state = history.people, history.state
    why, lost = causes(history.fixed, state), state.stage == LOST
    choices = {
        "prospect": state.stage == PROSPECT,
        **{f"lost_{cause}": lost & (why == number) for number, cause in enumerate(CAUSES)},
        "quiet": (state.stage == DORMANT) | (state.since_trade > 18),
        "price": history.fixed.price > 0.42,
        "loss": (state.gain < 0.75) & state.invested,
        "rich": people.wealth > 2e6,
        "old": people.birth_day < -2200,
        "active": people.traits["trades_monthly"] > 3.5,
        "service": people.traits["service_need"] > 0.7,
        "product": state.product > 0.3,
        "young": people.birth_day > 9500,
    }
    return np.select(list(choices.values()), list(choices), "active")


@cache
def _phrases() -> dict[str, list[str]]:
    text = files("crmkit").joinpath("data/people/notes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
