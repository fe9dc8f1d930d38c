"""How a card looks: text of the small Markdown kind, cut into parts that a platform can carry.

Participants' words stand between the two isolate marks of Unicode (U+2068, U+2069), which `clean`
takes out of what people type. So a platform knows which words to show literally, with markup and
mentions disarmed, and a line from right to left does not turn the rest of the message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from bot.core import cards, pictures, recognition, views, words
from bot.core.asking import watched
from bot.core.cards import Button, Card
from bot.core.care import looked_at
from bot.core.clocks import shown as shown_at
from bot.core.clocks import told
from bot.core.commands import table
from bot.core.facts import Mode, Phase, Share
from bot.core.measure import measure
from bot.core.panel import panel as host_panel
from bot.core.queries import form_answer, items_of, tallied, wrote
from bot.core.recap import Held, closing_lines, recap
from bot.core.script import (
    Audience,
    Choice,
    Digest,
    Field,
    Gallery,
    Open,
    Pair,
    Pause,
    Read,
    Reflection,
    Reveal,
    Scale,
    Script,
    Step,
    Story,
    Vote,
    Written,
)
from bot.core.session import Answer, Session
from bot.core.values import SMALL, size
from bot.core.words import N_, ntr, tr
from bot.files import beside
from bot.marks import QUOTE_END, QUOTE_START, isolate, quoted
from bot.platforms import Can, Poll, Post
from bot.recap.text import added as added_text
from bot.recap.text import spread as listed
from bot.recap.text import text as recap_text
from bot.thanked import (
    added,
    my_thanks,
    nominated,
    recognition_log,
    thanks_for_hosts,
    thanks_for_you,
)
from bot.undertaken import TAKE_HOW, my_step, next_steps, standing, step_asked, taking

TALK_APART = N_(
    "Each group talks in a thread of its own; only those in it, and whoever runs this bot, can read it."
)
ONE_SIGN = N_("A reaction with the number of a card, such as 3️⃣, says “{sign}” of it.")
CARD = 300  # characters of a gallery card


def draw(card: Card, script: Script, session: Session, can: Can, earlier: Sequence[Held] = ()) -> list[Post]:
    """The parts of a card's message for a platform that can do this; none if there is nothing left to show.

    Args:
        earlier: the sessions of the same series that were held before, for a recap.
    """
    kind, text, buttons = _draw(card, script, session, can, earlier)
    buttons = tuple(Button(label=tr(button.label), command=button.command) for button in buttons)
    if isinstance(card, cards.Film) and can.files:
        return list(beside(card, script, session))
    if not text:
        return []
    pieces = split(text, can.limit)
    attached = script.step(card.step).attach if isinstance(card, cards.Prompt) else None
    drawn = attached is not None and pictures.picture(script, session, attached) is not None
    picture = f"{session.id}/{card.step}.svg" if drawn and isinstance(card, cards.Prompt) else ""
    posts = [
        Post(
            text=piece,
            buttons=buttons if n == len(pieces) else (),
            kind=kind,
            picture=picture if n == 1 else "",
            session=session.id,
            step=str(getattr(card, "step", "")),
            poll=poll(script, session, card.step) if isinstance(card, cards.Tally) else None,
        )
        for n, piece in enumerate(pieces, 1)
    ]
    return [*posts, *beside(card, script, session, earlier)] if can.files else posts


def _draw(
    card: Card, script: Script, session: Session, can: Can, earlier: Sequence[Held]
) -> tuple[str, str, tuple[Button, ...]]:
    match card:
        case cards.Note():
            return "note", said(card), card.buttons
        case cards.Notice():
            return "notice", notice(script, session, open_threads=can.open_threads), ()
        case cards.Prompt(here=True):
            return "question", question(script, session, card), ()
        case cards.Prompt():
            step = script.step(card.step)
            text = prompt(
                script,
                session,
                step,
                again=card.again,
                personal=card.personal,
                in_pair=card.in_pair,
                person=card.person,
                open_threads=can.open_threads,
                reactions=can.reactions,
            )
            in_call = session.mode is Mode.CALL and not isinstance(step, Read) and not card.personal
            in_call = in_call and not can.taps  # such a platform has a button for each question anyway
            return "prompt", text, (Button(label=N_("Answer"), command="now"),) if in_call else ()
        case cards.MoreFields():
            return "note", more_fields(script, session, card), ()
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
            told = quote(script, answer, views.author(session, answer)) if answer.blanks else ""
            return "report", told, ()
        case cards.Entrusted():
            answer = session.answers[card.answer]
            if answer.share is not Share.COMPANION or not answer.blanks:
                return "entrusted", "", ()
            told = quote(script, answer, views.author(session, answer))
            return "entrusted", f"{tr('Entrusted to you, the companion, and to nobody else:')}\n\n{told}", ()
        case cards.Spread():
            step = script.step(card.step)
            assert isinstance(step, Choice | Vote | Scale)
            return "spread", spread(script, session, step), taking(script, session, step.id)
        case cards.Tally():
            step = script.step(card.step)
            assert isinstance(step, Choice)
            return "tally", tally(script, session, step), ()
        case cards.DayDigest():
            head = [tr("**Day {day}, in the evening**").format(day=card.day)]
            open_still = [
                f"{script.step(key).title} ({len(session.steps[key].by_person)})"
                for key in card.before
                if not isinstance(script.step(key), Read)
            ]
            also = tr("Also open, with the number of answers: {titles}.").format(titles="; ".join(open_still))
            tail = [also] if open_still else []
            tail.append(tr("Everything stays open; /catchup shows what waits for you."))
            return "digest", "\n\n".join([*head, day_digest(script, session, card.steps), *tail]), ()
        case cards.Words():
            lines = [f"- **{word}**: {means}" for word, means in script.glossary.items()]
            return "glossary", "\n".join([tr("**In plain words**: only you see this."), *lines]), ()
        case cards.Roster():
            return "note", roster(script, session), ()
        case cards.Help():
            return "note", table(host=card.host), ()
        case cards.Closing():
            return "closing", "\n".join(closing_lines(script, session)), ()
        case cards.Film():
            return "film", "", ()  # where there are pages, it stands on that of the recap
        case cards.RecapWaits():
            held = session.recap_held
            return "note", tr("The recap comes later: {reason}", reason=isolate(held)) if held else "", ()
        case cards.Draft():
            return "mine", draft(script, session), ()
        case cards.NextSteps():
            return "nextsteps", *next_steps(script, session)
        case cards.MyStep():
            return "note", *my_step(script, session, card.id)
        case cards.StepAsked():
            return "note", *step_asked(script, session, card)
        case cards.RecapReady() if not can.pages:
            return "digest", recap_text(recap(script, session, earlier=earlier)), ()
        case cards.RecapReady():
            text = tr("**The recap of {title} is ready.** It holds the words that people allowed.")
            text = text.format(title=script.title)
            return "recap", text, (Button(label=N_("Read the recap"), command=f"recap {session.id}"),)
        case cards.RecapAdded():
            return "digest", added_text(recap(script, session)), ()
        case cards.ThanksForHosts():
            return "thanks", *thanks_for_hosts(script, session, card.thanks)
        case cards.ThanksForYou():
            return "thanks", *thanks_for_you(session, card.thanks)
        case cards.MyThanks():
            return "mine", my_thanks(session, card.person), ()
        case cards.Nominated():
            return "note", *nominated(script, session, card)
        case cards.RecognitionLog():
            return "note", recognition_log(script, session), ()
        case cards.MyWords():
            return "mine", my_words(script, session, card.person), ()
        case _:
            assert_never(card)


def said(note: cards.Note) -> str:
    """A sentence of ours with what stands in it; the name of a phase is ours, too."""
    values = {name: tr(held) if name == "phase" else told(held) for name, held in note.values.items()}
    return filled(tr(note.text), values)


FOR = {
    Audience.ADULTS: N_("It is meant for adults."),
    Audience.MIXED: N_("There may be people under 18 here."),
    Audience.UNDER_18: N_(
        "There are people under 18 here: nobody talks alone with somebody, and no names are published."
    ),
}


def roster(script: Script, session: Session) -> str:
    """Who is here, for a host: who has answered, who has not, who only reads, who asks for a word."""
    panel = host_panel(script, session)
    head = tr("{here} here; {answered} of {of} have answered.")
    lines = [head.format(here=len(panel.people), answered=panel.answered, of=panel.of)]
    waiting = {person.id for person in panel.waiting}
    for person in panel.people:
        state = (
            tr("reading along") if person.reading else tr("waiting") if person.id in waiting else tr("done")
        )
        asks = f"; {tr('asks for a word')}" if person.needs_help else ""
        lines.append(f"- {isolate(person.name)}: {state}{asks}")
    return "\n".join(lines)


def notice(script: Script, session: Session, *, open_threads: bool = False) -> str:
    """The four lines that everybody gets before anything is asked, from what is really so.

    Readers come from the session's rooms and the script's steps, outputs from what the session makes,
    help from who is named.
    """
    rooms = [session.places[place].partition(":")[2] for place in session.rooms]
    readers = [tr("everybody in this room, also on a screen (the board).")]
    if len(rooms) > 1:
        readers = [
            ntr(
                "everybody in this room ({rooms}), also on a screen (the board).",
                "everybody in these {n} rooms ({rooms}), also on a screen (the board).",
                len(rooms),
                rooms=", ".join(map(isolate, rooms)),
            )
        ]
    if any(isinstance(s, Open) and s.reveal is Reveal.TOGETHER for s in script.steps):
        looked = any(looked_at(script, s) for s in script.steps)
        first = tr(
            "Some questions are written in private and shown together; a host looks first, without names."
        )
        plain = tr("Some questions are written in private and shown together.")
        readers.append(first if looked else plain)
    if any(isinstance(s, Story | Reflection) for s in script.steps):
        readers.append(tr("Stories and reflections: nobody, unless you allow it."))
    pairs = [s for s in script.steps if isinstance(s, Pair)]
    if pairs and session.mode is Mode.LIVE:
        if open_threads and not all(s.apart for s in pairs):
            readers.append(tr("Pairs: everybody in this room, because all can read its threads."))
        elif script.audience is Audience.UNDER_18:
            readers.append(tr("Small groups: with a companion."))
        else:
            readers.append(tr("Pairs: only those in them."))
    long = tr("about {minutes} minutes", minutes=script.minutes)
    if session.mode is Mode.CALL:
        long += f", {tr('beside a call (nothing is recorded)')}"
    if session.mode is Mode.ASYNC:
        long = tr(
            "over {days} days, at most {minutes} minutes a day, whenever it suits you",
            days=script.days,
            minutes=A_DAY,
        )
    kept = tr(
        "What is kept: your answers, to change or take back. Whoever runs this bot could read its database. A ✓ on "
        "your message says that it counts."
    )
    if session.keep_days:
        kept += " " + tr("What you do not share is erased {n} days after the end.", n=session.keep_days)
    goes = tr(
        "Where it goes: a recap that counts everybody and quotes nobody without their yes. Silence means that you "
        "are only counted."
    )
    if script.nameless:
        goes += " " + tr("No names stand in it.")
    free = tr("Pass on anything, read along, or leave, at any time. Help: /helpme reaches {name}.")
    lines = [
        f"**{script.title}**, {long}. {tr(FOR[script.audience])} {tr('Before we begin:')}",
        f"- {tr('Who reads:')} {' '.join(readers)}",
        f"- {kept}",
        f"- {goes}",
        f"- {free.format(name=reached(script, session))}",
    ]
    return "\n".join(lines)


def reached(script: Script, session: Session) -> str:
    """Whom /helpme reaches, by name where there is one."""
    guide = session.people.get(session.guide)
    first = script.contact or (isolate(guide.name) if guide and guide.name else tr("the host"))
    second = session.people.get(session.contact)
    other = isolate(second.name) if second and second.name else script.second_contact
    return tr("{first}, or {second}", first=first, second=other) if other else first


A_DAY = 15  # minutes that a day may ask for


def prompt(
    script: Script,
    session: Session,
    step: Step,
    *,
    again: bool = False,
    personal: bool = False,
    in_pair: bool = False,
    person: str = "",
    open_threads: bool = False,
    reactions: bool = False,
) -> str:
    """A step as everybody sees it: where we are, what is asked, how long, how to answer."""
    number = script.number(step.id)
    head = tr("**{number} of {total}: {title}**", number=number, total=len(script.steps), title=step.title)
    if session.phase is Phase.LOBBY:
        head = f"**{step.title}** ({tr('while we wait, if you like')})"
    elif session.over_days:
        head = f"**{step.title}**"
    elif not number:
        head = f"**{step.title}** ({tr('open until the recap')})"
        if session.phase is Phase.FOLLOWING:
            head = f"**{script.title}: {step.title}**"
    if again:
        head += f" ({tr('once more, for additions')})"
    text = worded(script, session, step, person)
    ideas = isinstance(step, Vote) and bool(step.options_from)
    tail = tr("The ideas stand in the room.") if personal and ideas else _how(script, session, step, personal)
    if reactions and isinstance(step, Gallery):
        tail = f"{tail} {tr(ONE_SIGN, sign=step.reactions[0].label)}"
    open_threads = open_threads and not (isinstance(step, Pair) and step.apart)
    if open_threads and isinstance(step, Pair):
        closed = tr(TALK_APART)
        tail = tail.replace(
            closed, tr("Each group talks in a thread of its own; everybody in this room can read it.")
        )
    if in_pair:
        here = tr("Talk here; only those in this thread, and whoever runs this bot, can read it.")
        if open_threads:
            here = tr(
                "Talk here, in this thread. Everybody in the room can read it; whoever is named above talks."
            )
        tail = f"{here} {_brings(step)}{_time(session, step)}"
    if isinstance(step, Digest):
        tail = day_digest(script, session, step.of, lines_of=FEW_LINES)
    if session.phase is Phase.FOLLOWING and personal:
        tail = f"{tail}\n\n{tr(words.FOLLOW_STOP)}".strip()
    attached = pictures.twin_of(script, session, step.attach) if step.attach else ""
    return "\n\n".join(part for part in (head, text, attached, tail) if part)


def worded(script: Script, session: Session, step: Step, person: str = "") -> str:
    """What a step says, with its times, commands, what it takes up from others, and what this person wrote."""
    state = session.steps.get(step.id)
    until = state.until if state else None
    values = dict(state.found) if state else {}
    if session.mode is Mode.ASYNC:
        values["deadline"] = shown_at(until, session.zone) if until else tr("the end")
    else:
        values["deadline"] = words.stamped(until) or until.strftime("%H:%M UTC") if until else ""
    values["minutes"] = str(step.minutes)
    if isinstance(step, Pair):
        values["each"] = str(max(step.minutes // step.size, 1))
    follow = next((each for each in script.follow_ups if each.step.id == step.id), None)
    if follow is not None and follow.about and person:
        values["it"] = isolate(wrote(session, follow, person) or "…")
    return filled(views.said(step, session), values)


_VARIABLE = re.compile(r"\{([a-z][a-z0-9_.:-]*(?: [a-z]+)?)(?:\|([^}]*))?\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text of ours with what stands for its variables; `{name|otherwise}` where there is nothing."""

    def one(found: re.Match[str]) -> str:
        name, otherwise = found[1], found[2]
        if name.startswith("cmd:"):
            return "/" + name[4:]
        if name in values:
            return values[name]
        return otherwise if otherwise is not None else found[0]

    return _VARIABLE.sub(one, text).strip()


