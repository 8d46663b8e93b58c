"""Step 8: claims that wait for the public notice, the batches day by day, and what is objected."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import partial
from pathlib import Path

from pxtui.casework.lifecycle.batch_page import where_due
from pxtui.casework.office import versions
from pxtui.casework.office.versions import Loaded, Version
from pxtui.casework.publicity import objections, public_page, publishing
from pxtui.casework.publicity import page as publicity_page
from pxtui.casework.publicity.batches import Batch
from pxtui.casework.publicity.objections import ObjectionShown
from pxtui.casework.publicity.page import Entry, Next, PublicityDesk
from pxtui.casework.publicity.public_page import Proof
from screens.frame.batches import BatchScreen
from screens.frame.files import ask_for_file
from screens.frame.prompt import reason_fault
from screens.frame.screen import Handlers
from screens.money.answers import given
from screens.terminal.theme import FAULT

_NO_PROOF = "请填写公示页截图或PDF的文件名。"


class Publicity(BatchScreen[Entry]):
    """Enter publishes, notes the page, clears, takes in an objection and its outcome."""

    name_in_keymap = "publicity"
    step = 8
    name_heading = "单位或公示期"
    detail_height = 9
    cannot_mark = "只能选“待公示”的案件。"
    nothing_waits = "没有待公示的案件。"

    def handlers(self) -> Handlers:
        """F2 for the address of the public page."""
        return {**super().handlers(), "page": self.do_page}

    def load(self) -> None:
        """Ask for the page."""
        self.show_title("公示", "")
        self.read(publicity_page.desk, self.today, self.number, then=self._show, hold=True)

    def _show(self, page: PublicityDesk) -> None:
        self.show_title("公示", f"待公示{page.waiting}件  公示中{page.published}件")
        self.show_entries(page.entries)

    def due_at(self, entries: Sequence[Entry]) -> str:
        """At its batch, where that waits."""
        return where_due(entries, self.number)

    def can_be_marked(self, entry: Entry) -> bool:
        """What is granted and not published."""
        return entry.next is Next.PUBLISH

    def acts(self) -> Mapping[Enum, Callable[[Entry], None]]:
        """What Enter does."""
        return {
            Next.PUBLISH: self._publish,
            Next.REOPEN: self.reopen,
            Next.NOTE_PAGE: self._note_page,
            Next.CONFIRM_DAY: self._confirm_day,
            Next.CLEAR: self._clear,
            Next.OBJECT: self._object,
            Next.DECIDE: self._decide,
        }

    def _publish(self, here: Entry) -> None:
        numbers = self.marked_or_here()
        self.ask_day(f"公示{len(numbers)}件，公示日：", partial(self._foresee, numbers), f"{self.today}")

    def _foresee(self, numbers: list[str], day: date) -> None:
        self.read(publishing.outlook, numbers, day, then=partial(self._confirm_days, numbers, day), hold=True)

    def _confirm_days(self, numbers: list[str], day: date, days: tuple[str, ...]) -> None:
        late = (self.today - day).days
        notes = [(f"公示日比今天早{late}天，请核对公示网页上线的日期。", FAULT)] if late else []
        self.detail.show(*notes, *days)
        if late > 0:
            self.ask(
                f"公示{len(numbers)}件，日期见上；补登理由：",
                partial(self._publish_on, numbers, day),
                check=reason_fault,
            )
        else:
            self.confirm(f"公示{len(numbers)}件，日期见上", lambda: self._publish_on(numbers, day, ""))

    def _publish_on(self, numbers: list[str], day: date, reason: str) -> None:
        self.write(publishing.publish, numbers, day, reason, then=self._published, hold=True)

    def _published(self, batch: Batch) -> None:
        sentence = f"已列入{batch.number}：{len(batch.items)}件，公示到{batch.days.ends_on}。按F9出具公示。"
        self.show_made(batch.number, sentence)

    def _note_page(self, here: Entry) -> None:
        ask = partial(self._note_page_over, here)
        self.read(versions.load, publishing.page_of, here.number, then=ask, hold=True)

    def _note_page_over(self, here: Entry, noted: Loaded[tuple[str, str, str]]) -> None:
        def ask_proof(address: str) -> None:
            ask_for_file(self, "公示页的存证文件（截图或PDF）", partial(read, address), needed=_NO_PROOF)

        def read(address: str, path: Path) -> None:
            self.work(partial(public_page.proof_of, path), partial(note, address), hold=True)

        def note(address: str, proof: Proof) -> None:
            act = partial(publishing.note_page, address=address, proof=proof)
            self.do_with(noted.version, "公示网址和存证", act, here.number, sentence="已登记公示网址和存证。")

        def ask_address(hosts: tuple[str, ...]) -> None:
            fault = partial(public_page.address_fault, hosts=hosts)
            self.ask(f"{here.number}的公示网址：", ask_proof, noted.value[0], check=fault)

        self.read(public_page.hosts, then=ask_address, hold=True)

    def _confirm_day(self, here: Entry) -> None:
        self.confirm(
            f"确认{here.number}补登的公示日属实",
            lambda: self.do(publishing.confirm_day, here.number, sentence="已确认补登的公示日。"),
        )

    def do_page(self) -> None:
        """F2: the address and its proof may be put right at any time."""
        if self.entries and self.here.is_batch:
            self._note_page(self.here)
        else:
            self.warn("网址登记在批次上，请把光标移到批次一行。")

    def _clear(self, here: Entry) -> None:
        self.confirm(
            f"办理{here.number}公示期满",
            lambda: self.write(publishing.clear, here.number, then=self._cleared, hold=True),
        )

    def _cleared(self, batch: Batch) -> None:
        left = sum(item.is_open for item in batch.items)
        remark = f"；{left}件异议还在核查，没有办" if left else ""
        self.reload(f"已办理{batch.number}公示期满，可以拨付{remark}。")

    def _object(self, here: Entry) -> None:
        def ask_who(statement: str) -> None:
            self.ask("异议人（可不填）：", partial(ask_contact, statement))

        def ask_contact(statement: str, objector: str) -> None:
            self.ask("联系方式（可不填）：", partial(receive, statement, objector))

        def receive(statement: str, objector: str, contact: str) -> None:
            act = partial(objections.receive, statement=statement, objector=objector, contact=contact)
            self.do(act, here.number, sentence=f"已登记对{here.number}的异议，核查期间不拨付。")

        self.ask(f"对{here.number}的异议内容：", ask_who, check=given("异议的内容"))

    def _decide(self, here: Entry) -> None:
        def ask_which(received: Loaded[list[ObjectionShown]]) -> None:
            ask = partial(ask_finding, received.version)
            self.ask_which("异议成立填1，不成立填2：", "异议成立", "异议不成立", ask)

        def ask_finding(seen: Version, upheld: bool) -> None:
            self.ask("核查结论：", partial(decide, seen, upheld))

        def decide(seen: Version, upheld: bool, finding: str) -> None:
            sentence = "已撤出批次，重新审核。" if upheld else "异议不成立，继续公示。"
            act = partial(objections.decide, finding=finding, upheld=upheld)
            self.do_with(seen, "异议", act, here.number, sentence=sentence)

        self.read(versions.load, objections.objections_to, here.number, then=ask_which, hold=True)

    def issue(self, number: str) -> None:
        """Issue the public notice of a batch."""
        # The page stands without the papers.
        from pxtui.casework.printed import of_publicity_batch

        self.write(
            of_publicity_batch.issue,
            number,
            then=lambda path: self.say(f"已出具公示，在{path.parent}。"),
            hold=True,
        )

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "公示：上面是待公示的案件和公示批次，下面是光标所在一行的说明。空格选几件，Enter列入一个批次；公示日当天不计，"
            "节假日和调休逐日列出。审批后情况有变的须退回复审。批次一行按F9出具公示，按F2登记公示网址和存证文件。",
            "收到异议，在案件一行按Enter登记内容，核查后再按Enter登记结论：成立的撤出批次重新审核，同批其他案件不受影响；"
            "不成立的继续公示。期满后在批次一行按Enter办理，然后可以拨付。",
        )
