"""Messages out there: cards drawn for who reads them, said part by part, changed and taken away under their keys."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.core.model.cards import Card, RecapReady
from bot.core.model.effects import Edit, Remove, Say
from bot.core.model.events import About
from bot.core.model.script import Script
from bot.core.model.session import PRIVATE, Session
from bot.core.participants.translation import own_language, spoken_to
from bot.core.platform import Change, Delete, Platform, Post
from bot.core.text.wording import stamping
from bot.engine.outbox_rows import key_of, part_key
from bot.render.attachments import filed, seal
from bot.render.cards import draw
from bot.render.i18n import spoken
from bot.store import Receipt, Row

REMEMBERED = 1_000

Load = Callable[[str], Awaitable[tuple[Session, Script]]]
Receipts = Callable[[Row, str], Awaitable[Sequence[Receipt]]]  # of a message of whose this row is, by its key
Part = tuple[str, int]  # of a message: its key, and the number of the part


def receipt_for(row: Row, key: str, part: int, message: str, about: About) -> Receipt:
    """The receipt for one part of a message, which lies where the row lay."""
    return Receipt(key=key, part=part, message=message, session=row.session, about=about, home=row.home)


class Messages:
    """Says and changes messages, and knows what their parts show, so that nothing is sent twice."""

    def __init__(self, load: Load, receipts: Receipts) -> None:
        self._load = load
        self._receipts = receipts
        self._seals: OrderedDict[Part, str] = OrderedDict()  # what the parts of messages show

    async def say(self, platform: Platform, row: Row, effect: Say) -> list[Receipt]:
        """Show a card."""
        posts = await self.drawn(platform, row, effect.card)
        if posts:
            posts[0] = replace(posts[0], ping=effect.ping)
        return await self.show(platform, row, row.key, posts, effect.about)

    async def show(
        self, platform: Platform, row: Row, key: str, posts: Sequence[Post], about: About
    ) -> list[Receipt]:
        """Say a message part by part; what was said before is not said again."""
        done = list(await self._receipts(row, key))
        for part, post in enumerate(posts):
            if part < len(done):
                continue
            message = await platform.perform(row.channel, await filed(post), part_key(key, part), row.because)
            if message is not None:
                self._showing(key, part, post)
                done.append(receipt_for(row, key, part, message, about))
        return done

    def _showing(self, key: str, part: int, post: Post) -> None:
        """Remember what a part shows, so that the same is not sent again while this process lives."""
        self._seals.pop((key, part), None)
        self._seals[key, part] = seal(post)
        if len(self._seals) > REMEMBERED:
            self._seals.popitem(last=False)

    async def edit(self, platform: Platform, row: Row, effect: Edit) -> tuple[list[Receipt], list[Part]]:
        """Part by part: change those that are there, add what is missing, drop the surplus."""
        key = key_of(row.session, effect.name, effect.place)
        return await self.change(
            platform, row, key, await self.drawn(platform, row, effect.card), effect.about
        )

    async def change(
        self, platform: Platform, row: Row, key: str, posts: Sequence[Post], about: About
    ) -> tuple[list[Receipt], list[Part]]:
        """Make the parts of a message these posts; those that show the same already are left."""
        earlier = list(await self._receipts(row, key))
        kept: list[Receipt] = []
        for part, post in enumerate(posts):
            if part < len(earlier):
                if (key, part) in self._seals and self._seals[key, part] == seal(post):
                    kept.append(earlier[part])
                    continue
                change = Change(message=earlier[part].message, post=await filed(post))
                moved = await platform.perform(row.channel, change, f"{row.key}.{part}", "")
                self._showing(key, part, post)
                kept.append(replace(earlier[part], message=moved) if moved else earlier[part])
            elif earlier:  # a message that was never said is not begun by a revision
                message = await platform.perform(row.channel, await filed(post), part_key(key, part), "")
                if message is not None:
                    self._showing(key, part, post)
                    kept.append(receipt_for(row, key, part, message, about))
        surplus = earlier[len(posts) :]
        for receipt in surplus:
            drop = Delete(message=receipt.message)
            await platform.perform(row.channel, drop, f"{row.key}.{receipt.part}", "")
        return kept, [(key, receipt.part) for receipt in surplus]

    async def drawn(self, platform: Platform, row: Row, card: Card) -> list[Post]:
        """A card as posts, in the language of who reads them: one person's own in private, else the script's."""
        session, script = await self._load(row.session)
        earlier = [await self._load(key) for key in session.earlier] if isinstance(card, RecapReady) else []
        language = script.language
        if row.place.startswith(PRIVATE):
            person = row.place.removeprefix(PRIVATE)
            script = spoken_to(script, session, person)
            language = own_language(session, person) or language
        with spoken(language), stamping(platform.can.stamp):
            return draw(card, script, session, platform.can, earlier)

    async def remove(self, platform: Platform, row: Row, effect: Remove) -> list[Part]:
        """Take a message away, every part of it; the first part also if it never came there."""
        key = key_of(row.session, effect.name, effect.place)
        receipts = await self._receipts(row, key)
        for receipt in receipts:
            drop = Delete(message=receipt.message)
            await platform.perform(row.channel, drop, f"{row.key}.{receipt.part}", "")
        return [(key, receipt.part) for receipt in receipts] or [(key, 0)]
