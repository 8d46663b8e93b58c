"""What a platform recorded beside what the claim's roster says, before any of it is stored."""

from collections.abc import Callable, Iterable
from functools import partial

from pxtui.casework.claim import platform_records
from pxtui.casework.claim.platform_records import Comparison, LearningReading, RecordsOutlook, Result
from pxtui.policy import words
from screens.frame.screen import Handlers
from screens.roster.preview_screen import PreviewScreen
from screens.terminal.theme import CAUTION, FAULT, GOOD, TEXT
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph

_COLUMNS = (
    ListColumn("序号", 4, right=True),
    ListColumn("姓名", 10),
    ListColumn("分钟", 6, right=True),
    ListColumn("成绩", 5, right=True),
    ListColumn("平台学时", 8, right=True),
    ListColumn("考核", 6),
    ListColumn("花名册学时", 10, right=True),
    ListColumn("考核", 6),
    ListColumn("", 0),
)


class LearningPreview(PreviewScreen):
    """Row by row the records and the roster; below them what differs, what looks wrong and what was refused."""

    name_in_keymap = "learning_preview"
    step = 5

    def __init__(self, number: str, reading: LearningReading, source: str, taken: Callable[[str], None]) -> None:
        """`source`: the file's name. `taken` hears, as a sentence, what became of it."""
        super().__init__(number, _COLUMNS)
        self._reading = reading
        self._source = source
        self._tell = taken
        self._outlook: RecordsOutlook | None = None
        self._takes_differences = True

    def handlers(self) -> Handlers:
        """F11 for the side that stands where the two differ."""
        return {**super().handlers(), "side": self.do_side}

    def load(self) -> None:
        """Compare, and show it."""
        self.show_title("学习记录预览")
        self.read(platform_records.outlook, self.number, self._reading, then=self._show, hold=True)

    def do_take(self) -> None:
        """Enter; twice where something stays out or is replaced."""
        outlook = self._outlook
        if outlook is None or not outlook.comparisons:
            self.warn("学习记录里没有花名册上的人，请核对是不是这个班的文件；Esc返回。")
        elif (warning := self._warning(outlook)) and not self.is_warned:
            self.warn_once(f"{warning}；再按Enter导入，Esc放弃。")
        else:
            watch = self.long_work("正在导入", "已取消导入，花名册没有改动。")
            take = partial(
                platform_records.take_records,
                source=self._source,
                take_differences=self._takes_differences,
                watch=watch,
            )
            self.write(take, self.number, self._reading, then=self._taken, hold=True)

    def do_side(self) -> None:
        """F11: which of the two stands where they differ."""
        self._takes_differences = not self._takes_differences
        self._tell_what_enter_does()

    def help_texts(self) -> tuple[str, ...]:
        """What the preview is for."""
        return (
            "学习记录预览：每人的分钟数、折合学时（45分钟1学时，一位小数，只舍不入）和成绩，旁边是花名册现在的完成学时和考核。"
            f"成绩{platform_records.PASS_MARK}分及以上按合格。",
            "空着的由记录填入；不一致的，F11选取平台记录还是保留花名册。下面列出不一致、需核实和未读出的，一条不漏。",
            "有不一致、未读出的要再按一次Enter才导入；导入后可在学习记录里逐人改，F8整体撤销。",
        )

    def _show(self, outlook: RecordsOutlook) -> None:
        self._outlook = outlook
        flags = len(outlook.learning.flags)
        counts = f"{len(outlook.comparisons)}人  不一致{len(outlook.differences)}  需核实{flags}"
        self.show_title("学习记录预览", f"{counts}  未读出{len(self._reading.refused)}行")
        self._listing.show(map(_cells, outlook.comparisons), keep=False)
        self._notes.show(*self._paragraphs(outlook))
        self._tell_what_enter_does()

    def _tell_what_enter_does(self) -> None:
        side = "取平台记录" if self._takes_differences else "保留花名册"
        differing = f"不一致的{side}（F11换）；" if self._outlook and self._outlook.differences else ""
        self.say(f"尚未存入。{differing}Enter导入，Esc放弃。")

    def _warning(self, outlook: RecordsOutlook) -> str:
        side = "改为平台记录" if self._takes_differences else "保留花名册"
        parts = (
            f"{len(outlook.differences)}人不一致，将{side}" if outlook.differences else "",
            f"{len(self._reading.refused)}行没有读出，不会导入" if self._reading.refused else "",
        )
        return "，".join(filter(None, parts))

    def _taken(self, outlook: RecordsOutlook) -> None:
        self.leave()
        self._tell(f"已导入{len(outlook.comparisons)}人的学习记录，按F8可整体撤销。")

    def _paragraphs(self, outlook: RecordsOutlook) -> Iterable[Paragraph]:
        for refused in self._reading.refused:
            yield f"未读出 工作表“{refused.sheet}”{refused.cell}：{refused.reason}", FAULT
        for repair in self._reading.repairs:
            yield repair.sentence, CAUTION
        for comparison in outlook.differences:
            yield f"不一致 {comparison.sentence}", CAUTION
        for comparison in outlook.other_names:
            yield f"姓名不同 {comparison.sentence}", CAUTION
        if outlook.strangers:
            yield f"不在花名册：{'、'.join(outlook.strangers)}", CAUTION
        if outlook.unrecorded:
            yield f"没有学习记录：{'、'.join(outlook.unrecorded)}", CAUTION
        for flag in outlook.learning.flags:
            yield f"需核实 {flag.sentence}", CAUTION
        yield f"成绩{outlook.pass_mark:f}分及以上按合格；没有成绩的考核不填。", TEXT
        if not (self._reading.refused or outlook.differences or outlook.learning.flags):
            yield "全部读出，与花名册没有不一致。", GOOD


def _cells(comparison: Comparison) -> tuple[str, ...]:
    score = "" if comparison.learnt.score is None else f"{comparison.learnt.score:f}"
    word = "不一致" if comparison.differs else "填入" if comparison.is_filled else ""
    return (
        str(comparison.row.seq),
        comparison.row.name,
        str(comparison.learnt.minutes),
        score,
        *_result(comparison.recorded),
        *_result(comparison.entered),
        word,
    )


def _result(result: Result) -> tuple[str, str]:
    hours = "" if result.hours is None else words.hours(result.hours)
    return hours, "" if result.passed is None else "合格" if result.passed else "不合格"
