"""The three import names: ours alone, and said loudly when they are not."""

import pytest

from web.cli import names


@pytest.mark.slow
def test_no_other_distribution_owns_our_names() -> None:
    """In the environment of the tests nobody else installs `archive`, `indexer` or `web`."""
    assert names.find_foreign_owners() == {}


def test_a_foreign_owner_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """When another distribution owns a name too, the warning names it and the way out."""
    owners = {"web": ["web.py", "dateline"], "archive": ["dateline", "dateline"]}
    monkeypatch.setattr(names, "packages_distributions", lambda: owners)
    warning = names.warn_of_foreign_owners()
    assert warning is not None
    assert "'web' also belongs to web.py" in warning
    assert "pipx install dateline" in warning
