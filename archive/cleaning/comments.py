"""Readers' comments on an HTML page of an outlet we do not know: where they stand, and which words are the readers'.

The page's own names for its parts decide, not the look of the text: an op-ed may read like a comment and a comment
like an article. A part that holds the headline is never a comments part, whatever it is called.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from archive.cleaning.markup import Frame, Markup
from archive.model import Block, BlockKind

# Words of class, id and test-id attributes for readers' comments, as a word of their own or joined by - and _.
COMMENT = re.compile(  # comments · comment-list · kb-comment · js-comments · wpdiscuz · leserbrief
    r"(?<![a-z])comments?(?![a-z])|comment(?:list|box|area|section|body|text|content|wrap|er)s?(?![a-z])|disqus|wpdiscuz|livefyre"
    r"|leserbrief|leserkommentar|leserpost|leserzuschrift|(?<![a-z])kommentare?(?![a-z])|(?<![a-z])comentarios?(?![a-z])"
    r"|(?<![a-z])commentaires?(?![a-z])|(?<![a-z])commenti(?![a-z])|(?<![a-z])reacties?(?![a-z])|(?<![a-z])komentarze?(?![a-z])"
    r"|user-?comments?|(?<![a-z])responses-list|(?<![a-z])forum-(?:fil|texte|message|posting)|(?<![a-z])postings?-list|yorumlar"
)
MAYBE = re.compile(r"omment|disqus|wpdiscuz|livefyre|leser|omentar|reactie|responses-list|forum-|posting|yorum")
# The same words where they name something else: a genre, a link to the comments, a switch.
NO_COMMENT = re.compile(
    r"comments?-(?:count|link|number|num|open|closed|off|on|icon|button|toggle|bubble|disabled|enabled|status)"
    r"|(?:no|has|without|with|open|category|tag|type|tone|genre|section|format|show|hide|count|number)-?_?-?comments?(?![a-z])"
    r"|(?:recent|latest|last|newest|letzte|neueste)[-_ ]?(?:comments?|kommentare|leserbriefe)\w*|aktuelle-leserbriefe"
    r"|fb-comments-count|commentcount|comments?count|(?:btn|button|icon|write|add|post|order|sort|share|partage)[-_]comm\w*"
)
BODY_TAGS = frozenset({"body", "html", "main"})
FOOT_TAGS = frozenset({"footer", "nav"})
HEAD_TAGS = frozenset({"header", "footer", "cite"})
FORM_TAGS = frozenset({"form", "button", "textarea", "select", "option", "label", "fieldset", "legend"})
HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FORM_HINT = re.compile(r"respond|formular|write-?_?comment|comment-?_?write|logged-?_?(?:in|out)|comment-?_?form|commentform|reply-form|login|signup|sign-in|register|subscribe|captcha|policy|notice|rules|guidelines|must-log-in")
META_HINT = re.compile(
    r"author|meta|date|time|vcard|reply|replies-count|header|actions?(?![a-z])|vote|rating|avatar|count|navigation|pagination|title"
    r"|permalink|user(?:name)?(?![a-z])|byline|info(?![a-z])|tools|share|social|badge|quotename|sort|order(?![a-z])|toggle|profile|likes?(?![a-z])|footer|edit|moderat|awaiting"
)
TEXT_HINT = re.compile(r"(?<!justify-)(?<!align-)content|text|body|message|bubble|copy|richtext|read-more|markdown|excerpt")
TEXT_TAGS = frozenset({"p", "blockquote", "li", "pre", "dd", "td"})
PARAGRAPHS = frozenset({"p", "blockquote", "pre"})
SENTENCE_END = re.compile(r"[.!?…)\"”»\U0001f300-\U0001faff❤♥]$")
INTERFACE = re.compile(  # Reply · Antworten · Jane says: · 3 Comments · vor 2 Tagen · 12 May 2016 at 10:00
    r"(?i)^(?:(?:reply|report|like|share|quote|edit|delete|flag|link|permalink|permanent link|upvote|downvote|show more|load more|read more|expand full comment|view more|show replies|more|log ?in|sign (?:in|up)"
    r"|antworten|zitieren|melden|gefällt mir|teilen|löschen|bearbeiten|kommentieren|mehr|weiterlesen|"
    r"répondre|signaler|citer|j.aime|responder|denunciar|citar|me gusta|rispondi|segnala|svar|svara|besvar|vastaa|odpowiedz|odpovědět|ответить|пожаловаться|رد|回复|返信|reageer|beantwoorden|yanıtla|cevapla)"
    r"(?:\s*(?:[↓↑→|·•,/-]|\(\d+\)|to \S.{0,40}|an \S.{0,40}|auf \S.{0,40})\s*)*)+$"
    r"|^.{1,100}\b(?:says|said|wrote|writes|sagt|sagte|schreibt|schrieb|meint|dit|a dit|écrit|dice|dijo|scrive|ha detto|zegt|skriver|пишет|says to .{1,40})\s*:?(?:\s*(?:on|am|le|at)\b.{0,40})?$"
    r"|^\d{0,6}\s*(?:comments?|responses?|replies|reply|kommentare?|antwort(?:en)?|commentaires?|réponses?|comentarios?|respuestas?|commenti|reacties|likes?|points?|votes?|thoughts? on .*)\b[^.!?]{0,60}$"
    r"|^(?:\d+\s*|an?\s+|one\s+|about\s+)(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?|std\.?)\s+ago$|^(?:vor|il y a|hace)\s+\S+\s+\S+$"
    r"|^your comment is awaiting moderation\.?$|^(?:dein|ihr) kommentar wartet.*$|^comments are (?:now )?closed\.?$|^leave a (?:reply|comment).*$|^(?:older|newer) comments?.*$"
    r"|^in reply to .{1,80}$|^(?:als )?antwort auf .{1,80}$|^en réponse à .{1,80}$|^\W*$|^\d{1,4}$|^\$\w+:.*$"
)
STAMP = re.compile(  # 12. Mai 2016 um 10:00 · May 12, 2016 at 10:00 am · 2016-05-12 10:00
    r"(?i)^(?:[^!?]{1,60}?[\s,·|–-])?(?:am |on |le |el |posted |geschrieben |veröffentlicht )?(?:\w{2,10}[.,]? )?(?:\d{1,2}[./ -]{1,2}(?:\w{3,10}|\d{1,2})[., /-]{1,2}\d{2,4}|\w{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
    r"(?:[,\s|·-]*(?:at|um|à|@|-|klo)?\s*\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr|h)?)?(?:\s*(?:#|\(?edit|permalink|antworten|reply|permanent|permalink|link).{0,30})?\W*$"
)
NOTICE = re.compile(  # The Example is committed to a civil forum. We ask you to keep comments relevant.
    r"(?i)\bis committed to (?:maintaining|providing)|\b(?:comments?|kommentare?) (?:are|is|will be|werden|sind) (?:moderated|closed|disabled|subject|moderiert|geschlossen)"
    r"|\bcomment(?:ing)? (?:policy|guidelines|rules)\b|\bcommunity (?:guidelines|standards)\b|\bnetiquette\b|\byou must be logged in\b|e-?mail address will not be published"
    r"|\bnoch keine (?:kommentare|beiträge)\b|\bbe the first to (?:comment|reply|leave)\b|^no comments?\b|\bteilen sie (?:uns )?ihre meinung\b|\bjoin the (?:conversation|discussion)\b"
    r"|\bvous devez (?:vous|être)\b|\bdebe[sn]? (?:iniciar|registrar)|\bsie müssen (?:sich )?(?:an|ein|registrier)"
    r"|\b(?:leserbriefe|kommentare|comments) (?:können|can) (?:nur|only)\b|\bpowered by disqus\b|\benable javascript to view\b|\bplease (?:log|sign) in to (?:comment|post)\b|\buses akismet\b|\bverwendet akismet\b"
)
LISTED = re.compile(r"comment[-_]?(?:list|area|thread|s-area)|(?<![a-z-])comments(?![a-z-])")
ITEM = re.compile(r"(?<![a-z])(?:comment|kommentar|commentaire|comentario|leserbrief|reactie|posting)(?:[-_]?\w*\d|(?![a-z_-])|-?(?:item|entry|single|body|content|text))")
SEVERAL = re.compile(
    r"list(?!-?item)|section|area|band|head|thread|container|holder|discussion|entries|wrapper(?!-\d)|group|comments(?![a-z])(?![-_]+item)"
)
ITEM_TAGS = frozenset({"li", "article", "dd", "tr"})
MOSTLY_LINKS = 0.6
SHORTEST_PROSE = 3
MOST = 0.5


def find_comments(markup: Markup, headline: Sequence[int] = ()) -> Mapping[int, BlockKind]:
    """Return the blocks of the page's comments part: `comment` for readers' words, `label` and `form` for the rest.

    `headline` holds the numbers of the blocks that print the headline; nothing above it is a comment.
    """
    zones = _zones(markup, headline)
    found: dict[int, BlockKind] = {}
    for number, block in enumerate(markup.blocks):
        zone = zones.get(block.frame, -1)
        if zone >= 0 and (not headline or number > headline[-1]):
            found[number] = _judge(markup, block, zone)
    return found if _is_plausible(markup, zones, found) else {}


def comment_of(markup: Markup, number: int) -> int:
    """Return the frame of the single comment that a block belongs to, -1 when no frame is named so."""
    frame = markup.blocks[number].frame
    while frame >= 0:
        if _is_comment(markup.frames[frame].hints) and not TEXT_ONLY.search(markup.frames[frame].hints):
            return frame
        frame = markup.frames[frame].parent
    return -1


TEXT_ONLY = re.compile(r"(?<![a-z])comments?[-_]*(?:content|text|body|message|inner|wrap|meta|author|footer|header)")


def _zones(markup: Markup, headline: Sequence[int]) -> dict[int, int]:
    """Return for each frame inside a comments part the outermost frame that is named so."""
    above: set[int] = set()
    for number in headline:
        frame = markup.blocks[number].frame
        while frame >= 0:
            above.add(frame)
            frame = markup.frames[frame].parent
    zones: dict[int, int] = {}
    foot: set[int] = set()
    for number, one in enumerate(markup.frames):
        around = zones.get(one.parent, -1)
        if around >= 0:
            zones[number] = around
        elif one.tag in FOOT_TAGS or (one.parent in foot and not LISTED.search(one.hints)):
            foot.add(number)  # what a page's foot calls comments are mostly links to those of other reports
        elif one.hints and number not in above and one.tag not in BODY_TAGS and _is_comment(one.hints):
            zones[number] = number
    return zones


@lru_cache(maxsize=65_536)
def _is_comment(hints: str) -> bool:
    return MAYBE.search(hints) is not None and COMMENT.search(NO_COMMENT.sub(" ", hints)) is not None


def _judge(markup: Markup, block: Block, zone: int) -> BlockKind:
    frames = _frames_within(markup, block.frame, zone)
    if any(frame.tag in FORM_TAGS or FORM_HINT.search(frame.hints) for frame in frames):
        return "form"
    if block.tag in HEADING_TAGS or INTERFACE.search(block.text) or STAMP.search(block.text):
        return "label"
    if block.link_length > len(block.text) * MOSTLY_LINKS:
        return "label"
    short = len(block.text.split()) <= SHORTEST_PROSE and not SENTENCE_END.search(block.text)
    if block.tag in HEAD_TAGS or (short and block.tag not in PARAGRAPHS and not TEXT_HINT.search(frames[0].hints)):
        return "label"
    nearest = next((frame for frame in frames if META_HINT.search(frame.hints) or TEXT_HINT.search(frame.hints)), None)
    if NOTICE.search(block.text) or not _is_in_item(frames):
        return "label"  # what stands in the part but in nobody's comment is the page's own
    words = len(block.text.split())
    if nearest is not None and not TEXT_HINT.search(nearest.hints):
        prose = block.tag in TEXT_TAGS and words >= SHORTEST_PROSE and not META_HINT.search(frames[0].hints)
        return "comment" if prose else "label"
    if nearest is not None or block.tag in TEXT_TAGS:
        return "comment"
    return "comment" if words >= SHORTEST_PROSE * 3 else "label"


def _is_in_item(frames: Sequence[Frame]) -> bool:
    """Tell whether frames from a block out to its zone include one reader's comment."""
    if ITEM.search(frames[-1].hints):
        return True
    return any(
        frame.tag in ITEM_TAGS or (_is_comment(frame.hints) and not SEVERAL.search(frame.hints)) for frame in frames[:-1]
    )


def _frames_within(markup: Markup, frame: int, zone: int) -> list[Frame]:
    frames = []
    while frame >= 0:
        frames.append(markup.frames[frame])
        if frame == zone:
            break
        frame = markup.frames[frame].parent
    return frames


def _is_plausible(markup: Markup, zones: Mapping[int, int], found: Mapping[int, BlockKind]) -> bool:
    """Tell whether the part can be comments: one long text in a part called so is the article, many pieces are not."""
    words = sum(len(markup.blocks[number].text) for number, kind in found.items() if kind == "comment")
    if words <= sum(len(block.text) for block in markup.blocks) * MOST:
        return True
    items = {comment_of(markup, number) for number, kind in found.items() if kind == "comment"}
    nested = any(zones.get(item, item) != item for item in items)
    return len(items) > (1 if nested else 2)
