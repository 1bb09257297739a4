"""Seven contacts to be remembered by: dots that fill as a calendar is planned."""

from collections.abc import Mapping
from datetime import date, timedelta
from html import escape

from crmkit.book.schema import CHANNELS
from crmkit.planning import touches as rules
from crmkit.widgets.board import Board
from crmkit.widgets.days import SIGNS, Contact, Days, day_name
from crmkit.widgets.panel import Panel
from crmkit.words import labels, t


class TouchTracker(Panel):
    """A calendar of some weeks, seven dots, and what the plan comes to.

    Parameters
    ----------
    start : date
    weeks : int
    reasons : mapping of str to str, optional
        Reasons to be in touch, and what to call them.
    channels : iterable of str
        Codes of the book's schema.
    """

    def __init__(
        self,
        start: date,
        weeks: int = 10,
        reasons: Mapping[str, str] | None = None,
        channels: tuple[str, ...] = CHANNELS,
    ) -> None:
        days = [start + timedelta(days=n) for n in range(7 * weeks - start.weekday())]
        fields = {"channel": (t("instruments.touches.channel"), labels("value", *channels))}
        if reasons:
            fields["reason"] = (t("instruments.touches.reason"), dict(reasons))
        names = {day: day_name(day) for day in days}
        self.days = Days(names, fields, self._changed, most=12)
        self.dots = Board(self._html, lambda _: None)
        rows = [self.dots.view, self.days.view]
        super().__init__(
            f"TouchTracker({weeks})", rows, lambda: self.dots.html + self.days.board.html
        )

    def _changed(self, contacts: list[Contact]) -> None:
        crowded = rules.touches(contacts).crowded
        self.days.marks = dict.fromkeys(
            crowded, t("instruments.touches.crowded", days=rules.DAYS_APART)
        )
        self.dots.redraw()

    def _html(self) -> str:
        contacts = self.days.complete()
        dots = "".join(
            _dot(place, contacts[place]["channel"] if place < len(contacts) else "")
            for place in range(max(rules.MEETINGS, len(contacts)))
        )
        found = rules.touches(contacts)
        gap = found.gap if found.gap is not None else "–"
        lines = [
            (found.count >= rules.MEETINGS,
             t("instruments.touches.count", count=found.count, due=rules.MEETINGS)),
            (found.channels >= rules.CHANNELS,
             t("instruments.touches.channels", count=found.channels, due=rules.CHANNELS)),
            ((found.gap or 0) >= rules.DAYS_APART,
             t("instruments.touches.gap", gap=gap, due=rules.DAYS_APART)),
            (found.visits > 0, t("instruments.touches.visits", count=found.visits)),
        ]  # fmt: skip
        if "reason" in self.days.fields:
            lines.append((found.count > 0 and not found.repeated,
                          t("instruments.touches.repeated", count=found.repeated)))  # fmt: skip
        items = "".join(
            f'<li class="{"crm-met" if met else ""}">{"✓" if met else "·"} {escape(line)}</li>'
            for met, line in lines
        )
        return f'<div class="crm-dots">{dots}</div><ul class="crm-facts">{items}</ul>'


def _dot(place: int, channel: str) -> str:
    kind = "crm-full" if channel else ""
    return f'<span class="{kind}">{SIGNS.get(channel, place + 1)}</span>'
