"""The command line, as a person meets it: help, sentences, exit codes; and what the documents promise."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.app.process import start
from bot.commands import COMMANDS, parse
from bot.config import Config, load_config
from bot.errors import ConfigError
from bot.render import commands
from bot.render.i18n import translated
from tests.ports import free_port

ROOT = Path(__file__).parents[2]


def storycircle(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *args],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    "command", ["run", "rehearse", "check", "backup", "export", "import", "doctor", "init"]
)
def test_every_command_has_help(command: str):
    done = storycircle(command, "--help")
    assert done.returncode == 0 and "Usage" in done.stdout


def test_recaps_are_written_and_read_in_with_sentences_for_what_goes_wrong(tmp_path: Path):
    there = {"STORYCIRCLE_DATA": str(tmp_path / "data")}
    done = storycircle("export", str(tmp_path / "all.zip"), **there)
    assert done.returncode == 2 and "There is no database" in done.stderr and "Traceback" not in done.stderr
    (tmp_path / "bad.json").write_text('{"format": "storycircle-recap", "version": 9}')
    done = storycircle("import", str(tmp_path / "bad.json"), **there)
    assert done.returncode == 2 and "bad.json" in done.stderr and "newer" in done.stderr
    recap = json.dumps(
        {
            "format": "storycircle-recap", "version": 1, "title": "An evening", "about": "", "people": 5,
            "at": "2026-11-25T19:00:00+00:00", "reading": 0, "answers": 9, "parts": [], "next_steps": [],
            "resources": [], "credits": "", "review_until": None, "ready": True,
        }
    )  # fmt: skip
    (tmp_path / "recap.json").write_text(recap)
    done = storycircle("import", str(tmp_path / "recap.json"), "--room", "circle", **there)
    assert done.returncode == 0 and "1 of 1: An evening" in done.stdout, done.stderr


def test_a_rehearsal_shows_transcript_minutes_people_and_recap(tmp_path: Path):
    done = storycircle("rehearse", "first-circle", "--people", "8", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "1 of 8: Welcome" in done.stdout and "What each person met" in done.stdout
    assert re.search(r"\d+\.\d of 16 minutes", done.stdout)
    page = (tmp_path / "first-circle.html").read_text()
    assert "These people are made up, and so are their words" in page
    assert "<figure>" in page and "http-equiv" not in page and "<script" not in page
    again = storycircle("rehearse", "first-circle", "--people", "8", "--out", str(tmp_path))
    assert again.stdout == done.stdout  # the same seed, the same evening


@pytest.mark.parametrize("people", ["1", "3", "30"])
def test_a_rehearsal_ends_with_any_number_of_people(people: str, tmp_path: Path):
    done = storycircle("rehearse", "first-circle", "--people", people, "--out", str(tmp_path))
    assert done.returncode == 0 and "recap of First circle is ready" in done.stdout


def test_check_says_what_is_wrong_and_fails(tmp_path: Path):
    (tmp_path / "bad.yaml").write_text("id: x\n")
    done = storycircle("check", str(tmp_path / "bad.yaml"), "prompts/first-circle.yaml")
    assert done.returncode == 1
    assert "bad.yaml:1:1" in done.stderr and "no faults" in done.stdout


@pytest.mark.parametrize(
    ("args", "env", "sentence"),
    [
        (["rehearse", "no-such"], {}, "no workshop no-such"),
        (["run"], {"STORYCIRCLE_PORT": "many"}, "port"),
        (["run"], {"STORYCIRCLE_PROMPTS": "/nowhere"}, "no folder"),
        (["run"], {"STORYCIRCLE_BIND": "example"}, "bind"),
        (["backup", "x.db"], {"STORYCIRCLE_DATA": "/nowhere"}, "no database"),
    ],
)
def test_errors_are_sentences_and_exit_with_2(args: list[str], env: dict[str, str], sentence: str):
    done = storycircle(*args, **env)
    assert done.returncode == 2
    assert sentence in done.stderr and "Traceback" not in done.stderr


def test_a_newer_database_is_refused_at_the_start(tmp_path: Path):
    from bot.store.migrate import bring_up_to_date

    bring_up_to_date(tmp_path / "storycircle.db")
    with sqlite3.connect(tmp_path / "storycircle.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    done = storycircle("run", STORYCIRCLE_DATA=str(tmp_path), STORYCIRCLE_PORT="8791")
    assert done.returncode == 2 and "newer Storycircle" in done.stderr


def test_a_second_start_on_the_same_port_is_a_sentence(tmp_path: Path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = storycircle("run", STORYCIRCLE_DATA=str(tmp_path), STORYCIRCLE_PORT=port)
    assert done.returncode == 2 and "listens on" in done.stderr


async def test_a_workshop_with_faults_is_left_out_and_the_others_are_there(tmp_path: Path):
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    shutil.copy(ROOT / "prompts" / "first-circle.yaml", prompts)
    (prompts / "broken.yaml").write_text("id: broken\ntitle: Broken\n", encoding="utf-8")
    running = await start(Config(data=tmp_path, prompts=prompts, port=free_port()))
    try:
        shelf = running.runtime.shelf
        assert shelf["first-circle"].variants and not shelf["first-circle"].fault
        assert "broken.yaml" in shelf["broken"].fault
    finally:
        await running.close()


def test_two_processes_never_share_a_database(tmp_path: Path):
    import fcntl

    with (tmp_path / "running.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = storycircle("run", STORYCIRCLE_DATA=str(tmp_path), STORYCIRCLE_PORT="8792")
    assert done.returncode == 2 and "Another Storycircle" in done.stderr


def test_the_example_settings_load_and_name_every_setting():
    example = ROOT / "config.example.yaml"
    assert load_config(example, {}) == Config()
    # Where data and workshops lie depends on how it is installed, so these two stand there as comments.
    said = re.sub("(?m)^# (data|prompts): ", r"\1: ", example.read_text())
    assert set(yaml.safe_load(said)) == set(Config.model_fields)


def test_init_writes_every_setting_and_replaces_nothing(tmp_path: Path):
    target = tmp_path / "config.yaml"
    done = storycircle("init", "--config", str(target))
    assert done.returncode == 0 and f"{target} is written" in done.stdout
    assert "run doctor" in done.stdout and "stays on" in done.stdout
    assert load_config(target, {}) == Config() and target.stat().st_mode & 0o077 == 0
    target.write_text("port: 9000\n")
    again = storycircle("init", "--config", str(target))
    assert again.returncode == 0 and "stays as it is" in again.stdout
    assert target.read_text() == "port: 9000\n"


def test_doctor_says_it_to_programs_too(tmp_path: Path):
    there = {"STORYCIRCLE_DATA": str(tmp_path / "data")}
    fine = storycircle("doctor", "--json", **there)
    said = json.loads(fine.stdout)
    assert fine.returncode == 0 and said["ok"] and all(each["ok"] for each in said["findings"])
    off = storycircle("doctor", "--json", STORYCIRCLE_BIND="0.0.0.0", **there)
    said = json.loads(off.stdout)
    assert off.returncode == 1 and not said["ok"]
    assert ["put TLS in front" in each["says"] for each in said["findings"] if not each["ok"]] == [True]
    broken = storycircle("doctor", "--json", STORYCIRCLE_PORT="door", **there)
    assert broken.returncode == 2 and "port" in broken.stderr


def test_an_unknown_setting_names_the_known_ones(tmp_path: Path):
    (tmp_path / "c.yaml").write_text("prot: 1\n")
    with pytest.raises(ConfigError, match=r"prot.*Settings are: .*port"):
        load_config(tmp_path / "c.yaml", {})


# -- documents ----------------------------------------------------------------------------------


def test_every_command_of_the_chat_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    start, end = "<!-- commands -->\n", "\n<!-- /commands -->"
    listed = readme.partition(start)[2].partition(end)[0]
    assert listed == commands.listed(), (
        "run: python -c 'from bot.render.commands import listed; print(listed())'"
    )


def test_every_key_of_a_script_is_documented():
    from bot.authoring import model as m
    from bot.authoring import step_model

    guide = (ROOT / "docs" / "scripts.md").read_text()
    models = [
        m.Script,
        step_model.Field,
        step_model.Option,
        step_model.Item,
        m.FollowUp,
        m.Badge,
        m.Test,
        *step_model.KINDS.values(),
    ]
    for key in {field.alias or name for model in models for name, field in model.model_fields.items()}:
        assert f"`{key}`" in guide, f"docs/scripts.md does not explain {key}"


def test_every_setting_is_documented():
    guide = (ROOT / "docs" / "operators.md").read_text()
    for name in Config.model_fields:
        assert f"`{name}`" in guide


def test_links_between_documents_lead_somewhere():
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", path.read_text()):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_the_commands_of_the_readme_are_there():
    readme = (ROOT / "README.md").read_text()
    for script in set(re.findall(r"scripts/\w+", readme)):
        assert os.access(ROOT / script, os.X_OK), f"{script} cannot be run"


# -- the command table --------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_every_command_parses_from_its_own_words(command):
    words = " ".join(
        f"{f'{p.name}:' if p.named else ''}{'7' if p.kind is int else 'word'}" for p in command.parameters
    )
    parsed = parse(f"/{command.name} {words}")
    assert parsed and parsed.command == command.name and not parsed.fault
    assert set(parsed.args) == {p.name for p in command.parameters}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("/anwser hello", "Did you mean /answer?"),
        ("/workshop strat x", "Did you mean /workshop start?"),
        ("/xyzzy", "To see all commands: /help"),
        ("/answer", "needs text"),
        ("/workshop extend lots", "takes a whole number"),
    ],
)
def test_near_misses_are_answered(line: str, fault: str):
    parsed = parse(line)
    assert parsed and fault in translated(parsed.fault)


def test_talk_is_not_a_command_and_words_are_kept_whole():
    assert parse("hello /answer") is None and parse("/") is None
    assert parse("/answer  two  spaces\nand a line").args["text"] == "two  spaces\nand a line"
    assert parse("/CHANGE 2 New words").args == {"answer": "2", "text": "New words"}
