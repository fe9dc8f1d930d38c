"""Cards as text of the small Markdown kind, cut into parts that a platform can carry.

Participants' words stand between the two isolate marks of Unicode (U+2068, U+2069), which `clean`
takes out of what people type. So a platform knows which words to show literally, with markup and
mentions disarmed, and a line from right to left does not turn the rest of the message.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.core.model import cards
from bot.core.model.cards import Button, Card
from bot.core.model.facts import Mode, Share
from bot.core.model.script import Script
from bot.core.model.session import Offer, Session
from bot.core.model.steps import Asking
from bot.core.platform import Capabilities, Post
from bot.core.recognition import rules
from bot.core.steps import diagrams
from bot.core.text import messages, wording
from bot.core.text.dates import day, value_text
from bot.core.text.messages import N_
from bot.core.text.quoting import QUOTE_END, QUOTE_START, isolate, quoted
from bot.core.text.wording import tr
from bot.core.views import participant
from bot.core.views.host_panel import is_answered
from bot.core.views.host_panel import panel as host_panel
from bot.core.views.recap import Held, recap
from bot.render import commands
from bot.render.action_items import my_step, next_steps, step_asked, taking
from bot.render.answers import answers, glance, labelled, quote
from bot.render.attachments import beside
from bot.render.notice import details, notice
from bot.render.offers import introduced, my_offers, offer_made
from bot.render.own_answers import author, follow_up_question, listed, where_shown
from bot.render.questions import filled, more_fields, prompt, question
from bot.render.recap.summary import closing_lines
from bot.render.recap.text import added as added_text
from bot.render.recap.text import text as recap_text
from bot.render.recognition import my_thanks, nominated, recognition_log, thanks_for_hosts, thanks_for_you
from bot.render.steps.digest import day_digest
from bot.render.steps.pair import in_group, pair_line, pair_list, partners_of, who_not
from bot.render.steps.renderer import renderer_of


def draw(
    card: Card, script: Script, session: Session, can: Capabilities, earlier: Sequence[Held] = ()
) -> list[Post]:
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
    drawn = attached is not None and diagrams.picture(script, session, attached) is not None
    picture = f"{session.id}/{card.step}.svg" if drawn and isinstance(card, cards.Prompt) else ""
    tallied = script.step(card.step) if isinstance(card, cards.Tally) else None
    poll = renderer_of(tallied).poll(session, tallied) if tallied is not None else None
    posts = [
        Post(
            text=piece,
            buttons=buttons if n == len(pieces) else (),
            kind=kind,
            picture=picture if n == 1 else "",
            session=session.id,
            step=str(getattr(card, "step", "")),
            poll=poll,
            language=wording.language(),
        )
        for n, piece in enumerate(pieces, 1)
    ]
    return [*posts, *beside(card, script, session, earlier)] if can.files else posts


def _draw(
    card: Card, script: Script, session: Session, can: Capabilities, earlier: Sequence[Held]
) -> tuple[str, str, tuple[Button, ...]]:
    match card:
        case cards.Note():
            return "note", said(card, session), card.buttons
        case cards.Notice(details=True):
            return "note", details(script, session, open_threads=can.open_threads), ()
        case cards.Notice():
            return "notice", notice(script, session), ()
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
                place=card.place,
                can=can,
            )
            in_call = session.mode is Mode.CALL and isinstance(step, Asking) and not card.personal
            in_call = in_call and not can.taps  # such a platform has a button for each question anyway
            return "prompt", text, (Button(label=N_("Answer"), command="now"),) if in_call else ()
        case cards.MoreFields():
            return "note", more_fields(script, session, card), ()
        case cards.Answers():
            return "answers", answers(script, session, card), ()
        case cards.Glance():
            return "look", glance(script, session, card.step), ()
        case cards.PairList():
            return "pairs", pair_list(script, session, script.step(card.step), can), ()
        case cards.Partners():
            return "note", partners_of(script, session, script.step(card.step), card), ()
        case cards.OfferMade():
            return "note", *offer_made(script, session, card)
        case cards.MyOffers():
            return "mine", *my_offers(script, session, card.person)
        case cards.Introduced():
            return "note", introduced(script, session, card.place), ()
        case cards.WhoNot():
            return "note", *who_not(session, card.person)
        case cards.Group():
            return "note", in_group(script, session, script.step(card.step), card.place, now=True), ()
        case cards.PairLine():
            return "answers", pair_line(script, session, session.answers[card.answer]), ()
        case cards.TypedForYou():
            return "offer", *typed_for_you(script, session, card.offer)
        case cards.Reportable():
            answer = session.answers[card.answer]
            quoted_answer = quote(script, answer, author(session, answer)) if answer.blanks else ""
            return "report", quoted_answer, ()
        case cards.Entrusted():
            answer = session.answers[card.answer]
            if answer.share is not Share.COMPANION or not answer.blanks:
                return "entrusted", "", ()
            quoted_answer = quote(script, answer, author(session, answer))
            return (
                "entrusted",
                f"{tr('Shared only with you, the co-host:')}\n\n{quoted_answer}",
                (),
            )
        case cards.Spread():
            step = script.step(card.step)
            return "spread", renderer_of(step).spread(script, session, step), taking(script, session, step.id)
        case cards.Tally():
            step = script.step(card.step)
            return "tally", renderer_of(step).tally(session, step), ()
        case cards.DayDigest():
            head = [tr("**The evening of day {day}**").format(day=card.day)]
            open_still = [
                f"{step.title} ({len(session.steps[step.id].by_person)})" if is_answered(step) else step.title
                for step in map(script.step, card.before)
                if isinstance(step, Asking)
            ]
            also = tr("Also open: {titles}. The numbers show how many have answered.").format(
                titles="; ".join(open_still)
            )
            tail = [also] if open_still else []
            tail.append(tr("Everything stays open. To see what's left for you: /now"))
            return "digest", "\n\n".join([*head, day_digest(script, session, card.steps), *tail]), ()
        case cards.Words():
            lines = [f"- **{word}**: {means}" for word, means in script.glossary.items()]
            return "glossary", "\n".join([tr("**Words in this workshop.** Only you see this."), *lines]), ()
        case cards.Roster():
            return "note", roster(script, session), ()
        case cards.Help():
            if card.every:
                return "note", commands.listed(host=card.host), ()
            return "note", commands.overview(host=card.host), (commands.ALL_COMMANDS,)
        case cards.Closing():
            return "closing", "\n".join(closing_lines(script, session)), ()
        case cards.Film():
            return "film", "", ()  # where there are pages, it stands on that of the recap
        case cards.RecapWaits():
            reason = session.recap_held
            return "note", tr("The recap comes later: {reason}", reason=isolate(reason)) if reason else "", ()
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
            text = tr("**The recap of {title} is ready.** It quotes people as they chose.")
            text = text.format(title=script.title)
            return "recap", text, (Button(label=N_("Read the recap"), command=f"recap show {session.id}"),)
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
            return "mine", my_words(script, session, card.person, card.first), ()
        case _:
            assert_never(card)


def said(note: cards.Note, session: Session | None = None) -> str:
    """A sentence of ours with what stands in it; the name of a phase is ours, too, a host's is theirs by now."""
    values = {
        name: tr(value) if name == "phase" else value_text(value) for name, value in note.values.items()
    }
    if "again" in values:  # a sentence of the script, with commands of its own
        values["again"] = filled(values["again"], {})
    if note.by:
        by = session.people.get(note.by) if session else None
        values["host"] = isolate(by.name) if by else tr("Host")
    return filled(tr(note.text), values)


