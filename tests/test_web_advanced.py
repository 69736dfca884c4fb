"""The advanced form: it shows the question it builds, and leads to its result."""

from flask.testing import FlaskClient

from tests.reading import read, said

BUILT = "all=bridge&byline=in&from=2016&until=2017-07&where=title%2Ccaption&has=place"


def test_the_form_shows_the_question_it_builds_and_what_that_finds(reader: FlaskClient) -> None:
    """Boxes keep what was typed; the question stands below with a link that counts."""
    page = read(reader, f"/search/advanced?{BUILT}")
    built = page.select_one(".built")
    assert built is not None
    assert said(built.find("code")) == "title,caption:bridge byline:in date:2016..2017-07 has:place"
    assert page.select_one("#a-all[value=bridge]")
    assert page.select_one("input[name=has][value=place][checked]")
    link = built.select("a")[0]
    found = said(read(reader, str(link["href"])).find("h1")).partition(" for ")[0]
    assert said(link) == f"It finds {found.lower().replace('no reports', '0 reports')}"


def test_searching_leads_to_the_result(reader: FlaskClient) -> None:
    """The button for searching goes to the question's own address."""
    response = reader.get("/search/advanced?all=tunnel&outlet=Samphire+Features&go=1")
    assert response.status_code == 302
    assert response.location == "/search?q=tunnel+outlet%3A%22Samphire+Features%22"


def test_what_is_no_date_is_said_before_searching(reader: FlaskClient) -> None:
    """A box that cannot be meant keeps the reader at the form, with the sentence that helps."""
    page = read(reader, "/search/advanced?all=tunnel&from=soon&go=1")
    assert said(page.select_one(".notes")) == "'soon' is not a date. Write 2016, 2016-10 or 2016-10-17."


def test_a_search_can_be_carried_into_the_form(reader: FlaskClient) -> None:
    """The link beside a result starts the form from its question; the form adds to it."""
    page = read(reader, "/search?q=tunnel+OR+bridge")
    link = page.select_one("a.to-form")
    assert link is not None
    assert link["href"] == "/search/advanced?more=tunnel+OR+bridge"
    built = read(reader, f"{link['href']}&all=mosul").select_one(".built code")
    assert said(built) == "(tunnel OR bridge) mosul"


def test_every_box_has_a_label(reader: FlaskClient) -> None:
    """A screen reader hears what each box is for."""
    page = read(reader, "/search/advanced?more=x")
    for box in page.select(".advanced input:not([type=checkbox]), .advanced select"):
        assert page.select(f"label[for='{box['id']}']"), box["name"]
