"""Step 2: the roster of those to be trained is keyed, pasted or imported."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from textual import events

from pxtui.casework.check import eligibility, roster_import
from pxtui.casework.check.eligibility import RowVerdict
from pxtui.casework.check.roster_import import RosterReading, Taken
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import undo as roster_undo
from pxtui.casework.roster.undo import RosterSheet
from screens.entry.effects import FieldLeft, Row, RowInserted, RowRemoved, RowStored
from screens.entry.fields import Field
from screens.entry.rows import shifted
from screens.frame.files import ask_for_file
from screens.frame.register_screen import Answer
from screens.frame.screen import Handlers
from screens.frame.sheet import SheetScreen
from screens.roster.arrival import Arrival
from screens.roster.asked_columns import read_or_ask
from screens.roster.columns import from_trainee, named, roster_fields
from screens.roster.recognition import Recognition, TwoNamesOfOne
from screens.roster.row_writes import RowWrite, RowWrites
from screens.roster.take_over import Holding
from screens.roster.taking_back import TakingBack
from screens.widgets.sheet import SheetPane

_RENEW_SECONDS = 45


class Roster(SheetScreen):
    """The sheet of Attachment 2: name, ID number, phone; sex and age come from the number."""

    name_in_keymap = "roster"
    what = "花名册"
    step = 2
    heading = "参训人员花名册（附件2）"
    wanted_keys: tuple[str, ...] = ("name", "id_number", "phone")
    """The columns in which every row should have something."""

    def __init__(self, number: str, draft: dict[str, Any] | None = None) -> None:
        super().__init__(number, draft)
        self._verdicts: dict[int, RowVerdict] = {}
        self._holding = Holding(self, self._read_own_rows, lambda: self._read_rows({}), self._held_otherwise)
        self._declared_heads: int | None = None
        """The head-count on the cover of the application."""
        self.recognition = Recognition(self)
        self.two_names = TwoNamesOfOne(self)
        self.arrival = Arrival(self)
        self._numbers: list[str] = []
        """The ID numbers by row, as they are stored."""
        self._touched: dict[int, list[str]] = {}
        """The ID numbers that changes on their way touch, by row."""
        self._rows_moved = 0
        """How often rows came to stand elsewhere: an answer by their places counts only where they still stand."""
        self.writes = RowWrites(self, self._stored, self._show_count)
        self._taking_back = TakingBack(self, super().do_undo, self.load)
        self._unchecked: set[int] = set()
        """The rows that wait for the answer of a check of their own."""
        self._is_drawn = False
        """The rows have come."""

    def handlers(self) -> Handlers:
        """Rows are keyed or imported, two names of one person looked at."""
        return {
            **super().handlers(),
            **self.entry_handlers(),
            "names": self.do_names,
            "import": self.do_import,
            "reveal": self.do_reveal,
            "profile": self.do_profile,
        }

    def make_sheet(self) -> SheetPane:
        """The sheet, with a column for what the check says."""
        return SheetPane(self.fields(self.today), self.follow, self._tell_current, grows=self.grows, verdicts=True)

    def fields(self, today: date) -> tuple[Field, ...]:
        """The columns."""
        return roster_fields(today)

    def opened(self) -> None:
        """The roster is ours as long as the screen stands."""
        super().opened()
        self.set_interval(_RENEW_SECONDS, self._renew)

    def load(self) -> None:
        """Ask for the roster."""
        # First the lease: it waits for every row that is still being written, and the rows are read after it.
        self._holding.take()

    def _read_own_rows(self, is_another_by_now: bool) -> None:
        kept = self.take_kept()
        # What a colleague keyed meanwhile is seen before anything goes over it: F5 stores what was not taken.
        if not is_another_by_now:
            self.writes.take_draft(kept.get("unstored", ()))
        # Written in the order of the calls: the rows are read when what was on its way is there.
        self.write(roster_edits.wait_for_writes, self.number, then=lambda _: self._read_rows(kept), hold=True)

    def before_write(self) -> None:
        """Every row that is finished goes first."""
        self.writes.send()

    def _read_rows(self, kept: Mapping[str, Any]) -> None:
        self.read(roster_undo.sheet, self.number, then=partial(self._show, kept), hold=True)

    def _renew(self) -> None:
        if self.is_current and not self.counter.away.is_away:
            self._holding.renew()

    def database_back(self) -> None:
        """The lease may have run out meanwhile, and nothing was checked."""
        super().database_back()
        if not self._is_drawn:
            self.load()
            return
        self._holding.renew()
        self._check()

    def field_left(self, effect: FieldLeft) -> None:
        """Whoever bears a whole number is looked up."""
        self.recognition.left(effect)

    def rows_changed(self, effect: RowStored | RowInserted | RowRemoved) -> None:
        """The change is written, and what the check says of the rows goes with them."""
        if isinstance(effect, RowStored):
            is_new = effect.index >= len(self._numbers)
            touched = self._touched_by(effect.index, effect.values.get("id_number", ""))
            self.writes.add(RowWrite.of(effect, is_new=is_new))
            self._touched[effect.index] = touched
        elif isinstance(effect, RowInserted):
            self._numbers.insert(effect.index, effect.values.get("id_number", ""))
            self._move_known(effect.index, 1)
            self.writes.add(RowWrite.of(effect))
        else:
            self._numbers.pop(effect.index)
            self._move_known(effect.index, -1)
            self.writes.add(RowWrite.of(effect))

    def _move_known(self, place: int, step: int) -> None:
        """What the check says of the rows goes with them."""
        self._rows_moved += 1
        self.two_names.shift(place, step)
        self._verdicts = shifted(self._verdicts, place, step)
        self._show_words()

    def _where_they_stood(self, then: Callable[[Answer], None]) -> Callable[[Answer], None]:
        """Hear an answer by places of rows; where they moved meanwhile, a check of all of them comes after it."""
        moved = self._rows_moved

        def hear(answer: Answer) -> None:
            if moved == self._rows_moved:
                then(answer)

        return hear

    def _stored(self, writes: tuple[RowWrite, ...]) -> None:
        """Check what a single row touches, or everything where more was changed."""
        self._show_count()
        touched = self._touched.pop(writes[0].position, None)
        is_one_row = {(write.position, write.kind) for write in writes} == {(writes[0].position, writes[0].kind)}
        if is_one_row and touched is not None:
            self._check_row(writes[0].position, touched)
        else:
            self._touched.clear()
            self._check()

    def tell_refused(self, sentence: str) -> None:
        """The title says so as long as it is not mended."""
        if self.is_attached:
            self._show_count()
            self._renew()
        super().tell_refused(sentence)

    def _held_otherwise(self) -> None:
        if self._is_drawn:
            self._show_count()
        self.show_keys()

    def unstored(self) -> dict[str, Any]:
        """The changes on their way."""
        return self.writes.as_draft()

    def _touched_by(self, row: int, number: str) -> list[str]:
        """The row's ID number as it is and as it was: what the check of this row must look at."""
        before = self._numbers[row] if row < len(self._numbers) else ""
        self._numbers[row : row + 1] = [number]
        return [number, before]

    def before_key(self, key: str, character: str) -> bool:
        """Digits pick somebody who was found, Enter takes the only one, or what is on file of the number keyed."""
        if character:
            self.arrival.typing_begins()
        return super().before_key(key, character) or self.recognition.before_key(key, character)

    def after_key(self) -> None:
        """What is typed where the name goes looks for somebody."""
        self.recognition.after_key()

    def row_named(self, row: Row) -> str:
        """Who it is."""
        return named(row)

    def do_names(self) -> None:
        """F3."""
        self.two_names.open_page()

    def _tell_current(self) -> None:
        self._tell_verdict(self.sheet.engine.row)

    def pasted(self, text: str) -> None:
        """A table was pasted: into the preview, nothing stored yet."""
        if not self.may_change():
            return
        self.sheet.finish()
        show = partial(self._preview, is_appended=self.grows)
        read_or_ask(self, partial(roster_import.read_text, text), show)

    def do_import(self) -> None:
        """F6."""
        if not self.may_change():
            return
        self.sheet.finish()
        ask_for_file(self, "花名册文件", self._read_file)

    def _read_file(self, path: Path) -> None:
        watch = self.long_work("正在读取", "已取消读取，花名册没有改动。")
        read_or_ask(self, partial(roster_import.read_file, path, watch), self._preview)

    def _preview(self, readings: tuple[RosterReading, ...], *, is_appended: bool = False) -> None:
        heads = len(self.sheet.engine.rows)
        self.counter.open("preview", self.number, readings, heads, self._imported, is_appended)

    def _imported(self, taken: Taken) -> None:
        self.counter.say_next(f"已导入{taken.heads}人，按F8可整体撤销。{_differences(taken)}")

    def do_undo(self) -> None:
        """F8."""
        self._taking_back.begin()

    def came_back(self) -> None:
        """Back from a preview: the roster may be another. A row in hand stays in hand."""
        super().came_back()
        if self.sheet.engine.draft() is None and not self.counter.away.is_away:
            self.load()

    def do_edit(self) -> None:
        """F2; where somebody else keyed the roster, to take over, or to read what he left."""
        if self._holding.sentence:
            self.sheet.finish()
            return self._holding.take_over()
        return super().do_edit()

    @property
    def looks_only(self) -> bool:
        """Also while it is somebody else's."""
        return super().looks_only or bool(self._holding.sentence)

    def may_change(self) -> bool:
        """Not while somebody else keys it, nor before it is known behind which row the next one comes."""
        if not self._is_drawn:
            self.warn("花名册还没有读出来，现在不能录入；读出来以后再录。")
            return False
        return super().may_change() and not self._holding.warn_if_held()

    def do_check(self) -> None:
        """F5."""
        self.finish()
        self.go_on_when_stored("eligibility", self.name_in_keymap)

    def go_on_when_stored(self, room: str, *arguments: object) -> None:
        """Leave for another screen when the register has every row; where it refused one, ask for it again."""
        go = partial(self.counter.go_on_to, room, self.number, *arguments)

        def go_on(_: str) -> None:
            if self.writes:
                self.load()
            else:
                self.two_names.unless_undecided(go)

        # Written in the order of the calls: this answer comes after every row.
        self.write(roster_edits.wait_for_writes, self.number, then=go_on, hold=True)

    def finish(self) -> None:
        """Give the roster back as well."""
        super().finish()
        self._holding.give_back()

    def title_addition(self) -> str:
        """What the title says besides heads and findings."""
        declared = self._declared_heads
        return "" if declared in (None, len(self.sheet.engine.rows)) else f"  申请表填{declared}人"

    def sentence_about(self, row: int) -> str:
        """What there is to say of a row before what the check says."""
        return ""

    def help_texts(self) -> tuple[str, ...]:
        """What the sheet is for."""
        return (
            "花名册：姓名、身份证号、联系电话依次录入，证号满18位且正确、电话满11位自动前进，紧接着的Enter不算；性别、年龄由证号得出。"
            "证号末位X可按小键盘的*、.或/。从表格复制的多行可直接粘贴，先预览再导入。",
            *(f"{field.label}：{field.help}" for field in self.sheet.engine.fields if field.help),
        )

    def _show(self, kept: Mapping[str, Any], sheet: RosterSheet) -> None:
        self._declared_heads = sheet.declared_heads
        if sheet.is_masked:
            self.only_look()
        self._numbers = [trainee.id_number for trainee in sheet.people]
        # 1, 2, 3 follows from the places and is not carried along: it changes with every row that goes.
        is_numbered = any(trainee.seq != place for place, trainee in enumerate(sheet.people, start=1))
        rows = [from_trainee(trainee, numbered=is_numbered) for trainee in sheet.people]
        is_other = len(rows) != len(self.sheet.engine.rows)
        self.sheet.load(rows, *self._taking_back.loaded(sheet.undoable, numbered=is_numbered))
        self._is_drawn = True
        if is_other:
            self.arrival.rows_came(rows, self.wanted_keys)
        self.two_names.rows_shown()
        self.resume_draft(kept)
        self._show_count()
        self._check()
        self.place_cursor()

    def take(self, event: events.Key | events.Paste) -> None:
        """Whoever keys stays where she is."""
        self.arrival.key_comes()
        super().take(event)
        self.arrival.key_came()

    def _check_row(self, row: int, touched: list[str]) -> None:
        self._unchecked.add(row)
        self.two_names.look()
        show = self._where_they_stood(partial(self._show_touched, row))
        self.read(eligibility.verdicts_near, self.number, row, touched, then=show)

    def _show_count(self) -> None:
        wrong = sum(verdict.blocks for verdict in self._verdicts.values())
        besides = self.two_names.title_addition() + self.title_addition()
        besides += "  只能查看" if self._holding.sentence else ""
        counts = f"{len(self.sheet.engine.rows)}人  {wrong}项不符{besides}"
        self.show_title(self.heading, counts + self.writes.title_addition)

    def _check(self) -> None:
        """Check every row behind the keys."""
        self.two_names.look()
        self.read(eligibility.row_verdicts, self.number, then=self._where_they_stood(self._show_verdicts))

    def _show_verdicts(self, verdicts: dict[int, RowVerdict]) -> None:
        self._verdicts = verdicts
        self._unchecked.clear()
        self._show_words()
        self._show_count()
        self.arrival.check_came({row for row, verdict in verdicts.items() if verdict.blocks} | self.two_names.rows)

    def _show_words(self) -> None:
        words = {place: verdict.word for place, verdict in self._verdicts.items()}
        if self.counter.away.is_away:
            words |= dict.fromkeys(self._unchecked, "待核")
        words |= dict.fromkeys(self.writes.places, "未存")
        self.sheet.show_verdicts(self.two_names.marked(words))

    def show_away(self) -> None:
        """What is not stored or not checked is marked in the rows."""
        super().show_away()
        if self._is_drawn:
            self._show_words()

    def _show_touched(self, row: int, verdicts: dict[int, RowVerdict]) -> None:
        self._show_verdicts({**self._verdicts, **verdicts})
        if not self.recognition.has_the_word:
            self._tell_verdict(row)

    def _tell_verdict(self, row: int) -> None:
        verdict = self._verdicts.get(row)
        messages = (
            self.two_names.sentence_about(row),
            self.sentence_about(row),
            *(verdict.messages if verdict is not None else ()),
        )
        if any(messages):
            self.say(f"{self.sheet.engine.called(row)}：{''.join(messages)}")


def _differences(taken: Taken) -> str:
    """How the list differs from the one before, in numbers."""
    return f"与原名单相比：{taken.changes.in_numbers}。" if taken.changes.in_numbers else ""
