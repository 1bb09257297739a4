"""The planner on made-up months: value against the bound, beside the rivals, and the time taken.

Run: python benchmarks/planning.py fast|exact|small|judgements|rivals|replan|branch
"""

import resource
import sys
import time
from dataclasses import replace
from datetime import date

import numpy as np

from crmkit.planning.agenda import make_agenda
from crmkit.planning.branch import compare_managers, plan_branch
from crmkit.planning.cadence import Rules, load_rules
from crmkit.planning.calendar import trading_days
from crmkit.planning.desk import Desk, fill
from crmkit.planning.gains import explain
from crmkit.planning.game import class_book
from crmkit.planning.judgements import stake, with_answers
from crmkit.planning.optimise import optimise
from crmkit.planning.plan import Plan
from crmkit.planning.problem import NOTHING, Problem, Score, Solution, duties_of
from crmkit.planning.replan import replan
from crmkit.planning.score import evaluate

VISIT, CALL, WECHAT, SMS = range(4)
START = date(2026, 3, 2)
MINUTES, POINTS = np.array([60, 10, 1, 1]), np.array([12, 5, 2, 1])
PERSONAL, TALK, SPOKEN = ("visit", "call", "wechat"), ("visit", "call"), ("call", "wechat")
EVERY = ("visit", "call", "wechat", "sms")
MOST = 32

#: What befalls clients: how often in a month, days given, channels, whether it is a must.
NEWS = (
    ("big_loss", 0.04, 2, TALK, True),
    ("big_gain", 0.05, 2, ("wechat", "sms", "call"), False),
    ("birthday", 1 / 12, 0, EVERY, False),
    ("silence", 0.05, 9, SPOKEN, False),
    ("outflow", 0.02, 1, TALK, True),
    ("first_trade", 0.03, 4, SPOKEN, True),
    ("complaint", 0.006, 1, TALK, True),
)


def make_month(count: int, days: int = 20, minutes: int = 240, seed: int = 1) -> Problem:
    """Return a made-up month: 5 % A, 15 % B, 30 % C, 50 % D, some away, some with news."""
    draw = np.random.default_rng([seed, count])
    tier = draw.choice(4, count, p=[0.05, 0.15, 0.30, 0.50])
    prospect = draw.random(count) < 0.15
    base = np.array([8000, 2500, 700, 120])[tier] * np.exp(draw.normal(0, 0.5, count))
    base *= np.where(prospect, 1.3, 1.0)
    calendar = tuple(trading_days(START, days))
    spacing = np.where(prospect & (tier < 3), 2, np.array([2, 3, 4, 8])[tier])
    limit = np.full((4, days), minutes)
    limit[0, [day.weekday() == 0 for day in calendar]] = int(minutes * 0.75)
    limit[1], limit[2] = 3, 10**6
    limit[3] = 10**6
    bonus = np.zeros((count, days, 4))
    duties = _cadence(tier, prospect, days) + _news(draw, tier, base, days, bonus)
    ago = -draw.integers(1, 11, count)
    return Problem(
        clients=tuple(f"{row:05d}" for row in range(count)),
        days=calendar,
        minutes=MINUTES,
        points=POINTS,
        limit=limit,
        allowed=_allowed(draw, tier, days),
        response=_response(tier, base),
        bonus=bonus,
        rhythm=np.stack([spacing, np.full(count, 99), np.full(count, 1)], axis=1),
        recent=tuple((int(when),) for when in ago),
        duties=duties_of(duties),
        stretches=(180, 270),
    )


def _response(tier: np.ndarray, base: np.ndarray) -> np.ndarray:
    half = np.array([12, 8, 4, 2.0])[tier][:, None]
    curve = 1 - np.exp(-np.arange(MOST + 1) / half)
    return np.floor(base[:, None] * curve / curve[:, -1:])


def _allowed(draw: np.random.Generator, tier: np.ndarray, days: int) -> np.ndarray:
    count = len(tier)
    allowed = np.ones((count, days, 4), dtype=bool)
    allowed[tier == 3, :, VISIT] = False
    allowed[(tier == 2) & (draw.random(count) < 0.7), :, VISIT] = False
    allowed[draw.random(count) < 0.25, :, WECHAT] = False
    quiet = draw.random(count) < 0.04
    allowed[quiet, :, VISIT] = allowed[quiet, :, CALL] = False
    for row in np.flatnonzero(draw.random(count) < 0.12):
        begin = draw.integers(0, max(1, days - 3))
        allowed[row, begin : begin + draw.integers(2, 6)] = False
    return allowed


