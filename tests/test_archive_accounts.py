"""Accounts: kept so that nobody learns a password, changed with an event, and never all lost."""

import threading
from collections.abc import Callable

import pytest

from archive import passwords
from archive.errors import (
    BadPassword,
    BadUserName,
    LastAdmin,
    TooManyAttempts,
    UnknownRole,
    UnknownToken,
    UnknownUser,
    UserThere,
)
from archive.passwords import Cost, check_new_password, hash_password, is_password
from archive.people import Notice, User, check_user_name, make_name_key
from archive.store import Store
from archive.store.sessions import IDLE, LONGEST, MOST_BY_ADDRESS, MOST_BY_NAME, WINDOW

GOOD = "seven grey herons at dawn"
NEW = "a barge of wet barley"


@pytest.fixture
def ann(store: Store) -> User:
    """Return an admin."""
    return store.accounts.add("Ann", "admin", GOOD, by="a test")


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1_000_000_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock(store: Store) -> Clock:
    """Return the clock by which sessions end."""
    store.sessions.clock = made = Clock()
    return made


def test_a_password_is_kept_as_a_costly_hash() -> None:
    """The cost is one of OWASP's, stands in the hash, and two hashes of one password differ."""
    assert Cost(2**15, 8, 3) == passwords.Cost(n=2**15, r=8, p=3)
    one, two = hash_password(GOOD), hash_password(GOOD)
    assert one != two
    assert one.split("$")[:4] == ["scrypt", "2", "1", "1"]
    assert (is_password(GOOD, one), is_password(GOOD + "x", one), is_password("", one)) == (True, False, False)


