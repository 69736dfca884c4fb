"""The commands that look places up, add a library's own, and make the gazetteer before it is needed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.options import home_option, json_option

if TYPE_CHECKING:
    from archive.authorities import Gazetteer, PlaceEntry

MOST_NAMES = 8
PLACES = "authorities/places.tsv"
by_option = click.option("--by", metavar="NAME", default="gazetteer", show_default=True, help="Who, for the history.")


@click.group()
def gazetteer() -> None:
    """Look after the gazetteer, the list of places that Dateline knows.

    \b
    A place that Dateline lacks:
      dateline gazetteer find kokjali        see whether it is there, and under which id
      dateline gazetteer add places.tsv      add places, or further names of known ones
      dateline rerun                         see what that changes in the reports there are
    """


@gazetteer.command()
@click.argument("name")
@click.option("--country", metavar="CODE", help="Only places in this country, by its two letters, as in IQ.")
@home_option
@json_option
def find(name: str, country: str | None, home: Path, as_json: bool) -> None:
    """Show the places that bear a name, the likeliest first, each with its id and what it lies in.

    \b
    Example:
      dateline gazetteer find "al-Mawsil" --country IQ
    """
    from archive.authorities import load_places
    from archive.home import is_home

    places = load_places(home / "authorities" if is_home(home) else None)
    found = [entry for entry in places.candidates(name) if country in {None, entry.country}]
    if as_json:
        from web.cli.output import echo_json

        echo_json({"places": [_to_json(entry, places) for entry in found]})
        return
    for entry in found:
        click.echo(_say(entry, places))
    if not found:
        click.echo(f"No place is called {name}. Add it with: dateline gazetteer add FILE")


@gazetteer.command()
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@by_option
@home_option
def add(table: Path, by: str, home: Path) -> None:
    """Add places and further names from a table to the archive's own, authorities/places.tsv in its folder.

    The table is UTF-8 text with tabs between its columns and their names in the first line: id, name, kind, parent,
    country, lat, lon, variants (parted by |), source. docs/places-and-dates.md explains each. With the id of a known
    place, a row adds its variants to it. A row whose id the archive's own table has takes the old one's place. Nothing
    is written when a row cannot be used.

    \b
    Example, a table that adds a camp and a further name for Mosul:
      id              name       kind  parent          country  lat  lon  variants   source
      library:camp-9  Camp Nine  camp  geonames:99072                     Camp 9     field notes
      geonames:99072                                                      Mossoul    Le Monde
    """
    from archive.authorities import add_places
    from archive.home import open_home
    from archive.store import Store

    opened = open_home(home)
    with Store.open(opened) as store, store.own_files.changing(PLACES, by=by, reason=f"from {table.name}"):
        added = add_places(opened.authorities, table)
    for label, entries in (("New", added.new), ("Known before", added.known)):
        for entry in entries:
            click.echo(f"{label}: {entry.name} ({entry.id})")
    click.echo(f"The archive's own table has {added.rows:,} rows: {opened.authorities / 'places.tsv'}")
    click.echo("Searches use the names from now on. For the reports that are there already: dateline rerun")


@gazetteer.command()
@click.argument("place_id", metavar="ID")
@by_option
@home_option
def remove(place_id: str, by: str, home: Path) -> None:
    """Take a row out of the archive's own table: a place of its own, or what it adds to a known one."""
    from archive.authorities import remove_place
    from archive.home import open_home
    from archive.store import Store

    opened = open_home(home)
    with Store.open(opened) as store, store.own_files.changing(PLACES, by=by):
        removed = remove_place(opened.authorities, place_id)
    if not removed:
        raise click.ClickException(f"The archive's own table has no row {place_id}. See: dateline gazetteer list")
    click.echo(f"Removed {place_id}. For the reports that are there already: dateline rerun")


@gazetteer.command("list")
@home_option
@json_option
def list_own(home: Path, as_json: bool) -> None:
    """Show the archive's own places and what it adds to others."""
    from archive.authorities import load_places
    from archive.home import open_home

    places = load_places(open_home(home).authorities)
    own = list(places.library.by_id.values())
    if as_json:
        from web.cli.output import echo_json

        echo_json({"places": [_to_json(entry, places) for entry in own]})
        return
    for entry in own:
        click.echo(_say(entry, places))
    if not own:
        click.echo("This archive has no places of its own. Add some with: dateline gazetteer add FILE")


@gazetteer.command()
def build() -> None:
    """Compile the gazetteer now. Without this command it is done when a place is first looked up.

    \b
    Example:
      dateline gazetteer build
    """
    from archive.authorities import build_places

    path, places = build_places()
    click.echo(f"Compiled {places:,} places into {path}")


def _say(entry: "PlaceEntry", places: "Gazetteer") -> str:
    inside = ", ".join(above.name for above in reversed(places.parents(entry.id)))
    point = f"{entry.lat}, {entry.lon}" if entry.lat is not None else "no point"
    others = ", ".join(entry.variants[:MOST_NAMES]) + (" …" if len(entry.variants) > MOST_NAMES else "")
    where = f"{entry.name}, {entry.kind}{' in ' + inside if inside else ''} ({point})"
    return f"{entry.id}  {where}" + (f"\n  also {others}" if others else "")


def _to_json(entry: "PlaceEntry", places: "Gazetteer") -> dict[str, object]:
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "country": entry.country or None,
        "inside": [above.id for above in places.parents(entry.id)],
        "lat": entry.lat,
        "lon": entry.lon,
        "variants": list(entry.variants),
    }
