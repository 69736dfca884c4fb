"""One address for every kind of page, for tests that look at all of them."""

from indexer import Catalogue
from tests.reading import find_id

# REPORT stands for the id of a signed report, ARABIC for that of one in Arabic.
PAGES = (
    "/",
    "/search",
    "/search?q=mosul&outlet=mithal",
    "/search?q=zugunruhe",
    "/search/advanced?all=mosul&has=place",
    "/search?q=tunel",
    "/search/map",
    "/search/map?q=mosul&level=place&view=all",
    "/search/map?q=zugunruhe",
    "/search/dates",
    "/search/dates?q=mosul&step=day&count=share",
    "/search/dates?q=zugunruhe",
    "/search/values/place?by=name",
    "/search/values/name?q=mosul&find=is",
    "/search/values/byline?find=zugunruhe",
    "/help/search",
    "/help/method",
    "/help/stories",
    "/kwic",
    "/kwic?q=mosul&by=L1",
    "/kwic?q=Daesh&outlet=marrowby-signal",
    "/kwic?q=zugunruhe",
    "/about",
    "/about/data",
    "/a/REPORT?q=mosul&n=2",
    "/a/ARABIC",
    "/a/REPORT/original",
    "/a/REPORT/comments",
    "/a/REPORT/history",
    "/a/REPORT/problem",
    "/export?q=mosul",
    "/export?q=zugunruhe",
    "/lists",
    "/lists?r=REPORT&r=ARABIC",
    "/outlets",
    "/outlets/marrowby-signal",
    "/outlets/quillwort-courier/numbers",
    "/places",
    "/places/geonames:99072",
    "/names",
    "/names/islamic-state",
    "/collections",
    "/collections/demonstration-reports",
    "/browse",
    "/browse/2017",
    "/browse/2017/07",
    "/browse/2017/07/11",
    "/trends",
    "/trends?q=city&q=people+OR+said",
    "/compare",
    "/compare?a=outlet:marrowby-signal&b=outlet:samphire-features",
    "/timeline?q=city",
    "/timeline?q=zugunruhe",
    "/batches",
    "/batches/1",
    "/nowhere",
)  # fmt: skip

# Pages for who is signed in, as an admin.
DESK_PAGES = (
    "/sign-in",
    "/account",
    "/desk",
    "/desk/users",
    "/desk/users?find=zugunruhe",
    "/desk/queues",
    "/desk/queue/no-date",
    "/desk/queue/no-date/list",
    "/desk/queue/date-conflict",
    "/desk/lines",
    "/desk/problems",
    "/a/REPORT/edit",
    "/a/REPORT/edit/published",
    "/a/REPORT/edit/places?find=Kokjali",
    "/a/REPORT/edit/byline",
    "/desk/bulk",
    "/desk/bulk/new?q=mosul",
    "/desk/bulk/new?q=zugunruhe",
)  # fmt: skip


def fill(address: str, catalogue: Catalogue) -> str:
    """Return an address of PAGES with the ids of this catalogue."""
    for name, query in (("REPORT", "title:gogjali"), ("ARABIC", "outlet:mithal")):
        if name in address:
            address = address.replace(name, find_id(catalogue, query))
    return address
