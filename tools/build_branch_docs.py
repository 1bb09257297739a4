"""Build docs/calibration.md, and the figures of docs/branch.md, from the simulated branch.

python tools/build_branch_docs.py           write the page and the figures
python tools/build_branch_docs.py --check   fail if the page is not what would be written
python tools/build_branch_docs.py --seeds   write docs/calibration-seeds.md too, a minute's work

Figures are drawn in both languages; they are not compared, because their bytes depend on the
machine's fonts library.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from crmkit.branch.calibration import PEOPLE, make_card
from crmkit.branch.events import CALL
from crmkit.branch.folklore import weigh_preset
from crmkit.branch.market import make_market
from crmkit.branch.plan import make_plan, presets
from crmkit.branch.policies import Policy, Trial, after, everybody, habit, nobody
from crmkit.branch.sample import Sample, take_sample
from crmkit.branch.state import DORMANT
from crmkit.plots import use_font
from crmkit.words import in_language, t

DOCS = Path(__file__).parents[1] / "docs"
PRESETS = ("sse2023", "szse2018", "csdc2012")
COLOURS = ("#0072B2", "#D55E00", "#009E73")

#: Published shares of accounts below so many CNY.
BELOW = {
    "sse2023": {5e5: 0.800},
    "szse2018": {1e5: 0.409, 5e5: 0.800},
    "csdc2012": {1e4: 0.3724, 1e5: 0.8579, 5e5: 0.9772, 1e6: 0.991, 5e6: 0.9991},
}

INTRODUCTION = f"""\
# 校准卡 · Calibration card

由 `python tools/build_branch_docs.py` 生成，请勿手改。每个客户群各模拟 {PEOPLE:,} 人，种子 1。
证据：S 公开页面（多为转载）· D 由公开数字推算 · M 未核实 · C 本项目假设 · R 规则。

Built by `python tools/build_branch_docs.py`; do not edit. {PEOPLE:,} people of each preset, seed 1.
Evidence: S read on a public page, often a secondary one · D derived from such numbers ·
M unverified · C assumed by this project · R a rule.
"""


def page(cards: dict[str, dict[str, pd.DataFrame]]) -> str:
    """Return the calibration page: a table per preset, then why some facts cannot hold."""
    parts = [INTRODUCTION]
    for preset, card in cards.items():
        zh, en = card["zh"], card["en"]
        parts.append(f"## `{preset}`: {int(zh['passes'].sum())} / {len(zh)}\n")
        parts.append("| # | 事实 | fact | 目标 · target | 范围 · band | 实测 · observed | | 证据 |")
        parts.append("|---|---|---|---|---|---|---|---|")
        for one, other in zip(zh.to_dict("records"), en.to_dict("records"), strict=True):
            numbers = [brief(one[name]) for name in ("target", "low", "high", "observed")]
            target, low, high, seen = numbers
            mark = "✓" if one["passes"] else "✗"
            parts.append(
                f"| {one['fact']} | {one['text']} | {other['text']} | {target} | {low} … {high} "
                f"| {seen} | {mark} | {one['status']} |"
            )
        parts.append("")
    return "\n".join([*parts, *_reasons(cards), *_folklore(), *_sources(cards)])


def _folklore() -> list[str]:
    """Return the trade's sayings beside what each preset shows."""
    heads = " | ".join(PRESETS)
    lines = ["## 民间说法 · Folklore\n"]
    shown = {preset: weigh_preset(preset)["observed"] for preset in PRESETS}
    told = {}
    for spoken in ("zh", "en"):
        with in_language(spoken):
            told[spoken] = weigh_preset(PRESETS[0]).to_dict("records")
            lines.append(t("branch.folklore.page.note") + "\n")
    lines += [f"| 说法 | saying | told | {heads} | 实测的是 | what was measured |",
              "|---|---|---|" + "---|" * (len(PRESETS) + 2)]  # fmt: skip
    for row, (zh, en) in enumerate(zip(told["zh"], told["en"], strict=True)):
        seen = [brief(column[row]) if column.notna()[row] else "–" for column in shown.values()]
        lines.append(
            f"| {zh['text']} | {en['text']} | {brief(zh['told'])} | {' | '.join(seen)} "
            f"| {zh['measure']} | {en['measure']} |"
        )
    return [*lines, ""]


def _reasons(cards: dict[str, dict[str, pd.DataFrame]]) -> list[str]:
    lines = ["## 不能同时成立的事实 · Facts that cannot hold together\n"]
    told = {}
    for card in cards.values():
        for spoken in ("zh", "en"):
            for row in card[spoken][~card[spoken]["passes"]].to_dict("records"):
                told[row["fact"], spoken] = row["why"]
    return [*lines, *(f"**{fact}** {why}\n" for (fact, _), why in sorted(told.items()))]


def _sources(cards: dict[str, dict[str, pd.DataFrame]]) -> list[str]:
    rows = pd.concat([card["en"] for card in cards.values()]).drop_duplicates("fact")
    listed = [f"- **{r['fact']}** {r['source']}" for r in rows.to_dict("records")]
    return ["## 来源 · Sources\n", *listed, ""]


