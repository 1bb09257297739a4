"""What a simulated book promises: the same bytes, whole histories, and known effects."""

import hashlib
from dataclasses import fields, replace
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmkit.book.schema import TABLES
from crmkit.branch.history import live_through
from crmkit.branch.market import Market
from crmkit.branch.nature import Nature
from crmkit.branch.plan import Preset, make_plan, presets
from crmkit.branch.policies import Contacts, Trial, after, everybody, habit, nobody, randomised
from crmkit.branch.sample import take_sample
from crmkit.branch.simulate import build_book, make_book
from crmkit.branch.streams import BLOCK
from crmkit.errors import CrmkitError

AS_OF = "2026-01-05"


@pytest.fixture(scope="module")
def book():
    return make_book(n=1500, seed=3, as_of=AS_OF)


def digest(book):
    """Return a digest of the money, the months and the words of a book."""
    whole = hashlib.sha256()
    for table in book.tables.values():
        whole.update(table.to_csv(index=False).encode())
    return whole.hexdigest()[:16]


# Determinism


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("sse2023", "764912152deddf4c"),
        ("szse2018", "577e37a3ecf37398"),
        ("csdc2012", "a7c98a0d1d6e4890"),
    ],
)
def test_golden_books(preset, expected):
    book = make_book(n=400, seed=20260105, as_of=AS_OF, months=24, preset=preset)
    assert digest(book) == expected


def test_a_small_book_is_the_beginning_of_a_large_one():
    small, large = (make_book(n, 5, AS_OF, months=12) for n in (200, 900))
    ids = small.client["client_id"]
    for name in ("account", "activity", "contact", "complaint", "referral", "holding"):
        part = large.tables[name]
        part = part[part["client_id"].isin(ids)].reset_index(drop=True)
        pd.testing.assert_frame_equal(part, small.tables[name])
    pd.testing.assert_frame_equal(large.client.head(200), small.client)


def test_blocks_do_not_know_of_each_other():
    plan = make_plan(BLOCK + 50, 5, AS_OF, months=3)
    both, alone = take_sample(plan), live_through(plan, 1)
    assert (both.state("assets")[BLOCK:] == alone.state.assets).all()


def test_treating_one_client_changes_that_client_only():
    chosen = 7

    def policy(month):
        usual = habit(month)
        more = np.where(month.client == chosen, np.float32(1), usual.call)
        return Contacts(visit=usual.visit * (month.client != chosen), call=more)

    def usual(month):
        asked = habit(month)
        return Contacts(visit=asked.visit, call=asked.call)

    worlds = [make_book(400, 9, AS_OF, policy=rule) for rule in (usual, policy)]
    ids = worlds[0].client["client_id"]
    changed = set()
    for name in ("client", "account", "activity", "contact", "complaint", "holding"):
        for before, now in zip(
            *(dict(list(w.tables[name].groupby("client_id"))).items() for w in worlds), strict=False
        ):
            assert before[0] == now[0]
            if not before[1].reset_index(drop=True).equals(now[1].reset_index(drop=True)):
                changed.add(before[0])
    assert changed == {ids[chosen]}


# Whole histories


def test_money_is_conserved_to_the_fen(book):
    rows = book.activity
    before = rows.groupby("client_id", observed=True)["assets_end"].shift()
    flow = rows["pnl"] + rows["inflow"] - rows["outflow"]
    later = before.notna()
    previous = rows.groupby("client_id", observed=True)["month"].shift()
    next_month = (rows["month"].dt.to_period("M") - previous.dt.to_period("M")).map(
        lambda gap: getattr(gap, "n", 0)
    ) == 1
    assert (rows["assets_end"] == before + flow)[later & next_month].all()


def test_assets_on_the_day_are_those_of_the_last_month(book):
    last = book.activity[book.activity["month"] == book.activity["month"].max()]
    merged = last.merge(book.account, on="client_id")
    assert (merged["assets"] == merged["assets_end"]).all()


def test_holdings_and_cash_add_up_to_assets(book):
    held = book.holding.groupby("client_id")["amount"].sum()
    account = book.account.set_index("client_id")
    invested = account["assets"] - account["cash"]
    assert (held <= invested.reindex(held.index)).all()


