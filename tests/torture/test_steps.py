"""The command for a night of steps knows every machine, and counts what they do."""

from tests.attacks.test_dishonest_clerk import DishonestClerkOnDays
from tests.attacks.test_dishonest_clerk_and_neighbours import DishonestClerkAndNeighbours
from tests.attacks.test_dishonest_clerk_at_the_bank import DishonestClerkBehindTheBank
from tests.torture.steps import machines


def test_it_knows_all_six_machines() -> None:
    found = machines()
    assert len(found) == 6
    assert {DishonestClerkOnDays, DishonestClerkAndNeighbours, DishonestClerkBehindTheBank} <= {*found}
