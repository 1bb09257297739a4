"""Who may be offered what: the questionnaire, the gate for products, who may advise."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from crmkit.errors import CrmkitError
from crmkit.rules import Rulebook, read_rules
from crmkit.words import language, t

LEVELS = ("C1", "C2", "C3", "C4", "C5")
GRADES = ("R1", "R2", "R3", "R4", "R5")
#: What the gate says, the freest first; the words are in ``conduct.gate``.
VERDICTS = ("offer", "on_request", "warn", "refuse", "assess")
ROLES = ("manager", "agent", "adviser")


@dataclass(frozen=True)
class Option:
    """An answer of the questionnaire, its points, and whether it means the lowest category."""

    id: str
    points: int
    texts: Mapping[str, str]
    lowest: bool = False

    @property
    def text(self) -> str:
        """The answer in the language in use."""
        return self.texts[language()]


@dataclass(frozen=True)
class Item:
    """A question of the questionnaire and which of the five legal parts it belongs to."""

    id: str
    part: str
    texts: Mapping[str, str]
    options: tuple[Option, ...]

    @property
    def text(self) -> str:
        """The question in the language in use."""
        return self.texts[language()]


@dataclass(frozen=True)
class Assessment:
    """What a questionnaire came to.

    Attributes
    ----------
    level : {"C1", "C2", "C3", "C4", "C5"}
    lowest : bool
        Of the lowest category: never above their level, whatever they sign.
    score : int
        0 to 100.
    on, valid_until : date
        Both days included.
    """

    level: str
    lowest: bool
    score: int
    on: date
    valid_until: date


@cache
def questionnaire() -> tuple[Item, ...]:
    """Return the practice questionnaire; a firm uses its own.

    >>> sum(max(option.points for option in item.options) for item in questionnaire())
    100
    """
    text = files("crmkit").joinpath("data/questionnaire.toml").read_text(encoding="utf-8")
    return tuple(
        Item(
            item["id"],
            item["part"],
            {"zh": item["zh"], "en": item["en"]},
            tuple(
                Option(o["id"], o["points"], {"zh": o["zh"], "en": o["en"]}, o.get("lowest", False))
                for o in item["options"]
            ),
        )
        for item in tomllib.loads(text)["question"]
    )


def assess(answers: Mapping[str, str], on: date, rules: Rulebook | None = None) -> Assessment:
    """Return the level that a client's own answers come to.

    Parameters
    ----------
    answers : mapping of str to str
        Question to option; all of them, because a client who withholds information is
        refused (Securities Law 88).
    on : date
        When the client answered.
    rules : Rulebook, optional

    Raises
    ------
    CrmkitError
        ``conduct.unanswered``, or ``conduct.no_such_answer``.

    Examples
    --------
    >>> best = {item.id: "a" for item in questionnaire()}
    >>> assess(best, date(2026, 6, 30))
    Assessment(level='C5', lowest=False, score=100, on=datetime.date(2026, 6, 30),
               valid_until=datetime.date(2028, 6, 29))
    """
    rules = rules or read_rules()
    chosen = [_chosen(item, answers) for item in questionnaire()]
    score = sum(option.points for option in chosen)
    lowest = any(option.lowest for option in chosen)
    bands = rules.value("suitability.bands", on)
    level = "C1" if lowest else max(level for level, least in bands.items() if score >= least)
    return Assessment(level, lowest, score, on, _valid_until(on, rules))


def gate(offers: pd.DataFrame, as_of: date, rules: Rulebook | None = None) -> pd.DataFrame:
    """Return what may be done about each pair of client and product.

    Parameters
    ----------
    offers : DataFrame
        ``risk_level`` (C1 to C5, missing if never assessed), ``risk_test_date``,
        ``product_risk`` (R1 to R5) and, as booleans, ``lowest_category``, ``asked`` (the
        client asked for it unprompted), ``warned`` (got the special written warning) and
        ``insists`` (still wants it after that).
    as_of : date
    rules : Rulebook, optional

    Returns
    -------
    DataFrame
        ``verdict`` (offer: matches and may be offered; on_request: may be bought, warned and
        insisted upon; warn: the warning or the client's word is still missing; refuse;
        assess: no valid assessment) and ``reason``, a sentence with the rule.

    Examples
    --------
    >>> pair = {"risk_level": "C3", "risk_test_date": "2026-01-05", "product_risk": "R4",
    ...         "lowest_category": False, "asked": False, "warned": True, "insists": True}
    >>> gate(pd.DataFrame([pair]), date(2026, 6, 30))["verdict"].tolist()
    ['refuse']
    """
    rules = rules or read_rules()
    table = rules.value("suitability.table", as_of)
    fits = _fits(offers, table)
    expired = _expired(offers, as_of, rules) | offers["risk_level"].isna()
    asked, lowest = offers["asked"].astype(bool), offers["lowest_category"].astype(bool)
    insisted = offers["warned"].astype(bool) & offers["insists"].astype(bool)
    above = ~(fits & (offers["product_risk"] == GRADES[0]))  # whatever a firm's own table says
    cases = {
        "assess": expired,
        "refuse_lowest": lowest & above,
        "offer": fits,
        "refuse": ~asked,
        "on_request": insisted,
    }
    case = pd.Series(np.select(list(cases.values()), list(cases), "warn"), index=offers.index)
    verdict = case.replace("refuse_lowest", "refuse")
    return pd.DataFrame(
        {
            "verdict": verdict.astype(pd.CategoricalDtype(list(VERDICTS))),
            "reason": [
                t(f"conduct.gate.{kind}", level=level, grade=grade)
                for kind, level, grade in zip(
                    case, offers["risk_level"].astype("str"), offers["product_risk"], strict=True
                )
            ],
        },
        index=offers.index,
    )


def gate_caveats(as_of: date, rules: Rulebook | None = None) -> list[str]:
    """Return what to know about the rules that the gate rests on."""
    names = ("suitability.table", "suitability.valid_months", "suitability.own_wish",
             "suitability.bans")  # fmt: skip
    return (rules or read_rules()).caveats(names, as_of, as_of)


@dataclass(frozen=True)
class Ruling:
    """Whether something may be done, and a sentence on why or what to say instead."""

    allowed: bool
    kind: str

    @property
    def reason(self) -> str:
        """Why, with the rule."""
        return t(f"conduct.advise.{self.kind}.why")

    @property
    def say(self) -> str:
        """What to tell the client: for those who may not advise, the hand-off."""
        return t(f"conduct.advise.{self.kind}.say")


def may_advise(role: str, agreement: bool, verdict: str) -> Ruling:
    """Return whether somebody may recommend a product to a client.

    Parameters
    ----------
    role : {"manager", "agent", "adviser"}
        Adviser means registered as investment adviser.
    agreement : bool
        Whether the client has signed an advisory agreement.
    verdict : str
        What `gate` says about client and product.

    Examples
    --------
    >>> may_advise("manager", True, "offer").allowed, may_advise("adviser", True, "offer").allowed
    (False, True)
    """
    if role not in ROLES:
        raise CrmkitError("conduct.no_such_role", role=role, roles=", ".join(ROLES))
    if role != "adviser":
        return Ruling(False, "hand_off")
    if not agreement:
        return Ruling(False, "no_agreement")
    return Ruling(True, "may") if verdict == "offer" else Ruling(False, "unsuitable")


def _chosen(item: Item, answers: Mapping[str, str]) -> Option:
    if not answers.get(item.id):
        raise CrmkitError("conduct.unanswered", question=item.text)
    for option in item.options:
        if option.id == answers[item.id]:
            return option
    raise CrmkitError("conduct.no_such_answer", question=item.text, answer=answers[item.id])


def _valid_until(on: date, rules: Rulebook) -> date:
    months = rules.value("suitability.valid_months", on)
    return (pd.Timestamp(on) + pd.DateOffset(months=months) - pd.Timedelta(days=1)).date()


def _expired(offers: pd.DataFrame, as_of: date, rules: Rulebook) -> pd.Series:
    """Tell which assessments no longer hold, or lie in the future, or have no day."""
    tested = pd.to_datetime(offers["risk_test_date"])
    months = rules.value("suitability.valid_months", as_of)
    last = tested + pd.DateOffset(months=months)
    now = pd.Timestamp(as_of)
    return tested.isna() | (tested > now) | (last <= now)


def _fits(offers: pd.DataFrame, table: Mapping[str, Any]) -> pd.Series:
    unknown = set(offers["product_risk"]) - set(GRADES)
    if unknown:
        raise CrmkitError("conduct.no_such_grade", grade=sorted(map(str, unknown))[0])
    allowed = {(level, grade) for level, grades in table.items() for grade in grades}
    pairs = zip(offers["risk_level"], offers["product_risk"], strict=True)
    return pd.Series([pair in allowed for pair in pairs], index=offers.index, dtype=bool)
