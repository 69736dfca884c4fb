"""Bring archive.db to today's schema; the one file that meets Alembic, imported only when there is work for it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Run every migration this database has not seen, inside the connection's own transaction."""
    command.upgrade(configure(connection), "head")


def configure(connection: Connection | None = None) -> Config:
    """Return Alembic's settings for our migrations, wherever the package is installed."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
