"""What enters an answer on the screen, by clicks and keys, for every kind of question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from types import MappingProxyType
from typing import Any

from playwright.sync_api import Locator, expect

from crmkit.course import Question, Result, mark
from crmkit.course.dialogue import choose
from crmkit.widgets.entries.numbers import line_positions
from crmkit.words import t

#: A person reads before the next reply, in milliseconds; what comes sooner is the same press.
READING = 600
#: Places of a slider that Page Up and Page Down pass at once.
LEAP = 5
#: How many picks in a row are made with the mouse.
BY_MOUSE = 6
#: A calendar in which no contact is open.
CLOSED = '.crm-days:not(:has([data-pick="remove:"]))'
#: Clicks buttons of a board in turn, each when the board shows the one before; returns the
#: button after which nothing came.
CLICKS = """async (panel, steps) => {
  for (const [word, shows] of steps) {
    panel.querySelector(`[data-pick="${CSS.escape(word)}"]`).click();
    let frames = 0;
    while (!panel.querySelector(shows)) {
      if (++frames > 3600) return word;
      await new Promise(requestAnimationFrame);
    }
  }
  return "";
}"""


def answer(panel: Locator, question: Question, given: Any) -> Result:
    """Enter an answer and have it marked; expect to read all there is to say about it."""
    give(panel, question, given)
    check(panel, question)
    result = mark(question, enterable(question, given))
    told = panel.locator(".crm-box").filter(has_text=result.outcome.heading).first
    told.wait_for()
    expect(told.locator("dd, p")).to_have_text([*result.explanation().values()])
    return result


def give(panel: Locator, question: Question, answer: Any) -> None:
    """Enter an answer in place of what a question's controls hold."""
    HANDS[question.kind](panel, question, answer)


def check(panel: Locator, question: Question) -> None:
    """Press the button that marks the answer; a conversation is marked by its end."""
    if question.kind != "dialogue":
        panel.get_by_role("button", name=t("widgets.check"), exact=True).click()


def enterable(question: Question, answer: Any) -> Any:
    """Return the answer that the controls come to: a slider stops at the nearest place."""
    return _nearest(question, answer)[1] if question.kind == "cut" else answer


def _pick(panel: Locator, steps: Sequence[tuple[str, str]]) -> None:
    """Choose one thing after the other on a board, each when the one before is to be seen.

    A step is what is picked and a selector of what the board shows then. The first steps are
    the mouse's; of the many in a long table the rest are clicks without one.
    """
    for word, shows in steps[:BY_MOUSE]:
        panel.locator(f'[data-pick="{word}"]').click()
        panel.locator(shows).wait_for(state="attached")
    stuck = panel.evaluate(CLICKS, [list(step) for step in steps[BY_MOUSE:]])
    assert stuck == ""


def _press(panel: Locator, words: Iterable[str]) -> None:
    """Turn buttons on that are off, and the other way round."""
    on = _pressed(panel)
    _pick(panel, [(word, _button(word, word not in on)) for word in words])


def _button(word: str, on: bool) -> str:
    return f'[data-pick="{word}"][aria-pressed={str(on).lower()}]'


def _pressed(panel: Locator) -> list[str]:
    on = panel.locator("[data-pick][aria-pressed=true]")
    return on.evaluate_all("nodes => nodes.map(node => node.dataset.pick)")


def _choice(panel: Locator, question: Question, answer: str) -> None:
    names = [option.name for option in question.form().options]
    panel.get_by_role("radio").nth(names.index(answer)).check()


def _several(panel: Locator, question: Question, answer: Sequence[str]) -> None:
    _press(panel, {*_pressed(panel)} ^ {*answer})


def _number(panel: Locator, question: Question, answer: float) -> None:
    panel.get_by_role("textbox").first.fill(f"{answer:.12g}")


def _text(panel: Locator, question: Question, answer: str) -> None:
    """Write a text; one that stands there already is written anew."""
    field = panel.locator("textarea")
    field.fill("")
    field.fill(answer)


def _cut(panel: Locator, question: Question, answer: float) -> None:
    """Move the slider by its keys, from where it stands."""
    handle = panel.locator(".noUi-handle")
    way = _nearest(question, answer)[0] - round(float(handle.get_attribute("aria-valuenow")))
    leaps, steps = divmod(abs(way), LEAP)
    leap, step = ("PageUp", "ArrowUp") if way > 0 else ("PageDown", "ArrowDown")
    for key in [leap] * leaps + [step] * steps:
        handle.press(key)


def _nearest(question: Question, answer: float) -> tuple[int, float]:
    """Return the slider's place nearest to an answer, and its line, among those marked alike."""
    due = _told(question, answer)
    lines = enumerate(line_positions(min(question.values), max(question.values)))
    alike = [(place, line) for place, line in lines if _told(question, line) == due]
    return min(alike, key=lambda each: abs(each[1] - answer))


