"""Whose roster it is: ours as long as the screen stands, or a colleague's, taken over when free or with a reason."""

from collections.abc import Callable
from functools import partial

from pxtui.casework.roster import lease
from pxtui.casework.roster.lease import Holder
from screens.frame.case import CaseScreen
from screens.frame.prompt import reason_fault


class Holding:
    """The lease of the roster that a screen shows."""

    def __init__(
        self,
        screen: CaseScreen,
        ours: Callable[[bool], None],
        not_ours: Callable[[], None],
        changed: Callable[[], None],
    ) -> None:
        """Make it, not taken yet.

        Args:
            ours: the roster may be keyed here; hears whether a colleague held it since the sheet was read last.
            not_ours: it is only to be looked at.
            changed: whether it may be keyed is no longer what it was.
        """
        self._screen = screen
        self._ours = ours
        self._not_ours = not_ours
        self._changed = changed
        self._taken_from = ""
        """The colleague from whom it was taken with a reason."""
        self._lost_to = ""
        """Who held it while this program was away; empty: nobody did since the sheet was read."""
        self.holder: Holder | None = None
        """Who else keys this roster."""

    @property
    def sentence(self) -> str:
        """Why the roster is only to be looked at, and how it is keyed again; empty: it may be keyed."""
        if self.holder:
            return self.holder.sentence
        if self._lost_to:
            return f"您离线的时候{self._lost_to}录过这份花名册，现在只能查看；按F2读出他录的，再接着录。"
        return ""

    def take(self) -> None:
        """Take the lease; where no act is taken, because the clock is behind the journal, the roster is looked at."""
        self._screen.write(lease.take, self._screen.number, then=self._answered, failed=self._not_ours, hold=True)

    def renew(self) -> None:
        """Keep the lease; where a colleague held it meanwhile, nothing more is keyed into what he may have changed."""
        if not self.sentence:
            self._screen.write(lease.renew, self._screen.number, then=self._renewed)

    def _renewed(self, held_since: str) -> None:
        if held_since and not self.sentence:
            self._lost_to = held_since
            self._changed()
            self.warn_if_held()

    def give_back(self) -> None:
        """Release the lease."""
        if not self.holder:
            self._screen.write(lease.give_back, self._screen.number, then=lambda _: None)

    def warn_if_held(self) -> bool:
        """Say that the roster is only to be looked at, where it is; whether it is."""
        if self.sentence:
            self._screen.warn(self.sentence)
        return bool(self.sentence)

    def take_over(self) -> None:
        """Take the roster over, or again; whoever still holds it is named, and a reason asked for."""
        self._screen.write(lease.take, self._screen.number, then=self._ask_where_held, hold=True)

    def _answered(self, holder: Holder | None) -> None:
        if self.holder and not holder:
            self._screen.say(self._taken_sentence(self.holder.name))
        lost_to, self._lost_to = self._lost_to, ""
        self.holder, self._taken_from = holder, ""
        self._changed()
        if self.warn_if_held():
            self._not_ours()
        else:
            if lost_to:
                self._screen.say(f"已读出{lost_to}录的，可以接着录。")
            self._ours(bool(lost_to))

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
