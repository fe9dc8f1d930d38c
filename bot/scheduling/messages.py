"""The messages about plans, in one place."""

from __future__ import annotations

from bot.core.text.messages import N_

ONLY_HOSTS = N_("Only a host can plan sessions here.")
NO_ZONE_CALLED = N_("I do not know the time zone {zone}. Write one such as Europe/Lisbon.")
LENGTH_STAYS = N_(
    "It still takes {minutes} minutes. To make it {wanted}: /schedule change {plan} minutes:{wanted}"
)
NO_PLAN = N_("There is no plan {which} here. /schedule list shows what is planned.")
WHICH_PLAN = N_("Several sessions are planned here; say which: /schedule list shows their names.")
NOTHING_PLANNED = N_("Nothing is planned here yet. /schedule add plans a session.")
UNDERSTOOD = N_(
    "**{title}** ({length}). I understood: {first}. On the clocks of {zone} that is {wall}, and {utc} UTC. "
    "Shall I plan it?"
)
UNDERSTOOD_TWO = N_(
    "**{title}** ({length}), {times}. I understood: {first}, then {second}. On the clocks of {zone} the first one is "
    "{wall}, and {utc} UTC. Shall I plan it?"
)
UNDERSTOOD_AGAIN = N_(
    "**{title}** ({length}), {times}. I understood: {first}, then {second}, then {third}. On the clocks of {zone} the "
    "first one is {wall}, and {utc} UTC. Shall I plan it?"
)
YES_PLAN = N_("Yes, plan it")
NO_PLAN_IT = N_("No")
PLANNED = N_(
    "Planned, under the name {plan}. People in the room can say now whether they come. The door opens ten minutes "
    "before. A day before I write to you what is good to have ready. /schedule move, skip, pause and cancel change it."
)
DROPPED = N_("Nothing is planned.")
CARD = N_(
    "**{title}**, {at}. {about}\n\nGoing: {going}. Maybe: {maybe}. Reading along: {reading}. "
    "Will you come? Typed: /coming yes, maybe, reading or no."
)
CARD_FULL = N_(
    "**{title}**, {at}. {about}\n\nGoing: {going} of {cap}, and {waiting} on the waiting list. Maybe: {maybe}. "
    "Reading along: {reading}. Will you come? Typed: /coming yes, maybe, reading or no."
)
CARD_CANCELLED = N_("**{title}**, {at}: this one does not take place.")
CARD_PAUSED = N_("**{title}** pauses for now; when it goes on, it will be said here.")
GOING, MAYBE, READING, NO = N_("Going"), N_("Maybe"), N_("Reading along"), N_("Can't")
NOTICE = N_(
    "Hosts see your name and what you say here; everybody else sees only how many come. What you will write in the "
    "workshop is yours: its own notice comes before the first question."
)
YOU_GO = N_("You are down for **{title}**, {at}. /needs tells the hosts what helps you to take part.")
YOU_WAIT = N_(
    "**{title}**, {at}, is full. You are number {n} on the waiting list, and I write to you when there is a place."
)
YOU_MAYBE = N_("You may come to **{title}**, {at}. That is enough for now.")
YOU_READ = N_("You will read along in **{title}**, {at}. You are welcome, and nobody waits for you.")
YOU_DONT = N_("You will not come to **{title}**, {at}. Thank you for saying so.")
A_PLACE = N_("There is a place for you now: **{title}**, {at}. If you cannot come any more: /coming no.")
REMIND_ME = N_("Remind me")
DO_NOT_REMIND = N_("Do not remind me")
REMINDED = N_("I will remind you a day and a quarter of an hour before {at}, privately.")
NOT_REMINDED = N_("I will not remind you of it.")
HOW_COMING = N_("Say yes, maybe, reading or no; or remind, or quiet.")
SAY_COMING_FIRST = N_("First say whether you come: /coming yes, maybe or reading.")
NEEDS_KEPT = N_(
    "Told to the hosts of **{title}**, and to nobody else. It is deleted when the session is over."
)
NEEDS_NEW = N_("{name} told you what helps them to take part in **{title}**, {at}: {needs}")
REMINDER_DAY = N_("Tomorrow: **{title}**, {at}. If you cannot come any more: /coming no.")
REMINDER_PREPARE = N_("Tomorrow: **{title}**, {at}. To prepare, if you like: {prepare}")
STILL_WAITING = N_(
    "**{title}** is {at}. You're still number {n} on the waitlist. I'll message you if a spot opens up."
)
REMINDER_SOON = N_("Soon: **{title}** begins {at}. The door opens in a moment.")
CHECKLIST = N_(
    "**{title}** begins {at}. What is good to have ready: an example of your own; a companion who helps you; a second "
    "person whom people can turn to; that I may write in the room. Going: {going}, maybe: {maybe}, reading along: "
    "{reading}. Not ticked yet: {left} of four."
)
OWN_EXAMPLE = N_("My example is ready")
PERMISSIONS = N_("Check the room")
WHO_COMES = N_("Who comes")
ROOM_FINE = N_("I may do in the room all that the workshop needs.")
ROOM_LACKS = N_("Something is missing in the room: {what}")
COMPANION, CONTACT = N_("A companion"), N_("A second contact")
CHECKED = N_("Ticked.")
COMPANION_HOW = N_("/schedule companion and a name names somebody who said that they come.")
CONTACT_HOW = N_("/schedule contact and a name names somebody whom people can turn to beside you.")
NO_SUCH_PERSON = N_("Nobody called {name} said that they come. /schedule show lists who did.")
COMPANION_SET = N_("{name} is the companion of **{title}**, and was told.")
COMPANION_TOLD = N_(
    "You are asked to be the companion of **{title}**, {at}: you help the host, and can guide if the host does not "
    "come."
)
CONTACT_SET = N_("People can turn to {name} in **{title}**, who was told.")
CONTACT_TOLD = N_("People can turn to you in **{title}**, {at}, beside the host.")
DOOR_OPEN = N_("The door of **{title}** is open in the room. We begin {at}. Tap when you are there.")
I_AM_HERE = N_("I am here")
HERE = N_("Good. We begin {at}, by itself.")
HERE_ASK = N_("Good. I ask you at {at} whether we begin.")
ROOM_TAKEN = N_(
    "**{title}** should begin {at}, and another workshop holds the room. End it with /workshop end, and I open the "
    "door; I try again in five minutes."
)
LATE = N_(
    "I was away when **{title}** should have begun. I am sorry. The door is open now, and we begin {at}."
)
MISSED_HOST = N_(
    "I was away when **{title}** should have begun, {at}, and it is too late now to begin without a word. I am sorry. "
    "The room was told so."
)
MISSED_ROOM = N_("I was away when **{title}** should have begun. I am sorry. Its host will name a new time.")
SHALL_WE = N_("**{title}**: it is time. People here: {people}. Shall we begin?")
FEW = N_(
    "**{title}**: it is time. People here: {people}, fewer than {fewest}. Begin, wait ten minutes, or move it?"
)
HOST_MISSING = N_("**{title}**: it is time, and I do not see you. Are you there? In ten minutes I ask again.")
GUIDE_IT = N_("**{title}**: it is time, and the host is not here. Will you guide it?")
WAITING = N_("We wait ten minutes more, until {at}.")
BEGIN, WAIT_MORE, MOVE_IT = N_("Begin"), N_("Wait ten minutes"), N_("Move it")
NOBODY_GUIDES = N_(
    "Nobody is here who can guide today. **{title}** gets a new time, which will be said here. Thank you for coming."
)
NOBODY_GUIDES_HOST = N_(
    "**{title}** did not begin: nobody was there to guide it. The door is closed again, and the room was told so."
)
MOVE_HOW = N_(
    "/schedule move {plan} and the new time, such as next Tuesday 7pm, moves it; those who said that they come are "
    "told."
)
THIS_OR_ALL = N_("**{title}** is held again and again. Only the one on {at}, or all from then on?")
ONLY_THIS, ALL_OF_THEM = N_("Only this one"), N_("All of them")
MOVED = N_("Moved: **{title}** is {at} now. Those who said that they come are told.")
MOVED_TOLD = N_("**{title}** was moved: it is {at} now. If that does not suit you: /coming no.")
WHOLE_RULE = N_(
    "It is held on several days; write the new repetition, such as: every Tuesday and Friday 19:00."
)
CANCELLED = N_("**{title}** is cancelled. Those who said that they come are told.")
CANCELLED_TOLD = N_("**{title}** on {at} does not take place.")
NEXT_IS = N_("The next one is {at}.")
NONE_LEFT = N_("There is no other one.")
PAUSED = N_("**{title}** pauses: nothing is said and nothing begins until /schedule resume {plan}.")
RESUMED = N_("**{title}** goes on. The next one is {at}.")
NOT_PAUSED = N_("It does not pause.")
SHOWN = N_(
    "**{plan}**: **{title}** ({length}), {at}, on the clocks of {zone}. Host: {host}. Going: {going}; waiting: "
    "{waiting}; maybe: {maybe}; reading along: {reading}; cannot: {cannot}."
)
SHOWN_NEXT = N_("After it: {second}, {third}.")
NEEDS = N_("What people need: {needs}")
LISTED = N_("- **{plan}**: {title}, {at}. Going: {going}.")
ZONE_SET = N_("Times are told to you in the time of {zone} from now on.")
ZONE_IS = N_(
    "Times are told to you in the time of {zone}. /zone and a name such as Europe/Lisbon changes it."
)
CALENDAR = N_(
    "Your own calendar, with what you said you come to: {mine}\n\nAll that is planned here: {all}\n\n"
    "As a page: {page}\n\n"
    "These addresses are for you; whoever has them can read them."
)
NO_CALENDAR = N_("There is no calendar here.")
CANCELLED_ALREADY = N_("**{title}** is canceled already.")
SKIPPED_ALREADY = N_("**{title}** on {at} is skipped already.")
OVER_ALREADY = N_("**{title}** on {at} is over, and nothing comes after it.")
ANOTHER_IS_NEXT = N_("That was about **{title}** on {at}. The next one is {next}.")
CHANGED_SINCE = N_("**{title}** has changed since: it's {at} now. Nothing was done.")
MOVED_ALREADY = N_("**{title}** is {at} already.")
PAUSED_ALREADY = N_("**{title}** is paused already.")
PLANNED_ALREADY = N_("**{title}** is scheduled already, as {plan}.")
DROPPED_ALREADY = N_("**{title}** was not scheduled.")
SKIP_NEXT_TOO = N_("**{title}** on {at} is skipped already. Skip the one on {next}, too?")
SKIP_IT, BRING_BACK = N_("Skip it"), N_("Bring it back")
BROUGHT_BACK = N_("**{title}** on {at} takes place after all. People in the room can RSVP again.")
TAKES_PLACE = N_("**{title}** on {at} takes place.")
WHICH_BACK = N_("Which one takes place after all?")
NOT_SKIPPED = N_("**{title}** isn't paused, and none of the next ones is skipped.")
NOT_OPEN = N_("The lobby of **{title}** isn't open. It opens 10 minutes before the start, {at}.")
NOTHING_TO_CHANGE = N_(
    'Say what to change: title:"…", minutes:90, cap:12 (0 for no limit) or fewest:4. '
    "For another time, use /schedule move."
)
CHANGED = N_("Changed: **{title}** ({length}), {at}. Cap: {cap}. Fewest: {fewest}.")
UNCHANGED = N_("**{title}** is like that already ({length}). Cap: {cap}. Fewest: {fewest}.")
DID_YOU_MEAN = N_("There's no workshop called {name}. Did you mean this one?")
WHOSE_CLOCKS = N_("Your clock is in {zone}; times here are in {here} so far. Which one do you mean?")
OVER_A_WEEKEND = N_(
    "**{title}** runs for {days} days, and a weekend is among them. Start on a Monday instead?"
)
OLD_DRAFT = N_("That plan is not waiting for an answer any more.")
