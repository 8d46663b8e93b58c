"""Practice register: made-up people and enterprises with cases at every stage, from one seed."""

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from stdnum.cn import uscc

from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.claim.filing import ClaimFiling
from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import create, exists
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import ApplicantDetails, Filing
from pxtui.casework.opening.plan import Method, Supervision, TrainingPlan
from pxtui.casework.practice import mistakes
from pxtui.casework.practice import money as practice_money
from pxtui.casework.roster import edits as roster_edits
from pxtui.clock import CHINA
from pxtui.home import Home
from pxtui.identifiers.id_number import check_character, parse
from pxtui.policy.facts import (
    Applicant,
    Evidence,
    Fee,
    Format,
    Kind,
    Level,
    Material,
    Size,
    Trainee,
    Trainees,
    Training,
    Voucher,
)
from pxtui.policy.parameters import Rulebook

PRACTICE_DAY = date(2020, 6, 15)
CLERK = "张三"
_OPENING = (Action.SUBMIT, Action.APPROVE)
_TO_CLAIM = (*_OPENING, Action.CLAIM)
_PATHS: tuple[tuple[tuple[Action, ...], int], ...] = (
    ((), 3),
    ((Action.PRE_REVIEW,), 1),
    ((Action.PRE_REVIEW, Action.AWAIT_PAPER), 1),
    ((Action.SUBMIT, Action.ACCEPT), 1),
    ((Action.SUBMIT,), 6),
    ((Action.SUBMIT, Action.RETURN), 2),
    ((Action.SUBMIT, Action.REFUSE), 2),
    ((Action.SUBMIT, Action.WITHDRAW), 1),
    (_OPENING, 8),
    (_TO_CLAIM, 4),
    ((*_TO_CLAIM, Action.SUBMIT), 5),
    ((*_TO_CLAIM, Action.SUBMIT, Action.RETURN), 1),
    ((*_TO_CLAIM, Action.SUBMIT, Action.APPROVE), 12),
    ((*_TO_CLAIM, Action.SUBMIT, Action.REFUSE), 1),
)
_OPINIONS = {
    Action.APPROVE: "提示的事项已逐项核实，情况属实，同意。",
    Action.RETURN: "劳动合同复印件不全，请补齐后再交。",
    Action.REFUSE: "培训内容与主营业务无关（依据：二）。",
}

_MATERIALS = frozenset(
    (Material.ATTACHMENT_1, Material.ATTACHMENT_2, Material.BUSINESS_LICENCE, Material.LABOUR_CONTRACTS)
)
_PLACES = ("恒力", "金沙", "阳光", "鑫源", "川南", "二滩", "银江", "格里坪", "仁和", "华西", "宏达", "瑞丰")
_TRADES = (
    ("机械", "工业机械加工、设备制造", "焊工", "industry"),
    ("钒业", "钒产品生产、销售", "金属材料热处理工", "industry"),
    ("物流", "道路货物运输、装卸", "叉车司机", "transport"),
    ("餐饮管理", "餐饮服务", "中式烹调师", "catering"),
    ("物业服务", "物业管理", "电工", "property-management"),
    ("养老服务", "养老护理服务", "养老护理员", "other"),
)
_PLATFORMS = ("四川省职业网络培训学院", "中国职业培训在线", "技工教育网")
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国志"
_COUNTIES = ("510402", "510403", "510411", "510421", "510422", "513401")


@dataclass(frozen=True, slots=True)
class PracticeOffice:
    """Whose practice register it is; two that differ have other people and other invoices."""

    code: str = "dongqu"
    county: str = "510402"
    """Where its enterprises are."""
    is_zone: bool = False
    """They are in the zone of vanadium and titanium, whose cases the city's centre decides on."""
    clerk: str = CLERK
    seed: int = 33
    first_invoice: int = 0
    people: Sequence[Trainee] = ()
    """Known elsewhere: some of them stand in rosters here, too."""