def test_clients_are_conserved(book):
    assert book.client["client_id"].is_unique
    assert set(book.account["client_id"]) == set(
        book.client.loc[book.client["stage"] != "prospect", "client_id"]
    )


def test_no_row_without_a_parent(book):
    ids = set(book.client["client_id"])
    for name in TABLES:
        if "client_id" in TABLES[name].columns:
            assert set(book.tables[name]["client_id"]) <= ids, name
    assert set(book.referral["referrer_id"]) <= ids
    assert set(book.client["referrer_id"].dropna()) <= ids


def test_keys_are_unique(book):
    for name, table in TABLES.items():
        assert not book.tables[name].duplicated(list(table.key)).any(), name


def test_commission_follows_from_rate_and_minimum_to_the_fen(book):
    rows = book.activity.merge(book.account[["client_id", "commission_rate", "minimum_fee"]])
    traded = rows[rows["trades"] > 0]
    size = traded["trade_amount"] // traded["trades"]
    due = (size * (traded["commission_rate"] * 1000).round().astype("int64") + 500_000) // 10**6
    assert (traded["commission"] == traded["trades"] * due.clip(lower=traded["minimum_fee"])).all()
    assert (rows.loc[rows["trades"] == 0, "commission"] == 0).all()


def test_what_the_firm_sells_fits_the_client(book):
    sold = book.holding[book.holding["kind"] != "stock"].merge(
        book.client[["client_id", "risk_level"]]
    )
    assert len(sold)
    product, client = (
        sold[c].astype("str").str[1].astype(int) for c in ("product_risk", "risk_level")
    )
    assert (product <= client).all()


def test_nobody_who_asked_for_peace_is_contacted(book):
    silent = set(book.client.loc[book.client["do_not_contact"], "client_id"])
    contacted = book.contact.loc[book.contact["direction"] == "out", "client_id"]
    assert silent
    assert not silent & set(contacted)


def test_dates_stand_in_order(book):
    opened = book.client.set_index("client_id")["open_date"]
    first = book.activity.groupby("client_id", observed=True)["month"].min()
    assert (first.dt.to_period("M") >= opened.reindex(first.index).dt.to_period("M")).all()
    closed = book.complaint.dropna(subset="closed")
    assert (closed["closed"] > closed["opened"]).all()
    assert (book.contact["date"] <= pd.Timestamp(book.as_of)).all()


def test_referrals_lie_between_two_openings():
    for seed in (1, 2, 3):
        book = make_book(4000, seed, AS_OF, months=24)
        assert len(book.referral) > 50
        _dates_stand_in_order(book)


def test_no_weekday_is_busier_than_the_others(book):
    for days in (book.contact["date"], book.client["open_date"].dropna()):
        share = days.dt.day_of_week.value_counts(normalize=True)
        assert len(share) == 5 and share.between(0.15, 0.25).all()


def test_truth_stays_out_of_the_book(book):
    observable = {c for table in book.tables.values() for c in table.columns}
    assert not observable & {"trust", "wealth", "frailty", "propensity", "price_sensitivity"}
    assert len(book.truth["trait"]) == len(book.truth["outcome"]) == len(book.client)


def test_whoever_left_has_a_cause_and_nothing_left(book):
    outcome = book.truth["outcome"].merge(book.client[["client_id", "stage"]])
    lost = outcome["stage"] == "lost"
    assert outcome.loc[lost, "cause"].notna().all()
    assert outcome.loc[~lost, "cause"].isna().all()
    gone = book.account.set_index("client_id").reindex(outcome.loc[lost, "client_id"])
    assert (gone["assets"] == 0).all()


# Known effects


