"""Earlier trainings: found by person, keyed, imported from a list, struck with a reason."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from pxtui.casework.exchange import source_changes, told_trainings
from pxtui.casework.exchange.told_trainings import ToldTraining, ToldTrainings
from pxtui.casework.exports import trainings as training_exports
from pxtui.casework.people import keyed_training, reveals, training_imports
from pxtui.casework.people.reveals import shown_search
from pxtui.casework.people.training_imports import Prepared, Preview
from pxtui.casework.profiles import person as person_profile
from pxtui.errors import PxtuiError
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field
from screens.frame.files import with_file
from screens.frame.noted_search import noted_search
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.fields import (
    UNKNOWN,
    day_field,
    day_in,
    file_field,
    known_in,
    known_or_not,
    level_field,
    level_in,
    reason_field,
)
from screens.office.files import refused_lines, repaired_lines
from screens.office.searched_page import SearchedPage
from screens.terminal.theme import BY_VERDICT, HEAD
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph


class TrainingsPage(SearchedPage[ToldTraining]):
    """The newest entries, or all that is known of the people who were searched for."""

    name_in_keymap = "trainings"
    question = "查找（证号，或台账里的姓名、首字母、证号末4位）："
    columns = (
        ListColumn("姓名", 8),
        ListColumn("身份证号", 18),
        ListColumn("职业（工种）", 0),
        ListColumn("等级", 8),
        ListColumn("开始", 10),
        ListColumn("结束", 10),
        ListColumn("来源", 24, spare=True),
    )

    def handlers(self) -> Handlers:
        """Add, import, strike."""
        return {
            **super().handlers(),
            "add": self.do_add,
            "import": self.do_import,
            "strike": self.do_strike,
            "undo": self.do_take_back,
            "export": self.do_export,
            "other_page": self.do_waiting,
            "reveal": self.do_reveal,
            "profile": self.do_profile,
        }

    def load(self) -> None:
        """Ask for the newest, or for those of the people searched for."""
        self.show_title("以往培训")
        if self.search:
            self.read(told_trainings.of_people, self.search, then=self._show, hold=True)
        else:
            self.read(told_trainings.newest, then=self._show, hold=True)

    def _show(self, found: ToldTrainings) -> None:
        count = len(found.trainings)
        if self.search:
            self.show_title(
                "以往培训", f"查找“{shown_search(self.search)}”：{count}条{'，只列前9人' if found.more else ''}"
            )
            self.nothing = "没有找到以往培训：姓名只查台账里的人，别的人请输入整个证号。Esc回到最近录入的。"
        else:
            self.show_title("以往培训", f"最近录入的{count}条{'，更早的请查找' if found.more else ''}")
            self.nothing = "还没有以往培训，按Ins录入，或F6导入清单；直接输入证号、姓名查找。"
        self.show_items(found.trainings)

    def row(self, item: ToldTraining) -> tuple[str, ...]:
        """Who, what, when, who says so."""
        ends_on = f"{item.ends_on}" if item.ends_on else "未结束"
        return (
            item.name,
            item.masked_number,
            item.occupation,
            item.level_name,
            f"{item.starts_on}",
            ends_on,
            item.source,
        )

    def key_of(self, item: ToldTraining) -> str:
        """Person, day and source."""
        return f"{item.id_number} {item.starts_on} {item.occupation} {item.source}"

    def detail_of(self, item: ToldTraining) -> Iterable[Paragraph]:
        """All that is told."""
        return (f"{item.name} {item.masked_number}".strip(), item.sentence)

    def do_add(self) -> None:
        """Ins."""

        def store(form: EntryForm, values: Row) -> None:
            number = values["id_number"]

            def done(is_new: bool) -> None:
                # What was known already is looked up, because it may be far down the list.
                self.search = "" if is_new else number
                form.done("已录入。" if is_new else "台账里已有这次培训，没有增加。")

            act = partial(
                keyed_training.add,
                occupation=values["occupation"],
                level=level_in(values["level"]),
                starts_on=date.fromisoformat(values["starts_on"]),
                ends_on=day_in(values.get("ends_on", "")),
                is_online=known_in(values["is_online"]),
                subsidised=known_in(values["subsidised"]),
                paid=known_in(values["paid"]),
                source=values.get("source", ""),
            )
            form.write(act, number, then=done, hold=True)

        begun = {"is_online": UNKNOWN, "subsidised": UNKNOWN, "paid": UNKNOWN}
        if self.items and reveals.is_whole_number(self.search):
            # Keyed already; of who was found by a name the number is shown by Ctrl+C alone.
            begun["id_number"] = self.here.id_number
        self.ask_in_form(Entry("录入以往培训", self._fields(), store, begun))

    def _fields(self) -> tuple[Field, ...]:
        standing = self.counter.standing
        assert standing is not None
        today = standing.today
        return (
            Field(
                "id_number",
                "身份证号",
                18,
                Alphabet.ID_NUMBER,
                length=18,
                required=True,
                check=keyed_training.number_fault,
                help="照证件18位，1999年以前的15位也收。",
            ),
            Field("occupation", "职业（工种）", 40, required=True, help="照原来的文件，同一职业同一写法。"),
            level_field(),
            day_field("starts_on", "开始日期", today),
            day_field("ends_on", "结束日期", today, required=False, help_text="还没有结束的留空。"),
            known_or_not("is_online", "培训方式", "线上", "线下", "不清楚的按线下。"),
            known_or_not("subsidised", "享受补贴", "是", "否", "不清楚的按已享受，审查时提示核实。"),
            known_or_not("paid", "已拨付", "是", "否", "不清楚的按已拨付。"),
            Field("source", "来源", 40, help="从哪里得知，如东区2019年培训台账；不填记为柜台录入。"),
        )

    def do_reveal(self) -> None:
        """Ctrl+C."""
        self.with_here(lambda here: self.write(reveals.of_number, here.id_number, then=self.say, hold=True))

    def do_profile(self) -> None:
        """Ctrl+Y."""
        self.with_here(self._open_person)

    def _open_person(self, here: ToldTraining) -> None:
        def show(key: bytes) -> None:
            self.counter.open("person", key)

        self.read(person_profile.key_of, here.id_number, then=show, hold=True)

    def do_strike(self) -> None:
        """Del."""
        self.with_here(self._strike)

    def _strike(self, here: ToldTraining) -> None:
        if here.is_own_case:
            self.warn(f"这是本台账的案件{here.source}，不在这里删去，请在该案办理。")
            return

        def store(form: EntryForm, values: Row) -> None:
            act = partial(source_changes.strike_training, starts_on=here.starts_on, reason=values["reason"])
            form.write(act, here.id_number, then=form.done, hold=True)

        same_day = [
            item
            for item in self.items
            if (item.id_number, item.starts_on) == (here.id_number, here.starts_on) and not item.is_own_case
        ]
        about = ("此人这一天开始的以往培训，不论来源，都删去：", *(item.sentence for item in same_day))
        title = f"删去{here.name or here.masked_number} {here.starts_on}开始的以往培训"
        self.ask_in_form(Entry(title, (reason_field(),), store, {}, about))

    def search_for(self, text: str) -> None:
        """A whole number is noted."""
        noted_search(self, text, partial(super().search_for, text))

    def do_waiting(self) -> None:
        """Ctrl+N."""
        self.counter.open("source_changes")

    def do_import(self) -> None:
        """F6."""
        self.read(training_imports.sources, then=self._ask_for_list, hold=True)

    def _ask_for_list(self, known: Mapping[str, Mapping[str, str]]) -> None:
        help_text = "清单：身份证号、职业（工种）、开始日期、结束日期，可有等级、方式、是否补贴、是否已拨付。"
        fields = (
            file_field(help_text, self.counter.reach.offered),
            Field(
                "source",
                "来源",
                40,
                choices=tuple((name, name) for name in known),
                help="由谁提供，不填记为文件名；列名按这个来源上次的对应读取。",
            ),
            Field("headings", "列名对应", 60, help="表头认不出时填，如 职业=培训工种名称，开始日期=开班。"),
        )
        self.ask_in_form(Entry("导入以往培训清单", fields, partial(self._import, known)))

    def _import(self, known: Mapping[str, Mapping[str, str]], form: EntryForm, values: Row) -> None:
        source = values.get("source", "")
        try:
            headings = training_imports.headings_in(values.get("headings", ""))
        except PxtuiError as fault:
            form.warn(fault.sentence)
            return

        def read(path: Path) -> None:
            before = known.get(source or path.name, {})
            watch = form.long_work("正在读取", "已取消读取，什么都没有改动。")
            form.work(
                partial(training_imports.prepare, path, source, headings, before, watch),
                partial(self._compare, form),
                hold=True,
            )

        with_file(form, values["file"], read)

    def _compare(self, form: EntryForm, prepared: Prepared) -> None:
        watch = form.long_work("正在比对", "已取消比对，什么都没有改动。")
        form.read(training_imports.preview, prepared, watch, then=partial(self._show_file, form, prepared), hold=True)

    def _show_file(self, form: EntryForm, prepared: Prepared, preview: Preview) -> None:
        listed = prepared.listed
        refused = len(listed.refused)
        head = f"读出{len(listed.rows)}条{f'，{refused}行未读出' if refused else ''}：{preview.sentence}"
        form.tell(
            (head, HEAD),
            f"认出的列：{prepared.columns}。",
            *refused_lines(listed.refused),
            *((line, BY_VERDICT["注意"]) for line in preview.lines),
            *repaired_lines(listed.repairs),
        )

        def imported(added: int) -> None:
            self.search = ""
            left_out = f"；未读出的{refused}行请改正后再导入" if refused else ""
            form.done(f"读出{len(listed.rows)}条，新增{added}条{left_out}。")

        form.confirm(
            f"导入{len(listed.rows)}条{f'，未读出的{refused}行见上' if refused else ''}",
            lambda: form.write(training_imports.take, prepared, then=imported, hold=True),
        )

    def do_take_back(self) -> None:
        """F8."""

        def done(sentence: str) -> None:
            self.search = ""
            self.load()
            self.say(sentence)

        self.confirm(
            "撤回自己今天最后一次导入的清单", lambda: self.write(training_imports.take_back, then=done, hold=True)
        )

    def do_export(self) -> None:
        """F11."""
        standing = self.counter.standing
        assert standing is not None
        today = standing.today

        def store(form: EntryForm, values: Row) -> None:
            act = partial(training_exports.write, reason=values.get("reason", ""))
            which = training_exports.Written(values["which"])
            form.write(
                act,
                which,
                int(values.get("year") or today.year),
                then=lambda path: form.done(f"已写到文书文件夹：{path.name}"),
                hold=True,
            )

        fields = (
            Field("which", "名单", 24, Alphabet.CHOICE, required=True, choices=training_exports.LISTS),
            Field("year", "年度", 4, Alphabet.DIGITS, length=4, help="这一年开班的，不填为今年。"),
            Field("reason", "要全号的理由", 60, help="不填的证号隐去中间几位；填了的写完整证号，理由记入办理记录。"),
        )
        self.ask_in_form(Entry("导出培训名单", fields, store))

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "以往培训：审查次数、重叠和重复时用。列出最近录入的；直接输入证号、姓名、首字母或证号末4位查找，"
            "列出此人的全部培训：清单、案件包、其他部门和本台账的案件。",
            "导入先与台账比对：新的、已有的、有出入的、就是本台账的班；列名对应按来源记住。导错了按F8撤回最后一次，一步恢复。",
            "误录的按Del写明理由删去，岗位分设时由管理员提出、负责人同意（Ctrl+N）；本台账的案件不在这里删。已作的决定带着当时的事实，不受影响。",
        )
