"""The browsers in which people of the web room are signed in, and their personal links."""

from __future__ import annotations

from bot.core.model.records import record
from bot.store.engine import Rows
from bot.store.web_members import Member

MOST = 40  # browsers of one person; who signs in once more is signed out where they were seen longest ago
A_DAY = 86_400.0  # seconds; finer is not written down when somebody was there


@record
class Browser:
    """A browser in which somebody is signed in; the times are seconds since 1970."""

    id: str
    name: str  # such as "Firefox, Windows"; empty if it is not known
    at: float  # signed in
    seen: float  # used, to the day


def member_in(db: Rows, browser: str, id: str) -> Member | None:
    """The member that is signed in in a browser; None if they were signed out there."""
    row = db.execute(
        "SELECT m.id, m.room, m.name, m.host, m.link FROM web_browser b JOIN web_member m ON m.id = b.member"
        " WHERE b.id = ? AND m.id = ?",
        (browser, id),
    ).fetchone()
    if row is None:
        return None
    id, room, name, host, link = row
    return Member(id=id, room=room, name=name, host=bool(host), link=link)


def sign_in(db: Rows, member: str, browser: Browser, *, instead_of: str = "") -> None:
    """Let a browser be somebody's from now on, and no longer that of whoever used it before."""
    db.execute("DELETE FROM web_browser WHERE id = ?", (instead_of,))
    db.execute(
        "INSERT INTO web_browser (id, member, name, at, seen) VALUES (?,?,?,?,?)",
        (browser.id, member, browser.name, browser.at, browser.seen),
    )
    for old in browsers(db, member)[MOST:]:
        db.execute("DELETE FROM web_browser WHERE id = ?", (old.id,))


def browsers(db: Rows, member: str) -> list[Browser]:
    """Where somebody is signed in; the browser that was used last comes first."""
    rows = db.execute(
        "SELECT id, name, at, seen FROM web_browser WHERE member = ? ORDER BY seen DESC, at DESC, id",
        (member,),
    ).fetchall()
    return [Browser(id=id, name=name, at=at, seen=seen) for id, name, at, seen in rows]


def unseen(db: Rows, browser: str, at: float) -> bool:
    """True if nobody was there for a day."""
    found = db.execute(
        "SELECT 1 FROM web_browser WHERE id = ? AND seen < ?", (browser, at - A_DAY)
    ).fetchone()
    return found is not None


def used(db: Rows, browser: str, at: float) -> None:
    """Somebody was there today."""
    db.execute("UPDATE web_browser SET seen = ? WHERE id = ?", (at, browser))


def sign_out(db: Rows, member: str, browser: str) -> None:
    """Sign somebody out in one browser of theirs."""
    db.execute("DELETE FROM web_browser WHERE member = ? AND id = ?", (member, browser))


def sign_out_elsewhere(db: Rows, member: str, but: str) -> None:
    """Sign somebody out everywhere but in one browser."""
    db.execute("DELETE FROM web_browser WHERE member = ? AND id <> ?", (member, but))


def renew_link(db: Rows, member: str) -> None:
    """Give somebody another personal link; the one before ends, if it had not."""
    db.execute("UPDATE web_member SET link = abs(link) + 1 WHERE id = ?", (member,))


def end_link(db: Rows, member: str) -> None:
    """End somebody's personal link; they have none until they make another."""
    db.execute("UPDATE web_member SET link = -abs(link) - 1 WHERE id = ? AND link >= 0", (member,))
