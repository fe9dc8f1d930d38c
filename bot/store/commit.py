"""The one job that makes things true: what a batch of events came to, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model import facts as f
from bot.core.model.homes import COMMUNITY, home_of_channel, home_of_session
from bot.store import Decided, codec, erasure_ledger, given_up, plans, rewriting
from bot.store.codec import stamp
from bot.store.engine import Rows
from bot.store.erasure_ledger import Ledger
from bot.store.outbox import INSERT_ROW, home_of

INSERT_SEEN = "INSERT INTO seen (home, event, session, at) VALUES (?,?,?,?)"
INSERT_FACT = "INSERT INTO fact (home, session, seq, body) VALUES (?,?,?,?)"


class Commit:
    """The one job that makes things true."""

    def __init__(self, batch: Sequence[Decided], ledger: Ledger) -> None:
        self._ledger = ledger
        self._batch = batch
        # JSON is written here, on the event loop's thread, so that the database thread only writes.
        self._seen = [(home_of(d), d.event, d.session, stamp(d.at)) for d in batch if d.event]
        self._facts = [
            (home, log, seq, codec.dumps(fact))
            for d in batch
            for log, version, facts in (
                (d.session, d.version, d.facts),
                (COMMUNITY + d.community, d.community_version, d.community_facts),
            )
            if facts
            for home in (home_of_session(log),)
            for seq, fact in enumerate(facts, version + 1)
        ]
        self._rows = [
            (
                home_of(row),
                row.key,
                row.session,
                row.place,
                row.channel,
                row.channel.partition(":")[0],
                "timer" if type(row.effect).__name__ == "Wake" else "effect",
                codec.dumps(row.effect),
                row.because,
                row.priority,
                row.supersedes,
                stamp(row.due),
                0,
                "",
                0,
            )
            for d in batch
            for row in d.rows
        ]

    def __call__(self, db: Rows) -> None:
        """Write all of it."""
        db.executemany(INSERT_SEEN, self._seen)
        db.executemany(INSERT_FACT, self._facts)
        for decided in self._batch:
            self._rest(db, decided)
        db.executemany(INSERT_ROW, self._rows)

    def _rest(self, db: Rows, d: Decided) -> None:
        if d.opened is not None:
            db.execute(
                "INSERT INTO session (id, community, script, room, opened_at, phase) VALUES (?,?,?,?,?,?)",
                (
                    d.session,
                    d.opened.community,
                    d.opened.script,
                    d.opened.rooms[0],
                    d.at.isoformat(),
                    f.Phase.LOBBY.value,
                ),
            )
        for fact in d.facts:
            match fact:
                case f.PhaseChanged() | f.Begun():
                    phase = f.Phase.RUNNING if isinstance(fact, f.Begun) else fact.phase
                    db.execute("UPDATE session SET phase = ? WHERE id = ?", (phase.value, d.session))
                case (
                    f.Amended()
                    | f.Withdrawn()
                    | f.PersonJoined()
                    | f.OfferSettled()
                    | f.Thanked()
                    | f.ThanksTaken()
                    | f.Expired()
                    | f.StepTold()
                    | f.StepLetGo()
                    | f.RecapHeld()
                    | f.ThemeAdded()
                ) if fact.blanks:
                    self._blank(db, d.session, fact.blanks)
                case f.Forgotten():
                    self._forget(db, d.session, fact)
                case _:
                    pass
        supersedes = [(row.supersedes,) for row in d.rows if row.supersedes]
        if supersedes:
            db.executemany("DELETE FROM outbox WHERE supersedes = ? AND dead = 0", supersedes)
        for changed in d.plans:
            plans.change(db, changed, stamp(d.at))
        if d.zone is not None:
            db.execute(
                "INSERT INTO person_zone (person, zone) VALUES (?,?)"
                " ON CONFLICT (person) DO UPDATE SET zone = excluded.zone",
                d.zone,
            )
        if d.erased:
            db.execute("DELETE FROM coming WHERE person = ?", (d.erased,))
            db.execute("DELETE FROM person_zone WHERE person = ?", (d.erased,))
            db.execute("DELETE FROM outbox WHERE session = '' AND place = ?", ("private:" + d.erased,))
            given_up.unname(db, d.erased)
            if d.noted:
                self._note(db, d.erased)
            db.erased()
        for channel in d.freed:
            db.execute(
                "UPDATE place SET holds = 0 WHERE home = ? AND channel = ? AND session = ?",
                (home_of_channel(channel), channel, d.session),
            )
        for channel, place in d.places.items():
            db.execute(
                "INSERT INTO place (home, channel, session, place, holds, at) VALUES (?,?,?,?,?,?)"
                " ON CONFLICT (home, channel, session) DO UPDATE SET place = excluded.place",
                (
                    home_of_channel(channel),
                    channel,
                    place.session,
                    place.place,
                    int(place.holds),
                    stamp(d.at),
                ),
            )
            db.execute(
                "UPDATE outbox SET channel = ?, platform = ? WHERE session = ? AND place = ? AND channel = ''",
                (channel, channel.partition(":")[0], place.session, place.place),
            )
        for session, key in d.settles:
            db.execute("DELETE FROM outbox WHERE home = ? AND key = ?", (home_of_session(session), key))
        if d.held is not None:
            db.execute(
                "INSERT INTO held (home, event, session, reason, at, body, error) VALUES (?,?,?,?,?,?,?)"
                " ON CONFLICT (home, event, session)"
                " DO UPDATE SET reason = excluded.reason, error = excluded.error",
                (
                    home_of_session(d.held.session),
                    d.held.event.id,
                    d.held.session,
                    d.held.reason,
                    stamp(d.at),
                    codec.dumps(d.held.event),
                    d.held.error[:500],
                ),
            )
        if d.unheld:
            db.execute("DELETE FROM held WHERE event = ?", (d.event,))
        if d.cursor:
            advance(db, d.platform, d.cursor)

    def _note(self, db: Rows, person: str) -> None:
        """Into the ledger before the commit: without the commit, the next start forgets them."""
        before = len(self._ledger)
        now = self._ledger.add(person)
        if before == 0:
            advance(db, erasure_ledger.FOLLOWED, str(now))
        else:  # a restored database that has not followed all lines yet still has to
            db.execute(
                "UPDATE cursor SET value = ? WHERE platform = ? AND value = ?",
                (str(now), erasure_ledger.FOLLOWED, str(before)),
            )

    def _blank(self, db: Rows, session: str, seqs: Sequence[int]) -> None:
        home = home_of_session(session)
        for seq in seqs:
            found = db.execute(
                "SELECT body FROM fact WHERE home = ? AND session = ? AND seq = ?", (home, session, seq)
            ).fetchone()
            if found:
                db.execute(
                    "UPDATE fact SET body = ? WHERE home = ? AND session = ? AND seq = ?",
                    (rewriting.blank(found[0]), home, session, seq),
                )
        db.erased()

    def _forget(self, db: Rows, session: str, fact: f.Forgotten) -> None:
        """Words go, and the person's id gives way to the pseudonym in every fact of the session."""
        self._blank(db, session, fact.blanks)
        home, old, new = home_of_session(session), fact.person, fact.pseudonym
        for seq, body in db.execute(
            "SELECT seq, body FROM fact WHERE home = ? AND session = ? AND instr(body, ?) > 0",
            (home, session, old),
        ).fetchall():
            db.execute(
                "UPDATE fact SET body = ? WHERE home = ? AND session = ? AND seq = ?",
                (rewriting.rename(body, old, new), home, session, seq),
            )
        private = "private:" + old
        db.execute("DELETE FROM outbox WHERE session = ? AND place = ?", (session, private))
        db.execute("DELETE FROM place WHERE session = ? AND place = ?", (session, private))
        db.execute("DELETE FROM held WHERE session = ? AND instr(body, ?) > 0", (session, old))


def advance(db: Rows, platform: str, cursor: str) -> None:
    """From here on this is how far a platform was heard."""
    db.execute(
        "INSERT INTO cursor (platform, value) VALUES (?,?)"
        " ON CONFLICT (platform) DO UPDATE SET value = excluded.value",
        (platform, cursor),
    )
