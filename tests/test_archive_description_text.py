"""Captions, places, names and language: what the text of a report says."""

import pytest

from archive.model import Report
from tests.describing import MORE, PROSE, codes, report_on

HTML = "text/html"
TITLE = "A Bridge Opens Again on Tuesday"


def with_text(text: str, *, title: str = TITLE) -> Report:
    """Return the report of an HTML page with this headline and this paragraph before some prose."""
    return report_on(f"<h1>{title}</h1><p>{text}</p><p>{PROSE}</p><p>{MORE}</p>", media_type=HTML)


CREDITS = (
    ("Boats at dawn. (AFP)", "Boats at dawn.", "AFP"),
    ("Boats at dawn (Jane Roe/AFP)", "Boats at dawn", "Jane Roe/AFP"),
    ("Boats at dawn. [Photo courtesy of the port]", "Boats at dawn.", "Photo courtesy of the port"),
    ("Boats at dawn. REUTERS/Jane Roe", "Boats at dawn.", "REUTERS/Jane Roe"),
    ("Boats (three of them) at dawn.", "Boats (three of them) at dawn.", None),
    ("Boats at dawn (on the left)", "Boats at dawn (on the left)", None),
    ("(AFP)", "(AFP)", None),
    ("Boats at dawn.", "Boats at dawn.", None),
)


@pytest.mark.parametrize(("printed", "text", "credit"), CREDITS)
def test_a_caption_is_parted_from_its_credit(printed: str, text: str, credit: str | None) -> None:
    """The credit that ends a caption is its own value; brackets inside a sentence are not credits."""
    page = f"<h1>{TITLE}</h1><figure><figcaption>{printed}</figcaption></figure><p>{PROSE}</p>"
    (caption,) = report_on(page, media_type=HTML).captions
    assert (caption.text, caption.credit) == (text, credit)


# A sentence, and the countries it names by code.
COUNTRIES: tuple[tuple[str, list[str]], ...] = (
    ("Trucks came from Iraq, Syria and El Salvador.", ["IQ", "SV", "SY"]),
    ("The Iraqi army came.", []),
    ("Trucks came to Jordan.", ["JO"]),
    ("Michael Jordan came.", []),
    ("The town of Chad Smith was far.", []),
    ("In Georgia it rained.", ["GE"]),
    ("The Islamic State of Iraq and Syria claimed it.", []),
    ("The Islamic State of Iraq and Syria left Iraq.", ["IQ"]),
    ("TRUCKS CAME FROM COLOMBIA AND PERU.", ["CO", "PE"]),
    ("iraq is written small here.", []),
    ("The anti-Iran-Iraq-pact rally.", ["IQ", "IR"]),
    ("Guinea-Bissau voted.", ["GW"]),
)


@pytest.mark.parametrize(("text", "found"), COUNTRIES)
def test_countries_are_found_by_their_names(text: str, found: list[str]) -> None:
    """A country's name counts when it stands alone: not in an organisation's or a person's name."""
    assert sorted(place.country or "" for place in with_text(text).places) == found


def test_a_country_of_the_headline_is_a_main_place() -> None:
    """What the headline names comes first, with every mention."""
    report = with_text("Trucks came from Syria to Iraq.", title="Trucks Leave Iraq for the Coast")
    assert [(place.name, place.role, len(place.mentions)) for place in report.places] == [
        ("Iraq", "main", 2), ("Syria", "mentioned", 1),
    ]  # fmt: skip


def test_countries_that_readers_name_in_comments_do_not_count() -> None:
    """A comment is not the report."""
    report = report_on(f"{TITLE}\n{PROSE}\n1 Comment\nGreetings from Peru, we had such a bridge.")
    assert report.comments
    assert report.places == ()


FILED = (
    (f"SAN JOSE (COSTA RICA), 4 MAR 88 (FWS) -- {PROSE}", "San José", "CR"),
    (f"SAN SALVADOR, 4 MAR 88 (FWS) -- {PROSE}", "San Salvador", "SV"),
    (f"Mosul – {PROSE}", "Mosul", "IQ"),
)


@pytest.mark.parametrize(("text", "name", "country"), FILED)
def test_a_report_is_filed_from_its_dateline_s_place(text: str, name: str, country: str) -> None:
    """The dateline's place is looked up, in the country it adds in brackets, or is that country."""
    (place,) = (one for one in report_on(f"{TITLE}\n{text}").places if one.role == "filed from")
    assert (place.name, place.country) == (name, country)


def test_a_place_that_no_gazetteer_has_stays_a_mention() -> None:
    """An unknown town is kept as printed, with an issue, and is nowhere on the map."""
    report = report_on(f"{TITLE}\nNOWHERETOWN, 4 MAR 88 (FWS) -- {PROSE}")
    assert [(one.text, one.place) for one in report.mentions] == [("NOWHERETOWN", None)]
    assert "P01" in codes(report)
    assert report.places == ()


