"""The tests that belong to a part of the program, where TESTS names no others: `python -m tools.belonging PATH…`."""

import sys

_TESTS = {
    "pxtui/casework": ["tests/attacks", "tests/casework", "tests/scenarios"],
    "pxtui/identifiers": ["tests/identifiers", "tests/policy", "tests/scenarios"],
    "pxtui/policy": ["tests/policy", "tests/scenarios"],
    "screens/entry": [
        *("tests/screens/entry/test_form_engine.py", "tests/screens/entry/test_form_keys.py"),
        *("tests/screens/entry/test_sheet_engine.py", "tests/screens/entry/test_sheet_keys.py"),
    ],
}


def tests_of(paths: list[str]) -> list[str]:
    """The files and folders of tests, each once; all tests where a path belongs to no part that is known.

    A path may be a part, a folder or module below it, or a folder above several.
    """
    found: set[str] = set()
    for path in paths:
        parts = [part for part in _TESTS if f"{path}/".startswith(f"{part}/") or f"{part}/".startswith(f"{path}/")]
        if not parts:
            return ["tests"]
        found.update(test for part in parts for test in _TESTS[part])
    return sorted(found)


if __name__ == "__main__":
    print(*tests_of([path.rstrip("/") for path in sys.argv[1:]]))
