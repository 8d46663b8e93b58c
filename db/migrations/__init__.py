"""The steps from one schema to the next, and what Alembic needs to take them."""
