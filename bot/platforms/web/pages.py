"""The pages of the web room: HTML from Jinja2, the same pieces for a whole page and for a live update."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence, Set
from contextlib import AbstractContextManager
from datetime import datetime, timedelta, timezone
from typing import Any

from markupsafe import Markup

from bot.commands import TABLE, parse
from bot.core.model.cards import Button
from bot.core.model.facts import Mode, Phase
from bot.core.model.recognition import Rule
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session, guides
from bot.core.participants.translation import own_language, spoken_to
from bot.core.recognition.rules import standing
from bot.core.steps.diagrams import picture
from bot.core.steps.registry import is_story, kind_of
from bot.core.steps.value_map import value_map
from bot.core.text.names import BOT
from bot.core.text.quoting import QUOTE_END, QUOTE_START
from bot.core.text.wording import tr
from bot.core.views import participant
from bot.core.views.board import board as live_board
from bot.core.views.host_panel import panel as host_panel
from bot.core.views.recap import Held
from bot.platforms.web.environment import environment
from bot.platforms.web.links import WebLinks
from bot.render import diagrams
from bot.render.diagrams.alt_text import alt_text
from bot.render.html import html
from bot.render.i18n import spoken
from bot.render.notice import notice, reached
from bot.render.own_answers import follow_up_question
from bot.render.questions import worded
from bot.render.steps.pair import why
from bot.store.web_members import Member
from bot.store.web_rows import Message

BESIDE = ("notice", "prompt", "question")  # kinds of posts that the card of the open step says, too
MESSAGE, CHANGE = "message", "change"  # kinds of numbers that leave enciphered
DRAWN = 4_000  # messages whose HTML is kept
TRIAL = "try-"  # rooms whose names begin so are for trying things; nothing of them is kept


@record
class Shown:
    """A message as the page shows it."""

    id: str  # as others see it
    channel: str
    author: str
    name: str
    mark: str  # what they took of what they were recognised for
    bot: bool
    kind: str
    folded: str  # the line that stands for it where the page shows the same beside the conversation
    body: Any
    picture: str
    buttons: Sequence[Button]
    session: str  # that it belongs to
    idle: Sequence[Button]  # the buttons that do nothing any more
    signs: Sequence[str]
    edited: bool
    deleted: bool
    at: datetime


@record
class Words:
    """The words of somebody in one session, and what is theirs from it."""

    session: str
    title: str
    at: datetime  # when it began
    items: Sequence[participant.Mine]
    follow_ups: str  # whether they may be asked later; empty if nobody is
    follows: bool
    recognised: Sequence[tuple[Rule, bool]]


class Pages:
    """Draws pages and their pieces."""

    def __init__(self, links: WebLinks, marks: Mapping[str, str], language: str = "en") -> None:
        self._language = language  # of this installation
        self._languages: dict[str, str] = {}  # room -> that of the workshop there
        self._links = links
        self.ids = links.ids
        self.marks = marks  # member -> what stands beside their name
        self.earlier: dict[str, Sequence[tuple[Script, Session]]] = {}  # of a session in a series, when drawn
        self.held: dict[
            str, Sequence[Held]
        ] = {}  # room -> its sessions, as they were when its pages were drawn
        self.over: set[str] = set()  # sessions that hold no room any more
        self.environment = environment()
        self._message = self.environment.get_template("message.html")
        self.drawn: OrderedDict[int, tuple[object, dict[str, Markup]]] = (
            OrderedDict()
        )  # message -> by language
        self._now = self.environment.get_template("now.html")
        self._panel = self.environment.get_template("panel.html")
        self._mine = self.environment.get_template("mine.html")
        self._board = self.environment.get_template("board_view.html")
        self._where = self.environment.get_template("where.html")

    def learn(self, room: str, script: Script) -> None:
        """A room speaks the language of the workshop that it holds."""
        self._languages[room] = script.language

    def language(self, room: str = "") -> str:
        """The language of a room; elsewhere that of this installation."""
        return self._languages.get(room, self._language)

    def page(self, template: str, **what: Any) -> str:
        """A whole page, in the language that is being spoken."""
        return self.environment.get_template(template).render(**what)

    def message(self, message: Message, names: Mapping[str, str], language: str = "") -> Markup:
        """One message as a list item, in a language, else in that of its room; the same for everybody.

        A room is drawn whole for everyone who comes, so what was drawn is kept until it changes.
        """
        room = message.channel.partition("/")[0].partition(":")[2]
        language = language or self.language(room)
        over = message.author == "" and message.session in self.over
        now = (message, names.get(message.author), self.marks.get(message.author), over)
        was, by_language = self.drawn.pop(message.id, (None, {}))
        if was != now:
            by_language = {}
        if language not in by_language:
            with spoken(language):
                item = shown(message, self.ids.of(MESSAGE, message.id), names, self.marks, self.over)
                by_language[language] = Markup(self._message.render(m=item, room=room))  # noqa: S704
        self.drawn[message.id] = (now, by_language)
        if len(self.drawn) > DRAWN:
            self.drawn.popitem(last=False)
        return by_language[language]

    def now(self, script: Script, session: Session, member: Member) -> str:
        """The open step for one person, with the forms and buttons that they have there."""
        script = spoken_to(script, session, f"web:{member.id}")
        with self.to(script, session, member):
            return self._draw_now(script, session, member)

    def to(self, script: Script, session: Session, member: Member) -> AbstractContextManager[None]:
        """The language of one person while their page is drawn: their own if they chose one."""
        own = own_language(session, f"web:{member.id}")
        return spoken(own or (script.language if session.id else self._language))

    def _draw_now(self, script: Script, session: Session, member: Member) -> str:
        now = participant.now(script, session, f"web:{member.id}")
        text = ""
        if now.step:
            text = worded(script, session, script.step(now.step), f"web:{member.id}")
        posted = session.phase_until
        if posted is not None and session.phase is Phase.TAIL:
            posted += timedelta(hours=script.review_hours)
        me = f"web:{member.id}"
        hosting = member.host or guides(session, me)
        asked = hosting and session.phase is Phase.RUNNING  # a host reads the question, joined or not
        before = "" if now.joined or now.removed or asked or not session.live else notice(script, session)
        return self._now.render(
            now=now,
            text=text or now.text,
            notice=before,
            why=why(script, script.step(now.step)) if now.partners else "",
            posted=posted,
            alone=bool(now.form and not now.closed and _written_alone(script, now.step)),
            says=lambda aside: worded(script, session, script.step(aside.form.step), f"web:{member.id}"),
            reached=plain(reached(script, session, me)),
            hosting=hosting,
            session=session,
            script=script,
            room=member.room,
            in_call=session.mode is Mode.CALL,
            pictures=_pictures(script, session),
            offered=lambda step: participant.offered(
                script, step, f"web:{member.id}", self.earlier.get(session.id, ())
            ),
            people=[p for p in session.people.values() if p.present and p.id != f"web:{member.id}"],
        )

    def panel(self, script: Script, session: Session, member: Member) -> str:
        """The host's panel, or that of a companion."""
        me = f"web:{member.id}"
        with self.to(script, session, member):
            return self._panel.render(
                panel=host_panel(script, session),
                session=session,
                room=member.room,
                paces=member.host or me in session.hosts,
                guides=session.guide == me,
                ways_in=self._links.invitation(member.room),
                board=self._links.board(session.id),
                trial=member.room.startswith(TRIAL),
            )

    def mine(self, script: Script, session: Session, member: Member) -> str:
        """The answers of one person, of every session of the room that they were in, with buttons to change them."""
        me = f"web:{member.id}"
        with self.to(script, session, member):
            words = [self._words(spoken_to(script, session, me), session, me, 1)]
            first = 1 + len(session.authored.get(me, ()))
            for earlier, its_script in self.held.get(member.room, ()):
                if earlier.id != session.id and me in earlier.people:
                    found = self._words(spoken_to(its_script, earlier, me), earlier, me, first)
                    words += [found] if found.items or found.recognised else []
                    first += len(earlier.authored.get(me, ()))
            return self._mine.render(words=words, room=member.room, back=self._links.back(member))

    def _words(self, script: Script, session: Session, me: str, first: int) -> Words:
        return Words(
            session=session.id,
            title=script.title,
            at=session.opened_at,
            items=participant.mine(script, session, me, first),
            follow_ups=follow_up_question(script) if me in session.people else "",
            follows=me in session.follow,
            recognised=standing(script, session, me),
        )

    def board(self, script: Script, session: Session) -> str:
        """The live picture for a projector: only what the room has been shown."""
        with spoken(script.language):
            return self._draw_board(script, session)

    def _draw_board(self, script: Script, session: Session) -> str:
        board = live_board(script, session)
        step = script.step(session.step) if session.current else None
        stories = step is None or is_story(step)
        found = (
            value_map(script, session)
            if script.cycles and stories and session.phase is not Phase.LOBBY
            else None
        )
        drawn = diagrams.value_map(found) if found is not None else ""
        return self._board.render(
            map=drawn,
            twin=alt_text(found) if found is not None else "",
            board=board,
            text=worded(script, session, step) if step else board.text,
        )

    def where(self, threads: Sequence[tuple[str, str]], session: Session) -> str:
        """The choice of where one person writes: the room, and the threads that they are in (channel, title).

        While a pair talks, its thread is chosen; afterwards the room is, so that nobody writes past it.
        """
        state = session.current
        open_now = (
            {session.places.get(place) for place in state.pairs} if state and not state.closed else set()
        )
        talking = next((channel for channel, _ in threads if channel in open_now), "")
        with spoken(self.language(threads[0][0].partition("/")[0].partition(":")[2] if threads else "")):
            return self._where.render(
                threads=[(c.partition("/")[2], title) for c, title in threads],
                talking=talking.partition("/")[2],
            )


