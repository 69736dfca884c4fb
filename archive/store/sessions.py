"""Who is signed in: sessions, tokens as they are used, and how many wrong passwords are heard.

Nothing here is an event: signing in changes nothing that the archive holds.
"""

import json
import time
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from archive.errors import HomeBusy, TooManyAttempts
from archive.passwords import digest_secret, hash_password, is_password, make_secret
from archive.people import Notice, Session, User, make_name_key
from archive.store.access import Access
from archive.store.accounts import find_row, read_user
from archive.store.codec import now
from archive.store.people_tables import attempts, sessions, tokens, users
from archive.store.room import Room

if TYPE_CHECKING:
    from collections.abc import Callable

HOUR = 60 * 60
IDLE, LONGEST = 8 * HOUR, 7 * 24 * HOUR  # a session ends after a working day without use, and after a week
REFRESH = 5 * 60  # how exactly we know when a session was last used
WINDOW = 15 * 60  # wrong passwords are remembered so long
MOST_BY_NAME, MOST_BY_ADDRESS = 10, 50
MOST_NOTICES = 5


class Sessions(Room):
    """Who is signed in; `clock` gives the seconds since 1970."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self.clock: Callable[[], float] = time.time

    def check_password(self, name: str, password: str, address: str) -> User | None:
        """Return the person of this name and password; None when they are wrong, or the account is disabled.

        A try counts before it is answered, so that many at once are no way around TooManyAttempts.
        """
        keys = (f"name {make_name_key(name)[:200]}", f"address {address}")
        counted = self._count_attempt(keys)
        with self.snapshot() as connection:
            row = find_row(connection, name)
        # For a name that nobody has it takes as long to say no.
        right = is_password(password, _nobody() if row is None else row.password)
        if row is None or not right or row.disabled:
            return None
        with self.beside() as connection:
            connection.execute(delete(attempts).where((attempts.c.key == keys[0]) | attempts.c.number.in_(counted)))
        return read_user(row)

    def begin(self, user: User) -> str:
        """Begin a session and return its secret, which the browser keeps and we do not."""
        secret, at = make_secret(), self._now()
        row = {"digest": digest_secret(secret), "user": user.number, "started": at, "seen": at, "notices": "[]"}
        with self.beside() as connection:
            connection.execute(delete(sessions).where(_over(at)))
            connection.execute(insert(sessions).values(row))
        return secret

    def find(self, secret: str) -> Session | None:
        """Return the session of this secret; None when it is over, or the account is disabled."""
        at, digest = self._now(), digest_secret(secret)
        chosen = select(users, sessions.c.digest, sessions.c.started, sessions.c.seen, sessions.c.notices)
        with self.snapshot() as connection:
            row = connection.execute(
                chosen.join(sessions, sessions.c.user == users.c.number).where(
                    sessions.c.digest == digest, users.c.disabled.is_(False), ~_over(at)
                )
            ).one_or_none()
        if row is None:
            return None
        if at - row.seen >= REFRESH:
            self._note_use(digest, at)
        return _read_session(row)

    def of(self, user: User) -> tuple[Session, ...]:
        """Return the sessions of a person that are not over, the latest first."""
        chosen = select(users, sessions.c.digest, sessions.c.started, sessions.c.seen, sessions.c.notices)
        mine = chosen.join(sessions, sessions.c.user == users.c.number).where(users.c.number == user.number)
        with self.snapshot() as connection:
            rows = connection.execute(mine.where(~_over(self._now())).order_by(sessions.c.seen.desc()))
            return tuple(_read_session(row) for row in rows)

    def end(self, secret: str) -> None:
        """End the session of this secret, if there is one."""
        with self.beside() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest_secret(secret)))

    def end_others(self, session: Session) -> int:
        """End every other session of the same person; returns how many there were."""
        others = (sessions.c.user == session.user.number) & (sessions.c.digest != session.digest)
        with self.beside() as connection:
            return connection.execute(delete(sessions).where(others)).rowcount

    def leave_notice(self, session: Session, notice: Notice) -> None:
        """Keep what a person is to be told on the next page of this session."""
        mine = sessions.c.digest == session.digest
        with self.beside() as connection:
            kept = connection.execute(select(sessions.c.notices).where(mine)).scalar()
            if kept is not None:
                told = [*json.loads(kept), asdict(notice)][-MOST_NOTICES:]
                connection.execute(update(sessions).where(mine).values(notices=json.dumps(told)))

    def clear_notices(self, session: Session) -> None:
        """Forget what a person has been told."""
        with self.beside() as connection:
            connection.execute(update(sessions).where(sessions.c.digest == session.digest).values(notices="[]"))

    def bearer(self, secret: str) -> User | None:
        """Return the person whose token this is; None when it was revoked, or the account is disabled."""
        chosen = select(users, tokens.c.number.label("token"), tokens.c.used)
        with self.snapshot() as connection:
            row = connection.execute(
                chosen.join(tokens, tokens.c.user == users.c.number).where(
                    tokens.c.digest == digest_secret(secret), tokens.c.revoked.is_(None), users.c.disabled.is_(False)
                )
            ).one_or_none()
        if row is None:
            return None
        day = now()[:10]
        if row.used != day:
            with self.beside() as connection:
                connection.execute(update(tokens).where(tokens.c.number == row.token).values(used=day))
        return read_user(row)

    def _note_use(self, digest: str, at: int) -> None:
        try:
            with self.beside() as connection:
                connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen=at))
        except HomeBusy:
            return  # the next page notes it

    def _count_attempt(self, keys: tuple[str, str]) -> list[int]:
        at = self._now()
        with self.beside() as connection:
            connection.execute(delete(attempts).where(attempts.c.at <= at - WINDOW))
            for key, most in zip(keys, (MOST_BY_NAME, MOST_BY_ADDRESS), strict=True):
                wait = _wait(connection, key, most)
                if wait is not None:
                    raise TooManyAttempts(wait + WINDOW - at)
            rows = [{"key": key, "at": at} for key in keys]
            return list(connection.execute(insert(attempts).returning(attempts.c.number), rows).scalars())

    def _now(self) -> int:
        return int(self.clock())


def _wait(connection: Connection, key: str, most: int) -> int | None:
    """Return when the oldest attempt was, if there have been as many as are heard."""
    chosen = select(func.count(), func.min(attempts.c.at)).where(attempts.c.key == key)
    count, oldest = connection.execute(chosen).one()
    return int(oldest) if count >= most else None


def _over(at: int) -> Any:  # noqa: ANN401  a clause of the toolkit, whose type says nothing
    return (sessions.c.seen <= at - IDLE) | (sessions.c.started <= at - LONGEST)


def _read_session(row: Row[Any]) -> Session:
    notices = tuple(
        Notice(one["text"], one["undo"], tuple((name, value) for name, value in one["fields"]))
        for one in json.loads(row.notices)
    )
    return Session(row.digest, read_user(row), row.started, row.seen, notices)


@cache
def _nobody() -> str:
    """Return a hash that no password has, made once: for names without an account."""
    return hash_password(make_secret())
