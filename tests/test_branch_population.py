import re
import tomllib
from importlib.resources import files

import numpy as np
import pandas as pd
import phonenumbers
import pytest

from crmkit.branch.plan import make_plan
from crmkit.branch.population import People
from crmkit.branch.simulate import make_book
from crmkit.branch.streams import BLOCK
from crmkit.branch.vocabulary import occupations, places


@pytest.fixture(scope="module")
def book():
    return make_book(n=3000, seed=11, as_of="2026-01-05", months=24)


def test_no_number_can_ring_anywhere(book):
    clients = book.client
    assert clients["mobile"].str.fullmatch(r"1[3-9]\d{9}").all()
    assert clients["mobile"].is_unique
    parsed = [phonenumbers.parse(number, "CN") for number in clients["mobile"]]
    assert not any(phonenumbers.is_valid_number(number) for number in parsed)
    assert clients["phone"].isna().all()


def test_mail_and_wechat_say_what_they_are(book):
    assert book.client["email"].dropna().str.endswith("@example.com").all()
    assert book.client["wechat"].dropna().str.startswith("demo_").all()
    assert book.client["is_synthetic"].all()


def test_nothing_looks_like_an_identity_number(book):
    text = book.client.astype("str").to_csv()
    assert not re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", text)


def test_every_district_lies_in_its_city_and_province(book):
    country = places()
    known = set(zip(country.province, country.city, country.district, strict=True))
    assert (
        set(zip(*(book.client[c] for c in ("province", "city", "district")), strict=True)) <= known
    )


def test_a_branch_has_a_catchment(book):
    assert book.client["city"].value_counts(normalize=True).iloc[0] > 0.8


def test_people_grow_up_before_they_open_an_account(book):
    clients = book.client.dropna(subset="open_date")
    age = (clients["open_date"] - clients["birth_date"]).dt.days / 365.25
    assert age.min() >= 17.9
    assert (clients["open_date"] <= pd.Timestamp(book.as_of)).all()


def test_nobody_is_tested_for_risk_before_the_opening(book):
    clients = book.client.dropna(subset="open_date")
    assert (clients["risk_test_date"] >= clients["open_date"]).all()
    assert (clients["risk_test_date"] <= pd.Timestamp(book.as_of)).all()


def test_accounts_are_opened_on_working_days(book):
    assert (book.client["open_date"].dropna().dt.day_of_week < 5).all()


def test_names_follow_their_generation(book):
    names = book.client["name"].str[-2:]
    born = book.client["birth_date"].dt.year
    modern = names.isin(["子涵", "梓涵", "浩然", "雨欣", "宇轩", "欣怡"])
    assert born[modern].median() > 1990
    old = names.isin(["建国", "秀英", "桂英", "卫东", "建华"])
    assert born[old].median() < 1975


def test_occupations_fit_ages(book):
    age = book.as_of.year - book.client["birth_date"].dt.year
    assert age[book.client["occupation"] == "学生"].max() <= 25
    retired, man = book.client["occupation"].str.startswith("退休"), book.client["gender"] == "m"
    assert age[retired & man].min() >= 55
    assert 50 <= age[retired & ~man].min() < 55
    assert not (~man & (age > 56) & (book.client["occupation"] == "工厂工人")).any()


def test_nobody_opened_online_before_one_could(book):
    early = book.client["open_date"].dt.year < 2013
    assert early.any()
    assert not (book.client.loc[early, "source"] == "online").any()


def test_the_very_old_do_not_work(book):
    age = book.as_of.year - book.client["birth_date"].dt.year
    work = book.client.loc[age > 80, "occupation"]
    assert work.str.startswith("退休").mean() > 0.8


def test_referrers_stand_before_those_they_bring():
    plan = make_plan(2 * BLOCK, 4, "2026-01-05", 12)
    people = People(plan, 1)
    sent = people.referrer >= 0
    assert sent.any()
    assert (people.referrer[sent] < people.client[sent]).all()
    assert (people.referrer[sent] >= BLOCK).all()


def test_wealth_keeps_its_published_shape_in_a_small_book():
    for seed in range(5):
        people = People(make_plan(300, seed, "2026-01-05", 12), 0)
        large = People(make_plan(BLOCK, seed, "2026-01-05", 12), 0)
        small_share, share = (np.mean(p.wealth < 1e5) for p in (people, large))
        assert abs(small_share - share) < 0.012


def test_no_remark_is_at_odds_with_the_occupation():
    client = make_book(6000, 5, "2026-01-05", months=12).client.dropna(subset="note")
    retired = client["occupation"].str.startswith("退休")
    student = client["occupation"] == "学生"
    assert retired.sum() > 100 and student.sum() > 20
    working = "生意|厂里|助理|工作忙|刚工作|自己行业|同事|奖金|单位规定|换工作|公司附近"
    assert not client.loc[retired | student, "note"].str.contains(working).any()
    assert not client.loc[~retired, "note"].str.contains("退休金").any()
    assert not client.loc[~student, "note"].str.contains("读研").any()
    shops = client.loc[client["note"].str.contains("生意"), "occupation"]
    assert len(shops) and set(shops) <= {"个体工商户", "私营企业主"}


def test_there_is_something_to_say_of_everybody():
    text = files("crmkit").joinpath("data/people/notes.toml").read_text(encoding="utf-8")
    notes = tomllib.loads(text)
    phrases = {phrase for words in notes.values() if isinstance(words, list) for phrase in words}
    assert set(notes["only"]) <= phrases
    walks = {*notes["walks"], "employed"}
    assert {walk for fits in notes["only"].values() for walk in fits} <= walks
    jobs = {job for jobs in notes["walks"].values() for job in jobs}
    assert jobs <= set(occupations().words)
    for kind, words in notes.items():
        for walk in walks if isinstance(words, list) else ():
            assert sum(walk in notes["only"].get(phrase, walks) for phrase in words) >= 3, kind
