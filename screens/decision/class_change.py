"""An approved class is changed: its days, its platform, its people; checked again before it counts."""

from dataclasses import replace
from datetime import date
from functools import partial

from pxtui.casework.decision import class_changes
from pxtui.casework.decision.class_changes import ClassAsItIs, ClassChange, Proposal
from pxtui.casework.office import versions
from pxtui.casework.office.versions import Loaded
from pxtui.policy.facts import Trainee
from pxtui.policy.parameters import Notice
from screens.application.intake_checks import ends_fault
from screens.application.intake_fields import platform_choices
from screens.decision.joining import JoiningScreen, person_fields
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field, Values
from screens.frame.files import with_file
from screens.frame.screen import Handlers
from screens.frame.storing import Storing
from screens.roster.columns import named
from screens.terminal.plain import fitted
from screens.terminal.theme import BY_VERDICT, HEAD
from screens.widgets.prose import Paragraph

_NAME_WIDTH, _NAMES_A_LINE = 15, 5
_IN_FORCE = "已变更，按F9可出具开班变更通知书。"
_PEOPLE = Field("people", "批准的人员", 60)
"""Not in the form, but compared: whoever takes people out by their numbers has to know who is in."""
_LINES_SEEN = 6
"""On the smallest screen, the heading among them."""
_SEPARATORS = str.maketrans("，,;；.。/", "、、、、、、、")


class Changing(JoiningScreen):
    """People of the class, and below them the form of what changes."""

    name_in_keymap = "changing"
    _waits = False
    """A change waits for whoever may approve, and is decided on here."""
    form_height = 12
    behind_the_person = "joining"

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._known: ClassAsItIs | None = None
        self._storing = Storing(
            self,
            _as_row,
            lambda: (*self.form.engine.fields, _PEOPLE),
            self._current,
            lambda row: self.form.put(row),
            self._take_up,
        )

    def handlers(self) -> Handlers:
        """The correction of a single field is the other page."""
        return {**super().handlers(), "other_page": self.do_other_page, "remove": self.do_remove}

    def do_other_page(self) -> None:
        """Ctrl+N."""
        self.go_on_to("correcting")

    def load(self) -> None:
        """Ask what the class is like."""
        self.show_title("变更", "Enter到末栏变更，变更后重新审查")
        self.read(versions.load, class_changes.as_it_is, self.number, self.today, then=self._show, hold=True)

    def _show(self, loaded: Loaded[ClassAsItIs]) -> None:
        known = loaded.value
        self._storing.begin(loaded)
        if known.proposal is not None:
            self._show_proposal(known.proposal)
            return
        self._take_up(known)
        self.show_form(self.fields_for({}), _as_row(known))

    def _take_up(self, known: ClassAsItIs) -> None:
        self._known = known
        self.show_people()

    def _current(self) -> Row:
        """What is keyed; the people are as the page shows them."""
        assert self._known is not None
        return {**self.form.engine.current(), _PEOPLE.key: _as_row(self._known)[_PEOPLE.key]}

    def show_people(self) -> None:
        """Who is approved, and above them who is keyed to be added."""
        assert self._known is not None
        known = self._known
        joining = [f"加进：{'、'.join(map(named, self.joined))}"] if self.joined else []
        people = [fitted(f"{seq} {name}", _NAME_WIDTH) for seq, name in known.people]
        lines = ["".join(people[first : first + _NAMES_A_LINE]) for first in range(0, len(people), _NAMES_A_LINE)]
        how = "，PgDn、PgUp翻看" if len(lines) >= _LINES_SEEN else ""
        self._prose.show(*joining, (f"已批准{len(people)}人{how}", HEAD), *lines)

    @property
    def takes_people(self) -> bool:
        """Whether a change is keyed, not decided on."""
        return self.has_form and not self._waits

    def fields_for(self, values: Values) -> tuple[Field, ...]:
        """The fields of a change."""
        return _fields(self.today, self.notice, values)

    def _show_proposal(self, waiting: Proposal) -> None:
        """A change waits: whoever may approve sees it whole and decides."""
        self._waits = True
        self.show_title("变更", "有变更等待批准")
        points: list[Paragraph] = [(f"注意 {point}", BY_VERDICT["注意"]) for point in waiting.points]
        head = f"{waiting.on} {waiting.staff_name}提出变更：{waiting.reason}"
        self._prose.show((head, HEAD), *waiting.changes, *points)
        choices = (("approve", "批准变更"), ("drop", "撤销变更"))
        self.show_form(
            (
                Field("decision", "办理", 12, Alphabet.CHOICE, required=True, choices=choices),
                Field("opinion", "意见", 60, help="撤销写明理由；有上列提示的，批准时书面答复。填完按Enter办理。"),
            ),
            {},
        )

    def _decide_proposal(self) -> None:
        values = self.form.engine.current()
        act = class_changes.drop if values["decision"] == "drop" else class_changes.approve
        said = "已撤销变更，批准内容不变。" if values["decision"] == "drop" else _IN_FORCE
        done = partial(self._changed, said)
        version = self._storing.version
        assert version is not None
        self.decide_on(version, "变更", act, self.number, values.get("opinion", ""), then=lambda _: done())

    def decide(self) -> None:
        """Enter in the last field: change the class or decide on what waits, once nothing in the form is wrong."""
        if faults := self.form.engine.faults():
            field, sentence = faults[0]
            self.form.go_to(field.key)
            self.warn(sentence)
            return
        if self._waits:
            self._decide_proposal()
            return
        values = self.form.engine.current()
        change = partial(self._change, _wanted(values), values["reason"], values.get("opinion", ""))
        if joining := values.get("joining"):
            read = partial(self.work, then=change, hold=True)
            with_file(self, joining, lambda path: read(partial(class_changes.people_in, path)))
        else:
            change([])

    def _change(self, wanted: ClassChange, reason: str, opinion: str, joining: list[Trainee]) -> None:
        wanted = replace(wanted, joining=[*self.people_keyed(), *joining])

        def done(in_force: bool) -> None:
            self._changed(_IN_FORCE if in_force else "已提出变更，由负责人批准后生效。")

        act = partial(class_changes.change, number=self.number, wanted=wanted, reason=reason, opinion=opinion)
        self._storing.write(act, done, self.decide)

    def _changed(self, said: str) -> None:
        self.do_back()
        self.counter.say_next(said)

    def do_back(self) -> None:
        """Esc: back to the decision."""
        self.go_on_to("approval")

    def before_key(self, key: str, character: str) -> bool:
        """The people scroll: all of the form is in sight."""
        return key in ("pageup", "pagedown") and self._prose.press(key)

    def help_texts(self) -> tuple[str, ...]:
        """What a change is."""
        return (
            "变更：已批准、还没有结束的班，可以改日期和线上平台，减去或加进人员。不改的照原样。",
            "加进人员：录姓名（首字母或证号末4位可查台账）、身份证号、电话，录完一人列在上面，接着录下一人，没有了按Enter；F7去掉最后录的一人。人多的填名单文件。",
            "变更后重新审查，有一处不符就什么都不改；名额随人员增减。变更后可出具开班变更通知书。",
            "岗位分设的，变更先提出，由负责人在这里批准后生效；有变更等待时，这里批准或撤销。",
        )


