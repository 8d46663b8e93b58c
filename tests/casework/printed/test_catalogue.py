"""The papers that can be asked for are those that can be written."""

from pxtui.casework.printed.catalogue import KINDS, OFFICE_KINDS
from pxtui.papers.letters.catalogue import LETTERS

_NO_LETTERS = {"attachment-1", "attachment-2", "attachment-3", "attachment-4", "pre-review"}
"""The applicant's forms, and the text for a chat."""


def test_every_kind_of_paper_has_a_layout() -> None:
    assert {kind.form for kind in KINDS} | set(OFFICE_KINDS) == set(LETTERS) | _NO_LETTERS
