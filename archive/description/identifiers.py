"""The outlet's own identifier for the item, kept as printed."""

from archive.cleaning.cleaned import CleanedPage
from archive.model import MediaId


def describe_media_id(cleaned: CleanedPage) -> MediaId | None:
    """Return the identifier a rule names, else the one a Dublin Core header states."""
    for judged in cleaned.of_kind("identifier"):
        rule = cleaned.rule_of(judged)
        found = rule.pattern.search(judged.block.text) if rule is not None and rule.pattern is not None else None
        if found is not None and found.groupdict().get("id"):
            return MediaId(found["id"], judged.rule, judged.block.locate(*found.span("id")))
    stated = cleaned.markup.meta("dc.identifier") if cleaned.markup is not None else None
    return None if stated is None else MediaId(stated.value, "head/dc.identifier", stated.span)
