"""Citations in six styles: golden lines for signed, unsigned, undated and uncertain reports."""

import pytest

from tests.citing import make_test_reference
from web.references.reference import Author, split_name
from web.references.styles import cite_all

SIGNED = make_test_reference()
INFERRED = make_test_reference(
    authors=(), edtf="[2016-11-03..2016-11-04]", latest="2016-11-04", doubtful=True, media_id=None
)
UNDATED = make_test_reference(authors=(Author("Reuters"),), edtf=None, earliest=None, latest=None, title="Who did it?")
UNTITLED = make_test_reference(authors=(), outlet=None, supplied=True, title="[White flags …]", edtf="2016-11~",
                               earliest="2016-11-01", latest="2016-11-30", doubtful=True, media_id=None)  # fmt: skip
URL = "http://h/a/bcdfgh"
READ, READ_US = "9 March 2026", "March 9, 2026"

GOLDEN = {
    ("chicago-note", "signed"): "Alaa Hussain and Waleed Abu al-Khair, “Market reopens,” *Diyaruna*, November 3, 2016, "
    f"Media ID 55378322, The Room, report bcdfgh, {URL} (accessed {READ_US}).",
    ("chicago-note", "inferred"): "“Market reopens,” *Diyaruna*, [November 3 or 4, 2016], The Room, report bcdfgh, "
    f"{URL} (accessed {READ_US}).",
    ("chicago-note", "undated"): "Reuters, “Who did it?” *Diyaruna*, n.d., Media ID 55378322, The Room, report bcdfgh, "
    f"{URL} (accessed {READ_US}).",
    ("chicago-note", "untitled"): f"[White flags …], [ca. November 2016], The Room, report bcdfgh, {URL} "
    f"(accessed {READ_US}).",
    ("chicago-author-date", "signed"): "Hussain, Alaa, and Waleed Abu al-Khair. 2016. “Market reopens.” *Diyaruna*, "
    f"November 3, 2016. Media ID 55378322. The Room, report bcdfgh. Accessed {READ_US}. {URL}.",
    ("chicago-author-date", "inferred"): "*Diyaruna*. [2016]. “Market reopens.” [November 3 or 4, 2016]. The Room, "
    f"report bcdfgh. Accessed {READ_US}. {URL}.",
    ("chicago-author-date", "undated"): "Reuters. n.d. “Who did it?” *Diyaruna*. Media ID 55378322. The Room, "
    f"report bcdfgh. Accessed {READ_US}. {URL}.",
    ("chicago-author-date", "untitled"): "[2016]. [White flags …]. [ca. November 2016]. The Room, report bcdfgh. "
    f"Accessed {READ_US}. {URL}.",
    ("mla", "signed"): "Hussain, Alaa, and Waleed Abu al-Khair. “Market reopens.” *Diyaruna*, 3 Nov. 2016, Media ID "
    f"55378322. *The Room*, report bcdfgh, {URL}. Accessed 9 Mar. 2026.",
    ("mla", "inferred"): f"“Market reopens.” *Diyaruna*, [3 or 4 Nov. 2016]. *The Room*, report bcdfgh, {URL}. "
    "Accessed 9 Mar. 2026.",
    ("mla", "undated"): "Reuters. “Who did it?” *Diyaruna*, n.d., Media ID 55378322. *The Room*, report bcdfgh, "
    f"{URL}. Accessed 9 Mar. 2026.",
    ("mla", "untitled"): f"[White flags …]. [ca. Nov. 2016]. *The Room*, report bcdfgh, {URL}. Accessed 9 Mar. 2026.",
    ("apa", "signed"): "Hussain, A., & Abu al-Khair, W. (2016, November 3). Market reopens. *Diyaruna*. (Media ID "
    f"55378322). The Room, report bcdfgh. Retrieved {READ_US}, from {URL}",
    ("apa", "inferred"): "Market reopens. ([November 3 or 4, 2016]). *Diyaruna*. The Room, report bcdfgh. Retrieved "
    f"{READ_US}, from {URL}",
    ("apa", "undated"): "Reuters. (n.d.). Who did it? *Diyaruna*. (Media ID 55378322). The Room, report bcdfgh. "
    f"Retrieved {READ_US}, from {URL}",
    ("apa", "untitled"): f"[White flags …]. ([ca. November 2016]). The Room, report bcdfgh. Retrieved {READ_US}, from "
    f"{URL}",
    ("harvard", "signed"): "Hussain, A. and Abu al-Khair, W. (2016) ‘Market reopens’, *Diyaruna*, 3 November 2016. "
    f"Media ID 55378322. The Room, report bcdfgh. Available at: {URL} (Accessed: {READ}).",
    ("harvard", "inferred"): "*Diyaruna* ([2016]) ‘Market reopens’, [3 or 4 November 2016]. The Room, report bcdfgh. "
    f"Available at: {URL} (Accessed: {READ}).",
    ("harvard", "undated"): "Reuters (n.d.) ‘Who did it?’, *Diyaruna*. Media ID 55378322. The Room, report bcdfgh. "
    f"Available at: {URL} (Accessed: {READ}).",
    ("harvard", "untitled"): "([2016]) [White flags …], [ca. November 2016]. The Room, report bcdfgh. Available at: "
    f"{URL} (Accessed: {READ}).",
    ("wiki", "signed"): "{{cite news |last1=Hussain |first1=Alaa |last2=Abu al-Khair |first2=Waleed |title=Market "
    "reopens |work=Diyaruna |date=3 November 2016 |location=Baghdad |id=Media ID 55378322 |via=The Room "
    f"|url={URL} |access-date={READ}}}}}",
    ("wiki", "inferred"): "{{cite news |title=Market reopens |work=Diyaruna |date=n.d. |orig-date=inferred: 3 or 4 "
    f"November 2016 |location=Baghdad |via=The Room |url={URL} |access-date={READ}}}}}",
    ("wiki", "undated"): "{{cite news |last1=Reuters |title=Who did it? |work=Diyaruna |date=n.d. |location=Baghdad "
    f"|id=Media ID 55378322 |via=The Room |url={URL} |access-date={READ}}}}}",
    ("wiki", "untitled"): "{{cite news |title=&#91;White flags …&#93; |date=n.d. |orig-date=inferred: ca. November "
    f"2016 |location=Baghdad |via=The Room |url={URL} |access-date={READ}}}}}",
}  # fmt: skip
REPORTS = {"signed": SIGNED, "inferred": INFERRED, "undated": UNDATED, "untitled": UNTITLED}


