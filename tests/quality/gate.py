"""The gate of quality: pinned floors that cannot sink unnoticed.

`floors.toml` holds, for each corpus, the digest of its files and the least that each measure may reach. A measure
below its floor fails, and so does a corpus other than the one the floors were measured on. `reach` is what the
project promises: no floor is ever pinned below it. Each table bears a seal over all of it, so that a floor lowered by
hand fails too. To pin anew:

    python -m tests.quality CORPUS
    python -m tests.quality CORPUS --lower-because "why a floor must sink"
"""

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent.parent / "shared"
FLOORS = Path(__file__).parent / "floors.toml"
COMMAND = "python -m tests.quality"
SHARE = "of 10,000"
NOISE = 15

Measures = Mapping[str, int]


class FloorMissed(AssertionError):
    """A measure is below its floor, or the corpus is not the one that was pinned."""


class SealBroken(AssertionError):
    """Somebody has changed the floors by hand."""

    def __init__(self, corpus: str) -> None:
        super().__init__(f"The table of '{corpus}' in floors.toml was changed by hand. Pin it: {COMMAND} {corpus}")


class FloorLowered(Exception):
    """Somebody would pin a lower floor without saying why."""

    def __init__(self, corpus: str, lower: Sequence[str]) -> None:
        super().__init__(
            f"{corpus}: these floors would sink: {'; '.join(lower)}. Nothing was pinned. "
            f'If they must, say why: {COMMAND} {corpus} --lower-because "the reason"',
        )


@dataclass(frozen=True, slots=True)
class Pin:
    """What is pinned of one corpus: its files by pattern, their digest, the floors, and why one was ever lowered.

    `reach` holds what some of the floors may never fall below. A measure named "… of 10,000" may be NOISE below its
    floor, as far as another training's chance moves it, but not below its reach.
    """

    files: tuple[str, ...]
    digest: str
    floors: Mapping[str, int]
    lowered_because: str = ""
    reach: Mapping[str, int] = field(default_factory=dict)

    @property
    def seal(self) -> str:
        """What the table bears when it was written here: sixteen figures of a digest over all it holds."""
        whole = (self.files, self.digest, sorted(self.floors.items()), self.lowered_because, sorted(self.reach.items()))
        return hashlib.sha256(repr(whole).encode()).hexdigest()[:16]

    def least(self, measure: str) -> int:
        """Return the least that a measure may come to."""
        noise = NOISE if measure.endswith(SHARE) else 0
        return max(self.floors[measure] - noise, self.reach.get(measure, 0))


def load_pins(file: Path = FLOORS, *, sealed: bool = True) -> dict[str, Pin]:
    """Return the pins of every corpus; raises SealBroken when a table is not as it was written, unless told not to."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    pins = {}
    for name, table in tables.items():
        because, reach = table.get("lowered_because", ""), table.get("reach", {})
        pins[name] = Pin(tuple(table["files"]), table["digest"], table.get("floors", {}), because, reach)
        if sealed and pins[name].seal != table["seal"]:
            raise SealBroken(name)
    return pins


def write_pins(pins: Mapping[str, Pin], file: Path = FLOORS) -> None:
    """Write the pins of every corpus."""
    parts = ["# Written by tests/quality/gate.py. Floors are counts: the least that may come out right.\n"]
    for name, pin in pins.items():
        files = ", ".join(f'"{pattern}"' for pattern in pin.files)
        parts.append(f'\n[{name}]\nfiles = [{files}]\ndigest = "{pin.digest}"\nseal = "{pin.seal}"\n')
        parts.append(f'lowered_because = "{pin.lowered_because}"\n' if pin.lowered_because else "")
        for title, table in (("floors", pin.floors), ("reach", pin.reach)):
            if table:
                parts.append(f"\n[{name}.{title}]\n" + "".join(f'"{key}" = {value}\n' for key, value in table.items()))
    file.write_text("".join(parts), encoding="utf-8")


def find_files(pin: Pin, shared: Path = SHARED) -> list[Path]:
    """Return the files of a corpus, sorted; none when the corpora are not here."""
    return sorted(path for pattern in pin.files for path in shared.glob(pattern))


def digest_files(files: Sequence[Path]) -> str:
    """Return one digest of these files, their names and their order."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def need_corpus(corpus: str) -> None:
    """Skip the test when the corpora are not beside the project."""
    if not find_files(load_pins()[corpus]):
        pytest.skip(f"the corpus '{corpus}' is not in ../shared beside the project")


def hold_floors(corpus: str, measured: Measures, digest: str, pin: Pin) -> None:
    """Raise FloorMissed when a measure is below its floor, or the corpus or the list of measures is another."""
    if digest != pin.digest:
        raise FloorMissed(
            f"the files of '{corpus}' are not those that the floors were measured on. "
            f"If that is meant, pin anew: {COMMAND} {corpus}",
        )
    if measured.keys() != pin.floors.keys():
        raise FloorMissed(
            f"{corpus}: measures and floors differ: {sorted(measured.keys() ^ pin.floors.keys())}. {COMMAND} {corpus}"
        )
    missed = [
        f"{key}: {measured[key]} is below {pin.least(key)}" for key in pin.floors if measured[key] < pin.least(key)
    ]
    if missed:
        raise FloorMissed(f"{corpus}: {'; '.join(missed)}")


def pin_anew(corpus: str, measured: Measures, digest: str, pin: Pin, *, because: str = "") -> Pin:
    """Return the new pin of a corpus.

    Raises FloorLowered when a floor would sink and no reason is given, and FloorMissed when it would be below its
    reach, whatever the reason.
    """
    short = [f"{key}: {measured.get(key, 0)} is below {least}" for key, least in pin.reach.items()
             if measured.get(key, 0) < least]  # fmt: skip
    if short:
        raise FloorMissed(f"{corpus}: out of reach, which no reason lowers: {'; '.join(short)}")
    lower = [
        f"{key} from {floor} to {measured.get(key, 'nothing')}"
        for key, floor in pin.floors.items()
        if measured.get(key, -1) < floor
    ]
    if lower and not because.strip():
        raise FloorLowered(corpus, lower)
    reason = because.strip().replace('"', "'").replace("\\", "/") if lower else pin.lowered_because
    return Pin(pin.files, digest, measured, " ".join(reason.split()), pin.reach)


def main(arguments: Sequence[str], measures: Mapping[str, Callable[[], Measures]]) -> int:
    """Measure one corpus and pin what comes out."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Pin the floors of one corpus anew.")
    parser.add_argument("corpus", choices=sorted(measures))
    parser.add_argument("--lower-because", default="", metavar="REASON")
    given = parser.parse_args(arguments)
    pins = load_pins(sealed=False)
    digest = digest_files(find_files(pins[given.corpus]))
    measured = measures[given.corpus]()
    try:
        pins[given.corpus] = pin_anew(given.corpus, measured, digest, pins[given.corpus], because=given.lower_because)
    except (FloorLowered, FloorMissed) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    write_pins(pins)
    sys.stdout.write(f"Pinned {given.corpus}: {dict(measured)}\n")
    return 0
