"""The home folder of one archive: where everything lies, and the settings its keeper chose."""

import errno
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from archive.errors import BadSettings, DiskFull, HomeUnusable, NoHome

EngineName = Literal["auto", "tantivy", "whoosh", "memory"]
AccessName = Literal["public", "private"]
SETTINGS_FILE = "settings.toml"
DATABASE_FILE = "archive.db"
ARK_AUTHORITY = re.compile(r"[0-9bcdfghjkmnpqrstvwxz]{5,16}")  # 12345
# Every way an operating system says "no room": the disk, the person's quota, the largest file allowed.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Settings:
    """What settings.toml may say; a key left out has the value given here."""

    max_page_bytes: int = 16_000_000
    max_page_seconds: int = 2
    max_page_memory: int = 1_000_000_000
    media_order_least: int = 10
    engine: EngineName = "auto"
    title: str = "Dateline"
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 0
    access: AccessName = "public"
    desk: bool = True
    trusted_proxy: str = ""
    ark_authority: str = "99999"
    import_roots: tuple[str, ...] = ()
    max_upload_bytes: int = 2_000_000_000
    max_upload_files: int = 1_000


ABOUT = MappingProxyType(
    {
        "max_page_bytes": "Pages larger than this are put in quarantine.",
        "max_page_seconds": "Pages that take more seconds of a processor than this to describe are put in quarantine.",
        "max_page_memory": "Pages that need more bytes of memory than this to describe are put in quarantine.",
        "media_order_least": "Dated reports an outlet needs before the order of its Media IDs dates others; 0: never.",
        "engine": "The search engine: auto, tantivy, whoosh or memory.",
        "title": "The name of the archive on its pages.",
        "host": "Where `dateline serve` listens.",
        "port": "Where `dateline serve` listens.",
        "processes": "How many processes of `dateline serve` answer readers; 0: one for each core, at most 4.",
        "access": "Who may read: public is everybody who reaches the server, private is people with an account.",
        "desk": "Whether people can sign in and work; without it the pages can only be read.",
        "trusted_proxy": "The address of the TLS proxy before `dateline serve`, whose word on its clients is believed.",
        "ark_authority": "The number in permanent names (ARK): 99999 is for tests, your library has its own.",
        "import_roots": 'Folders of this machine that may be imported from in the browser, as in ["/srv/pages"].',
        "max_upload_bytes": "The most bytes that may be uploaded at once, all files together.",
        "max_upload_files": "The most files that may be uploaded at once.",
    }
)
WRITTEN = MappingProxyType({int: "a whole number", bool: "true or false", str: "text in quotation marks"})
# The smallest and the largest number each setting may have.
BOUNDS = MappingProxyType(
    {
        "max_page_bytes": (1, 2**40),
        "max_page_seconds": (1, 86_400),
        "max_page_memory": (10_000_000, 2**50),
        "media_order_least": (0, 10**9),
        "port": (0, 65_535),
        "processes": (0, 64),
        "max_upload_bytes": (1, 2**40),
        "max_upload_files": (1, 100_000),
    }
)


@dataclass(frozen=True, slots=True)
class Home:
    """One archive on disk; `created` is true when this very call made it."""

    path: Path
    settings: Settings
    created: bool = field(default=False, compare=False)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / DATABASE_FILE

    @property
    def originals(self) -> Path:
        """The originals, each named by the digest of its bytes."""
        return self.path / "originals"

    @property
    def index(self) -> Path:
        """The search index; it can be thrown away at any time."""
        return self.path / "index"

    @property
    def quarantine(self) -> Path:
        """The bytes of pages that could not become reports."""
        return self.path / "quarantine"

    @property
    def authorities(self) -> Path:
        """The library's own places, in places.tsv."""
        return self.path / "authorities"

    @property
    def collections(self) -> Path:
        """What is known of whole collections: their countries and years."""
        return self.path / "collections.toml"

    @property
    def withdrawn(self) -> Path:
        """The originals of withdrawn reports, sealed."""
        return self.path / "withdrawn"

    @property
    def working_lock(self) -> Path:
        """The file locked by whoever works off the bulk edits that wait."""
        return self.path / "editing.lock"

    @property
    def jobs(self) -> Path:
        """Long work asked for at the desk, a folder for each job."""
        return self.path / "jobs"

    @property
    def batch_lock(self) -> Path:
        """The file locked by whoever imports or describes again, so that one batch is under way at a time."""
        return self.path / "batch.lock"

    @property
    def lock(self) -> Path:
        """The file a writer locks, so that there is only one."""
        return self.path / "writing.lock"


