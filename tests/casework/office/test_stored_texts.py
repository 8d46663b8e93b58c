"""What registers keep as JSON is read as it was written before one codec wrote it all; damage is told in a sentence."""

from decimal import Decimal

import pytest
from sqlmodel import col, select

from db.models import Act, Case, Decision, JournalEntry, OfficeSetting
from pxtui.casework.check import frozen as check_frozen
from pxtui.casework.claim import platform_records
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.office.settings import Settings
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import undo as roster_undo
from pxtui.errors import Damaged
from pxtui.policy.facts import Trainee
from pxtui.policy.learning import LearningFlag, PersonLearning
from tests.support.filings import a_filing
from tests.support.pay_desk import PayDesk
from tests.support.rosters import made_up_people

KEPT = (
    '{"seq": 1, "name": "杨平", "sex": null, "age": 57, "id_number": "510403196302049810", "phone": "", "remark": "补",'
    ' "course_hours": "40.5", "completed_hours": null, "account": "", "passed": null}'
)
"""A row of a roster in the journal: without a password, decimals as texts."""
ROW = Trainee(1, "杨平", None, 57, "510403196302049810", "", "补", Decimal("40.5"))
SAID = (
    '{"source": "记录.xlsx", "pass_mark": "60", "results": [], "records": [{"id_number": "510403196302049810", "name":'
    ' "杨平", "minutes": 1710, "hours": 38, "score": "86.5", "passed": null}], "flags": [{"code": "learning.overlap",'
    ' "id_numbers": ["510403196302049810"], "sentence": "请核对。"}], "refused": 0}'
)
OUTCOME = (
    '{"office": "dongqu", "route": "sme-paid", "eligible": [1, 2], "total_fen": null,'
    ' "findings": [["person.failed", 28, null, true], ["class.some", null, "proof", false]]}'
)
DAMAGED_ENTRY = "台账里的一条经办记录已损坏，读不出当时的内容，请联系管理员核对备份。"
DAMAGED_DECISION = "这项决定的底稿已损坏，不能复核，请联系管理员核对备份。"


@pytest.fixture
def number(register: Register, acting: Acting) -> str:
    """A draft case with an empty roster."""
    with register.writing(acting) as context:
        return opening_filing.file(context, a_filing())


def enter(register: Register, acting: Acting, number: str, action: Act, before: str, after: str) -> None:
    """An entry of the journal with these texts under seal."""
    with register.writing(acting) as context:
        case = find(context, number)
        entry = JournalEntry(at=acting.at, staff_name=acting.name, case_id=case.id, action=action, summary="")
        entry.seal(context.vault, before=before, after=after)
        context.session.add(entry)


def undoable(register: Register, acting: Acting, number: str) -> roster_undo.Undoable:
    """What F8 could take back."""
    with register.reading(acting) as context:
        return roster_undo.undoable(context, number)


def test_a_change_of_a_row_of_before_is_taken_back(register: Register, acting: Acting, number: str) -> None:
    place = '"application": "opening", "position": 0'
    enter(register, acting, number, Act.ROSTER_PUT, f'{{{place}, "row": null}}', f'{{{place}, "row": {KEPT}}}')
    (change,) = undoable(register, acting, number).changes
    assert (change.before, change.after, change.joined) == (None, ROW, False)


def test_a_roster_replaced_before_comes_back(register: Register, acting: Acting, number: str) -> None:
    before = f'{{"application": "opening", "rows": [{KEPT}]}}'
    enter(register, acting, number, Act.ROSTER_REPLACE, before, '{"rows": []}')
    assert undoable(register, acting, number).replaced == (ROW,)


