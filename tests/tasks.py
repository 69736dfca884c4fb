"""Work for workers: short, slow, and of the worst kinds. Imports little, since every new process imports it."""

import os
import re
import signal
import time
from collections.abc import Callable

from archive.errors import BinaryPage
from archive.model import Description, Page
from tests.factories import make_description


def double(number: int) -> int:
    """Answer at once."""
    return number * 2


def misbehave(how: str) -> str:
    """Do to the process what the worst pages do."""
    if how == "sleep":
        time.sleep(60)
    elif how == "spin":
        re.match("(a+)+$", "a" * 60 + "b")  # exponential: never comes back in our lifetime
    elif how == "eat":
        return "x" * len(bytearray(10**9))
    elif how == "recurse":
        return misbehave("recurse")
    elif how == "raise":
        message = "no such thing"
        raise LookupError(message)
    elif how == "refuse":
        raise BinaryPage("a picture")
    elif how.startswith("signal"):
        os.kill(os.getpid(), signal.Signals[how.split()[1]])
    elif how == "exit":
        os._exit(3)
    return how


def describe_or_misbehave(page: Page) -> Description:
    """Describe a page, unless its first line is a misdeed."""
    misbehave(page.text.splitlines()[0])
    return make_description(page)


def slow_start(number: int) -> int:
    """Answer the later the earlier the task was."""
    time.sleep(0.02 / (number + 1))
    return number


class Unwilling:
    """Work that cannot even be unpacked in another process."""

    def __call__(self, task: int) -> int:
        """Never get here."""
        return task

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        """End the process that unpacks this."""
        return os._exit, (5,)
