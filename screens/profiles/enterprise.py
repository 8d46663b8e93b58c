"""The page of an enterprise."""

from collections.abc import Iterator

from pxtui.casework.profiles import enterprise as enterprise_profile
from pxtui.casework.profiles.classes import ClassLine
from pxtui.casework.profiles.enterprise import EnterprisePage
from pxtui.policy.subsidy import yuan
from screens.frame.screen import Handlers
from screens.profiles.page import Line, ProfilePage, case_line
from screens.terminal.theme import CAUTION, HEAD
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph


class Enterprise(ProfilePage):
    """Classes, then vouchers and who has its phone. Opened with the applicant's id."""

    name_in_keymap = "enterprise"
    what = "单位"
    columns = (
        ListColumn("编号、号码", 21),
        ListColumn("开班", 10),
        ListColumn("培训、说明", 0),
        ListColumn("情况", 12),
        ListColumn("人数", 4, right=True),
        ListColumn("批准（元）", 11, right=True),
        ListColumn("申请（元）", 11, right=True, spare=True),
        ListColumn("平台", 20, spare=True),
    )

    def handlers(self) -> Handlers:
        """The page is opened in full."""
        return {**super().handlers(), "reveal": self.do_reveal}

    def load(self) -> None:
        """Ask for the page."""
        self.read(enterprise_profile.enterprise_page, self.subject, then=self._show, hold=True)

    def _show(self, page: EnterprisePage) -> None:
        elsewhere = f"，其他部门{page.elsewhere}个" if page.elsewhere else ""
        right = f"{page.money.classes}个班{elsewhere}  {page.people}人"
        self.show_page(self.what, right, _facts(page), [*map(class_line, page.classes), *_besides(page)])

    def do_reveal(self) -> None:
        """Ctrl+C."""
        self.ask_to_open_in_full(enterprise_profile.open_in_full)

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "单位：全部的班、人数、申请、核减、批准、拨付、退回的钱，自报和审查的规模，凭证，骗取补贴的标注，"
            "和谁同一电话。Enter打开案件、人员。",
            "其他部门的案件只列日期、职业和部门。Ctrl+C写明理由看全号，记入办理记录，每天有次数。",
        )


def _facts(page: EnterprisePage) -> Iterator[Paragraph]:
    yield f"{page.name} {page.credit_code}".strip(), HEAD
    for mark in page.marks:
        yield f"注意 {mark}", CAUTION
    yield page.money.in_words
    yield page.size
    yield from page.facts
    if page.other_names:
        yield f"另用名称：{'、'.join(page.other_names)}"


def class_line(line: ClassLine) -> Line:
    """A class on a page."""
    cells = (
        line.source,
        f"{line.starts_on}",
        line.what,
        line.state,
        "" if line.heads is None else str(line.heads),
        _yuan(line.approved_fen),
        _yuan(line.asked_fen),
        line.platform,
    )
    days = f"{line.starts_on}至{line.ends_on}"
    told = f"{line.source} {line.firm} {line.what} {days}"
    taught = "  ".join(filter(None, (line.platform, line.provider)))
    return case_line(cells, (told, taught), line.number, line.stage)


def _besides(page: EnterprisePage) -> Iterator[Line]:
    for voucher in page.vouchers:
        cells = (voucher.number, "", voucher.sentence, "凭证", "", "", "", "")
        yield Line(cells, (f"凭证{voucher.number}：{voucher.sentence}。",), "vouchers", voucher.case_number)
    for other in page.shared_phones:
        told = f"与{other.name}同一电话 {other.phone}：{other.where}。"
        cells = (other.phone, "", f"{other.name} {other.masked_number}".strip(), "同一电话", "", "", "", other.where)
        room = "enterprise" if other.applicant_id is not None else "person" if other.key else ""
        yield Line(cells, (told,), room, other.key if other.applicant_id is None else other.applicant_id)


def _yuan(fen: int | None) -> str:
    return "" if fen is None else yuan(fen)
