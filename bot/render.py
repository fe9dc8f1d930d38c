"""How a card looks: text of the small Markdown kind, cut into parts that a platform can carry.

Participants' words stand between the two isolate marks of Unicode (U+2068, U+2069), which `clean`
takes out of what people type. So a platform knows which words to show literally, with markup and
mentions disarmed, and a line from right to left does not turn the rest of the message.
"""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from bot.core import cards, views
from bot.core.cards import Button, Card
from bot.core.care import looked_at
from bot.core.facts import Mode, Phase, Share
from bot.core.recap import closing_lines
from bot.core.script import (
    Audience,
    Choice,
    Gallery,
    Message,
    Open,
    Pair,
    Reflection,
    Reveal,
    Script,
    Step,
    Story,
    Vote,
    Written,
)
from bot.core.session import Answer, Session
from bot.platforms import Post

QUOTE_START = "\u2068"  # first strong isolate: a name or a line in another direction stays by itself
QUOTE_END = "\u2069"
CARD = 300  # characters of a gallery card


def draw(card: Card, script: Script, session: Session, limit: int) -> list[Post]:
    """The parts of a card's message; none if there is nothing left to show."""
    kind, text, buttons = _draw(card, script, session)
    if not text:
        return []
    pieces = split(text, limit)
    return [
        Post(text=piece, buttons=buttons if n == len(pieces) else (), kind=kind)
        for n, piece in enumerate(pieces, 1)
    ]


def _draw(card: Card, script: Script, session: Session) -> tuple[str, str, tuple[Button, ...]]:
    match card:
        case cards.Note():
            return "note", card.text, card.buttons
        case cards.Notice():
            return "notice", notice(script, session), ()
        case cards.Prompt():
            step = script.step(card.step)
            text = prompt(
                script, session, step, again=card.again, personal=card.personal, in_pair=card.in_pair
            )
            in_call = session.mode is Mode.CALL and not isinstance(step, Message) and not card.personal
            return "prompt", text, (Button(label="Answer", command="now"),) if in_call else ()
        case cards.Answers():
            return "answers", answers(script, session, card), ()
        case cards.Glance():
            return "look", glance(script, session, card.step), ()
        case cards.PairList():
            return "pairs", pair_list(session, card.step), ()
        case cards.TypedForYou():
            return "offer", *typed_for_you(script, session, card.offer)
        case cards.Reportable():
            answer = session.answers[card.answer]
            words = quote(script, answer, views.author(session, answer)) if answer.blanks else ""
            return "report", words, ()
        case cards.Entrusted():
            answer = session.answers[card.answer]
            if answer.share is not Share.COMPANION or not answer.blanks:
                return "entrusted", "", ()
            words = quote(script, answer, views.author(session, answer))
            return "entrusted", f"Entrusted to you, the companion, and to nobody else:\n\n{words}", ()
        case cards.Spread():
            step = script.step(card.step)
            assert isinstance(step, Choice | Vote)
            return "spread", spread(script, session, step), ()
        case cards.Closing():
            return "closing", "\n".join(closing_lines(script, session)), ()
        case cards.RecapReady():
            text = f"**The recap of {script.title} is ready.** It holds the words that people allowed."
            return "recap", text, (Button(label="Read the recap", command=f"recap {session.id}"),)
        case cards.MyWords():
            return "mine", my_words(script, session, card.person), ()
        case _:
            assert_never(card)


FOR = {
    Audience.ADULTS: "It is meant for adults.",
    Audience.MIXED: "There may be people under 18 here.",
    Audience.UNDER_18: "There are people under 18 here: nobody talks alone with somebody, and no names are published.",
}


def notice(script: Script, session: Session) -> str:
    """The four lines that everybody gets before anything is asked, from what is really so.

    Readers come from the session's rooms and the script's steps, outputs from what the session makes,
    help from who is named.
    """
    rooms = [session.places[place].partition(":")[2] for place in session.rooms]
    named = "this room" if len(rooms) == 1 else f"these {len(rooms)} rooms ({', '.join(map(isolate, rooms))})"
    readers = [f"everybody in {named}, also on a screen (the board)."]
    if any(isinstance(s, Open) and s.reveal is Reveal.TOGETHER for s in script.steps):
        looked = any(looked_at(script, s) for s in script.steps)
        first = "; a host looks first, without names" if looked else ""
        readers.append(f"Some questions are written in private and shown together{first}.")
    if any(isinstance(s, Story | Reflection) for s in script.steps):
        readers.append("Stories and reflections: nobody, unless you allow it.")
    if any(isinstance(s, Pair) for s in script.steps) and session.mode is Mode.LIVE:
        young = script.audience is Audience.UNDER_18
        readers.append("Small groups: with a companion." if young else "Pairs: only those in them.")
    beside = ", beside a call (nothing is recorded)" if session.mode is Mode.CALL else ""
    lines = [
        f"**{script.title}**, about {script.minutes} minutes{beside}. {FOR[script.audience]} Before we begin:",
        f"- Who reads: {' '.join(readers)}",
        "- What is kept: your answers, to change or take back. Whoever runs this bot could read its "
        "database. A ✓ on your message says that it counts.",
        "- Where it goes: a recap that counts everybody and quotes nobody without their yes. Silence means "
        "that you are only counted.",
        "- Pass on anything, read along, or leave, at any time. Help: /helpme reaches "
        f"{reached(script, session)}.",
    ]
    return "\n".join(lines)