def test_an_old_hash_is_read_with_its_own_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the cost is raised, passwords of before still open."""
    kept = hash_password(GOOD)
    monkeypatch.setattr(passwords, "COST", Cost(4, 1, 1))
    assert is_password(GOOD, kept)


def test_a_password_is_the_same_however_a_keyboard_writes_it() -> None:
    """Composed and decomposed letters are one."""
    assert is_password("cafe\u0301 au lait noir", hash_password("caf\u00e9 au lait noir"))


@pytest.mark.parametrize(
    "password",
    ["", "short", "x" * 11, "x" * 201, "aaaaaaaaaaaaaaaa", "password12345", "Ann Ann Ann Ann", "passwordpassword"],
)
def test_an_easy_password_is_refused(password: str) -> None:
    """What is short, the name, common, or one character again and again is no password."""
    with pytest.raises(BadPassword, match="Choose another"):
        check_new_password(password, "Ann")


@pytest.mark.parametrize("name", ["Ann", "N. Karim", "O'Neill", "علي حسن", "नीलम", "李雷", "a@b.example", "Zoë-2"])
def test_a_name_of_any_script_is_kept(name: str) -> None:
    """People are called as they are called."""
    assert check_user_name(f" {name}  ") == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "x" * 61,
        "a\u202eb",
        "a\x00b",
        "<b>",
        "dateline",
        "ＤＡＴＥＬＩＮＥ",
        "-x",
        ".",
        "a\u200bb",
        "a/b",
        "\u0301a",
    ],
)
def test_a_name_that_deceives_is_refused(name: str) -> None:
    """No control, no direction mark, no markup, and not the name that software signs with."""
    with pytest.raises(BadUserName, match="cannot be the name"):
        check_user_name(name)


def test_names_that_read_alike_are_one(store: Store, ann: User) -> None:
    """Case and width make no second person."""
    assert make_name_key("ＡＮＮ") == make_name_key(ann.name)
    with pytest.raises(UserThere, match="'ann'"):
        store.accounts.add("ann", "curator", GOOD, by="a test")
    assert store.accounts.named("ANN") == ann


@pytest.mark.usefixtures("ann")
def test_every_change_is_in_the_log_without_a_secret(store: Store) -> None:
    """Who, when, before and after; no password, no hash, no token."""
    accounts = store.accounts
    bob = accounts.add("Bob", "curator", NEW, by="Ann")
    accounts.set_role(bob.number, "researcher", by="Ann")
    accounts.set_password(bob.number, GOOD, by="Bob")
    token, secret = accounts.make_token(bob.number, "harvest", by="Bob")
    accounts.revoke_token(bob.number, token.number, by="Bob")
    accounts.disable(bob.number, by="Ann")
    events = [event for event in store.events() if event.type == "account change"][1:]
    assert [event.agent for event in events] == ["Ann", "Ann", "Bob", "Bob", "Bob", "Ann"]
    assert events[1].before == {"user": "Bob", "role": "curator", "disabled": False}
    assert events[1].after == {"user": "Bob", "role": "researcher", "disabled": False}
    written = repr(events)
    assert not any(word in written for word in (NEW, GOOD, secret, "scrypt"))


def test_the_last_admin_cannot_be_lost(store: Store, ann: User) -> None:
    """Neither by another role nor by closing the account, until there is another."""
    with pytest.raises(LastAdmin, match="only admin"):
        store.accounts.disable(ann.number, by="Ann")
    with pytest.raises(LastAdmin, match="only admin"):
        store.accounts.set_role(ann.number, "curator", by="Ann")
    bob = store.accounts.add("Bob", "admin", NEW, by="Ann")
    assert store.accounts.disable(ann.number, by="Bob").disabled
    with pytest.raises(LastAdmin):
        store.accounts.set_role(bob.number, "reader", by="Bob")


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda accounts: accounts.named("nobody"), UnknownUser),
        (lambda accounts: accounts.user(99), UnknownUser),
        (lambda accounts: accounts.set_role(1, "king", by="x"), UnknownRole),
        (lambda accounts: accounts.revoke_token(1, 5, by="x"), UnknownToken),
        (lambda accounts: accounts.make_token(99, "x", by="x"), UnknownUser),
        (lambda accounts: accounts.set_password(1, "short", by="x"), BadPassword),
    ],
)
@pytest.mark.usefixtures("ann")
def test_what_cannot_be_done_is_said(store: Store, act: Callable[[object], object], error: type[Exception]) -> None:
    """Each refusal is a failure of its own, and nothing has changed."""
    before = store.last_event()
    with pytest.raises(error):
        act(store.accounts)
    assert store.last_event() == before


def test_a_session_is_known_by_its_secret_alone(store: Store, ann: User) -> None:
    """The database has a digest; what it has opens nothing."""
    secret = store.sessions.begin(ann)
    found = store.sessions.find(secret)
    assert found is not None
    assert found.user == ann
    assert store.sessions.find(found.digest) is None
    assert secret.encode() not in store.home.database.read_bytes()


def test_a_session_ends_unused_after_a_day_and_used_after_a_week(store: Store, ann: User, clock: Clock) -> None:
    """Idle and absolute bounds both hold."""
    secret = store.sessions.begin(ann)
    clock.now += IDLE - 1
    assert store.sessions.find(secret)
    clock.now += IDLE - 1
    assert store.sessions.find(secret), "it was used in between"
    clock.now += IDLE
    assert store.sessions.find(secret) is None
    secret, started = store.sessions.begin(ann), clock.now
    while clock.now < started + LONGEST - IDLE:
        clock.now += IDLE / 2
        assert store.sessions.find(secret)
    clock.now = started + LONGEST
    assert store.sessions.find(secret) is None


@pytest.mark.usefixtures("ann")
def test_a_closed_account_and_a_new_password_end_sessions_at_once(store: Store) -> None:
    """Whoever was in is out, but for the browser the password was changed in; a token of a closed account is dead."""
    bob = store.accounts.add("Bob", "curator", NEW, by="Ann")
    here, there = store.sessions.begin(bob), store.sessions.begin(bob)
    session = store.sessions.find(here)
    assert session is not None
    store.accounts.set_password(bob.number, GOOD, by="Bob", keep=session.digest)
    assert (store.sessions.find(here) is None, store.sessions.find(there) is None) == (False, True)
    _, token = store.accounts.make_token(bob.number, "x", by="Bob")
    assert store.sessions.bearer(token) is not None
    store.accounts.disable(bob.number, by="Ann")
    assert (store.sessions.find(here), store.sessions.bearer(token)) == (None, None)
    store.accounts.enable(bob.number, by="Ann")
    assert (store.sessions.find(here) is None, store.sessions.bearer(token) is None) == (True, False)


def test_a_revoked_token_opens_nothing(store: Store, ann: User) -> None:
    """Once revoked, for good; its day of use is kept."""
    token, secret = store.accounts.make_token(ann.number, "harvest\n<b>", by="Ann")
    assert store.sessions.bearer(secret) == ann
    assert store.accounts.tokens(ann.number)[0].used
    store.accounts.revoke_token(ann.number, token.number, by="Ann")
    assert store.sessions.bearer(secret) is None
    assert secret.encode() not in store.home.database.read_bytes()


def test_a_closed_account_s_password_is_wrong(store: Store, ann: User) -> None:
    """It is not told apart from a wrong one."""
    bob = store.accounts.add("Bob", "curator", NEW, by=ann.name)
    assert store.sessions.check_password("bob", NEW, "::1") == bob
    store.accounts.disable(bob.number, by=ann.name)
    assert store.sessions.check_password("Bob", NEW, "::1") is None


def test_guessing_is_slowed_for_a_name(store: Store, ann: User, clock: Clock) -> None:
    """After ten wrong passwords the right one is not heard either, from anywhere, until some time has passed."""
    for number in range(MOST_BY_NAME):
        assert store.sessions.check_password("ANN", "wrong", f"10.0.0.{number}") is None
    with pytest.raises(TooManyAttempts, match="Wait 15 minutes") as refused:
        store.sessions.check_password("Ann", GOOD, "10.1.1.1")
    assert refused.value.seconds == WINDOW
    clock.now += WINDOW + 1
    assert store.sessions.check_password("Ann", GOOD, "10.1.1.1") == ann


def test_guessing_is_slowed_for_an_address(store: Store, ann: User) -> None:
    """Many names from one address are guessing too; elsewhere one still signs in."""
    for number in range(MOST_BY_ADDRESS):
        store.sessions.check_password(f"somebody {number}", "wrong", "10.0.0.1")
    with pytest.raises(TooManyAttempts):
        store.sessions.check_password("Ann", GOOD, "10.0.0.1")
    assert store.sessions.check_password("Ann", GOOD, "10.0.0.2") == ann


def test_many_who_sign_in_rightly_do_not_lock_their_address(store: Store, ann: User) -> None:
    """A reading room of people behind one address signs in all day."""
    for _ in range(MOST_BY_ADDRESS + 5):
        assert store.sessions.check_password("Ann", GOOD, "10.0.0.1") == ann


def test_guesses_at_once_are_counted_like_one_after_the_other(store: Store, ann: User) -> None:
    """A try counts before it is answered."""
    refused: list[object] = []

    def guess() -> None:
        try:
            store.sessions.check_password(ann.name, "wrong", "::1")
        except TooManyAttempts as error:
            refused.append(error)

    threads = [threading.Thread(target=guess) for _ in range(MOST_BY_NAME + 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 6


def test_an_unknown_name_costs_what_a_known_one_costs(store: Store, ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash is worked out either way, so that the time does not tell who has an account."""
    worked: list[str] = []

    def work(_: str, kept: str) -> bool:
        worked.append(kept)
        return False

    monkeypatch.setattr("archive.store.sessions.is_password", work)
    store.sessions.check_password(ann.name, "wrong", "::1")
    store.sessions.check_password("nobody", "wrong", "::1")
    assert [kept.split("$")[0] for kept in worked] == ["scrypt"] * 2
    assert worked[0] != worked[1]


def test_notices_wait_in_the_session(store: Store, ann: User) -> None:
    """What is to be said is kept with its way back, and gone when cleared."""
    secret = store.sessions.begin(ann)
    session = store.sessions.find(secret)
    assert session is not None
    notice = Notice("Done — <b>", "/undo", (("event", "5"),))
    store.sessions.leave_notice(session, notice)
    found = store.sessions.find(secret)
    assert found is not None
    assert found.notices == (notice,)
    store.sessions.clear_notices(session)
    cleared = store.sessions.find(secret)
    assert cleared is not None
    assert cleared.notices == ()


def test_accounts_do_not_wait_for_an_import(store: Store, ann: User) -> None:
    """While another program holds the right to write for hours, people sign in and accounts are closed."""
    with Store.open(store.home) as other, other.hold():
        bob = store.accounts.add("Bob", "curator", NEW, by=ann.name)
        assert store.sessions.find(store.sessions.begin(bob))
        assert store.accounts.disable(bob.number, by=ann.name).disabled
