"""Dates as texts write them: found, read no more precisely than written, never guessed. Knows no page and no report."""

from archive.description.expressions.finding import (
    FoundDate,
    Matches,
    find_dates,
    read_dates,
    read_expression,
    seek_dates,
)

__all__ = ["FoundDate", "Matches", "find_dates", "read_dates", "read_expression", "seek_dates"]
