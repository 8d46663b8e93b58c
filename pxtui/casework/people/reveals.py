"""Full numbers shown for once: a small act of its own, counted by the day, with who looked at whom."""

from datetime import datetime, time, timedelta

from sqlmodel import col, func, select

from db.models import Act, Applicant, Case, JournalEntry, PaymentLine, Person
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.rows import ID_NUMBER
from pxtui.casework.staff import sight
from pxtui.casework.staff.terms import terms
from pxtui.errors import NotFound, Refused
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.text import canonical, canonical_code

PERSON = "person"
"""In the journal's values after: who was looked at, as `about` calls the person."""
REASON = "reason"
"""There as well: why, in the words of who looked."""
_COUNTED = (Act.READ_PERSON, Act.READ_CONTACT, Act.READ_ACCOUNT)
_WHAT = "完整的号码"


def of_row(context: Context, number: str, place: int, *, with_results: bool = False) -> str:
    """The ID number and phone of a row of a roster in full, in a sentence.

    Args:
        place: of the row in the roster, from 0.
        with_results: the platform's account and password in the place of the phone.

    Raises:
        PxtuiError: there is no such row, the role sees masked numbers, or the day's number of looks is used up.
    """
    case = find(context, number)
    people = roster_edits.rows(context, number)
    if not 0 <= place < len(people):
        raise NotFound("这一行没有存下的人员，没有可看的全号。")
    person = people[place]
    result = (("账号", person.account), ("密码", person.password))
    shown = [("证号", person.id_number), *(result if with_results else (("电话", person.phone),))]
    what = "、".join(name for name, value in shown if value)
    whom = about(context, person.id_number)
    counted = _note(context, case, Act.READ_PERSON, f"看全号：第{person.seq}号的{what}", whom)
    return f"第{person.seq}号{person.name} {_in_words(shown)} {counted}"


def of_number(context: Context, text: str) -> str:
    """A person's ID number in full, which a list shows masked.

    Raises:
        PxtuiError: as in `of_row`.
    """
    counted = _note(context, None, Act.READ_PERSON, "看全号：以往培训一人的证号", about(context, text))
    return f"证号{text} {counted}"


def of_contact(context: Context, number: str) -> str:
    """Phones of the applicant of a case in full: of its contact and of its legal representative.

    Raises:
        PxtuiError: as in `of_row`.
    """
    case, applicant = _applicant(context, number)
    shown = [
        (f"经办人{applicant.contact_name}", applicant.unseal(context.vault, "contact_phone")),
        (f"法定代表人{applicant.legal_representative}", applicant.unseal(context.vault, "legal_phone")),
    ]
    counted = _note(context, case, Act.READ_CONTACT, "看全号：单位的电话")
    return f"{_in_words(shown)} {counted}"


def of_account(context: Context, number: str) -> str:
    """The account of the applicant of a case in full.

    Raises:
        PxtuiError: as in `of_row`.
    """
    case, applicant = _applicant(context, number)
    counted = _note(context, case, Act.READ_ACCOUNT, "看全号：单位的账号")
    return f"{applicant.bank_name} {_in_words([('账号', applicant.unseal(context.vault, 'bank_account'))])} {counted}"


def of_payment(context: Context, number: str) -> str:
    """The account to which a case is paid in full: that of its last payment, before there is one its applicant's.

    Raises:
        PxtuiError: as in `of_row`.
    """
    case = find(context, number)
    of_case = select(PaymentLine).where(col(PaymentLine.case_id) == case.id)
    line = context.session.exec(of_case.order_by(col(PaymentLine.id).desc())).first()
    if line is None:
        return of_account(context, number)
    counted = _note(context, case, Act.READ_ACCOUNT, "看全号：拨付的账号")
    # The number first: what is too long for its line is cut behind.
    return f"{_in_words([('账号', line.unseal(context.vault, 'account'))])} {line.bank_name} {counted}"


def with_reason(context: Context, act: Act, summary: str, person: str, reason: str) -> str:
    """Enter a look at a page in full, for a reason; which of the day's it is, for the clerk.

    Args:
        act: one of those that are counted.
        summary: what is looked at, without personal data.
        person: as `about` calls the person; empty for an enterprise, and for somebody who is not on file.
        reason: in the clerk's words; it stands sealed in the journal, because it may be about a person.

    Raises:
        PxtuiError: as in `of_row`, or no reason is given.
    """
    if not reason.strip():
        raise Refused("看全号须写明理由，请填写后再试。")
    return _note(context, None, act, summary, person, reason.strip())


def is_whole_number(text: str) -> bool:
    """Whether a search means a person by a whole ID number or phone."""
    return len(id_number.with_century(text)) == 18 or phone.is_valid(phone.digits(canonical(text)))


def shown_search(text: str) -> str:
    """What was searched for, as a screen says it again: a whole number masked."""
    if not is_whole_number(text):
        return text
    return phone.masked(text) if phone.is_valid(phone.digits(canonical(text))) else id_number.masked(text)


def note_search(context: Context, text: str) -> None:
    """Enter that somebody was searched for, where the text is a whole number."""
    if is_whole_number(text):
        values = {PERSON: about(context, id_number.with_century(text))}
        journal.record(context, None, Act.READ_SEARCH, "按完整号码查找一人", after=values)


def about(context: Context, number: str) -> str:
    """A person for the journal: the id of the row on file, which outlives a change of keys; empty for a stranger."""
    key = context.vault.look_up_key(ID_NUMBER, canonical_code(number))
    on_file = context.session.exec(select(Person.id).where(col(Person.id_key) == key)).first()
    return "" if on_file is None else str(on_file)


def _note(context: Context, case: Case | None, act: Act, summary: str, person: str = "", reason: str = "") -> str:
    """Count and enter a look; which of the day's it is, for the clerk."""
    sight.require_full(context, _WHAT)
    most, today = terms(context).daily_reveals, _today(context)
    if today >= most:
        raise Refused(f"今天已看全号{today}次，每人每天{most}次，不再显示；请由同事查看，次数由管理员改。")
    after = {PERSON: person, REASON: reason}
    journal.record(context, case, act, summary, after={name: value for name, value in after.items() if value})
    return f"（已记入，今天第{today + 1}次）"


def _today(context: Context) -> int:
    """How often the acting person looked today."""
    begin = datetime.combine(context.today, time(), context.at.tzinfo)
    count = select(func.count()).where(
        col(JournalEntry.staff_name) == context.clerk,
        col(JournalEntry.action).in_(_COUNTED),
        col(JournalEntry.at) >= begin,
        col(JournalEntry.at) < begin + timedelta(days=1),
    )
    return context.session.exec(count).one()


def _applicant(context: Context, number: str) -> tuple[Case, Applicant]:
    case = find(context, number)
    return case, context.session.get_one(Applicant, case.applicant_id)


def _in_words(shown: list[tuple[str, str]]) -> str:
    return " ".join(f"{name}{value or '空白'}" for name, value in shown)
