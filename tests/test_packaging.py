"""The wheel: everything a new user needs is in it, and it works away from the checkout."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel built from this checkout."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.mark.parametrize(
    "inside",
    [
        "archive/outlets/generic.toml",
        "archive/authorities/tables/geonames.tsv.gz",
        "archive/authorities/actors.toml",
        "archive/store/migrations/versions/0001_first.py",
        "web/templates/",
        "web/static/dateline.css",
        "web/samples/marrowby-signal/",
    ],
)
def test_the_wheel_carries_its_data(wheel: Path, inside: str) -> None:
    """Rules, authorities, migrations, templates, style and samples are in the wheel."""
    assert any(name.startswith(inside) for name in ZipFile(wheel).namelist())


def test_the_wheel_carries_no_tests(wheel: Path) -> None:
    """Tests, benchmarks and tools stay at home."""
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.startswith("dateline-")} == {"archive", "indexer", "web"}


def test_the_wheel_works_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    """Installed as pipx would install it, `dateline` imports its samples and finds one of them."""
    env = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", str(env)], check=True)
    site = next(env.glob("lib/python*/site-packages"))
    # The libraries are lent by the tests' environment; a .pth line does not bring its editable checkout along.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = [
        str(env / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--force-reinstall",
    ]
    subprocess.run([*pip, str(wheel)], check=True, cwd=tmp_path)
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def dateline(*arguments: str) -> str:
        command = [str(env / "bin" / "dateline"), *arguments]
        return subprocess.run(command, check=True, cwd=tmp_path, env=clean, capture_output=True, text=True).stdout

    assert "imported" in dateline("demo", "--no-serve", "--home", "demo")
    assert "Kobani" in dateline("search", "--home", "demo", "kobani")
    where = subprocess.run(
        [str(env / "bin" / "python"), "-c", "import web; print(web.__file__)"],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(site))
