"""An answer that is no page of the archive: a heading and what to do next, or JSON where a program asks."""

from flask import jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

UNAUTHORIZED = 401


def answer(status: int, heading: str, advice: str) -> ResponseReturnValue:
    """Say in words why there is no page, to a person or to a program."""
    if is_for_programs():
        response = jsonify({"error": f"{heading}. {advice}", "status": status})
    else:
        response = make_response(render_template("error.html", heading=heading, advice=advice))
    if status == UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    response.status_code = status
    return response


def is_for_programs() -> bool:
    """Tell whether this address is one that programs ask for."""
    return request.path.startswith("/api/") or request.path.endswith(".json")
