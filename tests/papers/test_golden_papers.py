"""The papers of the counter: each on a full case and on one of which nothing is known."""

import pytest

from pxtui.papers.writing.wording import words_of
from tests.papers.asked_names import FILLED_IN_BY_HAND, asked_names
from tests.papers.attachments import FORMS as ATTACHMENTS
from tests.papers.golden import CASES, PAPERS, described, facts_of, golden_path, paper_of


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("form", PAPERS)
def test_each_paper_is_cell_by_cell_as_it_was_looked_at(form: str, case: str) -> None:
    content = paper_of(form, case)
    assert described(content) == golden_path(form, case).read_text(encoding="utf-8")
    assert paper_of(form, case) == content


@pytest.mark.parametrize("form", [form for form in PAPERS if form not in ATTACHMENTS])
def test_the_wording_of_a_paper_has_every_text_that_its_layout_prints_and_no_other(form: str) -> None:
    assert set(words_of(form).labels) == asked_names(form).texts


@pytest.mark.parametrize("form", [form for form in PAPERS if form not in ATTACHMENTS])
def test_every_value_that_a_paper_asks_for_is_among_those_it_is_looked_at_with(form: str) -> None:
    asked = asked_names(form).values - FILLED_IN_BY_HAND.get(form, set())
    assert asked <= set(facts_of(form, "full").values)
