"""The root of every failure the archive can name."""


class ArchiveError(Exception):
    """Something the archive cannot do, said in one sentence with the next step."""