def test_a_trial_recovers_the_effect_that_a_what_if_shows():
    plan = make_plan(2 * BLOCK, 2, AS_OF, 36, market="flat", policy=Trial())
    trial = take_sample(plan)
    arm = Trial().arm(np.arange(plan.n))
    called, never = (take_sample(plan.with_policy(rule)) for rule in (everybody("call"), nobody))
    there = (trial.opened < 0) & trial.never_silent
    left, if_called, if_not = (world.state("left")[there] >= 0 for world in (trial, called, never))
    truth = if_called.mean() - if_not.mean()
    treated = arm[there]
    estimate = left[treated].mean() - left[~treated].mean()
    error = np.sqrt(sum(left[side].var() / side.sum() for side in (treated, ~treated)))
    assert truth < -0.01
    assert abs(estimate - truth) < 3 * error


def test_a_naive_comparison_flatters_the_calls():
    plan = make_plan(2 * BLOCK, 2, AS_OF, 36, market="flat")
    start = 24
    book = take_sample(plan)
    there = (
        (book.opened < 12)
        & (book.state("stage") != 2)
        & ((book.state("left") < 0) | (book.state("left") >= start))
    )
    worlds = [
        take_sample(plan.with_policy(after(start, habit, rule)))
        for rule in (everybody("call"), nobody)
    ]
    called, never = ((world.state("left") >= start)[there].mean() for world in worlds)
    month, kind = (
        np.concatenate([h.contact[c] for h in book.histories]) for c in ("month", "kind")
    )
    who = np.concatenate([h.contact["client"] for h in book.histories])
    rung = np.isin(np.arange(plan.n), who[(month >= start - 6) & (month < start) & (kind == 2)])
    left = book.state("left") >= start
    naive = left[there & rung].mean() - left[there & ~rung].mean()
    assert naive < 1.5 * (called - never) < 0


def test_text_messages_change_nobodys_mind():
    plan = make_plan(4000, 2, AS_OF, 24, policy=nobody)
    quiet, texted = (take_sample(plan.with_policy(rule)) for rule in (nobody, everybody("sms")))
    bearable = quiet.trait("tolerance") >= 1
    assert (quiet.state("left")[bearable] == texted.state("left")[bearable]).mean() > 0.999


def test_too_many_contacts_drive_clients_away():
    plan = make_plan(8000, 2, AS_OF, 36)
    once, often = (take_sample(plan.with_policy(everybody("sms", times=n))) for n in (1, 8))
    assert (often.state("left") >= 0).sum() > 1.2 * (once.state("left") >= 0).sum()


def test_winners_are_sold_more_readily_than_losers(book):
    sample = take_sample(make_plan(4000, 2, AS_OF))
    gains = sample.state("winners_sold").sum() / sample.state("winning").sum()
    losses = sample.state("losers_sold").sum() / sample.state("losing").sum()
    assert gains / losses == pytest.approx(1.67, abs=0.1)


def test_potential_outcomes_differ_by_the_policy_alone():
    book = make_book(n=2000, seed=2, as_of=AS_OF, months=24)
    both = book.potential(12)
    assert both["left_if_contacted"].sum() < both["left_if_not"].sum()
    assert both["client_id"].is_unique


# Hostile parameters


