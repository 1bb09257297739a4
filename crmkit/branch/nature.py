"""How clients react: the effects the simulated branch is built on."""

from dataclasses import dataclass, fields

from crmkit.branch.checks import between, require


@dataclass(frozen=True)
class Nature:
    """How clients of this branch react: teaching assumptions, each of them a parameter.

    No Chinese source was found for these; ``docs/branch.md`` says where each comes from.

    Attributes
    ----------
    call_effect, visit_effect : float
        Share by which a call, or a visit, that reaches the client lowers the chance of
        leaving from the second year on. Text messages change nothing.
    comfort_effect : float
        Share by which a call after a loss of over ten per cent lowers it further.
    referral_effect : float
        Share by which referred clients leave less.
    memory : float
        Share of a contact's effect that is left a month later.
    crowding : float
        Every monthly contact above a client's tolerance raises the chance of leaving by
        this share.
    leaving, silence, waking : float
        Monthly chances of leaving, of falling silent and of waking again, before factors.
    offer_chance, offer_effect : float
        Monthly chance of a rival's offer, and by how many times it can raise the chance of
        leaving of the most price-sensitive.
    complaint_chance : float
        Monthly chance of a complaint in quiet times; five times that after a large loss.
    meetings_needed : float
        The trade's saying that a client-to-be must be met seven times: after so many
        meetings the chance of opening is four times what it was. Folklore, not a law.
    opening : float
        Monthly chance that a prospect nobody has met opens an account.
    disposition : float
        Chance of selling at a gain over chance of selling at a loss.
    """

    call_effect: float = 0.15
    visit_effect: float = 0.20
    comfort_effect: float = 0.30
    referral_effect: float = 0.18
    memory: float = 0.85
    crowding: float = 0.25
    leaving: float = 0.0061
    silence: float = 0.0020
    waking: float = 0.006
    offer_chance: float = 0.04
    offer_effect: float = 6.0
    complaint_chance: float = 0.00025
    meetings_needed: float = 7.0
    opening: float = 0.035
    disposition: float = 1.67

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            most = 20.0 if one.name in ("offer_effect", "meetings_needed", "disposition") else 1.0
            least = 1.0 if one.name == "meetings_needed" else 0.0
            require(between(value, least, most), one.name, value, f"{least:g} … {most:g}")


#: How clients react unless said otherwise.
ORDINARY = Nature()
