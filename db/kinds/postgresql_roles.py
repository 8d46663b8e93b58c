"""Who may do what in the database of a register: the accounts of the program, of its upgrades and of its backups."""

from collections.abc import Iterator

from db.models import Row

ONLY_ADDED_TO = {
    # Erasure empties what is under seal, and another key seals it anew; a trigger lets nothing else through.
    "journal_entry": '"before", "after"',
    "chain_link": "",
}
"""The tables whose rows are neither changed nor deleted, and which of their columns may be."""


def statements(owner: str, program: str, backup: str) -> Iterator[str]:
    """The statements that give them their rights, for an administrator of the server; they may be repeated.

    The owner's tables are there already. Whatever a later version of the program adds belongs to the owner alone until
    they are repeated: nothing is open by mistake.

    Args:
        owner: makes and upgrades the tables.
        program: reads and writes; it can neither change nor delete what is only ever added to, nor any table itself.
        backup: reads.
    """
    names = sorted(Row.metadata.tables)
    both = f"{_quoted(program)}, {_quoted(backup)}"
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f"GRANT ALL ON SCHEMA public TO {_quoted(owner)}"
    yield f"GRANT USAGE ON SCHEMA public TO {both}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {both}, PUBLIC"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {both}, PUBLIC"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {both}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {_quoted(program)}"
    changed = ", ".join(_quoted(name) for name in names if name not in ONLY_ADDED_TO)
    yield f"GRANT INSERT, UPDATE, DELETE ON {changed} TO {_quoted(program)}"
    for name, columns in ONLY_ADDED_TO.items():
        rights = f"INSERT, UPDATE ({columns})" if columns else "INSERT"
        yield f"GRANT {rights} ON {_quoted(name)} TO {_quoted(program)}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
