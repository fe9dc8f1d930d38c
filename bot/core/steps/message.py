"""Something to read; it moves on by itself."""

from __future__ import annotations

from bot.core.model.steps import Message
from bot.core.steps.kind import Kind
from bot.core.steps.registry import register


class MessageKind(Kind[Message]):
    """Nobody answers it."""

    name = "message"


register(Message, MessageKind())
