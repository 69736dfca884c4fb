"""Who signed the report: the byline as printed, the names in it, and the place it names.

An outlet's own rule decides where there is one. On pages of outlets we do not know the order of evidence is: the
article's JSON-LD, the head's author, elements that call themselves the author, a line "By …" near the headline.
A name that is only the outlet's own gives way to a person's or an agency's found further down that list.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.cleaning.cleaned import CleanedPage
from archive.cleaning.headline import SEPARATOR, clean_words, letters, site_keys
from archive.cleaning.markup import Markup
from archive.cleaning.walking import Sign
from archive.description.authors import fold_name, is_name, read_authors, split_authors, tell_kind
from archive.description.nearness import Headed, head_page
from archive.description.statements import article_objects, find_json_value
from archive.model import AuthorKind, Byline, JudgedBlock, Span

# By Jane Roe and John Poe in Basra
SPOKEN = re.compile(r"^(?:(?:by|BY|By)[:\s]\s*)?(?P<authors>\S.*?)(?:,? in (?P<place>[A-Z][^,.]{1,40}))?$")
IN_PLACE = re.compile(r"\sin\s+(?P<place>[A-Z][\w' -]{2,30})$")  # By Jane Roe in Basra

ABOVE, BELOW = 6, 14  # blocks around the headline where a byline stands
LISTING = 3  # so many lines "By …" around a headline are a list of other works
LONGEST_BYLINE = 200
LONGEST_PRINTED_WORDS = 30
META_AUTHOR = re.compile(r"(?:^|[.:_-])(?:authors?|articleauthor|byl|byline)$|^(?:dc|dcterms)\.creator$")
META_OTHERS = re.compile(r"^(?:twitter|fediverse|content)[:_-]|og:author$")
NAME_SIGN = re.compile(
    r"\b(?:authors?|byline|autor|auteur|writer|contributor|verfasser)[-_]*(?:names?|link)\b"
    r"|(?:^|\s)(?:author|authors|byline|vcard author|post-author|entry-author|p-author|fn|autor)(?:\s|$)"
)
AUTHOR_SIGN = re.compile(
    r"author|byline|\bautor|auteur|verfasser|writer|columnist|journalist|contributor|reporter|signature|\bfirma\b"
)
NO_AUTHOR = re.compile(
    r"comment|review|teaser|related|card|avatar|image|photo|picture|bild|social|follow|button|btn|bio\b|title|role|position"
    r"|job|date|time|label|more|nextread|biograph|website|twitter|profile-link__social"
)
ELSEWHERE = re.compile(r"comment|related|teaser|recommend|sidebar|most-?read|popular|more-from|latest|reviewer|respond")
BY = re.compile(  # By Jane Roe · Written by Jane Roe · Ein Gastbeitrag von Jana Roe · Par Jeanne Roe · 記者 …
    r"^(?:(?:(?:[Ww]ritten|[Ww]ords|[Tt]ext|[Pp]osted|[Ss]tory|[Rr]eport(?:ed)?|[Aa]rticle|[Aa]nalysis|[Oo]pinion"
    r"|[Pp]ublished) )?(?:by|By|BY)\b|(?:Ein )?(?:(?:Gast)?[Kk]ommentar |(?:Gast)?[Bb]eitrag |Interview )?[Vv]on\b"
    r"|[Pp]ar\b|[Pp]or\b|A cura di\b|Di\b|Door\b|Av\b|Af\b|Autor(?:in)?:|Auteur\s?:|Автор:?\s|بقلم"
    r"|作者[:：]|記者|记者|文[／/])\s*:?"
)
MOST_NAME_WORDS = 6
FEWEST_CAPITALS = 0.5  # of a name's words
MOST_WORDS_ALONE = 5  # of an author element that says nothing like "By"
SHORTEST_NAME = 3  # letters


@dataclass(frozen=True, slots=True)
class _Found:
    """Names from one source of evidence."""

    names: tuple[str, ...]
    printed: str
    rule: str
    span: Span | None = None
    organisations: frozenset[str] = frozenset()


def describe_byline(cleaned: CleanedPage) -> Byline | None:
    """Return the printed byline, else the authors the page's head states, else None."""
    markup = cleaned.markup
    printed = None
    if markup is None or cleaned.recognition.rules is not None:
        lines = cleaned.of_kind("byline")
        own = [one for one in lines if markup is None or cleaned.rule_of(one) is not None]
        printed = _read_printed(cleaned, own[0]) if own else None
    if markup is None or (printed is not None and printed.authors):
        return printed
    page = head_page(cleaned, markup)
    return _choose(cleaned, page, _sources(cleaned, page)) or printed


def _sources(cleaned: CleanedPage, page: Headed) -> Iterator[_Found]:
    yield from _from_json_ld(cleaned, page.markup)
    yield from _from_metas(page.markup)
    yield from _from_signs(page)
    yield from _from_lines(page)
    yield from _from_foot(page)


