"""What people tap, send and order in Discord: forms are opened, everything else becomes events.

A form must be the first answer to a tap, so it is drawn from what is known at once. Whatever is pressed
says itself what it means (`wire.tap`), also weeks and restarts later; pressing twice is harmless.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
import structlog
from discord import ui

from bot.commands import parse
from bot.core.commands.command import Typing
from bot.core.model.events import Event, Submitted
from bot.core.model.script import Gallery, Script
from bot.core.model.session import Session
from bot.core.participants.community import Listing
from bot.core.participants.translation import own_language, spoken_to
from bot.core.text import messages
from bot.core.text.messages import tr
from bot.core.views import participant
from bot.core.views.participant import Form, form_for
from bot.errors import PlatformError
from bot.platforms.discord import commands, ephemeral_views, event_mapping, forms
from bot.platforms.discord import components as drawing
from bot.platforms.discord.client import translated
from bot.platforms.discord.given import Load
from bot.platforms.discord.ids import DIRECT, HOSTS, NAME, tap, tapped
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.replies import Reply, quietly
from bot.render.i18n import spoken
from bot.scheduling.cards import proposed

log = structlog.get_logger()


def _names(session: Session) -> dict[str, str]:
    """Who is in a workshop, by the number that Discord has for them."""
    return {id.removeprefix(NAME): person.name for id, person in session.people.items()}


class Interactions:
    """Listens to interactions; `shelf` is what can be started here."""

    def __init__(
        self,
        platform: DiscordPlatform,
        load: Load,
        shelf: Mapping[str, Listing],
        host_roles: Sequence[str] = (),
    ) -> None:
        self._platform = platform
        self._load = load
        self._shelf = shelf
        self._host_roles = frozenset(host_roles)
        platform.given.load = load
        platform.client.event(self.on_interaction)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody tapped, sent a form, or gave a command."""
        try:
            match interaction.type:
                case discord.InteractionType.autocomplete:
                    await self._propose(interaction)
                case discord.InteractionType.application_command:
                    await self._ordered(interaction)
                case discord.InteractionType.component | discord.InteractionType.modal_submit:
                    await self._tapped(interaction)
                case _:
                    return
        except PlatformError as error:  # too late, or answered already: what was done is on disk
            log.info("an interaction went unanswered", error=str(error))

    # -- where and who ---------------------------------------------------------------------------

    async def _channel(self, interaction: discord.Interaction) -> str:
        """Our name of where it happened; in a thread that is no place of ours, the channel above it."""
        if interaction.guild_id is None:
            return f"{DIRECT}{interaction.user.id}"
        channel = self._platform.channels.called(interaction.channel_id or 0)
        where = interaction.channel
        if isinstance(where, discord.Thread) and not channel.endswith(HOSTS):
            known = await self._platform.channels.session_at(channel)
            return channel if known else f"{NAME}{where.parent_id}"
        return channel

    def _host(self, interaction: discord.Interaction) -> bool:
        """Whether Discord vouches for a host: who manages the server, or bears a role for it."""
        member = interaction.user
        if interaction.guild_id is None or not isinstance(member, discord.Member):
            return False
        roles = {str(role) for role in member._roles} | {role.name for role in member.roles}
        return interaction.permissions.manage_guild or bool(self._host_roles & roles)

    async def _held(self, session: str) -> tuple[Session, Script] | None:
        if not session:
            return None
        held, script = await self._load(session)
        return (held, script) if held.id else None

    def _tongue(self, interaction: discord.Interaction, session: Session | None) -> str:
        """What is said to one person only: in the language that they chose, or have set in Discord."""
        chosen = own_language(session, f"{NAME}{interaction.user.id}") if session else ""
        return chosen or interaction.locale.value.partition("-")[0]

    # -- commands --------------------------------------------------------------------------------

    async def _propose(self, interaction: discord.Interaction) -> None:
        name, args, asked = commands.given(interaction.data or {})
        channel = await self._channel(interaction)
        held = await self._held(await self._platform.channels.session_at(channel))
        session, script = held or (None, None)
        plans, comers = await self._platform.planned(channel, args.get("plan", ""))
        with spoken(self._tongue(interaction, session)):
            typing = Typing(
                person=f"{NAME}{interaction.user.id}",
                args=args,
                shelf=self._shelf,
                script=script,
                session=session,
                plans=[proposed(plan) for plan in plans],
                comers=[(each.name, each.person) for each in comers],
            )
            proposals = commands.proposals(name, asked, typing)
        choices = [discord.app_commands.Choice(name=shown or sent, value=sent) for shown, sent in proposals]
        with translated():
            await interaction.response.autocomplete(choices)

    async def _ordered(self, interaction: discord.Interaction) -> None:
        data: Any = interaction.data or {}
        if data.get("type") == commands.ON_MESSAGE:
            await self._use(interaction, data)
            return
        name, args, _ = commands.given(data)
        channel = await self._channel(interaction)
        if commands.opens_form(name, args):
            held = await self._held(await self._platform.channels.session_at(channel))
            step = participant.now(held[1], held[0], f"{NAME}{interaction.user.id}").step if held else ""
            if held is not None and step:
                await self._open(interaction, held, step)
                return
            name = "now"
        await self._give(interaction, channel, name, args)

    async def _give(
        self,
        interaction: discord.Interaction,
        channel: str,
        name: str,
        args: Mapping[str, str],
        session: str = "",
    ) -> None:
        if any(event_mapping.MENTION.search(each) for each in args.values()):
            held = await self._held(session or await self._platform.channels.session_at(channel))
            args = (
                {key: event_mapping.named(each, _names(held[0])) for key, each in args.items()}
                if held
                else args
            )
        event = event_mapping.ordered(
            f"{NAME}{interaction.id}",
            channel,
            interaction.created_at,
            event_mapping.person(interaction.user),
            name,
            args,
            host=self._host(interaction),
            session=session,
        )
        await self._submit(interaction, event)

    async def _submit(
        self, interaction: discord.Interaction, event: Event, more: Sequence[ui.Item[ui.LayoutView]] = ()
    ) -> Reply:
        reply = Reply(interaction, taps=interaction.type is discord.InteractionType.component)
        reply.more = more
        self._platform.replies.keep(event.id, f"{NAME}{interaction.user.id}", reply)
        self._platform.submit(event, reply)
        await quietly(reply)
        return reply

    async def _use(self, interaction: discord.Interaction, data: Mapping[str, Any]) -> None:
        """A message of one's own, as one's answer."""
        target = str(data.get("target_id", ""))
        message = ((data.get("resolved") or {}).get("messages") or {}).get(target) or {}
        session = await self._platform.channels.session_at(await self._channel(interaction))
        held = await self._held(session)
        if str((message.get("author") or {}).get("id")) != str(interaction.user.id):
            await self._say(interaction, held, messages.NOT_YOURS)
            return
        await self._submit(
            interaction,
            event_mapping.chosen(
                f"{NAME}{interaction.id}",
                await self._channel(interaction),
                interaction.created_at,
                event_mapping.person(interaction.user),
                self._platform.channels.message(int(target), interaction.channel_id or 0),
                str(message.get("content", "")),
            ),
        )

    # -- buttons and forms -----------------------------------------------------------------------

    async def _tapped(self, interaction: discord.Interaction) -> None:
        data: Any = interaction.data or {}
        action, details = tapped(str(data.get("custom_id", "")))
        if not action or not details:
            return
        session, *rest = details
        values = [str(v) for v in data.get("values") or []]
        if action == "go":
            await self._go(interaction, session, "|".join(rest))
            return
        held = await self._held(session)
        if held is None:
            await self._say(interaction, None, messages.NOTHING_OPEN)
            return
        match action, rest:
            case "come", [how]:
                await self._give(interaction, held[0].places["room:1"], how, {}, session)
            case "own", []:
                await self._give(interaction, await self._channel(interaction), "my", {}, session)
            case "form", [step]:
                await self._open(interaction, held, step)
            case "page", [step, page]:
                await self._open(interaction, held, step, int(page))
            case "sent", [step, page]:
                await self._sent(interaction, held, step, int(page), data.get("components") or [])
            case "pick", [step, key]:
                await self._pick(interaction, held, step, (key,), frozenset())
            case "picks", [step, part]:
                await self._pick(
                    interaction, held, step, tuple(values), self._part(held, interaction, step, int(part))
                )
            case "wall", [step, first]:
                await self._wall(interaction, held, step, int(first))
            case "sign", [step, card, sign, first]:
                await self._sign(interaction, held, step, card, sign, int(first))
            case "hands", []:
                await self._hands(interaction, held, values[0] if values else "")
            case "change", [answer]:
                await self._change(interaction, held, answer)
            case "changed", [answer, field]:
                components = data.get("components") or [{}]
                given = (components[0].get("component") or {}).get("value", "")
                args = {"answer": answer, "field": field, "text": str(given)}
                await self._give(interaction, await self._channel(interaction), "change", args, session)
            case _:
                await self._say(interaction, held, messages.NOTHING_OPEN)

    async def _go(self, interaction: discord.Interaction, session: str, line: str) -> None:
        parsed = parse(f"/{line}")
        if parsed is not None and not parsed.fault:
            await self._give(
                interaction, await self._channel(interaction), parsed.command, parsed.args, session
            )

    async def _say(
        self,
        interaction: discord.Interaction,
        held: tuple[Session, Script] | None,
        text: str,
        more: Sequence[ui.Item[ui.LayoutView]] = (),
    ) -> None:
        """A word of the adapter's own, to this person only."""
        with spoken(self._tongue(interaction, held[0] if held else None)):
            view = drawing.made(ui.TextDisplay(drawing.text(tr(text), self._platform.given.commands)), *more)
        with translated():
            await interaction.response.send_message(
                view=view, ephemeral=True, allowed_mentions=drawing.NOBODY
            )

    async def _form(
        self, interaction: discord.Interaction, held: tuple[Session, Script], step: str
    ) -> Form | None:
        """What a step asks of somebody; None, after a word, if it asks them nothing."""
        session, script = held
        person = f"{NAME}{interaction.user.id}"
        known = session.people.get(person)
        if known is None or not known.present or known.removed:
            ways = drawing.notice_hands(session.id) if not (known and known.removed) else ()
            await self._say(interaction, held, messages.JOIN_FIRST, ways)
            return None
        there = step in {each.id for each in script.all_steps} and step in session.steps
        spoken_script = spoken_to(script, session, person)
        form = form_for(spoken_script, session, person, spoken_script.step(step)) if there else None
        if form is None:
            await self._say(interaction, held, messages.NOTHING_OPEN)
        return form

    async def _open(
        self, interaction: discord.Interaction, held: tuple[Session, Script], step: str, page: int = 0
    ) -> None:
        """Show somebody what a step asks: a form, options to tap, or cards to read and answer."""
        with spoken(self._tongue(interaction, held[0])):
            form = await self._form(interaction, held, step)
            if form is None:
                return
            if form.cards:
                view: ui.LayoutView = ephemeral_views.wall(form, held[0].id, 0)
            elif form.options:
                view = ephemeral_views.options(form, held[0].id)
            elif (form.fields or form.items) and page < len(forms.pages(form)):
                with translated():
                    await interaction.response.send_modal(forms.modal(form, held[0].id, page))
                return
            else:
                view = drawing.made(ui.TextDisplay(tr(messages.NOTHING_OPEN)))
        with translated():
            await interaction.response.send_message(
                view=view, ephemeral=True, allowed_mentions=drawing.NOBODY
            )

    async def _sent(
        self,
        interaction: discord.Interaction,
        held: tuple[Session, Script],
        step: str,
        page: int,
        components: Sequence[Mapping[str, Any]],
    ) -> None:
        """One page of a form came back: it is kept, and a button leads to the next."""
        with spoken(self._tongue(interaction, held[0])):
            form = await self._form(interaction, held, step)
            if form is None:
                return
            given = forms.came_back(components, form)
            there = forms.pages(form)
            more: list[ui.Item[ui.LayoutView]] = []
            if page + 1 < len(there):
                onward = tr("Go on ({n} of {total})", n=page + 2, total=len(there))
                id = tap("page", held[0].id, step, str(page + 1))
                more = [*drawing.rows([drawing.button(onward, id, discord.ButtonStyle.primary)])]
        await self._submit(interaction, self._answer(interaction, held[0], step, given), more)

    def _answer(
        self, interaction: discord.Interaction, session: Session, step: str, given: forms.Answered
    ) -> Event:
        return Submitted(
            id=f"{NAME}{interaction.id}",
            channel=session.places["room:1"],
            at=interaction.created_at,
            person=event_mapping.person(interaction.user),
            session=session.id,
            step=step,
            fields={key: event_mapping.named(each, _names(session)) for key, each in given.fields.items()},
            picks=given.picks,
            anonymous=given.anonymous,
            share=given.share,
        )

    def _part(
        self, held: tuple[Session, Script], interaction: discord.Interaction, step: str, part: int
    ) -> frozenset[str]:
        """The options that one of several selects holds."""
        session, script = held
        form = form_for(script, session, f"{NAME}{interaction.user.id}", script.step(step))
        return frozenset(option.key for option in ephemeral_views.part(form, part)) if form else frozenset()

    async def _pick(
        self,
        interaction: discord.Interaction,
        held: tuple[Session, Script],
        step: str,
        picks: tuple[str, ...],
        among: frozenset[str],
    ) -> None:
        """Taps: what is on disk is then shown where they were made."""
        with spoken(self._tongue(interaction, held[0])):
            form = await self._form(interaction, held, step)
        if form is None:
            return
        if among:
            picks = (*(key for key in form.picks if key not in among), *picks)
        given = forms.Answered(picks=picks[: max(form.most, 1)] if picks else ())
        await self._then(interaction, held, self._answer(interaction, held[0], step, given), step, 0)

    async def _then(
        self,
        interaction: discord.Interaction,
        held: tuple[Session, Script],
        event: Event,
        step: str,
        first: int,
    ) -> None:
        """Take it, and show the same options or cards as they are then."""
        reply = Reply(interaction, taps=True)
        self._platform.replies.keep(event.id, f"{NAME}{interaction.user.id}", reply)
        self._platform.submit(event, reply)
        await reply.in_time()
        after = await self._load(held[0].id)
        person = f"{NAME}{interaction.user.id}"
        if reply.spoke.is_set():
            return
        with spoken(self._tongue(interaction, after[0])):
            script = spoken_to(after[1], after[0], person)
            form = form_for(script, after[0], person, script.step(step))
            if form is None:
                return
            view = (
                ephemeral_views.wall(form, held[0].id, first)
                if form.cards
                else ephemeral_views.options(form, held[0].id, taken=True)
            )
        await reply.redraw(view)

    async def _wall(
        self, interaction: discord.Interaction, held: tuple[Session, Script], step: str, first: int
    ) -> None:
        with spoken(self._tongue(interaction, held[0])):
            form = await self._form(interaction, held, step)
            if form is None:
                return
            view = ephemeral_views.wall(form, held[0].id, first)
        with translated():
            await interaction.response.edit_message(view=view)

    async def _sign(
        self,
        interaction: discord.Interaction,
        held: tuple[Session, Script],
        step: str,
        card: str,
        sign: str,
        first: int,
    ) -> None:
        event = event_mapping.ordered(
            f"{NAME}{interaction.id}",
            held[0].places["room:1"],
            interaction.created_at,
            event_mapping.person(interaction.user),
            "react",
            {"card": card, "sign": sign},
            session=held[0].id,
        )
        if isinstance(held[1].step(step), Gallery):
            await self._then(interaction, held, event, step, first)

    # -- one's own words -------------------------------------------------------------------------

    async def _hands(
        self, interaction: discord.Interaction, held: tuple[Session, Script], answer: str
    ) -> None:
        """What can be done with one of one's answers."""
        session, script = held
        person = f"{NAME}{interaction.user.id}"
        with spoken(self._tongue(interaction, session)):
            mine = participant.mine(spoken_to(script, session, person), session, person)
            if not mine:
                await self._say(interaction, held, messages.NOTHING_KEPT)
                return
            found = next((each for each in mine if each.answer.id == answer), mine[0])
            view = ephemeral_views.hands(session.id, mine, found)
        with translated():
            if answer:
                await interaction.response.edit_message(view=view)
            else:
                await interaction.response.send_message(
                    view=view, ephemeral=True, allowed_mentions=drawing.NOBODY
                )

    async def _change(
        self, interaction: discord.Interaction, held: tuple[Session, Script], which: str
    ) -> None:
        """Open one field of an answer, to be written anew."""
        session, script = held
        person = f"{NAME}{interaction.user.id}"
        key, _, field = which.partition(".")
        with spoken(self._tongue(interaction, session)):
            mine = participant.mine(spoken_to(script, session, person), session, person)
            found = next((each for each in mine if each.answer.id == key), None)
            label = next((text for text in (found.fields if found else ()) if text[0] == field), None)
            if found is None or label is None:
                await self._say(interaction, held, messages.NOTHING_OPEN)
                return
            asked = next(f for f in getattr(script.step(found.answer.step), "fields", ()) if f.key == field)
            form = forms.change(
                found.title, label[1], label[2], asked.max_chars, tap("changed", session.id, key, field)
            )
        with translated():
            await interaction.response.send_modal(form)
