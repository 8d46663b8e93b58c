"""Whom a list had: each is looked into and decided on by a person."""

from collections.abc import Iterable
from functools import partial

from pxtui.casework.outside_lists import deciding, shown
from pxtui.casework.outside_lists.shown import ShownHit, ShownList
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field
from screens.frame.screen import Handlers
from screens.office.entry_form import Entry, EntryForm
from screens.office.list_page import OfficePage
from screens.widgets.listing import ListColumn
from screens.widgets.prose import Paragraph

STANDS, DISMISSED = "stands", "dismissed"
OUTCOMES = ((STANDS, "属实"), (DISMISSED, "不影响"))


class ListHitsPage(OfficePage[ShownHit]):
    """People and enterprises in cases, those of the newest cases first."""

    name_in_keymap = "list_hits"
    columns = (
        ListColumn("案件", 12),
        ListColumn("序号", 4, right=True),
        ListColumn("姓名", 8),
        ListColumn("身份证号", 18),
        ListColumn("名单所述", 0),
        ListColumn("认定", 6),
    )
    nothing = "这份名单在未办结的案件里没有命中。"

    def __init__(self, of_list: ShownList) -> None:
        super().__init__()
        self._list = of_list

    def handlers(self) -> Handlers:
        """Decide."""
        return {**super().handlers(), "proceed": self.do_decide}

    def load(self) -> None:
        """Ask for the hits."""
        self.show_title("名单命中", f"{self._list.name}（{self._list.source}{self._list.as_of}）")
        self.read(shown.hits, self._list.id, then=self.show_items, hold=True)

    def row(self, item: ShownHit) -> tuple[str, ...]:
        """Who, where, what the list says."""
        seq = "企业" if item.seq is None else f"{item.seq}"
        return item.number, seq, item.name, item.masked_number, item.said, item.state

    def key_of(self, item: ShownHit) -> str:
        """Case and person."""
        return f"{item.number} {item.seq} {item.name}"

    def detail_of(self, item: ShownHit) -> Iterable[Paragraph]:
        """All of it."""
        yield item.sentence

    def do_decide(self) -> None:
        """Enter."""
        self.with_here(self._decide)

    def _decide(self, here: ShownHit) -> None:
        def store(form: EntryForm, values: Row) -> None:
            act = partial(deciding.decide, stands=values["outcome"] == STANDS, reason=values["reason"])
            form.write(act, here.number, here.kind, here.seq, then=form.done, hold=True)

        fields = (
            Field(
                "outcome",
                "认定",
                8,
                Alphabet.CHOICE,
                required=True,
                choices=OUTCOMES,
                help="名单所述属实，还是不影响。",
            ),
            Field("reason", "怎样查实", 60, required=True, help="如电话核实、社保局回函；与姓名、时间一起记入台账。"),
        )
        self.ask_in_form(Entry(f"认定{here.number}的名单命中", fields, store, {}, (here.sentence,)))

    def help_texts(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            "命中的人员仍可批准：名单会错、会同名、会过时。查实后按Enter认定属实或不影响，写明怎样查实的；没有认定的，同意时要在意见里答复。",
            "认定属实的，补贴审核时在审查页把光标移到此人，按F11核减。以后的名单所述相同的，认定继续有效。",
        )