@settings(max_examples=25)
@given(
    n=st.integers(1, 60),
    seed=st.integers(0, 2**40),
    as_of=st.dates(date(2006, 1, 1), date(2099, 12, 31)),
    months=st.integers(1, 30),
    preset=st.builds(
        Preset,
        name=st.just("own"),
        as_of=st.just(presets()["sse2023"].as_of),
        log_mean=st.floats(3, 18),
        log_spread=st.floats(0.6, 3),
        tail_index=st.sampled_from([0.0, 1.05, 1.5, 5.0]),
        least=st.sampled_from([0.0, 1e4, 1e7]),
        male_share=st.floats(0, 1),
        trade_spread=st.floats(0, 2),
        trade_size=st.sampled_from([0.0, 1.0, 1e6]) | st.floats(0, 1e6),
        trade_size_power=st.floats(-1, 1),
        trade_count_power=st.floats(-1, 1),
        trade_series=st.floats(0, 10),
        rate_year=st.integers(1990, 2100),
    ),
    market=st.sampled_from(["mixed", "bull", "flat", "bear"])
    | st.lists(
        st.tuples(st.floats(-0.6, 0.3), st.sampled_from(["bull", "flat", "bear"])),
        min_size=1,
        max_size=30,
    ),
    policy=st.sampled_from([habit, nobody, randomised(0.5), everybody("call", 9)]),
    nature=st.builds(
        Nature,
        leaving=st.floats(0, 1),
        silence=st.floats(0, 1),
        waking=st.floats(0, 1),
        opening=st.floats(0, 1),
        offer_effect=st.floats(0, 20),
        meetings_needed=st.floats(1, 20),
        disposition=st.floats(0, 20),
    ),
    dirt=st.sampled_from([0.0, 0.5, 1.0]),
)
def test_any_allowed_parameters_give_a_sound_book(
    n, seed, as_of, months, preset, market, policy, nature, dirt
):
    if isinstance(market, list):
        path = (market * months)[:months]
        market = Market("own", tuple(r for r, _ in path), tuple(regime for _, regime in path))
    plan = make_plan(n, seed, as_of, months, preset, market, policy, nature, dirt)
    book, clean = (build_book(plan), build_book(replace(plan, dirt=0.0)))
    for name in ("account", "activity", "contact", "holding"):
        numbers = book.tables[name].select_dtypes("number")
        assert not numbers.isna().any().any()
        assert (numbers.drop(columns="pnl", errors="ignore") >= 0).all().all()
    for table in book.truth.values():
        assert not table.select_dtypes("number").isna().any().any()
    _dates_stand_in_order(clean)


def _dates_stand_in_order(book):
    today, client = pd.Timestamp(book.as_of), book.client.set_index("client_id")
    opened = client["open_date"]
    assert not (opened < client["birth_date"] + pd.DateOffset(years=17)).any()
    assert not (opened > today).any()
    assert not (client["risk_test_date"] < opened).any()
    first = book.activity.groupby("client_id", observed=True)["month"].min()
    born = opened.reindex(first.index.astype("str")).dt.to_period("M")
    assert (first.dt.to_period("M").to_numpy() >= born.to_numpy()).all()
    assert not (book.contact["date"] > today).any()
    assert not (book.complaint["closed"] < book.complaint["opened"]).any()
    assert not (book.complaint["closed"] > today).any()
    sent = book.referral.set_index("client_id")
    assert not (sent["date"] > opened.reindex(sent.index)).any()
    assert (opened.reindex(sent["referrer_id"]).to_numpy() < sent["date"].to_numpy()).all()


@pytest.mark.parametrize("wrong", [
    {"n": 0}, {"n": 2.5}, {"n": True}, {"seed": -1}, {"months": 0}, {"months": 241},
    {"dirt": -0.1}, {"dirt": 1.1}, {"as_of": "1999-01-01"}, {"dirt": "a"}, {"dirt": np.nan},
    {"nature": 7}, {"n": "5"}, {"seed": None}, {"months": 6.0}, {"as_of": pd.NaT},
])  # fmt: skip
def test_bad_numbers_are_named(wrong):
    with pytest.raises(CrmkitError) as raised:
        make_book(**({"n": 5, "seed": 1, "as_of": AS_OF} | wrong))
    assert raised.value.key == "branch.bad_number"
    assert next(iter(wrong)) in str(raised.value)


@pytest.mark.parametrize(("wrong", "key"), [
    ({"as_of": "5 January"}, "branch.bad_date"), ({"preset": "nyse"}, "branch.preset_unknown"),
    ({"market": "moon"}, "branch.market_unknown"), ({"market": None}, "branch.market_unknown"),
    ({"as_of": None}, "branch.bad_date"), ({"as_of": 20260105}, "branch.bad_date"),
    ({"preset": None}, "branch.preset_unknown"),
])  # fmt: skip
def test_bad_names_are_named(wrong, key):
    with pytest.raises(CrmkitError) as raised:
        make_book(**({"n": 5, "seed": 1, "as_of": AS_OF} | wrong))
    assert raised.value.key == key


@pytest.mark.parametrize("policy", [None, "call everybody", lambda month: None])
def test_what_is_no_policy_is_refused(policy):
    with pytest.raises(CrmkitError) as raised:
        make_book(n=5, seed=1, as_of=AS_OF, months=1, policy=policy)
    assert raised.value.key == "branch.bad_policy"