def test_no_city_is_no_place() -> None:
    """A dispatch that says it tells no place names none, and that is no issue."""
    report = report_on(f"{TITLE}\nNO CITY, 4 MAR 88 (RADIO EXAMPLE) -- {PROSE}")
    assert (report.mentions, report.places) == ((), ())


def test_byline_and_dateline_may_name_one_place_twice() -> None:
    """A report filed from a place that the byline names too has that place once, with both mentions."""
    report = report_on(f"{TITLE}\nBy Jane Roe in Mosul\nMosul – {PROSE}")
    mosul = next(place for place in report.places if place.name == "Mosul")
    assert [one.text for one in mosul.mentions] == ["Mosul", "Mosul"]


def test_actors_are_counted_as_printed() -> None:
    """Each printed form of an actor has its own count, the most frequent first; readers' words do not count."""
    text = f"{TITLE}\nISIL fled, and ISIL came back as Daesh. {PROSE}\n1 Comment\nDown with ISIS and with all of them."
    assert [(name.id, name.printed, name.count) for name in report_on(text).names] == [
        ("islamic-state", "ISIL", 2), ("islamic-state", "Daesh", 1),
    ]  # fmt: skip


def test_in_capitals_throughout_two_letters_are_a_word() -> None:
    """A line of capitals that says IS speaks of no actor; a longer name in it does."""
    assert [name.printed for name in with_text("THE WAR IS OVER, THE TALIBAN SAY.").names] == ["TALIBAN"]


# The page's text, what its html tag declares, and the language.
LANGUAGES = (
    (PROSE, None, "en"),
    (PROSE, "fr", "en"),
    ("أعيد فتح الجسر القديم فوق النهر أمام العربات صباح اليوم بعد شهرين من الانتظار", "en", "ar"),
    ("Le pont a rouvert mardi, a dit le maire devant une foule de charrettes.", "fr-FR", "fr"),
    ("Le pont a rouvert mardi, a dit le maire devant une foule de charrettes.", "FR_ca", "fr"),
    ("Le pont a rouvert mardi, a dit le maire devant une foule de charrettes.", "<i>", None),
    ("Le pont a rouvert mardi, a dit le maire devant une foule de charrettes.", None, None),
)


@pytest.mark.parametrize(("text", "declared", "language"), LANGUAGES)
def test_the_language_is_what_the_text_shows(text: str, declared: str | None, language: str | None) -> None:
    """The text's own letters and words come before what the page declares; without either it is unknown."""
    tag = f'<html lang="{declared}">' if declared else "<html>"
    page = f"{tag}<body><article><h1>{TITLE}</h1><p>{text}</p><p>{text}</p></article></body></html>"
    assert report_on(page, media_type=HTML).language == language


GAPS: tuple[tuple[str, list[str]], ...] = (
    ("<h1>A bridge opens</h1><p>" + PROSE, []),
    ("<p>" + PROSE, ["T01"]),
    ("<h1>A bridge opens</h1><nav>Home</nav>", ["B01"]),
)


@pytest.mark.parametrize(("page", "found"), GAPS)
def test_what_a_report_lacks_is_an_issue(page: str, found: list[str]) -> None:
    """A page without headline or without text is described all the same, and says so."""
    assert [code for code in codes(report_on(page, media_type=HTML)) if code in {"T01", "B01"}] == found


# Words in a page, the outlet given, the key found and the issues about outlets.
OUTLETS: tuple[tuple[str, str | None, str | None, list[str]], ...] = (
    ("A Bridge | QUILLWORT COURIER Archive 1991-2017", None, "quillwort-courier", []),
    ("A Bridge", None, None, ["M01"]),
    ("A Bridge", "mithal", "mithal", []),
    ("A Bridge | QUILLWORT COURIER Archive 1991-2017", "mithal", "mithal", ["M02"]),
    ("A Bridge | QUILLWORT COURIER Archive 1991-2017", "quillwort-courier", "quillwort-courier", []),
    ("A baker told Samphire Features so", None, None, ["M01"]),
    ("A baker told Samphire Features so\nWas this report of use to you? Yes / No", None, "samphire-features", []),
    ("FERRIN WIRE SERVICE\nx | QUILLWORT COURIER Archive 1991-2017", None, None, ["M03"]),
)


@pytest.mark.parametrize(("opening", "given", "key", "issues"), OUTLETS)
def test_an_outlet_is_given_or_recognised(opening: str, given: str | None, key: str | None, issues: list[str]) -> None:
    """What a person says decides; else clues must be worth three points and point at one outlet only."""
    report = report_on(f"{opening}\n{PROSE}\n", outlet=given)
    assert (report.outlet.key if report.outlet else None) == key
    assert [code for code in codes(report) if code.startswith("M")] == issues
