"""What tests of the web pages share: pages to import, and answers read as a browser reads them."""

from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from flask.testing import FlaskClient

from archive.batch import import_pages
from archive.home import Home
from archive.model import Given
from archive.rules import load_rule_set
from archive.store import Store
from indexer import Catalogue, SearchRequest

SAMPLES = Path(__file__).parent.parent / "samples"
HOSTILE_NAME = "<img src=x onerror=alert(3)>\"'.html"
HOSTILE_PAGE = """<!doctype html><html lang="en"><head>
<title>Zugzwang &lt;script&gt;alert("title")&lt;/script&gt; {{ 7 * 7 }} "&gt;&lt;b onclick='x'&gt;</title>
<link rel="canonical" href="javascript:alert(4)"></head><body>
<h1>Zugzwang &lt;script&gt;alert("title")&lt;/script&gt; {{ 7 * 7 }} "&gt;&lt;b onclick='x'&gt;</h1>
<p>By &lt;b onmouseover=alert(5)&gt;Eve&lt;/b&gt; in Mosul</p>
<p>MOSUL - Zugzwang stands on the wall of the school &lt;/p&gt;&lt;script&gt;alert("body")&lt;/script&gt;, said one who
lives beside it, and nobody has wiped it off since the autumn of the second year.</p>
<p>&lt;iframe src=//example.org&gt; was written under it in another hand, with a date that the rain took away.</p>
<script>alert("real")</script></body></html>"""


def import_folders(home: Home, *folders: Path, collection: str | None = None) -> None:
    """Import every page of these folders into a home."""
    rules = load_rule_set()
    with Store.open(home) as store:
        given = Given(collection=collection)
        import_pages(store, folders, rules, given, report=lambda _: None, limit=1_000_000)


def write_hostile_page(folder: Path) -> Path:
    """Write a page that attacks whoever shows it, under a name that does so too."""
    folder.mkdir()
    (folder / HOSTILE_NAME).write_text(HOSTILE_PAGE, encoding="utf-8")
    return folder


def read(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    """Return the page at this address, parsed; it must answer with this status."""
    response = client.get(address)
    assert response.status_code == status, f"{address}: {response.status}"
    return BeautifulSoup(response.text, "lxml")


def said(tag: Tag | NavigableString | None) -> str:
    """Return what a reader reads here, white space folded."""
    assert tag is not None
    return " ".join(tag.get_text().split())


def find_id(catalogue: Catalogue, query: str) -> str:
    """Return the id of the first report that this query finds."""
    return catalogue.search(SearchRequest(text=query)).hits[0].id
