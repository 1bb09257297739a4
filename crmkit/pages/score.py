"""What ``crmkit plan score`` has to say."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from crmkit.pages.common import headed, masked
from crmkit.planning.assess import Assessment
from crmkit.planning.own import broken_in_words, losses_in_words
from crmkit.planning.problem import Cells, Problem
from crmkit.screen import print_table, records, say
from crmkit.words import t


def score_document(
    found: Assessment, cells: Cells, problem: Problem, outside: Sequence[str], unread: pd.DataFrame
) -> dict[str, Any]:
    """Return what ``crmkit plan score --json`` prints."""
    score = found.score
    return {
        "band": band_of(found, outside),
        "musts": round(found.musts, 4),
        "share": round(found.share, 4),
        "neglected": score.neglected,
        "must_missed": score.must_missed,
        "shortfall": round(score.shortfall, 2),
        "value": round(score.net, 2),
        "bound": round(found.bound, 2),
        "minutes_used": score.minutes_used,
        "contacts": score.contacts,
        "broken": [*outside, *broken_in_words(found, cells, problem)],
        "losses": [
            {**asdict(loss), "told": told}
            for loss, told in zip(found.losses, losses_in_words(found), strict=True)
        ],
        "problems": records(masked(unread)),
    }


def band_of(found: Assessment, outside: Sequence[str]) -> str:
    """Return the band; contacts outside the plan reject it like any other broken rule."""
    return "rejected" if outside else found.band


def print_score(
    found: Assessment, cells: Cells, problem: Problem, outside: Sequence[str], unread: pd.DataFrame
) -> None:
    """Print the band, the figures, what is broken and where the plan loses."""
    score = found.score
    band = t(f"score.band.{band_of(found, outside)}")
    say(t("score.heading", band=band, musts=round(100 * found.musts),
          share=round(100 * found.share)), style="bold")  # fmt: skip
    say(t("score.figures", neglected=score.neglected, must_missed=score.must_missed,
          impossible=score.impossible, net=f"{score.net:,.0f}", bound=f"{found.bound:,.0f}",
          minutes=score.minutes_used))  # fmt: skip
    if len(unread):
        print_table(headed(masked(unread)))
    for sentence in [*outside, *broken_in_words(found, cells, problem)]:
        say(f"✗ {sentence}", style="red")
    losses = list(losses_in_words(found))
    if losses:
        say(t("score.apart"))
    elif not (outside or score.broken):
        say(t("score.nothing"))
    for sentence in losses:
        say(f"· {sentence}")
    say(t("score.why_bands"), style="cyan")
