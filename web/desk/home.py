"""The desk's first page: what waits, and the ways to everything else."""

from flask import Blueprint, render_template

from web.desk.doors import list_doors

pages = Blueprint("desk", __name__)


@pages.get("/desk")
def show() -> str:
    """Show what there is to do, for the person who is signed in."""
    return render_template("desk/home.html", doors=list_doors(waiting=True))


@pages.app_context_processor
def _give_doors() -> dict[str, object]:
    return {"list_doors": list_doors}
