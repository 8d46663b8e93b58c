"""The rights of the accounts on a server, as an administrator pipes them to psql."""

from pathlib import Path

from tests.support.office import Office


def test_the_rights_are_written_without_a_register(tmp_path: Path) -> None:
    said = Office(tmp_path).say("db", "roles", "--program", "guitai", "--backup", 'be"ifen')
    lines = said.splitlines()
    assert all(line.endswith(";") for line in lines)
    assert 'GRANT INSERT, UPDATE ("before", "after") ON "journal_entry" TO "guitai";' in lines
    assert 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO "guitai", "be""ifen";' in lines
