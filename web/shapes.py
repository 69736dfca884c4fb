"""An answer as JSON: what `dateline search --json` prints and `/api/v1/search` sends."""

from collections.abc import Sequence

from indexer import Diagnostic, Evidence, Expansion, Facet, Hit, ResultPage, Searched, Snippet, Suggestion

Json = dict[str, object]


def result_to_json(page: ResultPage, said_before: Sequence[Diagnostic] = ()) -> Json:
    """Return one page of results as JSON values; keys are always present, absent values are None.

    `said_before` are diagnostics of whoever read the question, told before the catalogue's own.
    """
    return {
        "total": page.total,
        "stories": page.stories,
        "hits": [_hit(hit) for hit in page.hits],
        "facets": {facet.key: _facet(facet) for facet in page.facets},
        "facet_values": {facet.key: max(facet.total, len(facet.values)) for facet in page.facets},
        "searched": _searched(page.searched),
        "suggestion": _suggestion(page.suggestion) if page.suggestion else None,
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in (*said_before, *page.diagnostics)],
    }


def evidence_to_json(item: Evidence) -> Json:
    """Return one reason for one value as JSON values."""
    return {
        "field": item.field,
        "value": item.value,
        "printed": item.printed,
        "zone": item.zone,
        "rule": item.rule,
        "basis": item.basis,
        "status": item.status,
        "span": [item.span.start, item.span.end] if item.span else None,
        "by": item.by,
        "when": item.when,
    }


def _hit(hit: Hit) -> Json:
    return {
        "id": hit.id,
        "title": hit.title,
        "outlet": hit.outlet,
        "published": hit.published,
        "byline": hit.byline,
        "media_id": hit.media_id,
        "score": hit.score,
        "story": hit.story,
        "reprints": hit.reprints,
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
    }


def _snippet(snippet: Snippet) -> Json:
    """Return the snippet's text with the matched stretches as [start, end] offsets into it."""
    text, marks = "", []
    for part, matched in snippet.parts:
        if matched:
            marks.append([len(text), len(text) + len(part)])
        text += part
    return {"field": snippet.field, "text": text, "marks": marks}


def _facet(facet: Facet) -> list[Json]:
    return [{"value": value.value, "label": value.label, "count": value.count} for value in facet.values]


def _searched(searched: Searched) -> Json:
    return {
        "query": searched.query,
        "expansions": [_expansion(added) for added in searched.expansions],
        "withheld": [_expansion(held) for held in searched.withheld],
        "fields": list(searched.fields),
    }


def _suggestion(suggestion: Suggestion) -> Json:
    changes = [{"word": word, "instead": instead} for word, instead in suggestion.changes]
    return {"query": suggestion.query, "total": suggestion.total, "changes": changes}


def _expansion(names: Expansion) -> Json:
    return {"word": names.word, "also": list(names.also), "authority": names.authority, "kind": names.kind}


def _diagnostic(diagnostic: Diagnostic) -> Json:
    return {
        "level": diagnostic.level,
        "message": diagnostic.message,
        "start": diagnostic.start,
        "end": diagnostic.end,
    }
