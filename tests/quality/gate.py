"""The gate of quality: pinned floors that cannot sink unnoticed.

`floors.toml` holds, for each corpus, the digest of its files and the least that each measure may reach. A measure
below its floor fails, and so does a corpus other than the one the floors were measured on. To pin anew:

    python -m tests.quality CORPUS
    python -m tests.quality CORPUS --lower-because "why a floor must sink"
"""

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent.parent / "shared"
FLOORS = Path(__file__).parent / "floors.toml"
COMMAND = "python -m tests.quality"

Measures = Mapping[str, int]


class FloorMissed(AssertionError):
    """A measure is below its floor, or the corpus is not the one that was pinned."""


class FloorLowered(Exception):
    """Somebody would pin a lower floor without saying why."""

    def __init__(self, corpus: str, lower: Sequence[str]) -> None:
        super().__init__(
            f"{corpus}: these floors would sink: {'; '.join(lower)}. Nothing was pinned. "
            f'If they must, say why: {COMMAND} {corpus} --lower-because "the reason"',
        )


@dataclass(frozen=True, slots=True)
class Pin:
    """What is pinned of one corpus: its files by pattern, their digest, the floors, and why one was ever lowered."""

    files: tuple[str, ...]
    digest: str
    floors: Mapping[str, int]
    lowered_because: str = ""


def load_pins(file: Path = FLOORS) -> dict[str, Pin]:
    """Return the pins of every corpus."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        name: Pin(tuple(table["files"]), table["digest"], table["floors"], table.get("lowered_because", ""))
        for name, table in tables.items()
    }


def write_pins(pins: Mapping[str, Pin], file: Path = FLOORS) -> None:
    """Write the pins of every corpus."""
    parts = ["# Written by tests/quality/gate.py. Floors are counts: the least that may come out right.\n"]
    for name, pin in pins.items():
        files = ", ".join(f'"{pattern}"' for pattern in pin.files)
        parts.append(f'\n[{name}]\nfiles = [{files}]\ndigest = "{pin.digest}"\n')
        parts.append(f'lowered_because = "{pin.lowered_because}"\n' if pin.lowered_because else "")
        parts.append(f"\n[{name}.floors]\n" + "".join(f'"{key}" = {floor}\n' for key, floor in pin.floors.items()))
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
    missed = [f"{key}: {measured[key]} is below {floor}" for key, floor in pin.floors.items() if measured[key] < floor]
    if missed:
        raise FloorMissed(f"{corpus}: {'; '.join(missed)}")


def pin_anew(corpus: str, measured: Measures, digest: str, pin: Pin, *, because: str = "") -> Pin:
    """Return the new pin of a corpus; raises FloorLowered when a floor would sink and no reason is given."""
    lower = [
        f"{key} from {floor} to {measured.get(key, 'nothing')}"
        for key, floor in pin.floors.items()
        if measured.get(key, -1) < floor
    ]
    if lower and not because.strip():
        raise FloorLowered(corpus, lower)
    reason = because.strip().replace('"', "'").replace("\\", "/") if lower else pin.lowered_because
    return Pin(pin.files, digest, measured, " ".join(reason.split()))


def main(arguments: Sequence[str], measures: Mapping[str, Callable[[], Measures]]) -> int:
    """Measure one corpus and pin what comes out."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Pin the floors of one corpus anew.")
    parser.add_argument("corpus", choices=sorted(measures))
    parser.add_argument("--lower-because", default="", metavar="REASON")
    given = parser.parse_args(arguments)
    pins = load_pins()
    digest = digest_files(find_files(pins[given.corpus]))
    measured = measures[given.corpus]()
    try:
        pins[given.corpus] = pin_anew(given.corpus, measured, digest, pins[given.corpus], because=given.lower_because)
    except FloorLowered as error:
        sys.stderr.write(f"{error}\n")
        return 1
    write_pins(pins)
    sys.stdout.write(f"Pinned {given.corpus}: {dict(measured)}\n")
    return 0
