"""People one by one, without a branch around them: a table, and a provider for Faker."""

from datetime import date
from functools import cache
from typing import Any

import pandas as pd
from faker.providers import BaseProvider

from crmkit.branch.columns import dates
from crmkit.branch.identity import addresses, client_ids, mobiles, names
from crmkit.branch.plan import Plan, make_plan
from crmkit.branch.population import People
from crmkit.branch.streams import BLOCK
from crmkit.branch.vocabulary import occupations, places

#: How many people a provider knows: whoever asks for more meets somebody again.
TOWN = 4 * BLOCK


def person_table(plan: Plan, block: int) -> pd.DataFrame:
    """Return a block of people before anything happens to them.

    Parameters
    ----------
    plan : Plan
    block : int

    Returns
    -------
    DataFrame
        ``client_id``, ``name``, ``mobile``, ``address``, ``birth_date``, ``occupation``,
        ``wealth`` (CNY), ``commission_rate`` (per mille) and ``open_date``.

    Examples
    --------
    >>> person_table(make_plan(3, 1, "2026-01-05"), 0).shape
    (3, 9)
    """
    people = People(plan, block)
    return pd.DataFrame({
        "client_id": client_ids(plan.seed, people.client),
        "name": names(people),
        "mobile": mobiles(plan.seed, people.client),
        "address": addresses(people),
        "birth_date": dates(people.birth_day),
        "occupation": pd.Categorical.from_codes(
            people.occupation.tolist(), categories=occupations().words.tolist()
        ),
        "wealth": people.wealth,
        "commission_rate": people.rate,
        "open_date": dates(people.open_day),
    })  # fmt: skip


class ClientProvider(BaseProvider):
    """Clients for any Faker user: name, birthday, gender, address, phone and job agree.

    None of them can be reached. Seed Faker and the same clients come again.

    Examples
    --------
    >>> from faker import Faker
    >>> fake = Faker()
    >>> fake.add_provider(ClientProvider)
    >>> fake.seed_instance(1)
    >>> client = fake.client()
    >>> client["mobile"][:3], sorted(client)[:3]
    ('154', ['address', 'birth_date', 'city'])
    """

    #: The day ages are counted to.
    as_of = date(2026, 1, 5)

    def client(self) -> dict[str, Any]:
        """Return a person as a dictionary of the client table's columns."""
        place = int(self.random_int(0, TOWN - 1))
        return dict(_town(self.as_of, place // BLOCK).iloc[place % BLOCK])


@cache
def _town(as_of: date, block: int) -> pd.DataFrame:
    plan = make_plan(TOWN, 0, as_of)
    people = People(plan, block)
    table = person_table(plan, block)
    country = places()
    return table.assign(
        birth_date=table["birth_date"].dt.date,
        open_date=table["open_date"].dt.date,
        occupation=table["occupation"].astype("str"),
        gender=["m" if man else "f" for man in people.male.tolist()],
        province=country.province.take(people.area),
        city=country.city.take(people.area),
        district=country.district.take(people.area),
        email=[f"u{number}@example.com" for number in table["client_id"]],
        is_synthetic=True,
    )
