"""Right answers slightly changed: what a careless marker would let through."""

import ast
import copy
from collections.abc import Iterator
from itertools import islice
from typing import Any

from crmkit.course import Question
from crmkit.course.questions import (
    Assign,
    Calendar,
    Choice,
    Code,
    Cut,
    Number,
    Policy,
    Ranking,
    Rewrite,
    Several,
)

#: Units mistaken, halves and doubles, one over.
FACTORS = {"ten": 10, "tenth": 0.1, "hundred": 100, "hundredth": 0.01, "thousand": 1000,
           "thousandth": 1e-3, "wan": 1e4, "per_wan": 1e-4, "double": 2, "half": 0.5,
           "sign": -1}  # fmt: skip


def mutants(asked: Question) -> Iterator[tuple[str, Any]]:
    """Yield changed right answers, by what was done to them."""
    match asked:
        case Choice():
            yield from ((option, option) for option in asked.options if option != asked.key)
        case Number() | Cut():
            yield from _numbers(asked)
        case Several():
            yield from _ticks(asked)
        case Ranking():
            yield from _orders(asked.key)
        case Assign():
            yield from _tables(asked)
        case Calendar():
            yield from _calendars(asked)
        case Rewrite():
            yield "as_it_was", asked.say("original")
            yield "both", asked.say("original") + asked.key
        case Policy():
            yield from _policies(asked)
        case Code():
            yield from islice(_sources(asked.key), 6)


def _numbers(asked: Number | Cut) -> Iterator[tuple[str, float]]:
    key = asked.key
    if key:
        yield from ((name, key * factor) for name, factor in FACTORS.items())
    if isinstance(asked, Number):
        yield "just_over", key + 1.5 * asked.within
        yield "just_under", key - 1.5 * asked.within
        if asked.within < 1:
            yield from (("one_more", key + 1), ("one_less", key - 1))
        if key and abs(key - 1) > 0.1:
            yield "upside_down", 1 / key


def _ticks(asked: Several) -> Iterator[tuple[str, list[str]]]:
    key, others = asked.key, [o for o in asked.options if o not in asked.key]
    yield from ((f"without {o}", [k for k in key if k != o]) for o in key if len(key) > 1)
    yield from ((f"with {o}", [*key, o]) for o in others)
    yield "all", list(asked.options)
    yield "others", others


def _orders(key: list[str]) -> Iterator[tuple[str, list[str]]]:
    yield "backwards", key[::-1]
    yield "off_by_one", [*key[1:], key[0]]
    yield "last_first", [key[-1], *key[:-1]]
    for place in range(len(key) - 1):
        changed = list(key)
        changed[place], changed[place + 1] = changed[place + 1], changed[place]
        yield f"swapped {place}", changed


def _tables(asked: Assign) -> Iterator[tuple[str, dict[str, str]]]:
    key, items = asked.key, list(asked.items)
    for item in items:
        other = next(option for option in asked.options if option != key[item])
        yield f"{item} changed", {**key, item: other}
        yield f"{item} left out", {i: o for i, o in key.items() if i != item}
    shifted = dict(zip(items, [key[i] for i in [*items[1:], items[0]]], strict=True))
    ordered = dict(zip(items, sorted(key.values()), strict=True))
    yield from ((n, a) for n, a in [("shifted", shifted), ("sorted", ordered)] if a != key)
    yield from ((f"all {o}", dict.fromkeys(items, o)) for o in asked.options)


def _calendars(asked: Calendar) -> Iterator[tuple[str, list[Any]]]:
    key = asked.key
    yield "one_only", key[:1]
    yield "one_day", [{**contact, "day": key[0]["day"]} for contact in key]
    yield "twice", [*key, *key]
    for name, options in asked.fields.items():
        yield from ((f"{name} {o}", [{**contact, name: o} for contact in key])
                    for o in options if any(contact[name] != o for contact in key))  # fmt: skip


def _policies(asked: Policy) -> Iterator[tuple[str, dict[str, Any]]]:
    key = asked.key
    for case in asked.cases:
        for column, allowed in asked.columns.items():
            changed = copy.deepcopy(key)
            will_do = (key[case][column], *asked.accepted.get((case, column), ()))
            if isinstance(allowed[0], str):
                changed[case][column] = next((o for o in allowed if o not in will_do), None)
            else:
                changed[case][column] = key[case][column] + 1.5 * asked.within.get(column, 0) + 1
            yield f"{case} {column}", changed
    rows = [key[case] for case in asked.cases]
    shifted = dict(zip(asked.cases, [*rows[1:], rows[0]], strict=True))
    if shifted != key:
        yield "shifted", shifted


def _sources(source: str) -> Iterator[tuple[str, str]]:
    """Yield the source with one operator, comparison or number changed."""
    count = sum(1 for _ in ast.walk(ast.parse(source)))
    for place in range(count):
        tree = ast.parse(source)
        node = list(ast.walk(tree))[place]
        if _changed(node):
            yield f"node {place}", ast.unparse(tree)


def _changed(node: ast.AST) -> bool:
    swap: dict[type, type] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div,
                              ast.Div: ast.Mult, ast.Gt: ast.Lt, ast.Lt: ast.Gt,
                              ast.GtE: ast.LtE, ast.LtE: ast.GtE, ast.Eq: ast.NotEq}  # fmt: skip
    if isinstance(node, ast.BinOp) and type(node.op) in swap:
        node.op = swap[type(node.op)]()
        return True
    if isinstance(node, ast.Compare) and type(node.ops[0]) in swap:
        node.ops[0] = swap[type(node.ops[0])]()
        return True
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        node.value = node.value * 2 + 1
        return True
    return False
