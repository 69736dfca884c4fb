"""Rule files: those shipped load, and one that is wrong says where before anything is described."""

from pathlib import Path

import pytest

from archive.errors import BadRuleFile, UnknownOutlet
from archive.outlet_files import outlet_names
from archive.rules import load_rule_set, read_outlet
from tests.describing import HEAD, shipped

TESTS = Path(__file__).parent
PAGES = TESTS / "data" / "pages"
RULE = '[[rules]]\nid = "top"\nkind = "navigation"\nwhy = "A button."\n'
CLUE = '[[recognise]]\nid = "name"\n'
TOP = "pattern = '^Top$'\nexample = \"Top\"\n"

# What a rule file says, the key that the error must name, and words of the problem.
BROKEN = {
    "no TOML": ("key = ", "the file", "not valid TOML"),
    "no key": ('name = "Samara"\nabout = "x"\nversion = 1\n', "key", "is missing"),
    "another key than the file": (HEAD.replace('"samara"', '"other"'), "key", "must equal the file's name"),
    "a key nobody knows": (HEAD + "colour = 1\n", "colour", "is not known; known keys are key, name"),
    "a text for a figure": (HEAD.replace("version = 1", 'version = "1"'), "version", "must be a whole number"),
    "a truth for a figure": (HEAD.replace("version = 1", "version = true"), "version", "must be a whole number"),
    "a text for a list": (HEAD + 'countries = "IQ"\n', "countries", "must be a list"),
    "figures for texts": (HEAD + "countries = [1]\n", "countries", "must be a list of texts"),
    "texts for figures": (HEAD + 'published = ["1991"]\n', "published", "must be a list of whole numbers"),
    "one suffix, no list": (HEAD + 'title_suffixes = "x"\n', "title_suffixes", "must be a list"),
    "a suffix that is no pattern": (HEAD + "title_suffixes = ['(']\n", "title_suffixes", "not a regular expression"),
    "a body that is no selector": (HEAD + 'body = "div["\n', "body", "not a CSS selector"),
    "rules that are no tables": (HEAD + "rules = [1]\n", "rules", "list of tables, each opened by [[rules]]"),
    "a rule without id": (HEAD + '[[rules]]\nkind = "other"\nwhy = "x"\n', "rules.?.id", "is missing"),
    "a rule without kind": (HEAD + '[[rules]]\nid = "top"\nwhy = "x"\n', "rules.top.kind", "is missing"),
    "a rule's unknown key": (HEAD + RULE + "colour = 1\n", "rules.top.colour", "is not known"),
    "an unknown kind": (HEAD + RULE.replace("navigation", "menu"), "rules.top.kind", "is 'menu', but must be one of"),
    "an unknown part": (HEAD + RULE + TOP + 'where = "foot"\n', "rules.top.where", "is 'foot', but must be one of"),
    "an unknown zone": (HEAD + RULE + TOP + 'opens = "foot"\n', "rules.top.opens", "is 'foot', but must be one of"),
    "a bad pattern": (HEAD + RULE + "pattern = '('\n", "rules.top.pattern", "not a regular expression"),
    "a bad exception": (HEAD + RULE + TOP + "unless = '['\n", "rules.top.unless", "not a regular expression"),
    "needs in capitals": (HEAD + RULE + TOP + 'needs = ["Top"]\n', "rules.top.needs", "must be in small letters"),
    "no example": (HEAD + RULE + "pattern = '^Top$'\n", "rules.top.example", "is missing"),
    "a wrong example": (HEAD + RULE + TOP.replace('"Top"', '"Up"'), "rules.top.pattern", "its own example 'Up'"),
    "a bad selector": (HEAD + RULE + 'selector = "div["\n', "rules.top.selector", "not a CSS selector"),
    "labels of figures": (HEAD + RULE + "labels = [1]\n", "rules.top.labels", "must be a list of texts"),
    "a rule that sees nothing": (HEAD + RULE + "max_words = 3\n", "rules.top", "never decides"),
    "two rules of one id": (HEAD + (RULE + TOP) * 2, "rules.top", "is there twice"),
    "after no rule": (HEAD + RULE + TOP + 'after = ["gone"]\n', "rules.top", "the rule 'gone', which is not in this"),
    "before no rule": (HEAD + RULE + TOP + 'before = ["gone"]\n', "rules.top", "the rule 'gone', which is not in this"),
    "a clue without pattern": (HEAD + CLUE, "recognise.name.pattern", "is missing"),
    "a clue's bad pattern": (HEAD + CLUE + TOP.replace("^Top$", "("), "recognise.name.pattern", "not a regular"),
    "a clue's wrong example": (HEAD + CLUE + TOP.replace('"Top"', '"Up"'), "recognise.name.pattern", "its own example"),
    "a clue's unknown place": (HEAD + CLUE + TOP + 'where = "foot"\n', "recognise.name.where", "must be one of"),
    "two clues of one id": (HEAD + (CLUE + TOP) * 2, "recognise.name", "is there twice"),
}


