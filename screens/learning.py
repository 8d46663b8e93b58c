"""Step 5: hours and results of the trainees, imported from an Attachment 4 or keyed."""

from datetime import date

from pxtui.casework import roster
from screens.entry.fields import Field
from screens.roster import Roster
from screens.roster_rows import result_fields


class Learning(Roster):
    """The sheet of Attachment 4: who it is stands there, hours and result are keyed."""

    name_in_registry = "learning"
    step = 5
    heading = "学习记录（附件4）"
    grows = False

    def fields(self, today: date) -> tuple[Field, ...]:
        """The columns."""
        return result_fields()

    def do_complete(self) -> None:
        """Ctrl+A."""
        if not self.may_change():
            return
        self.sheet.finish()
        self.write(roster.complete_all, self.number, then=lambda _: self.load(), hold=True)

    def do_next(self) -> None:
        """On to the claim."""
        self.finish()
        self.go_on_when_stored("claim")

    def help_texts(self) -> tuple[str, ...]:
        """What the sheet is for."""
        return (
            "学习记录：名单来自开班批准的花名册。F6导入企业报来的附件4，或逐人录入完成学时和考核结果；"
            "Ctrl+A先全员按完成、合格填好，再改个别人。",
        )
