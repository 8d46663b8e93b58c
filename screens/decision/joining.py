"""Those who are keyed to be added to a class: one after the other, as in the roster."""

from dataclasses import replace
from datetime import date
from functools import partial

from pxtui.casework.people import known as people_known
from pxtui.casework.people.known import KnownPerson
from pxtui.identifiers import id_number
from pxtui.policy.facts import Trainee
from screens.decision.decision_screen import DecisionScreen
from screens.entry.effects import Row
from screens.entry.fields import Field, Values
from screens.entry.form_engine import FormEffect, Left, Picked, Typed
from screens.roster.columns import named, roster_fields, to_trainee

_NAME, _ID_NUMBER, _PHONE = "join_name", "join_id_number", "join_phone"
_COLUMNS = {_NAME: "name", _ID_NUMBER: "id_number", _PHONE: "phone"}
"""Fields of the form, and the columns of the roster that they are."""
_LABELS = {_NAME: "加进的人员 姓名", _ID_NUMBER: "　身份证号", _PHONE: "　联系电话"}
_FEWEST_CHARACTERS = 2


def person_fields(today: date, values: Values) -> tuple[Field, ...]:
    """The fields of somebody who is added; number and phone only where a name is keyed."""
    columns = {field.key: field for field in roster_fields(today)}
    name = replace(
        columns["name"],
        key=_NAME,
        label=_LABELS[_NAME],
        width=20,
        suggests=True,
        help="姓名，或首字母、证号末4位查台账；没有要加的按Enter。",
    )
    others = (
        replace(columns[_COLUMNS[key]], key=key, label=_LABELS[key], required=True) for key in (_ID_NUMBER, _PHONE)
    )
    return (name, *others) if values.get(_NAME) else (name,)


class JoiningScreen(DecisionScreen):
    """A form with the fields of `person_fields`: whoever is keyed whole is kept, and the next one may be keyed."""

    behind_the_person = ""
    """The field behind them."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.joined: list[Row] = []
        """Rows of the roster."""
        self._found: dict[str, KnownPerson] = {}
        """Who was looked up, by ID number."""
        self._was_at = ""

    @property
    def takes_people(self) -> bool:
        """Whether the form has the fields of a person now."""
        raise NotImplementedError

    def fields_for(self, values: Values) -> tuple[Field, ...]:
        """The fields of the form; see `person_fields`."""
        raise NotImplementedError

    def show_people(self) -> None:
        """Show who is in, and `joined`."""
        raise NotImplementedError

    def people_keyed(self) -> list[Trainee]:
        """All who are keyed, the one in hand among them; every field has been found without a fault."""
        row = self._in_hand()
        return [to_trainee(person, self.today) for person in [*self.joined, *([row] if row.get("name") else [])]]

    def follow(self, effect: FormEffect) -> None:
        """Whoever is keyed is looked for on file, and number and phone are asked for."""
        super().follow(effect)
        if not self.takes_people:
            return
        if isinstance(effect, Picked):
            self._take_known(self._found[effect.code])
        elif isinstance(effect, Typed) and effect.field.key == _NAME:
            self._look_for(effect.text)
        elif isinstance(effect, Left) and effect.key == _NAME:
            self._ask_for_person(_ID_NUMBER)

    def after_key(self) -> None:
        """Behind the phone somebody is whole."""
        if not self.takes_people:
            return
        here, was_at = self.form.engine.field.key, self._was_at
        self._was_at = here
        if was_at == _PHONE and here == self.behind_the_person and self._is_whole():
            self.joined.append(self._in_hand())
            self.form.put(dict.fromkeys(_COLUMNS, ""))
            self._ask_for_person(_NAME)
            self.form.go_to(_NAME)
            self.show_people()
            self.say(f"已列入{named(self.joined[-1])}；接着录下一人，没有了按Enter。")

    def do_remove(self) -> None:
        """F7."""
        if self.joined:
            self.say(f"已去掉{named(self.joined.pop())}。")
            self.show_people()
        else:
            self.say("没有在这里加进的人员；要减去已批准的，填序号。")

    def _in_hand(self) -> Row:
        values = self.form.engine.current()
        return {column: values.get(key, "") for key, column in _COLUMNS.items()}

    def _is_whole(self) -> bool:
        keys = {field.key for field, _ in self.form.engine.faults()}
        return all(self._in_hand().values()) and not keys & _COLUMNS.keys()

    def _ask_for_person(self, here: str) -> None:
        """The fields that there are now, the cursor in the one that comes next where it is one of them."""
        values = self.form.engine.current()
        self.form.ask_for(self.fields_for(values))
        self.form.styles.height = self.form_height + (len(_COLUMNS) - 1 if values.get(_NAME) else 0)
        if here in {field.key for field in self.form.engine.fields}:
            self.form.go_to(here)

    def _look_for(self, text: str) -> None:
        """Initials, the tail of a number or a name look for somebody; the answer decides what the next key means."""
        if len(text) >= _FEWEST_CHARACTERS:
            self.read(people_known.found_by, text, then=partial(self._offer, text), hold=text.isascii())

    def _offer(self, text: str, found: list[KnownPerson]) -> None:
        """An answer counts only for the text that it was asked for."""
        engine = self.form.engine
        if engine.field.key == _NAME and engine.editing and engine.line.text == text:
            self._found = {person.id_number: person for person in found}
            shown = [(code, f"{person.name} {id_number.tail(code)}") for code, person in self._found.items()]
            self.form.offer(_NAME, shown)

    def _take_known(self, person: KnownPerson) -> None:
        self.form.put({_NAME: person.name, _ID_NUMBER: person.id_number, _PHONE: person.phone})
        self._ask_for_person(_PHONE)
        self.say("已取台账中的资料，核对电话后按Enter。")
