"""The client table of nine columns: rows per processor second, against its rivals.

Faker and mimesis make people row by row; bare numpy draws nine columns that have nothing to do
with each other. With pyarrow the texts never become Python strings, for bare numpy neither.

Run: python benchmarks/population.py
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from faker import Faker
from mimesis import Generic, Locale
from timing import rates

from crmkit.branch import person
from crmkit.branch.arrow import COLUMNS, has_arrow, person_arrow
from crmkit.branch.identity import ADDRESS_WORDS
from crmkit.branch.plan import make_plan
from crmkit.branch.population import People
from crmkit.branch.streams import BLOCK
from crmkit.branch.vocabulary import given_names, occupations, surnames

CODES = ("surname", "given", "street", "birth_day", "occupation", "wealth", "rate", "open_day")
PLAN = make_plan(8 * BLOCK, 1, "2026-01-05")
FEW = 2000


def faker_rows() -> pd.DataFrame:
    fake = Faker("zh_CN")
    fake.seed_instance(1)
    return pd.DataFrame(
        (
            fake.bothify("60########"), fake.name(), fake.phone_number(), fake.address(),
            fake.date_of_birth(minimum_age=18, maximum_age=90), fake.job(),
            fake.pyfloat(min_value=0, max_value=1e7), fake.pyfloat(min_value=0, max_value=3),
            fake.date_this_decade(),
        )
        for _ in range(FEW)
    )  # fmt: skip


def mimesis_rows() -> pd.DataFrame:
    fake = Generic(Locale.ZH, seed=1)
    return pd.DataFrame(
        (
            fake.random.generate_string_by_mask("60########"), fake.person.full_name(),
            fake.person.phone_number(), fake.address.address(), fake.datetime.date(1940, 2005),
            fake.person.occupation(), fake.numeric.float_number(0, 1e7),
            fake.numeric.float_number(0, 3), fake.datetime.date(2000, 2025),
        )
        for _ in range(FEW)
    )  # fmt: skip


def draws() -> dict[str, np.ndarray]:
    """Return nine columns of codes and numbers that have nothing to do with each other."""
    draw = np.random.Generator(np.random.SFC64(1))
    return {
        "client_id": draw.integers(0, 10**8, BLOCK) + 60 * 10**8,
        "surname": draw.integers(0, len(surnames().words), BLOCK),
        "given": draw.integers(0, len(given_names().words), BLOCK),
        "mobile": draw.integers(0, 10**8, BLOCK) + 154 * 10**8,
        **{
            part: draw.integers(0, len(words()), BLOCK)
            for part, words in zip(("road", "home", "room"), ADDRESS_WORDS, strict=True)
        },
        "birth": draw.integers(-9000, 12000, BLOCK, dtype=np.int32),
        "job": draw.integers(0, len(occupations().words), BLOCK, dtype=np.int32),
        "wealth": draw.lognormal(11.5, 1.9, BLOCK),
        "rate": draw.choice([0.15, 0.2, 0.25], BLOCK),
        "opened": draw.integers(12000, 20000, BLOCK, dtype=np.int32),
    }


def bare_numpy() -> pd.DataFrame:
    """Return them as a table of pandas."""
    own, (road, home, room) = draws(), ADDRESS_WORDS
    return pd.DataFrame({
        "client_id": list(map(str, own["client_id"].tolist())),
        "name": surnames().words.take(own["surname"]) + given_names().words.take(own["given"]),
        "mobile": list(map(str, own["mobile"].tolist())),
        "address": road().take(own["road"]) + home().take(own["home"]) + room().take(own["room"]),
        "birth_date": own["birth"].astype("datetime64[D]"),
        "occupation": pd.Categorical.from_codes(own["job"], occupations().words),
        "wealth": own["wealth"],
        "rate": own["rate"],
        "open_date": own["opened"].astype("datetime64[D]"),
    })  # fmt: skip


def bare_arrow() -> object:
    """Return them as an Arrow table, the way Arrow offers: cast numbers, take and join words."""
    import pyarrow as pa
    import pyarrow.compute as pc

    own, (family, given, job, road, home, room) = draws(), vocabulary()
    return pa.table({
        "client_id": pa.array(own["client_id"]).cast(pa.string()),
        "name": pc.binary_join_element_wise(
            family.take(pa.array(own["surname"])), given.take(pa.array(own["given"])), ""
        ),
        "mobile": pa.array(own["mobile"]).cast(pa.string()),
        "address": pc.binary_join_element_wise(
            road.take(pa.array(own["road"])),
            home.take(pa.array(own["home"])),
            room.take(pa.array(own["room"])),
            "",
        ),
        "birth_date": pa.array(own["birth"]).view(pa.date32()),
        "occupation": pa.DictionaryArray.from_arrays(own["job"], job),
        "wealth": own["wealth"],
        "rate": own["rate"],
        "open_date": pa.array(own["opened"]).view(pa.date32()),
    })  # fmt: skip


VOCABULARY: list[object] = []


def vocabulary() -> list:
    """Return the words of bare Arrow, made once."""
    import pyarrow as pa

    if not VOCABULARY:
        lists = (surnames().words, given_names().words, occupations().words)
        lists += tuple(words() for words in ADDRESS_WORDS)
        VOCABULARY.extend(pa.array(words.tolist()) for words in lists)
    return VOCABULARY


def codes() -> list[np.ndarray]:
    people = People(PLAN, 2)
    return [getattr(people, name) for name in CODES]


def plain_table() -> pd.DataFrame:
    """Return the table as those get it who have no pyarrow."""
    people = People(PLAN, 1)
    return pd.DataFrame(person._plain_text(people)).assign(
        birth_date=person._dates(people.birth_day),
        occupation=pd.Categorical.from_codes(people.occupation, dtype=person._jobs()),
        wealth=people.wealth,
        commission_rate=people.rate,
        open_date=person._dates(people.open_day),
    )


def same_people() -> None:
    """Make sure that the ways of making the table give the same values."""
    plain = plain_table()
    pd.testing.assert_frame_equal(person.person_table(PLAN, 1), plain[COLUMNS])
    arrow = person_arrow(PLAN, 1).to_pandas(date_as_object=False)
    assert (arrow.astype("str") == plain[arrow.columns].astype("str")).all().all()


def main() -> None:
    work: dict[str, tuple[Callable[[], object], int]] = {
        "Faker zh_CN, rows": (faker_rows, FEW),
        "mimesis zh, rows": (mimesis_rows, FEW),
        "bare numpy, pandas": (bare_numpy, BLOCK),
        "crmkit, codes": (codes, BLOCK),
        "crmkit, no pyarrow": (plain_table, BLOCK),
    }
    if has_arrow():
        same_people()
        work |= {
            "bare numpy, Arrow": (bare_arrow, BLOCK),
            "crmkit, Arrow": (lambda: person_arrow(PLAN, 1), BLOCK),
            "crmkit, pandas": (lambda: person.person_table(PLAN, 1), BLOCK),
        }
    found = rates(work)
    ours = [name for name in found if name.startswith("crmkit") and name != "crmkit, codes"]
    print(f"{'rows per cpu-second':22}{'':>12}" + "".join(f"{name:>20}" for name in ours))
    for name, rate in found.items():
        print(f"{name:22}{rate:12,.0f}" + "".join(f"{found[o] / rate:18.2f} x" for o in ours))


if __name__ == "__main__":
    main()
