"""The wheel: built twice with one hash, installed into an empty environment, and run from an empty folder."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path, env: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, after a second build gave the same bytes."""
    built = []
    for n in ("one", "two"):
        folder = tmp_path_factory.mktemp(n)
        run("scripts/build", folder, cwd=ROOT, env=dict(os.environ))
        built.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert built[0] == built[1] and len(built[0]) == 2  # an sdist and a wheel
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of an environment that holds the wheel and what the lock pins, and nothing of this tree."""
    folder = tmp_path_factory.mktemp("environment")
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    run(sys.executable, "-m", "venv", folder, cwd=folder, env=env)
    pip = (folder / "bin" / "python", "-m", "pip", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.txt", cwd=folder, env=env)
    run(*pip, "--no-deps", wheel, cwd=folder, env=env)
    return folder / "bin" / "storycircle"


@pytest.fixture
def fresh(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """An empty folder to stand in, and the environment of somebody whose home is empty."""
    here, home = tmp_path / "here", tmp_path / "home"
    here.mkdir()
    home.mkdir()
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("STORYCIRCLE_", "XDG_")) and key != "PYTHONPATH"
    }
    return here, {**kept, "HOME": str(home), "STORYCIRCLE_PORT": str(free_port())}


def test_the_wheel_holds_all_that_the_program_reads(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.check_output(["git", "ls-files", "bot", "prompts"], cwd=ROOT, text=True).split()
    wanted = {re.sub("^prompts/", "bot/workshops/", name) for name in tracked}
    assert wanted - names == set()


def test_an_installed_program_finds_its_workshops_and_serves_a_page(
    installed: Path, fresh: tuple[Path, dict[str, str]]
):
    here, env = fresh
    assert run(installed, "--version", cwd=here, env=env).startswith("storycircle ")
    played = run(installed, "rehearse", "first-circle", "--people", "4", cwd=here, env=env)
    assert "recap of First circle is ready" in played
    shutil.rmtree(here / "rehearsals")
    with subprocess.Popen(
        [installed, "run"], cwd=here, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdout is not None
        said = ""
        try:
            while "Everything is kept in" not in said:
                line = running.stdout.readline()
                assert line, said
                said += line
            with urllib.request.urlopen(f"http://127.0.0.1:{env['STORYCIRCLE_PORT']}/") as page:
                assert page.status == 200 and b"Storycircle" in page.read()
        finally:
            running.terminate()
            running.wait(20)
    assert list(here.iterdir()) == []  # nothing in the folder that one stands in
    data = next(Path(env["HOME"]).rglob("storycircle.db")).parent
    assert str(data) in said


def test_own_workshops_lie_in_the_data_beside_those_that_ship(
    installed: Path, fresh: tuple[Path, dict[str, str]]
):
    here, env = fresh
    data = here / "kept"
    told = run(installed, "--data", data, "new", "our-evening", cwd=here, env=env)
    assert str(data / "workshops" / "our-evening.yaml") in told
    own = data / "workshops" / "our-value.yaml"
    shipped = (ROOT / "prompts" / "value-creation.yaml").read_text(encoding="utf-8")
    own.write_text(shipped.replace("id: value-creation", "id: our-value", 1), encoding="utf-8")
    listed = run(installed, "doctor", cwd=here, env={**env, "STORYCIRCLE_DATA": str(data)})
    n = len([path for path in (ROOT / "prompts").glob("*.yaml") if "kind: series" not in path.read_text()])
    assert f"{n + 2} workshops" in listed


def test_a_settings_file_beside_says_where_the_data_is(installed: Path, fresh: tuple[Path, dict[str, str]]):
    here, env = fresh
    (here / "config.yaml").write_text("data: mine\n", encoding="utf-8")
    assert str(Path("mine") / "workshops") in run(installed, "new", "our-evening", cwd=here, env=env)
    assert (here / "mine" / "workshops" / "our-evening.yaml").exists()
