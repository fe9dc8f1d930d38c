"""The kinds of steps, one module each, and what they have in common. Whoever imports any of it has all kinds."""

from bot.core.steps import (
    choice,
    digest,
    gallery,
    message,
    open_question,
    pair,
    pause,
    reflection,
    scale,
    story,
    vote,
)

__all__ = [
    "choice",
    "digest",
    "gallery",
    "message",
    "open_question",
    "pair",
    "pause",
    "reflection",
    "scale",
    "story",
    "vote",
]
