"""The tables of people: accounts, who is signed in, their papers and snapshots; part of the same database."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from archive.store.tables import metadata

# `key` is the name as it is compared: two names that read alike are one. `password` is a hash with its own parameters.
users = Table(
    "users",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("password", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("added", String(30), nullable=False),
    sqlite_autoincrement=True,
)

# Times are seconds since 1970: they are only ever compared. `digest` is that of the cookie's secret.
sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user", Integer, ForeignKey("users.number"), nullable=False),
    Column("started", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("notices", Text, nullable=False),
    Index("sessions_of_user", "user"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("user", Integer, ForeignKey("users.number"), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("added", String(30), nullable=False),
    Column("used", String(30)),
    Column("revoked", String(30)),
    Index("tokens_of_user", "user"),
    sqlite_autoincrement=True,
)

# Wrong passwords of late, by the name they were tried for and by the address they came from.
attempts = Table(
    "attempts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Index("attempts_by_key", "key", "at"),
)

# What a person keeps: lists, notes, saved searches. `reports` is a JSON list of ids; `about` the report of a note.
papers = Table(
    "papers",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(10), nullable=False),
    Column("owner", Integer, ForeignKey("users.number"), nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("reports", Text, nullable=False),
    Column("about", String(20)),
    Column("shared", Boolean, nullable=False),
    Column("looked", Integer, nullable=False),
    Column("found", Integer, nullable=False),
    Column("changed", String(30), nullable=False),
    Column("removed", Boolean, nullable=False),
    Index("papers_of_owner", "owner", "kind", "changed"),
    Index("papers_about_report", "about"),
    sqlite_autoincrement=True,
)

# `ids` are one a line, compressed; `digest` is that of the lines.
snapshots = Table(
    "snapshots",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("owner", Integer, ForeignKey("users.number"), nullable=False),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("last_event", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("ids", LargeBinary, nullable=False),
    Column("taken", String(30), nullable=False),
    Column("public", Boolean, nullable=False),
    Column("removed", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
