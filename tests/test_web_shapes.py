"""An answer as JSON, for the command and the API alike."""

import json

from indexer import Diagnostic, Expansion, Facet, FacetValue, Hit, ResultPage, Searched, SearchRequest, Snippet
from web.shapes import result_to_json

HIT = Hit("bcd", "T", "Opening", "Outlet", "outlet", "2016-11", "stated", None, "123", "Mosul", 1.5,
          (Snippet("text", (("the old ", False), ("city", True), (" fell", False))),))  # fmt: skip
PAGE = ResultPage(
    SearchRequest(text="city"),
    total=1,
    hits=(HIT,),
    facets=(Facet("outlet", "Outlet", (FacetValue("outlet", "Outlet", 1),)),),
    searched=Searched("city", (Expansion("ISIL", ("ISIS",), "actors"),), ("title",)),
    diagnostics=(Diagnostic("note", "as words", 0, 4),),
    pages=1,
)


def test_an_answer_has_the_promised_keys() -> None:
    """Total, stories, hits, facets, what was searched, and diagnostics: no more, no less."""
    assert list(result_to_json(PAGE)) == [
        "total", "stories", "hits", "facets", "facet_values", "searched", "suggestion", "diagnostics"]  # fmt: skip


def test_a_hit_has_the_promised_keys_and_absent_values_are_null() -> None:
    """A hit without a byline still has the key."""
    hit = json.loads(json.dumps(result_to_json(PAGE)))["hits"][0]
    assert list(hit) == ["id", "title", "outlet", "published", "byline", "media_id", "score",
                         "story", "reprints", "snippets"]  # fmt: skip
    assert hit["byline"] is None


def test_a_snippet_says_where_its_matches_stand() -> None:
    """Marks are offsets into the snippet's plain text."""
    snippet = json.loads(json.dumps(result_to_json(PAGE)))["hits"][0]["snippets"][0]
    assert snippet == {"field": "text", "text": "the old city fell", "marks": [[8, 12]]}


def test_a_facet_value_has_value_label_and_count() -> None:
    """The three keys of a facet value, and nothing of how it is shown."""
    assert result_to_json(PAGE)["facets"] == {"outlet": [{"value": "outlet", "label": "Outlet", "count": 1}]}


def test_what_was_said_before_comes_first() -> None:
    """A remark on how the question was read stands before the catalogue's own."""
    shape = json.loads(json.dumps(result_to_json(PAGE, [Diagnostic("warning", "cut", 9, 9)])))
    assert [diagnostic["message"] for diagnostic in shape["diagnostics"]] == ["cut", "as words"]
