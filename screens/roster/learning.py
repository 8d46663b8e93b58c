"""Step 5: hours and results of the trainees, imported from an Attachment 4 or a platform's records, or keyed."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from pxtui.casework.check.eligibility import RowVerdict
from pxtui.casework.check.roster_import import RosterReading
from pxtui.casework.claim import platform_records
from pxtui.casework.claim.platform_records import Comparison, LearningReading, RecordsOutlook
from pxtui.casework.people import reveals
from pxtui.casework.roster import edits as roster_edits
from pxtui.policy.hours_a_day import impossible_hours
from screens.entry.fields import Field
from screens.frame.screen import Handlers
from screens.roster.columns import result_fields, to_hours
from screens.roster.roster import Roster

_RESULTS = ("completed_hours", "passed")


class Learning(Roster):
    """The sheet of Attachment 4: who it is stands there, hours and result are keyed."""

    name_in_keymap = "learning"
    what = "学习记录"
    step = 5
    heading = "学习记录（附件4）"
    wanted_keys = _RESULTS
    grows = False

    def __init__(self, number: str, draft: dict[str, Any] | None = None) -> None:
        super().__init__(number, draft)
        self._differing: dict[int, Comparison] = {}

    def handlers(self) -> Handlers:
        """F11 for a class that is complete."""
        return {**super().handlers(), "complete": self.do_complete}

    def fields(self, today: date) -> tuple[Field, ...]:
        """The columns."""
        return result_fields()

    def title_addition(self) -> str:
        """How many rows wait to be keyed, and how many say something else than the platform's records."""
        places = range(len(self.sheet.engine.rows))
        waiting = sum(not self._is_begun(place) for place in places)
        impossible = sum(bool(self._impossible(place)) for place in places)
        return "".join(
            (
                f"  未录{waiting}人" if waiting else "",
                f"  与平台不一致{len(self._differing)}人" if self._differing else "",
                f"  每天超24小时{impossible}人" if impossible else "",
            )
        )

    def _impossible(self, place: int) -> str:
        """That the class's days have no room for the completed hours of a row; empty where they have or none stand."""
        case, row = self._case_in_head, self.sheet.engine.rows[place]
        if case is None:
            return ""
        return impossible_hours(to_hours(row.get("completed_hours", "")), case.starts_on, case.ends_on, self.notice)

    def _is_begun(self, place: int) -> bool:
        """Whether anything is keyed or came in of a row's learning."""
        return any(row.get(key) for row in self.sheet.engine.rows[place : place + 1] for key in _RESULTS)

    def sentence_about(self, row: int) -> str:
        """Both, where they differ; and that a day has no room for so many hours."""
        both = f"{self._differing[row].both}。" if row in self._differing else ""
        return both + (self._impossible(row) if row < len(self.sheet.engine.rows) else "")

    def _show_verdicts(self, verdicts: dict[int, RowVerdict]) -> None:
        """After every check, what came in of a platform is held against the rows too.

        What nobody has keyed yet is not wrong, it waits; the page of the check tells it all.
        """
        super()._show_verdicts({place: verdict for place, verdict in verdicts.items() if self._is_begun(place)})
        self.read(platform_records.recorded, self.number, then=self._show_recorded)

    def _show_recorded(self, outlook: RecordsOutlook | None) -> None:
        self._differing = (
            {comparison.place: comparison for comparison in outlook.differences} if outlook is not None else {}
        )
        self._show_count()

    def _read_file(self, path: Path) -> None:
        """Records or an Attachment 4: the file says which."""
        self.read(platform_records.platform_of, self.number, then=partial(self._read_sent, path), hold=True)

    def _read_sent(self, path: Path, platform: str | None) -> None:
        watch = self.long_work("正在读取", "已取消读取，花名册没有改动。")
        found = partial(self._found, path.name)
        own_words = self.counter.place.platforms
        self.work(lambda: platform_records.read_records_or_rosters(path, own_words, platform, watch), found, hold=True)

    def _found(self, source: str, reading: LearningReading | tuple[RosterReading, ...]) -> None:
        if isinstance(reading, LearningReading):
            self.counter.open("learning_preview", self.number, reading, source, self.counter.say_next)
        else:
            self._preview(reading)

    def do_reveal(self) -> None:
        """Ctrl+C: also while it is keyed, for who it is and the password are not."""
        self.reveal(partial(reveals.of_row, with_results=True), self.sheet.engine.row)

    def do_complete(self) -> None:
        """F11."""
        if not self.may_change():
            return
        self.sheet.finish()
        self.write(roster_edits.complete_all, self.number, then=lambda _: self.load(), hold=True)

    def do_next(self) -> None:
        """On to the claim."""
        self.finish()
        self.go_on_when_stored("claim")

    def help_texts(self) -> tuple[str, ...]:
        """What the sheet is for."""
        return (
            "学习记录：名单来自开班批准的花名册。F6导入企业报来的附件4或平台导出的学习记录，或逐人录入完成学时和考核结果；"
            "F11先全员按完成、合格填好，再改个别人。",
        )
