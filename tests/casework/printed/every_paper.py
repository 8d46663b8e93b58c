"""Every paper as casework gathers it, of classes about which all is known and of such about which hardly anything is.

A class is taken along its way, and at each of its stages every paper that is possible there is gathered.
"""

from collections import defaultdict
from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from db.models import Act
from pxtui.casework.check import roster_import
from pxtui.casework.decision import passing_on
from pxtui.casework.desk import shift
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import ApplicantDetails, Filing
from pxtui.casework.payment import recovery
from pxtui.casework.printed import issue_rules, issuing
from pxtui.casework.printed.asking import Asking, Content, common
from pxtui.casework.printed.catalogue import KINDS, OFFICE_KINDS
from pxtui.casework.printed.fund_approval import batch_approval
from pxtui.casework.printed.issuing import Wish
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.casework.printed.payment import batch_table
from pxtui.casework.printed.publicity import batch_notice
from pxtui.casework.publicity import objections, publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff import members
from pxtui.papers.reading.rosters import read_pasted
from pxtui.papers.writing.letter import Facts
from pxtui.policy.facts import Fee, Size, Trainee
from tests.support.counter import PROOF
from tests.support.filings import a_filing
from tests.support.pay_desk import ACCOUNT, PayDesk, bounced, paid
from tests.support.rosters import made_up_people

HEADS = 4


class EveryPaper(PayDesk):
    """Contents of all papers that were possible on the way, by form."""

    def __init__(self, register: Register, folder: Path) -> None:
        super().__init__(register)
        self.folder = folder
        self.contents: defaultdict[str, list[Content]] = defaultdict(list)
        self.common: set[str] = set()
        """Names of values that nearly every letter has."""

    def gather(self, number: str) -> None:
        """The papers that the case has now."""
        with self.register.reading(self.acting) as context:
            asking = Asking(context, find(context, number), "理由")
            self.common = set(common(asking))
            for kind in KINDS:
                if not issue_rules.why_not(asking, kind.form):
                    self.contents[kind.form].append(kind.gather(asking))

    def facts(self, form: str) -> list[Facts]:
        """What stood on all papers of this form."""
        return [content.facts for content in self.contents[form]]

    def gather_about_office(self, form: str, day: date) -> None:
        """A paper about the whole office."""
        with self.register.reading(self.acting) as context:
            kind = OFFICE_KINDS[form]
            self.contents[form].append(kind.gather(OfficeAsking(context, *kind.days(day))))

    def step(self, number: str, *actions: Action) -> None:
        """Take the case along, and gather at each stage."""
        for action in actions:
            self.do(number, action, opinion="理由")
            self.gather(number)

    def hand_over_letter(self, number: str, form: str) -> None:
        """A letter is issued, which has to be delivered."""
        with self.register.writing(self.acting) as context:
            issuing.issue(context, number, [form], self.folder, Wish("依据三"))
        self.gather(number)

    def filed(self, filing: Filing, people: list[Trainee]) -> str:
        """A new case; its number."""
        with self.register.writing(self.acting) as context:
            number = opening_filing.file(context, filing, "材料邮寄")
            roster_edits.replace_all(context, number, people)
        self.gather(number)
        return number


def of_known_classes(register: Register, folder: Path) -> EveryPaper:
    """Papers of a class with everything keyed, faults among its people included, of its money, and of other endings."""
    desk = EveryPaper(register, folder)
    desk.hire_colleagues()
    with register.writing(desk.acting) as context:
        office_settings.change(
            context, office_phone="0812-3333333", supervision_phone="0812-3333334", address="攀枝花市东区人民街1号"
        )
    desk.grant()
    _turned_away_or_ended(desk)
    _paid_class(desk)
    _refused_claim(desk)
    _forwarded(desk)
    return desk


def _forwarded(desk: EveryPaper) -> None:
    """The committee of the zone forwards a plan on the day."""
    with desk.register.writing(desk.acting) as context:
        members.add(context, "严中", office="city-skills-centre")
        members.add(context, "金管", office="vt-zone-committee")
    filing = a_filing()
    of_zone = replace(filing, applicant=replace(filing.applicant, vanadium_titanium_zone=True), received_on=desk.day)
    acting = Acting("金管", "vt-zone-committee", desk.acting.at)
    with desk.register.writing(acting) as context:
        number = opening_filing.file(context, of_zone)
        roster_edits.replace_all(context, number, made_up_people(2, first=70))
        passing_on.pass_on(context, number, "汇总上报")
    with desk.register.reading(acting) as context:
        kind = OFFICE_KINDS["forwarding-list"]
        desk.contents["forwarding-list"].append(kind.gather(OfficeAsking(context, *kind.days(desk.day))))


