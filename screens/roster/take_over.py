"""Whose roster it is: ours as long as the screen stands, or a colleague's, taken over when free or with a reason."""

from collections.abc import Callable
from functools import partial

from pxtui.casework.roster import lease
from pxtui.casework.roster.lease import Holder
from screens.frame.case import CaseScreen
from screens.frame.prompt import reason_fault


class Holding:
    """The lease of the roster that a screen shows."""

    def __init__(self, screen: CaseScreen, ours: Callable[[], None], not_ours: Callable[[], None]) -> None:
        """`ours`: the roster may be keyed here; `not_ours`: it is only to be looked at."""
        self._screen = screen
        self._ours = ours
        self._not_ours = not_ours
        self._taken_from = ""
        """The colleague from whom it was taken with a reason."""
        self.holder: Holder | None = None
        """Who else keys this roster."""

    def take(self) -> None:
        """Take the lease; where no act is taken, because the clock is behind the journal, the roster is looked at."""
        self._screen.write(lease.take, self._screen.number, then=self._answered, failed=self._not_ours, hold=True)

    def renew(self) -> None:
        """Keep the lease."""
        if not self.holder:
            self._screen.write(lease.renew, self._screen.number, then=lambda _: None)

    def give_back(self) -> None:
        """Release the lease."""
        if not self.holder:
            self._screen.write(lease.give_back, self._screen.number, then=lambda _: None)

    def warn_if_held(self) -> bool:
        """Say that the roster is only to be looked at, where it is; whether it is."""
        if self.holder:
            self._screen.warn(self.holder.sentence)
        return bool(self.holder)

    def take_over(self) -> None:
        """Take the roster over; whoever still holds it is named, and a reason asked for."""
        self._screen.write(lease.take, self._screen.number, then=self._ask_where_held, hold=True)

    def _answered(self, holder: Holder | None) -> None:
        if self.holder and not holder:
            self._screen.say(self._taken_sentence(self.holder.name))
        self.holder, self._taken_from = holder, ""
        if self.warn_if_held():
            self._not_ours()
        else:
            self._ours()

    def _taken_sentence(self, name: str) -> str:
        if self._taken_from:
            return f"已接手{self._taken_from}占着的花名册，可以录入；他那边不能再改，理由已记入办理记录。"
        return f"{name}已离开，花名册由你接手，可以录入。"

    def _ask_where_held(self, holder: Holder | None) -> None:
        if holder is None:
            self._screen.load()
            return

        def take(reason: str) -> None:
            taken = partial(self._was_taken, holder.name)
            self._screen.write(lease.take_over, self._screen.number, reason, then=taken, hold=True)

        self._screen.ask(f"{holder.name}还占着这份花名册，立即接手的理由（Esc不接手）：", take, check=reason_fault)

    def _was_taken(self, name: str, _: None) -> None:
        self._taken_from = name
        self._screen.load()
