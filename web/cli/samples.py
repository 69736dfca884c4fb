"""Where the sample collection lies: inside the installed package, or beside it in a checkout."""

from pathlib import Path

import web


def samples_folder() -> Path:
    """Return the folder of the sample pages."""
    package = Path(web.__file__).parent
    installed = package / "samples"
    return installed if installed.is_dir() else package.parent / "samples"