def make_practice_register(
    place: Home, at: datetime, office: PracticeOffice | None = None, rulebook: Rulebook | None = None
) -> None:
    """Make the practice register of an office in a folder, unless the folder has a register.

    Args:
        office: None: 东区.
        rulebook: None: the shipped notices.

    Raises:
        PxtuiError: the disk refuses.
    """
    if exists(place):
        return
    # Built beside its place and moved there whole: a register that broke off half-way must not pass for one.
    unfinished = Home(place.root.with_name(f"{place.root.name}.unfinished"))
    shutil.rmtree(unfinished.root, ignore_errors=True)
    shutil.rmtree(place.root, ignore_errors=True)
    of = office or PracticeOffice()
    register = create(unfinished, office=of.code, name=of.clerk, at=at, rulebook=rulebook, is_practice=True)
    with register.writing(Acting(of.clerk, of.code, at)) as context:
        granted = file_cases(context, of)[: practice_money.CASES]
        practice_money.process_granted(context, granted, unfinished.papers)
        mistakes.put_right(context.by(Acting(of.clerk, of.code, datetime.combine(PRACTICE_DAY, time(9), CHINA))))
    register.close()
    unfinished.root.rename(place.root)


def file_cases(context: Context, office: PracticeOffice | None = None) -> list[str]:
    """File the practice cases of an office, None: of 东区; returns the numbers of those with a granted claim."""
    office = office or PracticeOffice()
    chance = random.Random(office.seed)  # noqa: S311 - made-up people, not secrets
    people = _People(chance, office.people)
    paths = [path for path, count in _PATHS for _ in range(count)]
    chance.shuffle(paths)
    granted = []
    for index, path in enumerate(paths):
        number, stage = _PracticeCase(office, chance, people, index, path).file(context)
        if stage is Stage.CLAIM_APPROVED:
            granted.append(number)
    return granted


def file_one(context: Context, index: int, path: Sequence[Action] = ()) -> str:
    """File one practice case of 东区 and take its actions; returns its number."""
    office = PracticeOffice()
    chance = random.Random(office.seed)  # noqa: S311 - made-up people, not secrets
    number, _ = _PracticeCase(office, chance, _People(chance, ()), index, path).file(context)
    return number


class _People:
    """Made-up people, some of whom stand in several rosters."""

    def __init__(self, chance: random.Random, known: Sequence[Trainee]) -> None:
        self._chance = chance
        self._known = list(known)

    def roster(self, heads: int) -> list[Trainee]:
        """A roster of `heads` different people; about one in thirty stands in an earlier roster."""
        some = [self._new() for _ in range(heads)]
        if self._known and self._chance.random() < 0.5:
            some[0] = self._chance.choice(self._known)
        self._known += some[1:]
        return roster_edits.renumbered(some)

    def _new(self) -> Trainee:
        chance = self._chance
        birth = date(1965, 1, 1) + timedelta(days=chance.randrange(35 * 365))
        first_17 = f"{chance.choice(_COUNTIES)}{birth:%Y%m%d}{chance.randrange(1, 1000):03}"
        person = parse(first_17 + check_character(first_17), today=PRACTICE_DAY)
        return Trainee(
            seq=0,
            name=chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, chance.choice((1, 2)))),
            sex=person.sex,
            age=person.age_on(PRACTICE_DAY),
            id_number=person.number,
            phone=f"1{chance.choice('3589')}{chance.randrange(10**9):09}",
            remark="",
        )


