"""The way in which a workshop is held, from the words that a host would type: "60 call many"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model.facts import Mode
from bot.core.model.script import Script
from bot.core.participants.community import Listing, Variant
from bot.core.participants.translation import in_language, languages
from bot.core.text.wording import tr
from bot.errors import ScriptError


def chosen(scripts: Sequence[Script], how: str) -> tuple[Script, Mode]:
    """The variant of a workshop and the mode that words such as "60 call many" choose, as `/workshop start` does.

    Raises:
        ScriptError: it does not run like that; it names the ways that there are.
    """
    ways = [in_language(script, language) for script in scripts for language in languages(script)]
    first = scripts[0]
    listing = Listing(
        id=first.id,
        title=first.title,
        minutes=first.minutes,
        hash="0",
        variants=tuple(
            Variant(
                version=script.version,
                setting=script.setting,
                minutes=script.minutes,
                hash=str(n),
                language="" if script.language == first.language else script.language,
            )
            for n, script in enumerate(ways)
        ),
    )
    found = listing.choose(how)
    if not isinstance(found, tuple):
        raise ScriptError(tr(found.text, **found.values))
    number, mode = found
    return ways[int(number)], mode
