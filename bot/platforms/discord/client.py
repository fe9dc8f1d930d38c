"""The client of Discord: discord.py with its errors translated to ours, and with limits that are waited for.

It asks for no member lists and keeps no cache of messages.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import aiohttp
import discord
import structlog

from bot.errors import ConfigError, Gone, Permanent, Transient
from bot.platforms.discord.rate_limits import restrain

log = structlog.get_logger()

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nothing is spoken here
LONGEST_WAIT = 30.0  # seconds that one request may wait for its limit; longer ones are tried again later
BANNED_PAUSE = 60.0  # seconds, when Cloudflare and not Discord says 429

TOO_OLD_TO_EDIT = 30046  # Maximum number of edits to messages older than 1 hour reached
NOT_AUTHENTICATED = 4004  # Gateway close code
REFUSED_LOGIN = (
    "Discord does not take this token. Make a new one (Developer Portal, Bot, Reset Token) and run "
    "`storycircle setup discord` again."
)
UNKNOWN_CHANNEL = 10003  # Unknown channel: it was deleted
NO_ACCESS = 50001  # Missing Access: not even to see it
NO_MESSAGE = 10008  # Unknown Message
NO_REACTION = 10014  # Unknown Emoji: nobody has put it there
NO_DIRECT = 50007  # Cannot send messages to this user
NO_PERMISSION = 50013  # You lack permissions to perform that action
ARCHIVED = 50083  # Operation on archived thread


class DiscordClient(discord.AutoShardedClient):
    """One bot; Discord says how many shards it wants. `read_messages` asks for the content of messages."""

    def __init__(self, *, read_messages: bool = False) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.guild_scheduled_events = intents.guild_polls = intents.guild_reactions = True
        intents.message_content = read_messages
        super().__init__(
            intents=intents,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_ratelimit_timeout=LONGEST_WAIT,
            allowed_mentions=discord.AllowedMentions.none(),  # people's words call nobody
            guild_ready_timeout=0.2,
        )
        restrain(self.http, LONGEST_WAIT)
        self.off = ""  # why nothing can be asked of Discord just now
        self._connecting: asyncio.Task[None] | None = None

    @property
    def me(self) -> int:
        """The bot's own id; 0 before it is logged in."""
        return self.user.id if self.user else 0

    def subscribe(self, **handlers: Callable[..., Awaitable[None]]) -> None:
        """Have discord.py call these handlers, each by the name of its event, such as `on_message`."""
        for name, handler in handlers.items():
            setattr(self, name, handler)

    async def enter(self, token: str) -> None:
        """Log in, without connecting yet.

        Raises:
            ConfigError: Discord does not take the token, or cannot be reached.
        """
        await self._reopen()
        try:
            await self.login(token)
        except discord.LoginFailure as error:
            await self.close()
            raise ConfigError(REFUSED_LOGIN) from error
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            await self.close()
            raise ConfigError(f"Discord cannot be reached: {error}. Try again in a moment.") from error

    async def _reopen(self) -> None:
        """After an earlier login: let go of it, so that another one can be made."""
        if self._connecting is not None:
            await self.leave()
            self._connecting = None
        if self.is_closed():
            self.clear()
            self.http.connector = discord.utils.MISSING  # closed with the session
            # The library leaves the word to end in the queue of its shards, where the next connection would find it.
            self._AutoShardedClient__queue = asyncio.PriorityQueue[Any]()

    def listen(self) -> asyncio.Task[None]:
        """The task that connects and stays connected; begun once for each login."""
        if self._connecting is None:
            self._connecting = asyncio.create_task(self._stay(), name="discord")
        return self._connecting

    async def _stay(self) -> None:
        try:
            await self.connect(reconnect=True)
        except discord.ConnectionClosed as error:
            if error.code == NOT_AUTHENTICATED:
                raise ConfigError(REFUSED_LOGIN) from error
            raise
        except discord.PrivilegedIntentsRequired as error:
            raise ConfigError(
                "Discord does not let the bot read messages: turn on Message Content Intent in the Developer Portal "
                "(Bot), or set `discord_read_messages: false`. Everything works without it."
            ) from error
        finally:
            self.off = "Discord is off"

    async def leave(self) -> None:
        """Disconnect."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        await self.close()

    @contextlib.asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """A block of requests, with the library's errors translated.

        Raises:
            Transient: it may work later.
            Permanent: it never will.
        """
        if self.off:
            raise Transient(self.off)
        with translated():
            yield

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """A fault of ours in a handler costs this one event."""
        log.exception("fault in hearing", where=event_method)


def _retry_after(error: discord.HTTPException) -> float:
    """The seconds to wait that the answer names, else a long pause, as every try during a ban makes it longer."""
    header = error.response.headers.get("Retry-After", "")
    return float(header) if header.replace(".", "", 1).isdigit() else BANNED_PAUSE


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """A block in which errors of the library become ours.

    Raises:
        Transient: it may work later.
        Permanent: it never will.
    """
    try:
        yield
    except discord.RateLimited as error:
        raise Transient("Discord asks for patience", error.retry_after) from error
    except discord.DiscordServerError as error:
        raise Transient(f"Discord: {error}") from error
    except discord.HTTPException as error:
        if error.status == 429:
            raise Transient("Discord refuses everything for a while", _retry_after(error)) from error
        if error.status == 401:
            raise Transient("Discord does not take the token any more", BANNED_PAUSE) from error
        raise (Missing if error.status == 404 else Refused)(error) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise Transient(f"no line to Discord: {error!r}") from error
    except discord.ClientException as error:
        raise Permanent(str(error)) from error
    except RuntimeError as error:  # the library says so of a line that was let go of
        if "closed" not in str(error):
            raise
        raise Transient(f"no line to Discord: {error}") from error


class Refused(Permanent):
    """A request that Discord refused; `code` is its reason (Discord, Opcodes and status codes, JSON)."""

    def __init__(self, error: discord.HTTPException) -> None:
        super().__init__(f"{error.code} {error.text or error.status}")
        self.code = error.code
        self.status = error.status


class Missing(Refused, Gone):
    """A request about something that is not there any more."""
