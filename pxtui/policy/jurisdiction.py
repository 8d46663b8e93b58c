"""Which office a case belongs to (notice 四(一)) and which benefit it leads to (notice 三)."""

from dataclasses import dataclass

from pxtui.policy.facts import Applicant, Application, ApplicationKind, Fee, Kind, Route, Trainees, Training
from pxtui.policy.parameters import Notice


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The right office, who forwards to it, and why, in Chinese."""

    office: str
    via: str | None
    reason: str


def jurisdiction(applicant: Applicant, trainees: Trainees, notice: Notice) -> Jurisdiction:
    """The office that decides on the opening. The first of four steps that applies decides."""
    if trainees is Trainees.COLLEGE_STUDENTS:
        return Jurisdiction(notice.college_students_office, None, "培训对象为在校大学生")
    if applicant.group is not None:
        return Jurisdiction(notice.groups_office, None, "攀钢、十九冶、攀煤、钢城集团所属")
    if applicant.vanadium_titanium_zone:
        return Jurisdiction(notice.zone_office, notice.zone_via, "钒钛新城所辖，由管委会汇总上报")
    county = notice.counties[applicant.county]
    return Jurisdiction(notice.county_offices[applicant.county], None, f"单位所在地为{county}")


def right_office(application: Application, notice: Notice) -> Jurisdiction:
    """The office to which this application belongs: a claim goes to the office that approved the opening."""
    by_place = jurisdiction(application.applicant, application.training.trainees, notice)
    if application.stage is ApplicationKind.CLAIM and application.opened_by is not None:
        return Jurisdiction(application.opened_by, by_place.via, "补贴向开班审批部门申请")
    return by_place


def route(applicant: Applicant, training: Training, notice: Notice) -> Route:
    """Which benefit the class leads to; a free one to none."""
    if training.fee is Fee.FREE:
        return Route.NONE
    paid = (
        applicant.kind is Kind.ENTERPRISE
        and applicant.size in notice.paid_sizes
        and training.format in notice.paid_formats
        and training.trainees in notice.paid_trainees
    )
    return Route.SME_PAID if paid else Route.CATALOGUE
