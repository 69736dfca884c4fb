"""Proposing a rule file for an outlet from a handful of its pages: a person checks it, then it is a rule file.

Reads what the generic rules make of the pages and writes down what the pages share. Never applied by itself.
"""

from archive.proposing.propose import Proposal, propose_outlet

__all__ = ["Proposal", "propose_outlet"]
