"""What the screens of one case share: they hold its number, show its head, and lead to the next step."""

from pxtui.casework import cases
from pxtui.casework.cases import CaseSummary
from screens.frame import StepScreen


class CaseScreen(StepScreen):
    """A screen about one case. It keeps the number; everything else it asks for anew."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number

    def opened(self) -> None:
        """Show the head, then the work."""
        self.read(cases.look_up, self.number, then=self._show_head, hold=True)
        self.load()

    def came_back(self) -> None:
        """Back from another screen: the case may stand elsewhere now."""
        if self.number:
            self.read(cases.look_up, self.number, then=self._show_head)

    def load(self) -> None:
        """Ask for what the screen shows."""

    def head_shown(self, case: CaseSummary) -> None:
        """The head is there: whoever needs the stage takes it from here."""

    def go_on_to(self, screen: StepScreen) -> None:
        """Take another screen of the case in the place of this one."""
        self.app.switch_screen(screen)

    def do_papers(self) -> None:
        """F9."""
        from screens.papers import Papers

        self.app.push_screen(Papers(self.number))

    def do_menu(self) -> None:
        """F10."""
        from screens.menu import Menu

        self.app.push_screen(Menu(self.number))

    def _show_head(self, case: CaseSummary) -> None:
        days = f"{case.starts_on:%m-%d}至{case.ends_on:%m-%d}"
        parts = (case.display_number, case.applicant_name, case.size, case.occupation)
        self.show_case("  ".join(filter(None, parts)), f"{case.course_hours}学时 {days}")
        self.head_shown(case)
