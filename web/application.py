"""The web application: pages put together around one catalogue."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask
from jinja2 import StrictUndefined

from indexer import Catalogue
from web.access import add_access
from web.ark import TEST_AUTHORITY
from web.assets import add_assets
from web.caching import add_caching
from web.compressing import compress
from web.context import EXTENSION, Context, Mode
from web.desk import (
    account,
    bulk,
    collections,
    editing,
    fixity,
    history,
    imports,
    jobs,
    notes,
    papers,
    problems,
    quarantine,
    queues,
    recurring,
    rules,
    searches,
    signing,
    snapshots,
    tagging,
    users,
    widening,
    withdrawals,
)
from web.desk import actors as actor_desk
from web.desk import home as desk
from web.desk import lists as own_lists
from web.desk import outlets as outlet_desk
from web.desk import places as place_desk
from web.desk import stories as story_desk
from web.desk.working import add_work
from web.numbers import Number
from web.pages import (
    advanced,
    api,
    batches,
    browse,
    compare,
    dates,
    errors,
    export,
    feeds,
    forms,
    help,  # noqa: A004  the page's name is its address
    holdings,
    home,
    kwic,
    lists,
    map,  # noqa: A004  as help
    names,
    numbers,
    original,
    reports,
    search,
    shelves,
    stories,
    suggest,
    timeline,
    trends,
    values,
)
from web.security import add_headers
from web.spooling import add_spooling

PAGES = (
    home,
    search,
    advanced,
    suggest,
    map,
    dates,
    values,
    reports,
    forms,
    export,
    feeds,
    lists,
    original,
    batches,
    api,
    help,
    holdings,
    stories,
    kwic,
    shelves,
    numbers,
    names,
    browse,
    trends,
    compare,
    timeline,
    signing,
    account,
    desk,
    imports,
    jobs,
    quarantine,
    story_desk,
    rules,
    queues,
    recurring,
    widening,
    problems,
    editing,
    history,
    outlet_desk,
    place_desk,
    actor_desk,
    fixity,
    users,
    tagging,
    papers,
    own_lists,
    notes,
    searches,
    snapshots,
    bulk,
    withdrawals,
    collections,
)


def create_app(
    catalogue: Catalogue,
    *,
    title: str = "Dateline",
    authority: str = TEST_AUTHORITY,
    today: Callable[[], date] | None = None,
    mode: Mode | None = None,
) -> Flask:
    """Return the application that shows this catalogue.

    `title` is the archive's name, `authority` the number in its ARKs, `today` the day that citations name, `mode` how
    it is open.
    """
    app = Flask("web", static_folder=None)
    app.config.update(PROPAGATE_EXCEPTIONS=False, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.strict_slashes = False
    app.url_map.converters["int"] = Number
    app.extensions[EXTENSION] = Context(catalogue, title, authority, today or _today, mode or Mode())
    add_spooling(app)
    add_access(app)
    for page in PAGES:
        app.register_blueprint(page.pages)
    errors.add_errors(app)
    if app.extensions[EXTENSION].mode.desk:
        add_work(app, catalogue)
    add_assets(app)
    add_caching(app)
    app.after_request(compress)
    app.after_request(add_headers)
    app.jinja_env.globals["site"] = title
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    return app


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()
