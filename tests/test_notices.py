"""What we ship: every package with its license, none under the GPL by default, pinned with hashes and from nowhere in particular."""

from __future__ import annotations

import re

import pytest

from tests.notices import FILE, ROOT, license_of, notices, pinned

LOCKS = sorted(path.name for path in ROOT.glob("requirements*.txt"))


def test_the_notices_are_those_of_the_lock():
    assert FILE.read_text(encoding="utf-8") == notices(), "run: scripts/notices"


def test_nothing_in_the_default_installation_is_under_the_gpl():
    names = dict(pinned(ROOT / "requirements.txt"))
    assert "av" not in names and len(names) > 50
    assert not [name for name in names if re.search(r"(?<!L)GPL", license_of(name))]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_everything_with_hashes_and_names_no_registry(lock: str):
    text = (ROOT / lock).read_text()
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    for block in re.split(r"(?m)^(?=[A-Za-z])", text)[1:]:
        assert re.match(r"[A-Za-z0-9._-]+(\[.*\])?==", block) and "--hash=sha256:" in block, block[:80]


def test_the_film_is_pinned_alike_everywhere():
    dev = dict(pinned(ROOT / "requirements-dev.txt"))
    assert [dev[name] for name, _ in pinned(ROOT / "requirements-film.txt")] == [
        version for _, version in pinned(ROOT / "requirements-film.txt")
    ]
