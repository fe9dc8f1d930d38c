"""The bot's own sentences, in one place, so that they can be read aloud, mended and translated."""

from __future__ import annotations

from bot.core.model.cards import Note
from bot.core.model.facts import Phase


def N_(text: str) -> str:
    """Marks a sentence for the catalogue; it is translated when it is drawn."""
    return text


PHASES = {
    Phase.LOBBY: N_("lobby"),
    Phase.RUNNING: N_("running"),
    Phase.TAIL: N_("tail"),
    Phase.REVIEW: N_("review"),
    Phase.FOLLOWING: N_("following"),
    Phase.CLOSED: N_("closed"),
}
SPOKEN = ("en", "es", "de", "fr")  # the languages of our catalogues


def say(text: str, /, **values: object) -> Note:
    """A sentence with what stands for its {names}; both are kept apart, so that it can be said in any language."""
    return Note(text=text, values={name: str(value) for name, value in values.items()})


JOIN_FIRST = N_("To take part, join first: /join, or /read to read along. Your message was not counted.")
JOIN_TO_ANSWER = N_(
    "You're hosting and haven't joined, so I didn't save that as an answer. Join, then write it again or use /answer."
)
ONE_BY_ONE = N_("One by one")
ONE_BY_ONE_YES = N_(
    "I will ask you privately, one question at a time; just write your answers there. /onebyone no stops it."
)
ONE_BY_ONE_NO = N_(
    "From here on I do not ask you question by question. You answer what is open with /answer, or with the form where "
    "there is one."
)
NOTHING_KEPT = N_("You have written nothing here that is kept.")
AS_ANSWER = N_("Use as my answer")
NOT_YOURS = N_("Only a message of your own can be your answer.")
TOO_LONG = N_(
    "That is {length} characters and this takes {most}. Nothing is lost: shorten it where you "
    "wrote it, and it counts."
)
EMPTY = N_("There was nothing to read in that. /now shows what is open; /pass lets it go by.")
NO_WORKSHOP = N_("No workshop is open here right now. When one opens, you'll see it here.")
NO_WORKSHOP_HOST = N_(
    "No workshop is open here right now. /workshop start opens one; /schedule add plans one."
)
NOTHING_OPEN = N_("Nothing is waiting for an answer just now. /now shows where we are.")
NOT_THIS_STEP = N_(
    "This question is answered with taps: /pick and the number, such as /pick 2, or /pick 3 4 ? 2 for several."
)
NOT_TAPPED = N_("This question is answered in words: /answer and what you want to say.")
CALENDAR = N_(
    "We begin, and take {days} days. The first questions come {first}; the last ones stay open until {last}. "
    "Everything stays open until then: answer when it suits you. /catchup shows what waits for you, "
    "/remind yes reminds you once, privately."
)
DAY = N_("**Day {day} of {days}.** About {minutes} minutes, whenever it suits you; everything stays open.")
REST_DAY = N_(
    "Today brings nothing new: a day to breathe, or to catch up. What was asked so far is open to everybody."
)
REMINDER = N_("You asked me to remind you, once: these are still open to you, if you like. {titles}")
REMIND_YES = N_("I will remind you once, privately, of what you have not answered. /remind no stops it.")
REMIND_NO = N_("I will not remind you.")
CAUGHT_UP = N_("Nothing waits for you just now: you have answered or passed all that is open.")
TAKEN_MORE = N_(
    "Taken. You can change it or take it back under /my. Something else is open: /catchup shows it."
)
ALL_OPEN = N_("Over days everything stays open; there is nothing to prolong or to go back to.")
LOOK_HOST_DAY = N_("This evening's post will show these lines. /workshop hold and a number holds one back.")
PAIR_QUIET = N_(
    "Nothing has been said in your conversation yet. Shall somebody else join you, or would you rather do this one "
    "alone? Typed: /partner, or /answer by yourself."
)
QUIET_STEPS = N_(
    "Two steps in a row in which few took part. Perhaps it is late, perhaps the question is too large: "
    "a line of yours may help, or a shorter question, or a pause."
)
PARKED = N_("Parked. It is under /my, and goes into the recap if you allow it.")
FOLLOW_YES = N_(
    "Thank you. I will write to you privately, this many days after the recap: {days}. Nothing else, and /follow no "
    "ends it."
)
FOLLOW_NO = N_("I will not ask you later what became of it.")
FOLLOW_STOP = N_("You said that I may ask you this. /follow no, and I will not ask again.")
NO_FOLLOW_UPS = N_("This workshop asks nothing afterwards.")
LANGUAGES = N_("This workshop can be read in: {there}.")
LANGUAGE = N_("From here on you read in this language what only you see, as far as it has been translated.")
NO_GLOSSARY = N_("This workshop has no words that need explaining. If one does, ask the host: /helpme.")
VOTE_CLOSED = N_("This vote is closed; its result stands.")
SEEN_BY_ALL = N_(
    "Everybody here can see what you just wrote. This question is answered in private: /answer, or "
    "the form under /now. Your line was left as talk; “use as my answer” beside it counts it all the same."
)
SEEN_BY_ALL_HERE = N_(
    "Everybody in the room can see what you just wrote there. This question is answered in private: your answer counts "
    "when you write it here. What stands in the room was left as talk."
)
TYPED_IN_SIGHT = N_(
    "Everybody in the room can see what you typed there. In private, here, nobody else does: /catchup asks you here. You "
    "can delete that line; then your answer is taken back, and you can write it here."
)
PAIR_BRINGS = N_(
    "What you just wrote was left as talk. What one of you brings back for all is said with /answer and the line."
)
MANY = N_("You have said {n} things here already. Change one under /my, and leave room for others.")
TAKEN = N_("Taken. You can change it or take it back under /my.")
GOT_IT_FOR = N_("Got it for “{title}”. You can edit or delete it under /my.")
SAVED_LATE_FOR = N_(
    "Saved for “{title}”, after the others. I won't show it to the room now. /my says where it may go."
)
ALL_ANSWERED_HERE = N_("You've answered everything here already, so I didn't save that.")
NOT_ASKED_HERE = N_("I didn't save that. /catchup asks you here what is still open.")
WHICH_NOT_SAID = N_("You didn't say which question your line was for, so I deleted it.")
TAKEN_LATE = N_("Saved, after the others. The room isn't shown it now. /my says where it may go.")
PASSED = N_("That is fine. You can still answer later.")
TWO_MINUTES = N_("You have two more minutes from now, at least.")
BACK_WORDS = N_("Taken back. It is erased, and gone from what was shown.")
BACK_ALREADY = N_("You have already taken that answer back.")
COUNTED_ANEW = N_(
    "Since your last list, that number has come to mean two answers. Here they are with new numbers."
)
NO_SUCH_ANSWER = N_("There is no answer {which}. /my lists yours with their numbers.")
HOW_SHARE = N_("Say name, anonymous, companion or no: where may it appear in the recap?")
SHARED = {
    "name": N_("It may appear in the recap, under your name."),
    "anonymous": N_("It may appear in the recap, without your name."),
    "no": N_("It stays out of the recap."),
    "companion": N_("Only the companion may read it; it stays out of the recap."),
}
OTHERS_NAMED = N_(
    "Somebody of this circle is named in these words. Are they fine with it? If you are not sure, change them: /my shows their "
    "number, /change takes the new ones."
)
OTHERS_MAYBE = N_(
    "If you name anybody in your story, make sure that they are fine with it; /change takes other words, such as “a colleague”."
)
NOT_HOST = N_("Only a host can do that. /helpme reaches them.")
HELP_TAKEN = N_("The host knows that you would like a word, privately. You need not go on here.")
HELP_CONTACT = N_("Somebody asks for a private word. You are the second contact: ask the host who it is.")
HELP_HOST = N_("Somebody asks for a private word. The panel says who (/workshop who).")
MY_HOW = N_(
    "/my shows your words. Also: /my sheet (your words on paper), /my data (all that is kept of you), /my badges, "
    "/my consent 1 name, /my withdraw 1, /my name and another name, /my forget me."
)
FORGET_HOW = N_(
    "This erases everything that you wrote here, in every workshop that you were in, and your name. Copies that others "
    "downloaded stay. To do it, say: /forget me"
)
NO_FILM = N_("No film is made of this workshop.")
FILM_YES = N_("It may be in the short film, too. /film and its number and no takes it out again.")
FILM_NO = N_("It is not in the short film.")
FILM_SHARE_FIRST = N_(
    "The film shows only what may stand in the recap: first /share and its number and name, or anonymous."
)
NAME_OF_A_ROLE = N_("{name} is taken by the bot or the hosts. Choose another one.")
NAME_HOW = N_("Say the name that you want to go by here, such as: /my name Ada L.")
NAME_TAKEN = N_(
    "Somebody here goes by that name already. Please choose another one, so that nobody is taken for you."
)
NAME_IS = N_(
    "You go by that name here from now on, also where your name stands already, such as in the recap."
)
FORGOTTEN = N_(
    "Done. What you wrote here is erased, and so is your name. Copies that others made are out of reach."
)
FORGOTTEN_HOST = N_(
    "Somebody asked to be forgotten: their words and their name are erased, and the counts stay."
)
ALREADY_SO = N_("That is so already; nothing has changed.")
ALREADY_LONGER = N_("There is more time already; nothing was added twice.")
ALREADY_MOVED = N_("It has moved on already, to *{step}*; nothing was skipped.")
FIRST_STEP = N_("This is the first step; there is nothing before it.")
NOT_NOW = N_("That does not fit here: the session is {phase}.")
TIME_UP_HOST = N_("The time for this step is up; {n} of {m} have answered. It moves on in a minute.")
TIME_UP_READ = N_("The time to read is up. It moves on in a minute.")
TIME_UP_NOBODY = N_(
    "The time for this step is up, and nobody has said anything for a while. It moves on in a minute."
)
ONE_MINUTE = N_("One minute left. {again}")
PAUSED = N_("We pause here. Take your time; nothing runs out.")
RESUMED = N_("We go on.")
AWAY_HOST = N_(
    "I was away for {minutes} min, longer than this step. I stand still so that nobody misses it: "
    "/workshop resume goes on, /workshop end closes with a recap."
)
AWAY_ROOM = N_(
    "Sorry, I was away for a while. Everything that you wrote is here. We go on when the host says so."
)
LOBBY_HOST = N_("The lobby is open. /workshop begin asks the first question.")
LOBBY_SHUT = N_("The door is closed again; nothing has begun.")
LOBBY_CLOSED = N_("Nobody began, so I close this lobby. /workshop start opens it again.")
UNDO_LATE = N_("There is nothing to undo: a move can be taken back for ten seconds.")
UNDONE = N_("Undone. We are back where we were.")
LOOK_HOST = N_(
    "This is about to be shown to everybody. You have a minute; /workshop hold and a number holds a card back."
)
HELD = N_(
    "A host holds back what you wrote: it is not shown to others. You can change it under /my, or ask "
    "why with /helpme."
)
HELD_LIVE = N_(
    "A host holds back what you wrote: from here on the bot shows it nowhere, neither on the board nor in the "
    "recap. Your message in the room stands as it does. You can change it, or ask why with /helpme."
)
RELEASED = N_("A host let go what was held back: it can be shown again.")
HELD_HOST = N_("Held back. Its author was told, and nobody else.")
RELEASED_HOST = N_("Let go. Its author was told.")
REPORTED = N_(
    "Thank you. The host and the second contact, if there is one, look at it. Nobody is told that it was you."
)
REPORTED_HOST = N_("Somebody asks you to look at this.")
REPORTED_CONTACT = N_(
    "Somebody asks you to look at this; the host was told, too. You are the second contact."
)
COMPANION = N_(
    "You are the host's companion now: you see the panel and can hold, remove, lock and rescue. "
    "If the host is away, you take over with one tap, or /workshop takeover."
)
COMPANION_HOST = N_("You have a companion now. They see this panel.")
TAKE_OVER_FIRST = N_("The host sets the pace. If you should guide now: /workshop takeover.")
TOOK_OVER = N_("Somebody else guides now. /workshop takeover takes it back.")
GUIDE_GONE = N_(
    "Whoever guides has been away for three minutes. Take over? Otherwise the clock goes on by itself."
)
CONTACT = N_(
    "You are the second contact of this session: when somebody asks for help or reports a card, you hear of it."
)
CONTACT_HOST = N_("The second contact is named; the notice says so.")
CONTACT_IS_HOST = N_("The second contact should be somebody else than whoever guides.")
PAIR_ASK = N_(
    "Next we talk in pairs. How would you like that? Nobody else sees what you choose. "
    "Typed: /pair someone, /pair three or /pair alone."
)
PAIR_HOW = N_("Say someone, three or alone: /pair three")
PAIR_NOTED = {
    "any": N_("Noted."),
    "someone": N_("Noted: with someone."),
    "three": N_("Noted: in a group of three, if there are enough."),
    "alone": N_("Noted: you do this one by yourself, with the bot."),
}
PAIR_ALONE = N_(
    "You're on your own for this one: /answer and your line. If you'd like company, /partner looks for some."
)
PAIR_WITH_COMPANION = N_(
    "Here nobody talks alone with somebody. The companion is with you; /helpme reaches them."
)
NO_PAIRS = N_("There are no pairs just now. /now shows where we are.")
PAIR_READING = N_("You're just following along, so you have no partner. Join to talk with someone.")
APART = N_("Noted. These two will not be paired.")
APART_HOW = N_("Two names of people who are here, with a comma between: /workshop apart Ada, Bo")
TYPED_FOR = N_("They are asked whether it is theirs. It counts when they say so.")
NO_OFFER = N_("Nothing was typed for you that waits for your word.")
FIRST_STAYS = N_("Your first answer stays.")
OFFER_DECLINED = N_("Then it is not counted, and it is erased.")
WELCOME_LATE = N_(
    "Welcome. We are at {number} of {total}: {title}. Answer this one and skip the rest, or look back under /now."
)
WELCOME = N_("Welcome. /now shows what is open, /my your words, /helpme reaches the host.")
WELCOME_READING = N_("Welcome. You are reading along: nobody waits for you. /join whenever you like.")
JOIN_OVER = N_("This workshop is over, so there is nothing left to join. /recap shows what came of it.")
REMOVED_HOST = N_("They were removed. What they wrote and was not shown yet stays unshown.")
REMOVED = N_("A host asked you to leave this session. /helpme is still open to you.")
WHO_IS = N_("There is nobody called {name} here.")
NO_GALLERY = N_("There is no gallery open just now. /now shows what is.")
NO_CARD = N_("There is no card with that number here.")
NO_SIGN = N_("The signs here are: {there}. Such as: /react 3 help")
RECAP_LATER = N_("The recap comes by itself, when everybody had time to look over their words.")
NO_SUCH_LINE = N_("There is no such line. There are: {there}.")
ROOM_FORM = N_("Name the other room with its platform, such as web:garden.")
NOT_YOUR_ROOM = N_(
    "You're not a host in that room, or I'm not in it. For a room of the web part, ask the person who runs this bot."
)
ROOM_ADDED = N_("The workshop spans {n} rooms now. What is said in one is shown in the others.")
NAME_FIRST = N_("Give your name first.")
NOT_OPEN_TO_YOU = N_("That conversation is not open to you.")
ONLY_YOUR_OWN = N_("Choose one of your own messages.")
NO_SUCH_MESSAGE = N_("That message isn't here any more.")
RECAP_AT_THE_END = N_("The recap comes when the session is over.")
LOCKED = N_("The door of this session is closed now. You are welcome at the next one; the host can open it.")
DOOR = {
    True: N_("The door is locked: nobody new comes in."),
    False: N_("The door is open again."),
}
