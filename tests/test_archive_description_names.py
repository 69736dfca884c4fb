"""Actors: a short form is whoever the report says it is, and doubt is not told as knowledge."""

import pytest

from archive.pipeline import describe_page
from archive.rules import load_rule_set
from tests.factories import make_page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Administrative Department of Security (DAS) met, and the DAS said so.",
         {("das-colombia", "DAS"), ("das-colombia", "Administrative Department of Security")}),
        ("The State Trading Corporation (STC) bought grain, and the STC said so.", set()),
        ("The STC met in Aden again.", {("southern-transitional-council", "STC")}),
        ("Men of the National Liberation Army (ELN) left.",
         {("eln-colombia", "ELN"), ("eln-colombia", "National Liberation Army")}),
        ("Men of the People's Liberation Army (EPL) left.", {("epl", "EPL")}),
        ("The Organisation of African Unity (OAU) met.",
         {("african-union", "OAU"), ("african-union", "Organisation of African Unity")}),
    ],
)  # fmt: skip
def test_a_short_form_is_what_the_report_introduces(text: str, expected: set[tuple[str, str]]) -> None:
    """What a report spells out before the brackets decides; a name beside another actor's short form is left out."""
    page = make_page(f"A day in town\n\n{text} Nobody else was there to see what came of it before the evening.\n")
    names = describe_page(page, load_rule_set()).report.names
    assert {(name.id, name.printed) for name in names} == expected
