"""The files that keep it running name what exists: settings, commands, metrics, files."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.config import PREFIX, Config
from tests.platforms.web.house import ROOT

DEPLOY = ROOT / "docs" / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())
# From the library, not from us.
LIBRARY = {
    "process_open_fds",
    "process_max_fds",
    "process_resident_memory_bytes",
    "process_cpu_seconds_total",
}


def metrics() -> set[str]:
    documented = (ROOT / "docs" / "operators.md").read_text()
    return set(re.findall(r"`(storycircle_[a-z_]+)", documented)) | LIBRARY


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_a_file_gives_exists(path: Path):
    named = {name.lower() for name in re.findall(rf"{PREFIX}([A-Z_]+)", path.read_text())}
    assert named <= set(Config.model_fields)


def test_documented_metrics_are_those_that_are_served():
    source = (ROOT / "bot" / "app" / "watch.py").read_text()
    served = set(re.findall(r'gauge\("([a-z_]+)"', source)) | set(
        re.findall(r'by\("\w+", "([a-z_]+)"', source)
    )
    served |= {f"{name}_total" for name in re.findall(r'counter\("([a-z_]+)"', source)} | {"log_lines_total"}
    assert {f"storycircle_{name}" for name in served} | LIBRARY == metrics()


def test_alerts_and_dashboard_ask_for_metrics_that_exist():
    rules = [
        rule
        for group in yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"]
        for rule in group["rules"]
    ]
    panels = json.loads((DEPLOY / "dashboard.json").read_text())["panels"]
    asked = [rule["expr"] for rule in rules] + [panel["targets"][0]["expr"] for panel in panels]
    for expression in asked:
        assert set(re.findall(r"\b(?:storycircle|process)_[a-z_]+", expression)) <= metrics(), expression
    assert all(rule["annotations"]["description"] for rule in rules)


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("compose*.yaml")), ids=lambda path: path.name)
def test_compose_files_start_it_with_few_rights(path: Path):
    read = yaml.safe_load(path.read_text())
    service = read["services"]["storycircle"]
    assert (path.parent / service["build"]["context"] / service["build"]["dockerfile"]).exists()
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    for each in read["services"].values():
        for volume in each["volumes"]:
            assert volume.partition(":")[0] in read["volumes"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze isn't installed")
@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*.service")), ids=lambda path: path.name)
def test_units_are_read_and_closed(path: Path, tmp_path: Path):
    unit = tmp_path / path.name
    unit.write_text(path.read_text().replace("/opt/storycircle/bin/storycircle", "/bin/true"))
    said = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60
    )
    assert said.returncode == 0 and not said.stderr, said.stderr
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=30", str(unit)],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert rated.returncode == 0, rated.stdout[-300:]


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool isn't installed")
def test_prometheus_takes_the_rules():
    done = subprocess.run(
        ["promtool", "check", "rules", str(DEPLOY / "alerts.yaml")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
