"""The agenda as pages for the phone: one self-contained HTML file per day."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from crmkit.book.codes import word_for
from crmkit.book.files import atomic
from crmkit.book.results import AGENDA
from crmkit.book.schema import CLIENT
from crmkit.errors import CrmkitError
from crmkit.planning.agenda import Agenda
from crmkit.planning.sheets import in_full
from crmkit.words import language, t


def write_pages(agenda: Agenda, folder: str | Path) -> list[Path]:
    """Write a page for every day of an agenda into a folder.

    A page needs no other file and no network, runs no script, and opens a contact at a tap.
    It carries names and phones in full, and says so.

    Parameters
    ----------
    agenda : Agenda
    folder : str or Path
        Made if need be. Pages of days that are not in the plan are left alone.

    Returns
    -------
    list of Path
        One per day: ``2026-07-01.html``.

    Raises
    ------
    CrmkitError
        ``book.not_writable``.
    """
    from jinja2 import Environment

    root = files("crmkit").joinpath("data/agenda")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(root.joinpath("day.html").read_text(encoding="utf-8"))
    css = root.joinpath("day.css").read_text(encoding="utf-8")
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CrmkitError("book.not_writable", where=str(folder)) from error
    written = []
    for day in _days(agenda):
        page = template.render(
            day=day, css=css, lang=_LANG[language()], words=_words(), warnings=agenda.warnings
        )
        with atomic(place / day["file"]) as lent:
            lent.write_text(page, encoding="utf-8")
        written.append(place / day["file"])
    return written


_LANG = {"zh": "zh-CN", "en": "en"}


def _days(agenda: Agenda) -> Iterator[dict[str, Any]]:
    contacts = in_full(agenda).fillna({"name": "", "note": "", "worth": ""})
    names = [f"{day:%Y-%m-%d}.html" for day in agenda.load["date"]]
    for place, load in enumerate(agenda.load.to_dict(orient="records")):
        day = load["date"]
        weekday = t(f"planning.weekday.{day.weekday()}")
        minutes = load["minutes"] + load["free_minutes"]
        yield {
            "file": names[place],
            "title": t("agenda.page.title", day=f"{day:%Y-%m-%d}", weekday=weekday),
            "sum": t("agenda.page.sum", available=minutes, **{str(k): v for k, v in load.items()}),
            "share": round(100 * load["minutes"] / minutes) if minutes else 0,
            "before": names[place - 1] if place else "",
            "after": names[place + 1] if place + 1 < len(names) else "",
            "cards": [
                _card(row) for row in contacts[contacts["date"] == day].to_dict(orient="records")
            ],
        }


def _card(row: Mapping[Any, Any]) -> dict[str, Any]:
    kept = ("start", "must", "reason", "why_today", "why_channel", "worth", "talk", "reach", "note")
    return {
        **{name: row[name] for name in kept},
        "name": row["name"] or row["client_id"],
        "tier": "?" if row["tier"] == "unknown" else row["tier"],
        "channel": word_for(row["channel"]),
        "minutes": t("agenda.page.minutes", minutes=row["minutes"]),
        "tel": row["reach"] if row["channel"] in ("call", "sms") else "",
    }


def _words() -> dict[str, str]:
    own = {name: t(f"agenda.page.{name}") for name in ("before", "after", "nothing", "must")}
    heads = {
        name: AGENDA.columns[name].heading()
        for name in ("talk", "why_today", "why_channel", "worth")
    }
    return {
        **own,
        **heads,
        "note": CLIENT.columns["note"].heading(),
        "unmasked": t("planning.unmasked"),
    }
