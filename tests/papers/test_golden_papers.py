"""The papers of the counter: each on a full case and on one of which nothing is known."""

import pytest

from tests.papers.golden import CASES, PAPERS, described, golden_path, paper_of


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("form", PAPERS)
def test_each_paper_is_cell_by_cell_as_it_was_looked_at(form: str, case: str) -> None:
    content = paper_of(form, case)
    assert described(content) == golden_path(form, case).read_text(encoding="utf-8")
    assert paper_of(form, case) == content
