"""What is kept, why, for how long, and who can read it: docs/privacy.md and `/privacy` are made from here.

Every table and column of the database, and every fact that holds somebody's words, has to stand in this
file; a test compares it with the schema.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model.records import record
from bot.store.schema import META


@record
class Kept:
    """One table: what is in it, why, until when, and who reads it beside whoever runs the bot."""

    what: str
    why: str
    until: str
    readers: str
    columns: Mapping[str, str]


NOBODY = "nobody"
ALWAYS = "as long as the database"
END = "the end of what it is about"

KEPT: Mapping[str, Kept] = {
    "fact": Kept(
        what="all that happened in a session, one line each: who joined under which name, what they wrote and "
        "tapped, what they allowed, thanked, were recognised for",
        why="it is the session; without it nothing can be asked, counted, shown or taken back",
        until="words: until their author changes, takes back or has them erased, and at most `keep_days` after the "
        "close if nobody else may read them; the rest as long as the database, under a pseudonym once somebody "
        "asked to be forgotten or the time is over",
        readers="the author; others as the step said before they wrote, and afterwards as its author allows",
        columns={"session": "which", "seq": "its place in the log", "body": "what happened"},
    ),
    "session": Kept(
        what="that a session was held: where, when, of which workshop",
        why="to find it again",
        until=ALWAYS,
        readers="hosts",
        columns={
            "id": "its name",
            "community": "where it belongs",
            "script": "the workshop as it was",
            "room": "where it was opened",
            "opened_at": "when",
            "phase": "how far it is",
        },
    ),
    "script": Kept(
        what="the workshop as it was when the session began; nothing of anybody",
        why="a running session does not change under people's feet",
        until=ALWAYS,
        readers="whoever may start it",
        columns={"hash": "its name", "schema_version": "its shape", "body": "the text"},
    ),
    "seen": Kept(
        what="the ids of messages, taps and commands that were heard; no words",
        why="so that nothing counts twice",
        until=ALWAYS,
        readers=NOBODY,
        columns={"event": "the platform's id", "session": "where it counted", "at": "when"},
    ),
    "outbox": Kept(
        what="what the bot has yet to say or do, and its timers; it names people and holds none of their words",
        why="so that nothing is lost when the program is stopped in the middle",
        until="it is done",
        readers=NOBODY,
        columns={
            "id": "its order",
            "key": "its name",
            "session": "of which session",
            "place": "where, or to whom",
            "channel": "that place on the platform",
            "kind": "a timer or something to do",
            "body": "what",
            "because": "what it answers",
            "priority": "how urgent",
            "supersedes": "what it replaces",
            "due": "when",
            "tries": "how often it failed",
            "error": "why",
            "dead": "whether it was given up",
        },
    ),
    "receipt": Kept(
        what="the platform's ids of the bot's own messages, and what each is about; no words",
        why="to change or take away a message when somebody takes their words back",
        until=ALWAYS,
        readers=NOBODY,
        columns={
            "key": "which message",
            "part": "which part of it",
            "message": "its id out there",
            "session": "of which session",
            "about": "of which step or answers",
        },
    ),
    "place": Kept(
        what="which channel belongs to which session, also the private ones: so it names who was there",
        why="to know what a message belongs to",
        until="as long as the database; the private ones until somebody is forgotten",
        readers=NOBODY,
        columns={
            "channel": "the channel",
            "session": "the session",
            "place": "what it is there",
            "holds": "whether the session is still on",
            "at": "since when",
        },
    ),
    "held": Kept(
        what="what was heard and cannot be taken in yet, with its words; or what a fault of ours put aside",
        why="so that it is not lost",
        until="it is taken in; what was put aside 30 days",
        readers=NOBODY,
        columns={
            "event": "its id",
            "session": "of which session",
            "reason": "why it waits",
            "at": "since when",
            "body": "what was said or done",
            "error": "what went wrong, without words",
        },
    ),
    "cursor": Kept(
        what="how far each platform was read",
        why="so that nothing is read twice or passed over",
        until=ALWAYS,
        readers=NOBODY,
        columns={"platform": "which", "value": "how far"},
    ),
    "matrix_room": Kept(
        what="which rooms the bot made in Matrix, also the direct ones: so it names who they are with",
        why="to find them again",
        until=ALWAYS,
        readers=NOBODY,
        columns={"channel": "our name of it", "room": "its id there"},
    ),
    "matrix_reaction": Kept(
        what="reactions to messages of the bot in Matrix: whose, and which sign",
        why="taking one away names the reaction and not what it was",
        until="it is taken away",
        readers="everybody in the room, in Matrix itself",
        columns={"id": "its id", "body": "what it was"},
    ),
    "discord_place": Kept(
        what="threads and direct channels in Discord: so it names who they are with",
        why="to find them again",
        until=ALWAYS,
        readers=NOBODY,
        columns={"name": "our name of it", "id": "its id there"},
    ),
    "plan": Kept(
        what="what is planned: when, where, by whom, and who helps",
        why="so that it begins by itself",
        until=ALWAYS,
        readers="everybody in the room",
        columns={
            "id": "its name",
            "version": "how often it changed",
            "community": "where it belongs",
            "room": "where it is held",
            "state": "whether it stands",
            "at": "when the next one begins",
            "next_at": "when something has to be done",
            "touched": "when it changed",
            "body": "all of it",
        },
    ),
    "coming": Kept(
        what="who said that they come, whether they want to be reminded, and what they need",
        why="hosts prepare for people; people are reminded in their own time",
        until="the session has begun",
        readers="hosts; everybody sees how many",
        columns={
            "plan": "to what",
            "occurrence": "to which one",
            "person": "who",
            "body": "name, answer, needs, zone",
        },
    ),
    "person_zone": Kept(
        what="the time zone in which somebody wants to be told times",
        why="to tell times as their clocks show them",
        until="somebody is forgotten",
        readers=NOBODY,
        columns={"person": "who", "zone": "which"},
    ),
    "badge": Kept(
        what="badges: the signed file, whose it is, and what for",
        why="to show it, to check it, and to take it back",
        until="as long as the database: a signature that others hold must stay checkable; whose it is, until they are "
        "forgotten",
        readers="whoever has its address, which only its owner gets",
        columns={
            "nth": "its place in the list of those taken back",
            "id": "its number",
            "person": "whose",
            "kind": "what for",
            "revoked": "whether it was taken back",
            "body": "the signed file",
            "session": "from which session",
            "rule": "by which rule",
            "workshop": "from which workshop",
            "on_show": "whether its owner shows it",
        },
    ),
    "showcase": Kept(
        what="the address, which nobody can guess, of the page on which somebody shows their badges",
        why="they asked for it",
        until="somebody is forgotten",
        readers="whoever they give the address to",
        columns={"person": "who", "id": "the address"},
    ),
    "web_member": Kept(
        what="the names that people gave at the door of the web room",
        why="to show who says what, and to tell namesakes apart",
        until="somebody is forgotten",
        readers="everybody in the room",
        columns={
            "id": "who, by a number that means nothing elsewhere",
            "room": "which room",
            "name": "the name",
            "plain_name": "the same without look-alike letters",
            "host": "whether they host",
            "at": "since when",
        },
    ),
    "web_mark": Kept(
        what="what somebody took of what they were recognised for",
        why="a word beside their name",
        until="they give it back or are forgotten",
        readers="everybody in the room",
        columns={"member": "who", "name": "the word"},
    ),
    "web_message": Kept(
        what="the talk of the web room, of pairs in it, and of the bot with each person",
        why="it is a chat: whoever comes later or reloads the page reads on",
        until="its author takes it away or is forgotten; at most `keep_days`, where no workshop is open",
        readers="whoever is in the room, the pair, or is that person",
        columns={
            "id": "its number",
            "rev": "when it last changed, in order",
            "channel": "where",
            "author": "who",
            "key": "so that it is there once",
            "body": "the words",
            "reply_to": "what it answers",
            "signs": "who put a sign on it",
            "edited": "whether it was changed",
            "deleted": "whether it is gone",
            "at": "when",
        },
    ),
    "web_thread": Kept(
        what="who talks with whom in the web room",
        why="only they may read it",
        until=ALWAYS,
        readers="those in it, and hosts",
        columns={"channel": "where", "parent": "in which room", "title": "its title", "people": "who"},
    ),
    "web_inbox": Kept(
        what="what browsers sent and the bot has not heard yet; then only the number stays",
        why="so that nothing is lost or heard twice",
        until="it is heard, within a moment",
        readers=NOBODY,
        columns={"id": "its order", "nonce": "so that it is there once", "body": "what was sent"},
    ),
}

OUTSIDE = """\
## Outside of the database

