"""The workshops that can be started: listed at the start, and again when a file of theirs was saved."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from bot.authoring.folder import Found, WorkshopFolder
from bot.authoring.loader import carried
from bot.badges.issuer import BadgeIssuer
from bot.badges.recognition_settings import RecognitionSettings
from bot.config import Config, installed
from bot.core.model.script import Audience, Script
from bot.core.model.series import Series
from bot.core.participants.community import Listing
from bot.engine.listings import list_series, list_workshop
from bot.errors import ConfigError
from bot.store.store import Store

log = structlog.get_logger()

MOST_FAULTS = 6  # lines that a host is told at once


class Shelf:
    """The listings of all workshops and series.

    Args:
        folder: which is looked at again; without it nothing changes.
    """

    def __init__(self, config: Config, store: Store, folder: WorkshopFolder | None = None) -> None:
        self.listings: dict[str, Listing] = {}
        self._config, self._store, self._folder = config, store, folder

    async def fill(
        self,
        scripts: Mapping[str, Sequence[Script]],
        series: Mapping[str, Series],
        faults: Mapping[str, str] = {},
    ) -> None:
        """List these; what was listed before and is not among them goes.

        Args:
            faults: of files that cannot be read just now, by the ids of their workshops.
        """
        listings = {
            key: await list_workshop(self._store, variants, _refusal(variants[0], self._config))
            for key, variants in scripts.items()
        }
        for key, one in series.items():
            listings[key] = await list_series(
                self._store,
                one,
                [[carried(script, one) for script in scripts[part]] for part in one.parts],
                [listings[part].refusal for part in one.parts],
            )
        for key, fault in faults.items():
            nothing = Listing(id=key, title=key, minutes=0, hash="")
            listings[key] = listings.get(key, nothing).with_fault(self._brief(fault))
        self.listings.clear()
        self.listings.update(listings)

    def _brief(self, fault: str) -> str:
        """The first faults of a file, without the folder that it stands in."""
        lines = fault.split("\n")[:MOST_FAULTS]
        for folder in self._config.workshops:
            lines = [line.removeprefix(f"{folder}/") for line in lines]
        return "\n".join(lines)

    async def refresh(self, badges: BadgeIssuer) -> None:
        """Look at the folder, and list what was saved there since the last time."""
        if self._folder is None:
            return
        workshops = await asyncio.to_thread(self._folder.look)
        if workshops is None:
            return
        try:
            scripts = recognized(workshops, self._config)
        except ConfigError as error:  # said in full at the next start
            log.warning("workshops stay as they were", error=str(error))
            return
        await self.fill(scripts, workshops.series, workshops.faults)
        badges.know(
            list(workshops.series.values()), [one for variants in scripts.values() for one in variants]
        )
        log.info("workshops were read again", workshops=len(scripts), faults=len(workshops.faults))


def recognized(found: Found, config: Config) -> Mapping[str, Sequence[Script]]:
    """The workshops of a folder with what is set about their recognition.

    Raises:
        ConfigError: something is set about a recognition that no workshop has.
    """
    return RecognitionSettings(config.recognition).applied(found.scripts, badges=installed("badges"))


def _refusal(script: Script, config: Config) -> str:
    """The reason why a workshop cannot be started in this installation; empty if it can."""
    if script.audience is Audience.UNDER_18 and not config.safeguarding:
        return (
            f"{script.title} is for people under 18. Whoever runs this bot has to agree it with the "
            "organisation's safeguarding first, and then set `safeguarding: true`."
        )
    return ""