def _told(question: Question, line: float) -> tuple[str, float]:
    result = mark(question, line)
    return result.remark, result.score


def _ranking(panel: Locator, question: Question, answer: Sequence[str]) -> None:
    """Move items up until they stand in their order; the order shown is stirred first."""
    rows = panel.locator(".crm-order [data-drop]")
    order = rows.evaluate_all("nodes => nodes.map(node => node.dataset.drop)")
    first = panel.locator(".crm-order .crm-head").count() + 1
    steps = []
    if order == list(answer):
        steps += [(f"down:{order[0]}", f'li:nth-child({first + 1})[data-drop="{order[0]}"]')]
        order[:2] = order[1::-1]
    for place, item in enumerate(answer):
        for at in range(order.index(item) - 1, place - 1, -1):
            steps += [(f"up:{item}", f'li:nth-child({first + at})[data-drop="{item}"]')]
        order.remove(item)
        order.insert(place, item)
    _pick(panel, steps)


def _assign(panel: Locator, question: Question, answer: Mapping[str, str]) -> None:
    table = panel.locator(".crm-assign").count()
    (_table if table else _cards)(panel, question, answer)


def _table(panel: Locator, question: Question, answer: Mapping[str, str]) -> None:
    on = _pressed(panel)
    wanted = [f"{item}={option}" for item, option in answer.items()]
    _press(panel, [word for word in wanted if word not in on])


def _cards(panel: Locator, question: Question, answer: Mapping[str, str]) -> None:
    """Put cards into their boxes; those that lie in another are taken up first."""
    lying = panel.locator("[data-drop] .crm-lie")
    lie = lying.evaluate_all(
        "nodes => nodes.map(node => [node.dataset.pick, node.closest('[data-drop]').dataset.drop])"
    )
    boxes, steps = dict(lie), []
    for card, box in ((f"card:{row.name}", answer[row.name]) for row in question.form().rows):
        if boxes.get(card, box) != box:
            steps += [(card, f'.crm-play[data-drag="{card}"]')]
        if boxes.get(card) != box:
            steps += [(f"box:{box}", f'[data-drop="{box}"] [data-pick="{card}"]')]
    _pick(panel, steps)


def _calendar(panel: Locator, question: Question, answer: Sequence[Mapping[str, str]]) -> None:
    """Clear the calendar, then put in one contact after the other."""
    for _ in range(panel.locator('[data-pick^="open:"]').count()):
        _pick(panel, [("open:0", '[data-pick="remove:"]'), ("remove:", CLOSED)])
    steps, days = [], set()
    for contact in answer:
        word = f"day:{contact['day']}"
        steps += [(word, f'[data-pick="{word}"].crm-opened')]
        if word in days:
            steps += [(f"add:{contact['day']}", f'[data-pick="{word}"].crm-pending')]
        days.add(word)
        chosen = (f"set:{name}={what}" for name, what in contact.items() if name != "day")
        steps += [(each, _button(each, True)) for each in chosen]
    _pick(panel, steps)


def _policy(panel: Locator, question: Question, answer: Mapping[str, Mapping[str, Any]]) -> None:
    form = question.form()
    controls = iter(panel.locator(".crm-policy").locator("select, input").all())
    for row, field in product(form.rows, form.fields):
        value, control = answer.get(row.name, {}).get(field.name), next(controls)
        if field.options:
            names = ["", *(option.name for option in field.options)]
            control.select_option(index=names.index(value or ""))
        else:
            control.fill("" if value is None else f"{value:.12g}")


def _dialogue(panel: Locator, question: Question, answer: Mapping[str, Any]) -> None:
    """Have a conversation, from its beginning."""
    again = panel.get_by_role("button", name=t("dialogue.screen.again"), exact=True)
    if again.is_visible():
        again.click()
        again.wait_for(state="hidden")
    scene = question.scene
    for move in answer["moves"]:
        kinds = [kind for kind, _ in scene.options()]
        scene = choose(scene, move["option"])
        panel.page.wait_for_timeout(READING)
        panel.locator(".crm-reply").nth(kinds.index(move["option"])).click()
        panel.locator(".crm-says-you").nth(len(scene.replies) - 1).wait_for()


#: Enters an answer, by the kind of question.
HANDS: Mapping[str, Callable[[Locator, Any, Any], None]] = MappingProxyType(
    {
        "assign": _assign,
        "calendar": _calendar,
        "choice": _choice,
        "code": _text,
        "cut": _cut,
        "dialogue": _dialogue,
        "matching": _table,
        "number": _number,
        "policy": _policy,
        "ranking": _ranking,
        "rewrite": _text,
        "several": _several,
    }
)
