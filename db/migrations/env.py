"""Alembic runs this for each upgrade, inside the transaction that `db.upgrade` has begun."""

from alembic import context

from db.models import Row

context.configure(connection=context.config.attributes["connection"], target_metadata=Row.metadata)
context.run_migrations()
