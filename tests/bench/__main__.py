"""`python -m tests.bench`: what the program costs, beside its budgets. `python -m tests.bench kills [ENDS]`.

`python -m tests.bench history`, `… imports`, `… lists`, `… signing`, `… rows`, `… keeping [LEARNERS]`,
`… erase [PEOPLE]`, `… extract [LEARNERS]`, `… logins [CLERKS]`, `… verify [ENTRIES]`, `… server [CASES]`,
`… soak [ROWS]`, `… stats [CASES]`, `… check-all [CASES]`, `… sessions [SECONDS [ON_A_SERVER IN_A_FILE]]`,
`… writers [COMMITS [WRITERS]]` `… growth [CASES…]` and `… profiles [CASES…]` measure
one thing alone.
"""

import sys
import tempfile
from pathlib import Path

from tests.bench.check_all import measured_check_all
from tests.bench.erasing import measured_erasing
from tests.bench.extracts import measured_extract
from tests.bench.growth import SIZES, measured_growth
from tests.bench.history_check import measured_history_check
from tests.bench.imports import measured_imports
from tests.bench.keeping import measured_keeping
from tests.bench.keys import measured_keys
from tests.bench.logins import measured_logins
from tests.bench.on_server import measured_on_server
from tests.bench.outside_lists import measured_lists
from tests.bench.profiles import SIZES as PROFILE_SIZES
from tests.bench.profiles import measured_profiles
from tests.bench.returning import measured_returning
from tests.bench.sessions import measured_sessions
from tests.bench.signing import measured_signing_in
from tests.bench.soak import measured_soak
from tests.bench.starts import measured_starts
from tests.bench.statistics import measured_statistics
from tests.bench.stored_rows import measured_stored_rows
from tests.bench.table import Line, Report, print_report
from tests.bench.verifying import measured_verifying
from tests.bench.workbooks import measured_workbooks
from tests.bench.writers import measured_writers
from tests.support.endurance import end_at_random_moments, type_at_pace
from tests.support.rosters import office_with_roster

_ENDS = 300
_SEED = 2020
_PACE_SECONDS = 60


def main(words: list[str]) -> int:
    """Measure and print; 1 where something that was typed is lost."""
    if words[:1] == ["kills"]:
        return _kills(int(words[1]) if len(words) > 1 else _ENDS)
    of_a_size = {
        "verify": measured_verifying,
        "keeping": measured_keeping,
        "erase": measured_erasing,
        "extract": measured_extract,
        "logins": measured_logins,
        "server": measured_on_server,
        "soak": measured_soak,
        "stats": measured_statistics,
        "check-all": measured_check_all,
    }
    if words[:1] and words[0] in of_a_size:
        print_report([of_a_size[words[0]](*map(int, words[1:2]))])
        return 0
    if words[:1] == ["writers"]:
        print_report([measured_writers(*map(int, words[1:3]))])
        return 0
    if words[:1] == ["sessions"]:
        report, faults = measured_sessions(*map(int, words[1:4]))
        print_report([report])
        print("\n".join(faults))
        return 1 if faults else 0
    if words[:1] == ["growth"]:
        print_report([measured_growth([int(word) for word in words[1:]] or SIZES)])
        return 0
    if words[:1] == ["profiles"]:
        print_report([measured_profiles([int(word) for word in words[1:]] or PROFILE_SIZES)])
        return 0
    alone = {
        "history": measured_history_check,
        "imports": measured_imports,
        "lists": measured_lists,
        "signing": measured_signing_in,
        "rows": measured_stored_rows,
    }
    if words[:1] and words[0] in alone:
        print_report([alone[words[0]]()])
        return 0
    reports = [measured_starts(), measured_workbooks(), *(measured() for measured in alone.values())]
    reports += [measured_growth(), measured_profiles()]
    print_report([*measured_keys(), _paced(), measured_returning(), *reports])
    return 0


def _paced() -> Report:
    with tempfile.TemporaryDirectory() as folder:
        pace = type_at_pace(office_with_roster(Path(folder), []), _PACE_SECONDS)
    alike = sum(typed == stored for typed, stored in zip(pace.typed, pace.stored, strict=False))
    measured = f"{alike} of {len(pace.typed)} rows stored as typed, {pace.keys} keys"
    return Report(
        exact=[
            Line("20 keys a second, the database 500 ms slow", measured, "all"),
            Line("keystrokes of a new trainee", f"{pace.keys / len(pace.stored):g}", "3 + 1 + 18 + 11"),
        ]
    )


def _kills(ends: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        told = end_at_random_moments(office_with_roster(Path(folder), []), ends, _SEED)
    print(f"{told.ends} ends at random moments (seed {_SEED}); {told.rows} rows stored, {told.drafts} drafts came back")
    print(f"finished rows that went before they were acknowledged: {told.unsaved}")
    print("\n".join(told.faults) or "nothing acknowledged was lost, no row is half there")
    return 1 if told.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
