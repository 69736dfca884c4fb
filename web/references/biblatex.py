"""biblatex, for those who write in LaTeX; its dates are EDTF levels 0 and 1."""

import re

from web.references.dates import say_british
from web.references.reference import Author, Reference

MEDIA_TYPE = "application/x-bibtex"
SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
ESCAPES = str.maketrans(SPECIAL)
# What biblatex reads as it stands: 2016, 2016-11, 2016-11-03, each with a doubt, and intervals of two of them.
PLAIN_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}[~?%]?(?:/(?:\.\.|\d{4}(?:-\d\d){0,2}[~?%]?)?)?")


def write_biblatex(reference: Reference) -> str:
    """Return a report as one biblatex entry."""
    fields = [
        ("author", " and ".join(_name(author) for author in reference.authors)),
        ("title", f"{{{_escape(reference.title)}}}"),
        ("journaltitle", _escape(reference.outlet or "")),
        ("entrysubtype", "newspaper"),
        ("date", _date(reference)),
        ("number", _escape(f"Media ID {reference.media_id}") if reference.media_id else ""),
        ("library", _escape(f"{reference.archive}, report {reference.id}")),
        ("keywords", ", ".join(_escape(word.replace(",", " ")) for word in (*reference.places, *reference.names))),
        ("url", reference.address),
        ("urldate", reference.accessed.isoformat()),
        ("eprint", reference.ark),
        ("eprinttype", "ark"),
        ("note", _note(reference)),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@article{{{reference.id},", *lines, "}", "", ""])


def _name(author: Author) -> str:
    """Return a name as biblatex takes it apart; one that has no parts is held together by braces."""
    return _escape(author.inverted) if author.given else f"{{{_escape(author.family)}}}"


def _date(reference: Reference) -> str:
    if reference.edtf is None or PLAIN_DATE.fullmatch(reference.edtf):
        return reference.edtf or ""
    return f"{reference.earliest or ''}/{reference.latest or ''}"


def _note(reference: Reference) -> str:
    if not reference.edtf or not reference.doubtful:
        return ""
    return _escape(f"publication date inferred: {say_british(reference).strip('[]')}")


def _escape(text: str) -> str:
    return text.translate(ESCAPES)