def _time(session: Session, step: Step) -> str:
    """How long there is, in words; over days everything is open until the end."""
    if session.over_days:
        return tr("Open until the end.")
    return tr("{n} min.", n=step.minutes) if session.phase is Phase.RUNNING else tr("Open until the recap.")


def _brings(step: Step) -> str:
    bare = isinstance(step, Pair) and not step.output
    return "" if bare else tr("One of you brings a line back for all: the form, or /answer.") + " "


def _how(script: Script, session: Session, step: Step, personal: bool = False) -> str:
    private = tr("In private, with the form or /answer.")
    pass_by = tr("/pass lets it go by.")
    open_for = _time(session, step).rstrip(".")
    match step:
        case Pause():
            return tr("We wait here until the host goes on.")
        case Scale():
            return _scale(session, step, personal=personal)
        case Gallery():
            signs = "\n".join(f"- {o.key}: {o.label}" for o in step.reactions)
            how = tr("Read slowly. Answer a card with the buttons, or type its number and a sign: 3 {sign}.")
            return f"{signs}\n\n{how.format(sign=step.reactions[0].key)}"
        case Choice() | Vote():
            options = views.option_labels(script, session, step)
            listed = "\n".join(f"{n}. {isolate(o.label)}" for n, o in enumerate(options, 1))
            dots = step.dots if isinstance(step, Vote) else step.most
            how = tr("One, with the buttons or /pick and the number. Nobody sees whose.")
            if watched(step):
                how = tr(
                    "One, with the buttons or /pick and the number. Everybody sees at once who taps what."
                )
            if dots > 1:
                how = tr("Up to {n}, with the buttons or /pick and the number. Nobody sees whose.").format(
                    n=dots
                )
            return f"{listed}\n\n{how}"
        case Open(reveal=Reveal.LIVE):
            if session.over_days:
                return f"{tr('Reply to this message, or /answer.')} {open_for}; {pass_by}"
            return f"{tr('Just write it here, or /answer.')} {open_for}; {pass_by}"
        case Open(reveal=Reveal.TOGETHER):
            when = tr("Shown together in {minutes} min").format(minutes=step.minutes)
            if session.over_days:
                when = tr("Shown together in the evening")
            return f"{private} {when}; {pass_by}"
        case Pair() if _few(session, step) and not step.output:
            return tr("Just talk here.")
        case Pair() if _few(session, step):
            return f"{private} {open_for}; {pass_by}"
        case Pair() if session.mode is Mode.CALL:
            return f"{tr('Talk in the call.')} {_brings(step)}".strip()
        case Pair() if script.audience is Audience.UNDER_18:
            group = tr("You talk in small groups, each with a companion, in a thread of its own.")
            return f"{group} {_brings(step)}{open_for}."
        case Pair():
            group = tr(TALK_APART)
            return f"{group} {_brings(step)}{open_for}; {tr('/partner changes your partner, silently.')}"
        case Story():
            ideas = views.ideas_of(step)
            told = f"{tr('Nobody reads this now, and nobody later unless you allow it.')} {ideas}".rstrip()
            told += " " + tr("Hard to tell? /helpme reaches {name}.").format(name=reached(script, session))
            return f"{private} {told} {open_for}; {pass_by}"
        case Open() | Reflection():
            return f"{private} {open_for}; {pass_by}"
        case _:
            return ""


