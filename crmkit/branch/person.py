"""People one by one, without a branch around them: a table, and a provider for Faker."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from faker.providers import BaseProvider
from numpy.typing import NDArray

from crmkit.branch.arrow import has_arrow, text_columns
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
        **(_arrow_text(people) if has_arrow() else _plain_text(people)),
        "birth_date": _dates(people.birth_day),
        "occupation": pd.Categorical.from_codes(people.occupation, dtype=_jobs()),
        "wealth": people.wealth,
        "commission_rate": people.rate,
        "open_date": _dates(people.open_day),
    })  # fmt: skip


def _plain_text(people: People) -> dict[str, Any]:
    seed, place = people.plan.seed, people.client
    return {
        "client_id": client_ids(seed, place),
        "name": names(people),
        "mobile": mobiles(seed, place),
        "address": addresses(people),
    }


def _arrow_text(people: People) -> dict[str, Any]:
    """Return the same columns without making a Python string, which is where the time goes."""
    kind = pd.StringDtype("pyarrow", na_value=np.nan)
    return {
        name: pd.arrays.ArrowStringArray(column, dtype=kind)  # type: ignore[call-arg]
        for name, column in text_columns(people).items()
    }


def _dates(days: NDArray[np.int32]) -> NDArray[np.datetime64]:
    return days.astype("datetime64[D]").astype("datetime64[us]")


@cache
def _jobs() -> pd.CategoricalDtype:
    return pd.CategoricalDtype(occupations().words.tolist())


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