- `data/forgotten.ledger`: for everybody who asked to be forgotten a keyed digest, so that a restored backup
  does not bring them back. It cannot be read backwards. For ever.
- `data/badges/`: the keys that sign badges. `data/matrix/`: the account's token, and the keys of encrypted
  rooms. `data/discord/token`: the bot's token. `data/*.secret`: what opens the host's door and signs cookies.
- Cookies: one, of the web room, which says that a browser is a member. None to follow anybody.
- Logs: ids and errors, never words, names or tokens.
- Backups: what was there when they were made. Words that were taken back since come back with a restore;
  people who were forgotten do not.
- The platforms themselves (Discord, the homeservers of a Matrix room) keep what is said there, by their own
  rules.
- Nothing is sent to anybody else: no statistics, no analysis, no model.
"""

SUMMARY = """\
# Privacy

What Storycircle keeps, why, for how long, and who can read it. This page is made from the program's own
description of its database (`storycircle privacy`); a test fails when something is stored that does not stand
here.

**In short.** The bot keeps what you write to it in a workshop, the name that you gave, what you allowed, and
no more. Nobody is quoted without their yes; silence means that you are counted. Numbers below four are not
shown. What you do not share is erased `keep_days` (90, unless the operator sets it) after the end of the
session. `/my` shows, changes, takes back or erases all of it; `/my data` gives you everything as one file;
`/my forget me` erases it everywhere at once. **Whoever runs the bot can read its database**, also what is
private; so ask who that is. `/helpme` reaches a person.
"""


def document() -> str:
    """docs/privacy.md."""
    parts = [SUMMARY, "## In the database\n"]
    for table in META.sorted_tables:
        kept = KEPT[table.name]
        columns = "; ".join(f"`{column.name}`: {kept.columns[column.name]}" for column in table.columns)
        parts.append(
            f"### `{table.name}`\n\n"
            f"- **What**: {kept.what}.\n- **Why**: {kept.why}.\n- **Until**: {kept.until}.\n"
            f"- **Who reads it**, beside whoever runs the bot: {kept.readers}.\n- Columns: {columns}.\n"
        )
    return "\n".join([*parts, OUTSIDE])
