"""Aims, records, the use of the system, layers, and two things wanted at once."""

import tomllib
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.analysis.activity import measures
from crmkit.analysis.aims import MOMENTS, aims, moments
from crmkit.analysis.keeping import WAYS, capacity, compare, hours
from crmkit.analysis.layers import ROOMS, layers
from crmkit.analysis.lifecycle import NEW_MONTHS, stages
from crmkit.analysis.trade_offs import balance, split_budget
from crmkit.analysis.usage import system_use
from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.schema import CONTACT, TABLES, conform
from crmkit.branch.simulate import make_book
from crmkit.words import LANGUAGES, in_language

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 1, 5)
day = pd.Timestamp


@pytest.fixture(scope="module")
def branch() -> ClientBook:
    return make_book(300, 4, AS_OF, months=14)


def test_a_stage_changes_on_the_day_and_size_has_no_say():
    first = [None, None, "2025-10-05", "2025-10-06"]
    people = pd.DataFrame({
        "open_date": pd.to_datetime([None, "2025-12-01", "2025-09-01", "2025-09-01"]),
        "first_trade": pd.to_datetime(first),
    })  # fmt: skip
    assert stages(people, AS_OF).tolist() == ["prospect", "new", "existing", "new"]


def test_aims_counted_by_hand():
    book = make_client_book(
        AS_OF,
        client=pd.DataFrame({
            "client_id": list("123456"),
            "stage": ["prospect", "prospect", "new", "new", "existing", "lost"],
            "open_date": pd.to_datetime([None, None, "2025-12-01", "2025-11-01", "2019-01-02",
                                         "2019-01-02"]),
        }),
        contact=pd.DataFrame({"contact_id": ["a", "b"], "client_id": ["1", "2"],
                              "date": [day("2025-12-20")] * 2, "outcome": ["reached", "missed"]}),
        activity=pd.DataFrame({
            "client_id": ["3", "5", "6", "6"],
            "month": pd.to_datetime(["2025-12-01", "2025-01-01", "2025-01-01", "2025-12-01"]),
            "trades": [2, 1, 1, 0], "assets_end": [100, 100, 100, 0],
        }),
    )  # fmt: skip
    found = aims(book).set_index("stage")
    assert found["people"].tolist() == [2, 2, 2]
    assert found["reached"].tolist() == [0.5, 0.5, 0.5]


def test_nobody_to_count_is_missing_and_not_none_reached():
    book = make_client_book(AS_OF, client=pd.DataFrame({"client_id": ["1"]}))
    assert aims(book)["reached"].isna().all()


def test_every_contact_of_a_branch_has_its_moment(branch: ClientBook):
    found = moments(branch.contact, branch.client)
    opened = branch.contact["client_id"].map(branch.client.set_index("client_id")["open_date"])
    age = branch.contact["date"] - opened
    assert set(found) <= set(MOMENTS) and (found == "before").any()
    assert ((found == "before") == (age.isna() | (age < pd.Timedelta(0)))).all()
    assert age[found == "after"].dt.days.between(0, 31 * NEW_MONTHS).all()
    assert age[found == "serving"].dt.days.min() >= 28 * NEW_MONTHS


@pytest.mark.parametrize("way", WAYS)
def test_capacity_is_the_last_number_the_hours_suffice_for(way: str):
    for most in (1.0, 10.0, 60.0):
        last = capacity(most, way, contacts=2)
        assert hours(last, way, contacts=2) <= most < hours(last + 1, way, contacts=2)


def test_paper_is_for_few_and_only_its_hours_grow_with_the_square():
    assert hours(1, "paper") < 0.1
    ratio = {way: hours(2000, way) / hours(1000, way) for way in WAYS}
    assert ratio["paper"] > 3 and ratio["sheet"] == ratio["system"] == pytest.approx(2)
    assert compare(60)["capacity"].is_monotonic_increasing


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_has_four_strengths_and_five_weaknesses_a_sheet_five_and_three(language: str):
    with in_language(language):
        table = compare(60).set_index("way")
    said = table[["strengths", "weaknesses"]].map(
        lambda text: len(text.replace("；", ";").split(";"))
    )
    assert said.loc["paper"].tolist() == [4, 5]
    assert said.loc["sheet"].tolist() == [5, 3]