@pytest.mark.parametrize(("text", "key", "problem"), BROKEN.values(), ids=BROKEN)
def test_a_wrong_file_is_named_with_its_key(text: str, key: str, problem: str) -> None:
    """The error names the file, the key and what is wrong with it, and says what to do."""
    with pytest.raises(BadRuleFile) as caught:
        read_outlet("samara.toml", text)
    assert (caught.value.file, caught.value.key) == ("samara.toml", key)
    assert problem in str(caught.value)
    assert str(caught.value).endswith("Correct the file and run the command again.")


def test_names_of_outlets_can_be_had_without_reading_their_rules() -> None:
    """Who only needs an outlet's name has the same ones as who reads all rules."""
    assert dict(outlet_names()) == {key: outlet.name for key, outlet in load_rule_set().outlets.items()}


def test_every_shipped_file_is_loaded() -> None:
    """Each outlet file of the program is an outlet under its own key, the generic one apart."""
    folder = TESTS.parent / "archive" / "outlets"
    keys = {file.stem for file in folder.glob("*.toml")}
    assert shipped().outlets.keys() == keys - {"generic"}
    assert shipped().generic.key == "generic"


@pytest.mark.parametrize("key", sorted(shipped().outlets))
def test_every_shipped_outlet_has_a_page_to_prove_it(key: str) -> None:
    """No outlet's rules are shipped without a golden page."""
    assert list((PAGES / key).glob("*.toml")), f"add a page and what it must come out as to {PAGES / key}"


@pytest.mark.parametrize("key", sorted(shipped().outlets))
def test_every_shipped_outlet_can_be_recognised(key: str) -> None:
    """Every outlet's clues together are worth the three points that recognise it."""
    assert sum(clue.points for clue in shipped().outlets[key].recognise) >= 3


def test_an_extra_folder_adds_outlets(tmp_path: Path) -> None:
    """A librarian's file in the extra folder is one more outlet."""
    (tmp_path / "samara.toml").write_text(HEAD, encoding="utf-8")
    extended = load_rule_set(tmp_path)
    assert extended.outlets.keys() - shipped().outlets.keys() == {"samara"}
    assert extended.version != shipped().version


def test_an_extra_folder_replaces_outlets(tmp_path: Path) -> None:
    """A librarian's file with a shipped file's name takes its place."""
    (tmp_path / "mithal.toml").write_text(HEAD.replace('"samara"', '"mithal"'), encoding="utf-8")
    assert load_rule_set(tmp_path).outlet("mithal").name == "Samara Gazette"


def test_an_extra_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    """A file that is not UTF-8 is a bad rule file, not a crash."""
    (tmp_path / "samara.toml").write_bytes(b"key = '\xff'")
    with pytest.raises(BadRuleFile, match=r"samara\.toml: the file: is not valid UTF-8"):
        load_rule_set(tmp_path)


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    """Without an extra folder the shipped rules hold."""
    (tmp_path / "folder.toml").mkdir()
    assert load_rule_set(tmp_path / "none").version == load_rule_set(tmp_path).version == shipped().version


def test_any_changed_word_changes_the_version(tmp_path: Path) -> None:
    """A file whose text changed gives another version, so that its pages are described anew."""
    versions = set()
    for about in ("Invented.", "Invented!"):
        (tmp_path / "samara.toml").write_text(HEAD.replace("Invented.", about), encoding="utf-8")
        versions.add(load_rule_set(tmp_path).version)
    assert len(versions) == 2


def test_an_outlet_nobody_knows_is_refused_with_those_known() -> None:
    """The error lists the keys that would do."""
    with pytest.raises(UnknownOutlet, match=r"No outlet has the key 'samara'\. Known: aawsat-en-archive, "):
        shipped().outlet("samara")


def test_a_record_s_rule_is_found_again() -> None:
    """A rule that a record cites is the rule of that file, and of no other."""
    mithal = shipped().outlet("mithal")
    found = mithal.find_rule("mithal/title")
    assert found is not None
    assert found.id == "title"
    assert mithal.find_rule("generic/title") is None
