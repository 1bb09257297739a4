"""How the course looks: one style sheet, and the few shapes of HTML that widgets show."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files

import ipywidgets as widgets

from crmkit.course import Outcome, Result
from crmkit.plots import TIER_COLOURS
from crmkit.words import t

#: Width of a figure on the page, in pixels.
FIGURE_WIDTH = 780
FULL = {"width": "100%"}
#: Sign and colour of each outcome; the sign alone says enough.
SIGNS = {
    Outcome.CORRECT: ("✓", "#00704F"),
    Outcome.PARTIAL: ("◐", "#9A5B00"),
    Outcome.INCORRECT: ("✗", "#A83F00"),
    Outcome.NOT_ATTEMPTED: ("○", "#4B5563"),
    Outcome.INVALID: ("!", "#4B5563"),
}


#: The style sheets, in order.
SHEETS = ("widgets.css", "boards.css", "planner.css")


@cache
def css() -> str:
    """Return the style sheet."""
    data = files("crmkit").joinpath("data")
    sheets = (data.joinpath(name).read_text(encoding="utf-8") for name in SHEETS)
    return "".join(sheets) + "".join(
        f".crm-board button.crm-tier-{tier}[aria-pressed=true]"
        f" {{ background: {colour}; border-color: {colour}; }}\n"
        for tier, colour in TIER_COLOURS.items()
    )


@cache
def style() -> widgets.HTML:
    """Return the style sheet as a widget; every panel carries it, so any cell may run alone.

    It is one widget for all panels: the sheet travels to the browser once.
    """
    return widgets.HTML(f"<style>{css()}</style>", layout=widgets.Layout(display="none"))


def paragraph(text: str, kind: str = "") -> str:
    """Return a paragraph of plain text; its line breaks stay.

    >>> paragraph("1 < 2\\nyes")
    '<p class="">1 &lt; 2<br>yes</p>'
    """
    return f'<p class="{kind}">{escape(text).replace(chr(10), "<br>")}</p>'


def box(heading: str, body: str, colour: str = "#6B7280", sign: str = "") -> str:
    """Return a box with a heading; its colour and sign say what kind of news it holds."""
    badge = f'<span class="crm-sign" style="background:{colour}">{sign}</span>' if sign else ""
    return (
        f'<div class="crm-box" style="border-left-color:{colour}">'
        f'<h4 style="color:{colour}">{badge}{escape(heading)}</h4>{body}</div>'
    )


def feedback(result: Result) -> str:
    """Return what a learner reads about a checked answer."""
    sign, colour = SIGNS[result.outcome]
    heading = result.outcome.heading
    if result.outcome is Outcome.PARTIAL:
        heading += " · " + t("widgets.score", score=result.score)
    return box(heading, _explanation(result.explanation()), colour, sign)


def _explanation(parts: Mapping[str, str]) -> str:
    if "" in parts:
        return paragraph(parts[""])
    rows = (
        f"<dt>{escape(t(f'widgets.{part}'))}</dt><dd>{escape(text)}</dd>"
        for part, text in parts.items()
    )
    return f"<dl>{''.join(rows)}</dl>"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table of plain text; line breaks in a cell stay."""
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows
    )
    return f'<table class="crm-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def image(png: bytes, width: int) -> str:
    """Return a picture that needs no file beside the notebook."""
    alt = escape(t("widgets.image"))
    data = b64encode(png).decode("ascii")
    return f'<img alt="{alt}" width="{width}" src="data:image/png;base64,{data}">'


def chip(tier: str) -> str:
    """Return a tier's letter on its colour."""
    colour = TIER_COLOURS.get(tier, TIER_COLOURS["unknown"])
    letter = tier if tier != "unknown" else "?"
    return f'<span class="crm-chip" style="background:{colour}">{letter}</span>'
