"""Put the real output of the README's commands into the README.

python tools/write_readme.py           write it
python tools/write_readme.py --check   exit code 1 when a command prints something else by now
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
EXAMPLE = re.compile(
    r"(```console\n\$ (?P<command>[^\n]+)\n)(?P<output>.*?)(```)", re.DOTALL
)  # ```console $ dateline …


def run(command: str, folder: Path) -> str:
    """Return what a command of the README prints, errors and output in the order of a terminal."""
    line = command.replace("dateline ", f"{sys.executable} -m web ", 1)
    line = line.replace("python -m json", f"{sys.executable} -m json")
    shell = ["/bin/bash", "-c", f"{line} 2>&1"]
    done = subprocess.run(shell, cwd=folder, capture_output=True, check=False)  # noqa: S603 - our own README's words
    return done.stdout.decode()


def fill(text: str) -> str:
    """Return the README with every example's output as it is now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "samples").symlink_to(ROOT / "samples")

        def replace(found: re.Match[str]) -> str:
            lines = [line.rstrip() for line in run(found["command"], folder).splitlines()]
            return found[1] + "\n".join(lines).strip("\n") + "\n" + found[4]

        return EXAMPLE.sub(replace, text)


def main() -> None:
    """Write or check the README."""
    text = README.read_text(encoding="utf-8")
    filled = fill(text)
    if "--check" in sys.argv[1:]:
        sys.exit(
            0
            if filled == text
            else "README.md shows output that the commands no longer print: run tools/write_readme.py"
        )
    README.write_text(filled, encoding="utf-8")


if __name__ == "__main__":
    main()
