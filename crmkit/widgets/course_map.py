"""The start page: where to go on, the map of the course, strengths by objective."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from crmkit.course import Sheet, Strength, open_unit, strengths
from crmkit.course.overview import Standing, Stop, lesson_of, lessons, stages, standings
from crmkit.course.terms import terms
from crmkit.widgets.board import Board, pick
from crmkit.widgets.deck import Deck
from crmkit.widgets.hand_in import HandIn
from crmkit.widgets.panel import Panel
from crmkit.widgets.profile import gauge
from crmkit.widgets.strip import Strip
from crmkit.words import glossary, language, t


@dataclass(frozen=True, repr=False)
class Course:
    """The learner's sheet, for the start page.

    Attributes
    ----------
    sheet : Sheet
    today : date
    banner : Panel
    """

    sheet: Sheet
    today: date
    banner: Strip

    def __repr__(self) -> str:
        return "Course()"

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, object]:
        return self.banner._repr_mimebundle_(**kwargs)

    def continue_here(self) -> Panel:
        """Return the way to the question worked on last, or to the first lesson."""
        return Panel("Continue()", [self._board(_continue(self.sheet)).view],
                     lambda: _continue(self.sheet))  # fmt: skip

    def map(self) -> Panel:
        """Return every lesson, by stage, with how far along the learner is."""
        html = _map(standings(self.sheet))
        return Panel("CourseMap()", [self._board(html).view], lambda: html)

    def deck(self) -> Deck:
        """Return today's cards."""
        return Deck(self.sheet, self.today)

    def strengths(self) -> "Strengths":
        """Return how the learner stands with each objective of the lessons begun."""
        return Strengths(self.sheet)

    def hand_in(self) -> HandIn:
        """Return the button that writes everything into one file for the trainer."""
        return HandIn(self.sheet)

    def words(self) -> Panel:
        """Return the trade's words, folded up by lesson."""
        html = _words()
        return Panel("Words()", [self._board(html).view], lambda: html)

    def _board(self, html: str) -> Board:
        return Board(lambda: html, lambda _: None)


class Strengths(Panel):
    """Objectives and how often they were met at once; worked out when asked for."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.found: Mapping[str, Strength] | None = None
        self.board = Board(self._html, self._picked)
        super().__init__("Strengths()", [self.board.view], lambda: self.board.html)

    def _picked(self, word: str) -> None:
        if word == "look":
            self.found = strengths_of(self.sheet)

    def _html(self) -> str:
        if not self.sheet.entries:
            return f'<p class="crm-quiet">{escape(t("widgets.strengths.none"))}</p>'
        if self.found is None:
            return pick("look", escape(t("widgets.strengths.look")), "crm-small")
        if not self.found:
            return f'<p class="crm-quiet">{escape(t("widgets.strengths.none"))}</p>'
        rows = "".join(map(_strength, self.found.items()))
        return f'<table class="crm-strengths"><tbody>{rows}</tbody></table>'


def strengths_of(sheet: Sheet) -> dict[str, Strength]:
    """Return how a learner stands by objective, of the units begun; keys are words keys."""
    found: dict[str, Strength] = {}
    for unit in sorted({stop.unit for name in sheet.entries if (stop := lesson_of(name))}):
        questions = open_unit(unit, sheet=sheet).questions.values()
        for objective, strength in strengths(questions, sheet.entries).items():
            found[f"{unit}.objective.{objective}"] = strength
    return found


def _strength(item: tuple[str, Strength]) -> str:
    key, strength = item
    name = t(key) if key in glossary() else key
    share = strength.right / strength.asked if strength.asked else 0
    said = t("widgets.strengths.row", right=strength.right, asked=strength.asked,
             mastered=strength.mastered, questions=strength.questions)  # fmt: skip
    return (
        f"<tr><th>{escape(name)}</th><td><i class='crm-mini'><i style='width:{share:.0%};"
        f"background:#0072B2'></i></i></td><td><small>{escape(said)}</small></td></tr>"
    )


def _continue(sheet: Sheet) -> str:
    stop = lesson_of(sheet.last)
    at = sheet.last if stop else ""
    stop = stop or next((lesson for lesson in lessons() if lesson.is_open), None)
    if stop is None:
        return ""
    key = "widgets.map.go_on" if at else "widgets.map.begin"
    label = escape(t(key, number=int(stop.unit[1:]), title=stop.title))
    return f'<div class="crm-continue">{_link(stop, label + " →", "crm-continue-link", at)}</div>'


def _map(found: Mapping[str, Standing]) -> str:
    groups = []
    for stage, name in stages().items():
        cards = "".join(_stop(each, found[each.unit]) for each in lessons() if each.stage == stage)
        groups.append(f"<section><h5>{escape(name)}</h5>{cards}</section>")
    return f'<div class="crm-map">{"".join(groups)}</div>'


def _words() -> str:
    groups = []
    for stop in lessons():
        rows = "".join(
            f"<dt>{escape(term.word)} <small>{escape(term.other)}</small></dt>"
            f"<dd>{escape(term.meaning)}</dd>"
            for term in terms()
            if term.lesson == stop.unit
        )
        if rows:
            title = t("widgets.map.lesson", number=int(stop.unit[1:]))
            head = f"<b>{escape(title)}</b> {escape(stop.title)}"
            groups.append(f"<details><summary>{head}</summary><dl>{rows}</dl></details>")
    return f'<div class="crm-words">{"".join(groups)}</div>'


def _stop(stop: Stop, standing: Standing) -> str:
    title = f"<b>{escape(t('widgets.map.lesson', number=int(stop.unit[1:])))}</b> "
    title += f"<span>{escape(stop.title)}</span>"
    if not stop.is_open:
        soon = escape(t("widgets.map.soon"))
        return f'<div class="crm-stop crm-soon">{title}<small>{soon}</small></div>'
    share = standing.right / standing.questions if standing.questions else 0
    said = t("widgets.map.standing", right=standing.right, all=standing.questions)
    last = escape(said)
    if stop.has_exercise:
        name = escape(t("widgets.map.exercise"))
        last += " · " + _link(stop, name, "crm-exercise", folder="exercises")
    return (
        f'<div class="crm-stop">{gauge(share)}<div>{_link(stop, title, "crm-lesson")}'
        f"<small>{last}</small></div></div>"
    )


def _link(stop: Stop, body: str, kind: str, at: str = "", folder: str = "") -> str:
    """Return a link to a page of a lesson: where the question is that it leads to."""
    folder = folder or ("exercises" if at.startswith("e") else "notebooks")
    path = f"{folder}/{language()}/{stop.page}.ipynb"
    return (
        f'<a href="../../{path}" data-open="{path}" data-at="{escape(at)}" class="{kind}">'
        f"{body}</a>"
    )
