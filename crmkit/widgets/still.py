"""What a page shows and nobody moves: pictures and cards."""

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from crmkit import plots
from crmkit.widgets.style import FIGURE_WIDTH, chip, css
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Still:
    """Something to look at: HTML or a picture, with a name that never changes."""

    name: str
    html: str = ""
    png: bytes = b""

    def __repr__(self) -> str:
        return self.name

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, str], dict[str, Any]]:
        shown = {"text/plain": self.name}
        if self.html:
            shown["text/html"] = self.html
        if self.png:
            shown["image/png"] = b64encode(self.png).decode("ascii")
        return shown, {"image/png": {"width": FIGURE_WIDTH}} if self.png else {}


def picture(axes: "Axes") -> Still:
    """Return a figure for a notebook, sharp on a projector."""
    return Still("Figure", png=plots.png(axes))


def tier_cards() -> Still:
    """Return what each tier is owed, one card per tier."""
    cards = "".join(
        f'<div class="crm-card">{chip(tier)}<div><b>{escape(t(f"tier.{tier}.name"))}</b>'
        f"<p>{escape(t(f'tier.{tier}.strategy'))}</p></div></div>"
        for tier in "ABCD"
    )
    return Still("Cards(tiers)", f"<style>{css()}</style>{cards}")