def create_home(path: Path) -> Home:
    """Make an archive's folders and settings file in `path`; an archive already there is opened and left as it is."""
    created = not is_home(path)
    draft = Home(path, Settings())
    try:
        for folder in (path, draft.originals, draft.index, draft.quarantine):
            folder.mkdir(parents=True, exist_ok=True)
        if created:
            _write_settings(path / SETTINGS_FILE)
    except OSError as problem:
        raise home_error(path, problem) from problem
    return Home(path, read_settings(path / SETTINGS_FILE), created=created)


def open_home(path: Path) -> Home:
    """Open the archive in `path`; NoHome when there is none, BadSettings when its settings cannot be used."""
    if not is_home(path):
        raise NoHome(path)
    return Home(path, read_settings(path / SETTINGS_FILE))


def is_home(path: Path) -> bool:
    """Return whether an archive lies in `path`."""
    return (path / SETTINGS_FILE).is_file() or (path / DATABASE_FILE).is_file()


def home_error(path: Path, problem: OSError) -> DiskFull | HomeUnusable:
    """Return the archive's own word for what the operating system refused."""
    if problem.errno in NO_ROOM:
        return DiskFull(path)
    return HomeUnusable(path, problem.strerror or str(problem))


def read_settings(file: Path) -> Settings:
    """Read settings.toml; a missing file means every setting as it comes, anything wrong is BadSettings."""
    try:
        values = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except OSError as problem:
        raise home_error(file.parent, problem) from problem
    except UnicodeDecodeError as problem:
        raise BadSettings(file, f"byte {problem.start}", "the file is not UTF-8 text") from problem
    except tomllib.TOMLDecodeError as problem:
        raise BadSettings(file, "the file", f"this is not TOML: {problem}") from problem
    return parse_settings(values, file)


def parse_settings(values: dict[str, object], file: Path) -> Settings:
    """Return the settings these keys and values make; BadSettings names `file` and the first key that is wrong."""
    names = tuple(each.name for each in fields(Settings))
    for key in values:
        if key not in names:
            raise BadSettings(file, key, f"no setting has this name; known are {', '.join(names)}")
    defaults = Settings()
    checked = {name: _check(name, values.get(name, getattr(defaults, name)), file) for name in names}
    if checked["access"] == "private" and not checked["desk"]:
        raise BadSettings(file, "desk", "a private archive needs it, or nobody could sign in to read")
    return Settings(**checked)  # type: ignore[arg-type]  # each value was checked against its own default's type


def _check(name: str, value: object, file: Path) -> object:
    wanted: type[object] = type(getattr(Settings(), name))
    if wanted is tuple:
        return _check_folders(name, value, file)
    if type(value) is not wanted:  # not isinstance: TOML's true would pass for a number
        raise BadSettings(file, name, f"write {WRITTEN[wanted]}")
    if name == "engine" and value not in get_args(EngineName):
        raise BadSettings(file, name, f"no engine is called '{value}'; known are {', '.join(get_args(EngineName))}")
    if name == "ark_authority" and not ARK_AUTHORITY.fullmatch(str(value)):
        raise BadSettings(file, name, "write the number your library was assigned, such as 12345, in quotation marks")
    if name == "access" and value not in get_args(AccessName):
        raise BadSettings(file, name, f"write {' or '.join(get_args(AccessName))}, in quotation marks")
    if type(value) is int and not BOUNDS[name][0] <= value <= BOUNDS[name][1]:
        raise BadSettings(file, name, f"write a number from {BOUNDS[name][0]} to {BOUNDS[name][1]}")
    return value


def _check_folders(name: str, value: object, file: Path) -> tuple[str, ...]:
    folders = list(value) if isinstance(value, list | tuple) else [0]
    if not all(isinstance(one, str) and Path(one).is_absolute() for one in folders):
        raise BadSettings(file, name, 'write a list of whole paths of folders, as in ["/srv/pages"]')
    return tuple(map(str, folders))


def _write_settings(file: Path) -> None:
    lines = ["# Settings of this archive. Remove the # before a line to change it.", ""]
    for each in fields(Settings):
        value = f'"{each.default}"' if isinstance(each.default, str) else str(each.default).lower()
        value = "[]" if each.default == () else value
        lines += [f"# {ABOUT[each.name]}", f"# {each.name} = {value}", ""]
    draft = file.with_suffix(".new")
    draft.write_text("\n".join(lines), encoding="utf-8")
    draft.replace(file)
