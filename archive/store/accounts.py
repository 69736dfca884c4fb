"""Who may do what: the accounts of an archive, their roles, passwords and tokens; every change is in the log."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from archive.errors import LastAdmin, UnknownToken, UnknownUser, UserThere
from archive.passwords import check_new_password, digest_secret, hash_password, make_secret
from archive.people import Role, Token, User, check_role, check_user_name, make_name_key
from archive.store.codec import now, plain
from archive.store.events import ACCOUNT, add_event
from archive.store.people_tables import sessions, tokens, users
from archive.store.room import Room

LONGEST_LABEL = 100
TOKEN_MARK = "dateline_"  # noqa: S105  what tokens begin with, so that people and scanners know one when they see it


class Accounts(Room):
    """Who may do what: accounts, their roles, passwords and tokens."""

    _seen = False  # accounts are never deleted: where there was one, there is one

    def any(self) -> bool:
        """Tell whether anybody has an account."""
        if not self._seen:
            with self.snapshot() as connection:
                self._seen = connection.execute(select(users.c.number).limit(1)).first() is not None
        return self._seen

    def users(self, find: str = "") -> tuple[User, ...]:
        """Return everybody who has or had an account, by name; with `find`, those whose name has it."""
        wanted = make_name_key(find)
        with self.snapshot() as connection:
            rows = connection.execute(select(users).order_by(users.c.key)).all()
        return tuple(read_user(row) for row in rows if wanted in row.key)

    def user(self, number: int) -> User:
        """Return the person with this number; raises UnknownUser."""
        with self.snapshot() as connection:
            return read_user(_row(connection, number))

    def named(self, name: str) -> User:
        """Return the person of this name; raises UnknownUser."""
        with self.snapshot() as connection:
            row = find_row(connection, name)
        if row is None:
            raise UnknownUser(name)
        return read_user(row)

    def add(self, name: str, role: str, password: str, *, by: str) -> User:
        """Give a person an account; BadUserName, UnknownRole, BadPassword or UserThere."""
        kept, known = check_user_name(name), check_role(role)
        check_new_password(password, kept)
        hashed = hash_password(password)  # before anybody waits for us: it takes its time by intent
        row = {"name": kept, "key": make_name_key(kept), "role": known, "password": hashed, "disabled": False,
               "added": now()}  # fmt: skip
        with self.beside() as connection:
            if find_row(connection, kept) is not None:
                raise UserThere(kept)
            number = connection.execute(insert(users).values(row).returning(users.c.number)).scalar_one()
            _tell(connection, by, None, {"user": kept, "role": known, "disabled": False})
            return read_user(_row(connection, number))

    def set_role(self, number: int, role: str, *, by: str) -> User:
        """Give a person another role; UnknownUser, UnknownRole or LastAdmin."""
        return self._change(number, by, role=check_role(role))

    def disable(self, number: int, *, by: str) -> User:
        """Let a person in no more, from this moment on; UnknownUser or LastAdmin."""
        return self._change(number, by, disabled=True)

    def enable(self, number: int, *, by: str) -> User:
        """Let a person in again, with the old password and tokens; raises UnknownUser."""
        return self._change(number, by, disabled=False)

    def set_password(self, number: int, password: str, *, by: str, keep: str = "") -> User:
        """Give a person another password and end their sessions but the one with the digest `keep`."""
        person = self.user(number)
        check_new_password(password, person.name)
        hashed = hash_password(password)
        with self.beside() as connection:
            connection.execute(update(users).where(users.c.number == number).values(password=hashed))
            connection.execute(delete(sessions).where(sessions.c.user == number, sessions.c.digest != keep))
            _tell(connection, by, None, {"user": person.name, "password": "changed"})
        return person

    def tokens(self, number: int) -> tuple[Token, ...]:
        """Return the tokens of a person, the newest first, those revoked too."""
        chosen = select(tokens).where(tokens.c.user == number).order_by(tokens.c.number.desc())
        with self.snapshot() as connection:
            return tuple(_read_token(row) for row in connection.execute(chosen))

    def make_token(self, number: int, label: str, *, by: str) -> tuple[Token, str]:
        """Make a token for programs that act for a person; returns it with its secret, which is kept nowhere."""
        secret = TOKEN_MARK + make_secret()
        said = " ".join(plain(label).split())[:LONGEST_LABEL] or "token"
        row = {"user": number, "digest": digest_secret(secret), "label": said, "added": now()}
        with self.beside() as connection:
            person = read_user(_row(connection, number))
            made = connection.execute(insert(tokens).values(row).returning(tokens)).one()
            _tell(connection, by, None, {"user": person.name, "token": made.number, "label": said})
            return _read_token(made), secret

    def revoke_token(self, number: int, token: int, *, by: str) -> Token:
        """Make a token of a person worth nothing, for good; raises UnknownToken."""
        mine = (tokens.c.user == number) & (tokens.c.number == token)
        with self.beside() as connection:
            row = connection.execute(select(tokens).where(mine)).one_or_none()
            if row is None:
                raise UnknownToken(token)
            if row.revoked is None:
                connection.execute(update(tokens).where(mine).values(revoked=now()))
                said = {"user": _row(connection, number).name, "token": token}
                _tell(connection, by, said | {"revoked": False}, said | {"revoked": True})
            return _read_token(connection.execute(select(tokens).where(mine)).one())

    def _change(self, number: int, by: str, *, role: Role | None = None, disabled: bool | None = None) -> User:
        with self.beside() as connection:
            row = _row(connection, number)
            values: dict[str, object] = {"role": role or row.role, "disabled": row.disabled}
            if disabled is not None:
                values["disabled"] = disabled
            before = {"role": row.role, "disabled": row.disabled}
            if values == before:
                return read_user(row)
            leaves = values["disabled"] or values["role"] != "admin"
            if row.role == "admin" and not row.disabled and leaves and _count_admins(connection) == 1:
                raise LastAdmin(row.name)
            connection.execute(update(users).where(users.c.number == number).values(**values))
            if values["disabled"]:
                connection.execute(delete(sessions).where(sessions.c.user == number))
            _tell(connection, by, {"user": row.name, **before}, {"user": row.name, **values})
            return read_user(_row(connection, number))


def find_row(connection: Connection, name: str) -> Row[Any] | None:
    """Return the row of the person of this name, whatever its case; None when there is nobody."""
    return connection.execute(select(users).where(users.c.key == make_name_key(plain(name)))).one_or_none()


def read_user(row: Row[Any]) -> User:
    """Return the person of a row of the table of users."""
    return User(row.number, row.name, check_role(row.role), row.disabled, row.added)


def _row(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(select(users).where(users.c.number == number)).one_or_none()
    if row is None:
        raise UnknownUser(str(number))
    return row


def _count_admins(connection: Connection) -> int:
    chosen = select(func.count()).select_from(users).where(users.c.role == "admin", users.c.disabled.is_(False))
    return connection.execute(chosen).scalar_one()


def _read_token(row: Row[Any]) -> Token:
    return Token(row.number, row.label, row.added, row.used, row.revoked)


def _tell(connection: Connection, by: str, before: Mapping[str, object] | None, after: Mapping[str, object]) -> None:
    add_event(connection, ACCOUNT, agent=by, before=before, after=after)
