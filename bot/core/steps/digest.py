"""A digest: what some earlier steps brought, gathered to be read."""

from __future__ import annotations

from bot.core.model.steps import Digest
from bot.core.steps.kind import Kind
from bot.core.steps.registry import register


class DigestKind(Kind[Digest]):
    """Nobody answers it."""

    name = "digest"


register(Digest, DigestKind())
