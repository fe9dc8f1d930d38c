"""The messages about plans, in one place."""

from __future__ import annotations

from bot.core.text.messages import N_

ONLY_HOSTS = N_("Only hosts can schedule sessions here.")
NO_ZONE_CALLED = N_("I don't know the time zone {zone}. Try a city's, such as Europe/Lisbon.")
LENGTH_STAYS = N_(
    "It still takes {minutes} minutes. To make it {wanted}: /schedule edit {plan} minutes:{wanted}"
)
NO_PLAN = N_("I can't find a session called {which} here. To see all: /schedule list")
WHICH_PLAN = N_("Several sessions are scheduled here. Which one? To see their names: /schedule list")
NOTHING_PLANNED = N_("Nothing is scheduled here yet. Hosts can use /schedule add.")
UNDERSTOOD = N_("**{title}** ({length}): {first}. Schedule it?")
UNDERSTOOD_TWO = N_("**{title}** ({length}), 2 sessions: {first}, then {second}. Schedule them?")
UNDERSTOOD_AGAIN = N_(
    "**{title}** ({length}), with no end date: {first}, then {second}, then {third}, and "
    "so on. Schedule them?"
)
YES_PLAN = N_("Schedule it")
NO_PLAN_IT = N_("No")
PLANNED = N_(
    "Scheduled as {plan}. People here can RSVP now. The lobby opens 10 minutes before the start, and "
    "I'll send you a checklist the day before. To change anything, type /schedule."
)
DROPPED = N_("OK, I haven't scheduled anything.")
CARD = N_(
    "**{title}**, {at}. {about}\n\nGoing: {going}. Maybe: {maybe}. Following along: "
    "{reading}. Will you be there? /rsvp yes, maybe, watch or no"
)
CARD_FULL = N_(
    "**{title}**, {at}. {about}\n\nGoing: {going} of {cap}. Waitlist: {waiting}. Maybe: "
    "{maybe}. Following along: {reading}. Will you be there? /rsvp yes, maybe, watch or no"
)
CARD_CANCELLED = N_("**{title}** on {at} is canceled.")
CARD_PAUSED = N_("**{title}** is paused. I'll post here when it continues.")
GOING, MAYBE, READING, NO = N_("Going"), N_("Maybe"), N_("Following along"), N_("Can't")
NOTICE = N_(
    "Hosts see your name and your RSVP. Everyone else sees only how many people are "
    "coming. The workshop has its own privacy note before the first question."
)
YOU_GO = N_(
    "You're going to **{title}**, {at}. If you need anything to take part, tell the hosts: /rsvp needs"
)
YOU_WAIT = N_(
    "**{title}**, {at}, is full. You're number {n} on the waitlist. I'll message you if a spot opens up."
)
YOU_MAYBE = N_("You might come to **{title}**, {at}. You can decide later.")
YOU_READ = N_("You're following along in **{title}**, {at}. No one will wait for you to answer.")
YOU_DONT = N_("You're not coming to **{title}**, {at}. Thanks for letting us know.")
A_PLACE = N_("A spot opened up for you: **{title}**, {at}. Can't make it? /rsvp no")
REMIND_ME = N_("Remind me")
DO_NOT_REMIND = N_("Don't remind me")
REMINDED = N_("I'll remind you privately 1 day and 15 minutes before the start, {at}.")
NOT_REMINDED = N_("I won't remind you.")
HOW_COMING = N_("Add one of these: yes, maybe, watch, no, remind or quiet: /rsvp yes")
SAY_COMING_FIRST = N_("First, tell us if you're coming: /rsvp yes, maybe or watch")
NEEDS_KEPT = N_("Saved. Only the hosts of **{title}** can see it. I'll delete it when the session starts.")
NEEDS_NEW = N_(
    "{name} needs this to take part in **{title}**, {at}: {needs}\n\nI'll delete this message when the session starts."
)
REMINDER_DAY = N_("Tomorrow: **{title}**, {at}. Can't make it? /rsvp no")
REMINDER_PREPARE = N_("Tomorrow: **{title}**, {at}. If you'd like to prepare: {prepare}")
STILL_WAITING = N_(
    "**{title}** is {at}. You're still number {n} on the waitlist. I'll message you if a spot opens up."
)
REMINDER_SOON = N_("Starting soon: **{title}**, {at}. The lobby opens in a few minutes.")
CHECKLIST = N_(
    "**{title}** starts {at}. Before then: prepare an example of your own, name a co-host "
    "and a support contact, and check that I can post in the room. Going: {going}. Maybe: "
    "{maybe}. Following along: {reading}. Still to do: {left} of 4."
)
OWN_EXAMPLE = N_("My example is ready")
PERMISSIONS = N_("Check the room")
WHO_COMES = N_("Who comes")
ROOM_FINE = N_("All good: I can do everything this workshop needs here.")
ROOM_LACKS = N_("I'm missing this here: {what}")
COMPANION, CONTACT = N_("A co-host"), N_("A support contact")
CHECKED = N_("Done.")
COMPANION_HOW = N_("Add the session's name and the name of someone who's coming: /schedule cohost")
CONTACT_HOW = N_("Add the session's name and the name of someone people can message: /schedule contact")
NO_SUCH_PERSON = N_("No one called {name} is coming. To see who is: /schedule list")
COMPANION_SET = N_("{name} is now co-host of **{title}**. I've told them.")
COMPANION_TOLD = N_(
    "You've been asked to be co-host of **{title}**, {at}. You help the host, and can take "
    "over if they don't come."
)
CONTACT_SET = N_("{name} is now the support contact of **{title}**. I've told them.")
CONTACT_TOLD = N_(
    "You're the support contact of **{title}**, {at}. People can message you as well as the host."
)
DOOR_OPEN = N_("The lobby of **{title}** is open in the room. We start {at}. Are you here?")
I_AM_HERE = N_("I'm here")
HERE = N_("Great. I'll start it {at}.")
HERE_ASK = N_("Great. I'll ask you {at} if we should start.")
ROOM_TAKEN = N_(
    "**{title}** should start {at}, but another workshop is running in the room. End it with /workshop "
    "end. I'll try again in 5 minutes."
)
LATE = N_(
    "Sorry, I was offline when **{title}** should have started. The lobby is open now, and we start {at}."
)
MISSED_HOST = N_(
    "Sorry, I was offline when **{title}** should have started, {at}. It's too late to start now. I've "
    "told the room."
)
MISSED_ROOM = N_("Sorry, I was offline when **{title}** should have started. The host will set a new time.")
SHALL_WE = N_("It's time for **{title}**. People here: {people}. Shall we start?")
FEW = N_(
    "It's time for **{title}**. People here: {people}, fewer than {fewest}. Start, wait 10 minutes, or "
    "move it?"
)
HOST_MISSING = N_(
    "It's time for **{title}**, but I can't see you. Are you there? Unless you start it, I'll wait 10 "
    "minutes."
)
GUIDE_IT = N_("It's time for **{title}**, and the host isn't here. Will you lead it?")
WAITING = N_("We'll wait 10 more minutes, until {at}.")
BEGIN, WAIT_MORE, MOVE_IT = N_("Start"), N_("Wait 10 minutes"), N_("Move it")
NOBODY_GUIDES = N_(
    "There's no one here to lead **{title}** today. I'll post the new time here. Thanks for coming."
)
NOBODY_GUIDES_HOST = N_(
    "**{title}** didn't start, because no host was there. I closed the lobby and told everyone."
)
MOVE_HOW = N_(
    "To move it, type /schedule move {plan} and the new time, such as next Tuesday 7pm. "
    "I'll tell everyone who's coming."
)
THIS_OR_ALL = N_("**{title}** repeats. Do you mean only the one on {at}, or all of them from then on?")
ONLY_THIS, ALL_OF_THEM = N_("Only this one"), N_("All of them")
MOVED = N_("**{title}** is now {at}. I'll tell everyone who's coming.")
MOVED_CARD = N_("**{title}** is now {at}.")
MOVED_TOLD = N_("**{title}** has moved to {at}. Can't make it? /rsvp no")
WHOLE_RULE = N_(
    "It repeats on several days. Write all of the new times, such as: every Tuesday and Friday 19:00."
)
CANCELLED = N_("**{title}** is canceled. I'll tell everyone who was coming.")
CANCELLED_TOLD = N_("**{title}** on {at} is canceled.")
NEXT_IS = N_("The next session is {at}.")
NONE_LEFT = N_("There are no more sessions after it.")
PAUSED = N_("**{title}** is paused. Nothing starts until you type /schedule resume {plan}.")
RESUMED = N_("**{title}** continues. The next session is {at}.")
NOT_PAUSED = N_("It isn't paused.")
SHOWN = N_(
    "**{title}** ({length}), {at}, in {zone}. Its name in commands: {plan}. Host: {host}. "
    "Going: {going}. Waitlist: {waiting}. Maybe: {maybe}. Following along: {reading}. "
    "Can't come: {cannot}."
)
SHOWN_NEXT = N_("After that: {second}, {third}.")
NEEDS = N_("{name} needs this to take part: {needs}")
LISTED = N_("- **{plan}**: {title}, {at}. Going: {going}.")
ZONE_SET = N_("Saved. I'll show you times in {zone}.")
ZONE_IS = N_(
    "I show you times in {zone}. To change that, add a city's time zone: /my settings time-zone Europe/Lisbon"
)
CALENDAR = N_(
    "Your own calendar, with what you're coming to: {mine}\n\n"
    "Everything scheduled here: {all}\n\n"
    "As a page: {page}\n\n"
    "Keep these links to yourself. Anyone who has them can see what's in them."
)
NO_CALENDAR = N_("There's no calendar here.")
CANCELLED_ALREADY = N_("**{title}** has already been canceled.")
SKIPPED_ALREADY = N_("**{title}** on {at} is already skipped.")
OVER_ALREADY = N_("**{title}** on {at} is over, and no more sessions follow it.")
ANOTHER_IS_NEXT = N_("That was for **{title}** on {at}. The next session is {next}.")
CHANGED_SINCE = N_("**{title}** has changed since then. It's now {at}. I haven't done anything.")
MOVED_ALREADY = N_("**{title}** is already set for {at}.")
PAUSED_ALREADY = N_("**{title}** is already paused.")
PLANNED_ALREADY = N_("**{title}** is already scheduled, as {plan}.")
DROPPED_ALREADY = N_("**{title}** wasn't scheduled.")
SKIP_NEXT_TOO = N_("**{title}** on {at} is already skipped. Skip the one on {next}, too?")
SKIP_IT, BRING_BACK = N_("Skip it"), N_("Bring it back")
BROUGHT_BACK = N_("**{title}** on {at} is back on. I'll tell everyone who was coming.")
BACK_TOLD = N_("**{title}** on {at} is back on, and your RSVP still counts. Can't make it? /rsvp no")
TAKES_PLACE = N_("**{title}** on {at} isn't skipped.")
WHICH_BACK = N_("Which one do you want to bring back?")
NOT_SKIPPED = N_("**{title}** isn't paused, and no coming session is skipped.")
NOT_OPEN = N_("The lobby of **{title}** isn't open. It opens 10 minutes before the start, {at}.")
NOTHING_TO_CHANGE = N_(
    'What should change? For example: title:"Story evening", minutes:90, cap:12 (0 for no limit) or '
    "fewest:4. For another time, use /schedule move."
)
CHANGED = N_("Saved: **{title}** ({length}), {at}. Most people: {cap}. Fewest: {fewest}.")
ON_WAITLIST_NOW = N_(
    "**{title}**, {at}, now has fewer spots. You're number {n} on the waitlist. I'll message you if a "
    "spot opens up."
)
TO_WAITLIST = N_("These people are on the waitlist now, and I've told them: {names}.")
UNCHANGED = N_("**{title}** is already like that ({length}). Most people: {cap}. Fewest: {fewest}.")
DID_YOU_MEAN = N_("There's no workshop called {name}. Did you mean this one?")
OTHER_CLOCKS = N_("Your clock says {zone}. I read the time as {here}. Did you mean {wall} in {zone}?")
WHOSE_CLOCKS = N_("Your clock says {zone}. Sessions here are set in {here}. Which time zone do you mean?")
TWO_LENGTHS = N_(
    "You wrote minutes:{minutes}, and “{phrase}” is {n} minutes. Which one do you mean? Please leave out the other."
)
OLD_DRAFT = N_("That question was answered or is too old. To see what's scheduled: /schedule list")
CLOCKS = N_("In {zone}, **{title}** starts on {wall}. That's {utc} UTC.")
LIMITS = N_("Up to {cap} people can take part in **{title}**. Anyone else goes on the waitlist.")
UNDERSTOOD_SEVERAL = N_(
    "**{title}** ({length}), {n} sessions: {first}, then {second}, then {third}. Schedule them?"
)
SKIPPED = N_("**{title}** on {at} is skipped. I'll tell everyone who was coming.")
STILL_SKIPPED = N_("**{title}** on {at} is still skipped, but the schedule has changed since. Bring it back?")
TOO_SHORT = N_("A session needs at least 1 minute. I've changed nothing.")
TOO_LONG = N_("A session can last at most {most} minutes. You wrote {given}. I've changed nothing.")
TOO_FEW = N_(
    "{fewest} is more than the {cap} people who can take part. Choose fewest:{cap} or lower, or a "
    "higher cap. I've changed nothing."
)
WHICH_WORKSHOP = N_("Which workshop? Pick one, or type /schedule add, its name, and the time.")
