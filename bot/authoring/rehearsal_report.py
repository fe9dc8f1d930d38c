"""A rehearsal summed up for its host."""

from __future__ import annotations

from bot.authoring.rehearsal import Played


def _long(played: Played) -> str:
    if played.script.days:
        return f"{played.minutes / 60 / 24:.0f} days"
    return f"{played.minutes:.1f} of {played.script.minutes} minutes"


def report(played: Played) -> str:
    """A rehearsal summed up for a host, as text."""
    lines = [
        f"{played.script.title}: {_long(played)} with this cast;"
        f" {played.posts} posts in the room, {played.in_session} of them in the session; the longest message has "
        f"{played.longest[0]} characters ({played.longest[1]}).",
        *(
            [f"The longest silence in the room: {played.silence[0]:.0f} min, in {played.silence[1]}."]
            if played.silence[0]
            else []
        ),
        *(
            [f"It stopped at {played.stopped_at}: only the host can go on from there."]
            if played.stopped_at
            else []
        ),
        *([f"The first thing to type: {played.first_typed}."] if played.first_typed else []),
        "",
        *(["Minutes a step:"] if played.steps else []),
        *(f"  {minutes:5.1f}  {title}" for title, minutes in played.steps),
        "",
        f"{'What each person met':<16}{'':<12}  posts  pings  private   taps  words",
    ]
    lines += [
        f"{met.name:<16}{met.role:<12}{met.posts:>7}{met.pings:>7}{met.private:>9}{met.taps:>7}{met.words:>7}"
        for met in played.met
    ]
    return "\n".join(lines)
