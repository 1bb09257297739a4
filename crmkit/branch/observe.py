"""What a sample shows of each published fact; the names are those of ``facts.toml``."""

from collections.abc import Mapping

import numpy as np

from crmkit.branch.calendar import EPOCH
from crmkit.branch.sample import Array, Sample

Found = Mapping[str, float]

#: Sizes of account in CNY between the five groups of the profit studies.
GROUPS = np.array([1e5, 5e5, 3e6, 1e7])


def sizes(sample: Sample) -> Found:
    """Observe the distribution of assets over living accounts."""
    assets = (
        np.sort(sample.state("assets")[sample.awake & (sample.state("assets") > 0)])[::-1] / 100
    )
    shares = np.cumsum(assets) / assets.sum()
    top = assets[: max(len(assets) // 50, 2)]
    return {
        "f01_below_100k": float((assets < 1e5).mean()),
        "f02_below_500k": float((assets < 5e5).mean()),
        "f03_top_20": float(shares[len(assets) // 5 - 1]),
        "f04_top_3": float(shares[int(len(assets) * 0.03) - 1]),
        "f05_tail": float(1 / np.log(top[:-1] / top[-1]).mean()),
    }


def trading(sample: Sample) -> Found:
    """Observe who trades how much, and what it costs."""
    amount, trades = sample.total("trade_amount"), sample.total("trades")
    traded = amount > 0
    ranked = np.sort(amount[traded])[::-1]
    small = traded & (sample.person("wealth") < 1e5)
    wealth = sample.person("wealth")
    large = traded & (wealth >= np.quantile(wealth[traded], 1 - 0.018))
    men = sample.person("male")
    held = sample.awake & traded
    turnover = amount / np.maximum(sample.total("assets_end"), 1)
    cheap = small & (np.abs(sample.person("rate") - 0.25) < 0.051)
    return {
        "f06_trade_concentration": float(ranked[: int(len(ranked) * 0.018)].sum() / ranked.sum()),
        "f07a_trade_small": float(amount[small].sum() / trades[small].sum() / 100),
        "f07b_trade_large": float(amount[large].sum() / trades[large].sum() / 100),
        "f13_gender": float(turnover[held & men].mean() / turnover[held & ~men].mean()),
        "f19a_commission": float(sample.total("commission").sum() / amount.sum() * 1e4),
        "f19b_small_trades": float(
            sample.total("commission")[cheap].sum() / max(amount[cheap].sum(), 1) * 1e4
        ),
        "f20_fees": _fees(sample),
    }


def _fees(sample: Sample) -> float:
    """Return how often a month's commission follows from rate, minimum and equal trades."""
    rate = np.rint(sample.person("rate") * 1000).astype(np.int64)[sample.client]
    least = np.concatenate([h.fixed.minimum_fee for h in sample.histories])[sample.client]
    count, amount = sample.month("trades").astype(np.int64), sample.month("trade_amount")
    size = amount // np.maximum(count, 1)
    due = count * np.maximum(least.astype(np.int64) * (count > 0), (size * rate + 500_000) // 10**6)
    return float((due == sample.month("commission")).mean())


def presence(sample: Sample) -> tuple[float, float]:
    """Return the share of living accounts that trade in a month, and that hold shares."""
    awake = sample.never_silent[sample.client] & (sample.month("month") >= 6)
    traded = float((sample.month("trades")[awake] > 0).mean())
    return traded, float(sample.state("invested")[sample.awake].mean())


def in_profit(sample: Sample) -> float:
    """Return the share in profit in the last year of those who were in shares in the last two."""
    year, two = slice(-12, None), slice(-24, None)
    there = sample.awake & (sample.opened <= sample.plan.months - 12)
    active = there & ((sample.count("trades", two) > 0) | (sample.count("pnl", year) > 0))
    return float((sample.total("pnl", year)[active] > 0).mean())


def profit_by_size(sample: Sample) -> tuple[Array, Array]:
    """Return yearly profit per account in CNY and return from choosing shares, by size.

    Luck is left out: it averages out over the exchange's millions of accounts, not over a
    sample's hundreds of large ones. The truth keeps it apart for this.
    """
    years = sample.plan.months / 12
    active = (sample.count("trades") > 0) & (sample.opened < 0) & sample.awake
    group = np.searchsorted(GROUPS, sample.person("wealth"))
    gain = sample.total("pnl") / 100 - sample.state("luck")
    chosen = [active & (group == number) for number in range(5)]
    mean = np.array([gain[who].mean() / years if who.any() else np.nan for who in chosen])
    skill = sample.trait("selection")
    return mean, np.array([skill[who].mean() if who.any() else np.nan for who in chosen])


def habits(sample: Sample) -> Found:
    """Observe the disposition effect and what trading costs the busy."""
    won, lost = sample.state("winners_sold").sum(), sample.state("losers_sold").sum()
    gains = won / sample.state("winning").sum()
    losses = lost / sample.state("losing").sum()
    gross, net, busy = _returns(sample)
    return {
        "f11_disposition": float(gains / losses),
        "f12a_gross_gap": float(gross[busy == 4].mean() - gross[busy == 0].mean()),
        "f12b_net_gap": float(net[busy == 4].mean() - net[busy == 0].mean()),
    }


def _returns(sample: Sample) -> tuple[Array, Array, Array]:
    """Return gross and net returns per year in shares, and the fifth of turnover.

    Luck is left out, and turnover is ranked among clients of like size: in China small
    accounts both trade more and choose worse, which is fact 10 and not this one.
    """
    base = sample.total("assets_end") / np.maximum(sample.count("assets_end"), 1)
    held = (sample.state("winning") + sample.state("losing").astype(float)) / sample.plan.months
    many = (held > 0.25) & (base > 1e6) & (sample.opened < 0) & sample.awake
    years = sample.plan.months / 12 * held[many]
    amount = sample.total("trade_amount")[many]
    pnl = (sample.total("pnl") - sample.state("luck") * 100)[many]
    costs = (sample.total("commission") + sample.levies)[many]
    fifth = _fifths_among_peers(amount / base[many] / years, sample.person("wealth")[many])
    return (pnl + costs) / base[many] / years, pnl / base[many] / years, fifth


def _fifths_among_peers(turnover: Array, wealth: Array) -> Array:
    order = np.argsort(wealth, kind="stable")
    fifth = np.empty(len(wealth), dtype=np.int64)
    for peers in np.array_split(order, max(len(order) // 500, 1)):
        rank = np.argsort(np.argsort(turnover[peers], kind="stable"), kind="stable")
        fifth[peers] = rank * 5 // len(peers)
    return fifth


def people(sample: Sample) -> Found:
    """Observe ages, risk levels and names."""
    today = sample.plan.as_of.toordinal() - EPOCH
    age = (today - sample.person("birth_day")) / 365.25
    lively = sample.awake & (sample.count("trades", slice(-12, None)) > 0)
    grown = lively & (age >= 18) & (age < 61)
    fresh = (sample.opened >= sample.plan.months - 12) & (sample.opened < 9999)
    risk = sample.person("risk")
    surname = np.bincount(sample.person("surname"), minlength=400) / sample.plan.n
    return {
        "f14a_age": float(age[grown].mean()),
        "f14b_below_40": float((age[grown] < 40).mean()),
        "f14c_age_new": float((age - (sample.plan.months - sample.opened) / 12)[fresh].mean()),
        "f15a_averse": float((risk <= 1).mean()),
        "f15b_seeking": float((risk >= 3).mean()),
        "f21a_wang": float(surname[0]),
        "f21b_li": float(surname[1]),
        "f21c_zhang": float(surname[2]),
        "f21d_hundred": float(surname[:100].sum()),
    }


def leaving(sample: Sample) -> Found:
    """Observe retention by tenure and size, as the share of months in which nobody left."""
    kept = sample.never_silent[sample.client]
    client, month = sample.client[kept], sample.month("month")[kept]
    tenure = month - sample.opened[client]
    left = sample.state("left")[client] == month
    small, large = (
        _yearly(left[chosen])
        for chosen in (
            sample.person("wealth")[client] < 1e5,
            sample.person("wealth")[client] >= 5e5,
        )
    )
    bands = [(tenure >= first) & (tenure < last) for first, last in ((0, 12), (12, 48), (48, 999))]
    first, middle, later = (float(left[band].mean()) for band in bands)
    return {
        "f16a_year_1": (1 - first) ** 12,
        "f16b_year_4": (1 - first) ** 12 * (1 - middle) ** 36,
        "f16c_yearly": _yearly(left),
        "f16d_gap": large - small,
        "f17_hazard": middle / first if later <= middle * 1.1 else float("nan"),
    }


def _yearly(left: Array) -> float:
    return float((1 - left.mean()) ** 12)


def recommending(sample: Sample) -> Found:
    """Observe how many bring others, and that those who do are the engaged."""
    last_year = sample.person("arrival") >= sample.plan.months - 12
    referrer = sample.person("referrer")
    givers = np.unique(referrer[(referrer >= 0) & last_year])
    alive = sample.awake.sum()
    ever = np.unique(referrer[referrer >= 0])
    engaged = sample.trait("engaged")
    share = float(engaged.mean()) if engaged[ever].all() else 1.0
    return {"f18a_referrers": len(givers) / alive, "f18b_engaged": share}
