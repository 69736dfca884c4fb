"""Imported once by the process that workers are copied from, so that none of them loads this by itself."""

import gc

from archive.authorities import load_actors, load_places
from archive.pipeline import describe_page
from archive.ready import make_ready

__all__ = ["describe_page", "make_ready"]

load_actors()
load_places()
gc.freeze()  # what is loaded by now stays shared between the copies
