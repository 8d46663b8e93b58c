"""A form on its way into the register: what a colleague stored since it was filled is compared, field by field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pxtui.casework.office import versions
from pxtui.casework.office.versions import Change, Loaded, Newer, Version
from screens.entry.effects import Row
from screens.entry.fields import Field
from screens.frame.register_screen import RegisterScreen

_NOBODY = "别处"


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that somebody else changed since it was shown. The values are as the form shows them."""

    key: str
    label: str
    was: str
    """When the form was filled."""
    theirs: str
    mine: str
    by: str
    """Who changed it and when, in Chinese."""
    takes_theirs: bool | None = None
    """None: nobody has chosen yet."""


class Storing:
    """What a form was filled from, and how it is stored over it."""

    def __init__(
        self,
        screen: RegisterScreen,
        as_row: Callable[[Any], Mapping[str, str]],
        fields: Callable[[], Sequence[Field]],
        current: Callable[[], Row],
        put: Callable[[Row], None],
        taken_up: Callable[[Any], None] = lambda _: None,
    ) -> None:
        """For one form.

        Args:
            as_row: what was read, as the form shows it.
            fields: of the form as they stand.
            current: what is keyed.
            put: fills fields with what a colleague stored.
            taken_up: hears what is stored over now, in the place of what the form was filled from.
        """
        self._screen = screen
        self._as_row = as_row
        self._fields = fields
        self._current = current
        self._put = put
        self._taken_up = taken_up
        self.version: Version | None = None
        self._was: Mapping[str, str] = {}

    def begin(self, loaded: Loaded[Any]) -> None:
        """The form was filled from this."""
        self.version, self._was = loaded.version, dict(self._as_row(loaded.value))

    def as_draft(self) -> dict[str, Any]:
        """For the draft: what is keyed is stored over what stood there, whenever that is."""
        if self.version is None:
            return {}
        return {"was": dict(self._was), "digest": self.version.digest, "entry": self.version.entry}

    def resume(self, draft: Mapping[str, Any]) -> bool:
        """Go on with what a draft was keyed over; whether it is another version than the one that was read now."""
        if self.version is None or "digest" not in draft:
            return False
        now = self.version
        self.version = replace(now, digest=draft["digest"], entry=draft["entry"])
        self._was = draft["was"]
        return self.version.digest != now.digest

    def write(
        self,
        act: Callable[..., Any],
        then: Callable[[Any], None],
        again: Callable[[], None],
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        """Let casework act; where somebody else was sooner, both are shown, and nothing is stored before a choice.

        Args:
            act: called with the context.
            then: hears the answer.
            again: stores what is keyed once the form has what was chosen.
            failed: hears of a refusal.
        """

        def answered(answer: Any) -> None:
            if isinstance(answer, Newer):
                self._compare(answer, again)
            else:
                then(answer)

        if self.version is None:
            self._screen.write_plainly(act, then=then, failed=failed, hold=True)
        else:
            self._screen.write_plainly(versions.store, self.version, act, then=answered, failed=failed, hold=True)

    def _compare(self, newer: Newer[Any], again: Callable[[], None]) -> None:
        theirs = dict(self._as_row(newer.now.value))
        found = self._conflicts(newer, theirs)

        def settle(taken: frozenset[str]) -> None:
            self.begin(newer.now)
            self._taken_up(newer.now.value)
            # With all that is keyed: what was typed in the field under the cursor must not go.
            self._put({**self._current(), **{key: theirs.get(key, "") for key in taken}})
            again()

        if found:
            self._screen.counter.open("conflict", found, settle)
        else:
            # What the colleague changed does not stand in this form, which leaves it as it is.
            settle(frozenset())

    def _conflicts(self, newer: Newer[Any], theirs: Mapping[str, str]) -> tuple[FieldConflict, ...]:
        mine, found = self._current(), []
        for field in self._fields():
            was, now, keyed = (row.get(field.key, "") for row in (self._was, theirs, mine))
            if field.derived is not None or now in (was, keyed):
                continue
            change = newer.by_whom(partial(self._is_change, field.key, now))
            # What was not touched here is no word against the colleague's.
            takes_theirs = True if keyed == was else None
            was, now, keyed = map(field.shown, (was, now, keyed))
            found.append(FieldConflict(field.key, field.label, was, now, keyed, told_by(change), takes_theirs))
        return tuple(found)

    def _is_change(self, key: str, now: str, before: Any, after: Any) -> bool:
        """Whether an act made a field what it is now."""
        return self._as_row(after).get(key, "") == now != self._as_row(before).get(key, "")


def store_answers(
    screen: RegisterScreen,
    loaded: Loaded[Any],
    as_row: Callable[[Any], Mapping[str, str]],
    fields: Sequence[Field],
    answers: Mapping[str, str],
    make: Callable[[Row], Callable[..., Any]],
    then: Callable[[Any], None],
) -> None:
    """Store what was answered on the message line over what was offered there; otherwise as `Storing.write`.

    Args:
        loaded: from which the offers were taken.
        fields: named and shown as they are where two differ.
        answers: by key of a field.
        make: the act, called with the context, of the answers as they are then.
    """
    values = dict(answers)
    storing = Storing(screen, as_row, lambda: fields, lambda: dict(values), values.update)
    storing.begin(loaded)

    def store() -> None:
        storing.write(make(values), then, store)

    store()


def told_by(change: Change[Any] | None) -> str:
    """Who changed it and when, in Chinese."""
    return _NOBODY if change is None else f"{change.by} {change.at:%Y-%m-%d %H:%M}"
