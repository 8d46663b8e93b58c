"""All signs of a case, in the order of their codes."""

from collections.abc import Iterator

from pxtui.policy.signs import elsewhere_signs, party_signs, roster_signs, voucher_signs
from pxtui.policy.signs.limits import Limits, limits
from pxtui.policy.signs.sign import Noticed, Sign, SignRule, Weight
from pxtui.policy.signs.surroundings import Surroundings

RULES: tuple[SignRule, ...] = (
    *roster_signs.RULES,
    *party_signs.RULES,
    *voucher_signs.RULES,
    *elsewhere_signs.RULES,
)
"""Every function that looks for signs."""

RECORDS_FIELDS = ("学习记录",)
RECORDS_SOURCE = "通知二"
ONLY_TOLD = frozenset(
    {
        "learning.no-sign-in",
        "learning.no-quiz",
        "learning.no-final-test",
        "learning.several-scores",
        "learning.after-lifting",
        "learning.other-day",
        "learning.repeated-line",
    }
)
"""What of the records is a gap or a slip of the platform and no fraud."""


def signs_of(around: Surroundings, known: Limits | None = None) -> tuple[Sign, ...]:
    """The signs of a case, those that want a decision first, then by code and rows.

    Args:
        known: the limits; None: those that come with the program.
    """
    found = (*_of_rules(around, known or limits()), *_of_records(around))
    return tuple(sorted(found, key=lambda sign: (not sign.asks, sign.code, sign.seqs, sign.item, sign.message)))


def _of_rules(around: Surroundings, known: Limits) -> Iterator[Sign]:
    for rule in RULES:
        if around.application.stage in rule.stages:
            for noticed in rule.looks(around, known):
                yield _entered(rule.code, rule.fields, rule.source, noticed)


def _of_records(around: Surroundings) -> Iterator[Sign]:
    for code, noticed in elsewhere_signs.of_records(around):
        sign = _entered(code, RECORDS_FIELDS, RECORDS_SOURCE, noticed)
        if code in ONLY_TOLD:
            sign = Sign(code, Weight.TELL, sign.fields, sign.source, sign.message, sign.seqs)
        yield sign


def _entered(code: str, fields: tuple[str, ...], source: str, noticed: Noticed) -> Sign:
    return Sign(code, noticed.weight, fields, source, noticed.message, noticed.seqs, noticed.item)