def _read_printed(cleaned: CleanedPage, judged: JudgedBlock) -> Byline:
    rule = cleaned.rule_of(judged)
    text = judged.block.text
    found = rule.pattern.search(text) if rule is not None and rule.pattern is not None else SPOKEN.match(text)
    groups: Mapping[str, str | None] = {} if found is None else found.groupdict()
    authors = split_authors(groups.get("authors") or "")
    return Byline(
        value=text,
        authors=authors,
        kinds=_kinds(cleaned, authors),
        place=groups.get("place"),
        rule=judged.rule,
        span=judged.block.span,
    )


def _choose(cleaned: CleanedPage, page: Headed, sources: Iterable[_Found]) -> Byline | None:
    """Return the first byline that names someone besides the outlet itself, else the first."""
    own = _own_names(page.markup)
    fallback: _Found | None = None
    for found in sources:
        if found.rule.startswith("head/") and all(letters(one) in own and one.islower() for one in found.names):
            continue  # the site's address under another label
        if any(letters(name) not in own for name in found.names):
            return _conclude(cleaned, page, found)
        fallback = fallback or found
    return None if fallback is None else _conclude(cleaned, page, fallback)


def _own_names(markup: Markup) -> frozenset[str]:
    """Return the letters of the names the site goes by, the pieces of its title tag among them."""
    pieces = SEPARATOR.split(markup.head_title.value) if markup.head_title is not None else []
    return site_keys(markup) | {letters(piece) for piece in pieces[1:] + pieces[:1] if len(pieces) > 1}


def _from_json_ld(cleaned: CleanedPage, markup: Markup) -> Iterator[_Found]:
    by_id = {item["@id"]: item for item in markup.json_ld if isinstance(item.get("@id"), str) and item.get("name")}
    for item in article_objects(markup):
        names: list[str] = []
        organisations: set[str] = set()
        for author, stated in _json_authors(item, by_id):
            organisation = "Organization" in str(author.get("@type"))
            read = tuple(filter(is_name, (clean_words(stated),))) if organisation else read_authors(stated)
            names.extend(read)
            organisations.update(read if organisation else ())
        if names:
            unique = tuple(dict.fromkeys(names))
            span = find_json_value(cleaned.page.text, "name", unique[0])
            yield _Found(unique, ", ".join(unique), "head/json-ld-author", span, frozenset(organisations))


def _json_authors(
    item: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], str]]:
    authors = item.get("author")
    if authors is None:
        authors = item.get("creator")
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, str):
            yield {}, author
        elif isinstance(author, dict):
            full = author if author.get("name") else by_id.get(str(author.get("@id")), author)
            name = full.get("name")
            if not name:
                name = " ".join(one for key in ("givenName", "familyName") if isinstance(one := full.get(key), str))
            if isinstance(name, str) and name.strip():
                yield full, name


def _from_metas(markup: Markup) -> Iterator[_Found]:
    by_name: dict[str, list[Any]] = {}
    for meta in markup.metas:
        if META_AUTHOR.search(meta.name) and not META_OTHERS.search(meta.name):
            by_name.setdefault(meta.name, []).append(meta)
    creators = [name for name in by_name if name.endswith("creator")]
    for name in [*(one for one in by_name if one not in creators), *creators]:
        metas = by_name[name]
        names = tuple(dict.fromkeys(author for meta in metas for author in read_authors(meta.value)))
        if name in creators:  # a content system's account is no author
            names = tuple(one for one in names if " " in one or not one.islower())
        if names:
            yield _Found(names, ", ".join(meta.value for meta in metas), f"head/{name}", metas[0].span)


def _from_signs(page: Headed) -> Iterator[_Found]:
    """Yield the names of elements near the headline that call themselves the author."""
    near = [sign for sign in page.markup.signs if page.is_near(sign.block, ABOVE, BELOW) and _is_author(page, sign)]
    for wanted in (NAME_SIGN, AUTHOR_SIGN):
        names: list[str] = []
        signs: list[Sign] = []
        for sign in near:
            if not wanted.search(sign.hints) or (signs and sign.block > signs[-1].block + 2):
                continue
            if wanted is AUTHOR_SIGN and not BY.match(sign.text) and len(sign.text.split()) > MOST_WORDS_ALONE:
                continue
            read = read_authors(sign.text, printed=True)
            sure = wanted is NAME_SIGN and "author" in sign.hints.split()
            if read and all(_looks_like_name(name) or (sure and " " not in name) for name in read):
                signs.append(sign)
                names.extend(read)
        if names:
            kept = _without_longer(names)
            span = signs[0].span
            yield _Found(kept, signs[0].text, "generic/author-element", span)


def _is_author(page: Headed, sign: Sign) -> bool:
    """Tell whether an element calls itself the author of the article, and not of a comment or another article."""
    if not sign.text or not sign.hints or len(sign.text) > LONGEST_BYLINE or not AUTHOR_SIGN.search(sign.hints):
        return False
    if NO_AUTHOR.search(sign.hints) and not NAME_SIGN.search(sign.hints):
        return False
    if sign.block >= len(page.markup.blocks) or ELSEWHERE.search(sign.hints):
        return False
    for frame in page.markup.ancestors(page.markup.blocks[sign.block].frame):
        if frame.tag in {"body", "html", "main", "article"}:
            return True
        if frame.tag in {"nav", "footer", "figure"} or ELSEWHERE.search(frame.hints):
            return False
    return True


