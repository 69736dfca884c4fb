"""The gate itself: a floor that is missed fails, another corpus fails, and no floor sinks in silence."""

from pathlib import Path

import pytest

from tests.quality.gate import (
    FLOORS,
    FloorLowered,
    FloorMissed,
    Pin,
    SealBroken,
    digest_files,
    hold_floors,
    load_pins,
    pin_anew,
    write_pins,
)

PIN = Pin(("pages/*",), "abc", {"titles right": 10})


def test_a_measure_at_its_floor_passes() -> None:
    """What is as good as pinned, or better, holds."""
    hold_floors("pages", {"titles right": 10}, "abc", PIN)
    hold_floors("pages", {"titles right": 11}, "abc", PIN)


MISSED: tuple[tuple[dict[str, int], str, str], ...] = (
    ({"titles right": 9}, "abc", "titles right: 9 is below 10"),
    ({"titles right": 10}, "abd", r"not those .* pin anew: python -m tests\.quality pages"),
    ({}, "abc", "measures and floors differ"),
    ({"titles right": 10, "dates right": 1}, "abc", "measures and floors differ"),
)


@pytest.mark.parametrize(("measured", "digest", "message"), MISSED)
def test_the_gate_is_shut(measured: dict[str, int], digest: str, message: str) -> None:
    """Below a floor, with other files or with other measures, the gate fails and says what to do."""
    with pytest.raises(FloorMissed, match=message):
        hold_floors("pages", measured, digest, PIN)


def test_a_better_measure_is_pinned() -> None:
    """Pinning anew takes what is measured and the files it was measured on."""
    assert pin_anew("pages", {"titles right": 12}, "xyz", PIN) == Pin(PIN.files, "xyz", {"titles right": 12})


@pytest.mark.parametrize("measured", [{"titles right": 9}, {}])
def test_a_floor_is_not_lowered_without_a_reason(measured: dict[str, int]) -> None:
    """A floor that would sink, or vanish, is refused with the option that would allow it."""
    with pytest.raises(FloorLowered, match='--lower-because "the reason"'):
        pin_anew("pages", measured, "abc", PIN, because=" ")


def test_a_lowered_floor_keeps_its_reason(tmp_path: Path) -> None:
    """The reason is written beside the floor, and pins are read as they were written."""
    pin = pin_anew("pages", {"titles right": 9}, "abc", PIN, because='one page\n"was" wrong')
    write_pins({"pages": pin}, tmp_path / "floors.toml")
    assert load_pins(tmp_path / "floors.toml") == {"pages": pin}
    assert pin.lowered_because == "one page 'was' wrong"


def test_a_floor_lowered_by_hand_breaks_the_seal(tmp_path: Path) -> None:
    """A table that was changed without pinning is refused, whatever was changed in it."""
    floors = tmp_path / "floors.toml"
    write_pins({"pages": PIN}, floors)
    floors.write_text(floors.read_text(encoding="utf-8").replace("= 10", "= 9"), encoding="utf-8")
    with pytest.raises(SealBroken, match="changed by hand"):
        load_pins(floors)
    assert load_pins(floors, sealed=False)["pages"].floors == {"titles right": 9}


def test_no_reason_lowers_a_floor_below_its_reach() -> None:
    """What the project promises is not pinned away."""
    pin = Pin(PIN.files, "abc", PIN.floors, reach={"titles right": 8})
    assert pin_anew("pages", {"titles right": 8}, "abc", pin, because="a page was lost").floors == {"titles right": 8}
    with pytest.raises(FloorMissed, match="out of reach"):
        pin_anew("pages", {"titles right": 7}, "abc", pin, because="two pages were lost")


def test_a_share_may_fall_by_the_noise_of_a_training_but_not_below_its_reach() -> None:
    """A body's F1 may sink by fifteen ten-thousandths, and no further than what is promised."""
    pin = Pin(PIN.files, "abc", {"F1, of 10,000": 9520, "P, of 10,000": 9510}, reach={"P, of 10,000": 9500})
    assert (pin.least("F1, of 10,000"), pin.least("P, of 10,000")) == (9505, 9500)
    assert PIN.least("titles right") == 10


def test_the_floors_are_written_as_the_gate_writes_them(tmp_path: Path) -> None:
    """The table in the repository is the gate's own writing, so that pinning changes only what changed."""
    write_pins(load_pins(), tmp_path / "floors.toml")
    assert (tmp_path / "floors.toml").read_text(encoding="utf-8") == FLOORS.read_text(encoding="utf-8")


def test_a_digest_tells_names_and_bytes(tmp_path: Path) -> None:
    """Another byte, another name or another file is another corpus."""
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("x", encoding="utf-8")
    two.write_text("x", encoding="utf-8")
    assert len({digest_files([one]), digest_files([two]), digest_files([one, two]), digest_files([])}) == 4
