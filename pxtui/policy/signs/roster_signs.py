"""Signs within the rosters of one case."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from pxtui.identifiers import phone
from pxtui.identifiers.id_number import has_check_character, masked, with_century
from pxtui.identifiers.person_name import same_name
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.policy.facts import Trainee
from pxtui.policy.rules.rule import CLAIM
from pxtui.policy.signs.limits import Limits
from pxtui.policy.signs.sign import Noticed, SignRules, ask, rows, tell
from pxtui.policy.signs.surroundings import Surroundings

RULES = SignRules()
sign = RULES.sign


@sign("sign.phone-shared", "联系电话")
def phone_shared(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.phone-shared`, ask: three rows or more, of different people, have one phone."""
    for number, people in _alike(around.application.roster, lambda row: phone.digits(row.phone)):
        if _heads(people) >= limits.phone_rows:
            seqs = _seqs(people)
            yield ask(f"{rows(seqs)}联系电话相同（{phone.masked(number)}）；请逐人核实电话，并抽查是否本人参训。", seqs)


@sign("sign.one-person-twice", "姓名", "联系电话", "身份证号")
def one_person_twice(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.one-person-twice`, ask: one name and one phone under several ID numbers."""
    for _, people in _alike(around.application.roster, _name_and_phone):
        if _heads(people) > 1:
            seqs = _seqs(people)
            yield ask(f"{rows(seqs)}姓名和联系电话相同，身份证号不同；请核对证件，确认是几个人。", seqs)


@sign("sign.id-run", "身份证号", source="GB 11643-1999")
def id_run(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.id-run`, ask: valid ID numbers that follow each other, as invented ones do."""
    numbers = {
        canonical_code(row.id_number): row
        for row in around.application.roster
        if len(canonical_code(row.id_number)) == 18 and has_check_character(canonical_code(row.id_number))
    }
    run: list[str] = []
    for number in [*sorted(numbers), ""]:
        if run and (not number or int(number[:17]) - int(run[-1][:17]) > limits.id_run_step):
            if len(run) >= limits.id_run_length:
                seqs = tuple(sorted(numbers[member].seq for member in run))
                yield ask(f"{rows(seqs)}身份证号连号（{masked(run[0])}起）；请核对证件原件。", seqs)
            run = []
        if number:
            run.append(number)


@sign("sign.password-shared", "密码", source="通知二；附件4", stages=CLAIM)
def password_shared(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.password-shared`, ask: three rows or more have one password; the message does not say which."""
    with_password = [row for row in around.application.roster if row.password.strip()]
    for _, people in _alike(with_password, lambda row: row.password.strip()):
        if len(people) >= limits.password_rows:
            seqs = _seqs(people)
            whom = f"全部{len(people)}人" if len(people) == len(around.application.roster) else rows(seqs)
            yield ask(f"{whom}的平台密码相同；请登录平台核实是否各自学习。", seqs)


@sign("sign.account-of-another", "学员平台账号", "联系电话", "身份证号", source="通知二；附件4", stages=CLAIM)
def account_of_another(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.account-of-another`, ask: the platform account is the phone or ID number of another row's person."""
    owners: defaultdict[str, list[Trainee]] = defaultdict(list)
    for row in around.application.roster:
        for text in {phone.digits(row.phone), with_century(row.id_number)} - {""}:
            owners[text].append(row)
    for row in around.application.roster:
        account = with_century(row.account)
        others = owners.get(account, []) if account else []
        if others and all(other.seq != row.seq for other in others):
            seqs = (row.seq, *_seqs(others))
            yield ask(
                f"第{row.seq}号的平台账号是{rows(_seqs(others))}的电话或身份证号；请核实由谁学习。", tuple(sorted(seqs))
            )


@sign("sign.hours-over-course", "完成学时", "课程学时", source="通知二；附件4", stages=CLAIM)
def hours_over_course(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.hours-over-course`, tell: more 学时 completed than the course has; ask: more than a lesson explains."""
    over = _over(around, limits.completed_over_course_percent)
    if far := _over(around, limits.completed_far_over_percent):
        yield ask(f"{rows(far)}完成学时远多于课程学时；请与平台记录核对。", far)
    elif over:
        yield tell(f"{rows(over)}完成学时多于课程学时；平台记到末课为止的属正常，否则请核对记录。", over)


@sign("sign.course-hours-differ", "课程学时", source="附件4", stages=CLAIM)
def course_hours_differ(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.course-hours-differ`, ask: rows of one class state other course hours than the class."""
    own = around.application.training.course_hours
    seqs = tuple(
        row.seq for row in around.application.roster if row.course_hours is not None and row.course_hours != own
    )
    if seqs:
        yield ask(f"{rows(seqs)}的课程学时与本班的不同；同一班课程学时应当一致，请改正或说明。", seqs)


@sign("sign.hours-equal", "完成学时", source="附件4", stages=CLAIM)
def hours_equal(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.hours-equal`, tell: everybody completed the same hours; many platforms stop counting at the course's."""
    completed = [row.completed_hours for row in around.application.roster]
    if len(completed) >= limits.equal_rows and completed[0] is not None and len(set(completed)) == 1:
        seqs = _seqs(around.application.roster)
        yield tell(f"全部{len(completed)}人的完成学时完全相同；平台记到课程学时为止的属正常，否则请核对记录。", seqs)


@sign("sign.swapped", "姓名", "身份证号", source="通知四(一)；附件2、附件4", stages=CLAIM)
def swapped(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.swapped`, ask: a claim's row has the number of an approved one under another name, or its name under
    another number, while the approved one is gone.
    """
    if around.opening_people is None:
        return
    approved = {number: row for row in around.opening_people if (number := with_century(row.id_number))}
    claimed = {with_century(row.id_number) for row in around.application.roster}
    gone = [row for number, row in approved.items() if number not in claimed]
    for row in around.application.roster:
        number = with_century(row.id_number)
        before = approved.get(number)
        if before is not None:
            if canonical(row.name) and canonical(before.name) and not same_name(row.name, before.name):
                yield ask(
                    f"第{row.seq}号批准时此证号的姓名是{before.name}，申报为{row.name}；请核对证件，有无换人。",
                    (row.seq,),
                )
        elif any(canonical(row.name) and same_name(row.name, other.name) for other in gone):
            yield ask(f"第{row.seq}号{row.name}的身份证号与批准时不同；请核对证件，有无换人。", (row.seq,))


def _over(around: Surroundings, percent: int) -> tuple[int, ...]:
    """The rows that completed more than so many percent of their course."""
    own = around.application.training.course_hours
    return tuple(
        row.seq
        for row in around.application.roster
        if row.completed_hours is not None and row.completed_hours * 100 > max(row.course_hours or own, own) * percent
    )


def _alike(people: Iterable[Trainee], text_of: Callable[[Trainee], str]) -> Iterator[tuple[str, list[Trainee]]]:
    """The rows by a text of theirs; those without it are alike in nothing."""
    groups: defaultdict[str, list[Trainee]] = defaultdict(list)
    for row in people:
        if text := text_of(row):
            groups[text].append(row)
    yield from groups.items()


def _name_and_phone(row: Trainee) -> str:
    name, number = canonical(row.name), phone.digits(row.phone)
    return f"{name} {number}" if name and number else ""


def _heads(people: Iterable[Trainee]) -> int:
    """Different people; who has no number counts as one each."""
    numbers = [with_century(row.id_number) for row in people]
    return len(set(numbers) - {""}) + numbers.count("")


def _seqs(people: Iterable[Trainee]) -> tuple[int, ...]:
    return tuple(row.seq for row in people)
