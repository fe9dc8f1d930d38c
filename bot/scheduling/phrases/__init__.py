"""When: a time in natural words, as wall-clock times in a zone, or the question that has to be asked first.

What is stored of a time is what a clock on the wall shows, and where that wall is: each occurrence is computed from
it, so that a session at seven stays at seven when clocks change. What could mean two things is asked back: a session
at the wrong time is worse than one more question.
"""

from __future__ import annotations

from bot.scheduling.phrases.questions import Question, When
from bot.scheduling.phrases.recurrence import occurrences, utc
from bot.scheduling.phrases.understanding import understand

__all__ = ["Question", "When", "occurrences", "understand", "utc"]