def roster(script: Script, session: Session) -> str:
    """Everyone who is here, for a host: who has answered, who has not, who only reads, who asks for a word."""
    panel = host_panel(script, session)
    here = len(panel.people)
    counts = tr("{here} here. {answered} of {of} have answered.")
    lines = [
        counts.format(here=here, answered=panel.answered, of=panel.of)
        if panel.asking
        else tr("{n} here.", n=here)
    ]
    waiting = {person.id for person in panel.waiting}
    for person in panel.people:
        state = ""
        if person.reading:
            state = tr("following along")
        elif panel.asking:
            state = tr("waiting") if person.id in waiting else tr("done")
        asks = f"; {tr('asks for help')}" if person.needs_help else ""
        lines.append(f"- {isolate(person.name)}{f': {state}' if state else ''}{asks}")
    return "\n".join(lines)


def draft(script: Script, session: Session) -> str:
    """The recap as it would be now, for a host, who can hold any card of it back by its mark."""
    head = tr(
        "**Preview.** Only you see this. Each card has a mark. To hide one: /workshop hide and its mark."
    )
    return f"{head}\n\n{recap_text(recap(script, session, draft=True), marked=True)}"


def typed_for_you(script: Script, session: Session, key: str) -> tuple[str, tuple[Button, ...]]:
    """A line typed for someone, for them to take or not."""
    offer = session.offers.get(key)
    if offer is None:
        return "", ()
    if offer.earlier:
        return which_question(script, key, offer)
    if offer.source:
        lines = [tr("You wrote more. Use this instead?"), *quoted("", offer.text)]
        lines.append(tr("Your first line was saved."))
        return "\n".join(lines), (
            Button(label=N_("Use this instead"), command=f"approve {key}"),
            Button(label=N_("Keep the first"), command=f"decline {key}"),
        )
    by = session.people.get(offer.by)
    name = isolate(by.name) if by else tr("Someone")
    lines = [tr("{name} typed this for you. Is it yours?", name=name)]
    lines += quoted("", offer.text)
    lines.append(tr("I'll save it once you confirm.", key=key))
    return "\n".join(lines), (
        Button(label=N_("That's mine"), command=f"approve {key}"),
        Button(label=N_("Not mine"), command=f"decline {key}"),
    )


