"""The client table of nine columns: rows per processor second, against Faker and mimesis.

Run: python benchmarks/population.py
"""

import numpy as np
import pandas as pd
from faker import Faker
from mimesis import Generic, Locale
from timing import best

from crmkit.branch.person import person_table
from crmkit.branch.plan import make_plan
from crmkit.branch.population import People
from crmkit.branch.streams import BLOCK
from crmkit.branch.vocabulary import compounds, given_names, occupations, streets, surnames

CODES = ("surname", "given", "street", "birth_day", "occupation", "wealth", "rate", "open_day")


def faker_rows(count: int) -> pd.DataFrame:
    fake = Faker("zh_CN")
    fake.seed_instance(1)
    return pd.DataFrame(
        (
            fake.bothify("60########"), fake.name(), fake.phone_number(), fake.address(),
            fake.date_of_birth(minimum_age=18, maximum_age=90), fake.job(),
            fake.pyfloat(min_value=0, max_value=1e7), fake.pyfloat(min_value=0, max_value=3),
            fake.date_this_decade(),
        )
        for _ in range(count)
    )  # fmt: skip


def mimesis_rows(count: int) -> pd.DataFrame:
    fake = Generic(Locale.ZH, seed=1)
    return pd.DataFrame(
        (
            fake.random.generate_string_by_mask("60########"), fake.person.full_name(),
            fake.person.phone_number(), fake.address.address(), fake.datetime.date(1940, 2005),
            fake.person.occupation(), fake.numeric.float_number(0, 1e7),
            fake.numeric.float_number(0, 3), fake.datetime.date(2000, 2025),
        )
        for _ in range(count)
    )  # fmt: skip


def bare_numpy(count: int) -> pd.DataFrame:
    """Return nine columns of the same kinds that have nothing to do with each other."""
    draw = np.random.Generator(np.random.SFC64(1))
    family, given, job = surnames().words, given_names().words, occupations().words
    number = draw.integers(0, 10**8, (2, count))
    return pd.DataFrame({
        "client_id": list(map(str, (number[0] + 60 * 10**8).tolist())),
        "name": draw.choice(family, count) + draw.choice(given, count),
        "mobile": list(map(str, (number[1] + 154 * 10**8).tolist())),
        "address": draw.choice(streets(), count) + draw.choice(compounds(), count),
        "birth_date": draw.integers(-9000, 12000, count).astype("datetime64[D]"),
        "occupation": pd.Categorical.from_codes(draw.integers(0, len(job), count), job),
        "wealth": draw.lognormal(11.5, 1.9, count),
        "rate": draw.choice([0.15, 0.2, 0.25], count),
        "open_date": draw.integers(12000, 20000, count).astype("datetime64[D]"),
    })  # fmt: skip


def codes(block: int) -> list[np.ndarray]:
    people = People(PLAN, block)
    return [getattr(people, name) for name in CODES]


PLAN = make_plan(8 * BLOCK, 1, "2026-01-05")


def main() -> None:
    person_table(PLAN, 0)
    rows = {
        "crmkit, text": BLOCK / best(lambda: person_table(PLAN, 1)),
        "crmkit, codes": BLOCK / best(lambda: codes(2)),
        "bare numpy, text": BLOCK / best(lambda: bare_numpy(BLOCK)),
        "Faker zh_CN": 2000 / best(lambda: faker_rows(2000), 3),
        "mimesis zh": 4000 / best(lambda: mimesis_rows(4000), 3),
    }
    ours = rows["crmkit, text"]
    for name, rate in rows.items():
        print(f"{name:18} {rate:12,.0f} rows per cpu-second   ours is {ours / rate:7.1f} times")


if __name__ == "__main__":
    main()
