"""Step 2: the roster of those to be trained is keyed, pasted or imported."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from pxtui.casework import eligibility, lease, people, roster, roster_import
from pxtui.casework.eligibility import RowVerdict
from pxtui.casework.people import KnownPerson
from pxtui.casework.roster_import import RosterReading, Taken
from pxtui.identifiers import id_number
from pxtui.policy.facts import Trainee
from screens.entry.effects import Effect, FieldLeft, Refused, RowInserted, RowRemoved, RowStored
from screens.entry.fields import Field
from screens.roster_rows import from_trainee, roster_fields, to_trainee
from screens.sheet_screen import SheetScreen
from screens.widgets.sheet import Sheet

_CHANGING_KEYS = ("backspace", "delete", "enter", "tab", "insert")
_RENEW_SECONDS = 60


class Roster(SheetScreen):
    """The sheet of Attachment 2: name, ID number, phone; sex and age come from the number."""

    name_in_registry = "roster"
    step = 2
    heading = "参训人员花名册（附件2）"
    grows = True

    def __init__(self, number: str, draft: dict[str, Any] | None = None) -> None:
        super().__init__(number, draft)
        self._verdicts: dict[int, RowVerdict] = {}
        self._holder = ""
        """Who else keys this roster."""
        self._found: list[KnownPerson] = []
        self._looked_for = ""
        self._on_file: KnownPerson | None = None
        self._numbers: list[str] = []
        """The ID numbers by row, as they are stored."""
        self._stored_at = ""
        self._writing = 0
        """Rows that are not told to be stored yet: until then nothing is called stored."""
        self._before_import: tuple[Trainee, ...] | None = None

    def make_sheet(self) -> Sheet:
        """The sheet, with a column for what the check says."""
        return Sheet(self.fields(self.today), self.follow, self._tell_current, grows=self.grows, verdicts=True)

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
        self.write(lease.take, self.number, then=self._leased, hold=True)

    def _leased(self, holder: str) -> None:
        self._holder = holder
        self._told_who_holds_it()
        self.read(roster.rows, self.number, then=self._show, hold=True)

    def _told_who_holds_it(self) -> bool:
        """Say that the roster is only to be looked at, where it is; whether it is."""
        if self._holder:
            self.warn(f"{self._holder}正在录入这份花名册，只能查看；他离开后按F2接手。")
        return bool(self._holder)

    def _renew(self) -> None:
        if self.is_current and not self._holder:
            self.write(lease.take, self.number, then=lambda _: None)

    def follow(self, effect: Effect) -> None:
        """What the engine asks for."""
        self.count_row(effect)
        if isinstance(effect, Refused):
            self.warn(effect.sentence)
        elif isinstance(effect, FieldLeft):
            self.keep_draft()
            self._recognise(effect)
        elif isinstance(effect, RowStored):
            touched = self._touched_by(effect.index, effect.values.get("id_number", ""))
            trainee = to_trainee(effect.values, self.today)
            stored = partial(self._row_stored, effect.index, touched)
            self._writing += 1
            self.write(roster.put_row, self.number, effect.index, trainee, then=stored)
            self.forget_draft()
        elif isinstance(effect, RowInserted):
            trainee = to_trainee(effect.values, self.today)
            self._numbers.insert(effect.index, effect.values.get("id_number", ""))
            self._writing += 1
            self.write(roster.insert_row, self.number, effect.index, trainee, then=self._roster_changed)
        elif isinstance(effect, RowRemoved):
            self._numbers.pop(effect.index)
            self._writing += 1
            self.write(roster.remove_row, self.number, effect.index, then=self._roster_changed)

    def _touched_by(self, row: int, number: str) -> list[str]:
        """The row's ID number as it is and as it was: what the check of this row must look at."""
        before = self._numbers[row] if row < len(self._numbers) else ""
        self._numbers[row : row + 1] = [number]
        return [number, before]

    def before_key(self, key: str, character: str) -> bool:
        """Digits pick somebody who was found, Enter takes the only one, or what is on file of the number keyed."""
        engine = self.sheet.engine
        if (character or key in _CHANGING_KEYS) and not self.may_change():
            return True
        if engine.field.key == "name" and self._found:
            if character.isascii() and character.isdigit() and 0 < int(character) <= len(self._found):
                return self._take(self._found[int(character) - 1])
            if key == "enter" and len(self._found) == 1:
                return self._take(self._found[0])
        if key == "enter" and self._on_file is not None and engine.field.key == "phone" and not engine.line.text:
            return self._take(self._on_file)
        return False

    def after_key(self) -> None:
        """Initials of a name or the tail of a number, keyed where the name goes, look for somebody."""
        engine = self.sheet.engine
        text = engine.line.text if engine.editing and engine.field.key == "name" else ""
        if text != self._looked_for:
            self._looked_for, self._found = text, []
            if len(text) > 1 and text.isascii():
                self.read(people.found_by, text, then=self._show_found, hold=True)

    def _show_found(self, found: list[KnownPerson]) -> None:
        self._found = found
        if found:
            self.say("  ".join(f"{n}{one.name} {one.id_number[-4:]}" for n, one in enumerate(found, start=1)))

    def _take(self, person: KnownPerson) -> bool:
        values = {"name": person.name, "id_number": person.id_number, "phone": person.phone}
        self._found, self._on_file = [], None
        self.sheet.fill({key: text for key, text in values.items() if text})
        return True

    def _recognise(self, left: FieldLeft) -> None:
        """Look up the number that was keyed: who bears it on file?"""
        number = left.values.get("id_number", "")
        if self.sheet.engine.field.key == "phone" and id_number.has_check_character(number):
            self.read(people.by_number, number, then=partial(self._compare, left.values.get("name", "")))
        else:
            self._on_file = None

    def _compare(self, keyed: str, person: KnownPerson | None) -> None:
        if person is None:
            return
        if keyed and keyed != person.name:
            self.warn(f"此证号在台账里是“{person.name}”，现填“{keyed}”，请对照身份证核对。")
            return
        self._on_file = person
        self.say(f"台账里有：{person.name} {person.phone}，按Enter取来。")

    def _tell_current(self) -> None:
        self._tell_verdict(self.sheet.engine.row)

    def pasted(self, text: str) -> None:
        """A table was pasted: into the preview, nothing stored yet."""
        if not self.may_change():
            return
        self.sheet.finish()
        self.work(lambda: roster_import.read_text(text), self._preview, hold=True)

    def do_import(self) -> None:
        """F6."""
        if not self.may_change():
            return
        self.sheet.finish()
        self.ask("花名册文件：", self._read_file)

    def _read_file(self, name: str) -> None:
        if name:
            self.say("正在读取")
            self.work(lambda: roster_import.read_file(Path(name).expanduser()), self._preview, hold=True)

    def _preview(self, reading: RosterReading) -> None:
        self.counter.open("preview", self.number, reading, len(self.sheet.engine.rows), self._imported)

    def _imported(self, taken: Taken) -> None:
        self._before_import = taken.before
        self.counter.say_next(f"已导入{taken.heads}人，按F8可整体撤销。{_differences(taken)}")

    def do_undo(self) -> None:
        """F8: what was keyed since, then the import as a whole."""
        if self._before_import is None or self.sheet.engine.can_undo:
            super().do_undo()
        elif self.may_change():
            before, self._before_import = self._before_import, None
            self.write(roster.replace_all, self.number, before, then=lambda _: self.load(), hold=True)

    def came_back(self) -> None:
        """Back from a preview: the roster may be another. A row in hand stays in hand."""
        super().came_back()
        if not self.sheet.engine.draft():
            self.load()

    def do_edit(self) -> None:
        """F2; where somebody else keyed the roster, to take over."""
        if self._holder:
            self.load()
        else:
            super().do_edit()

    def may_change(self) -> bool:
        """Not while somebody else keys it."""
        return not self._told_who_holds_it()

    def do_check(self) -> None:
        """F5."""
        self.finish()
        # Written in the order of the calls: the check comes after every row.
        self.write(roster.settle, self.number, then=lambda _: self.go_on_to("eligibility"), hold=True)

    def finish(self) -> None:
        """Give the roster back as well."""
        super().finish()
        if not self._holder:
            self.write(lease.give_back, self.number, then=lambda _: None)

    def help_texts(self) -> tuple[str, ...]:
        """What the sheet is for."""
        return (
            "花名册：姓名、身份证号、联系电话依次录入，证号满18位且正确、电话满11位自动前进；性别、年龄由证号得出。"
            "证号末位X可按小键盘的*、.或/。从表格复制的多行可直接粘贴，先预览再导入。",
            *(f"{field.label}：{field.help}" for field in self.sheet.engine.fields if field.help),
        )

    def _show(self, people: tuple[Trainee, ...]) -> None:
        self._numbers = [trainee.id_number for trainee in people]
        rows = [from_trainee(trainee) for trainee in people]
        is_other = rows != self.sheet.engine.rows
        self.sheet.load(rows)
        if is_other and self.grows:
            # Keying goes on behind the last row: who types at once must not type over the first person.
            self.sheet.press("ctrl+end")
        self.resume_draft()
        self._show_count()
        self._check()
        self.place_cursor()

    def _row_stored(self, row: int, touched: list[str], stored_at: str) -> None:
        self._writing -= 1
        self._stored_at = stored_at
        self._show_count()
        self.read(eligibility.verdicts_near, self.number, row, touched, then=partial(self._show_touched, row))

    def _roster_changed(self, stored_at: str) -> None:
        self._writing -= 1
        self._stored_at = stored_at
        self._show_count()
        self._check()

    def _show_count(self) -> None:
        wrong = sum(verdict.blocks for verdict in self._verdicts.values())
        kept = "  正在存" if self._writing else f"  已存{self._stored_at}" if self._stored_at else ""
        self.show_title(self.heading, f"{len(self.sheet.engine.rows)}人  {wrong}项不符{kept}")

    def _check(self) -> None:
        """Check every row behind the keys."""
        self.read(eligibility.row_verdicts, self.number, then=self._show_verdicts)

    def _show_verdicts(self, verdicts: dict[int, RowVerdict]) -> None:
        self._verdicts = verdicts
        self.sheet.show_verdicts({position: verdict.word for position, verdict in verdicts.items()})
        self._show_count()

    def _show_touched(self, row: int, verdicts: dict[int, RowVerdict]) -> None:
        self._show_verdicts({**self._verdicts, **verdicts})
        self._tell_verdict(row)

    def _tell_verdict(self, row: int) -> None:
        verdict = self._verdicts.get(row)
        if verdict is not None and verdict.messages:
            self.say(f"第{row + 1}行：{''.join(verdict.messages)}")


def _differences(taken: Taken) -> str:
    """Who came in beside the approved people, and who of them is left out."""
    said = (
        f"名单中新增{len(taken.added)}人。" if taken.added else "",
        f"缺少{len(taken.missing)}人。" if taken.missing else "",
    )
    return "".join(said)