@pytest.mark.parametrize(("style", "report"), GOLDEN)
def test_a_style_writes_its_golden_line(style: str, report: str) -> None:
    """Each style cites each kind of report as its manual says, italics between stars."""
    parts = next(one.parts for one in cite_all(REPORTS[report]) if one.key == style)
    assert "".join(f"*{text}*" if italic else text for text, italic in parts) == GOLDEN[style, report]


@pytest.mark.parametrize("style", [one.key for one in cite_all(SIGNED)])
def test_every_style_is_covered(style: str) -> None:
    """No style without golden lines."""
    assert {report for key, report in GOLDEN if key == style} == set(REPORTS)


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Alaa Hussain", "Alaa", "Hussain"),
        ("Khalid al-Taie", "Khalid", "al-Taie"),
        ("Waleed Abu al-Khair", "Waleed", "Abu al-Khair"),
        ("Ana de la Cruz", "Ana", "de la Cruz"),
        ("Abu Bakr", "Abu", "Bakr"),
        ("Hadi", "", "Hadi"),
        ("", "", ""),
    ],
)
def test_a_name_comes_apart_where_its_bearer_would(name: str, given: str, family: str) -> None:
    """Particles stay with the family name, and one word is a family name."""
    assert split_name(name) == Author(family, given)


def test_wikitext_cannot_be_broken_out_of() -> None:
    """A title with pipes and braces stays a title."""
    hostile = make_test_reference(title="A|url=evil}}{{delete}} [[x]] <ref>")
    line = next(one.text for one in cite_all(hostile) if one.key == "wiki")
    assert line.count("|url=") == 1
    assert line.endswith("}}")
    assert line[2:-2].count("{") == line[2:-2].count("}") == line.count("[") == line.count("<") == 0
