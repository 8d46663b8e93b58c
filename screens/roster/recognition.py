"""Returning trainees in the roster sheet: found by little, filled from the file, and told apart."""

from collections.abc import Callable, Mapping
from functools import partial

from pxtui.casework.people import known as people_known
from pxtui.casework.people import two_names as people_two_names
from pxtui.casework.people.known import KnownPerson
from pxtui.casework.people.two_names import TwoNames
from pxtui.casework.roster import edits as roster_edits
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.person_name import same_name
from screens.entry.effects import FieldLeft
from screens.entry.rows import shifted
from screens.frame.sheet import SheetScreen
from screens.widgets.pane import cells

_TAIL_LENGTH = 4
_FEWEST_CHARACTERS = 2
_BESIDE_THE_OFFER = 22
"""Cells of the message line that the words behind the people take."""

_MOST_NAMESAKES = 2


class Recognition:
    """What a sheet knows of its people from the register.

    An answer counts only for the row and the text that it was asked for: the register may be slow, and the clerk is
    not.
    """

    def __init__(self, screen: SheetScreen) -> None:
        self._screen = screen
        self._looked_for = ""
        self._found: list[KnownPerson] = []
        self._on_file: tuple[int, KnownPerson] | None = None
        """Who bears the number in a row."""
        self._warned_of: tuple[int, str] | None = None
        """A row and its number that is on file under another name."""

    def before_key(self, key: str, character: str) -> bool:
        """Digits pick somebody who was found, Enter takes the only one, or who bears the number keyed; whether it did.

        Under a whole name Enter goes on: others may bear the same one.
        """
        field = self._screen.sheet.engine.field.key
        if field == "name" and self._found:
            if character.isascii() and character.isdigit() and 0 < int(character) <= len(self._found):
                return self._take(self._found[int(character) - 1])
            if key == "enter" and len(self._found) == 1 and self._looked_for.isascii():
                return self._take(self._found[0])
        if key == "enter" and field == "phone" and (bearer := self._bearer_in_hand()) is not None:
            return self._take_number(bearer)
        return False

    def after_key(self) -> None:
        """Initials, the tail of a number or a name, keyed where the name goes, look for somebody."""
        text = self._searched_for()
        if text == self._looked_for:
            return
        self._looked_for, self._found = text, []
        if len(text) >= _FEWEST_CHARACTERS:
            # Of initials the answer decides what Enter means; who keys a whole name waits for nothing.
            self._screen.read(people_known.found_by, text, then=partial(self._offer, text), hold=text.isascii())

    def _searched_for(self) -> str:
        engine = self._screen.sheet.engine
        if not engine.editing or engine.field.key != "name":
            return ""
        text = engine.line.text
        return text if text.isascii() or not self._in_hand("id_number") else ""

    def _offer(self, text: str, found: list[KnownPerson]) -> None:
        if text == self._looked_for and found:
            self._screen.say(self._offered(found) if text.isascii() else self._namesakes_offered(found))

    def _offered(self, found: list[KnownPerson]) -> str:
        """As many people as the line has room for: nobody is picked unseen."""
        room = self._screen.app.size.width - _BESIDE_THE_OFFER
        shown: list[str] = []
        for person in found:
            entry = f"{len(shown) + 1}{person.name} {person.id_number[-_TAIL_LENGTH:]}"
            if cells("  ".join((*shown, entry))) > room:
                break
            shown.append(entry)
        self._found = found[: len(shown)]
        if len(self._found) < len(found) or len(found) == people_known.MOST_FOUND:
            how = "按编号取，或再多输几位"
        else:
            how = "按Enter取" if len(found) == 1 else "按编号取"
        return "  ".join((*shown, how))

    def _namesakes_offered(self, found: list[KnownPerson]) -> str:
        """In few bytes, because most new names are common ones; of many namesakes the number says who is meant."""
        if len(found) > _MOST_NAMESAKES:
            return "同名多人，录证号"
        self._found = found
        return "同名 " + " ".join(f"{n}:{person.id_number[-_TAIL_LENGTH:]}" for n, person in enumerate(found, start=1))

    def _take(self, person: KnownPerson) -> bool:
        """Fill the row from the file; where that has no phone, the phone is keyed next."""
        sheet = self._screen.sheet
        row = sheet.engine.row
        has_phone = bool(person.phone or self._in_hand("phone"))
        values = {"name": person.name, "id_number": person.id_number, "phone": person.phone}
        self._found, self._on_file = [], None
        sheet.fill({key: text for key, text in values.items() if text})
        if not has_phone:
            sheet.go_to(row, "phone")
        return True

    def _take_number(self, person: KnownPerson) -> bool:
        """Fill the row and stay at the phone: who ends a number with Enter has not read the offer, and keys on here."""
        sheet = self._screen.sheet
        row = sheet.engine.row
        self._take(person)
        if person.phone:
            sheet.go_to(row, "phone")
            sheet.engine.expect_enter()
            self._screen.say("已取台账中的资料，核对电话后按Enter，不同就直接输。")
        return True

    @property
    def has_the_word(self) -> bool:
        """Whether the message line says something of the row in hand that no late word of another row may cover."""
        is_warned = self._warned_of is not None and self._is_in_hand(*self._warned_of)
        return bool(self._found) or is_warned or self._bearer_in_hand() is not None

    def left(self, field: FieldLeft) -> None:
        """A field was left: look up the number, once it is whole."""
        number = field.values.get("id_number", "")
        if self._screen.sheet.engine.field.key == "phone" and id_number.has_check_character(number):
            self._screen.read(people_known.by_number, number, then=partial(self._compare, field.index, number))

    def _compare(self, row: int, number: str, person: KnownPerson | None) -> None:
        if person is None or not self._is_in_hand(row, number):
            return
        keyed = self._in_hand("name")
        if keyed and not same_name(keyed, person.name):
            self._warned_of = (row, number)
            self._screen.warn(f"此证号在台账里是“{person.name}”，现填“{keyed}”，请看身份证，按F3核对。")
            return
        self._on_file = (row, person)
        if self._bearer_in_hand() is not None:
            self._screen.say(f"台账里有：{person.name} {phone.masked(person.phone)}，按Enter取来。")

    def _bearer_in_hand(self) -> KnownPerson | None:
        """Who bears the number of the row in hand, where there is something to take."""
        if self._on_file is None:
            return None
        row, person = self._on_file
        news = person.phone or not self._in_hand("name")
        return person if news and not self._in_hand("phone") and self._is_in_hand(row, person.id_number) else None

    def _is_in_hand(self, row: int, number: str) -> bool:
        return self._screen.sheet.engine.row == row and self._in_hand("id_number") == number

    def _in_hand(self, key: str) -> str:
        """A text of the row in hand as it stands; empty where the sheet has no such column."""
        engine = self._screen.sheet.engine
        return next((engine.value(engine.row, at) for at, field in enumerate(engine.fields) if field.key == key), "")


