"""Whose practice is whose: a keyed seed for every learner, unit and attempt.

A trainer's cohort has a key that stays with the trainer; each learner gets a token made from
it, and every seed is made from the token. Who has only the token can make no other learner's
practice; who has the key can make everybody's again and mark it.
"""

import hashlib
import hmac

#: The key of everybody who learns without a trainer.
OPEN_KEY = b"crmkit practice"


def learner_token(learner: str, key: bytes = OPEN_KEY) -> str:
    """Return what a learner's seeds are made from.

    Parameters
    ----------
    learner : str
    key : bytes
        The cohort's.

    >>> len(learner_token("wang")), learner_token("wang") == learner_token("wang", b"spring")
    (32, False)
    """
    return hmac.new(key, learner.encode(), hashlib.sha256).hexdigest()[:32]


def variant_seed(token: str, unit: str, attempt: int | str = 0) -> int:
    """Return the seed of one attempt at a unit: theirs alone, and always the same.

    Parameters
    ----------
    token : str
    unit : str
    attempt : int or str
        0 for the practice of the lesson, 1 and up for "another one like this"; a name for
        anything else, such as a card of the daily deck.

    >>> mine = learner_token("wang")
    >>> variant_seed(mine, "l11") == variant_seed(mine, "l11") != variant_seed(mine, "l11", 1)
    True
    """
    told = f"{unit}/{attempt}".encode()
    return int.from_bytes(hmac.new(token.encode(), told, hashlib.sha256).digest()[:8], "big")
