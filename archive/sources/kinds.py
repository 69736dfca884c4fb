"""Kinds of files: which ending is which, and media types whose parameters say how an original is read.

A row of a table or a part of an export is not to be read without knowing its columns or its split rule. So that a
stored original can be read again by itself, its media type carries them: `text/csv; fields=title:2:headline`.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

TEXT, HTML, XHTML = "text/plain", "text/html", "application/xhtml+xml"
MHTML = "multipart/related"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON, CSV = "application/json", "text/csv"
NITF, NEWSML = "application/nitf+xml", "application/vnd.iptc.g2.newsitem+xml"

MEDIA_TYPES = {
    ".txt": TEXT,
    ".text": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".xht": HTML,
}
# What to do with files of kinds that people often have and that are not read.
ADVICE = {
    ".7z": "unpack it and import the folder",
    ".arc": "turn it into WARC (warcio recompress does that)",
    ".doc": "save it as .docx, text or HTML",
    ".eml": "save the message's page as HTML or .mhtml",
    ".epub": "unpack it as a ZIP and import the folder",
    ".json": "write one record to a line and name the file .jsonl",
    ".odt": "save it as .docx, text or HTML",
    ".rar": "unpack it and import the folder",
    ".rtf": "save it as .docx, text or HTML",
    ".webarchive": "save the page as HTML or .mhtml",
    ".xls": "save it as CSV",
    ".xlsx": "save it as CSV",
}
# Files that programs and systems leave beside pages: counted, never listed.
HOUSEKEEPING = re.compile(
    r"(?:^|/)(?:\.zotero-[\w-]+|\.DS_Store|\.localized|Thumbs\.db|desktop\.ini|\._[^/]*|__MACOSX/.*|\.directory)$",
    re.IGNORECASE,
)
# How browsers name the folder that belongs to a saved page, in the languages they speak (page_files, page-Dateien …).
COMPANION = re.compile(
    r"^(?P<stem>.+?)(?:[_.-]files|_file|[_-][Dd]ateien|_fichiers|_archivos|_bestanden|_ficheiros|_arquivos|_pliki|_soubory"
    r"|_subory|_filer|_tiedostot|_dosyalar|_elemei|_datoteke|_fajlovi|_bylos|_failid|_fails|_fitxers|_fitxategiak)$",
)


def why_skipped(suffix: str) -> str:
    """Return why a file of this kind is not read, with what to do about it when people often ask."""
    advice = ADVICE.get(suffix)
    if not suffix:
        return "files without an ending (.txt, .html) are not read"
    return f"files ending in '{suffix}' are not pages we read" + (f": {advice}" if advice else "")


def with_parameters(media_type: str, **parameters: str | None) -> str:
    """Return a media type with these parameters, in order; those that are None or empty are left out."""
    return media_type + "".join(f"; {key}={quote(value, safe=',:')}" for key, value in parameters.items() if value)


def read_parameters(media_type: str) -> tuple[str, Mapping[str, str]]:
    """Return a media type's name and its parameters; `with_parameters` undone."""
    essence, *rest = media_type.split(";")
    pairs = (one.strip().partition("=") for one in rest)
    return essence.strip().lower(), {key.lower(): unquote(value.strip('"')) for key, _, value in pairs if key}
