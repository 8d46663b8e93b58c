"""Second keying of a roster: another clerk keys rows again from the paper, then decides where the two differ."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from rich.cells import cell_len

from pxtui.casework.roster import second_keying
from pxtui.casework.roster.second_keying import EVERY_ROW, LABELS, KeyedDifference, SecondSheet
from screens.entry.effects import Row, RowInserted, RowRemoved, RowStored
from screens.entry.fields import Field
from screens.frame.case import CaseScreen
from screens.frame.screen import Handlers
from screens.frame.sheet import SheetScreen
from screens.roster.columns import roster_fields
from screens.terminal.theme import FAULT, STRONG, TEXT
from screens.widgets.listing import ListColumn, Listing
from screens.widgets.pane import Pane
from screens.widgets.prose import Prose
from screens.widgets.sheet import SheetPane

_CHANGING_KEYS = ("backspace", "delete", "enter", "tab", "f2", "f8", "ctrl+r")
_COPYING_KEYS = ("f4", "ctrl+w")
_COLUMNS = (ListColumn("序号", 5, right=True), ListColumn("项目", 8), ListColumn("1 初录", 26), ListColumn("2 复录", 0))
_DETAIL_HEIGHT = 6
_QUESTION = "请对照原件：1以初录为准  2以复录为准  3都不对，重新录入"


class SecondKeying(SheetScreen):
    """The sheet of the rows that were drawn, without what the roster says of them."""

    name_in_keymap = "second_keying"
    what = "二次录入"
    grows = False
    step = 2

    def __init__(self, number: str, draft: dict[str, Any] | None = None) -> None:
        super().__init__(number, draft)
        self._drawn: SecondSheet | None = None
        self._unstored: dict[str, Row] = {}
        """The rows on their way into the register."""

    def handlers(self) -> Handlers:
        """Rows are drawn and compared."""
        return {**super().handlers(), "every": self.do_every, "compare": self.do_compare}

    def make_sheet(self) -> SheetPane:
        """Place in the roster, name and ID number."""
        keyed = tuple(field for field in roster_fields(self.today) if field.key in ("name", "id_number"))
        place = Field("seq", "名册序号", 8, derived=lambda row: row.get("seq", ""))
        return SheetPane((place, *keyed), self.follow, grows=self.grows)

    def load(self) -> None:
        """Draw the rows, or ask for those that were drawn."""
        self.show_title("二次录入")
        self.write(second_keying.begin, self.number, then=self._show, hold=True)

    def do_every(self) -> None:
        """F11: every row and not only the drawn ones."""
        if self._is_drawn():
            self.sheet.finish()
            every = partial(second_keying.begin, every_row=True)
            self.write(every, self.number, then=self._show, hold=True)

    def do_compare(self) -> None:
        """F5."""
        if self._is_drawn():
            self.sheet.finish()
            # Written in the order of the calls: this answer comes after every row.
            self.write(second_keying.begin, self.number, then=self._compare, hold=True)

    def _compare(self, sheet: SecondSheet) -> None:
        self._show_count(sheet)
        if sheet.differing:
            self.counter.open("differences", self.number)
        else:
            self._tell(sheet)

    def came_back(self) -> None:
        """Back from the differences: the roster may say something else now. A row in hand stays in hand."""
        super().came_back()
        if self.sheet.engine.draft() is None and not self.counter.away.is_away:
            self.load()

    def before_key(self, key: str, character: str) -> bool:
        """Nothing is keyed before the rows are drawn, and nothing is copied."""
        if key in _COPYING_KEYS:
            self.warn("二次录入请照原件逐行录入，不能照抄。")
            return True
        return bool(character or key in _CHANGING_KEYS) and not self._is_drawn()

    def _is_drawn(self) -> bool:
        """Whether there are rows to be keyed; asks again, and is told why not, where there are none."""
        if self._drawn is None:
            self.load()
        return self._drawn is not None

    def rows_changed(self, effect: RowStored | RowInserted | RowRemoved) -> None:
        """A row that was keyed again is stored; none comes in or goes out."""
        if isinstance(effect, RowStored):
            self._unstored[effect.values["token"]] = effect.values
            self.keep_draft()
            self._store(effect.values)

    def unstored(self) -> dict[str, Any]:
        """The rows on their way."""
        return {"unstored": list(self._unstored.values())} if self._unstored else {}

    def _store(self, row: Row) -> None:
        """Let the register take a row; the answer counts even when the screen is gone."""
        keyed = (row["token"], row.get("name", ""), row.get("id_number", ""))
        stored = partial(self._stored, row)
        self.counter.write(
            second_keying.key_row, self.number, *keyed, then=stored, failed=self.tell_refused, away=self.tell_away
        )

    def again(self) -> None:
        """The database is back: it takes what is on its way."""
        for row in list(self._unstored.values()):
            self._store(row)

    def _stored(self, row: Row, sheet: SecondSheet) -> None:
        if self._unstored.get(row["token"]) == row:
            del self._unstored[row["token"]]
        self.keep_draft()
        if self.is_attached:
            self._show_count(sheet)
            if not sheet.left:
                self._tell(sheet)

    def _show(self, sheet: SecondSheet) -> None:
        self._drawn = sheet
        rows = [{"token": row.token, "seq": str(row.seq), **_as_keyed(row.name, row.id_number)} for row in sheet.rows]
        places = {row["token"]: place for place, row in enumerate(rows)}
        self.sheet.load(rows)
        kept = self.take_kept()
        unstored = {row["token"]: row for row in kept.get("unstored", ())} | self._unstored
        # A row that was changed meanwhile is keyed anew.
        self._unstored = {token: row for token, row in unstored.items() if token in places}
        for row in self._unstored.values():
            self._store(row)
        in_hand = kept.get("in_hand")
        if in_hand is not None and in_hand["values"].get("token") in places:
            self.resume_draft({"in_hand": {**in_hand, "row": places[in_hand["values"]["token"]]}})
        self._show_count(sheet)

    def _show_count(self, sheet: SecondSheet) -> None:
        drawn = "全部录入" if sheet.share == EVERY_ROW else f"抽{len(sheet.rows)}行（{sheet.share}%，种子{sheet.seed}）"
        differing = f"  不一致{sheet.differing}处" if sheet.differing else ""
        left = f"还有{sheet.left}行" if sheet.left else "已录完"
        self.show_title("二次录入", f"{sheet.heads}人{drawn}  {left}{differing}")

    def _tell(self, sheet: SecondSheet) -> None:
        if sheet.left:
            self.say(f"还有{sheet.left}行没有录完，已录的没有不一致。")
        elif sheet.differing:
            self.say(f"已全部录完，{sheet.differing}处不一致，请按F5逐一核对。")
        else:
            self.say("已全部录完，没有不一致，花名册可以提交。")

    def help_texts(self) -> tuple[str, ...]:
        """What the sheet is for."""
        return (
            "二次录入：由没有录过这份花名册的受理员照原件再录抽到的行（姓名、身份证号），不显示第一次录的内容。"
            "抽到哪些行由种子决定，同一种子可以重抽核对。录完按F5，两次不一致的并列显示，对照原件逐一核对。"
            "核对以后又改动的行，抽到的要重录。",
        )


class Differences(CaseScreen):
    """What was keyed in two ways, side by side; the marks say where."""

    name_in_keymap = "differences"
    step = 2

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._listing = Listing(_COLUMNS)
        self._detail = Prose()
        self._detail.styles.height = _DETAIL_HEIGHT
        self._differences: tuple[KeyedDifference, ...] = ()

    @property
    def pane(self) -> Pane:
        """The list."""
        return self._listing

    def body(self) -> Iterable[Pane]:
        """The list, and the one under the cursor mark by mark."""
        return (self._listing, self._detail)

    def load(self) -> None:
        """Ask for the differences."""
        self.read(second_keying.differences, self.number, then=self._show, hold=True)

    def after_key(self) -> None:
        """The marks follow the cursor."""
        self._show_detail()

    def typed(self, character: str) -> None:
        """A digit decides."""
        if not self._differences:
            return
        here = self._differences[self._listing.index]
        if character in ("1", "2"):
            self._decide(here, here.first if character == "1" else here.second)
        elif character == "3":
            self.ask(f"第{here.seq}号{LABELS[here.field]}：", partial(self._decide, here))
        else:
            self.warn(_QUESTION)

    def _decide(self, difference: KeyedDifference, text: str) -> None:
        self.write(second_keying.decide, self.number, difference, text, then=self._show, hold=True)

    def _show(self, differences: tuple[KeyedDifference, ...]) -> None:
        self._differences = differences
        if not differences:
            self.leave()
            self.counter.say_next("不一致的都已核对。")
            return
        self.show_title("二次录入核对", f"还有{len(differences)}处不一致")
        self._listing.show(
            (str(difference.seq), LABELS[difference.field], difference.first, difference.second)
            for difference in differences
        )
        self._show_detail()

    def _show_detail(self) -> None:
        if not self._differences:
            return
        here = self._differences[self._listing.index]
        self._detail.show(
            (f"第{here.seq}号{LABELS[here.field]}", TEXT),
            (f"1 初录  {here.first}", TEXT),
            (f"2 复录  {here.second}", TEXT),
            (" " * cell_len("2 复录  ") + marks(here.first, here.second), FAULT),
            "",
            (_QUESTION, STRONG),
        )

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "二次录入核对：每处不一致并列显示，下面用^标出不同的位置。对照原件选1初录、2复录，都不对的选3重新录入；"
            "花名册随即更正并记入办理记录。上下键换一处。",
        )


def marks(first: str, second: str) -> str:
    """A caret under every character of the longer text in which the other one differs."""
    longer, shorter = sorted((first, second), key=len, reverse=True)
    differs = (mark != shorter[place : place + 1] for place, mark in enumerate(longer))
    return "".join(
        ("^" if other else " ") * cell_len(mark) for mark, other in zip(longer, differs, strict=True)
    ).rstrip()


def _as_keyed(name: str, id_number: str) -> Row:
    """What is empty is left out, as the sheet does."""
    return {key: text for key, text in (("name", name), ("id_number", id_number)) if text}