def of_hardly_known_classes(register: Register, folder: Path) -> EveryPaper:
    """Papers of an office without settings and classes without title, level, platform, provider or anybody's phone."""
    desk = EveryPaper(register, folder)
    filing = _bare(a_filing())
    desk.filed(filing, [])
    _came_back(desk, desk.filed(filing, made_up_people(1)))
    refused = desk.filed(_free(filing), _bare_people(0))
    desk.step(refused, Action.SUBMIT, Action.REFUSE)
    desk.hand_over_letter(refused, "opening-refusal")
    desk.step(desk.filed(replace(filing, materials=frozenset()), _bare_people(0)), Action.SUBMIT, Action.WITHDRAW)
    desk.step(desk.filed(_large(filing), _bare_people(4)), Action.SUBMIT, Action.APPROVE)
    number = desk.filed(filing, _bare_people(8))
    desk.step(number, Action.SUBMIT, Action.APPROVE)
    _claim(desk, number)
    desk.step(number, Action.SUBMIT, Action.APPROVE)
    batch = _publish(desk, number)
    with register.writing(desk.acting) as context:
        objections.receive(context, number, "名单有误")
        desk.contents["public-notice"].append(batch_notice(context, batch))
        publishing.note_page(context, batch, "https://example.org/gs", PROOF)
    desk.gather(number)
    with register.writing(desk.acting) as context:
        objections.decide(context, number, "属实", upheld=True)
    desk.gather(number)
    refused = desk.filed(filing, _bare_people(12))
    desk.step(refused, Action.SUBMIT, Action.APPROVE)
    _claim(desk, refused)
    with register.writing(desk.acting) as context:
        # The enterprise turns out to be a large one: no money is reckoned.
        find(context, refused).size = Size.LARGE.value
    desk.step(refused, Action.SUBMIT, Action.REFUSE)
    for form in ("daily-ledger", "monthly-ledger", "recovery-ledger"):
        desk.gather_about_office(form, date(2020, 1, 6))
    return desk


def _paid_class(desk: EveryPaper) -> None:
    """From the first draft to the money's arrival; one number and one phone are faulty, another lacks hours."""
    desk.day = date(2020, 3, 16)
    people = made_up_people(HEADS, 8)
    people[1:3] = replace(people[1], id_number="510402198002300020"), replace(people[2], phone="123")
    details = ApplicantDetails(bank_name="攀枝花市商业银行东区支行", bank_account=ACCOUNT)
    filing = replace(a_filing(), course_title="焊接工艺基础", details=details)
    number = desk.filed(filing, people)
    desk.step(number, Action.SUBMIT, Action.APPROVE)
    changed = replace(filing, training=replace(filing.training, ends_on=date(2020, 4, 3)))
    with desk.register.writing(desk.acting) as context:
        case = find(context, number)
        journal.record(context, case, Act.CASE_AMEND, "变更", before=asdict(filing), after=asdict(changed))
    desk.gather(number)
    _claim(desk, number)
    desk.step(number, Action.SUBMIT, Action.APPROVE)
    batch = _publish(desk, number)
    desk.gather(number)
    with desk.register.writing(desk.acting) as context:
        objections.receive(context, number, "名单有误", objector="钱七", contact="13800000009")
        objections.decide(context, number, "已核查", upheld=False)
    desk.gather(number)
    _gather_batches(desk, number, batch)
    desk.gather(number)
    for form in ("daily-ledger", "monthly-ledger"):
        desk.gather_about_office(form, date(2020, 4, 3))
    _ordered_back(desk, number)
    _bounced(desk)
    desk.gather_about_office("daily-ledger", desk.day)
    with desk.register.writing(desk.acting) as context:
        shift.hand_over(context, "李四", "尽快办")
    desk.gather_about_office("shift-list", desk.day)


def _gather_batches(desk: EveryPaper, number: str, batch: str) -> None:
    """The papers of a whole batch, of publication and of payment."""
    _clear(desk, batch)
    desk.gather(number)
    ordered = desk.at_the_bank(desk.folder, number)
    with desk.register.reading(desk.acting) as context:
        fen = find(context, number).approved_total_fen or 0
    desk.answer(ordered, paid(number, fen))
    with desk.register.reading(desk.acting) as context:
        desk.contents["public-notice"].append(batch_notice(context, batch))
        desk.contents["payment-table"].append(batch_table(context, ordered))
        desk.contents["fund-approval"].append(batch_approval(context, ordered))


