"""Something to read; it moves on by itself."""

from __future__ import annotations

from bot.core.model.script import Message
from bot.core.steps.kind import Kind, register


class MessageKind(Kind[Message]):
    """Nobody answers it."""

    name = "message"


register(Message, MessageKind())
