"""Signals: each made by hand, none from nothing, and never a word of another queue."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmkit.analysis.signals import comparison_notes, for_compliance, limits, signals
from crmkit.analysis.signals.alerts import STATES
from crmkit.book.book import ClientBook, make_client_book
from crmkit.book.results.signals import SIGNALS
from crmkit.book.rewind import rewind
from crmkit.branch.simulate import make_book
from crmkit.errors import CrmkitError
from crmkit.words import LANGUAGES, in_language

BEFORE, AFTER = date(2026, 1, 5), date(2026, 2, 5)
TIERS = pd.Series({"1": "A"})
WEALTH = 100_000_00


def month(name: str, **amounts: int) -> dict:
    usual = {"trades": 5, "logins": 10, "inflow": 0, "outflow": 0, "pnl": 0, "trade_amount": 0}
    return {"client_id": "1", "month": pd.Timestamp(name), **usual, **amounts}


def book(on: date, months: list[dict], client: dict | None = None, **tables) -> ClientBook:
    who = {
        "client_id": "1", "stage": "existing", "open_date": pd.Timestamp("2020-01-01"),
        "risk_test_date": pd.Timestamp("2025-10-01"), "name": "张三", "gender": "m",
        "birth_date": pd.Timestamp("1980-07-01"), "mobile": "15400000000", "address": "x",
        "occupation": "y", "risk_level": "C3", "motive": "return", "preferred_channel": "call",
        "wechat": "demo_1", "city": "西安市",
    } | (client or {})  # fmt: skip
    # a second client, in the branch's city and of no interest, so that one town is the usual one
    others = [
        {"client_id": n, "stage": "prospect", "city": "西安市"} for n in ("8", "9")
    ]  # fmt: skip
    talk = {"contact_id": "a", "client_id": "1", "date": pd.Timestamp(on) - pd.Timedelta(days=5),
            "channel": "call", "direction": "out", "outcome": "reached"}  # fmt: skip
    given = {"contact": pd.DataFrame([talk])} | tables
    return make_client_book(
        on,
        client=pd.DataFrame([who, *others]),
        account=pd.DataFrame({"account_id": ["1"], "client_id": "1", "assets": WEALTH}),
        activity=pd.DataFrame(months),
        **given,
    )


OLD = [month("2025-12-01")]
QUIET = book(BEFORE, OLD)


def found(after: ClientBook, before: ClientBook = QUIET, **more) -> pd.DataFrame:
    return signals(before, after, TIERS, **more).set_index("signal")


def now(*months: dict, client: dict | None = None, **tables) -> ClientBook:
    return book(AFTER, [*OLD, *(months or (month("2026-01-01"),))], client, **tables)


def contacts(**columns) -> pd.DataFrame:
    rows = {"contact_id": ["a"], "client_id": ["1"], "date": [pd.Timestamp("2026-02-01")],
            "channel": ["call"], "direction": ["out"], "outcome": ["reached"]}  # fmt: skip
    return pd.DataFrame(rows | {name: [value] for name, value in columns.items()})


def test_nothing_comes_from_nothing():
    assert found(now()).empty


def together(**books: ClientBook) -> ClientBook:
    """One book of the first client of each, by the name given: one look for many cases."""

    def named(name: str, rows: pd.DataFrame) -> pd.DataFrame:
        if "client_id" not in rows:
            return rows
        return rows.assign(
            client_id=[name if c == "1" else f"{name}-{c}" for c in rows["client_id"]]
        )

    first = next(iter(books.values()))
    tables = {
        table: pd.concat([named(name, book.tables[table]) for name, book in books.items()])
        for table in first.tables
    }
    return make_client_book(first.as_of, **tables)


def found_each(books: dict[str, ClientBook]) -> dict[str, pd.DataFrame]:
    """The alerts of each client."""
    tiers = pd.Series("A", index=list(books))
    alerts = signals(together(**dict.fromkeys(books, QUIET)), together(**books), tiers)
    return {name: alerts[alerts["client_id"] == name].set_index("signal") for name in books}


def test_money_speaks_beyond_its_line_only():
    cases: list[tuple[dict[str, int], list[str]]] = [
        ({"outflow": 31_000_00}, ["outflow"]), ({"outflow": 29_000_00}, []),
        ({"inflow": 150_000_00}, ["inflow"]), ({"inflow": 60_000_00}, []),
        ({"inflow": 40_000_00}, []), ({"outflow": 90_000_00, "inflow": 80_000_00}, []),
        ({"pnl": -15_000_00}, ["big_loss"]), ({"pnl": -14_000_00}, []),
        ({"pnl": 20_000_00}, ["big_gain"]),
    ]  # fmt: skip
    books = {str(n): now(month("2026-01-01", **amounts)) for n, (amounts, _) in enumerate(cases)}
    alerts = found_each(books)
    for n, (amounts, expected) in enumerate(cases):
        assert alerts[str(n)].index.tolist() == expected, amounts


def test_what_was_posted_late_is_seen_once():
    corrected = now(month("2026-01-01")).activity
    late = corrected.assign(outflow=[40_000_00, 0])
    after = make_client_book(AFTER, **{**now().tables, "activity": late})
    assert found(after).index.tolist() == ["outflow"]
    assert found(after, make_client_book(BEFORE, **{**QUIET.tables, "activity": late})).empty


def test_two_ledgers_without_months_show_assets_that_fell():
    def ledger(day: date, assets: int) -> ClientBook:
        account = pd.DataFrame({"account_id": ["1"], "client_id": "1", "assets": assets})
        return make_client_book(day, **{**now().tables, "activity": pd.DataFrame(),
                                        "account": account})  # fmt: skip

    with in_language("en"):
        alert = found(ledger(AFTER, WEALTH // 2), ledger(BEFORE, WEALTH)).loc["outflow"]
    assert "ledger has no flows" in alert["reason"] and "50%" in alert["reason"]


def test_what_is_said_and_left_unsaid():
    upset = pd.DataFrame({"complaint_id": ["c"], "client_id": "1", "topic": "fee",
                          "opened": pd.Timestamp("2026-01-10")})  # fmt: skip
    books = {
        "remote": now(client={"city": "北京市"}, contact=contacts(date=pd.Timestamp("2025-10-01"))),
        "neglected": now(contact=contacts(date=pd.Timestamp("2026-01-01"))),
        "stale_profile": now(client={"risk_test_date": pd.Timestamp("2024-12-01")}),
        "birthday": now(client={"birth_date": pd.Timestamp("1980-02-10")}),
        "fee_inquiry": now(contact=contacts(purpose="fee", direction="in")),
        "life_event": now(contact=contacts(note="孩子刚上大学")),
        "complaint": now(complaint=upset),
    }
    for signal, alerts in found_each(books).items():
        assert signal in alerts.index


REMARKS = [
    ("fee_inquiry", "佣金要降到万一", "佣金"),
    ("fee_inquiry", "对方给到万一，想比一比", "万一"), ("fee_inquiry", "万1.2 能做吗", "万1.2"),
    ("fee_inquiry", "Asked about fees", "fees"), ("fee_inquiry", "问fee怎么算", "fee"),
    ("fee_inquiry", "担心万一亏了怎么办", None), ("fee_inquiry", "Meet him for a coffee", None),
    ("fee_inquiry", "arrival by train", None), ("fee_inquiry", "投了10万1年", None),
    ("fee_inquiry", "万1个月后到账", None),
    ("life_event", "刚生了二胎", "生了"), ("life_event", "上月搬家到厦门", "搬家"),
    ("life_event", "准备创业", "创业"), ("life_event", "sold the house", "house"),
    ("life_event", "he retired", "retired"),
    ("life_event", "系统故障发生了两次", None), ("life_event", "owns a warehouse", None),
    ("life_event", "资金搬家过来，removed the app", None), ("life_event", "问创业板权限", None),
    ("life_event", "王先生了解产品，先生女儿陪同", None), ("life_event", "独生子女", None),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_remark_is_read_for_words_and_not_for_letters(language: str):
    books = {str(n): now(contact=contacts(note=note)) for n, (_, note, _) in enumerate(REMARKS)}
    with in_language(language):
        alerts = found_each(books)
    for n, (signal, note, word) in enumerate(REMARKS):
        kinds = {"fee_inquiry", "life_event"} & set(alerts[str(n)].index)
        assert kinds == ({signal} if word else set()), note
        if word:
            assert f"“{word}”" in alerts[str(n)].loc[signal, "reason"], note


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_never_tested_is_not_said_to_be_tested_today(language: str):
    blank = dict.fromkeys(("mobile", "address", "occupation", "motive", "birth_date", "gender"))
    with in_language(language):
        alert = found(now(client=blank | {"risk_test_date": pd.NaT, "risk_level": None}))
    reason = alert.loc["stale_profile", "reason"]
    assert "%" in reason and " 0 " not in reason


def test_silence_gaps_and_first_trades():
    def months(*counts: tuple[int, int]) -> list[dict]:
        days = pd.date_range(end="2026-01-01", periods=len(counts), freq="MS")
        return [month(str(d), trades=t, logins=n) for d, (t, n) in zip(days, counts, strict=True)]

    quiet = book(AFTER, months((5, 9), (5, 9), (5, 9), (0, 0), (0, 0), (0, 0)))
    assert {"silence", "login_gap"} <= set(found(quiet).index)
    stopped = book(AFTER, months((5, 9), (5, 9), (5, 9), (5, 0)))
    assert found(stopped).index.tolist() == ["login_gap"]
    opened = {"open_date": pd.Timestamp("2025-12-20"), "stage": "new"}
    waiting = book(AFTER, months((0, 3), (0, 3)), opened)
    assert "first_trade" in found(waiting).index


@pytest.mark.parametrize(("on", "born", "note", "day"), [
    (date(2026, 2, 25), "1988-02-29", None, "2026-02-28"),
    (date(2028, 2, 25), "1988-02-29", None, "2028-02-29"),
    (date(2025, 12, 28), "1970-01-02", None, "2026-01-02"),
    (date(2026, 9, 20), "1970-03-03", "生日按农历八月十五过", "2026-09-25"),
    (date(2027, 2, 1), "1970-03-03", "农历腊月廿八生日", "2027-02-04"),
])  # fmt: skip
def test_birthdays_by_either_calendar(on: date, born: str, note, day: str):
    client = {"birth_date": pd.Timestamp(born), "note": note, "risk_test_date": pd.Timestamp(on)}
    earlier = book(date(2025, 6, 1), OLD, {"note": note})
    alert = found(book(on, OLD, client), earlier).loc["birthday"]
    assert alert["due"] == pd.Timestamp(day)


def test_a_campaign_that_forgot_an_old_client():
    assert found(now(), invited={"8"}).index.tolist() == ["skipped"]
    assert found(now(), invited={"1"}).empty
    assert found(now(client={"do_not_contact": True}), invited={"8"}).empty


def test_a_ledger_without_stages_has_old_clients_by_their_dates():
    for opened, kinds in (("2010-01-01", ["skipped"]), ("2025-12-20", [])):
        client = {"stage": None, "open_date": pd.Timestamp(opened)}
        alerts = found(now(client=client), book(BEFORE, OLD, client), invited={"8"})
        assert [kind for kind in alerts.index if kind == "skipped"] == kinds
    unknown = now(client={"stage": None, "open_date": pd.NaT})
    assert len(comparison_notes(QUIET, unknown, {"8"})) == 1
    assert comparison_notes(QUIET, unknown) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_in_the_earlier_book_only_is_told(language: str):
    after = now()
    fewer = make_client_book(AFTER, **{**after.tables, "client": after.client.iloc[1:]})
    with in_language(language):
        (note,) = comparison_notes(QUIET, fewer)
    assert "1" in note
    assert comparison_notes(QUIET, after) == []


def test_a_state_that_stood_already_is_not_new():
    stale = {"risk_test_date": pd.Timestamp("2024-06-01")}
    assert found(now(client=stale))["fresh"].tolist() == [True]
    assert found(now(client=stale), book(BEFORE, OLD, stale))["fresh"].tolist() == [False]


def test_the_channel_is_one_the_client_allows():
    cases = [
        ({"consent_calls": False}, -20_000_00, "call"),  # a loss is service
        ({"consent_calls": False}, 30_000_00, "wechat"),
        ({"consent_messages": False, "consent_calls": False}, 30_000_00, None),
        ({"wechat": None, "preferred_channel": "sms"}, 30_000_00, "sms"),
        ({"do_not_contact": True}, 30_000_00, None),
    ]
    books = {
        str(n): now(month("2026-01-01", pnl=pnl), client=client)
        for n, (client, pnl, _) in enumerate(cases)
    }
    alerts = found_each(books)
    for n, (client, _, channel) in enumerate(cases):
        suggested = alerts[str(n)]["channel"].iloc[0]
        assert (None if pd.isna(suggested) else suggested) == channel, client


def test_the_first_book_is_the_earlier_one():
    with pytest.raises(CrmkitError) as raised:
        signals(now(), QUIET)
    assert raised.value.key == "signals.order"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_signal_has_limits_with_a_source_and_words(language: str):
    assert set(limits()) == set(SIGNALS)
    assert set(STATES) < set(SIGNALS)
    for rule in limits().values():
        assert rule["source"] and rule["basis"] in ("deck", "course", "rule")
    with in_language(language):
        alert = found(now(month("2026-01-01", outflow=50_000_00))).iloc[0]
    assert ("元" in alert["reason"]) == (language == "zh")
    assert alert["play"] and "张三" not in alert["reason"]


# The compliance queue


def through(amount: int) -> ClientBook:
    return now(month("2026-01-01", inflow=amount, outflow=amount))


def test_money_passing_through_goes_to_compliance():
    assert for_compliance(QUIET, through(600_000_00))["pattern"].tolist() == ["pass_through"]
    assert for_compliance(QUIET, through(400_000_00)).empty
    sudden = now(month("2026-01-01", inflow=2_000_000_00))
    assert for_compliance(QUIET, sudden)["pattern"].tolist() == ["out_of_character"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_service_alerts_tell_nothing_of_the_other_queue(language: str):
    """The same net flow gives the same alert, suspicious or not."""
    with in_language(language):
        plain = found(now(month("2026-01-01", outflow=60_000_00)))
        odd = found(now(month("2026-01-01", inflow=940_000_00, outflow=1_000_000_00)))
    assert len(for_compliance(QUIET, now(
        month("2026-01-01", inflow=940_000_00, outflow=1_000_000_00))))  # fmt: skip
    pd.testing.assert_frame_equal(plain, odd)
    text = odd.astype("str").to_string()
    assert not any(word in text for word in ("洗钱", "可疑", "laundering", "suspicious"))


@settings(max_examples=3)
@given(seed=st.integers(0, 1000), days=st.integers(20, 300), dirt=st.sampled_from([0.0, 0.5]))
def test_any_book_gives_sound_alerts(seed: int, days: int, dirt: float):
    after = make_book(n=60, seed=seed, as_of="2026-01-05", months=18, dirt=dirt)
    alerts = signals(rewind(after, after.as_of - pd.Timedelta(days=days)), after)
    assert not alerts.duplicated(["client_id", "signal"]).any()
    assert alerts[["severity", "due", "reason", "play", "tier"]].notna().all().all()
    assert (alerts["due"] >= pd.Timestamp(after.as_of)).all()
    gone = after.client.loc[after.client["stage"].isin(["lost", "prospect"]), "client_id"]
    assert not alerts["client_id"].isin(gone).any()