def changed(book: ClientBook, **tables: pd.DataFrame) -> ClientBook:
    return make_client_book(AS_OF, **{**{name: getattr(book, name) for name in TABLES}, **tables})


def padded(book: ClientBook, note: str | None, times: int) -> ClientBook:
    """Return the book with a contact typed in for each of so many clients on the last day."""
    here = book.client["stage"] != "lost"
    some = book.client.loc[here, "client_id"].head(times)
    rows = pd.DataFrame({
        "contact_id": [f"pad{n}" for n in range(times)], "client_id": some, "date": day(AS_OF),
        "channel": "call", "direction": "out", "outcome": "reached", "minutes": 1, "note": note,
    })  # fmt: skip
    contact = pd.concat([book.contact, conform(rows, CONTACT)], ignore_index=True)
    return changed(book, contact=contact)


def test_padding_lifts_the_figure_and_is_found_out(branch: ClientBook):
    honest = system_use(branch, measures(branch)).iloc[0]
    made_up = padded(branch, "已联系", 150)
    found = system_use(made_up, measures(made_up)).iloc[0]
    assert not honest["doubtful"] and found["doubtful"]
    assert found["covered"] > honest["covered"] + 0.2
    assert found["contacts"] == honest["contacts"] + 150
    assert "一字不差" in found["reason"] and "同一天" in found["reason"]


def test_every_manager_is_told_apart_and_who_did_nothing_is_listed(branch: ClientBook):
    other = branch.client["client_id"].isin(branch.contact["client_id"])
    client = branch.client.assign(manager_id=np.where(other, "busy", "idle"))
    book = changed(branch, client=client)
    found = system_use(book, measures(book)).set_index("manager_id")
    assert found.loc["idle", "contacts"] == 0 and found.loc["idle", "covered"] == 0
    assert not found.loc["idle", "doubtful"] and pd.isna(found.loc["idle", "noted"])
    assert found["clients"].sum() == (client["stage"] != "lost").sum()


def test_no_layer_is_built_on_one_above_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]["layers"]
    height = {
        room.strip(" ()").removeprefix("crmkit."): -place
        for place, rooms in enumerate(contract) for room in rooms.split("|")
    }  # fmt: skip
    for lower, upper in (("data", "logic"), ("logic", "interaction")):
        below, above = ([height[room] for room in ROOMS[layer]] for layer in (lower, upper))
        assert max(below) <= min(above)
    assert layers()["room"].is_unique and set(layers()["room"]) <= set(height)


chances = st.floats(0.01, 1)
fen = st.integers(1, 10_000)


@given(fen, fen, chances, fen, fen, st.integers(0, 5), st.integers(0, 5), st.floats(1, 10))
def test_no_other_split_brings_more(budget, keep, effect, old, new, at_risk, to_win, times):
    found = split_budget(budget, keep, effect, old, new, at_risk, to_win, times)
    cost = keep * times

    def left_over(kept: float, won: float) -> float:
        return kept * (effect * old / keep - 1) + won * (new / cost - 1)

    best = max(
        left_over(kept, min(share * cost * to_win, budget - kept))
        for part, share in product(np.linspace(0, 1, 6), repeat=2)
        if (kept := min(part * keep * at_risk, budget)) <= budget
    )
    assert found.keep + found.win + found.unspent == pytest.approx(budget)
    assert left_over(found.keep, found.win) >= best - 1e-6 * (1 + abs(best))


def test_at_even_times_a_fen_does_the_same_either_way():
    even = split_budget(100, 10, 0.2, 500, 300, 1, 1).even_times
    assert pytest.approx(300 / (even * 10)) == 0.2 * 500 / 10
    cheap, dear = (split_budget(100, 10, 0.2, 500, 300, 99, 99, even + d) for d in (-0.1, 0.1))
    assert (cheap.keep, cheap.win) == (0, 100) and (dear.keep, dear.win) == (100, 0)


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=8))
def test_the_front_is_what_nothing_outdoes(gains: list[tuple[int, int]]):
    found = balance(pd.DataFrame(gains, columns=["client", "firm"]))
    for row in found.itertuples():
        outdone = any(
            c >= row.client and f >= row.firm and (c, f) != (row.client, row.firm) for c, f in gains
        )
        assert row.on_front == (not outdone)
        assert row.fair == (row.client >= 0 and row.firm >= 0)
    assert found["fair"].is_monotonic_decreasing
