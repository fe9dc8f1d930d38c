"""What libraries write to the log: with time and level, and nothing that people said or that opens their files."""

from __future__ import annotations

import re
import subprocess
import sys

PROGRAM = """
import logging
from bot.app.logs import write_log
write_log()
logging.getLogger("apscheduler.executors").warning("Run time of job was missed")
logging.getLogger("some.library").warning("look at %s", 7)
logging.getLogger("some.library").info("not this")
logging.getLogger("some.library").warning("%d", "no number")
try:
    from nio import WhoamiResponse
    WhoamiResponse.from_dict({"user_id": {"k": "SECRET KEY"}})
except ImportError:
    pass
"""


def test_lines_of_libraries_have_time_and_level_and_no_events_of_matrix():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    lines = re.sub("\x1b\\[[0-9;]*m", "", done.stderr).splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[warning", line) for line in lines), lines
    assert len(lines) == 2 and "look at 7" in lines[0] and "%d" in lines[1]
    assert "SECRET" not in done.stderr and "missed" not in done.stderr
