"""Four questions about what contacts bring, by tier, and how much hangs on the answers."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import ipywidgets as widgets

from crmkit import plots
from crmkit.planning.cadence import Rules, load_rules
from crmkit.planning.judgements import Answers, curves, in_a_rules_file, stake, with_answers
from crmkit.planning.plan import Plan
from crmkit.widgets.panel import Panel
from crmkit.widgets.safety import in_a_sentence
from crmkit.widgets.sliders import Slider, Sliders
from crmkit.widgets.style import paragraph
from crmkit.words import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TIERS = ("A", "B", "C", "D")
#: Where the answers can stand; contacted as owed is 100 and asks nothing.
PLACES = {"none": range(0, 100, 5), "more": range(100, 121), "most": range(100, 151)}
#: A share below this is worth talking over.
FLAT = 0.97


class Judgements(Panel):
    """An editor of response curves by the four questions of ADBUDG (Little 1970).

    Parameters
    ----------
    plan : callable
        Takes rules and returns the plan made with them, to see what hangs on the answers.
    rules : Rules, optional
        What it starts from; the course's by default.
    """

    def __init__(self, plan: Callable[[Rules], Plan], rules: Rules | None = None) -> None:
        self.plan, self.rules = plan, rules or load_rules()
        self._usual: Plan | None = None
        self.curves = {tier: self._curve(tier) for tier in TIERS}
        self.tier = widgets.ToggleButtons(
            options=[(t("plan_plots.tier", tier=tier), tier) for tier in TIERS],
            tooltip=t("planner.judgements.tier"),
        )
        self.tier.observe(lambda _: self._show(), "value")
        self.place = widgets.VBox()
        self.try_button = widgets.Button(description=t("planner.judgements.try"))
        self.try_button.add_class("crm-button")
        self.try_button.on_click(lambda _: self.try_out())
        self.said = widgets.HTML()
        title = widgets.HTML(
            f"<h4>{t('planner.judgements.title')}</h4>{paragraph(t('planner.judgements.owed'))}"
        )
        rows = [title, self.tier, self.place, self.try_button, self.said]
        super().__init__("Judgements(A, B, C, D)", rows, self._still)
        self._show()

    def answers(self) -> dict[str, Answers]:
        """Return the answers that are not what they were, by tier."""
        now = {tier: _four(**self.curves[tier].rails.values()) for tier in TIERS}
        return {tier: four for tier, four in now.items() if four != self.rules.tier[tier].answers}

    def try_out(self) -> None:
        """Plan by the answers, and say what would be lost by planning without them."""
        answers = self.answers()
        if not answers:
            self.said.value = paragraph(t("planner.judgements.same"))
            return
        self.said.value = paragraph(t("planner.judgements.working"))
        try:
            self._usual = self._usual or self.plan(self.rules)
            found = stake(self.plan(with_answers(self.rules, answers)), self._usual)
        except Exception as error:
            self.said.value = paragraph(in_a_sentence(error))
            return
        told = t("planner.judgements.told", share=found.share, moved=found.moved,
                 contacts=found.contacts)  # fmt: skip
        why = t(f"planner.judgements.{'flat' if found.share >= FLAT else 'matters'}")
        lines = f"<pre>{escape(in_a_rules_file(answers))}</pre>"
        file = paragraph(t("planner.judgements.file"))
        self.said.value = paragraph(told) + paragraph(why) + file + lines

    def _curve(self, tier: str) -> Sliders:
        usual = self.rules.tier[tier].answers
        none, _, more, most = usual
        sliders = {
            name: Slider(f"planner.judgements.{name}", sorted({*PLACES[name], at}), at, "{:.0f}%")
            for name, at in (("none", none), ("more", more), ("most", most))
        }
        curve = Sliders(sliders, partial(_drawn, usual), name=f"judgements {tier}")
        curve.view.remove_class("crm-panel")  # it stands inside a frame already
        return curve

    def _show(self) -> None:
        self.place.children = [self.curves[self.tier.value].view]

    def _still(self) -> str:
        return self.curves[self.tier.value].still()


def _four(none: float, more: float, most: float) -> Answers:
    """Return the answers of three sliders; "as often as could be" is never below "more"."""
    return int(none), 100, int(more), int(max(more, most))


def _drawn(usual: Answers, **places: float) -> "Axes":
    own = _four(**places)
    return plots.response_curve(curves(own, usual), own)
