"""What each command has to say: a document for programs and a page for people."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from crmkit.analysis.tiering import Tiering
from crmkit.book.book import ClientBook
from crmkit.book.ledger import Reading
from crmkit.book.ledger.headings import match
from crmkit.book.privacy import mask, mask_text
from crmkit.book.results import AGENDA, LOAD, TIERING, UNPLANNED
from crmkit.book.schema import CLIENT, TIERS, Column
from crmkit.book.views import shown
from crmkit.book.workbook import Sheet
from crmkit.conduct.messages import Breach, message_caveats
from crmkit.planning.agenda import Agenda
from crmkit.pricing.fees import COMPONENTS, fee_caveats, trade_fees
from crmkit.rules import Rule, Rulebook
from crmkit.screen import print_table, records, say
from crmkit.words import t


def reading_document(reading: Reading) -> dict[str, Any]:
    """Return what ``crmkit book check --json`` prints."""
    return {
        "as_of": reading.book.as_of.isoformat(),
        "clients": len(reading.book.client),
        "months": len(reading.book.activity),
        "contacts": len(reading.book.contact),
        "problems": records(_masked(reading.problems)),
        "notes": records(_masked(reading.notes)),
        "ignored": records(reading.ignored),
    }


def print_reading(reading: Reading) -> None:
    """Print what was read, what could not be, and what to do about it."""
    _print_kept(reading)
    for findings, title in ((reading.problems, "cli.problems"), (reading.notes, "cli.notes")):
        if len(findings):
            print_table(_headed(_masked(findings)), t(title, count=len(findings)))
    if len(reading.ignored):
        print_table(_headed(reading.ignored), t("cli.ignored", count=len(reading.ignored)))
    if reading.problems.empty:
        say(t("cli.nothing_wrong"))


def problem_sheets(reading: Reading) -> list[Sheet]:
    """Return problems and notes as sheets of a workbook, values in full."""
    note = t("cli.unmasked")
    return [
        Sheet(t("cli.problems_sheet"), _headed(reading.problems), note),
        Sheet(t("cli.notes_sheet"), _headed(reading.notes), note),
    ]


def tiers_document(book: ClientBook, tiering: Tiering) -> dict[str, Any]:
    """Return what ``crmkit tier --json`` prints."""
    cuts = pd.DataFrame(
        {
            "contribution_12m": [tiering.cuts.contribution],
            "turnover_ratio": [tiering.cuts.turnover],
        }
    )
    counts = tiering.tiers["tier"].value_counts()
    return {
        "as_of": book.as_of.isoformat(),
        "cuts": records(cuts)[0],
        "counts": {tier: int(counts[tier]) for tier in TIERS},
        "clients": records(_named(tiering.tiers, mask(book.client))),
        "notes": list(tiering.notes),
    }


def print_tiers(reading: Reading, tiering: Tiering) -> None:
    """Print the lines, the groups with their strategies, and the clients."""
    _print_kept(reading)
    _print_notes(tiering.notes)
    print_table(_groups(tiering.tiers))
    print_table(_by_tier(tiering.tiers, mask(reading.book.client)), t("branch.cli.clients"))


def tier_sheets(book: ClientBook, tiering: Tiering) -> list[Sheet]:
    """Return clients by tier and the strategies as sheets of a workbook, names in full."""
    note = " ".join([t("cli.unmasked"), *tiering.notes])
    return [
        Sheet(t("branch.cli.clients"), _by_tier(tiering.tiers, book.client), note),
        Sheet(t("cli.strategies"), _groups(tiering.tiers)),
    ]


def agenda_document(book: ClientBook, agenda: Agenda, tiering: Tiering) -> dict[str, Any]:
    """Return what ``crmkit plan --json`` prints."""
    people = mask(book.client)
    return {
        "start": agenda.start.isoformat(),
        "days": len(agenda.days),
        "minutes": agenda.minutes,
        "as_of": book.as_of.isoformat(),
        "clients": len(book.client),
        "contacts": records(_spoken(_named(agenda.contacts, people))),
        "unplanned": records(_named(agenda.unplanned, people)),
        "missed": records(_named(agenda.missed, people)),
        "next_contact": records(_named(agenda.next_contact, people)),
        "load": records(agenda.load),
        "notes": [*tiering.notes, *agenda.notes],
    }


def print_agenda(reading: Reading, agenda: Agenda, tiering: Tiering) -> None:
    """Print the first day in full, the load of every day, and who was left out."""
    _print_kept(reading)
    _print_notes([*tiering.notes, *agenda.notes])
    people = mask(reading.book.client)
    today = agenda.contacts[agenda.contacts["date"] == agenda.contacts["date"].min()]
    if len(today):
        columns = ["start", "client_id", "name", "tier", "channel", "minutes", "reason"]
        print_table(
            shown(_named(today, people)[columns], _with_name(AGENDA.columns)),
            t("cli.first_day", date=f"{today['date'].iloc[0]:%Y-%m-%d}"),
        )
    print_table(shown(agenda.load, LOAD.columns), t("cli.load"))
    if len(agenda.unplanned):
        left = _named(agenda.unplanned, people)[["client_id", "name", "tier", "reason", "due"]]
        title = t("cli.unplanned", count=len(left))
        print_table(shown(left, _with_name(UNPLANNED.columns)), title)


def doctor_document(checks: pd.DataFrame) -> dict[str, Any]:
    """Return what ``crmkit doctor --json`` prints."""
    return {"ok": bool(checks["ok"].all()), "checks": records(checks)}


def print_doctor(checks: pd.DataFrame) -> None:
    """Print every check with what was found and what to do."""
    marks = checks["ok"].map({True: "✓", False: "✗"})
    page = checks[["what", "found", "advice"]].assign(ok=marks)[["ok", "what", "found", "advice"]]
    headings = {name: t(f"cli.doctor_{name}") for name in ("what", "found", "advice")}
    print_table(page.rename(columns={**headings, "ok": ""}))


def card_document(card: pd.DataFrame, preset: str, seed: int, clients: int) -> dict[str, Any]:
    """Return what ``crmkit book card --json`` prints."""
    rows = card.to_dict(orient="records")
    facts = [row | {"observed": None} if pd.isna(row["observed"]) else row for row in rows]
    passed = {"facts": len(card), "passed": int(card["passes"].sum())}
    return {"preset": preset, "seed": seed, "clients": clients, **passed, "card": facts}


def print_card(card: pd.DataFrame) -> None:
    """Print every fact with its band and what was observed, then why some cannot hold."""
    marks = card["passes"].map({True: "✓", False: "✗"})
    low, high, seen = ([_brief(v) for v in card[name]] for name in ("low", "high", "observed"))
    bands = [f"{least} … {most}" for least, most in zip(low, high, strict=True)]
    page = pd.DataFrame({
        "#": card["fact"],
        t("branch.cli.card_fact"): card["text"],
        t("branch.cli.card_band"): bands,
        t("branch.cli.card_observed"): seen,
        "": marks,
        t("branch.cli.card_status"): card["status"],
    })  # fmt: skip
    print_table(page, most=len(page))
    say(t("branch.cli.card_marks"))
    for row in card[~card["passes"]].to_dict(orient="records"):
        say(f"{row['fact']}  {row['why'] or t('branch.cli.card_unexplained')}")


def _brief(value: float) -> str:
    """Return a measured number in as many digits as anybody reads."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def fees_document(trade: pd.DataFrame, rules: Rulebook, as_of: date) -> dict[str, Any]:
    """Return what ``crmkit fees --json`` prints; money in CNY."""
    row = trade.iloc[0]
    charged = trade_fees(trade, rules).iloc[0]
    return {
        "on": row["date"].strftime("%Y-%m-%d"),
        "market": row["market"],
        "side": row["side"],
        "quote": row["quote"],
        "amount": int(row["amount"]) / 100,
        "rate": float(row["commission_rate"]),
        **{part: int(charged[part]) / 100 for part in COMPONENTS},
        "contained": ["handling", "regulatory"] if row["quote"] == "all-in" else [],
        "notes": fee_caveats(trade, as_of, rules),
    }