class TwoNamesOfOne:
    """Rows whose number is on file under another name: told, shown side by side, and not passed over."""

    def __init__(self, screen: SheetScreen) -> None:
        self._screen = screen
        self._undecided: dict[int, TwoNames] = {}
        self._returning_to: tuple[int, str] | None = None
        """Row and field at which keying goes on when the rows are there again."""
        self._sentence = ""
        """What is said then."""

    def look(self) -> None:
        """Ask anew which rows they are."""
        self._screen.read(people_two_names.undecided, self._screen.number, then=self._know)

    def shift(self, place: int, step: int) -> None:
        """A row came in at a place (1) or went out of it (-1)."""
        self._undecided = shifted(self._undecided, place, step)

    @property
    def rows(self) -> set[int]:
        """The rows that wait for a decision."""
        return set(self._undecided)

    def marked(self, words: Mapping[int, str]) -> dict[int, str]:
        """What the check says of the rows; one that waits for a decision has not passed it."""
        return {**words, **{row: "两名" for row in self._undecided if words.get(row) != "不符"}}

    def sentence_about(self, row: int) -> str:
        """What there is to say of a row; empty where its number has one name."""
        names = self._undecided.get(row)
        return f"证号在台账里是“{names.on_file}”，现填“{names.keyed}”，按F3核对。" if names is not None else ""

    def title_addition(self) -> str:
        """How many rows wait for a decision; empty where none does."""
        return f"  {len(self._undecided)}处两名按F3" if self._undecided else ""

    def open_page(self) -> None:
        """Show both names of the row in hand, or else of the next row that has two."""
        self._screen.sheet.finish()
        # Written in the order of the calls: this answer comes after every row.
        self._screen.write(
            roster_edits.wait_for_writes, self._screen.number, then=lambda _: self._ask(self._open), hold=True
        )

    def unless_undecided(self, go_on: Callable[[], None]) -> None:
        """Go on where every number has one name; else say which row has two, and go there."""

        def go() -> None:
            if not self._undecided:
                go_on()
                return
            row = next(iter(self._undecided))
            self._returning_to = (row, "name")
            self._screen.load()
            self._screen.warn(f"{self._screen.sheet.engine.called(row)}{self.sentence_about(row)}")

        self._ask(go)

    def rows_shown(self) -> None:
        """The rows are there again: keying goes on where the page was opened."""
        if self._returning_to is not None:
            place, self._returning_to = self._returning_to, None
            self._screen.sheet.go_to(*place)
        if self._sentence:
            sentence, self._sentence = self._sentence, ""
            self._screen.say(sentence)

    def _ask(self, then: Callable[[], None]) -> None:
        def know(two_names: tuple[TwoNames, ...]) -> None:
            self._know(two_names)
            then()

        self._screen.read(people_two_names.undecided, self._screen.number, then=know, hold=True)

    def _know(self, two_names: tuple[TwoNames, ...]) -> None:
        self._undecided = {names.position: names for names in two_names}

    def _open(self) -> None:
        here = self._screen.sheet.engine.row
        rows = sorted(self._undecided, key=lambda row: (row < here, row))
        if rows:
            called = self._screen.sheet.engine.called(rows[0])
            self._screen.counter.open("identity", self._screen.number, rows[0], called, self._left)
        else:
            self._screen.say("没有两个姓名同一证号的人员。")

    def _left(self, row: int, sentence: str, *, number_is_wrong: bool) -> None:
        """The page is gone: keying goes on at the number where that is wrong, or else where the phone is missing."""
        if number_is_wrong:
            self._returning_to = (row, "id_number")
        elif not self._screen.sheet.engine.rows[row].get("phone"):
            self._returning_to = (row, "phone")
        self._sentence = sentence
