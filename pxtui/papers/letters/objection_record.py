"""异议受理登记表: who objects to what of a public notice, what was found, and what came of it."""

from pxtui.papers.writing.letter import NOTE, Fields, Layout, Opinions, Text

LAYOUTS = (
    Layout(
        "异议受理登记表",
        before=(
            Fields(
                (
                    ("notice_paper", "publicity_days"),
                    ("applicant_name",),
                    ("case_number", "objected_day"),
                    ("objector", "objector_kind"),
                    ("objector_phone",),
                )
            ),
            Opinions(("objection", "finding", "outcome"), height=48),
            Text("keeping", NOTE),
        ),
    ),
)