def print_fees(trade: pd.DataFrame, rules: Rulebook, as_of: date) -> None:
    """Print the parts of a trade's cost, the effective rate and what is not certain."""
    found = fees_document(trade, rules, as_of)
    words = {kind: t(f"pricing.{kind}.{found[kind]}") for kind in ("market", "side", "quote")}
    say(t("pricing.trade", on=found["on"], amount=found["amount"], rate=found["rate"], **words))
    rows = [
        (t("pricing.contained", part=label) if part in found["contained"] else label, found[part])
        for part, label in ((part, t(f"pricing.{part}")) for part in COMPONENTS)
    ]
    print_table(pd.DataFrame(rows, columns=[t("pricing.part"), t("pricing.cny")]))
    _print_notes(found["notes"])


def breaches_document(breaches: Iterable[Breach]) -> list[dict[str, Any]]:
    """Return what ``crmkit say --json`` prints."""
    return [
        {
            "rule": breach.rule,
            "span": list(breach.span),
            "text": breach.text,
            "why": breach.why,
            "instead": breach.instead,
        }
        for breach in breaches
    ]


def print_breaches(breaches: list[Breach], rules: Rulebook, as_of: date) -> None:
    """Print each breach with its reason and a better sentence, and what the check cannot tell."""
    columns = ("rule", "text", "why", "instead")
    if breaches:
        say(t("conduct.message_count", count=len(breaches)))
        page = pd.DataFrame(breaches_document(breaches), columns=list(columns))
        page = page.assign(rule=[t(f"conduct.rule.{breach.rule}") for breach in breaches])
        headings = {name: t(f"conduct.message_heading.{name}") for name in columns}
        print_table(page.rename(columns=headings), most=len(page))
        _print_notes(message_caveats(breaches, as_of, rules))
    else:
        say(t("conduct.message_nothing"))
    say(t("conduct.message_limits"), style="cyan")


