"""Actors named in a report, each under the form the report prints."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from archive.authorities import Sighting, fold_name, load_actors
from archive.authorities.actors import SHORTEST_FOLDED
from archive.description.own_words import BORDER, OwnWords
from archive.model import Name

SHORT = re.compile(r"[A-Z]{2,6}")
SHORT_FORM = re.compile(r"[ \n][(\[](?P<short>[A-Z]{2,6})[)\]]")  # State Trading Corp (STC)
BEFORE = 200  # code points before a short form in which its whole form is looked for
SMALL = frozenset({"of", "and", "for", "the", "de", "del", "la", "las", "los", "y"})
BRACKETS = frozenset({" (", " ["})  # between a name and its short form


def describe_names(own: OwnWords) -> tuple[Name, ...]:
    """Return each printed form of each actor with its count, most frequent first; comments do not count.

    A short form that the report itself introduces for something else is no actor's: State Trading Corp (STC).
    """
    whole = own.wording.text
    sightings = tuple(_leave_doubtful(whole, tuple(load_actors().find_in(own.wording))))
    others: set[str] = set()
    short = {one.printed for one in sightings if SHORT.fullmatch(one.printed) is not None}
    bracketed = [form for one in short for form in (f"({one})", f"[{one}]", f"({one}]", f"[{one})") if form in whole]
    if bracketed:
        texts = (one.block.text for one in own.blocks)
        others = {form for text in texts if any(map(text.__contains__, bracketed))
                  for form in _introduced_for_others(text)}  # fmt: skip
    counts: Counter[tuple[str, str]] = Counter()
    for sighting in sightings:
        if sighting.printed in others:
            continue
        if len(sighting.printed) < SHORTEST_FOLDED and _text_around(whole, sighting).isupper():
            continue  # THE WAR IS OVER: in capitals throughout, two letters are a word
        counts[sighting.actor.id, " ".join(sighting.printed.split())] += 1
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple(Name(actor, printed, count) for (actor, printed), count in ordered)


def _text_around(whole: str, sighting: Sighting) -> str:
    end = whole.find(BORDER, sighting.end)
    return whole[whole.rfind(BORDER, 0, sighting.start) + 1 : end if end >= 0 else len(whole)]


def _introduced_for_others(text: str) -> Iterator[str]:
    """Yield the short forms of actors that a text introduces for a name which is none of theirs."""
    for found in SHORT_FORM.finditer(text):
        actor = load_actors().variants_of(found["short"])
        if actor is None:
            continue
        before = text[max(0, found.start() - BEFORE) : found.start()]
        words = [word for word in before.split() if word.lower() not in SMALL][-len(found["short"]) :]
        initials = "".join(word[0] for word in words).upper()
        if initials == found["short"] and not _is_named(actor.variants, before):
            yield found["short"]


def _is_named(variants: Sequence[str], words: str) -> bool:
    folded = fold_name(words)
    return any(folded.endswith(fold_name(variant)) for variant in variants if " " in variant)


def _leave_doubtful(text: str, sightings: Sequence[Sighting]) -> Iterator[Sighting]:
    """Yield the sightings but for a name beside a short form that is another actor's: then it is not ours to say.

    People's Liberation Army (EPL) is Colombia's, whoever else has an army of that name; EPL itself is told.
    """
    for one, following in zip_longest(sightings, sightings[1:]):
        if following is not None and " " in one.printed and text[one.end : following.start] in BRACKETS:
            short = following.printed.isupper() and " " not in following.printed
            if short and following.actor.id != one.actor.id:
                continue
        yield one
