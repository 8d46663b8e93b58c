"""Separation of duties (岗位分设): the check of every act against `permissions`, two steps by two people.

`journal.record` asks `require` before it writes, so that no function that records what it does can leave it out.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import col, select

from db.held import held
from db.models import (
    Act,
    Case,
    JournalEntry,
    Office,
    OfficeSetting,
    PaymentLine,
    PaymentSignature,
    Staff,
    Substitution,
)
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import (
    NOT_BY_THE_BUREAU,
    NOT_BY_THE_COMMITTEE,
    OF_ALL_OFFICES,
    PERMISSIONS,
    STEPS,
    Permission,
    Step,
    others_than,
)
from pxtui.casework.office.roles import Role, is_of_another_office
from pxtui.errors import Damaged, NotAllowed
from pxtui.policy.parameters import forwards, looks_on

# Put together once: it is asked for every act.
_BY_NAME = select(Staff).where(col(Staff.name) == bindparam("name"))


@dataclass(frozen=True, slots=True)
class Standing:
    """In which role somebody acts, and for whom as a substitute."""

    role: Role | None
    office: str
    for_name: str = ""


def are_apart(context: Context) -> bool:
    """Whether the acting person's office has set `duties_apart`."""
    settings = held(context.session, OfficeSetting, context.office)
    return settings is not None and settings.duties_apart


def require(context: Context, act: Act, cases: Iterable[Case] = ()) -> Standing:
    """The role in which the acting person may do an act, by the whole table: role, office, and who did the other steps.

    Args:
        cases: those that the act touches.

    Raises:
        NotAllowed: it is not for this person; the sentence names who may.
    """
    permission = PERMISSIONS[act]
    member = _member(context, context.clerk)
    if permission.is_anybodys or member is None:
        return Standing(None if member is None else member.role, context.office)
    if not member.active:
        raise NotAllowed(f"{member.name}已离岗，不能办理；请由在岗人员办理。")
    _require_not_beside(member, act)
    touched = list(cases)
    if not are_apart(context):
        standing = Standing(member.role, member.office_code)
        _require_office_of(context, standing, touched, act)
        return standing
    standings = _standings_by_role(context, member, permission)
    sentences = []
    for standing in standings:
        sentence = _of_another_office(context, standing, touched, act) or _did_another_step(
            context, standing, act, touched
        )
        if not sentence:
            return standing
        sentences.append(sentence)
    raise NotAllowed(sentences[0])


def require_role(context: Context, act: Act | Permission) -> None:
    """Refuse an act of somebody in another role, where duties are apart, before anything else is asked.

    Raises:
        NotAllowed: the person has another role.
    """
    member = _member(context, context.clerk)
    if member is not None and are_apart(context):
        _standings_by_role(context, member, _permission(act))


def require_another(context: Context, act: Act | Permission, name: str, sentence: str) -> None:
    """Refuse the second step of an act to the person who took the first, by whatever name, and to who stands in there.

    Args:
        name: under which the first step was taken.
        sentence: of the refusal, in Chinese: what is refused and who may do it.

    Raises:
        NotAllowed: it is the same person, or the role for the second step is only that of the first person, absent.
    """
    people = person_of(context)
    first = people.get(name, name)
    if people.get(context.clerk, context.clerk) == first:
        raise NotAllowed(sentence)
    member = _member(context, context.clerk)
    if member is None or not are_apart(context):
        return
    standings = _standings_by_role(context, member, _permission(act))
    if all(people.get(standing.for_name) == first for standing in standings):
        raise NotAllowed(sentence)


def require_own_or_role(context: Context, name: str, decider: Permission) -> None:
    """Refuse to take back what waits for a second person to who neither proposed nor decides it, where duties are
    apart.

    Args:
        name: of the person who proposed it.
        decider: the taking back, and the role that decides it.

    Raises:
        NotAllowed: it is another person in another role.
    """
    people = person_of(context)
    if people.get(context.clerk) != people.get(name) and not may(context, decider, context.clerk):
        raise NotAllowed(f"{decider.name}由提出人{name}或{decider.who}办理，请告诉他们撤销的理由。")


def may(context: Context, act: Act | Permission, name: str) -> bool:
    """Whether somebody's role, or that of a colleague for whom he stands in, is one for an act."""
    member = _member(context, name)
    if member is None or not member.active:
        return False
    if not are_apart(context):
        return True
    return any(standing.role in _permission(act).roles for standing in _standings(context, member))


def person_of(context: Context) -> dict[str, str]:
    """By name of the staff, working or not: the same text for all names of one person."""
    rows = context.session.exec(select(Staff.name, Staff.person_key)).all()
    return {name: key.hex() if key else name for name, key in rows}


def is_of_the_acting_person(context: Context, name: str | None) -> bool:
    """Whether a name is one of the acting person's; a second name of the same ID number is no second person."""
    people = person_of(context)
    return name is not None and people.get(name, name) == people.get(context.clerk, context.clerk)


def names_of_the_acting_person(context: Context) -> list[str]:
    """All names under which the acting person stands in the register, working or not."""
    return [context.clerk, *(name for name in person_of(context) if is_of_the_acting_person(context, name))]


def _permission(act: Act | Permission) -> Permission:
    return act if isinstance(act, Permission) else PERMISSIONS[act]


