"""Splitting pages into blocks and judging every block: kept or set aside, each with the rule that decided.

Pure functions of text and rules; nothing is deleted, fetched or executed.
"""