def draft(script: Script, session: Session) -> str:
    """The recap as it would be now, for a host, who can hold any card of it back by its mark."""
    head = tr(
        "**The draft**: only you see this. Behind each card stands its mark: /workshop hold and the mark holds it back."
    )
    return f"{head}\n\n{recap_text(recap(script, session, draft=True), marked=True)}"


def question(script: Script, session: Session, card: cards.Prompt) -> str:
    """What one person is asked in their private place; of several questions one."""
    step = script.step(card.step)
    first = True
    tail = ""
    if isinstance(step, Choice | Vote | Scale):
        tail = _numbers_here(script, session, step)
    elif isinstance(step, Written):
        asked = next((each for each in step.fields if each.key == card.field), step.fields[0])
        due = [each for each in step.fields if not each.later and not each.optional] or step.fields[:1]
        first = asked.key == due[0].key
        tail = field_asked(asked, due.index(asked) + 1 if asked in due else 0, len(due))
        if first:
            tail += f"\n\n{views.seen_by(step, looked=looked_at(script, step))} {tr('/pass lets it go by.')}"
    if not first:
        return tail
    number = script.number(step.id)
    head = tr("**{number} of {total}: {title}**", number=number, total=len(script.steps), title=step.title)
    head = head if number and not session.over_days else f"**{step.title}**"
    return "\n\n".join(part for part in (head, worded(script, session, step, card.person), tail) if part)


