"""Tariffs of the offline procedure: what the imported catalogues say, and for which classes."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from pxtui.casework.offline import results as offline_results
from pxtui.casework.offline import tariffs
from pxtui.casework.offline.tariffs import TariffInTime
from pxtui.casework.payment import funds
from pxtui.policy import words
from pxtui.policy.facts import Level
from pxtui.policy.subsidy import yuan
from screens.entry.choices import narrowed
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field
from screens.frame.files import with_file
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.fields import amount_field, day_field, file_field, level_field, level_in
from screens.office.files import repaired_lines
from screens.office.searched_page import SearchedPage
from screens.terminal.theme import HEAD
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph


def _level_name(level: str | None) -> str:
    return words.LEVELS[Level(level)] if level else "不分等级"


def _hours(tariff: tariffs.Tariff) -> str:
    return "" if tariff.hours is None else words.hours(tariff.hours)


class TariffsPage(SearchedPage[TariffInTime]):
    """Each tariff with the classes to which it applies; F6 imports a catalogue, Ins enters one line of it."""

    name_in_keymap = "tariffs"
    question = "查找职业（名称的一部分或首字母）："
    columns = (
        ListColumn("职业（工种）", 0),
        ListColumn("等级", 8),
        ListColumn("学时", 6, right=True),
        ListColumn("元/人", 10, right=True),
        ListColumn("施行日期", 10),
        ListColumn("现状", 12),
        ListColumn("文件", 24, spare=True),
    )

    def handlers(self) -> Handlers:
        """Add, import."""
        return {**super().handlers(), "add": self.do_add, "import": self.do_import}

    @property
    def _today(self) -> date:
        standing = self.counter.standing
        assert standing is not None
        return standing.today

    def load(self) -> None:
        """Ask for the tariffs."""
        self.show_title("补贴目录", "线下程序的补贴标准")
        self.read(tariffs.in_time, then=self._show, hold=True)

    def _show(self, known: list[TariffInTime]) -> None:
        found = known
        self.nothing = "还没有补贴目录，按F6导入，或按Ins逐项录入；没有目录就不作假设。"
        if self.search:
            occupations = {found.tariff.occupation for found in known}
            meant = {name for name, _ in narrowed(self.search, [(name, name) for name in sorted(occupations)])}
            found = [item for item in known if item.tariff.occupation in meant]
            self.show_title("补贴目录", f"查找“{self.search}”：{len(found)}项")
            self.nothing = "目录里没有这个职业，请换一部分名称或首字母查找。Esc回到全部。"
        elif known:
            self.show_title("补贴目录", f"{len(known)}项，线下程序的补贴标准")
        self.show_items(found)

    def row(self, item: TariffInTime) -> tuple[str, ...]:
        """What, how much, from when."""
        tariff = item.tariff
        return (
            tariff.occupation,
            _level_name(tariff.level),
            _hours(tariff),
            yuan(tariff.amount_fen),
            f"{tariff.effective_on}",
            item.state,
            tariff.document,
        )

    def key_of(self, item: TariffInTime) -> str:
        """Training and day."""
        return f"{item.tariff.occupation} {item.tariff.level} {item.tariff.effective_on}"

    def detail_of(self, item: TariffInTime) -> Iterable[Paragraph]:
        """To which classes it applies, and by which document."""
        tariff = item.tariff
        until = f"至{item.until}" if item.until else "起"
        hours = f"{_hours(tariff)}学时，" if _hours(tariff) else ""
        return (
            f"{tariff.occupation} {_level_name(tariff.level)}：{hours}每人{yuan(tariff.amount_fen)}元，"
            f"{tariff.effective_on}{until}开班的适用（{tariff.document}）。",
        )

    def _of_catalogue(self) -> tuple[Field, Field]:
        return (
            Field("document", "文件名称和文号", 50, required=True, help="补贴目录的文件名称和文号。"),
            day_field("effective_on", "施行日期", self._today, help_text="自哪天起开班的适用；较早的班仍按原来的。"),
        )

    def do_add(self) -> None:
        """Ins."""

        def store(form: EntryForm, values: Row) -> None:
            level = level_in(values["level"])
            self.search, self.sought = "", f"{values['occupation']} {level} {values['effective_on']}"
            act = partial(
                tariffs.put,
                level=level,
                hours=values.get("hours", ""),
                amount_fen=funds.fen_of(values["amount"]),
                effective_on=date.fromisoformat(values["effective_on"]),
                document=values["document"],
            )
            form.write(
                act,
                values["occupation"],
                then=lambda is_new: form.done("已录入。" if is_new else "目录里已是这个标准，没有改动。"),
                hold=True,
            )

        fields = (
            Field("occupation", "职业（工种）", 40, required=True, help="照目录原文。"),
            level_field(),
            Field("hours", "学时", 6, Alphabet.DECIMAL, help="目录没有写学时的留空。"),
            amount_field("amount", "每人补贴（元）", "目录的补贴标准，如600。"),
            *self._of_catalogue(),
        )
        # The next line is most likely of the same catalogue.
        begun = {}
        if self.items:
            begun = {"document": self.here.tariff.document, "effective_on": f"{self.here.tariff.effective_on}"}
        about = ("同一职业、等级、施行日期的已有一项的，以新录入的为准，原来的记入台账。",)
        self.ask_in_form(Entry("录入补贴标准", fields, store, begun, about))

    def do_import(self) -> None:
        """F6."""
        help_text = "表格：职业（工种）、等级、补贴标准，可有学时。有一行读不出，就都不登记。"
        file = file_field(help_text, self.counter.reach.offered)
        self.ask_in_form(Entry("导入补贴目录", (file, *self._of_catalogue()), self._import))

    def _import(self, form: EntryForm, values: Row) -> None:
        def read(path: Path) -> None:
            form.work(partial(offline_results.read_tariffs, path), partial(self._show_file, form, values), hold=True)

        with_file(form, values["file"], read)

    def _show_file(self, form: EntryForm, values: Row, read: offline_results.TariffList) -> None:
        rows, repairs = read
        lines = (f"{row.occupation} {_level_name(row.level)} 每人{yuan(row.amount_fen)}元" for row in rows)
        form.tell((f"读出{len(rows)}项，请与目录原文核对：", HEAD), *repaired_lines(repairs), *lines)
        act = partial(
            tariffs.take_list, effective_on=date.fromisoformat(values["effective_on"]), document=values["document"]
        )

        def taken(counts: tuple[int, int]) -> None:
            added, changed = counts
            form.done(f"读出{len(rows)}项，新增{added}项，改动{changed}项。")

        form.confirm(
            f"登记{len(rows)}项，{values['effective_on']}起开班的适用，逐项见上",
            lambda: form.write(act, rows, then=taken, hold=True),
        )

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "补贴目录：转线下普通程序的班按这里的标准核对，按开班日期取当时施行的；没有录入的不作假设。",
            "直接输入职业的一部分或首字母查找；F6导入整个目录，Ins录入一项。",
        )
