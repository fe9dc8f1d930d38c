"""A run sheet to print: what comes when, by the clock on the wall, with the host's notes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.core.model.script import Script
from bot.core.model.steps import Asking
from bot.core.pacing.multi_day import in_a_week
from bot.core.steps.registry import kind_of
from bot.core.text.dates import WORKING_WEEK


def run_sheet(script: Script, begins: datetime) -> str:
    """The plan of a session as plain text: clock times, minutes, notes and lines for difficult moments."""
    version = f", {script.version} min" if script.version and not script.days else ""
    lines = [f"{script.title}{version}", "=" * (len(script.title) + len(version)), ""]
    if script.host_card:
        lines += ["Host card", *(f"  [ ] {item}" for item in script.host_card), ""]
    lines += _days(script, begins.date()) if script.days else _evening(script, begins)
    if script.rescue_lines:
        lines += ["", "Ready-made lines"]
        lines += [f"  {name}: {line.replace('{host}', 'You')}" for name, line in script.rescue_lines.items()]
    if script.follow_ups:
        lines += ["", "Afterwards"]
        for item in script.follow_ups:
            who = "you" if item.hosts else "those who said yes"
            lines.append(f"  {item.days} days after the recap, to {who}: {item.step.title}")
    return "\n".join(lines) + "\n"


def _evening(script: Script, begins: datetime) -> list[str]:
    lobby = begins - timedelta(minutes=10)
    lines = [f"{lobby:%H:%M}        the lobby opens: /workshop start {script.id} {script.version}".rstrip()]
    if script.prepare:
        titles = "; ".join(step.title for step in script.prepare)
        lines.append(f"             open in the lobby, for those who like: {titles}")
    at = begins
    for n, step in enumerate(script.steps, 1):
        reading = step.read_minutes if isinstance(step, Asking) else 0
        read = f" + {reading} to read" if reading else ""
        wait = " (waits for you)" if kind_of(step).waits_for_host else ""
        lines.append(f"{at:%H:%M}  {step.minutes:>3} min{read}  {n}. {step.title}{wait}")
        if step.host_notes:
            lines.append(f"             {' '.join(step.host_notes.split())}")
        at += timedelta(minutes=step.minutes + reading)
    whole = begins + timedelta(minutes=script.minutes)
    slack = int((whole - at).total_seconds() // 60)
    lines.append(f"{at:%H:%M}        the plan ends; {slack} minutes are left for joining and breathing")
    lines.append(f"{whole:%H:%M}        the end that people were told")
    if script.tail:
        titles = "; ".join(step.title for step in script.tail)
        lines.append(f"             open for {script.tail_hours} hours more: {titles}")
    lines.append(
        f"             the recap comes by itself {script.review_hours + script.tail_hours} hours later"
    )
    return lines


def _days(script: Script, first: date) -> list[str]:
    lines = [f"Before      the lobby: /workshop open {script.id} async, then /workshop start"]
    lines += [f"              {step.title}" for step in script.prepare]
    at = first
    for day in range(1, script.days + 1):
        while in_a_week(script) and at.isoweekday() > WORKING_WEEK:
            at += timedelta(days=1)
        lines.append(f"{at:%a %d %b}  day {day}, at {script.day_at}")
        at += timedelta(days=1)
        for step in (candidate for candidate in script.steps if candidate.day == day):
            lines.append(f"   {step.minutes:>3} min    {step.title}")
            if step.host_notes:
                lines.append(f"              {' '.join(step.host_notes.split())}")
        lines.append(f"              at {script.digest_at} the evening's post")
    lines.append(
        f"{at:%a %d %b}  at {script.day_at} the end; the recap comes {script.review_hours} hours later"
    )
    return lines
