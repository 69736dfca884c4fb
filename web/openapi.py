"""The API described for programs: an OpenAPI 3.1 document made from the tables the API itself uses."""

from indexer import FIELD_BY_KEY
from web.address import EXCLUDED, FACET_KEYS, LONGEST_QUERY, LONGEST_VALUE, MOST_PAGES, PER_PAGE, SORTS

Json = dict[str, object]
TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "integer"}
SPAN: Json = {
    "type": ["array", "null"],
    "items": NUMBER,
    "minItems": 2,
    "maxItems": 2,
    "description": "start and end in code points of the decoded original, end excluded",
}
REPORT_ID: Json = {"type": "string", "pattern": "^[0-9bcdfghjkmnpqrstvwxz]{12}$"}


def describe_api(*, title: str, version: str, server: str) -> Json:
    """Return the document for the archive of this title, served at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "summary": "Search and read an archive of conflict reporting.",
            "description": "Reading only. Where the archive is private, send a token of your account with each "
            "request. A parameter that is unknown or out of bounds is left out rather than refused, and "
            "`diagnostics` says how a query was read. Dates are EDTF; absent values are null.",
        },
        "servers": [{"url": server}],
        "paths": {
            "/api/v1/search": {"get": _search()},
            "/api/v1/status": {"get": _operation("status", "What the archive holds.", [], _ref("Status"))},
            "/api/v1/reports/{report_id}": {
                "get": _operation("report", "The record of one report.", [_report_id()], _ref("Record"), missing=True)
            },
            "/api/v1/reports/{report_id}/evidence": {
                "get": _operation(
                    "evidence",
                    "Why each value of a report is believed.",
                    [_report_id()],
                    _list(_ref("Evidence")),
                    missing=True,
                )
            },
        },
        "security": [{}, {"token": []}],
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _search() -> Json:
    said = (f"{FIELD_BY_KEY[key].label}: reports with this value; several mean any of them." for key in FACET_KEYS)
    chosen = [_many(key, text) for key, text in zip(FACET_KEYS, said, strict=True)]
    left_out = [_many(EXCLUDED + key, f"Reports without this value of `{key}`.") for key in FACET_KEYS]
    asked = [
        _one("q", "The query, in the archive's query language.", {**TEXT, "maxLength": LONGEST_QUERY}),
        *chosen,
        *left_out,
        _one("mode", "Reports of uncertain date count if possibly, or only if certainly, within.",
             {"enum": ["possible", "certain"]}),
        _one("variants", "0 searches every word under its own spelling only.", {"enum": ["0", "1"]}),
        _many("alone", "A word to search without its other names."),
        _one("sort", "The order of the hits.", {"enum": list(SORTS)}),
        _one("per", "Hits on a page.", {**NUMBER, "minimum": 1, "maximum": PER_PAGE[-1], "default": PER_PAGE[0]}),
        _one("page", "Which page.", {**NUMBER, "minimum": 1, "maximum": MOST_PAGES, "default": 1}),
    ]  # fmt: skip
    summary = "One page of the reports that match, with facets; Link headers lead to the pages around it."
    return _operation("search", summary, asked, _ref("Result"))


def _operation(name: str, summary: str, parameters: list[Json], schema: Json, *, missing: bool = False) -> Json:
    answers = {
        "200": _answer("The answer.", schema),
        "401": _answer("The archive is private, and no token came with the request.", _ref("Error")),
    }
    if missing:
        answers["404"] = _answer("There is no such report.", _ref("Error"))
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}


def _schemas() -> Json:
    return {
        **_result_schemas(),
        "Record": _record_schema(),
        "Evidence": _object(
            field=TEXT, value=TEXT, printed=TEXT, zone=TEXT, rule=TEXT, basis=TEXT, status=TEXT, span=SPAN,
            by=_or_null(TEXT), when=_or_null(TEXT),
        ),
        "Status": _object(
            reports=NUMBER, outlets=NUMBER, earliest=_or_null(TEXT), latest=_or_null(TEXT), undated=NUMBER,
            engine=TEXT, indexed=NUMBER, last_event=NUMBER,
        ),
        "Error": _object(error=TEXT, status=NUMBER),
    }  # fmt: skip


def _result_schemas() -> Json:
    return {
        "Result": _object(
            total=NUMBER,
            hits=_list(_ref("Hit")),
            facets={"type": "object", "additionalProperties": _list(_ref("FacetValue"))},
            facet_values={"type": "object", "additionalProperties": {"type": "integer"}},
            searched=_object(query=TEXT, expansions=_list(_ref("OtherNames")), withheld=_list(_ref("OtherNames")),
                             fields=_list(TEXT)),
            suggestion=_or_null(_object(query=TEXT, total=NUMBER, changes=_list(_object(word=TEXT, instead=TEXT)))),
            diagnostics=_list(_object(level=TEXT, message=TEXT, start=NUMBER, end=NUMBER)),
        ),
        "Hit": _object(
            id=REPORT_ID, title=_or_null(TEXT), outlet=_or_null(TEXT), published=_or_null(TEXT),
            byline=_or_null(TEXT), media_id=_or_null(TEXT), score={"type": "number"},
            snippets=_list(_object(field=TEXT, text=TEXT, marks=_list(_list(NUMBER)))),
        ),
        "OtherNames": _object(word=TEXT, also=_list(TEXT), authority=TEXT, kind={"enum": ["actor", "place"]}),
        "FacetValue": _object(value=TEXT, label=TEXT, count=NUMBER),
    }  # fmt: skip


def _record_schema() -> Json:
    place = {"id": TEXT, "name": TEXT, "country": _or_null(TEXT), "admin1": _or_null(TEXT),
             "lat": {"type": ["number", "null"]}, "lon": {"type": ["number", "null"]},
             "role": {"enum": ["main", "mentioned", "filed from"]}, "mentions": _list({"type": "object"})}  # fmt: skip
    passage = {"text": TEXT, "kind": TEXT, "span": SPAN}
    dated = {"edtf": _or_null(TEXT), "earliest": _or_null(TEXT), "latest": _or_null(TEXT)}
    nullable_object: Json = {"type": ["object", "null"]}
    return _object(
        id=REPORT_ID,
        source=_object(name=TEXT, sha256=TEXT, media_type=TEXT, bytes=NUMBER, url=_or_null(TEXT),
                       captured=_or_null(TEXT)),
        outlet=nullable_object, title=nullable_object, byline=nullable_object, dateline=nullable_object,
        media_id=nullable_object, section=_list(TEXT), language=_or_null(TEXT),
        published=_object(**dated, basis={"enum": ["stated", "inferred", "unknown"]},
                          evidence=_list({"type": "object"})),
        body=_list(_object(**passage)),
        captions=_list(_object(text=TEXT, credit=_or_null(TEXT), span=SPAN)),
        comments=_list(_object(text=TEXT, span=SPAN)), comments_declared=_or_null(NUMBER),
        set_aside=_list(_object(**passage, rule=TEXT)),
        places=_list(_object(**place)),
        mentions=_list(_object(text=TEXT, span=SPAN, place=_or_null(TEXT))),
        names=_list(_object(id=TEXT, printed=TEXT, count=NUMBER)),
        dates_mentioned=_list(_object(text=TEXT, **dated, span=SPAN)),
        tags=_list(TEXT),
        issues=_list(_object(code=TEXT, message=TEXT, span=SPAN)),
    )  # fmt: skip


def _object(**properties: object) -> Json:
    """Return an object all of whose keys are always present; later versions may add more."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _or_null(schema: Json) -> Json:
    return {**schema, "type": [schema["type"], "null"]}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(description: str, schema: Json) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _one(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _many(name: str, description: str) -> Json:
    values = _list({**TEXT, "minLength": 1, "maxLength": LONGEST_VALUE})
    return {**_one(name, description, values), "style": "form", "explode": True}


def _report_id() -> Json:
    return {"name": "report_id", "in": "path", "required": True, "schema": TEXT}
