"""The file that `storycircle new` writes: a small workshop that is valid as it stands, with a comment at each turn."""

from __future__ import annotations

SEEDLING = """\
# yaml-language-server: $schema=schema.json
# A workshop of your own. It runs as it stands: `storycircle check prompts/{id}.yaml` reads it for faults, and
# `storycircle rehearse {id} --people 8` plays it with a made-up cast. docs/scripts.md explains every key.
id: {id}
title: {title}
about: >-
  One or two sentences that people read before they join: what you will do together, and what they take home.
minutes: {minutes} # the steps may fill nine tenths of it; the rest is for joining and breathing

rescue_lines: # what you let the bot say when it gets difficult: one tap in your panel
  silence: "I will go first, and short, so that nobody has to be clever."
  flood: "Let us stop typing and read for a moment. Then pick one line to answer."
  drift: "That is a good point, and another evening. Back to the question."

steps:
  - id: hello # the first question is one line, answered in the open
    kind: open
    title: Arriving
    minutes: {hello}
    max_chars: 140
    say: "In one line: what may we call you, and what brought you here?"
    say_again: "Still open: what may we call you, and what brought you here?"
    host_notes: Answer first, in fewer words than you would like. Then wait.

  - id: quiet # write first, read together: nobody sees a line before the time is up
    kind: open
    title: Written quietly
    minutes: {quiet}
    read_minutes: 2
    reveal: together
    anonymous_allowed: true
    max_chars: 200
    say: "In private: what would make the next month easier for you? I show all the lines at once."

  - id: idea # one idea each; the vote below takes them up, and people are told so before they write
    kind: story
    title: One idea
    minutes: {idea}
    say: Think of one thing that this community could do about it. Small and soon is better than big and some day.
    fields:
      - {{key: idea, label: "What could we do?", max_chars: 120, loop: true}}
      - {{key: first, label: "Who takes the first step?", max_chars: 120, optional: true}}

  - id: choose
    kind: vote
    title: What we would turn up for
    minutes: {choose}
    dots: 2
    options_from: idea.idea
    options: [{{key: again, label: Talk about it once more}}]
    say: Spread up to two dots on what you would really turn up for.

  - id: word
    kind: reflection
    title: One word
    minutes: {word}
    max_chars: 60
    say: One word for how you leave. Nobody sees it unless you allow it.

  - id: close
    kind: message
    title: Thank you
    minutes: 1
    say: That was all. What you wrote is under {{cmd:my answers}}; there you decide who may read it.

next_steps:
  - "Take the first step with what got most dots, within a week."

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
