"""Every issue code: what it means for a reader, and what a librarian can do. docs/issues.md is made from this table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IssueKind:
    """One kind of issue; the code is stable and appears in records, batch reports and `dateline verify`."""

    code: str
    meaning: str
    next_step: str


ISSUES: tuple[IssueKind, ...] = (
    IssueKind("S01", "The file holds nothing, or nothing but white space.", "Save the page again."),
    IssueKind("S02", "The bytes are a picture, a program or other binary data.", "Save the page as text or HTML."),
    IssueKind("S03", "The page is larger than the limit.", "Split it, or raise max_page_bytes in settings.toml."),
    IssueKind("S04", "The operating system would not let the file be read.", "Check its permissions; import it again."),
    IssueKind(
        "S05",
        "A file that holds pages (ZIP, TAR, WARC …) is damaged, nested too deep, or unpacks to far too much.",
        "Unpack it and import the folder.",
    ),
    IssueKind("S06", "A file in an archive has a name that leads out of it.", "Unpack it and import the folder."),
    IssueKind("S07", "The file is locked with a password.", "Save it without the password; import it again."),
    IssueKind("S08", "A row of a table has no text, or cannot be read.", "Correct the row, or name its columns."),
    IssueKind("S09", "A PDF holds pictures of pages and no text.", "Make a PDF with a text layer by recognition."),
    IssueKind(
        "S10",
        "Some bytes are not valid in the page's encoding and show as a replacement character.",
        "Compare with the original; save the page again if you can.",
    ),
    IssueKind("S11", "The page holds NUL bytes, which show as a replacement character.", "Compare with the original."),
    IssueKind("S12", "A document (MHTML, PDF, DOCX, news XML) is damaged.", "Save the page again, as HTML or text."),
    IssueKind(
        "S13", "A captured page is not the one its WARC record promises: the digests differ.", "Compare other captures."
    ),
    IssueKind(
        "S14", "A file of a WACZ is not the one its list promises: the digests differ.", "Ask for the WACZ again."
    ),
    IssueKind("S15", "Some pages of a PDF hold no text.", "Look at the original; recognise the missing pages."),
    IssueKind("S16", "A captured page is stored in a compression we do not read.", "Save it again as gzip."),
    IssueKind(
        "S17",
        "Describing the page took too long, and was stopped.",
        "Save a simpler copy, or raise max_page_seconds in settings.toml.",
    ),
    IssueKind(
        "S18",
        "Describing the page broke the program, or asked for more memory than the settings allow.",
        "Save a simpler copy; tell the makers of Dateline.",
    ),
    IssueKind(
        "S19",
        "An article of a press database's export lacks the line after which its text begins.",
        "Compare with the original; correct the split rule if many articles have this.",
    ),
    IssueKind(
        "S20",
        "The page's bytes are no UTF-8 and it names no encoding that fits; it was read in the likeliest one.",
        "Look at accented letters and quotation marks; save the page again as UTF-8 if they are wrong.",
    ),
    IssueKind(
        "L01",
        "The page is a list of other pages (a tag, a category, search results), and no report.",
        "Nothing; its original is kept. Correct the outlet's rules if it is a report.",
    ),
    IssueKind(
        "M01", "The page does not say which outlet published it.", "Import with --outlet, or correct the outlet."
    ),
    IssueKind(
        "M02", "The import names one outlet, and the page looks like another's.", "Decide which; correct the outlet."
    ),
    IssueKind("M03", "Two outlets fit the page equally well.", "Decide which; correct the outlet."),
    IssueKind("T01", "The page prints no headline.", "Correct the title; readers see the opening words in brackets."),
    IssueKind("B01", "No text of a report was found on the page.", "Look at the original; it may be a listing page."),
    IssueKind("D01", "The page states no publication date.", "Correct the date if you know it; an interval is enough."),
    IssueKind("D02", "The page states two different publication dates.", "Decide which; correct the date."),
    IssueKind("D03", "The page gives a day without plainly calling it its publication's.", "Check; correct the date."),
    IssueKind(
        "D10",
        "A date that a row or news format states cannot be read with certainty.",
        "Correct the date; write days as 2016-11-03 in the table.",
    ),
    IssueKind("D11", "The publication date is later than the day the page was saved.", "Decide; correct the date."),
    IssueKind(
        "D04",
        "The dates contradict each other: a picture, the text, the address or the outlet's years share no day.",
        "Follow the evidence of the date; decide which is wrong, and correct the date.",
    ),
    IssueKind(
        "D05",
        "The date rests on the order of the outlet's Media IDs alone, which its dated reports prove.",
        "Compare the two neighbours that the message names; correct the date if you know it better.",
    ),
    IssueKind(
        "C01",
        "The page declares another number of comments than it holds.",
        "Nothing is wrong with the report; the saved page may lack some comments.",
    ),
    IssueKind(
        "P01",
        "The report names a place it was filed from that the gazetteer does not know.",
        "Correct the place; the printed name is kept.",
    ),
    IssueKind("F01", "An original is missing from the archive's folder.", "Restore it from a backup."),
    IssueKind("F02", "An original has changed since it was received.", "Restore it from a backup."),
    IssueKind("F03", "A file lies among the originals that no record knows.", "Move it away; it belongs to no report."),
    IssueKind("F04", "The database is damaged.", "Restore archive.db from a backup."),
    IssueKind("F05", "A report's record cannot be read.", "Restore archive.db from a backup."),
)

ISSUE_BY_CODE = {issue.code: issue for issue in ISSUES}
