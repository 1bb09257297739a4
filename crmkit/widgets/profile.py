"""One client on a card: what is known in each of five parts, and how complete it is."""

from collections.abc import Mapping
from html import escape
from typing import Any

from crmkit.analysis.knowing import areas, completeness, field_name, is_known
from crmkit.widgets.still import Still
from crmkit.widgets.style import css
from crmkit.words import t

#: From this share on, a gauge has this colour.
GAUGE = ((0.8, "#00704F"), (0.5, "#0072B2"), (0.0, "#A83F00"))


def profile_card(
    profile: Mapping[str, Any], title: str = "", only: bool = False, measured: bool = True
) -> Still:
    """Return a client's card, with a gauge for the whole and a bar for each part.

    Parameters
    ----------
    profile : mapping of str to object
        Field to what is to be read; see :func:`crmkit.analysis.knowing.areas`.
    title : str
        Whose card it is; by default the name.
    only : bool
        Leave out what is unknown, as on the small card of a client list.
    measured : bool
        Show how complete it is; not where that is to be worked out.
    """
    title = title or str(profile.get("name") or t("instruments.profile.nobody"))
    card = card_html(profile, title, only, measured)
    html = f'<style>{css()}</style><div class="crm-card-room">{card}</div>'
    return Still(f"ProfileCard({title})", html)


def card_html(
    profile: Mapping[str, Any], title: str, only: bool = False, measured: bool = True
) -> str:
    """Return a client's card as HTML."""
    shares = completeness(profile)
    parts = "".join(
        _area(area, profile, _bar(shares[area]) if measured else "", only) for area in areas()
    )
    if not measured:
        return f'<div class="crm-profile"><header><b>{escape(title)}</b></header>{parts}</div>'
    return (
        f'<div class="crm-profile"><header>{gauge(shares["total"])}'
        f"<div><b>{escape(title)}</b>"
        f"<small>{escape(t('instruments.profile.complete', share=shares['total']))}</small></div>"
        f"</header>{parts}</div>"
    )


def gauge(share: float) -> str:
    """Return a ring, filled by a share of 0 to 1, with the figure inside."""
    colour = next(colour for least, colour in GAUGE if share >= least)
    return (
        f'<span class="crm-gauge" style="background:conic-gradient({colour} {share:.0%},'
        f' #E5E9EF 0)"><span>{share:.0%}</span></span>'
    )


def _bar(share: float) -> str:
    colour = next(colour for least, colour in GAUGE if share >= least)
    bar = f'<i class="crm-mini"><i style="width:{share:.0%};background:{colour}"></i></i>'
    return f"{bar}<small>{share:.0%}</small>"


def _area(area: str, profile: Mapping[str, Any], bar: str, only: bool) -> str:
    fields = [f for f in areas()[area] if not only or is_known(profile.get(f))]
    rows = "".join(_field(field, profile.get(field)) for field in fields)
    name = escape(t(f"knowing.area.{area}"))
    return f"<section><h5>{name}{bar}</h5><dl>{rows}</dl></section>"


def _field(field: str, value: object) -> str:
    known = is_known(value)
    said = str(value) if known else t("instruments.profile.missing")
    kind = "" if known else ' class="crm-missing"'
    return f"<dt>{escape(field_name(field))}</dt><dd{kind}>{escape(said)}</dd>"
