"""Polls of Matrix (MSC3381): sent under the unstable names, which clients show; votes are read under both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.platform import Poll

START, END = "org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.end"
RESPONSE, STABLE_RESPONSE = "org.matrix.msc3381.poll.response", "m.poll.response"
RESPONSES = frozenset({RESPONSE, STABLE_RESPONSE})
DISCLOSED = "org.matrix.msc3381.poll.disclosed"  # votes are shown while it is open
MOST = 30  # answers of one vote that are looked at
TEXT = "org.matrix.msc1767.text"


def start(poll: Poll, fallback: str) -> dict[str, Any]:
    """The content of the event that opens a poll; `fallback` is shown by clients that know no polls."""
    return {
        START: {
            "kind": DISCLOSED,
            "max_selections": 1,
            "question": {TEXT: poll.question, "body": poll.question, "msgtype": "m.text"},
            "answers": [{"id": key, TEXT: label} for key, label in poll.options],
        },
        TEXT: fallback,
    }


def end(event: str, fallback: str) -> dict[str, Any]:
    """The content of the event that closes a poll."""
    return {END: {}, TEXT: fallback, "m.relates_to": {"rel_type": "m.reference", "event_id": event}}


def vote(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The answers in a vote, also where they are too many, which is for the step to refuse; none if it is spoiled."""
    unstable = content.get(RESPONSE)
    answers = unstable.get("answers") if isinstance(unstable, Mapping) else content.get("m.selections")
    valid = [answer for answer in answers if isinstance(answer, str)] if isinstance(answers, list) else []
    return tuple(dict.fromkeys(valid))[:MOST]
