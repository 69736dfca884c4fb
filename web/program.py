"""Which program this is."""

from importlib.metadata import PackageNotFoundError, version


def program() -> str:
    """Return this program's name and version."""
    try:
        return f"Dateline {version('dateline')}"
    except PackageNotFoundError:  # run from a folder without being installed
        return "Dateline"
