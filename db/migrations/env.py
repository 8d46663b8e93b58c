"""Alembic runs this for each upgrade, inside the transaction that `db.upgrade` has begun."""

from alembic import context

from db.models import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    # SQLite can roll back a change of schema; Alembic takes it for a database that cannot.
    transactional_ddl=True,
)
context.run_migrations()