@pytest.mark.parametrize(
    ("there", "damaged"),
    [('"40.5"', '"viele"'), ('"seq": 1, ', ""), ('"remark"', '"note"'), ('"age": 57', '"age": "57"')],
)
def test_a_damaged_row_of_the_journal_is_told(
    there: str, damaged: str, register: Register, acting: Acting, number: str
) -> None:
    assert there in KEPT
    before = f'{{"application": "opening", "rows": [{KEPT.replace(there, damaged)}]}}'
    enter(register, acting, number, Act.ROSTER_REPLACE, before, '{"rows": []}')
    with pytest.raises(Damaged, match=DAMAGED_ENTRY):
        undoable(register, acting, number)


def test_what_a_platform_recorded_before_is_shown(register: Register, acting: Acting, number: str) -> None:
    enter(register, acting, number, Act.LEARNING_IMPORT, "", SAID)
    with register.reading(acting) as context:
        found = platform_records.recorded(context, number)
    assert found is not None
    assert found.pass_mark == Decimal(60)
    assert found.learning.people == (
        PersonLearning("510403196302049810", "杨平", 1710, Decimal(38), Decimal("86.5"), None),
    )
    assert found.learning.flags == (LearningFlag("learning.overlap", ("510403196302049810",), "请核对。"),)


def test_the_settings_of_before_are_read_and_the_journal_tells_them(register: Register, acting: Acting) -> None:
    with register.writing(acting) as context:
        context.session.merge(
            OfficeSetting(office_code="dongqu", tail_sum_wanted=True, second_keying_share=10, address="东区1号")
        )
    with register.writing(acting) as context:
        assert office_settings.settings(context) == Settings(True, 10, address="东区1号")
        office_settings.change(context, opening_days=4)
    with register.reading(acting) as context:
        entry = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.OFFICE_SET)).one()
        assert entry.unseal(context.vault, "before") == (
            '{"tail_sum_wanted": true, "second_keying_share": 10, "duties_apart": false, "correction_days": 5,'
            ' "opening_days": 5, "claim_days": 10, "office_phone": "", "supervision_phone": "", "address": "东区1号",'
            ' "fraud_years": 3, "notice_hosts": "", "second_signature_from_fen": 0, "sign_in_wanted": true,'
            ' "signs_decided": false, "spot_check_wanted": false}'
        )


def test_a_filing_stands_in_the_journal_with_its_materials(register: Register, acting: Acting, number: str) -> None:
    with register.reading(acting) as context:
        entry = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.CASE_FILE)).one()
        _, after = journal.values(context, entry)
    assert after["materials"] == ["attachment-1", "attachment-2", "business-licence", "labour-contracts"]
    assert (after["received_on"], after["training"]["course_hours"]) == ("2020-03-16", "40")


@pytest.fixture
def returned(register: Register) -> PayDesk:
    """A desk with one decision."""
    desk = PayDesk(register)
    number = desk.file(made_up_people(2))
    desk.do(number, Action.SUBMIT)
    desk.do(number, Action.RETURN, opinion="请补齐")
    return desk


def thawed(desk: PayDesk, **texts: str) -> check_frozen.FrozenDecision:
    """The decision, with these texts under seal in the place of its own."""
    with desk.register.writing(desk.acting) as context:
        row, case = context.session.exec(select(Decision, Case).join(Case, col(Case.id) == Decision.case_id)).one()
        row.seal(context.vault, **texts)
        return check_frozen.thawed(context, row, case)


def test_a_verdict_of_before_is_read(returned: PayDesk) -> None:
    outcome = thawed(returned, outcome=OUTCOME).outcome
    marks = (("person.failed", 28, None, True), ("class.some", None, "proof", False))
    assert outcome == check_frozen.Verdict("dongqu", "sme-paid", (1, 2), None, marks)


@pytest.mark.parametrize(
    "texts",
    [
        {"outcome": OUTCOME.replace('"total_fen": null, ', "")},
        {"outcome": OUTCOME.replace('"office"', '"district"')},
        {"outcome": "{"},
        {"facts": "eJw="},
    ],
)
def test_a_damaged_decision_is_told(returned: PayDesk, texts: dict[str, str]) -> None:
    with pytest.raises(Damaged, match=DAMAGED_DECISION):
        thawed(returned, **texts)