def field_asked(asked: Field, number: int, of: int) -> str:
    """One question, with its number among several, and what can be tapped."""
    place = f" ({tr('{n} of {total}', n=number, total=of)})" if number and of > 1 else ""
    help_ = f"\n{asked.help}" if asked.help else ""
    listed = "".join(f"\n{n}. {option.label}" for n, option in enumerate(asked.options, 1))
    how = tr("Write the number here.") if asked.options else tr("Just write it here.")
    return f"**{asked.label}**{place}{help_}{listed}\n\n{how}"


def _numbers_here(script: Script, session: Session, step: Choice | Vote | Scale) -> str:
    if isinstance(step, Scale):
        listed = _scale(session, step, personal=True).rpartition("\n\n")[0]
        how = tr(
            "Write here, in one line, a number from {least} to {most} for each, or ? if you can't tell, "
            "such as 3 4 ? 2. Nobody sees whose.",
            least=step.least,
            most=step.most,
        )
        return f"{listed}\n\n{how}"
    options = views.option_labels(script, session, step)
    listed = "\n".join(f"{n}. {isolate(o.label)}" for n, o in enumerate(options, 1))
    dots = step.dots if isinstance(step, Vote) else step.most
    how = tr("Write its number here. Nobody sees whose.")
    if dots > 1:
        how = tr("Write up to {n} numbers here, with spaces between. Nobody sees whose.", n=dots)
    return f"{listed}\n\n{how}"


