"""What the screens of one case share: they hold its number, show its head, and lead to the next step."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from textual.events import Resize

from pxtui.casework.lifecycle import cases
from pxtui.casework.lifecycle.cases import CaseSummary
from pxtui.casework.office import versions
from pxtui.casework.profiles import enterprise as enterprise_profile
from pxtui.casework.profiles import person as person_profile
from pxtui.policy.parameters import Notice
from screens.frame.head import head
from screens.frame.screen import StepScreen

Answer = TypeVar("Answer")

_BEHIND_THE_KEY = 0.02
"""Seconds, in which a key has long been answered."""


class CaseScreen(StepScreen):
    """A screen about one case. It keeps the number; everything else it asks for anew."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self._case_in_head: CaseSummary | None = None
        self._since = 0
        """Id of the newest entry of the journal when the screen was filled."""
        self._draft_due: asyncio.TimerHandle | None = None

    @property
    def today(self) -> date:
        """The day on which is worked; known since the register is open."""
        standing = self.counter.standing
        assert standing is not None
        return standing.today

    @property
    def notice(self) -> Notice:
        """The newest notice of the register: what lists are chosen from."""
        return self.counter.rulebook.latest

    def opened(self) -> None:
        """Show the head, then the work."""
        self.counter.case_at_hand = self.number
        self.look_again()
        self.read(cases.look_up, self.number, then=self._show_head, hold=True)
        self.load()

    def came_back(self) -> None:
        """Back from another screen: the case may stand elsewhere now."""
        self.look_again()
        if self.number:
            self.read(cases.look_up, self.number, then=self._show_head)

    def look_again(self) -> None:
        """From here on a colleague's act is one that this screen does not show."""
        self.read(versions.newest, then=self._note_newest)

    def _note_newest(self, newest: int) -> None:
        self._since = newest

    def write(
        self,
        function: Callable[..., Answer],
        *arguments: object,
        then: Callable[[Answer], None],
        failed: Callable[[], None] = lambda: None,
        hold: bool = False,
    ) -> None:
        """A refusal names the colleague who was sooner; see `versions.attempt`."""
        # Before it is known since when the screen shows what it shows, nobody is said to have been sooner.
        if not self._since or versions.goes_beside_others(function, arguments):
            super().write(function, *arguments, then=then, failed=failed, hold=hold)
            return
        about = next((given for given in arguments[:1] if isinstance(given, str)), self.number)

        super().write(
            versions.attempt,
            self._since,
            about,
            versions.Bound(function, arguments),
            then=then,
            failed=failed,
            hold=hold,
        )

    def load(self) -> None:
        """Ask for what the screen shows."""

    def reveal(self, function: Callable[..., str], *arguments: object) -> None:
        """Ctrl+C: tell full numbers until the next key; the register notes who looked."""
        self.write(function, self.number, *arguments, then=self.say, hold=True)

    def open_person(self, place: int) -> None:
        """Ctrl+Y: the page of the person in a row of the roster, from 0."""
        self.read(
            person_profile.key_of_row, self.number, place, then=lambda key: self.counter.open("person", key), hold=True
        )

    def open_enterprise(self) -> None:
        """Ctrl+Y where the case itself is meant: the page of its enterprise."""

        def show(applicant: int) -> None:
            self.counter.open("enterprise", applicant)

        self.read(enterprise_profile.of_case, self.number, then=show, hold=True)

    def head_shown(self, case: CaseSummary) -> None:
        """The head is there: whoever needs the stage takes it from here."""

    def go_on_to(self, room: str, *arguments: object) -> None:
        """Take another screen of the case in the place of this one."""
        self.counter.go_on_to(room, self.number, *arguments)

    def check(self) -> None:
        """Take the check in the place of this screen; Esc leads back here."""
        self.go_on_to("eligibility", self.name_in_keymap)

    def keep_draft(self) -> None:
        """Keep what is typed and not stored; nothing where nothing is."""
        self._draft_is_kept()
        self.counter.keep_draft(self.name_in_keymap, self.number, self.draft())

    def keep_draft_soon(self) -> None:
        """Keep it when the key that was just taken is on the screen: a thread at work would hold that up."""
        if self._draft_due is None:
            self._draft_due = asyncio.get_running_loop().call_later(_BEHIND_THE_KEY, self._keep_due)

    def forget_draft(self) -> None:
        """What was typed is stored."""
        self._draft_is_kept()
        self.counter.keep_draft(self.name_in_keymap, self.number, None)

    def leave(self) -> None:
        """Nothing that was typed is still to be kept when the screen is gone."""
        if self._draft_due is not None:
            self._keep_due()
        super().leave()

    def _keep_due(self) -> None:
        self._draft_is_kept()
        if self.is_attached:
            self.counter.keep_draft(self.name_in_keymap, self.number, self.draft())

    def _draft_is_kept(self) -> None:
        if self._draft_due is not None:
            self._draft_due.cancel()
            self._draft_due = None

    def do_papers(self) -> None:
        """F9."""
        self.counter.open("papers", self.number)

    def do_menu(self) -> None:
        """F10."""
        self.counter.open("menu", self.number)

    def _show_head(self, case: CaseSummary) -> None:
        self._case_in_head = case
        self._draw_head()
        self.head_shown(case)

    def _draw_head(self) -> None:
        if self._case_in_head is not None:
            self.show_case(*head(self._case_in_head, self.app.size.width))

    def on_resize(self, event: Resize) -> None:
        """The head fits the new width."""
        self._draw_head()