def reached(script: Script, session: Session) -> str:
    """Whom /helpme reaches, by name where there is one."""
    guide = session.people.get(session.guide)
    first = script.contact or (isolate(guide.name) if guide and guide.name else "the host")
    second = session.people.get(session.contact)
    other = isolate(second.name) if second and second.name else script.second_contact
    return f"{first}, or {other}" if other else first


BESIDE = {True: "while we wait, if you like", False: "open until the recap"}


def prompt(
    script: Script,
    session: Session,
    step: Step,
    *,
    again: bool = False,
    personal: bool = False,
    in_pair: bool = False,
) -> str:
    """A step as everybody sees it: where we are, what is asked, how long, how to answer."""
    state = session.steps.get(step.id)
    until = state.until if state else None
    number = script.number(step.id)
    head = f"**{number} of {len(script.steps)}: {step.title}**"
    if not number:
        head = f"**{step.title}** ({BESIDE[session.phase is Phase.LOBBY]})"
    if again:
        head += " (once more, for additions)"
    text = fill(views.said(step, session), step, until)
    ideas = isinstance(step, Vote) and bool(step.options_from)
    tail = "The ideas stand in the room." if personal and ideas else _how(script, session, step)
    if in_pair:
        tail = (
            "Talk here; only the two or three of you, and whoever runs this bot, can read it. "
            f"One of you brings a line back for all: the form, or /answer. {step.minutes} min."
        )
    return "\n\n".join(part for part in (head, text, tail) if part)


def fill(text: str, step: Step, until: datetime | None) -> str:
    """A script's text with its times."""
    deadline = until.strftime("%H:%M UTC") if until else ""
    return text.replace("{minutes}", str(step.minutes)).replace("{deadline}", deadline).strip()


def _how(script: Script, session: Session, step: Step) -> str:
    private = "In private, with the form or /answer."
    match step:
        case Message():
            return ""
        case Gallery():
            signs = "\n".join(f"- {o.key}: {o.label}" for o in step.reactions)
            return f"{signs}\n\nRead slowly. Answer a card with the buttons, or /react 3 {step.reactions[0].key}."
        case Choice() | Vote():
            options = views.option_labels(script, session, step)
            listed = "\n".join(f"{n}. {isolate(o.label)}" for n, o in enumerate(options, 1))
            most = f"Up to {step.dots}" if isinstance(step, Vote) else "One"
            return f"{listed}\n\n{most}, with the buttons or /pick and the number. Nobody sees whose."
        case Open(reveal=Reveal.LIVE):
            return f"Just write it here, or /answer. {step.minutes} min; /pass lets it go by."
        case Open(reveal=Reveal.TOGETHER):
            return f"{private} Shown together in {step.minutes} min; /pass lets it go by."
        case Pair() if session.mode is Mode.CALL:
            return "Talk in the call. One of you brings a line back for all: the form, or /answer."
        case Pair() if script.audience is Audience.UNDER_18:
            return (
                "You talk in small groups, each with a companion, in a thread of its own. "
                f"One of you brings a line back for all: the form, or /answer. {step.minutes} min."
            )
        case Pair():
            return (
                "Each pair talks in a thread of its own; only the two or three of them, and whoever runs this "
                "bot, can read it. One of you brings a line back for all: the form, or /answer. "
                f"{step.minutes} min; /partner changes your partner, silently."
            )
        case Story():
            ideas = views.ideas_of(step)
            told = f"Nobody reads this now, and nobody later unless you allow it. {ideas}".rstrip()
            told += f" Hard to tell? /helpme reaches {reached(script, session)}."
            return f"{private} {told} {step.minutes} min; /pass lets it go by."
        case _:
            return f"{private} {step.minutes} min; /pass lets it go by."


def isolate(text: str) -> str:
    """Somebody's words inside a line of ours, whatever direction they run in."""
    return f"{QUOTE_START}{text}{QUOTE_END}"


def answers(script: Script, session: Session, card: cards.Answers) -> str:
    """Cards with what people said; one that was taken back says so, without its words."""
    if not card.step:
        return "Nothing hangs here: nobody shared this. We go on together."
    step = script.step(card.step)
    shown = {answer.id: answer for answer in views.shown(session, card.answers)}
    if not shown:
        return "(taken back)" if card.answers else ""
    part = f" ({card.part} of {card.parts})" if card.parts > 1 else ""
    blocks = [f"**{step.title}**{part}"]
    for nth, key in enumerate(card.answers):
        answer = shown.get(key)
        if answer is not None:
            number = card.numbered_from + nth if card.numbered_from else 0
            author = views.author(session, answer)
            blocks.append(quote(script, answer, author, number, most=CARD if card.cut and number else 0))
    return "\n\n".join(blocks)


