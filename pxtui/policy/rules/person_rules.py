"""Rules about one row of the roster."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pxtui.identifiers import phone
from pxtui.identifiers.text import same
from pxtui.policy import words
from pxtui.policy.facts import PastTraining
from pxtui.policy.matter import JudgedPerson, Matter
from pxtui.policy.rules.rule import CLAIM, Found, RuleSet, block, warn

PersonRule = Callable[[Matter, JudgedPerson], Iterator[Found]]

RULES: RuleSet[PersonRule] = RuleSet()
rule = RULES.rule


@rule("person.id-invalid", "附件2")
def id_invalid(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.id-invalid`, block: province, date of birth or check character of the ID number is wrong.

    Source: 通知附件2; GB 11643-1999.
    """
    if person.identity is None:
        yield block(f"身份证号有误：{person.identity_fault}；请对照身份证改正。")


@rule("person.duplicate", "三")
def duplicate(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.duplicate`, block: the same ID number stands in an earlier row. Source: 通知三; contract."""
    if person.earlier_seq is not None:
        yield block(f"与第{person.earlier_seq}号身份证号相同；请删去重复的一行或改正证号。")


@rule("person.sex-mismatch", "附件2")
def sex_mismatch(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.sex-mismatch`, warn: the stated sex is not that of the 17th digit of a valid ID number.

    Source: 通知附件2; GB 11643-1999.
    """
    stated = person.trainee.sex
    if person.identity is not None and stated is not None and stated != person.identity.sex:
        yield warn(f"填{stated}，证号为{person.identity.sex}；请核对性别和证号。")


@rule("person.age-mismatch", "附件2")
def age_mismatch(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.age-mismatch`, warn: the stated age is more than 1 year off the age on the first day of the class.

    Source: 通知附件2; GB 11643-1999.
    """
    stated, age = person.trainee.age, _age(matter, person)
    if stated is not None and age is not None and abs(stated - age) > matter.notice.age_tolerance_years:
        yield warn(f"填{stated}岁，按证号开班日为{age}岁；请核对年龄和证号。")


@rule("person.phone-invalid", "附件2")
def phone_invalid(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.phone-invalid`, warn: neither a mainland mobile number nor a landline with its area code.

    Source: 通知附件2; contract.
    """
    if not phone.is_valid(person.trainee.phone):
        said = "未填联系电话" if not person.trainee.phone.strip() else "联系电话不是手机号也不是带区号的座机号"
        yield warn(f"{said}；请改正，以便抽查联系。")


@rule("person.under-age", "四(一)")
def under_age(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.under-age`, warn: under 16 on the first day of the class; only where the ID number is valid.

    Source: 通知四(一); contract.
    """
    age = _age(matter, person)
    if age is not None and age < matter.notice.minimum_age:
        yield warn(f"开班日{age}岁，未满{matter.notice.minimum_age}岁；请核实用工年龄。")


@rule("person.retirement-age", "一")
def retirement_age(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.retirement-age`, warn: on the first day of the class a man of 60 or over, a woman of 50 or over.

    Source: 通知一; contract.
    """
    age = _age(matter, person)
    if age is None or person.identity is None:
        return
    man = person.identity.sex == "男"
    limit = matter.notice.retirement_age_men if man else matter.notice.retirement_age_women
    if age >= limit:
        yield warn(f"{person.identity.sex}，开班日{age}岁，已到{limit}岁；请核实是否在职、是否领取养老金。")


@rule("person.annual-limit", "三")
def annual_limit(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.annual-limit`, block: 3 or more subsidised trainings start in the calendar year of this class; at the
    claim only those count that start no later than this class or are paid. Source: 通知三; contract.
    """
    year, limit = matter.training.starts_on.year, matter.notice.trainings_per_year
    counted = [past for past in person.others if past.starts_on.year == year and matter.counts_against(past)]
    if len(counted) >= limit:
        yield block(
            f"{year}年已有{len(counted)}次补贴性培训，每人每年不超过{limit}次：{_cited(counted)}；"
            f"可自{_free_year(matter, person)}-01-01起参加。"
        )


@rule("person.overlap", "三")
def overlap(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.overlap`, block: a subsidised training that starts by the last day of this class has not ended before its
    first; at the claim only those count that start no later than this class or are paid. Source: 通知三; contract.
    """
    training = matter.training
    colliding = [
        past
        for past in person.others
        if past.starts_on <= training.ends_on
        and (past.ends_on is None or past.ends_on >= training.starts_on)
        and matter.counts_against(past)
    ]
    if colliding:
        yield block(f"与{_cited(colliding)}时间重叠，须结束后方可参加；{_free_from(colliding)}。")


@rule("person.repeat", "三")
def repeat(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.repeat`, block: the same occupation and level was subsidised in any year; at the claim only
    what starts no later than this class or is paid counts. No level equals no level. Source: 通知三; contract.
    """
    training = matter.training
    repeated = [
        past
        for past in person.others
        if past.level == training.level and same(past.occupation, training.occupation) and matter.counts_against(past)
    ]
    if repeated:
        what = words.occupation_and_level(training.occupation, training.level)
        # A list may have told of this very class before it was filed; which of both it is, only a clerk can find out.
        is_maybe_this = any(past.starts_on == training.starts_on for past in repeated)
        hint = "其中同日开班的如果就是本班，请从以往培训中删去；" if is_maybe_this else ""
        yield block(f"{what}已享受过补贴：{_cited(repeated)}；{hint}同一职业同一等级不可重复，可改报其他职业或等级。")


@rule("person.not-approved", "四(一)", CLAIM)
def not_approved(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.not-approved`, block: the ID number is not in the roster of the approved opening.

    Source: 通知四(一); contract.
    """
    if person.approved is False:
        yield block("不在开班批准的花名册中；请核对证号，未批准的人员不予补贴。")


@rule("person.hours-short", "二", CLAIM)
def hours_short(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.hours-short`, block: hours completed are unknown or below the larger of the row's and the class's.

    Source: 通知二; contract.
    """
    own, completed = person.trainee.course_hours, person.trainee.completed_hours
    required = matter.training.course_hours if own is None else max(own, matter.training.course_hours)
    if completed is None:
        yield block(f"未填完成学时，应完成{words.hours(required)}学时；请补填并附学习记录。")
    elif completed < required:
        missing = words.hours(required - completed)
        yield block(
            f"完成{words.hours(completed)}学时，应完成{words.hours(required)}学时，差{missing}学时；请补足学时后申报，或从名单中核减。"
        )


@rule("person.failed", "二", CLAIM)
def failed(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.failed`, block: the assessment is not passed, or nothing is said of it. Source: 通知二; contract."""
    if person.trainee.passed is None:
        yield block("考核是否合格未填；请按平台考核结果补填。")
    elif not person.trainee.passed:
        yield block("考核不合格，不予补贴；请从名单中核减，或补考合格后申报。")


@rule("person.account-shared", "二", CLAIM)
def account_shared(matter: Matter, person: JudgedPerson) -> Iterator[Found]:
    """`person.account-shared`, warn, in every such row: the platform account stands in another row too.

    Source: 通知二; contract.
    """
    if person.sharing_account:
        others = "、".join(str(seq) for seq in person.sharing_account[:5])
        more = "等" if len(person.sharing_account) > 5 else ""
        yield warn(f"学员平台账号与第{others}号{more}相同；请登录平台核实是否本人学习。")


def _age(matter: Matter, person: JudgedPerson) -> int | None:
    return None if person.identity is None else person.identity.age_on(matter.training.starts_on)


def _free_year(matter: Matter, person: JudgedPerson) -> int:
    """The first later year in which the person has a training left."""
    year = matter.training.starts_on.year + 1
    while sum(past.starts_on.year == year for past in person.others) >= matter.notice.trainings_per_year:
        year += 1
    return year


def _cited(trainings: list[PastTraining]) -> str:
    return "、".join(words.training_as_evidence(past) for past in trainings)


def _free_from(colliding: list[PastTraining]) -> str:
    last_days = [past.ends_on for past in colliding if past.ends_on is not None]
    if len(last_days) < len(colliding) or max(last_days) == date.max:
        return "待其结束后再申请"
    return f"可自{max(last_days) + timedelta(days=1)}起参加"
