"""Wire copy for tests, written by chance from a small vocabulary: the same number gives the same copy."""

from random import Random
from typing import Any

from archive.model import OutletClaim, Page, Passage, Span
from archive.store import Store
from tests.factories import make_description, make_page

WORDS = (
    "bridge river mayor harbour convoy valley market border grain shelter patrol council village road winter "
    "station engineer barge ferry school clinic delegation truce envoy garrison militia column siege ration "
    "crossed opened closed reported repaired counted refused reached promised carried repeated waited "
    "northern southern narrow heavy early empty quiet broken second last several armed wounded "
    "the the the a of of in on at by with from after before near and while"
)
VOCABULARY = WORDS.split()


def write_copy(number: int, paragraphs: int = 6) -> tuple[str, ...]:
    """Return the paragraphs of one piece of copy, some thirty words each."""
    chance = Random(number)  # noqa: S311 - the same copy every time
    return tuple(" ".join(chance.choices(VOCABULARY, k=30)).capitalize() + "." for _ in range(paragraphs))


def put_copy(store: Store, name: str, paragraphs: tuple[str, ...], *, outlet: str | None = None, batch: int = 0) -> str:
    """Store a page that prints these paragraphs and return its report's id."""
    page, changes = copy_page(name, paragraphs, outlet)
    batch = batch or store.start_batch("ann", ["copies"])
    return store.put(page, make_description(page, **changes), batch=batch).report_id


def copy_page(name: str, paragraphs: tuple[str, ...], outlet: str | None = None) -> tuple[Page, dict[str, Any]]:
    """Return a page that prints these paragraphs, and the fields of its report that are not the usual ones."""
    page = make_page("\n".join((name, *paragraphs)), name=f"{name}.txt")
    key = outlet or f"{name}-gazette"
    claim = OutletClaim(key, key.title(), "made.up", "metadata")
    body = tuple(Passage(paragraph, "paragraph", Span(0, 1)) for paragraph in paragraphs)
    return page, {"body": body, "outlet": claim}
