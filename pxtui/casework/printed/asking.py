"""What is asked for when a paper is to be printed, what comes of it, and what many papers have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from db.models import Case
from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle.moves import application_of
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing.letter import Facts, pages
from pxtui.papers.writing.sheet_writer import written
from pxtui.papers.writing.wording import Filling, Words
from pxtui.policy import facts, words

_APPLICATION_NAMES = {
    facts.ApplicationKind.OPENING: "攀枝花市线上职业技能培训申请表",
    facts.ApplicationKind.CLAIM: "攀枝花市线上职业技能培训补贴申请表",
}


@dataclass(frozen=True)
class Asking:
    """A paper of a case is asked for."""

    context: Context
    case: Case
    reason: str = ""
    """Why, where the paper needs one."""
    with_passwords: bool = False
    seed: int = 0
    """Of a sample that is drawn."""

    @cached_property
    def overview(self) -> eligibility.Overview:
        """The check of the case, made once for all papers that ask for it.

        Raises:
            CalendarMissing: a year without a holiday calendar decides.
        """
        return eligibility.overview_from(self.context, self.case, self.application)

    @cached_property
    def application(self) -> facts.Application:
        """The facts of the application that the case is at; a paper that shows no verdict needs no more."""
        return eligibility.application(self.context, self.case)


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on a paper, and how it becomes a file."""

    facts: Facts
    render: Callable[[Facts, Words], bytes]


def letter(
    form: str, values: dict[str, Filling], *, dated: date | None = None, **tables: list[dict[str, Filling]]
) -> Content:
    """The content of a letter or register with these values and lines; `dated`: its day where that is not today."""
    return Content(
        Facts(values, tables, issued_on=dated), lambda about, wording: written(pages(LETTERS[form], about, wording))
    )


def office_of(context: Context, code: str) -> dict[str, Filling]:
    """The office that issues, the officer, and how both are reached; blank where nobody has set it."""
    known = office_settings.settings(context) if code == context.office else office_settings.Settings()
    return {
        "office_name": context.rulebook.latest.offices[code].name,
        "officer": context.clerk,
        "phone": known.office_phone or None,
        "supervision_phone": known.supervision_phone or None,
        "office_address": known.address or None,
    }


def common(asking: Asking) -> dict[str, Filling]:
    """What most letters name: the case, its class, the office and the officer."""
    case = asking.case
    stage = application_of(case.stage)
    is_claim = stage is facts.ApplicationKind.CLAIM
    level = facts.Level(case.level) if case.level else None
    return office_of(asking.context, case.office_code) | {
        "case_number": case.display_number,
        "applicant_name": case.applicant_name,
        "credit_code": case.credit_code,
        "application_name": _APPLICATION_NAMES[stage],
        "received_day": case.claim_received_on if is_claim else case.opening_received_on,
        "course": case.course_title or words.occupation_and_level(case.occupation, level),
        "occupation": words.occupation_and_level(case.occupation, level),
        "platform": case.platform,
        "provider": case.provider,
        "starts_day": case.starts_on,
        "ends_day": case.ends_on,
        "course_hours": case.course_hours,
    }
