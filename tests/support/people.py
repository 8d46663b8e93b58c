"""People of the staff with ID numbers that are made up, of valid check digits."""

from pxtui.identifiers.id_number import check_character


def id_of(place: int) -> str:
    """The ID number of the staff's person at a place, 0 to 999."""
    first = f"51040219850101{place:03}"
    return first + check_character(first)