def _member(context: Context, name: str) -> Staff | None:
    return context.session.exec(_BY_NAME, params={"name": name}).first()


def _standings(context: Context, member: Staff) -> Iterator[Standing]:
    """The own role, and those of absent colleagues for whom somebody stands in today."""
    yield Standing(member.role, member.office_code)
    rows = context.session.exec(
        select(Staff)
        .join(Substitution, col(Substitution.absent) == col(Staff.name))
        .where(
            col(Substitution.substitute) == member.name,
            col(Substitution.from_on) <= context.today,
            col(Substitution.to_on) >= context.today,
            col(Staff.active).is_(True),
        )
        .order_by(col(Substitution.id))
    )
    for absent in rows:
        yield Standing(absent.role, absent.office_code, absent.name)


def _standings_by_role(context: Context, member: Staff, permission: Permission) -> list[Standing]:
    found = [standing for standing in _standings(context, member) if standing.role in permission.roles]
    if not found:
        raise NotAllowed(
            f"{permission.name}由{permission.who}办理，您的岗位是{member.role}，请交{permission.who}办理。"
        )
    return found


def _require_not_beside(member: Staff, act: Act) -> None:
    """Refuse what is not for those who look on or forward, whatever their role."""
    if act in NOT_BY_THE_BUREAU and looks_on(member.office_code):
        raise NotAllowed(f"{PERMISSIONS[act].name}由经办部门办理；市人社局只查看各部门的案件，号码隐去。")
    if act in NOT_BY_THE_COMMITTEE and forwards(member.office_code):
        raise NotAllowed(f"{PERMISSIONS[act].name}由审批部门办理；管委会只汇总上报，请按Ctrl+W上报。")


def _require_office_of(context: Context, standing: Standing, cases: Iterable[Case], act: Act) -> None:
    """Where duties are not apart: a register of one office takes in cases of others, and handles them."""
    touched = [case for case in cases if is_of_another_office(context, case.office_code)]
    if sentence := _of_another_office(context, standing, touched, act):
        raise NotAllowed(sentence)


def _of_another_office(context: Context, standing: Standing, cases: Iterable[Case], act: Act) -> str:
    if act in OF_ALL_OFFICES:
        return ""
    for case in cases:
        if case.office_code != standing.office:
            office, own = (context.session.get_one(Office, code).name for code in (case.office_code, standing.office))
            return f"{case.number}由{office}办理，您是{own}的人员，请交{office}办理。"
    return ""


def _did_another_step(context: Context, standing: Standing, act: Act, cases: Iterable[Case]) -> str:
    """Why the person is not another one than those of the other steps, in Chinese; empty where he is."""
    permission = PERMISSIONS[act]
    if permission.step is None:
        return ""
    others = others_than(permission.step)
    people = person_of(context)
    own, absent = (people.get(name, name) for name in (context.clerk, standing.for_name))
    for case in cases:
        for step, names in _doers(context, case):
            doers = {people.get(name, name) for name in names if name}
            if step not in others or not doers & {own, absent}:
                continue
            what = "这笔拨付" if step is Step.PREPARE else "此案前面的一步"
            by = "您" if own in doers else f"您代理的{standing.for_name}"
            return f"{what}由{by}办理，{permission.name}须由另一人办理。"
    return ""


def _doers(context: Context, case: Case) -> Iterator[tuple[Step, tuple[str, str]]]:
    """The steps of a case since its last hand-in, each with the name and whom he stood in for.

    A signature counts though it is void, because the claim was taken out of its batch: its signer has decided on this
    payment.
    """
    entries = context.session.exec(
        select(JournalEntry.id, JournalEntry.action, JournalEntry.staff_name, JournalEntry.for_name)
        .where(col(JournalEntry.case_id) == case.id, col(JournalEntry.action).in_(list(STEPS)))
        .order_by(col(JournalEntry.id).desc())
    )
    handed_in = 0
    for entry_id, action, name, for_name in entries:
        yield STEPS[Act(action)], (name, for_name)
        if action == Act.CASE_SUBMIT:
            handed_in = entry_id
            break
    for name, for_name in _signers(context, case, handed_in):
        yield Step.SIGN, (name, for_name)


def _signers(context: Context, case: Case, after_entry: int) -> Iterator[tuple[str, str]]:
    """Who signed a batch with a case in it, in entries behind one: a batch's entry is about no single case."""
    signatures = context.session.exec(
        select(PaymentSignature)
        .join(PaymentLine, col(PaymentLine.batch_id) == col(PaymentSignature.batch_id))
        .where(col(PaymentLine.case_id) == case.id)
    ).all()
    digests = {row.digest for row in signatures if _may_bind(context, row, case)}
    if not digests:
        return
    signing = [act for act, step in STEPS.items() if step is Step.SIGN]
    signed = select(JournalEntry).where(col(JournalEntry.action).in_(signing), col(JournalEntry.id) > after_entry)
    for entry in context.session.exec(signed):
        if json.loads(entry.unseal(context.vault, "after") or "{}").get("digest") in digests:
            yield entry.staff_name, entry.for_name


def _may_bind(context: Context, signature: PaymentSignature, case: Case) -> bool:
    """Whether a case was in what was signed; also where that cannot be opened any more."""
    try:
        return case.number in json.loads(signature.unseal(context.vault, "content"))["lines"]
    except Damaged:
        return True
