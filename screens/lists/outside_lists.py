"""Lists from elsewhere: which were taken in, from whom, until when they hold, and how many they had."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from pxtui.casework.outside_lists import importing, shown
from pxtui.casework.outside_lists.importing import Prepared, Stated, Taken
from pxtui.casework.outside_lists.kinds import KIND_CHOICES, kind_of, needs_month
from pxtui.casework.outside_lists.shown import ShownList
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field
from screens.frame.files import with_file
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.fields import day_field, day_in, file_field, reason_field
from screens.office.list_page import OfficePage
from screens.terminal.theme import BY_VERDICT, HEAD
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph


class OutsideListsPage(OfficePage[ShownList]):
    """The lists, the newest first. F6 imports, Enter shows whom one had, Del takes its import back."""

    name_in_keymap = "outside_lists"
    columns = (
        ListColumn("种类", 14),
        ListColumn("来源", 0),
        ListColumn("名单日期", 10),
        ListColumn("有效至", 10),
        ListColumn("现状", 10),
        ListColumn("行", 8, right=True),
        ListColumn("命中", 5, right=True),
    )
    nothing = "还没有导入名单，按F6导入。没有名单的，人员一律是“未比对”，不是“无命中”。"

    def handlers(self) -> Handlers:
        """Import, show hits, take back."""
        return {**super().handlers(), "import": self.do_import, "go": self.do_go, "strike": self.do_withdraw}

    def load(self) -> None:
        """Ask for the lists."""
        self.show_title("外部名单", "与未办结的案件比对，命中逐一认定")
        self.read(shown.lists, then=self.show_items, hold=True)

    def row(self, item: ShownList) -> tuple[str, ...]:
        """What, from whom, until when, how many."""
        return (
            item.name,
            item.source,
            f"{item.as_of}",
            f"{item.valid_until}",
            item.state,
            f"{item.lines}",
            f"{item.hits}",
        )

    def key_of(self, item: ShownList) -> str:
        """The list."""
        return f"{item.id}"

    def detail_of(self, item: ShownList) -> Iterable[Paragraph]:
        """All of it, and what to do next."""
        yield item.sentence
        if item.hits:
            yield "按Enter逐一查看命中的人员，查实后认定属实或不影响。"

    def do_go(self) -> None:
        """Enter."""
        self.with_here(lambda here: self.counter.open("list_hits", here))

    def do_withdraw(self) -> None:
        """Del."""
        self.with_here(self._withdraw)

    def _withdraw(self, here: ShownList) -> None:
        def store(form: EntryForm, values: Row) -> None:
            form.write(importing.withdraw, here.id, values["reason"], then=form.done, hold=True)

        about = (here.sentence, "撤回后：名单的行和比对结果删去，所作的认定保留在各案里。")
        self.ask_in_form(Entry(f"撤回{here.name}名单", (reason_field(),), store, {}, about))

    def do_import(self) -> None:
        """F6."""
        standing = self.counter.standing
        assert standing is not None
        today = standing.today
        fields = (
            Field("kind", "种类", 16, Alphabet.CHOICE, required=True, choices=KIND_CHOICES, help="是哪一种名单。"),
            Field("source", "来源", 40, required=True, help="由谁提供，如市社保局；同一来源的以较新的一份为准。"),
            day_field("as_of", "名单日期", today, help_text="名单是哪天的。"),
            day_field("valid_until", "有效期至", today, help_text="过后不再比对，一律是“未比对”，名单的行也删去。"),
            day_field("month", "参保月份", today, required=False, help_text="只有单位社保参保要填：那个月的任何一天。"),
            file_field(
                "要有身份证号（企业的是信用代码或名称），可有单位、日期；.csv不限行数。", self.counter.reach.offered
            ),
        )
        self.ask_in_form(Entry("导入外部名单", fields, self._import))

    def _import(self, form: EntryForm, values: Row) -> None:
        kind = kind_of(values["kind"])
        month = day_in(values.get("month", ""))
        if needs_month(kind) and month is None:
            form.warn("单位社保参保的名单请填参保月份。")
            return
        stated = Stated(
            values["source"], date.fromisoformat(values["as_of"]), date.fromisoformat(values["valid_until"]), month
        )

        def read(path: Path) -> None:
            watch = form.long_work("正在读取", "已取消读取，什么都没有改动。")
            form.work(partial(importing.prepare, path, kind, watch), partial(self._preview, form, stated), hold=True)

        with_file(form, values["file"], read)

    def _preview(self, form: EntryForm, stated: Stated, prepared: Prepared) -> None:
        unread = f"，{prepared.unread}行没有读出，不比对" if prepared.unread else ""
        form.tell(
            (f"读出{prepared.lines}行{unread}。", HEAD),
            f"认出的列：{'、'.join(prepared.columns)}。",
            *((f"第{line.line}行：{line.reason}", BY_VERDICT["不符"]) for line in prepared.told),
        )

        def taken(done: Taken) -> None:
            form.done(done.sentence)

        def take() -> None:
            watch = form.long_work("正在比对", "已取消导入，什么都没有改动。")
            form.write(importing.take, prepared, stated, watch, then=taken, hold=True)

        form.confirm(
            f"导入{prepared.lines}行，与未办结的案件比对{f'，没有读出的{prepared.unread}行见上' if unread else ''}",
            take,
        )

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "外部名单：养老待遇、死亡、财政供养、单位社保、学籍、吊销注销企业。导入时与全部未办结的案件比对，以后录入的人员审查时比对。",
            "命中不是结论：谁查实、什么时候、为什么，逐一认定；属实的在审查页按F11核减。过了有效期的名单不再比对，行删去，比对结果保留。",
        )
