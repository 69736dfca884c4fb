"""Dates as texts write them: found, read no more precisely than written, never guessed. Knows no page and no report."""

from archive.description.expressions.finding import FoundDate, find_dates, read_expression

__all__ = ["FoundDate", "find_dates", "read_expression"]