def quote(script: Script, answer: Answer, author: str, number: int = 0, most: int = 0) -> str:
    """One card: whose it is, then the words, line by line behind a quote mark.

    Cut at `most` characters, if that is given; its whole is one command away.
    """
    step = script.step(answer.step)
    labels = {f.key: f for f in step.fields} if isinstance(step, Written) else {}
    whose = ", ".join(
        part for part in (f"Card {number}" if number else "", isolate(author) if author else "") if part
    )
    lines = [f"{whose}:"]
    left = most or 1_000_000
    for key, piece in answer.pieces.items():
        if piece.text and left > 0:
            field = labels.get(key)
            text = field.shown(piece.text) if field else piece.text
            label = _labelled(field.label) if field and len(labels) > 1 else ""
            lines += quoted(label, text if len(text) <= left else text[:left] + "…")
            left -= len(text)
    if left < 0:
        lines.append(f"(read whole: /whole {number})")
    return "\n".join(lines)


def _labelled(label: str) -> str:
    """A label before words: a question or a half-sentence needs no colon."""
    return f"{label} " if label.endswith(("?", "…", "!", ".")) else f"{label}: "


def quoted(label: str, text: str) -> list[str]:
    """Somebody's words behind quote marks, each line of them literal."""
    first, *rest = text.split("\n")
    return [f"> {label}{isolate(first)}", *(f"> {isolate(line)}" for line in rest)]


def glance(script: Script, session: Session, key: str) -> str:
    """What is about to be shown, for hosts: without names, each card with its number."""
    state = session.steps[key]
    keys = state.looking or (state.revealed[-1][1] if state.revealed else ())
    lines = [f"**{script.step(key).title}**: only you see this yet."]
    for number, answer in enumerate(map(session.answers.__getitem__, keys), 1):
        if answer.held:
            lines.append(f"Card {number}: held back (/workshop release {number})")
        elif not answer.withdrawn:
            lines.append(quote(script, answer, "", number))
    return "\n\n".join(lines)


def pair_list(session: Session, key: str) -> str:
    """Who talks with whom, to be read out."""
    lines = ["**Who talks with whom**"]
    for n, group in enumerate(session.steps[key].pairs.values(), 1):
        names = [session.people[p].name for p in group if p in session.people and session.people[p].name]
        lines.append(f"{n}. " + ", ".join(map(isolate, names)))
    lines.append("One of you brings a line back for all: the form, or /answer.")
    return "\n".join(lines)


def typed_for_you(script: Script, session: Session, key: str) -> tuple[str, tuple[Button, ...]]:
    """What was typed for somebody, for them to take or not."""
    offer = session.offers.get(key)
    if offer is None:
        return "", ()
    by = session.people.get(offer.by)
    lines = [f"{isolate(by.name if by else 'Somebody')} typed this for you. Is it yours?"]
    lines += quoted("", offer.text)
    lines.append(f"It counts when you say so: /approve {key}, or /decline {key}.")
    return "\n".join(lines), (
        Button(label="It is mine", command=f"approve {key}"),
        Button(label="It is not", command=f"decline {key}"),
    )


def spread(script: Script, session: Session, step: Choice | Vote) -> str:
    """How the taps are spread; below four people only that they were counted."""
    tally = views.tally(session, step)
    if tally is None:
        return f"**{step.title}**\n\nFewer than {views.SMALL} people tapped, so the spread stays closed."
    labels = {option.key: option.label for option in views.option_labels(script, session, step)}
    ranked = sorted(tally.items(), key=lambda item: -item[1])
    lines = [f"- {count} × {isolate(labels[key])}" for key, count in ranked if key in labels]
    return "\n".join([f"**{step.title}**", "", *lines])


HOW = {
    Share.NO: "not in the recap",
    Share.COMPANION: "only for the companion",
    Share.NAME: "in the recap, under your name",
    Share.ANONYMOUS: "in the recap, without your name",
}


def my_words(script: Script, session: Session, person: str) -> str:
    """What one person wrote, where it may appear, and how to change that."""
    mine = views.mine(script, session, person)
    if not mine:
        return "You have written nothing here that is kept."
    lines = ["**My words**: only you see this."]
    for item in mine:
        lines.append(f"\n{item.number}. {item.title} ({item.shown_in}; {HOW[item.answer.share]})")
        for _, label, text in item.fields:
            lines += quoted(_labelled(label) if len(item.fields) > 1 else "", text)
        if item.signs:
            lines.append("Others answered: " + ", ".join(item.signs))
    lines.append("\n/share 1 name, anonymous or no · /change 1 and the new words · /withdraw 1 · /forget me")
    return "\n".join(lines)


def split(text: str, limit: int) -> list[str]:
    """Cut a long text at paragraphs, lines or words, so that every part is at most `limit` long."""
    parts: list[str] = []
    rest = text
    while len(rest) > limit:
        window = rest[:limit]
        cut = max(window.rfind("\n\n"), 0) or max(window.rfind("\n"), 0) or max(window.rfind(" "), 0)
        if cut < limit // 4:
            cut = limit
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip("\n") if cut < limit else rest[cut:]
    parts.append(rest)
    return [part for part in parts if part]
