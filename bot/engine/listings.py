"""Workshops as they can be started: their scripts kept in the store, and a listing of their variants."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model.script import Script
from bot.core.model.series import Series
from bot.core.participants.community import Listing, Variant
from bot.core.participants.translation import in_language, languages
from bot.store.store import Store


async def list_workshop(store: Store, scripts: Sequence[Script], refusal: str = "") -> Listing:
    """Keep every variant of a workshop in each of its languages, and list them.

    Args:
        scripts: the variants, of which the first is what one gets who names none.
        refusal: why it cannot be started in this installation; empty if it can.
    """
    variants = [
        Variant(
            version=script.version,
            setting=script.setting,
            minutes=script.minutes,
            hash=await store.keep_script(in_language(script, language)),
            language="" if language == script.language else language,
            days=script.days,
            prepare=" ".join(f"{step.title}: {' '.join(step.say.split())}" for step in script.prepare),
        )
        for script in scripts
        for language in languages(script)
    ]
    first = scripts[0]
    return Listing(
        id=first.id,
        title=first.title,
        minutes=first.minutes,
        hash=variants[0].hash,
        refusal=refusal,
        variants=tuple(variants),
        about=first.about.strip(),
    )


async def list_series(
    store: Store, series: Series, parts: Sequence[Sequence[Script]], refusals: Sequence[str] = ()
) -> Listing:
    """List a series as a workshop that can be started.

    Args:
        parts: the variants of each part, which know what is carried into them.
        refusals: why each part cannot be started in this installation; empty if it can.
    """
    listed = [
        await list_workshop(store, scripts, refusal)
        for scripts, refusal in zip(parts, refusals or [""] * len(parts), strict=True)
    ]
    return Listing(
        id=series.id,
        title=series.title,
        minutes=listed[0].minutes,
        hash=listed[0].hash,
        parts=tuple(listed),
        about=series.about.strip(),
        days_between=series.days_between,
    )


async def shelf_of(store: Store, *scripts: Script) -> dict[str, Listing]:
    """A shelf with these workshops, each with one variant."""
    return {script.id: await list_workshop(store, [script]) for script in scripts}