def tally(pages: Pages, script: Script, session: Session) -> str:
    """How many are here, or have answered; the same for everybody."""
    with spoken(script.language):
        return pages.page("tally.html", panel=host_panel(script, session))


def _written_alone(script: Script, key: str) -> bool:
    """Whether what is asked now is to be read by nobody else yet: the box of the room is no place for it."""
    step = script.step(key) if key else None
    return step is not None and kind_of(step).in_private(step)


def _pictures(script: Script, session: Session) -> Mapping[str, str]:
    """The pictures of the steps that are open: step -> its twin in words."""
    pictures = {}
    for key in (session.step, *session.asides):
        step = script.step(key) if key else None
        seen = picture(script, session, step.attach) if step is not None and step.attach else None
        if seen is not None:
            pictures[key] = alt_text(seen)
    return pictures


def _heading(text: str) -> str:
    """The first line of a post, without marks."""
    return plain(text.strip().partition("\n")[0]).replace("**", "").rstrip(":")


def plain(text: str) -> str:
    """A text without the marks around people's words, for a template that escapes all of it."""
    return text.replace(QUOTE_START, "").replace(QUOTE_END, "")


def stays(line: str) -> bool:
    """True if a button still does something when its session is over: it leads somewhere, or is about one's own."""
    parsed = parse(f"/{line}")
    command = TABLE.get(parsed.command) if parsed is not None else None
    return command is None or command.finds is not None or command.community is not None


def shown(
    message: Message, id: str, names: Mapping[str, str], marks: Mapping[str, str], over: Set[str]
) -> Shown:
    """A message with its author's name and its body as HTML.

    Args:
        id: by which others know it.
        over: sessions that hold no room any more: what asks for something in them is only read.
    """
    bot = message.author == ""
    post = message.post() if bot and not message.deleted else None
    buttons = post.buttons if post else ()
    idle = buttons if post and post.session in over else ()
    return Shown(
        id=id,
        channel=message.channel,
        author=message.author,
        name=BOT if bot else names.get(message.author, tr("someone")),
        mark=marks.get(message.author, ""),
        bot=bot,
        kind=post.kind if post else "talk",
        folded=_heading(post.text) if post and post.kind in BESIDE else "",
        body=html(post.text) if post else message.body,
        picture=post.picture if post else "",
        buttons=buttons,
        session=post.session if post else "",
        idle=tuple(button for button in idle if not stays(button.command)),
        signs=message.signs,
        edited=message.edited,
        deleted=message.deleted,
        at=datetime.fromtimestamp(message.at, timezone.utc),
    )