def more_fields(script: Script, session: Session, card: cards.MoreFields) -> str:
    """What may be added to an answer: each question with its number, and what stands there already."""
    step = script.step(card.step)
    if not isinstance(step, Written):
        return ""
    mine = form_answer(session, step.id, card.person)
    lines = [
        tr(
            "If you like, add or change any of these: its number, then your words, such as “2 It took a month”."
        )
    ]
    for n, each in enumerate(step.fields, 1):
        held = mine.text(each.key) if mine else ""
        listed = (
            ": " + ", ".join(f"{k} {o.label}" for k, o in enumerate(each.options, 1)) if each.options else ""
        )
        lines.append(f"{n}. {each.label}{listed}" + (" ✓" if held else ""))
    if any(isinstance(s, Story) for s in (step,)):
        lines.append(
            tr("May others read it, now and in the recap? /my shows what you wrote, and how to say so.")
        )
    return "\n".join(lines)


def _few(session: Session, step: Step) -> bool:
    state = session.steps.get(step.id)
    return state is not None and state.few


def _scale(session: Session, step: Scale, *, personal: bool) -> str:
    """The items of a scale, three in a block; what the numbers look like is said to each person who asks."""
    blocks: list[list[str]] = [[]]
    for n, item in enumerate(items_of(session, step), 1):
        if len(blocks[-1]) == 3:
            blocks.append([])
        ends = "; ".join(f"{at}: {text}" for at, text in item.anchors.items()) if personal else ""
        lines = f"{n}. **{item.label}**: {item.question}" if item.question else f"{n}. **{item.label}**"
        blocks[-1].append(lines + (f" ({ends})" if ends else ""))
    listed = "\n\n".join("\n".join(block) for block in blocks)
    how = tr(
        "A number from {least} to {most} for each, or ? if you can't tell, with the buttons or /pick 3 4 ? 2. "
        "Nobody sees whose."
    )
    return f"{listed}\n\n{how.format(least=step.least, most=step.most)}"


