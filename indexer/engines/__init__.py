"""The engines: each translates clauses for one library. They never talk to each other, and decide nothing."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from indexer.engine import Engine
from indexer.errors import EngineMissing, UnknownEngine

ENGINES = ("auto", "tantivy", "whoosh", "memory")
JOINING = frozenset({"tantivy"})  # those whose index can be written in parts (parts.py)
NEEDED = {"auto": (), "memory": (), "whoosh": ("whoosh", "numpy")}  # and tantivy needs to be tried


def choose_engine(name: str) -> str:
    """Return the engine to use for a name people may ask for; `auto` is the fastest that is installed.

    Raises UnknownEngine and EngineMissing.
    """
    if name not in ENGINES:
        raise UnknownEngine(name, ENGINES)
    if name == "auto":
        return next((engine for engine in ("tantivy", "whoosh") if is_installed(engine)), "memory")
    if not is_installed(name):
        raise EngineMissing(name)
    return name


def open_engine(name: str, folder: Path) -> Engine:
    """Return an engine over the index in a folder that is ours, or empty."""
    # Each library is loaded only when it is used: that takes long, and it may not be installed.
    if name == "tantivy":
        from indexer.engines.tantivy import TantivyEngine  # noqa: PLC0415

        return TantivyEngine(folder)
    if name == "whoosh":
        from indexer.engines.whoosh import WhooshEngine  # noqa: PLC0415

        return WhooshEngine(folder)
    from indexer.engines.memory import MemoryEngine  # noqa: PLC0415

    return MemoryEngine()


def is_installed(name: str) -> bool:
    """Tell whether an engine can be used on this machine."""
    if name != "tantivy":
        return name in ENGINES and all(find_spec(library) is not None for library in NEEDED[name])
    try:  # a compiled library may be there and still not fit this machine
        import_module(name)
    except ImportError:
        return False
    return True
