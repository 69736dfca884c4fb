"""HTML as plain lines, for exports whose lines say what they are; and a writer of lines that are told apart."""

import re
from html.parser import HTMLParser

from archive.model import BlockKind, Span, Stated, Stretch

# Elements whose border ends a line.
LINE_NAMES = """
    address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5
    h6 header hr li main nav ol p pre section table td th title tr ul
"""
LINE_TAGS = frozenset(LINE_NAMES.split())
NO_TEXT = frozenset({"head", "script", "style", "noscript", "template", "svg", "select", "textarea"})
SPACES = re.compile(r"\s+")


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._words: list[str] = []
        self._closed: list[str] = []  # elements without text that are open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in NO_TEXT:
            self._closed.append(tag)
        elif tag == "body":
            self._closed.clear()
        if tag in LINE_TAGS:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._closed:
            del self._closed[self._closed.index(tag) :]
        if tag in LINE_TAGS:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self._closed:
            self._words.append(data)

    def end_line(self) -> None:
        line = SPACES.sub(" ", "".join(self._words)).strip()
        self._words.clear()
        if line:
            self.lines.append(line)


def render_markup(markup: str) -> str:
    """Return the text of HTML, a line for each block, cell and line break."""
    parser = _Lines()
    parser.feed(markup)
    parser.close()
    parser.end_line()
    return "\n".join(parser.lines)


class Lines:
    """Text written line by line, each with what it is and, where it states one, the field and value."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.stated: list[Stated] = []
        self._lines: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """All lines written so far."""
        return "\n".join(self._lines)

    def write(
        self, line: str, kind: BlockKind, rule: str, *, field: str | None = None, value: str | None = None
    ) -> None:
        """Add a line, white space folded; nothing when it is blank. `field` is stated with `value` or the line."""
        line = SPACES.sub(" ", line).strip()
        if not line:
            return
        span = Span(self._length, self._length + len(line))
        self._lines.append(line)
        self._length = span.end + 1
        self.stretches.append(Stretch(span, kind, rule))
        if field is not None:
            self.state(field, value or line, rule, span)

    def state(self, field: str, value: str | None, rule: str, span: Span | None = None) -> None:
        """State a value that no line prints, or that this span of the text does; the first of a field counts."""
        value = SPACES.sub(" ", value or "").strip()
        if value and field not in {one.field for one in self.stated}:
            self.stated.append(Stated(field, value, rule, span))