def answers(script: Script, session: Session, card: cards.Answers) -> str:
    """Cards with what people said; one that was taken back says so, without its words."""
    if not card.step:
        return tr("Nothing hangs here: nobody shared this. We go on together.")
    step = script.step(card.step)
    shown = {answer.id: answer for answer in views.shown(session, card.answers)}
    if not shown:
        return tr("(taken back)") if card.answers else ""
    part = f" ({tr('{n} of {total}', n=card.part, total=card.parts)})" if card.parts > 1 else ""
    blocks = [f"**{step.title}**{part}"]
    for nth, key in enumerate(card.answers):
        answer = shown.get(key)
        if answer is not None:
            number = card.numbered_from + nth if card.numbered_from else 0
            author = views.author(session, answer)
            told = quote(script, answer, author, number, most=CARD if card.cut and number else 0)
            blocks.append("\n".join([told, *added(session, answer)]))
    return "\n\n".join(blocks)


def quote(script: Script, answer: Answer, author: str, number: int = 0, most: int = 0) -> str:
    """One card: whose it is, then the words, line by line behind a quote mark.

    Cut at `most` characters, if that is given; its whole is one command away.
    """
    step = script.step(answer.step)
    labels = {f.key: f for f in step.fields} if isinstance(step, Written) else {}
    whose = ", ".join(
        part
        for part in (
            tr("Card {number}").format(number=number) if number else "",
            isolate(author) if author else "",
        )
        if part
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
        lines.append(tr("(read whole: /whole {number})").format(number=number))
    return "\n".join(lines)


def _labelled(label: str) -> str:
    """A label before words: a question or a half-sentence needs no colon."""
    return f"{label} " if label.endswith(("?", "…", "!", ".")) else f"{label}: "


def glance(script: Script, session: Session, key: str) -> str:
    """What is about to be shown, for hosts: without names, each card with its number."""
    state = session.steps[key]
    keys = state.looking or (state.revealed[-1][1] if state.revealed else ())
    lines = [f"**{script.step(key).title}**: {tr('only you see this yet.')}"]
    for number, answer in enumerate(map(session.answers.__getitem__, keys), 1):
        if answer.held:
            lines.append(tr("Card {number}: held back (/workshop release {number})").format(number=number))
        elif not answer.withdrawn:
            lines.append(quote(script, answer, "", number))
    return "\n\n".join(lines)


def pair_list(session: Session, key: str) -> str:
    """Who talks with whom, to be read out."""
    lines = [tr("**Who talks with whom**")]
    for n, group in enumerate(session.steps[key].pairs.values(), 1):
        names = [session.people[p].name for p in group if p in session.people and session.people[p].name]
        lines.append(f"{n}. " + ", ".join(map(isolate, names)))
    lines.append(tr("One of you brings a line back for all: the form, or /answer."))
    return "\n".join(lines)


def typed_for_you(script: Script, session: Session, key: str) -> tuple[str, tuple[Button, ...]]:
    """What was typed for somebody, for them to take or not."""
    offer = session.offers.get(key)
    if offer is None:
        return "", ()
    by = session.people.get(offer.by)
    name = isolate(by.name) if by else tr("Somebody")
    lines = [tr("{name} typed this for you. Is it yours?", name=name)]
    lines += quoted("", offer.text)
    lines.append(tr("It counts when you say so: /approve {key}, or /decline {key}.", key=key))
    return "\n".join(lines), (
        Button(label=N_("It is mine"), command=f"approve {key}"),
        Button(label=N_("It is not"), command=f"decline {key}"),
    )


def day_digest(script: Script, session: Session, keys: Sequence[str], *, lines_of: int = 0) -> str:
    """What these steps have brought so far: how many answered, spreads, and a few lines that all can read."""
    lines: list[str] = []
    for key in keys:
        state = session.steps.get(key)
        if state is None:
            continue
        step = script.step(key)
        answered = len(state.by_person)
        if isinstance(step, Choice | Scale) and answered >= SMALL:
            lines.append(spread(script, session, step))
        elif isinstance(step, Gallery):
            hang = ntr("{n} card hangs there.", "{n} cards hang there.", len(state.cards))
            lines.append(f"**{step.title}**: {hang}")
        elif not isinstance(step, Read):
            told = ntr("{n} has answered so far.", "{n} have answered so far.", answered)
            lines.append(f"**{step.title}**: {told}")
        if lines_of and isinstance(step, Open):
            said = [a for a in views.shown(session, _readable(session, key)) if not a.held][-lines_of:]
            lines += [quote(script, a, views.author(session, a)) for a in said]
    return "\n\n".join(lines)


FEW_LINES = 5


def _readable(session: Session, key: str) -> tuple[str, ...]:
    """The answers of a step that the room has been shown."""
    state = session.steps[key]
    revealed = tuple(each for _, keys in state.revealed for each in keys)
    live = tuple(a for keys in state.by_person.values() for a in keys if session.answers[a].source)
    return tuple(dict.fromkeys((*live, *state.gathered, *revealed)))


def spread(script: Script, session: Session, step: Choice | Vote | Scale) -> str:
    """How the taps are spread; below four people only that they were counted."""
    if isinstance(step, Scale):
        seen = measure(script, session, step)
        hint = ""
        if seen.suggested:
            suggests = tr("The numbers suggest: {what}. It is a suggestion.", what=seen.suggested)
            hint = f"\n\n{suggests}"
        told = "\n".join(f"- {part}" for part in seen.twin().rstrip(".").split("; "))
        return f"**{step.title}**\n\n{told}{hint}"
    if isinstance(step, Choice) and watched(step):
        return "\n".join([f"**{step.title}**", "", *with_names(script, session, step)])
    counted = tallied(session, step)
    if counted is None:
        closed = tr("Fewer than {n} people tapped, so the spread stays closed.").format(n=SMALL)
        return f"**{step.title}**\n\n{closed}"
    labels = {option.key: option.label for option in views.option_labels(script, session, step)}
    # Who won a vote is its result; of other taps the order is not to tell what the numbers do not.
    exact = isinstance(step, Vote)
    ranked = sorted(counted.items(), key=lambda item: -int(item[1]) if exact else -size(item[1]))
    taken = standing(script, session, step.id)
    lines = [taken[key] for key, count in ranked if key in labels and count and key in taken]
    lines += listed([(labels[key], n) for key, n in ranked if key in labels and not (n and key in taken)])
    return "\n".join([f"**{step.title}**", "", *lines, *(["", tr(TAKE_HOW)] if taken else [])])


def tally(script: Script, session: Session, step: Choice) -> str:
    """How the taps of a step that everybody watches stand, and whose they are; once it is closed, only that it is."""
    if session.steps[step.id].closed:
        return tr("**{title}** is closed; what came of it stands below.", title=step.title)
    return "\n".join([tr("**{title}**, so far:", title=step.title), "", *with_names(script, session, step)])


def poll(script: Script, session: Session, key: str) -> Poll:
    """The same for platforms that have polls."""
    step = script.step(key)
    assert isinstance(step, Choice)
    return Poll(
        question=f"{step.title}: {' '.join(step.say.split())}",
        options=tuple((option.key, option.label) for option in step.options),
        closed=session.steps[key].closed,
        days=session.mode is Mode.ASYNC,
    )


def with_names(script: Script, session: Session, step: Choice) -> list[str]:
    """Each option with those who tapped it, a line each."""
    taps = [a for a in session.answers.values() if a.step == step.id and a.picks and not a.withdrawn]
    whose = {
        o.key: [isolate(views.author(session, a)) for a in taps if o.key in a.picks] for o in step.options
    }
    lines = [
        f"- {len(whose[o.key])} × {isolate(o.label)}: {', '.join(whose[o.key])}"
        for o in step.options
        if whose[o.key]
    ]
    nobody = [isolate(o.label) for o in step.options if not whose[o.key]]
    return [*lines, *([f"- {tr('nobody')}: {', '.join(nobody)}"] if nobody else [])]


HOW = {
    Share.NO: N_("not in the recap"),
    Share.COMPANION: N_("only for the companion"),
    Share.NAME: N_("in the recap, under your name"),
    Share.ANONYMOUS: N_("in the recap, without your name"),
}


def my_words(script: Script, session: Session, person: str) -> str:
    """What one person wrote, where it may appear, and how to change that."""
    mine = views.mine(script, session, person)
    if not mine:
        return tr(words.NOTHING_KEPT)
    lines = [tr("**My words**: only you see this.")]
    for item in mine:
        lines.append(f"\n{item.number}. {item.title} ({item.shown_in}; {tr(HOW[item.answer.share])})")
        for _, label, text in item.fields:
            lines += quoted(_labelled(label) if len(item.fields) > 1 else "", text)
        if item.signs:
            lines.append(tr("Others answered:") + " " + ", ".join(item.signs))
    hands = tr("/share 1 name, anonymous or no · /change 1 and the new words · /withdraw 1 · /forget me")
    lines.append(f"\n{hands}")
    if session.films and any(item.answer.share.public for item in mine):
        lines.append(
            tr(
                "A short film is made of the recap. It quotes only who says yes to that, too: /film 1 yes · /film 1 no"
            )
        )
    asked = views.follow_ups_of(script)
    if asked:
        yes, no = tr("So far you say yes."), tr("So far you say no.")
        lines.append(f"{asked} {yes if person in session.follow else no} /follow yes · /follow no")
    for rule, has in recognition.standing(script, session, person):
        lines.append(tr(recognition.YOURS if has else recognition.MAY, name=rule.name, key=rule.key))
    return "\n".join(lines)


def split(text: str, limit: int) -> list[str]:
    """Cut a long text at paragraphs, lines or words, so that every part is at most `limit` long.

    Somebody's words that are cut stay theirs in both parts: between the marks, and behind the quote mark.
    """
    parts: list[str] = []
    rest = text
    limit -= len(f"> {QUOTE_START}{QUOTE_END}")
    while len(rest) > limit:
        window = rest[:limit]
        cut = max(window.rfind("\n\n"), 0) or max(window.rfind("\n"), 0) or max(window.rfind(" "), 0)
        if cut < limit // 4:
            cut = limit
        piece, within = rest[:cut].rstrip(), rest[cut : cut + 1] != "\n"
        rest = rest[cut:].lstrip("\n") if cut < limit else rest[cut:]
        if piece.count(QUOTE_START) > piece.count(QUOTE_END):
            piece += QUOTE_END
            rest = QUOTE_START + rest
            if within and piece.rpartition("\n")[2].startswith("> "):
                rest = f"> {rest}"
        parts.append(piece)
    parts.append(rest)
    return [part for part in parts if part]
