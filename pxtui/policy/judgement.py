"""One application judged by every rule: all that is found, at once (一次性告知)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pxtui.policy.facts import Application, ApplicationKind, Route
from pxtui.policy.matter import JudgedVoucher, Matter, matter
from pxtui.policy.parameters import Rulebook
from pxtui.policy.rules import application_rules, person_rules, voucher_rules
from pxtui.policy.rules.rule import Found, Rule, Severity
from pxtui.policy.subsidy import Subsidy, subsidy, yuan
from pxtui.policy.working_days import SHIPPED, WorkingDays

SCHEMA = "pxtui-check/1"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, with the place it is about."""

    code: str
    severity: Severity
    seq: int | None
    item: str | None
    clause: str
    message: str

    @property
    def blocks(self) -> bool:
        """Whether it stops the application, or its row where it has one."""
        return self.severity is Severity.BLOCK


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer to one application."""

    office: str
    via: str | None
    route: Route
    findings: tuple[Finding, ...]
    """Ordered by row (none first), code and item."""
    eligible: tuple[int, ...]
    """The rows without a block, in roster order."""
    subsidy: Subsidy | None

    @property
    def passes(self) -> bool:
        """No block on the application itself, and somebody eligible."""
        return bool(self.eligible) and not any(f.blocks and f.seq is None for f in self.findings)

    def of_row(self, seq: int | None) -> tuple[Finding, ...]:
        """The findings about one row; None: about the application itself."""
        return tuple(finding for finding in self.findings if finding.seq == seq)

    def as_json(self) -> dict[str, Any]:
        """The answer as `pxtui-check/1`."""
        return {
            "schema": SCHEMA,
            "office": self.office,
            "via": self.via,
            "route": self.route.value,
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity.value,
                    "seq": finding.seq,
                    "item": finding.item,
                    "clause": finding.clause,
                    "message": finding.message,
                }
                for finding in self.findings
            ],
            "eligible": list(self.eligible),
            "subsidy": None if self.subsidy is None else _subsidy_as_json(self.subsidy),
            "passes": self.passes,
        }


def judge(application: Application, rulebook: Rulebook, working_days: WorkingDays = SHIPPED) -> Judgement:
    """Judge an application by the notice that holds for its class.

    `working_days`: the register's calendar; without a register the years that come with the program.

    Raises:
        CalendarMissing: the claim's deadline falls into a year without a published holiday calendar.
    """
    prepared = matter(application, rulebook, working_days)
    findings = [*_about_the_application(prepared), *_about_people(prepared)]
    blocked = {finding.seq for finding in findings if finding.blocks}
    eligible = tuple(trainee.seq for trainee in application.roster if trainee.seq not in blocked)
    money = None
    if application.stage is ApplicationKind.CLAIM and prepared.route is Route.SME_PAID:
        about_vouchers, accepted_fen = _about_vouchers(prepared)
        findings += about_vouchers
        money = subsidy(application, accepted_fen, len(eligible), prepared.notice)
    return Judgement(
        office=prepared.jurisdiction.office,
        via=prepared.jurisdiction.via,
        route=prepared.route,
        findings=tuple(sorted(findings, key=place)),
        eligible=eligible,
        subsidy=money,
    )


def _about_the_application(prepared: Matter) -> Iterator[Finding]:
    for rule in application_rules.RULES:
        if prepared.application.stage in rule.stages:
            yield from _entered(rule, None, rule.finds(prepared))


def _about_people(prepared: Matter) -> Iterator[Finding]:
    rules = [rule for rule in person_rules.RULES if prepared.application.stage in rule.stages]
    for person in prepared.people:
        for rule in rules:
            # Spelt out, not `_entered`: this is done for every rule of every row, nearly always for nothing.
            for found in rule.finds(prepared, person):
                yield Finding(rule.code, found.severity, person.trainee.seq, found.item, rule.clause, found.message)


def _about_vouchers(prepared: Matter) -> tuple[list[Finding], int]:
    """The findings about the vouchers and the fen that those without a block add up to."""
    findings: list[Finding] = []
    accepted_fen = 0
    for line in prepared.voucher_lines:
        found = list(_about_voucher(prepared, line))
        findings += found
        if not any(finding.blocks for finding in found):
            accepted_fen += line.voucher.amount_fen
    for rule in voucher_rules.COST_RULES:
        findings += _entered(rule, None, rule.finds(prepared, accepted_fen))
    return findings, accepted_fen


def _about_voucher(prepared: Matter, line: JudgedVoucher) -> Iterator[Finding]:
    for rule in voucher_rules.RULES:
        yield from _entered(rule, None, rule.finds(prepared, line))


def _entered(rule: Rule[Any], seq: int | None, found: Iterable[Found]) -> Iterator[Finding]:
    for observation in found:
        yield Finding(rule.code, observation.severity, seq, observation.item, rule.clause, observation.message)


def place(finding: Finding) -> tuple[bool, int, str, bool, str]:
    """Where a finding stands among the others."""
    return (
        finding.seq is not None,
        finding.seq or 0,
        finding.code,
        finding.item is not None,
        finding.item or "",
    )


def _subsidy_as_json(money: Subsidy) -> dict[str, Any]:
    return {
        "cost": yuan(money.cost_fen),
        "heads": money.heads,
        "per_person": yuan(money.per_person_fen),
        "eligible": money.eligible,
        "total": yuan(money.total_fen),
    }
