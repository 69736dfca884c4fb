"""How many processes can work at once on this machine."""

import os


def count_cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # where the system gives out no cores one by one
        return os.cpu_count() or 1