def _cadence(tier: np.ndarray, prospect: np.ndarray, days: int) -> list:
    rows = []
    for row, kind in enumerate(tier.tolist()):
        rows.append((row, 0, days - 1, EVERY, 0, [8, 4, 2, 1][kind], True))
        weeks, half = range(0, days, 5), range(0, days, 10)
        if kind == 0:
            rows += [(row, w, min(w + 4, days - 1), PERSONAL, 1, 600, False) for w in weeks]
            rows.append((row, 0, days - 1, ("visit",), 1, 2500, False))
        elif kind == 1:
            rows += [(row, w, min(w + 9, days - 1), TALK, 1, 300, False) for w in half]
        elif kind == 2:
            rows.append((row, 0, days - 1, PERSONAL, 1, 80, False))
        if prospect[row] and kind < 3:
            rows += [(row, w, min(w + 9, days - 1), PERSONAL, 1, 150, False) for w in half]
    return rows


def _news(
    draw: np.random.Generator, tier: np.ndarray, base: np.ndarray, days: int, bonus: np.ndarray
) -> list:
    rows, taken = [], np.zeros(len(tier), dtype=bool)
    for purpose, share, given, ways, must in NEWS:
        for row in np.flatnonzero((draw.random(len(tier)) < share) & ~taken).tolist():
            taken[row] = True
            first = int(draw.integers(0, days))
            last = min(first + given, days - 1)
            if must and (tier[row] < 3 or purpose == "complaint"):
                weight = 12 if purpose == "complaint" else 6
                rows.append((row, first, last, ways, 0, weight, False))
            share_of = 0.15 if purpose in ("birthday", "big_gain") else 0.25
            for way in (EVERY.index(name) for name in ways):
                bonus[row, first : last + 1, way] += int(base[row] * share_of)
    return rows


def timed(problem: Problem, exact: bool = False) -> tuple[Solution, float, float]:
    """Return a plan, the processor seconds and the seconds on the wall it took."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = optimise(problem, exact=exact)
    return found, time.process_time() - cpu, time.perf_counter() - wall


def many(exact: bool) -> None:
    """Print gap and time over seeds and sizes."""
    optimise(make_month(60))  # the solver is loaded before anything is timed
    for count, seeds in ((300, 10), (1000, 10), (3000, 3)) if not exact else ((300, 4), (1000, 4)):
        rows = []
        for seed in range(1, seeds + 1):
            found, cpu, wall = timed(make_month(count, seed=seed), exact)
            rows.append((100 * found.gap, cpu, wall, found.proven, found.score.broken == ()))
        gap, cpu, wall, proven, kept = (np.array(column) for column in zip(*rows, strict=True))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{count:5d} clients, {seeds} seeds: gap median {np.median(gap):.3f} % "
            f"(worst {gap.max():.3f}), CPU s median {np.median(cpu):.2f} (worst {cpu.max():.2f}), "
            f"wall s median {np.median(wall):.2f}, level 0 proven {proven.sum()}/{seeds}, "
            f"rules kept {kept.all()}, peak {peak} MB",
            flush=True,
        )


def rule_of_thumb(problem: Problem) -> np.ndarray:
    """Return what people do: news first, then the tiers in order, by the best way that fits."""
    desk = Desk(problem, problem.empty())
    worth = problem.response[:, -1]
    duties = problem.duties
    urgent = set(duties.client[(duties.level == 0) & ~duties.neglect].tolist())
    for day in range(problem.shape[1]):
        order = sorted(range(problem.shape[0]), key=lambda row: (row not in urgent, -worth[row]))
        for row in order:
            fits = desk.fits(np.array([row]))[0, day]
            way = next((way for way in (CALL, WECHAT, SMS) if fits[way]), None)
            if way is not None:
                desk.put(row, day, way)
    return desk.cells


def greedy(problem: Problem) -> np.ndarray:
    """Return the plan of always adding the contact with the most gain per minute."""
    desk = Desk(problem, problem.empty())
    fill(desk)
    return desk.cells


def compact(problem: Problem, seconds: float = 60.0) -> Score | None:
    """Return what scipy's mixed programme on the whole model finds in some seconds."""
    from compact import solve_compact

    cells = solve_compact(problem, seconds)
    return None if cells is None else evaluate(problem, cells)


