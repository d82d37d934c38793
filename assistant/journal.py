"""The journal: every exchange, opinions, reviews, verified answers, the audit trail. Opened once, shared by threads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import insert, select, update

from assistant.desk_records import CitedVersion, CountedExchange, CountedOpinion, ServiceState, Tally, VerifiedAnswer
from assistant.errors import ExchangeUnknown
from assistant.journal_exchanges import new_id, start_of
from assistant.journal_reviews import Reviews, last_worded
from assistant.journal_rows import verified_of, verified_rows
from assistant.journal_store import note_action, now, put, rows_of
from assistant.journal_tables import bound, cited, exchange, fact, opinion, verified

_SERIAL = "verified answers"


class Journal(Reviews):
    """The whole journal: `Store` opens it, `Exchanges` and `Reviews` keep their parts; here are verified answers."""

    def add_verified(self, answer: VerifiedAnswer, *, by: str) -> None:
        """Puts a verified answer into service."""
        row, quotations = verified_rows(answer)
        with self.writing(by, "verify", answer.id) as connection:
            connection.execute(insert(verified), row)
            if quotations:
                connection.execute(insert(bound), quotations)
            put(connection, fact, {"name": _SERIAL}, {"value": new_id()})

    def set_service(self, name: str, state: ServiceState, *, by: str, why: Sequence[str] = ()) -> bool:
        """Takes a verified answer out of service or puts it back; False when another one already did."""
        changed = {"state": state, "returned_why": list(why), "returned_at": now() if state == "returned" else None}
        still = (verified.c.id == name, verified.c.state != state)
        with self.writing() as connection:
            if not connection.execute(update(verified).where(*still).values(changed)).rowcount:
                return False
            put(connection, fact, {"name": _SERIAL}, {"value": new_id()})
            note_action(connection, by, state, name, " ".join(why))
            return True

    def verified_serial(self) -> str | None:
        """What changes whenever a verified answer does; None as long as there never was one."""
        return self.fact(_SERIAL)

    def verified(self, name: str) -> VerifiedAnswer:
        """The verified answer of this id.

        Raises:
            ExchangeUnknown: there is none.
        """
        found = [one for one in self.verified_answers() if one.id == name]
        if not found:
            raise ExchangeUnknown("Cette réponse vérifiée n'existe pas ou plus.")
        return found[0]

    def verified_answers(self, state: ServiceState | None = None) -> tuple[VerifiedAnswer, ...]:
        """The verified answers, newest first; those in one state when it is given."""
        wanted = select(verified).order_by(verified.c.verified_at.desc())
        if state is not None:
            wanted = wanted.where(verified.c.state == state)
        with self.reading() as connection:
            rows = rows_of(connection, wanted)
            quotations = rows_of(connection, select(bound).order_by(bound.c.number))
        return tuple(verified_of(row, [one for one in quotations if one["verified"] == row["id"]]) for row in rows)

    def cited_versions(self) -> tuple[CitedVersion, ...]:
        """Every document that was ever cited, in each of its versions and generations."""
        columns = (cited.c.document, cited.c.document_version, exchange.c.generation, cited.c.is_current)
        with self.reading() as connection:
            rows = connection.execute(select(*columns).select_from(exchange.join(cited)).distinct())
            return tuple(CitedVersion(*row) for row in rows)

    def citing(self, wanted: CitedVersion) -> tuple[tuple[str, str, datetime], ...]:
        """Id, question and moment of the exchanges that cited this version of a document, newest first."""
        found = select(exchange.c.id, exchange.c.question, exchange.c.asked_at).select_from(exchange.join(cited))
        found = found.where(
            cited.c.document == wanted.document,
            cited.c.document_version == wanted.version,
            cited.c.is_current == wanted.is_current,
            exchange.c.generation == wanted.generation,
        ).distinct()
        with self.reading() as connection:
            rows = connection.execute(found.order_by(exchange.c.asked_at.desc()))
            return tuple((name, question, asked_at) for name, question, asked_at in rows)

    def tally(self, since: date) -> Tally:
        """What is counted from a day (UTC) on."""
        first, row = start_of(since), exchange.c
        asked = select(row.asked_at, row.outcome, row.total_ms, row.verified.is_not(None))
        asked = asked.where(row.asked_at >= first, last_worded())
        given = select(opinion.c.given_at, opinion.c.thumb).where(opinion.c.given_at >= first)
        done = select(verified.c.verified_at).where(verified.c.verified_at >= first)
        with self.reading() as connection:
            return Tally(
                tuple(CountedExchange(*one) for one in connection.execute(asked)),
                tuple(CountedOpinion(*one) for one in connection.execute(given)),
                tuple(connection.scalars(done)),
            )