SEEDS = (1, 2, 3, 4, 5)

SEEDS_INTRODUCTION = f"""\
# 换个种子 · Other seeds

由 `python tools/build_branch_docs.py --seeds` 生成，请勿手改。每个客户群换五个种子，
各模拟 {PEOPLE:,} 人。同一模型换了种子，数字有出入，这就是抽样误差；各项事实不靠某一个种子才成立。

Built by `python tools/build_branch_docs.py --seeds`; do not edit. {PEOPLE:,} people of each preset
under five seeds. What differs from seed to seed is sampling; no fact hangs on one lucky seed.
"""


def seeds_page() -> str:
    """Return what each seed shows of every fact; the ones that fail are bold."""
    parts = [SEEDS_INTRODUCTION]
    for preset in PRESETS:
        made = [make_card(preset, seed).to_dict("records") for seed in SEEDS]
        failed = sum(not row["passes"] for card in made for row in card)
        parts.append(f"## `{preset}`: {sum(map(len, made)) - failed} / {sum(map(len, made))}\n")
        parts.append(f"| # | 范围 · band | {' | '.join(map(str, SEEDS))} |")
        parts.append("|---|---|" + "---|" * len(SEEDS))
        for same in zip(*made, strict=True):
            seen = [brief(row["observed"]) for row in same]
            shown = [
                text if row["passes"] else f"**{text}**"
                for row, text in zip(same, seen, strict=True)
            ]
            band = f"{brief(same[0]['low'])} … {brief(same[0]['high'])}"
            parts.append(f"| {same[0]['fact']} | {band} | {' | '.join(shown)} |")
        parts.append("")
    return "\n".join(parts)


