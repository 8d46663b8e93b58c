"""What Attachment 1 tells of a class beside the facts that rules judge: how it is taught, supervised and examined.

The notice prescribes no form for it (四(一) names the attachment only): what is empty stays blank on paper.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from db.models import Case


class Method(StrEnum):
    """How the lessons reach the trainees (notice 二)."""

    LIVE = "live"
    RECORDED = "recorded"
    INTERACTIVE = "interactive"
    DOCUMENTS = "documents"


class Supervision(StrEnum):
    """What the applicant does that the training can be followed and traced (notice 二)."""

    SIGN_IN = "sign-in"
    LEARNING_RECORD = "learning-record"
    Q_AND_A = "q-and-a"
    FINAL_EXAM = "final-exam"
    TRACEABLE = "traceable"


METHODS = {
    Method.LIVE: "在线直播",
    Method.RECORDED: "教学视频录播",
    Method.INTERACTIVE: "实时互动教学",
    Method.DOCUMENTS: "文字或图片资料教学",
}
SUPERVISION = {
    Supervision.SIGN_IN: "签到注册",
    Supervision.LEARNING_RECORD: "学习记录",
    Supervision.Q_AND_A: "答疑测试",
    Supervision.FINAL_EXAM: "结业考核",
    Supervision.TRACEABLE: "可查询可追溯",
}


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """The plan of a class as Attachment 1 states it; empty where the applicant states nothing."""

    methods: frozenset[Method] = frozenset()
    supervision: frozenset[Supervision] = frozenset()
    exam: str = ""
    total_hours: Decimal | None = None
    """学时 of the whole project, online and offline (notice 二: 计入总学时)."""
    theory_hours: Decimal | None = None
    """学时 of `total_hours` that are theory; the others are practice."""
    key_group: str = ""
    """Which of the 重点就业群体 is trained."""
    domain: str = ""
    """Domain of a platform that the notice does not list."""
    provider_credit_code: str = ""
    relevance: str = ""
    """What the course has to do with the main business (notice 二), in the applicant's words."""

    @property
    def practice_hours(self) -> Decimal | None:
        """学时 of practice; None where the total or the theory is not stated."""
        if self.total_hours is None or self.theory_hours is None:
            return None
        return self.total_hours - self.theory_hours


def columns_of(plan: TrainingPlan) -> dict[str, Any]:
    """The columns of a case for its plan."""
    return {
        "methods": tuple(sorted(plan.methods)),
        "supervision": tuple(sorted(plan.supervision)),
        "exam": plan.exam,
        "total_hours": plan.total_hours,
        "theory_hours": plan.theory_hours,
        "key_group": plan.key_group,
        "domain": plan.domain or None,
        "provider_credit_code": plan.provider_credit_code,
        "relevance": plan.relevance,
    }


def plan_of(case: Case) -> TrainingPlan:
    """The plan of a case's class."""
    return TrainingPlan(
        methods=frozenset(map(Method, case.methods)),
        supervision=frozenset(map(Supervision, case.supervision)),
        exam=case.exam,
        total_hours=case.total_hours,
        theory_hours=case.theory_hours,
        key_group=case.key_group,
        domain=case.domain or "",
        provider_credit_code=case.provider_credit_code,
        relevance=case.relevance,
    )
