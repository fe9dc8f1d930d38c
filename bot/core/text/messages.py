"""The bot's own sentences, in one place, so that they can be read aloud, mended and translated."""

from __future__ import annotations

from bot.core.model.cards import Note
from bot.core.model.facts import Phase


def N_(text: str) -> str:
    """Marks a sentence for the catalogue; it is translated when it is drawn."""
    return text


PHASES = {
    Phase.LOBBY: N_("lobby"),
    Phase.RUNNING: N_("live"),
    Phase.TAIL: N_("wrap-up"),
    Phase.REVIEW: N_("review"),
    Phase.FOLLOWING: N_("follow-up"),
    Phase.CLOSED: N_("closed"),
}
SPOKEN = ("en", "es", "de", "fr")  # the languages of our catalogues


def say(text: str, /, **values: object) -> Note:
    """A sentence with what stands for its {names}; both are kept apart, so that it can be said in any language."""
    return Note(text=text, values={name: str(value) for name, value in values.items()})


JOIN_FIRST = N_("To answer, join first: /join. Nothing was saved.")
JOIN_TO_ANSWER = N_(
    "You're hosting and haven't joined, so I didn't save that as an answer. Join, then write it again or use /answer."
)
ONE_BY_ONE = N_("One by one")
ONE_BY_ONE_YES = N_(
    "I'll ask you privately, one question at a time. Just type your answers there. To "
    "stop: /my settings one-by-one no"
)
ONE_BY_ONE_NO = N_("OK, no more one-by-one questions. Use the Answer button, or /answer.")
NOTHING_KEPT = N_("You have no saved answers here.")
AS_ANSWER = N_("Use as my answer")
NOT_YOURS = N_("Only your own messages can be your answer.")
TOO_LONG = N_("That's {length} characters. The limit is {most}. Shorten your message and I'll save it.")
TOO_MANY = N_("You picked {n}. The limit is {most}, so nothing has changed. Pick again.")
EMPTY = N_("That message was empty. Try again, or skip it.")
NO_WORKSHOP = N_("No workshop is open here right now. When one opens, you'll see it here.")
NO_WORKSHOP_HOST = N_("No workshop is open here right now. To open one: /workshop open")
NOTHING_OPEN = N_("No question is open right now. /now shows where we are.")
NOT_THIS_STEP = N_("Answer this one with numbers: /answer 2, or /answer 3 4 ? 2 for several.")
NOT_TAPPED = N_("Answer this one in words: /answer and your text.")
CALENDAR = N_(
    "Here we go, over {days} days. The first questions come {first}, and the last ones "
    "stay open until {last}. Answer whenever it suits you. To see what's left for you: /now"
)
DAY = N_("**Day {day} of {days}.** About {minutes} minutes, whenever it suits you. Everything stays open.")
REST_DAY = N_("Nothing new today: take a break, or catch up. All questions so far are still open.")
REMINDER = N_("Here's the reminder you asked for. Still open: {titles}")
REMIND_YES = N_(
    "I'll remind you once, privately, about questions you haven't answered. To stop: /my "
    "settings reminders no"
)
REMIND_NO = N_("OK, no reminders.")
CAUGHT_UP = N_("You're all caught up.")
TAKEN_MORE = N_("Got it. Another question is open: /now")
ALL_OPEN = N_("Over several days everything stays open, so there's no time to add and no step to reopen.")
LOOK_HOST_DAY = N_("This evening's post will show these lines. To hide one, add its number: /workshop hide")
PAIR_QUIET = N_("It's quiet here. Want a new partner, or would you rather do this on your own?")
QUIET_STEPS = N_(
    "Few people answered the last two questions. Try sharing your own answer, asking "
    "something simpler, or taking a break."
)
PARKED = N_("Saved to the parking lot. To add it to the recap: /my answers")
FOLLOW_YES = N_(
    "Thanks! I'll message you {days} days after the recap, and that's all. Changed your mind? /my settings"
)
FOLLOW_NO = N_("OK, I won't ask you later how it went.")
FOLLOW_STOP = N_("You said I could ask. To stop these messages: /my settings follow-up no")
FOLLOW_STOP_HERE = N_("You said I could ask. To stop these messages, reply “stop”.")
NO_FOLLOW_UPS = N_("This workshop doesn't ask anything afterwards.")
LANGUAGES = N_("You can read this workshop in: {there}.")
LANGUAGE = N_("Saved. What only you see now comes in this language, where it's translated.")
NO_GLOSSARY = N_("This workshop has no words that need explaining. To ask the host: /help host")
VOTE_CLOSED = N_("This vote has closed.")
SEEN_BY_ALL = N_(
    "Everyone can see that message, but this question is private. Press “Use as my answer” "
    "to keep it, or answer privately with /answer."
)
SEEN_BY_ALL_HERE = N_(
    "Everyone can see that message, but this question is private. Answer it here and I'll "
    "save it. I left your message in the room as part of the chat."
)
TYPED_IN_SIGHT = N_(
    "Everyone can see what you typed there. Type /now to answer privately here. If you "
    "delete that message, I'll delete that answer, too."
)
PAIR_BRINGS = N_("I left your last message as chat. To bring a line back for everyone: /answer and the line")
MANY = N_("You've added {n} answers here. To change one, use /my answers. Let's hear from others, too.")
TAKEN = N_("Got it. You can edit or delete it in /my answers.")
GOT_IT_FOR = N_("Got it for “{title}”. You can edit or delete it under /my.")
SAVED_LATE_FOR = N_(
    "Saved for “{title}”, after the others. I won't show it to the room now. /my says where it may go."
)
ALL_ANSWERED_HERE = N_("You've answered everything here already, so I didn't save that.")
NOT_ASKED_HERE = N_("I didn't save that. /catchup asks you here what is still open.")
WHICH_NOT_SAID = N_("You didn't say which question your line was for, so I deleted it.")
TAKEN_LATE = N_(
    "Saved. The others' answers are already out, so yours stays private. To add it to the recap: /my answers"
)
PASSED = N_("Skipped. You can still answer later.")
TWO_MINUTES = N_("You have at least 2 more minutes.")
BACK_WORDS = N_("Deleted. I also removed it wherever it was shown.")
BACK_ALREADY = N_("You've already deleted that answer.")
COUNTED_ANEW = N_("That number could now mean 2 answers. Here they are, with new numbers.")
NO_SUCH_ANSWER = N_("I can't find answer {which}. To see yours with their numbers: /my answers")
HOW_SHARE = N_("How should it appear in the recap? Add name, anonymous, cohost or no.")
SHARED = {
    "name": N_("Saved. It can appear in the recap with your name."),
    "anonymous": N_("Saved. It can appear in the recap without your name."),
    "no": N_("Saved. It stays out of the recap."),
    "companion": N_("Only your co-host can read it. It stays out of the recap."),
}
OTHERS_NAMED = N_(
    "You mention someone who is here. Are they OK with that? If you're not sure, edit it in /my answers."
)
OTHERS_MAYBE = N_(
    "If you mention someone in your story, make sure they're OK with it. You can still "
    "edit it in /my answers, and write “a colleague” instead."
)
NOT_HOST = N_("Only hosts can do that. To ask them: /help host")
HELP_TAKEN = N_("The host knows you'd like to talk privately. You don't have to continue here.")
HELP_CONTACT = N_("Someone asked for help. You're the support contact: ask the host who it is.")
HELP_HOST = N_("Someone asked for help. See who: /workshop panel")
SETTINGS = N_(
    "You can set your time-zone, language, reminders, follow-up and one-by-one. For example: "
    "/my settings time-zone Europe/Lisbon"
)
MY_HOW = N_(
    "After /my you can type answers, edit, delete, share, actions, badges, thanks, "
    "calendar, settings, name, copy, data or erase."
)
FORGET_HOW = N_(
    "This permanently erases your name and everything you wrote, in every workshop here. I "
    "can't delete copies that others downloaded. To go ahead: /my erase confirm"
)
NO_FILM = N_("This workshop has no video.")
FILM_YES = N_("It can be in the video, too. To take it out, add its number and no: /my video")
FILM_NO = N_("It's not in the video.")
FILM_SHARE_FIRST = N_(
    "The video only shows what can be in the recap. First choose how to share it: /my share"
)
NAME_OF_A_ROLE = N_("{name} is reserved for the bot or the hosts. Pick another name.")
NAME_HOW = N_("Add the name you'd like here: /my name Ada L.")
NAME_TAKEN = N_("Someone here already uses that name. Pick another, so people can tell you apart.")
NAME_IS = N_("Saved. This is your name here from now on, also where it was shown before.")
FORGOTTEN = N_("Done. Your name and everything you wrote are erased. I can't delete copies that others made.")
FORGOTTEN_HOST = N_("Someone asked to erase their data. Their words and name are gone. The counts stay.")
ALREADY_SO = N_("It's already like that. Nothing has changed.")
ALREADY_LONGER = N_("That time was already added. I didn't add it twice.")
ALREADY_MOVED = N_("We've already moved on to *{step}*. Nothing was skipped.")
FIRST_STEP = N_("This is the first step. There's nothing before it.")
NOT_NOW = N_("You can't do that right now. This session's status: {phase}.")
TIME_UP_HOST = N_("Time's up. {n} of {m} have answered. I'll move on in 1 minute, unless you add time.")
TIME_UP_READ = N_("Reading time is over. We'll move on in 1 minute.")
TIME_UP_TALK = N_("Time's up. I'll move on in 1 minute, unless you add time.")
TIME_UP_NOBODY = N_(
    "Time's up, and it's been quiet for a while. I'll move on in 1 minute, unless you add time."
)
ONE_MINUTE = N_("1 minute left. {again}")
PAUSED = N_("We're taking a break. The timer has stopped.")
RESUMED = N_("We're back.")
AWAY_HOST = N_("I was offline for {minutes} min, so I paused the workshop. To continue: /workshop resume")
AWAY_ROOM = N_("Sorry, I was offline for a while. Your answers are safe. The host will continue soon.")
LOBBY_HOST = N_("The lobby is open. Start when people have joined.")
LOBBY_SHUT = N_("The lobby is closed. We didn't start.")
LOBBY_CLOSED = N_("No one joined, so I'm closing this lobby. To open it again: /workshop open")
UNDO_LATE = N_("There's nothing to undo. You can undo a move for 10 seconds.")
UNDONE = N_("Undone. We're back where we were.")
LOOK_HOST = N_("I'll show these to everyone in 1 minute. To hide a card: /workshop hide and its number.")
HELD = N_("A host has hidden your answer, so others can't see it. To ask why: /help host")
HELD_LIVE = N_(
    "A host has hidden your answer. I won't show it anymore, not on the big screen and not "
    "in the recap. Your message in the room stays. To ask why: /help host"
)
RELEASED = N_("A host has unhidden your answer. It can be shown again.")
HELD_HOST = N_("Hidden. Only its author was told.")
RELEASED_HOST = N_("Unhidden. Its author was told.")
REPORTED = N_("Thanks. A host will look at it. I won't tell anyone it was you.")
REPORTED_HOST = N_("Someone asked you to look at this.")
REPORTED_CONTACT = N_(
    "Someone asked you to look at this. You're the support contact. The host was told, too."
)
COMPANION = N_(
    "You're now a co-host. You can hide answers, remove people and lock the session. If "
    "the host drops out, you can take over."
)
COMPANION_HOST = N_("You have a co-host now. They see this panel.")
TAKE_OVER_FIRST = N_("The host sets the pace. To take over: /workshop takeover")
TOOK_OVER = N_("Someone else is hosting now. To take over again: /workshop takeover")
GUIDE_GONE = N_("The host has been away for 3 minutes. Take over? If not, the workshop continues by itself.")
CONTACT = N_(
    "You're the support contact of this session. I'll tell you when someone asks for help or reports a card."
)
CONTACT_HOST = N_("Saved. The privacy note names the support contact.")
CONTACT_IS_HOST = N_("The support contact should be someone other than the host.")
PAIR_ASK = N_("Next, we'll talk in pairs. What do you prefer? No one else sees your choice.")
PAIR_HOW = N_("Add someone, three, alone, or not and a name: /pair three")
PAIR_NOTED = {
    "any": N_("Saved."),
    "someone": N_("OK, I'll find you a partner."),
    "three": N_("OK, a group of 3 if enough people want one."),
    "alone": N_("OK, you'll do this one on your own."),
}
PAIR_LATER = N_("Saved for the next groups. You're already in one right now.")
PAIR_ALONE = N_(
    "You're on your own for this one: type /answer and your line. If you'd like company, "
    "press Change partner."
)
PAIR_WITH_COMPANION = N_(
    "No one talks one-to-one here. Your co-host is with you. To message them: /help host"
)
NO_PAIRS = N_("We're not in pairs right now. /now shows where we are.")
PAIR_READING = N_("You're just following along, so you have no partner. Join to talk with someone.")
OFFER_GIVEN = N_("Saved. The card's author can see that it's from you. React again to take it back.")
OFFER_BACK = N_("Deleted. The card's author no longer sees your name.")
NO_OFFERS = N_("No one has offered anything on your cards yet.")
MET = N_("You two already have a place to talk.")
NOT_HERE = N_("They've left or are in another room, so I can't open a place for the two of you.")
INTRODUCED = N_("Done. I've opened a place to talk for the two of you.")
INTRODUCED_TO = N_("Someone took up your offer. I've opened a place to talk for the two of you.")
NOT_WITH = N_("Saved. I won't pair the two of you. No one else is told, hosts neither.")
APART = N_("Saved. I won't pair these two.")
APART_HOW = N_("Add the names of 2 people who are here, with a comma between: /workshop apart Ada, Bo")
TYPED_FOR = N_("I'll ask them to confirm. It's saved once they do.")
NO_OFFER = N_("There's no line waiting for you to confirm.")
FIRST_STAYS = N_("Your first answer stays.")
OFFER_DECLINED = N_("OK, it doesn't count, and I deleted it.")
WELCOME_LATE = N_(
    "Welcome! We're on {number} of {total}: {title}. Start with this one. /now also shows earlier questions."
)
WELCOME = N_("You're in! To see the current question anytime: /now")
WELCOME_READING = N_("Welcome! You're following along, so nobody will wait for you. Want to take part? /join")
JOIN_OVER = N_("This workshop has ended, so you can't join it anymore. To see what came of it: /recap show")
REMOVED_HOST = N_("Removed. What they wrote and wasn't shown yet stays private.")
REMOVED = N_("A host removed you from this session. You can still message them: /help host")
WHO_IS = N_("I can't find anyone called {name} here.")
NO_GALLERY = N_("No gallery is open right now. /now shows where we are.")
NO_CARD = N_("There's no card with that number here.")
NO_SIGN = N_("You can react with: {there}. For example: /answer 3 help")
RECAP_LATER = N_("I'll post the recap once everyone has had time to review their answers.")
NO_SUCH_LINE = N_("I can't find that line. There are: {there}.")
ROOM_FORM = N_("Add the other room with its platform: /workshop add-room web:garden")
NOT_YOUR_ROOM = N_(
    "You're not a host in that room, or I'm not in it. For a room of the web part, ask the person who runs this bot."
)
ROOM_ADDED = N_("The workshop spans {n} rooms now. I show what's said in one in the others.")
NAME_FIRST = N_("Enter your name first.")
NOT_OPEN_TO_YOU = N_("That conversation isn't open to you.")
ONLY_YOUR_OWN = N_("Choose one of your own messages.")
NO_SUCH_MESSAGE = N_("That message isn't here any more.")
RECAP_AT_THE_END = N_("The recap comes when the session is over.")
LOCKED = N_("This session is locked, so you can't join right now. Ask the host, or come to the next one.")
DOOR = {
    True: N_("Locked. Nobody new can join."),
    False: N_("Unlocked. New people can join."),
}