def brief(value: float) -> str:
    """Return a number in as many digits as anybody reads."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def sizes(ax: Axes) -> None:
    """Draw the shares of accounts below each size, with the published ones."""
    for preset, colour in zip(PRESETS, COLOURS, strict=True):
        assets = np.sort(_assets(_sample(preset)))
        share = np.arange(1, len(assets) + 1) / len(assets)
        ax.plot(assets, share, color=colour, label=f"{preset} {t('branch.figure.simulated')}")
        known = BELOW[preset]
        ax.scatter(list(known), list(known.values()), color=colour, zorder=3,
                   label=f"{preset} {t('branch.figure.published')}")  # fmt: skip
    ax.set(xscale="log", xlim=(1e3, 1e8), xlabel=t("branch.figure.assets"),
           ylabel=t("branch.figure.share_below"))  # fmt: skip
    ax.legend()


def lorenz(ax: Axes) -> None:
    """Draw how unequally assets are held, with what was published of it."""
    known = {"sse2023": ((0.8, 0.138), (0.97, 0.40)), "szse2018": (), "csdc2012": ()}
    for preset, colour in zip(PRESETS, COLOURS, strict=True):
        assets = np.sort(_assets(_sample(preset)))
        share = np.arange(1, len(assets) + 1) / len(assets)
        ax.plot(share, np.cumsum(assets) / assets.sum(), color=colour, label=preset)
        for x, y in known[preset]:
            ax.scatter(x, y, color=colour, zorder=3)
    ax.plot([0, 1], [0, 1], color="#9CA3AF", linewidth=0.8)
    ax.set(xlabel=t("branch.figure.accounts"), ylabel=t("branch.figure.held"))
    ax.legend()


def survival(ax: Axes) -> None:
    """Draw who is still there by years since opening, with the published points."""
    for preset, colour in zip(PRESETS, COLOURS, strict=True):
        sample = _sample(preset)
        kept = sample.never_silent[sample.client]
        client, month = sample.client[kept], sample.month("month")[kept]
        tenure = month - sample.opened[client]
        left = sample.state("left")[client] == month
        inside = (tenure >= 0) & (tenure < 96)
        at_risk = np.bincount(tenure[inside], minlength=96)
        gone = np.bincount(tenure[inside], left[inside], minlength=96)
        ax.plot(np.arange(96) / 12, np.cumprod(1 - gone / at_risk), color=colour, label=preset)
    ax.scatter([1, 4], [0.95, 0.74], color="#111827", zorder=3, label=t("branch.figure.published"))
    ax.set(ylim=(0.4, 1), xlabel=t("branch.figure.years"), ylabel=t("branch.figure.kept"))
    ax.legend()


def markets(ax: Axes) -> None:
    """Draw the regimes: a path of each, and a frozen one."""
    for name, style in (
        ("bull", "-"),
        ("flat", "-"),
        ("bear", "-"),
        ("mixed", "--"),
        ("range2019", ":"),
    ):
        path = make_market(name, 36, 1)
        ax.plot(100 * np.cumprod([1, *(1 + r for r in path.returns)]), style, label=name)
    ax.axhline(100, color="#9CA3AF", linewidth=0.8)
    ax.set(yscale="log", xlabel=t("branch.figure.month"), ylabel=t("branch.figure.index"))
    ax.set_yticks([20, 50, 100, 200], ["20", "50", "100", "200"])
    ax.minorticks_off()
    ax.legend()


def effect(ax: Axes) -> None:
    """Draw what calls seem to do, and what they do."""
    plan = make_plan(60_000, 2, "2026-01-05", 36, market="flat")
    start = plan.months - 12

    def left(policy: Policy, since: int = start) -> np.ndarray:
        world = take_sample(plan.with_policy(after(since, habit, policy)))
        return np.asarray(world.state("left") >= start) * 100.0

    book = take_sample(plan)
    gone = book.state("left")
    here = (book.opened < 12) & (book.state("stage") != DORMANT) & ((gone < 0) | (gone >= start))
    rung = here & _rung(book, start - 6, start)
    spared = here & ~rung
    usual, quiet = left(habit), left(nobody, start - 6)
    arm = here & Trial().arm(np.arange(plan.n))
    tried = left(Trial())
    sides = tried[arm], tried[here & ~arm]
    error = 2 * float(np.sqrt(sum(side.var() / len(side) for side in sides)))
    bars = {
        "truth": (float((left(everybody("call")) - left(nobody))[here].mean()), 0.0),
        "trial": (float(sides[0].mean() - sides[1].mean()), error),
        "naive_truth": (float((usual - quiet)[rung].mean()), 0.0),
        "naive": (float(usual[rung].mean() - usual[spared].mean()), 0.0),
    }
    names = [t(f"branch.figure.{name}") for name in bars]
    colours = [COLOURS[0], COLOURS[2], COLOURS[0], COLOURS[1]]
    values, errors = zip(*bars.values(), strict=True)
    ax.barh(names, values, xerr=errors, color=colours)
    ax.set_xlabel(t("branch.figure.effect"))


def _rung(book: Sample, first: int, last: int) -> np.ndarray:
    """Return who was called between two months."""
    months, kinds, who = (
        np.concatenate([history.contact[name] for history in book.histories])
        for name in ("month", "kind", "client")
    )
    chosen = (kinds == CALL) & (months >= first) & (months < last)
    return np.isin(np.arange(book.plan.n), who[chosen])


def bands(ax: Axes, card: pd.DataFrame) -> None:
    """Draw where every fact of a card lies in its band."""
    wide = card[card["high"] > card["low"]].iloc[::-1]
    place = (wide["observed"] - wide["low"]) / (wide["high"] - wide["low"])
    colours = np.where(wide["passes"], COLOURS[0], COLOURS[1])
    ax.axvspan(0, 1, color="#E5E7EB")
    ax.scatter(place.clip(-0.5, 1.5), wide["fact"] + "  " + wide["text"], c=colours)
    ax.set(xlim=(-0.6, 1.6), xlabel=t("branch.figure.band"))


_SAMPLES: dict[str, Sample] = {}


def _sample(preset: str) -> Sample:
    if preset not in _SAMPLES:
        day = presets()[preset].as_of
        _SAMPLES[preset] = take_sample(make_plan(PEOPLE, 1, day, 48, preset, "flat"))
    return _SAMPLES[preset]


def _assets(sample: Sample) -> np.ndarray:
    assets = sample.state("assets")[sample.awake] / 100
    return assets[assets > 0]


def draw(name: str, make: Callable[[Axes], None], size: tuple[float, float]) -> None:
    """Draw a figure in the language in use."""
    figure = Figure(figsize=size, layout="constrained")
    make(figure.subplots())
    figure.savefig(DOCS / "images" / name, dpi=110)


def cards() -> dict[str, dict[str, pd.DataFrame]]:
    """Return the card of every preset in both languages."""
    made: dict[str, dict[str, pd.DataFrame]] = {preset: {} for preset in PRESETS}
    for preset in PRESETS:
        for spoken in ("zh", "en"):
            with in_language(spoken):
                made[preset][spoken] = make_card(preset)
    return made


def main() -> int:
    """Write the page and the figures, or compare the page."""
    made = cards()
    target, text = DOCS / "calibration.md", page(made)
    if "--check" in sys.argv:
        return int(not target.is_file() or target.read_text(encoding="utf-8") != text)
    target.write_text(text, encoding="utf-8", newline="\n")
    if "--seeds" in sys.argv:
        (DOCS / "calibration-seeds.md").write_text(seeds_page(), encoding="utf-8", newline="\n")
    use_font()
    for spoken in ("zh", "en"):
        with in_language(spoken):
            for figure in (sizes, lorenz, survival, markets, effect):
                draw(f"branch_{figure.__name__}.{spoken}.png", figure, (7.2, 4.2))
            card = made["sse2023"][spoken]
            draw(f"branch_bands.{spoken}.png", partial(bands, card=card), (9, 9))
    return 0


if __name__ == "__main__":
    sys.exit(main())
