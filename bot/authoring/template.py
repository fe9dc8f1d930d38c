"""The file that `storycircle new` writes: a small workshop that is valid as it stands, with a comment at each turn."""

from __future__ import annotations

SEEDLING = """\
# yaml-language-server: $schema=schema.json
# A workshop of your own. It runs as it stands: `storycircle check prompts/{id}.yaml` reads it for faults, and
# `storycircle rehearse {id} --people 8` plays it with a made-up cast. docs/scripts.md explains every key.
id: {id}
title: {title}
about: >-
  One or two sentences that people read before they join: what you'll do together, and what they'll leave with.
minutes: {minutes} # the steps may fill nine tenths of it, so that people have time to join

rescue_lines: # ready-made lines in your host panel; {{host}} is the name of the host who posts one
  silence: "{{host}}: I'll start with a short one."
  flood: "Let's stop typing for a moment and read. Then pick one line to answer."
  drift: "That's a good point for another time. Let's get back to the question."

steps:
  - id: hello # the first question is one line, answered in the open
    kind: open
    title: Arriving
    minutes: {hello}
    max_chars: 140
    say: "In one line: what brought you here?"
    say_again: "Still open: what brought you here, in one line."
    host_notes: Go first. Keep it short. Then wait 90 seconds.

  - id: quiet # write first, read together: no one sees a line before the time is up
    kind: open
    title: Written quietly
    minutes: {quiet}
    read_minutes: 2
    reveal: together
    anonymous_allowed: true
    max_chars: 200
    say: "What would make the next month easier for you? We'll show everyone's lines together."

  - id: idea # one idea each: people vote on them below, and are told about it before they write
    kind: story
    title: One idea
    minutes: {idea}
    say: What's one thing this community could do about it? Pick something small that you can start soon.
    fields:
      - {{key: idea, label: "What could we do?", max_chars: 120, loop: true}}
      - {{key: first, label: "Who could take the first step?", max_chars: 120, optional: true}}

  - id: choose
    kind: vote
    title: What we'd show up for
    minutes: {choose}
    dots: 2
    options_from: idea.idea
    options: [{{key: again, label: Talk about it once more}}]
    say: Here are your ideas. Which would you really show up for? You have 2 dots.

  - id: word
    kind: reflection
    title: One word
    minutes: {word}
    max_chars: 60
    say: What's one word for how you feel now? Only you see this, unless you share it.

  - id: close
    kind: message
    title: Thank you
    minutes: 1
    say: "That's it, thank you! To choose what goes into the recap: {{cmd:my answers}}"

next_steps:
  - "Within a week, take the first step with the idea that got the most dots."

tests: # `storycircle check --play` plays these lines
  - {{do: Ada joins}}
  - {{do: host /workshop start, expect: what brought you here}}
  - {{do: "Ada: Ada, by train"}}
"""


def seedling(id: str, title: str, minutes: int) -> str:
    """The text of a new workshop; its minutes are spread over the steps.

    `minutes` is at least 20.
    """
    left = int(minutes * 0.9) - 1 - 2  # without the close and the reading
    parts = {"hello": 0.2, "quiet": 0.25, "idea": 0.3, "choose": 0.15, "word": 0.1}
    spread = {key: max(1, int(left * part)) for key, part in parts.items()}
    return SEEDLING.format(id=id, title=title, minutes=minutes, **spread)
