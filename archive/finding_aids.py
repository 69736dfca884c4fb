"""What a finding aid says of a collection: its level and the elements of ISAD(G) that a person writes."""

from dataclasses import dataclass

LEVELS = ("collection", "fonds", "sub-fonds", "series", "sub-series", "file")
LONGEST = 20_000  # characters of one element


@dataclass(frozen=True, slots=True)
class Element:
    """One element of description; `number` is its place in ISAD(G), `about` one sentence for who writes it."""

    key: str
    number: str
    label: str
    about: str


# What a person writes. Reference code, title, dates, level and extent (3.1.1 to 3.1.5) are known or counted.
ELEMENTS = (
    Element("creator", "3.2.1", "Creator", "Who made or gathered the reports before they came here."),
    Element("history", "3.2.2", "History of the creator", "What is known of that person or body."),
    Element("custody", "3.2.3", "Archival history", "Through whose hands the reports went."),
    Element("source", "3.2.4", "Source of acquisition", "From whom they came here, when and how."),
    Element("scope", "3.3.1", "Scope and content", "What the reports are about, and which time and places they cover."),
    Element("appraisal", "3.3.2", "Appraisal", "What was chosen and what was left out, and by which rule."),
    Element("accruals", "3.3.3", "Accruals", "Whether more is to come."),
    Element("arrangement", "3.3.4", "Arrangement", "In which order the reports stand, and why."),
    Element("access", "3.4.1", "Conditions of access", "Who may see them."),
    Element("reproduction", "3.4.2", "Conditions of reproduction", "Who may copy them, and how they are to be cited."),
    Element("aids", "3.4.5", "Finding aids", "Lists and guides that exist elsewhere."),
    Element("related", "3.5.3", "Related material", "What else, here or elsewhere, belongs with it."),
    Element("note", "3.6.1", "Note", "Anything else a reader should know."),
    Element("archivist", "3.7.1", "Archivist's note", "Who described it, and from what."),
)
ELEMENT_KEYS = tuple(element.key for element in ELEMENTS)
