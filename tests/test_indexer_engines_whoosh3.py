"""The whoosh engine also runs on whoosh3, the fork that is still kept: whoever has it installed finds the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORK = "whoosh3==3.54.0"


@pytest.mark.slow
def test_the_contract_holds_on_the_fork_that_is_still_kept(tmp_path: Path) -> None:
    """The engine's whole contract passes with the fork in whoosh's place, in a folder of its own."""
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(tmp_path), FORK]
    installed = subprocess.run(install, capture_output=True, text=True, check=False)
    if installed.returncode:
        pytest.skip(f"{FORK} cannot be installed here: {installed.stderr.strip()[-200:]}")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_indexer_engines.py"]
    place = {**os.environ, "PYTHONPATH": str(tmp_path)}
    asked = [sys.executable, "-W", "ignore", "-c", "import whoosh; print(whoosh.__version__[0])"]
    assert subprocess.run(asked, env=place, capture_output=True, text=True, check=True).stdout == "3\n"
    ran = subprocess.run([*command, "-k", "whoosh"], env=place, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-2_000:]
