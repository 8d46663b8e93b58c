"""What the offices of the city tell one another: their keys, and files of trainings and vouchers."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from pxtui.casework.exchange import keys as exchange_keys
from pxtui.casework.exchange import partners, receiving, sending, source_changes
from pxtui.casework.exchange.keys import PublicKeys
from pxtui.casework.exchange.partners import Partner
from pxtui.casework.exchange.receiving import Taken
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field
from screens.frame.files import with_file, with_new_file
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.fields import day_field, day_in, file_field, reason_field
from screens.office.list_page import OfficePage
from screens.terminal.theme import STRONG
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph

_COMPARE = "请与对方电话核对指纹，一致才算登记好。"


class ExchangePage(OfficePage[Partner]):
    """The offices whose keys are entered; files from and for them."""

    name_in_keymap = "exchange"
    columns = (
        ListColumn("部门", 0),
        ListColumn("公钥登记", 10),
        ListColumn("登记人", 12),
        ListColumn("最近导入", 10),
        ListColumn("指纹", 39, spare=True),
    )
    nothing = "还没有登记其他部门的公钥：按Enter导出本部门的给对方，按Ins登记对方的。"

    def handlers(self) -> Handlers:
        """Own key, trust, import, export, strike."""
        return {
            **super().handlers(),
            "own_key": self.do_own_key,
            "add": self.do_trust,
            "import": self.do_import,
            "export": self.do_export,
            "strike": self.do_strike,
            "other_page": self.do_waiting,
        }

    def load(self) -> None:
        """Ask for the offices."""
        self.show_title("部门交换", "全市一本账：其他部门的培训和凭证")
        self.read(partners.listed, then=self.show_items, hold=True)

    def row(self, item: Partner) -> tuple[str, ...]:
        """Whose keys, since when, by whom; what came last."""
        imported = f"{item.imported_on}" if item.imported_on else "没有"
        return item.name, f"{item.trusted_on}", item.trusted_by, imported, item.fingerprint

    def key_of(self, item: Partner) -> str:
        """The code of the office."""
        return item.code

    def detail_of(self, item: Partner) -> Iterable[Paragraph]:
        """The fingerprint, which two people compare."""
        return (
            f"{item.name}的公钥指纹：",
            (item.fingerprint, STRONG),
            "按F11导出给该部门的文件，按Del删去它交换来的全部。",
        )

    def do_own_key(self) -> None:
        """Enter."""
        self.read(partners.own_public_keys, then=self._show_own_key, hold=True)

    def _show_own_key(self, own: PublicKeys) -> None:
        def store(form: EntryForm, values: Row) -> None:
            with_new_file(form, values["file"], partial(write, form))

        def write(form: EntryForm, path: Path) -> None:
            done = f"已写到{path}，请交给其他部门。"
            form.work(partial(sending.write_public_keys, path, own), lambda _: form.done(done), hold=True)

        about = ("本部门的公钥指纹，对方登记后在电话里念给对方核对：", (own.fingerprint, STRONG))
        file = file_field("写到哪个文件，不覆盖已有的；把它交给其他部门登记。")
        self.ask_in_form(Entry("本部门的公钥", (file,), store, {}, about))

    def do_trust(self) -> None:
        """Ins."""
        self.read(partners.others, then=self._ask_whose_key, hold=True)

    def _ask_whose_key(self, offices: tuple[tuple[str, str], ...]) -> None:
        def store(form: EntryForm, values: Row) -> None:
            trust = partial(self._trust, form, values["office"])
            read = partial(form.work, then=trust, hold=True)
            with_file(form, values["file"], lambda path: read(partial(exchange_keys.read_public_keys, path)))

        fields = (
            Field("office", "部门", 24, Alphabet.CHOICE, required=True, choices=offices),
            file_field("对方导出的公钥文件。", self.counter.reach.offered),
        )
        self.ask_in_form(Entry("登记其他部门的公钥", fields, store, {}, (_COMPARE,)))

    def _trust(self, form: EntryForm, office: str, keys: PublicKeys) -> None:
        def done(sentence: str) -> None:
            self.sought = office
            form.done(sentence)

        form.tell("公钥文件里的指纹，请先与对方电话核对：", (keys.fingerprint, STRONG))
        form.confirm("指纹与对方念的一致", lambda: form.write(source_changes.trust, office, keys, then=done, hold=True))

    def do_import(self) -> None:
        """F6."""

        def store(form: EntryForm, values: Row) -> None:
            read = partial(form.work, then=partial(take, form), hold=True)
            with_file(form, values["file"], lambda path: read(partial(receiving.read_file, path)))

        def take(form: EntryForm, content: bytes) -> None:
            form.write(receiving.take, content, then=partial(told, form), hold=True)

        def told(form: EntryForm, taken: Taken) -> None:
            form.told("已导入，结果见上，Esc返回。", *taken.sentences)

        about = ("重复导入不增加；较早的文件不盖过较新的。",)
        file = file_field("其他部门给本部门的交换文件。", self.counter.reach.offered)
        self.ask_in_form(Entry("导入交换文件", (file,), store, {}, about))

    def do_export(self) -> None:
        """F11."""
        self.with_here(self._export)

    def _export(self, here: Partner) -> None:
        def store(form: EntryForm, values: Row) -> None:
            with_new_file(form, values["file"], partial(export, form, day_in(values.get("since", ""))))

        def export(form: EntryForm, since: date | None, path: Path) -> None:
            write = partial(self._write, form, path)
            form.work(
                partial(sending.require_free, path),
                lambda _: form.write(sending.export, here.code, since, then=write, hold=True),
                hold=True,
            )

        standing = self.counter.standing
        assert standing is not None
        fields = (
            day_field(
                "since", "哪天起开班的", standing.today, required=False, help_text="只导出这天起开班的；不填则全部。"
            ),
            file_field("写到哪个文件，不覆盖已有的。"),
        )
        about = (f"只有{here.name}能打开；内容是本台账的培训和凭证，记入台账。",)
        self.ask_in_form(Entry(f"导出给{here.name}", fields, store, {}, about))

    def _write(self, form: EntryForm, path: Path, content: bytes) -> None:
        # Only now: what is outside is always in the journal.
        done = f"已导出到{path}。"
        form.work(partial(sending.write_file, path, content), lambda _: form.done(done), hold=True)

    def do_strike(self) -> None:
        """Del."""
        self.with_here(self._strike)

    def _strike(self, here: Partner) -> None:
        def store(form: EntryForm, values: Row) -> None:
            form.write(source_changes.strike_office, here.code, values["reason"], then=form.done, hold=True)

        about = ("删去该部门交换来的全部培训和凭证，连同公钥；要再交换须重新登记公钥。",)
        self.ask_in_form(Entry(f"删去{here.name}交换来的全部", (reason_field(),), store, {}, about))

    def do_waiting(self) -> None:
        """Ctrl+N."""
        self.counter.open("source_changes")

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "部门交换：各部门把自己案件的培训和凭证导出给对方，加密并签名；导入后审查本部门案件时一并查对。"
            "先互相登记公钥：按Enter导出本部门的公钥文件，按Ins登记对方的，用电话核对指纹。",
            "岗位分设时由管理员登记公钥和删去，由负责人同意后生效（Ctrl+N）。"
            "单独一条有误的，在以往培训一页删去，凭证用 pxtui voucher strike。",
        )
