"""Describing a cleaned page: every value with the rule that found it and its place in the original.

Pure functions; what the page does not say stays unset, with an issue for a librarian where that matters.
"""
