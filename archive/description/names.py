"""Actors named in a report, each under the form the report prints."""

from collections import Counter

from archive.authorities import load_actors
from archive.authorities.actors import SHORTEST_FOLDED
from archive.cleaning.cleaned import CleanedPage
from archive.model import BODY_KINDS, Name


def describe_names(cleaned: CleanedPage) -> tuple[Name, ...]:
    """Return each printed form of each actor with its count, most frequent first; comments do not count."""
    counts: Counter[tuple[str, str]] = Counter()
    for judged in cleaned.of_kind("title", "caption", *BODY_KINDS):
        for sighting in load_actors().find_all(judged.block.text):
            if len(sighting.printed) < SHORTEST_FOLDED and judged.block.text.isupper():
                continue  # THE WAR IS OVER: in capitals throughout, two letters are a word
            counts[sighting.actor.id, " ".join(sighting.printed.split())] += 1
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple(Name(actor, printed, count) for (actor, printed), count in ordered)