def rules_document(listed: Iterable[Rule], as_of: date) -> dict[str, Any]:
    """Return what ``crmkit rules --json`` prints."""
    return {
        "as_of": as_of.isoformat(),
        "rules": [
            {
                "name": rule.name,
                "title": rule.title,
                "unit": rule.unit,
                "value": rule.shown(),
                "effective_from": rule.effective_from.isoformat(),
                "superseded_on": rule.superseded_on and rule.superseded_on.isoformat(),
                "source": rule.source,
                "checked_on": rule.checked_on.isoformat(),
                "status": rule.status,
                "notes": rule.caveats(as_of),
            }
            for rule in listed
        ],
    }


def print_rules(listed: Iterable[Rule], as_of: date) -> None:
    """Print rules with their source and how far to trust them."""
    columns = ("name", "title", "value", "effective_from", "source", "status")
    rows = rules_document(listed, as_of)["rules"]
    page = pd.DataFrame(rows, columns=list(columns)).assign(
        status=[t(f"rules.status.{row['status']}") for row in rows]
    )
    print_table(
        page.rename(columns={name: t(f"rules.heading.{name}") for name in columns}), most=len(page)
    )


def _print_kept(reading: Reading) -> None:
    book = reading.book
    file = book.origin.get("file", t("cli.saved_book"))
    say(t("cli.kept", file=file, clients=len(book.client), as_of=book.as_of))
    if len(reading.problems):
        say(t("cli.has_problems", count=len(reading.problems)), style="yellow")


def _print_notes(notes: Iterable[str]) -> None:
    for note in notes:
        say(note, style="cyan")


def _masked(findings: pd.DataFrame) -> pd.DataFrame:
    """Return findings with values hidden as their column in the file asks for."""
    hidden = [
        mask(values.rename(_column(str(heading))).to_frame()).iloc[:, 0]
        for heading, values in findings.groupby("column")["value"]
    ]
    return findings.assign(value=pd.concat(hidden)) if hidden else findings


def _column(heading: str) -> str:
    """Return which column a heading of the user's file means; a remark if none."""
    found = match(heading)
    return found[0].name if found else "note"


def _headed(findings: pd.DataFrame) -> pd.DataFrame:
    kept = findings.drop(columns="kind", errors="ignore")
    return kept.rename(columns=lambda name: t(f"cli.finding.{name}"))


def _named(rows: pd.DataFrame, client: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the client's name behind the client's number."""
    names = rows["client_id"].map(client.set_index("client_id")["name"])
    place = list(rows.columns).index("client_id") + 1
    return pd.concat([rows.iloc[:, :place], names.rename("name"), rows.iloc[:, place:]], axis=1)


def _with_name(columns: Any) -> dict[str, Column]:
    return {**columns, "name": CLIENT.columns["name"]}


def _spoken(contacts: pd.DataFrame) -> pd.DataFrame:
    """Return contacts with numbers hidden in what quotes the manager's own remarks."""
    return contacts.assign(talk=contacts["talk"].map(mask_text))


def _by_tier(tiers: pd.DataFrame, client: pd.DataFrame) -> pd.DataFrame:
    """Return the clients under headings, best tier and highest contribution first."""
    order = ["tier", "contribution_12m", "client_id"]
    rows = _named(tiers, client).sort_values(order, ascending=[True, False, True])
    columns = ["tier", "client_id", "name", "contribution_12m", "turnover_ratio", "basis", "reason"]
    return shown(rows[columns], _with_name(TIERING.columns))


def _groups(tiers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per tier: how many clients, what they bring, what they are owed."""
    groups = tiers.groupby("tier", observed=False)["contribution_12m"].agg(["size", "sum"])
    groups = groups[groups["size"] > 0]
    total = groups["sum"].sum()
    return pd.DataFrame(
        {
            t("cli.tier_heading"): [t(f"tier.{tier}.name") for tier in groups.index],
            t("cli.count_heading"): groups["size"].to_numpy(),
            t("cli.share_heading"): [
                f"{part / total:.0%}" if total else "" for part in groups["sum"]
            ],
            t("cli.strategy_heading"): [t(f"tier.{tier}.strategy") for tier in groups.index],
        }
    )