@dataclass
class _PracticeCase:
    """A practice case and the actions on it."""

    office: PracticeOffice
    chance: random.Random
    people: _People
    index: int
    path: Sequence[Action]

    def file(self, context: Context) -> tuple[str, Stage]:
        """File the case and take its actions, a day each; returns its number and stage."""
        filing = self._filing()
        day = filing.received_on
        number = opening_filing.file(context.by(self._acting(day)), filing)
        roster_edits.replace_all(
            context.by(self._acting(day)), number, self.people.roster(self.chance.randrange(8, 46))
        )
        stage = Stage.DRAFT
        for action in self.path:
            if action is Action.CLAIM:
                day = filing.training.ends_on + timedelta(days=3)
            stage = advance(context.by(self._acting(day)), number, action, _OPINIONS.get(action, ""))
            if stage is Stage.CLAIM_DRAFT:
                self._claim(context, number, filing, day)
            day = min(day + timedelta(days=1), PRACTICE_DAY)
        return number, stage

    def _is_opened_one_of(self, place: int) -> bool:
        """Whether the case is in the third `place` of the approved classes: 0 are over, 1 are of large enterprises."""
        return tuple(self.path) == _OPENING and self.index % 3 == place

    def _acting(self, day: date) -> Acting:
        return Acting(self.office.clerk, self.office.code, datetime.combine(day, time(10, self.index % 60), CHINA))

    def _filing(self) -> Filing:
        place = _PLACES[self.index % len(_PLACES)]
        trade, scope, occupation, industry = _TRADES[self.index // 2 % len(_TRADES)]
        size = self.chance.choice((Size.MEDIUM, Size.SMALL, Size.MICRO))
        is_over = Action.CLAIM in self.path or self._is_opened_one_of(0)
        starts_on = date(2020, 3, 16) + timedelta(days=self.index) if is_over else self._later_start()
        return Filing(
            office=self.office.code,
            received_on=starts_on - timedelta(days=5),
            applicant=Applicant(
                name=f"攀枝花市{place}{trade}有限公司",
                credit_code=self._credit_code(),
                kind=Kind.ENTERPRISE,
                size=Size.LARGE if self._is_opened_one_of(1) else size,
                group=None,
                vanadium_titanium_zone=self.office.is_zone,
                county=self.office.county,
            ),
            training=Training(
                trainees=Trainees.EMPLOYEES,
                occupation=occupation,
                level=self.chance.choice((Level.FIVE, Level.FOUR, None)),
                format=Format.PURCHASED,
                fee=Fee.PAID,
                main_business=True,
                platform=self.chance.choice(_PLATFORMS),
                provider="成都职业培训网络学院",
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=13),
                course_hours=Decimal(40),
            ),
            materials=_MATERIALS,
            details=ApplicantDetails(
                industry=industry,
                staff_count=self.chance.randrange(20, 290),
                revenue_wan=Decimal(self.chance.randrange(300, 9000)),
                figures_year=2019,
                business_scope=scope,
                address=f"攀枝花市东区{place}路{self.index + 1}号",
                legal_representative="李四",
                legal_phone="0812-3330009",
                contact_name="王五",
                contact_phone="0812-3330000",
                bank_name="攀枝花市商业银行东区支行",
                bank_account=f"5104020000{self.index:06}",
            ),
            course_title=f"{occupation}线上技能提升",
            plan=_plan(occupation, scope),
        )

    def _later_start(self) -> date:
        """A first day of the class within a few days of `PRACTICE_DAY`."""
        return PRACTICE_DAY + timedelta(days=self.index % 9 - 3)

    def _credit_code(self) -> str:
        first_17 = f"91510402MA6{self.index:06}"
        return first_17 + str(uscc.calc_check_digit(first_17))

    def _claim(self, context: Context, number: str, filing: Filing, day: date) -> None:
        context = context.by(self._acting(day))
        people = [self._learned(trainee) for trainee in roster_edits.rows(context, number)]
        roster_edits.replace_all(context, number, people)
        payer, provider = filing.applicant.name, filing.training.provider or ""
        paid_fen = len(people) * self.chance.choice((45_000, 60_000, 68_000))
        invoice = Voucher(
            f"2020{self.office.first_invoice + self.index:016}", filing.training.ends_on, payer, provider, paid_fen
        )
        claim_filing.replace_vouchers(context, number, [invoice])
        claim_filing.put_claim(
            context,
            number,
            ClaimFiling(
                received_on=day,
                materials=frozenset(
                    (
                        Material.ATTACHMENT_3,
                        Material.ATTACHMENT_4,
                        Material.TEACHING_RECORDS,
                        Material.COST_VOUCHERS,
                    )
                ),
                evidence=frozenset(Evidence),
                purchased_heads=len(people),
            ),
        )

    def _learned(self, trainee: Trainee) -> Trainee:
        completed = Decimal(40) if self.chance.random() < 0.95 else Decimal(37)
        return replace(
            trainee,
            completed_hours=completed,
            account=trainee.phone,
            password=f"Px{self.chance.randrange(10**4):04}",
            passed=self.chance.random() < 0.97,
        )


def _plan(occupation: str, scope: str) -> TrainingPlan:
    return TrainingPlan(
        methods=frozenset((Method.RECORDED, Method.INTERACTIVE)),
        supervision=frozenset(Supervision),
        exam="平台考试",
        total_hours=Decimal(60),
        theory_hours=Decimal(40),
        relevance=f"本单位主营{scope}，{occupation}是主要岗位。",
    )
