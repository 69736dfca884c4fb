"""Alembic's entry: run the migrations on the connection the store hands over."""

from alembic import context

from archive.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