def which_question(script: Script, key: str, offer: Offer) -> tuple[str, tuple[Button, ...]]:
    """A line of somebody's own that may answer two questions, for them to say which."""
    asked = [script.step(step) for step in (offer.earlier, offer.step)]
    lines = [
        tr(
            "Is this for **{before}** (1) or for **{after}** (2)?",
            before=asked[0].title,
            after=asked[1].title,
        ),
        *quoted("", offer.text),
        tr("Nobody else sees it until you answer: write 1 or 2 here."),
    ]
    return "\n".join(lines), tuple(
        Button(label=step.title, command=f"approve {key} {step.id}") for step in asked
    )


HOW = {
    Share.NO: N_("not in the recap"),
    Share.COMPANION: N_("only for the co-host"),
    Share.NAME: N_("in the recap, with your name"),
    Share.ANONYMOUS: N_("in the recap, without your name"),
}


def my_words(script: Script, session: Session, person: str, first: int = 0) -> str:
    """Everything one person wrote, where it may appear, and how to change that.

    Args:
        first: the number of the first answer where cards of several sessions are shown; 0 if this is the only one.
    """
    items = participant.mine(script, session, person, first or 1)
    if not items:
        return tr(messages.NOTHING_KEPT)
    lines = [tr("**My answers.** Only you see this.")]
    if first:
        on = day(session.opened_at)
        lines = [tr("**My answers** in {title}, {day}. Only you see this.", title=script.title, day=on)]
    for item in items:
        lines.append(f"\n{item.number}. {item.title} ({where_shown(item)}; {tr(HOW[item.answer.share])})")
        lines_of_it = listed(item)
        for _, label, text in lines_of_it:
            lines += quoted(labelled(label) if len(lines_of_it) > 1 else "", text)
        if item.signs:
            lines.append(tr("Others answered:") + " " + ", ".join(item.signs))
        lines += [
            f"{isolate(name)}: {label}. {tr('To meet: /introduce {name}', name=isolate(name))}"
            for _, name, label in item.offers
        ]
    hands = tr("To share, edit or delete one, use its number: /my share 1")
    lines.append(f"\n{hands}")
    if session.films and any(item.answer.share.public for item in items):
        lines.append(tr("A short video is made of the recap. To be quoted in it, too: /my video 1 yes"))
    asked = follow_up_question(script)
    if asked:
        yes, no = tr("Right now: yes."), tr("Right now: no.")
        follows = person in session.follow
        change = (
            tr("To stop: /my settings follow-up no")
            if follows
            else tr("To start: /my settings follow-up yes")
        )
        lines.append(f"{asked} {yes if follows else no} {change}")
    for rule, has in rules.standing(script, session, person):
        lines.append(tr(rules.YOURS if has else rules.MAY, name=rule.name, key=rule.key))
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
