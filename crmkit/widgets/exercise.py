"""One question on the screen: enter, check, be told why, get a hint, see the solution."""

from collections.abc import Callable, Sequence
from datetime import date
from time import monotonic
from typing import Any

import ipywidgets as widgets

from crmkit.course import Outcome, Question, Result, Unit, mark, mastered
from crmkit.course.mastery import IN_A_ROW
from crmkit.errors import CrmkitError
from crmkit.widgets.entries import entry
from crmkit.widgets.panel import Panel
from crmkit.widgets.safety import in_a_sentence
from crmkit.widgets.style import box, feedback, paragraph, table
from crmkit.words import t

#: While a kernel is busy, a browser holds changes back but not clicks; a change that comes
#: within this many seconds of a check was made before it.
LATE = 0.4


class Exercise(Panel):
    """A question with its controls, buttons and feedback.

    Every answer is saved the moment it is entered; what was entered and learned before is on
    the screen again when the notebook runs anew. A question that has been answered rightly, or
    given up, can be set anew on other figures.

    Parameters
    ----------
    unit : Unit
    question : str
        Id of the question.
    today : callable, optional
        Returns the day, for the daily deck; without it misses are not taken into the deck.
    moved : callable, optional
        Hears of every answer, check and change of question.
    """

    def __init__(
        self,
        unit: Unit,
        question: str,
        today: Callable[[], date] | None = None,
        moved: Callable[[], None] | None = None,
    ) -> None:
        self.unit, self.name = unit, question
        self._today, self._moved = today, moved or (lambda: None)
        self._restoring = False
        self.prompt, self.saved = widgets.HTML(), widgets.HTML()
        self.feedback, self.hints, self.solution = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.place = widgets.VBox()
        self.check_button = self._button(t("widgets.check"), self.check, "crm-main")
        self.hint_button = self._button("", self.hint)
        self.solution_button = self._button(t("widgets.solution"), self.show_solution)
        self.another_button = self._button(t("widgets.another"), self.another)
        self.buttons = widgets.HBox()
        self.mastery = widgets.HTML()
        rows = [self.prompt, self.place, self.buttons, self.feedback, self.mastery, self.hints,
                self.solution]  # fmt: skip
        super().__init__(f"Exercise({question})", rows, self._as_it_stands)
        self.view.add_class(f"crm-at-{question}")
        self._set_question()

    def _set_question(self) -> None:
        """Show the question in the variant the learner is working on."""
        self.question: Question = self.unit.question(self.name)
        self._entered: Any = self.unit.entry(self.name).answer
        self._checked_at = float("-inf")
        self.entry = entry(self.question, self._guarded(self._changed))
        self.prompt.value = paragraph(self.question.say("prompt"), "crm-prompt")
        self.place.children = [self.entry.view]
        self.buttons.children = self._shown_buttons()
        self.feedback.value = self.saved.value = ""
        self._restore()

    def set(self, answer: object) -> None:
        """Enter an answer as if by hand; what cannot be an answer is refused when checked."""
        self._guarded(self._changed)(answer)
        self._show_on_controls()

    def check(self) -> Result:
        """Mark the answer, show what there is to say about it, and return the mark."""
        entered = mark(self.question, self._entered)
        broken = entered.outcome is Outcome.INVALID
        result = entered if broken else self._count()
        self.feedback.value = feedback(result)
        self._checked_at = monotonic()
        self._refresh()
        self._moved()
        return result

    def _count(self) -> Result:
        return self.unit.check(self.name, self._today() if self._today else None)

    def hint(self) -> None:
        """Open one more hint."""
        self.unit.hint(self.name)
        self._refresh()

    def show_solution(self) -> None:
        """Open the solution, if three tries or a right answer have earned it."""
        if self.unit.may_see_solution(self.name):
            self.unit.see_solution(self.name)
            self._refresh()

    def another(self) -> None:
        """Set the question anew on other figures."""
        self.unit.another(self.name)
        self._set_question()
        self._moved()

    def _button(self, text: str, action: Callable[[], Any], kind: str = "") -> widgets.Button:
        button = widgets.Button(description=text)
        button.add_class("crm-button")
        if kind:
            button.add_class(kind)
        button.on_click(self._guarded(lambda _: action()))
        return button

    def _shown_buttons(self) -> list[widgets.Widget]:
        shown = [] if self.entry.ended else [self.check_button]
        if self.question.hints:
            shown.append(self.hint_button)
        if self.question.has("solution"):
            shown.append(self.solution_button)
        return [*shown, self.another_button, self.saved]

    def _guarded(self, action: Callable[[Any], Any]) -> Callable[[Any], None]:
        """Return an action that ends in a sentence, should it fail, and never in a traceback."""

        def act(event: Any) -> None:
            try:
                action(event)
            except CrmkitError as error:
                self._tell(t("widgets.unsaved", why=error))
            except Exception as error:
                self._tell(in_a_sentence(error))

        return act

    def _tell(self, text: str) -> None:
        self.feedback.value = box(Outcome.INVALID.heading, paragraph(text))

    def _changed(self, answer: object) -> None:
        self._entered = answer
        if self._restoring:
            return
        self.unit.answer(self.name, answer)
        self._moved()
        self.saved.value = paragraph(t("widgets.saved"), "crm-saved")
        if self.entry.ended:
            self._come_to_an_end()
        elif monotonic() - self._checked_at < LATE:
            self._check_again()
        else:
            self.feedback.value = ""

    def _come_to_an_end(self) -> None:
        """Mark an answer that is whole; say nothing about one that is still going on."""
        if self.entry.ended and self.entry.ended():
            self.check()
            self._comment_on_the_end()
        else:
            self.feedback.value = ""

    def _comment_on_the_end(self) -> None:
        """Speak of what ended just now, even where something better before it counts."""
        kept = self.unit.mark(self.name)
        latest = mark(self.question, self.entry.ended()) if self.entry.ended else kept
        if latest.outcome is not kept.outcome and latest.outcome.counts:
            earlier = paragraph(t("widgets.still_counts"), "crm-saved")
            self.feedback.value = feedback(latest) + earlier

    def _check_again(self) -> None:
        """Judge an answer that the click on Check overtook; the try has been counted."""
        counted = self.unit.entry(self.name).tries > 0
        result = self.unit.mark(self.name) if counted else self._count()
        self.feedback.value = feedback(result)
        self._refresh()
        self._moved()

    def _show_on_controls(self) -> None:
        self._restoring = True
        try:
            kept = self.unit.entry(self.name).answer
            if mark(self.question, kept).outcome not in (Outcome.NOT_ATTEMPTED, Outcome.INVALID):
                self.entry.show(kept)
        finally:
            self._restoring = False

    def _restore(self) -> None:
        """Put back what the sheet holds, with the feedback if the answer had been checked."""
        entered = self._entered
        self._show_on_controls()
        self._entered = entered
        if self.unit.entry(self.name).tries:
            self.feedback.value = feedback(self.unit.mark(self.name))
            self._comment_on_the_end()
        self._refresh()

    def _refresh(self) -> None:
        kept = self.unit.entry(self.name)
        opened, all_hints = min(kept.hints, self.question.hints), self.question.hints
        self.hint_button.description = t("widgets.hint", opened=opened, all=all_hints)
        self.hint_button.disabled = opened == all_hints
        self.hints.value = "".join(
            box(t("widgets.hint_title", number=number),
                paragraph(self.question.say(f"hint{number}")), "#56708A")
            for number in range(1, opened + 1)
        )  # fmt: skip
        may = self.unit.may_see_solution(self.name)
        self.solution_button.disabled = not may or kept.solution_seen
        self.solution_button.tooltip = "" if may else t("widgets.solution_closed")
        self.solution.value = self._solution() if kept.solution_seen else ""
        again = bool(kept.tries) and may and may_vary(self.question)
        self.another_button.layout.display = "" if again else "none"
        self.mastery.value = streak(kept.passes) if again else ""

    def _solution(self) -> str:
        if not self.question.has("solution"):
            return ""
        steps = self.question.worked()
        shown = table(steps.headings, steps.rows) if steps.rows else ""
        text = paragraph(self.question.say("solution"))
        return box(t("widgets.solution_title"), text + shown, "#0072B2")

    def _as_it_stands(self) -> str:
        """Return the question as HTML, with feedback and solution where they are open."""
        prompt = paragraph(self.question.say("prompt"))
        return "".join([prompt, self.entry.still(), self.feedback.value, self.solution.value])


def may_vary(question: Question) -> bool:
    """Tell whether a question is worth setting anew: it counts, or ends a lesson."""
    return question.graded or "-x" in question.id


def streak(passes: Sequence[bool]) -> str:
    """Return how near a question is to being mastered, as HTML."""
    if mastered(passes):
        return paragraph(t("widgets.mastered"), "crm-saved crm-mastered")
    run = next((n for n, good in enumerate(reversed(passes)) if not good), len(passes))
    return paragraph(t("widgets.streak", run=run, due=IN_A_ROW), "crm-saved")
