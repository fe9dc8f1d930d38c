"""Errors by whose fault they are. Each message is a sentence for the person who can mend it."""

from __future__ import annotations

LOOK_AGAIN = 10.0  # seconds until a right that was missing is tried again


class StorycircleError(Exception):
    """Anything that we can explain; the command line prints it and exits with 2."""


class ConfigError(StorycircleError):
    """A setting is wrong or missing."""


class StoreError(StorycircleError):
    """The database cannot be used as it is."""


class StoreUnavailable(StoreError):
    """Nothing can be written just now (a full disk, a lock); it is tried again, nothing is lost."""


class Damaged(StoreUnavailable):
    """The database itself is broken; waiting mends nothing."""


class Superseded(StoreUnavailable):
    """Another process has taken over the database: this one must not write any more, and ends."""


class ScriptError(StorycircleError):
    """A workshop script has faults; the message lists all of them, one a line. `warnings` are lines, too."""

    def __init__(self, message: str, warnings: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.warnings = warnings


class PlatformError(Exception):
    """A platform did not do what was asked."""


class Transient(PlatformError):
    """It may work later; `retry_after` in seconds, if the platform said."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class MayNotWrite(Transient):
    """The bot may not write in a room until somebody gives it the right; the message is a sentence of ours for hosts.

    `told`: the platform has told them already.
    """

    def __init__(self, message: str, *, told: bool = False) -> None:
        super().__init__(message, LOOK_AGAIN)
        self.told = told


class Permanent(PlatformError):
    """It will not work however often it is tried."""


class Gone(Permanent):
    """What was to be changed, or the place for it, is not there any more."""


class NoRight(Permanent):
    """The bot lacks a right; the message is a sentence of ours for hosts, who can give it."""


class StaysOpen(NoRight):
    """A place is open to all, and no right would change it: when hosts have heard of it, all is done."""
