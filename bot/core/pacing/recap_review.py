"""The review of a recap by its host before it is posted: a look at the draft, threads through it, a hold.

The clock runs out in favour of what people said: without a word from the host the recap is posted by itself.
"""

from __future__ import annotations

from datetime import timedelta

from bot.core.model import facts as f
from bot.core.model.cards import Button, Draft, RecapWaits
from bot.core.model.events import TimerKind
from bot.core.model.facts import Phase, Words
from bot.core.model.ids import PersonId
from bot.core.steps.changes import DRAFT, recap_again
from bot.core.text import messages, quoting
from bot.core.text.dates import moment_value
from bot.core.text.messages import N_
from bot.core.turn import Turn
from bot.core.views.recap import quoted

THREADS, LINE = 3, 300  # woven by hand, and characters of each
HALF, HELD = 0, 1  # which of the reminders a timer is
REMIND = timedelta(days=7)
HALF_TIME = N_(
    "The recap goes out automatically {at}. Until then you can preview it, add a theme, "
    "delay it or post it now. Type /recap and one of: preview, theme, delay, publish."
)
STILL_HELD = N_("The recap of {title} is still waiting. To post it: /recap publish")
WHY = N_("Add a reason that everyone can read: /recap delay we're waiting for the last 2 stories")
NOT_YET = N_("There's no preview yet. The session has to end first.")
POSTED = N_("The recap has already been posted.")
HOSTS_WAIT = N_("The recap waits until you post it with /recap publish. I told everyone why.")
WOVEN = N_(
    "It's at the top of the recap. To change it, add new words. To remove it, add no: /recap theme {n} no"
)
FULL = N_("There are already {n}. To change the first, add new words: /recap theme 1")
GONE = N_("It's gone.")


def begin(turn: Turn) -> None:
    """The time to look over words has begun: in the middle of it the host is reminded, once."""
    until = turn.session.phase_until
    if until is not None:
        turn.wake(TimerKind.EDIT, turn.now + (until - turn.now) / 2, visit=HALF, until=until)


def remind(turn: Turn, which: int) -> None:
    """A reminder is due."""
    session = turn.session
    if session.phase is not Phase.REVIEW:
        return
    if which == HELD and session.recap_held:
        now = Button(label=N_("Post it now"), command="recap publish")
        turn.tell_hosts(messages.say(STILL_HELD, title=turn.script.title), (now,))
    elif which == HALF and session.phase_until is not None:
        buttons = (
            Button(label=N_("Preview"), command="recap preview"),
            Button(label=N_("Post it now"), command="recap publish"),
        )
        turn.tell_hosts(messages.say(HALF_TIME, at=moment_value(session.phase_until, session.zone)), buttons)


def freeze(turn: Turn) -> None:
    """The recap stays as it is: who comes back to it finds what they read. Taking back works all the same."""
    if turn.session.frozen is None and turn.session.phase in (Phase.FOLLOWING, Phase.CLOSED):
        turn.fact(f.RecapFrozen(at=turn.now, answers=quoted(turn.script, turn.session)))


def hold(turn: Turn, host: str, reason: str) -> None:
    """The recap is not posted by itself; the room is told why."""
    line = " ".join(quoting.clean(reason).split())[:LINE]
    if turn.session.phase in (Phase.FOLLOWING, Phase.CLOSED):
        turn.tell(host, POSTED)
    elif turn.session.phase is not Phase.REVIEW:
        turn.tell(host, NOT_YET)
    elif not line:
        turn.tell(host, WHY)
    else:
        before = turn.session.recap_held_seq
        if before and turn.session.recap_held == line:
            turn.tell(host, messages.ALREADY_SO)
            return
        turn.fact(
            f.RecapHeld(
                at=turn.now, by=PersonId(host), reason=Words(line), blanks=(before,) if before else ()
            )
        )
        turn.say("recap-held", RecapWaits())
        turn.revise("recap-held", RecapWaits())
        turn.tell_hosts(HOSTS_WAIT)
        turn.wake(TimerKind.EDIT, turn.now + REMIND, visit=HELD)


def draft(turn: Turn, host: str) -> None:
    """The recap as it would be now, for the host alone."""
    over = turn.session.phase in (Phase.TAIL, Phase.REVIEW, Phase.FOLLOWING, Phase.CLOSED)
    if not over:
        turn.tell(host, NOT_YET)
        return
    name = f"{DRAFT}{turn.session.version}"  # remembered, so that it follows what people take back
    turn.fact(f.ToldOnce(at=turn.now, person=PersonId(host), what=name))
    turn.tell(host, Draft(), name=name)


def add_theme(turn: Turn, host: str, said: str) -> None:
    """A line of the host's own, of what ran through it all; by its number it is changed, or taken away."""
    if turn.session.phase not in (Phase.TAIL, Phase.REVIEW, Phase.FOLLOWING, Phase.CLOSED):
        turn.tell(host, NOT_YET)
        return
    first, _, rest = said.strip().partition(" ")
    threads = turn.session.threads
    number = int(first) if first.isdecimal() and first in threads else 0
    text = " ".join(quoting.clean(rest if number else said).split())[:LINE]
    if not number and first.isdecimal() and rest.strip().lower() == "no":
        turn.tell(host, GONE)  # it was taken away before; these are no words for the recap
        return
    if not number and len(threads) >= THREADS:
        turn.tell(host, messages.say(FULL, n=THREADS))
        return
    if not text:
        draft(turn, host)
        return
    if number and text.lower() == "no":
        text = ""
    same = next((key for key, line in threads.items() if line.text == text and number in (0, int(key))), "")
    if text and same:
        turn.tell(host, messages.say(WOVEN, n=same))
        return
    key = str(number or next(n for n in range(1, THREADS + 1) if str(n) not in threads))
    before = threads.get(key)
    turn.fact(
        f.ThemeAdded(
            at=turn.now,
            number=key,
            by=PersonId(host),
            text=Words(text),
            blanks=(before.seq,) if before is not None else (),
        )
    )
    turn.tell(host, messages.say(WOVEN, n=key) if text else GONE)
    recap_again(turn)
