"""Requests for papers (`Asking`), their content, and the values that most papers share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlmodel import col, select

from db.models import Act, Case, CorrectedField, DayOf, JournalEntry
from pxtui.casework.check import eligibility
from pxtui.casework.decision.corrected_fields import NAMES
from pxtui.casework.decision.corrections import Corrected, in_force
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.lifecycle.stated_days import MARK, Stated, stated
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.printed.hand_ins import CourseOfCase, course_of
from pxtui.casework.roster import edits as roster_edits
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing.letter import Facts, pages
from pxtui.papers.writing.sheet_writer import written
from pxtui.papers.writing.wording import Filling, Money, Words, words_of
from pxtui.papers.writing.wording import day as in_words
from pxtui.policy import facts, words
from pxtui.policy.subsidy import shares

_APPLICATION_NAMES = {
    facts.ApplicationKind.OPENING: "攀枝花市线上职业技能培训申请表",
    facts.ApplicationKind.CLAIM: "攀枝花市线上职业技能培训补贴申请表",
}


LISTS_OF_PAPERS = ("hand-over-list", "volume-cover")
"""Forms that list a case's papers: were one listed by the other, each would change with the other's number."""


@dataclass(frozen=True)
class Asking:
    """A request for a paper of a case."""

    context: Context
    case: Case
    reason: str = ""
    """The clerk's reason, for papers that need one."""
    with_passwords: bool = False
    seed: int = 0
    """Seed of a drawn sample; 0: that of the day."""

    @cached_property
    def overview(self) -> eligibility.Overview:
        """The check of the case, made once per request.

        Raises:
            CalendarMissing: a year without a holiday calendar decides.
        """
        return eligibility.overview_from(self.context, self.case, self.application)

    @cached_property
    def application(self) -> facts.Application:
        """The facts of the case's present application; a paper that shows no verdict needs no more."""
        return eligibility.application(self.context, self.case)

    @cached_property
    def checks_at_decision(self) -> dict[facts.ApplicationKind, eligibility.Overview]:
        """The checks that `decided_check` has read, each once per request."""
        return {}

    @cached_property
    def is_erased(self) -> bool:
        """Whether the people of the case were erased, because their term was over."""
        erased = select(JournalEntry.id).where(
            col(JournalEntry.case_id) == self.case.id, col(JournalEntry.action) == Act.RETENTION_ERASE
        )
        return self.context.session.exec(erased).first() is not None

    @cached_property
    def course(self) -> CourseOfCase:
        """When the case was handed in and took another turn."""
        return course_of(self.context, self.case)

    def approved_seqs(self, kind: facts.ApplicationKind) -> frozenset[int]:
        """The approved rows of the opening or of the claim, by 序号."""
        return roster_edits.approved_seqs(self.context, self.case, kind)

    @cached_property
    def stated_days(self) -> dict[DayOf, Stated]:
        """The days of the case that were stated afterwards."""
        return {found.what: found for found in stated(self.context, self.case)}

    @cached_property
    def corrections(self) -> tuple[Corrected, ...]:
        """What was put right of the case after its decision, the oldest first."""
        return in_force(self.context, self.case)

    def corrected_names(self, *of: CorrectedField) -> str:
        """For a remark, which of these fields were put right: 更正单位名称; empty where none was."""
        names = dict.fromkeys(NAMES[found.field] for found in self.corrections if found.field in of)
        return f"更正{'、'.join(names)}" if names else ""

    def received_day(self, what: DayOf, *, with_reason: bool = False) -> date | str | None:
        """A day of receipt as it stands on a paper: marked where it was stated afterwards.

        Args:
            what: of the opening or of the claim.
            with_reason: on papers that stay in the house.
        """
        day = self.case.opening_received_on if what is DayOf.OPENING_RECEIVED else self.case.claim_received_on
        return marked(day, self.stated_days.get(what), with_reason=with_reason)


def marked(day: date | None, as_stated: Stated | None, *, with_reason: bool = False) -> date | str | None:
    """A day as it stands on a paper: with a mark where it was stated afterwards, and the reason if it is asked for."""
    if day is None or as_stated is None:
        return day
    return f"{in_words(day)}（{MARK}{f'，理由：{as_stated.reason}' if with_reason else ''}）"


@dataclass(frozen=True, slots=True)
class Content:
    """The facts on a paper, and the function that writes them as a file."""

    facts: Facts
    render: Callable[[Facts, Words], bytes]


def title(context: Context, form: str) -> str:
    """The title of a form's papers, in the words of the office."""
    return words_of(form, context.home.wording).label("title").strip("【】")


def letter(
    form: str, values: dict[str, Filling], *, dated: date | None = None, **tables: list[dict[str, Filling]]
) -> Content:
    """The content of a letter with these values and tables; `dated`: its day of issue, None: today."""
    return Content(
        Facts(values, tables, issued_on=dated), lambda about, wording: written(pages(LETTERS[form], about, wording))
    )


def office_of(context: Context, code: str) -> dict[str, Filling]:
    """Values of the issuing office, the officer and their phones; None where the office has not set them."""
    known = office_settings.settings(context) if code == context.office else office_settings.Settings()
    return {
        "office_name": context.rulebook.latest.office(code).name,
        "officer": context.clerk,
        "phone": known.office_phone or None,
        "supervision_phone": known.supervision_phone or None,
        "office_address": known.address or None,
    }


def shares_in_words(total_fen: int, heads: int) -> str:
    """What each person of a claim gets, in Chinese: `每人500.00元`, or `前1人每人333.34元，其余2人每人333.33元`."""
    amounts = shares(total_fen, heads)
    first = amounts.count(amounts[0]) if amounts else 0
    if first == heads:
        return f"每人{Money(amounts[0])}元" if amounts else ""
    return f"前{first}人每人{Money(amounts[0])}元，其余{heads - first}人每人{Money(amounts[-1])}元"


COMMON_NAMES = frozenset(
    {"office_name", "officer", "phone", "supervision_phone", "office_address", "case_number", "applicant_name"}
    | {"credit_code", "application_name", "received_day", "course", "occupation", "platform", "provider"}
    | {"starts_day", "ends_day", "course_hours"}
)
"""Names of the values that nearly every letter has; see `common`."""


def common(asking: Asking) -> dict[str, Filling]:
    """Values of the case, its class, the office and the officer, for most letters."""
    case = asking.case
    stage = application_of(case.stage)
    is_claim = stage is facts.ApplicationKind.CLAIM
    level = facts.Level(case.level) if case.level else None
    return office_of(asking.context, case.office_code) | {
        "case_number": case.display_number,
        "applicant_name": case.applicant_name,
        "credit_code": case.credit_code,
        "application_name": _APPLICATION_NAMES[stage],
        "received_day": asking.received_day(DayOf.CLAIM_RECEIVED if is_claim else DayOf.OPENING_RECEIVED),
        "course": case.course_title or words.occupation_and_level(case.occupation, level),
        "occupation": words.occupation_and_level(case.occupation, level),
        "platform": case.platform,
        "provider": case.provider,
        "starts_day": case.starts_on,
        "ends_day": case.ends_on,
        "course_hours": case.course_hours,
    }
