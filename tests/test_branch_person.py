from datetime import date

import phonenumbers
from faker import Faker

from crmkit.branch.person import ClientProvider, person_table
from crmkit.branch.plan import make_plan
from crmkit.branch.simulate import make_book
from crmkit.branch.vocabulary import places


def faker(seed):
    fake = Faker()
    fake.add_provider(ClientProvider)
    fake.seed_instance(seed)
    return fake


def test_a_seed_gives_the_same_clients_again():
    one, again, other = ([faker(seed).client() for _ in range(1)] for seed in (1, 1, 2))
    assert one == again != other


def test_what_is_said_of_a_client_agrees():
    country = places()
    known = set(zip(country.province, country.city, country.district, strict=True))
    fake = faker(3)
    for client in (fake.client() for _ in range(50)):
        assert (client["province"], client["city"], client["district"]) in known
        assert not phonenumbers.is_valid_number(phonenumbers.parse(client["mobile"], "CN"))
        assert 18 <= (date(2026, 1, 5) - client["birth_date"]).days / 365 < 100
        assert client["email"].endswith("@example.com")
        assert client["is_synthetic"]


def test_the_people_of_the_table_are_those_of_the_book():
    book = make_book(50, 4, "2026-01-05", months=12)
    table = person_table(make_plan(50, 4, "2026-01-05", months=12), 0)
    for column in ("client_id", "name", "mobile", "birth_date", "address"):
        assert (table[column] == book.client[column]).all()
