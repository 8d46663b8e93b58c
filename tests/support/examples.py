"""How many examples of hypothesis a test that is dear has, under each profile of `tests.conftest`."""

from hypothesis import settings

_SHARES = {"quick": 15, "gate": 100, "search": 1_000}
"""In hundredths of what the gate has."""


def scaled(examples: int) -> int:
    """So many in the gate; ten times as many under the profile `search`, and fewer between two changes."""
    return max(1, examples * _SHARES[settings.get_current_profile_name()] // 100)