def _without_longer(names: Sequence[str]) -> tuple[str, ...]:
    """Drop a name that only repeats another one with more around it."""
    unique = list(dict.fromkeys(names))
    keys = {name: fold_name(name) for name in unique}
    kept = []
    seen: set[str] = set()
    for name in unique:
        longer = any(
            other != name and keys[other] and keys[other] in keys[name] and keys[other] != keys[name]
            for other in unique
        )
        if not longer and keys[name] not in seen:
            seen.add(keys[name])
            kept.append(name)
    return tuple(kept)


def _looks_like_name(name: str) -> bool:
    """Tell whether words from the page's text, where anything may stand, are written like a name."""
    words = name.split()
    capitals = sum(1 for word in words if not word[0].islower())
    written = capitals >= len(words) * FEWEST_CAPITALS and (len(words) > 1 or len(name) >= SHORTEST_NAME)
    return is_name(name) and len(words) <= MOST_NAME_WORDS and written


def _from_lines(page: Headed) -> Iterator[_Found]:
    """Yield the names of a line "By …" near the headline."""
    markup, near = page.markup, page.near(ABOVE, BELOW)
    lines = [n for n in page.near(ABOVE, BELOW * 2) if n != page.at and _is_byline(markup, n)]
    for n in lines if len(lines) < LISTING else ():
        if n not in near:
            return
        block = markup.blocks[n]
        found = BY.match(block.text)
        if found is None:
            continue
        text = block.text if block.text[found.end() :].strip() else block.text + " " + _next_text(markup, n)
        names = read_authors(text, printed=True)
        if names and all(_looks_like_name(name) for name in names):
            yield _Found(names, block.text, "generic/byline-line", block.span)
            return


def _is_byline(markup: Markup, n: int) -> bool:
    text = markup.blocks[n].text
    return BY.match(text) is not None and len(text.split()) <= LONGEST_PRINTED_WORDS


def _next_text(markup: Markup, n: int) -> str:
    return (
        markup.blocks[n + 1].text
        if n + 1 < len(markup.blocks) and len(markup.blocks[n + 1].text) < LONGEST_BYLINE
        else ""
    )


def _from_foot(page: Headed) -> Iterator[_Found]:
    """Yield the name of author elements elsewhere below the headline, when they all name the same author."""
    found: dict[str, Sign] = {}
    for sign in page.markup.signs:
        if sign.block <= page.at or not NAME_SIGN.search(sign.hints) or not _is_author(page, sign):
            continue
        names = read_authors(sign.text, printed=True)
        if len(names) == 1 and _looks_like_name(names[0]):
            found.setdefault(names[0], sign)
    if len(found) == 1:
        name, sign = next(iter(found.items()))
        yield _Found((name,), sign.text, "generic/author-element-below", sign.span)


def _conclude(cleaned: CleanedPage, page: Headed, found: _Found) -> Byline:
    """Return the byline as the page prints it near the headline, when it prints these names; else as stated."""
    value, rule, span, place = found.printed, found.rule, found.span, None
    for n in page.near(ABOVE, BELOW):
        block = page.markup.blocks[n]
        if n == page.at or len(block.text) > LONGEST_BYLINE:
            continue
        if all(name in block.text for name in found.names):
            value, span = block.text, block.span
            found = _add_printed(found, block.text)
            rule = "generic/byline" if found.rule.startswith("head/") else found.rule
            in_place = IN_PLACE.search(block.text)
            place = in_place["place"] if in_place is not None and BY.match(block.text) else None
            break
    return Byline(value, found.names, _kinds(cleaned, found.names, found.organisations), place, rule, span)


def _add_printed(found: _Found, text: str) -> _Found:
    """Return the names of a printed byline where it names more people than the head, the head's among them."""
    if not BY.match(text) or len(text.split()) > LONGEST_PRINTED_WORDS:
        return found
    names = read_authors(text, printed=True)
    more = len(names) > len(found.names) and all(" " in name and _looks_like_name(name) for name in names)
    if more and all(any(fold_name(name).endswith(fold_name(one)) for name in names) for one in found.names):
        return replace(found, names=names)
    return found


def _kinds(
    cleaned: CleanedPage, authors: Sequence[str], organisations: frozenset[str] = frozenset()
) -> tuple[AuthorKind, ...]:
    claim = cleaned.recognition.claim
    own = _own_names(cleaned.markup) if cleaned.markup is not None else frozenset()
    return tuple(
        "organisation"
        if name in organisations or (letters(name) in own and tell_kind(name) == "organisation")
        else tell_kind(name, claim.name if claim is not None else None)
        for name in authors
    )
