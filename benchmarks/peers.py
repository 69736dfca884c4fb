"""What other tools make of a page, one tool to a process, in the environment that `cleaning.py` makes for them.

Run by `benchmarks/cleaning.py`: python peers.py TOOL PAGES.zip [most pages] [--lines]. Prints one line of JSON for
each page: its name, CPU seconds, and what the tool found. With --lines the pages are plain text, and each line is
given to the tool as a paragraph of an HTML page, since most of them return nothing for bare text.

This file imports nothing of the program, and of the tools only the one that is asked.
"""

import html
import json
import logging
import re
import signal
import sys
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

MOST_SECONDS = 60
PARAGRAPH_END = 80  # code points; the plain rule keeps longer lines that end like a sentence
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")  # … the officer said.”

Found = dict[str, Any]
Tool = Callable[[bytes], Found]


def trafilatura() -> Tool:
    """Return trafilatura with metadata and comments, its settings otherwise as they come."""
    extract = import_module("trafilatura").bare_extraction

    def run(content: bytes) -> Found:
        found = extract(content, with_metadata=True, include_comments=True)
        if found is None:
            return {}
        authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {
            "body": found.text, "title": found.title, "authors": authors, "date": found.date,
            "comments": found.comments,
        }  # fmt: skip

    return run


def readability() -> Tool:
    """Return readability-lxml; its summary is HTML, of which every element's text is a line."""
    document, parse = import_module("readability").Document, import_module("lxml.html").document_fromstring

    def run(content: bytes) -> Found:
        page = document(content.decode("utf-8", "replace"))
        body = "\n".join(text.strip() for text in parse(page.summary()).itertext() if text.strip())
        author = page.author()
        known = bool(author) and not author.startswith("[no")
        return {"body": body, "title": page.short_title(), "authors": [author] if known else []}

    return run


def newspaper4k() -> Tool:
    """Return newspaper4k, which is given the page and fetches nothing."""
    article = import_module("newspaper").Article

    def run(content: bytes) -> Found:
        page = article(url="", fetch_images=False)
        page.download(input_html=content.decode("utf-8", "replace"))
        page.parse()
        date = page.publish_date
        return {
            "body": page.text, "title": page.title, "authors": list(page.authors),
            "date": date.date().isoformat() if hasattr(date, "date") else None,
        }  # fmt: skip

    return run


def justext() -> Tool:
    """Return jusText with its English list of words."""
    library = import_module("justext")
    words = library.get_stoplist("English")

    def run(content: bytes) -> Found:
        kept = (one.text for one in library.justext(content, words) if not one.is_boilerplate)
        return {"body": "\n".join(kept)}

    return run


def resiliparse() -> Tool:
    """Return Resiliparse's extraction of main content."""
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    encoding = import_module("resiliparse.parse.encoding")

    def run(content: bytes) -> Found:
        text = encoding.bytes_to_str(content, encoding.detect_encoding(content))
        return {"body": extract(text, main_content=True, alt_texts=False, list_bullets=False)}

    return run


def long_lines() -> Tool:
    """Return the plain rule for plain text: lines of 80 code points and more that end like a sentence."""

    def run(content: bytes) -> Found:
        lines = (html.unescape(line).strip() for line in re.findall(r"<p>(.*)</p>", content.decode()))
        return {"body": "\n".join(one for one in lines if len(one) >= PARAGRAPH_END and SENTENCE_END.search(one))}

    return run


TOOLS: dict[str, Callable[[], Tool]] = {
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "newspaper4k": newspaper4k,
    "jusText": justext,
    "Resiliparse": resiliparse,
    "lines of 80": long_lines,
}


def as_paragraphs(content: bytes) -> bytes:
    """Return a page of plain text as HTML, each line a paragraph."""
    lines = (f"<p>{html.escape(line)}</p>" for line in content.decode("utf-8", "replace").splitlines() if line.strip())
    body = "\n".join(lines)
    return f"<html><head></head><body>{body}</body></html>".encode()


def read_pages(archive: Path, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of an archive's pages, in order of name."""
    with zipfile.ZipFile(archive) as pages:
        for name in sorted(pages.namelist())[:most]:
            yield name, pages.read(name)


def run_page(tool: Tool, content: bytes) -> Found:
    """Return what a tool finds in one page and its CPU seconds; `error` says why there is nothing."""
    start = time.process_time()
    signal.alarm(MOST_SECONDS)
    try:
        found = tool(content)
    except Exception as error:  # noqa: BLE001 - whatever a tool raises, its page counts as empty
        found = {"error": " ".join(f"{type(error).__name__}: {error}".replace("*", "").split())[:120]}
    finally:
        signal.alarm(0)
    return found | {"seconds": time.process_time() - start}


def _out_of_time(_number: int, _frame: object) -> None:
    raise TimeoutError


def main() -> None:
    """Run one tool over one set."""
    name, archive = sys.argv[1], Path(sys.argv[2])
    most = next((int(one) for one in sys.argv[3:] if one.isdigit()), sys.maxsize)
    logging.disable()
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _out_of_time)
    tool = TOOLS[name]()
    for page, content in read_pages(archive, most):
        found = run_page(tool, as_paragraphs(content) if "--lines" in sys.argv else content)
        sys.stdout.write(json.dumps({"page": page, **found}) + "\n")


if __name__ == "__main__":
    main()
