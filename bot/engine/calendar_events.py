"""Plans in the platform's own calendar."""

from __future__ import annotations

from bot.core.model.effects import SyncCalendarEvent
from bot.core.model.events import About
from bot.core.platform import CalendarEvent, Platform
from bot.engine.messages import Receipts, receipt_for
from bot.engine.outbox_rows import key_of
from bot.store import Receipt, Row


async def sync_calendar_event(
    platform: Platform, row: Row, effect: SyncCalendarEvent, receipts: Receipts
) -> list[Receipt]:
    """Make the event of a plan what the plan is now; a platform without a calendar has none."""
    key = key_of(row.session, effect.name, effect.place)
    earlier = list(await receipts(row, key))
    cards = await receipts(row, key_of(row.session, effect.card, effect.place))
    doing = CalendarEvent(
        event=earlier[0].message if earlier else "",
        card=cards[0].message if cards else "",
        mark=effect.plan,
        title=effect.title,
        about=effect.about,
        where=row.channel,
        starts=effect.starts,
        ends=effect.ends,
        state=effect.state,
    )
    message = await platform.perform(row.channel, doing, row.key, "")
    about = About(
        step=f"plan:{effect.plan}", answers=(effect.occurrence, row.channel, effect.starts.isoformat())
    )
    if message is None:
        return earlier
    return [receipt_for(row, key, 0, message, about)]
