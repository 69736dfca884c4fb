"""A check that the three import names are ours: another distribution may own `web`, say, and pip does not mind."""

from importlib.metadata import packages_distributions

OURS = "dateline"
NAMES = ("archive", "indexer", "web")


def find_foreign_owners() -> dict[str, tuple[str, ...]]:
    """Return, for each of our import names that another distribution owns too, the names of those distributions."""
    # An editable checkout lists itself twice, hence the set.
    owners = {name: set(packages_distributions().get(name, ())) for name in NAMES}
    return {name: tuple(sorted(found - {OURS})) for name, found in owners.items() if found - {OURS}}


def warn_of_foreign_owners() -> str | None:
    """Return the sentence to print when another distribution has a package of ours, or None."""
    foreign = find_foreign_owners()
    if not foreign:
        return None
    listed = "; ".join(f"'{name}' also belongs to {', '.join(owners)}" for name, owners in foreign.items())
    return (
        f"Another installed package uses the same import name as Dateline ({listed}), and one may overwrite the other. "
        "Install Dateline in an environment of its own: pipx install dateline"
    )