def rivals(count: int = 1000) -> None:
    """Print value and neglected clients beside the rivals, in one run."""
    problem = make_month(count)
    found, cpu, _ = timed(problem)
    floor = evaluate(problem, problem.empty())

    def line(name: str, score: Score, seconds: float) -> None:
        share = 100 * (score.net - floor.net) / (found.bound - floor.net)
        print(f"{name:22s} net {score.net:12,.0f} ({share:5.1f} % of the bound)  level 0 "
              f"{score.level0:7.0f}  neglected {score.neglected:4d}  CPU s {seconds:6.2f}",
              flush=True)  # fmt: skip

    line("crmkit", found.score, cpu)
    for name, work in (("greedy", greedy), ("rule of thumb", rule_of_thumb)):
        begun = time.process_time()
        line(name, evaluate(problem, work(problem)), time.process_time() - begun)
    begun = time.process_time()
    score = compact(problem)
    if score is None:
        print(f"{'scipy milp, 60 s':22s} no plan, CPU s {time.process_time() - begun:.2f}")
    else:
        line("scipy milp, 60 s", score, time.process_time() - begun)


def next_day(count: int = 1000) -> None:
    """Print what changes when a tenth of a day's contacts were not made, and how long it takes."""
    problem = make_month(count)
    found = optimise(problem)
    begun = time.process_time()
    explain(problem, found)
    print(f"figures behind every reason: CPU s {time.process_time() - begun:.2f}")
    draw = np.random.default_rng(7)
    made = (found.cells[:, 0] >= 0) & (draw.random(count) >= 0.1)
    allowed, cells = problem.allowed.copy(), found.cells.copy()
    allowed[:, 0] = False
    missed = (found.cells[:, 0] >= 0) & ~made
    cells[:, 0] = np.where(made, cells[:, 0], NOTHING)
    allowed[made, 0, found.cells[made, 0]] = True
    today = replace(problem, allowed=allowed)
    begun = time.process_time()
    again = replan(today, cells, found.prices)
    changed = (again.cells[:, 1:6] != found.cells[:, 1:6]).sum()
    print(
        f"replan: CPU s {time.process_time() - begun:.2f}, {missed.sum()} contacts not made, "
        f"{changed} cells of the next five days changed, gap {100 * again.gap:.2f} %"
    )


def branch(managers: int = 30) -> None:
    """Print how long a branch takes on two processes."""
    problems = {f"m{n:02d}": make_month(1000, seed=n) for n in range(managers)}
    begun = time.perf_counter()
    found = plan_branch(problems, processes=2)
    print(f"{managers} managers: wall s {time.perf_counter() - begun:.1f}")
    print(compare_managers(found).head().to_string())


def small(seeds: range = range(1, 6)) -> None:
    """Print how near its bound the plan of a small book comes, by the minutes of a day."""
    for minutes in (10, 20, 30, 60, 90):
        gaps, seconds = [], []
        for seed in seeds:
            problem = _fortnight(seed, minutes).problem
            found, cpu, _ = timed(problem)
            gaps.append(100 * found.gap)
            seconds.append(cpu)
        print(f"38 clients, 10 days of {minutes} minutes, {len(gaps)} seeds: gap median "
              f"{np.median(gaps):.2f} % (worst {max(gaps):.2f}), CPU s median "
              f"{np.median(seconds):.2f} (worst {max(seconds):.2f})", flush=True)  # fmt: skip


def judgements(seeds: range = range(1, 6)) -> None:
    """Print what a plan keeps where contacts do half or twice of what was judged, tier by tier."""
    rules = load_rules()
    for tier in "ABCD":
        for name, factor in (("half", 0.5), ("twice", 2.0)):
            judged = rules.tier[tier].answers
            answers = tuple(max(0, round(100 + factor * (answer - 100))) for answer in judged)
            right = with_answers(rules, {tier: answers})
            kept = [
                100 * stake(_fortnight(seed, 20, right), _fortnight(seed, 20)).share
                for seed in seeds
            ]
            print(f"{tier} {name:5s} {answers}: {min(kept):.1f} to {max(kept):.1f} %", flush=True)


def _fortnight(seed: int, minutes: int, rules: Rules | None = None) -> Plan:
    book, tiers = class_book(seed, {"A": 6, "B": 4, "C": 12, "D": 16})
    return make_agenda(book, tiers, START, 10, minutes, rules=rules).plan


if __name__ == "__main__":
    work = {"fast": lambda: many(False), "exact": lambda: many(True), "small": small,
            "judgements": judgements, "rivals": rivals, "replan": next_day,
            "branch": branch}  # fmt: skip
    for name in sys.argv[1:] or ["fast"]:
        work[name]()