@pytest.mark.parametrize("name", [field.name for field in fields(Preset)])
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -5, 1e12, None])
def test_no_field_of_a_preset_takes_nonsense(name, wrong):
    with pytest.raises(CrmkitError) as raised:
        replace(presets()["sse2023"], **{name: wrong})
    assert raised.value.key == "branch.bad_number"


@pytest.mark.parametrize(("returns", "regimes"), [
    ((np.nan,) * 6, ("bull",) * 6), ((-2.0,) * 6, ("bull",) * 6), ((0.0,) * 6, ("up",) * 6),
    ((0.0,) * 6, ("bull",) * 5), ((1.9,) * 12, ("bull",) * 12), (("1",), ("bull",)),
])  # fmt: skip
def test_no_market_takes_nonsense(returns, regimes):
    with pytest.raises(CrmkitError) as raised:
        Market("own", returns, regimes)
    assert raised.value.key == "branch.bad_number"


@pytest.mark.parametrize("make", [
    lambda: randomised(-0.1), lambda: randomised(np.nan), lambda: randomised(0.5, "fax"),
    lambda: everybody("fax"), lambda: everybody("sms", 0), lambda: Trial(share=2),
    lambda: Trial("fax"), lambda: Trial(number=-1), lambda: after(-1, habit, nobody),
    lambda: after("soon", habit, nobody),
])  # fmt: skip
def test_no_policy_takes_nonsense(make):
    with pytest.raises(CrmkitError) as raised:
        make()
    assert raised.value.key == "branch.bad_number"


@pytest.mark.parametrize("odds", [np.zeros(3), 1.5, np.nan, "often", None, np.full(5, np.nan)])
def test_what_a_policy_answers_is_looked_at(odds):
    with pytest.raises(CrmkitError) as raised:
        make_book(n=5, seed=1, as_of=AS_OF, months=1, policy=lambda month: Contacts(call=odds))
    assert raised.value.key == "branch.bad_contacts"
    with pytest.raises(CrmkitError, match="times"):
        make_book(5, 1, AS_OF, 1, policy=lambda month: Contacts(call=0.5, times=0))


@pytest.mark.parametrize("wrong", [{"months": 7}, {"months": 0}, {"channel": "fax"}])
def test_worlds_part_within_the_book_and_by_a_channel(wrong):
    book = make_book(n=5, seed=1, as_of=AS_OF, months=6)
    with pytest.raises(CrmkitError, match=next(iter(wrong))):
        book.potential(**({"months": 6} | wrong))
    assert len(book.potential(6))


def test_a_moment_is_a_day_and_numpy_s_numbers_are_numbers():
    usual = make_book(n=5, seed=1, as_of=AS_OF, months=2)
    for day in (pd.Timestamp(AS_OF), datetime(2026, 1, 5, 9, 30), date(2026, 1, 5)):
        other = make_book(np.int64(5), np.int32(1), day, np.int16(2))
        assert other.plan == usual.plan and digest(other) == digest(usual)


def test_a_book_takes_a_nature_and_says_so():
    seven, one = (
        make_book(1500, 2, AS_OF, nature=Nature(meetings_needed=needed)) for needed in (7, 1)
    )
    opened = [(book.client["stage"] != "prospect").sum() for book in (seven, one)]
    assert opened[0] < opened[1]
    assert one.origin["nature"] == {"meetings_needed": 1} and "nature" not in seven.origin
    again = seven.what_if(nature=Nature(meetings_needed=1))
    assert digest(again) == digest(one)
    assert digest(one.what_if(nobody)) == digest(seven.what_if(nobody, one.plan.nature))


def test_nobody_opens_after_no_meeting_at_all():
    with pytest.raises(CrmkitError, match="meetings_needed"):
        Nature(meetings_needed=0)


def test_presets_of_ones_own_are_checked():
    with pytest.raises(CrmkitError, match="risk_shares"):
        Preset("own", presets()["sse2023"].as_of, 11, 1, risk_shares=(1.0, 0, 0, 0, 0.5))
