"""公示网页存证单: where a public notice stood, the SHA-256 of the file that proves it, and room for the picture."""

from pxtui.papers.writing.letter import NOTE, Fields, Layout, Opinions, Stamp, Text

LAYOUTS = (
    Layout(
        "公示网页存证单",
        before=(
            Fields(
                (
                    ("batch_number", "notice_paper"),
                    ("applicant_name",),
                    ("case_number", "heads"),
                    ("starts_day", "publicity_ends_day"),
                    ("amount",),
                    ("page_address",),
                    ("proof_name",),
                    ("proof_digest",),
                    ("noted_by", "noted_at"),
                    ("proof_place",),
                )
            ),
            Opinions(("picture",), height=70),
            Text("compared", NOTE),
            Stamp(),
        ),
    ),
)