def _ordered_back(desk: EveryPaper, number: str) -> None:
    """Half of the money is ordered back, and a part of that comes in."""
    with desk.register.writing(desk.acting) as context:
        recovery.order(context, number, 50_000, "名单不实", is_fraud=True)
    with desk.register.writing(replace(desk.acting, name="王五")) as context:
        recovery.approve(context, number)
    desk.gather(number)
    desk.comes_back(number, "TH1", 20_000)
    desk.gather_about_office("recovery-ledger", desk.day)


def _bounced(desk: EveryPaper) -> None:
    desk.people = 40
    number = desk.cleared()
    desk.answer(desk.at_the_bank(desk.folder, number), bounced(number))
    desk.gather(number)


def _came_back(desk: EveryPaper, number: str) -> None:
    """The firm sends its roster with another phone."""
    lines = ["序号\t姓名\t身份证号\t联系电话"]
    with desk.register.writing(desk.acting) as context:
        rows = roster_edits.rows(context, number)
        lines += [f"{row.seq}\t{row.name}\t{row.id_number}\t13912345678" for row in rows]
        roster_import.take_reading(context, number, read_pasted("\n".join(lines)))
    desk.gather(number)


def _turned_away_or_ended(desk: EveryPaper) -> None:
    """What is not for this office, comes back, is refused, is withdrawn or goes on in the ordinary procedure."""
    filing = a_filing()
    elsewhere = replace(filing, applicant=replace(filing.applicant, vanadium_titanium_zone=True))
    _came_back(desk, desk.filed(elsewhere, made_up_people(HEADS)))
    desk.step(desk.filed(filing, made_up_people(HEADS)), Action.SUBMIT, Action.RETURN)
    fewer = replace(filing, materials=frozenset(), proof_copies=1)
    people = made_up_people(HEADS)
    people[1] = replace(people[1], id_number="510402198002300020")
    refused = desk.filed(fewer, people)
    desk.step(refused, Action.SUBMIT, Action.REFUSE)
    desk.hand_over_letter(refused, "opening-refusal")
    desk.step(desk.filed(filing, made_up_people(HEADS)), Action.SUBMIT, Action.WITHDRAW)
    desk.step(desk.filed(_large(filing), made_up_people(HEADS, 4)), Action.SUBMIT, Action.APPROVE)


def _refused_claim(desk: EveryPaper) -> None:
    desk.day = date(2020, 3, 16)
    number = desk.filed(a_filing(), made_up_people(HEADS, 12))
    desk.step(number, Action.SUBMIT, Action.APPROVE)
    _claim(desk, number)
    desk.step(number, Action.SUBMIT, Action.REFUSE)


def _claim(desk: EveryPaper, number: str) -> None:
    """Everybody learned enough but the last."""
    desk.day = date(2020, 4, 3)
    desk.step(number, Action.CLAIM)
    desk.enter_claim(number, f"2020{number[-4:]}{HEADS:012}")
    with desk.register.writing(desk.acting) as context:
        *rows, last = roster_edits.rows(context, number)
        roster_edits.replace_all(context, number, [*rows, replace(last, completed_hours=Decimal(37))])
    desk.gather(number)


def _publish(desk: EveryPaper, number: str) -> str:
    with desk.register.writing(desk.acting) as context:
        return publishing.publish(context, [number], context.today).number


def _clear(desk: EveryPaper, batch: str) -> None:
    with desk.register.writing(desk.acting) as context:
        desk.day = publishing.note_page(context, batch, "https://example.org/gs", PROOF).days.payable_from
        publishing.clear(context.by(desk.acting), batch)


def _bare(filing: Filing) -> Filing:
    training = replace(filing.training, level=None, platform=None, provider=None)
    return replace(filing, training=training)


def _bare_people(first: int) -> list[Trainee]:
    return [replace(person, phone="", remark="") for person in made_up_people(HEADS, first)]


def _free(filing: Filing) -> Filing:
    return replace(filing, training=replace(filing.training, fee=Fee.FREE))


def _large(filing: Filing) -> Filing:
    starts_on = date(2020, 5, 11)
    training = replace(filing.training, starts_on=starts_on, ends_on=starts_on + timedelta(days=13))
    return replace(filing, applicant=replace(filing.applicant, size=Size.LARGE), training=training)