def _fields(today: date, notice: Notice, values: Values) -> tuple[Field, ...]:
    return (
        Field("starts_on", "开班日期", 10, Alphabet.DATE, required=True, base_day=today),
        Field("ends_on", "结束日期", 10, Alphabet.DATE, required=True, base_day=today, agrees=ends_fault),
        Field("platform", "线上平台", 40, choices=platform_choices(notice)),
        Field("leaving", "减去的人员", 40, check=_leaving_fault, help="上面的序号，如3、7；没有就留空。"),
        *person_fields(today, values),
        Field("joining", "加进的名单", 60, help="人多的用电子表格，填文件名；没有就留空。"),
        Field("opinion", "答复提示", 60, help="变更后审查有新提示的，在此书面答复；没有就留空。"),
        Field("reason", "变更理由", 60, required=True, help="写明理由，按Enter变更。"),
    )


def _as_row(known: ClassAsItIs) -> Row:
    people = "、".join(f"{seq}{name}" for seq, name in known.people)
    return {
        "starts_on": known.starts_on.isoformat(),
        "ends_on": known.ends_on.isoformat(),
        "platform": known.platform,
        _PEOPLE.key: people,
    }


def _leaving_fault(text: str) -> str:
    wrong = next((part for part in _parts(text) if not part.isdecimal()), None)
    return f"“{wrong}”不是序号，请写成3、7。" if wrong is not None else ""


def _parts(text: str) -> list[str]:
    return text.translate(_SEPARATORS).replace(" ", "、").strip("、").split("、")


def _wanted(values: Values) -> ClassChange:
    leaving = values.get("leaving", "")
    return ClassChange(
        starts_on=date.fromisoformat(values["starts_on"]),
        ends_on=date.fromisoformat(values["ends_on"]),
        platform=values.get("platform", ""),
        leaving=frozenset(map(int, _parts(leaving))) if leaving else frozenset(),
    )
