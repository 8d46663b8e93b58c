"""Triggers that refuse to change or delete what is only ever added to, on either database."""

from alembic import op

_FUNCTION = """
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {condition} THEN
            RAISE EXCEPTION USING MESSAGE = '{sentence}';
        END IF;
        RETURN {row};
    END $$
"""


def refuse(name: str, table: str, act: str, sentence: str, condition: str = "") -> None:
    """Have the database refuse an act on a row of a table.

    Args:
        act: INSERT, UPDATE or DELETE.
        condition: on OLD and NEW, in SQL of both databases; empty: always.
    """
    if is_sqlite():
        when = f"WHEN {condition} " if condition else ""
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{sentence}'); END")
        return
    row = "OLD" if act == "DELETE" else "NEW"
    op.execute(_FUNCTION.format(name=name, condition=condition or "true", sentence=sentence, row=row))
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def refuse_replacing(name: str, table: str, sentence: str, condition: str = "") -> None:
    """Refuse what goes round the trigger for a deletion: INSERT OR REPLACE of SQLite, TRUNCATE of PostgreSQL.

    Args:
        condition: on NEW, for SQLite; empty: another trigger of the table refuses it there.
    """
    if is_sqlite():
        if condition:
            refuse(name, table, "INSERT", sentence, condition)
        return
    op.execute(_FUNCTION.format(name=name, condition="true", sentence=sentence, row="NULL"))
    op.execute(f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()")


def no_more(name: str, table: str) -> None:
    """Take such a trigger away."""
    if is_sqlite():
        op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute(f"DROP FUNCTION {name}()")


def is_sqlite() -> bool:
    """Whether the register is a file."""
    return op.get_bind().dialect.name == "sqlite"
