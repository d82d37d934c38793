"""Pure: builds as HTML: what one would change, how far it is, how it ended, what the gate found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.build_record import BuildRecord
from assistant.markup import Html, element, join
from assistant.screens import phrasing, staff_phrasing, upkeep_wording
from assistant.upkeep_phrases import CHANGES, VERDICTS
from index.build_report import BuildReport, Difference, GateVerdict, GoldenResult

_ANSWER_CHARS = 600
_SHOWN = 8


def moment(iso: str, zone: ZoneInfo) -> str:
    """« 24 mai 2023 à 14 h 05 », where the programme is; "" for what is not a time."""
    try:
        return staff_phrasing.moment(datetime.fromisoformat(iso), zone)
    except ValueError:
        return ""


def asker(by: str) -> str:
    """« par Ana », « sur la ligne de commande »."""
    return upkeep_wording.BY.format(name=by) if by else upkeep_wording.BY_COMMAND


def stages(record: BuildRecord) -> Html:
    """The stages of a build that runs: those done, the one it is at, those to come."""
    names = list(upkeep_wording.STAGES)
    place = names.index(record.stage) if record.stage in names else -1
    items = []
    for number, name in enumerate(names):
        label = upkeep_wording.STAGES[name]
        if number < place:
            items.append(element("li", element("span", "✓", class_="sign"), label, class_="is-done"))
        elif number == place:
            count = f" {record.done} / {record.total}" if record.total > 1 else ""
            known = record.total > 1
            bar = element("progress", value=record.done, max=record.total, aria_label=label) if known else None
            said = element("span", f"{label}{count}")
            items.append(element("li", element("span", "›", class_="sign"), said, bar, class_="is-current"))
        else:
            items.append(element("li", element("span", "·", class_="sign"), label))
    return element("ol", *items, class_="stages")


def ended(record: BuildRecord, zone: ZoneInfo) -> Html:
    """How a build ended, when, for whom, and what it found."""
    outcome = record.outcome or "interrupted"
    label = upkeep_wording.UNCHANGED if record.report and record.report.is_unchanged else upkeep_wording.ENDED[outcome]
    badge = element("span", label, class_=f"badge ended-{outcome}")
    when = f"{moment(record.ended_at or record.started_at, zone)}, {asker(record.by)}"
    said = record.sentence or (upkeep_wording.INTERRUPTED if outcome == "interrupted" else "")
    return element(
        "div",
        element("p", badge, " ", when, class_="meta"),
        element("p", said) if said else None,
        element("p", upkeep_wording.REASON_GIVEN.format(reason=record.reason)) if record.reason else None,
        report(record.report) if record.report else None,
        class_="last-build",
        role="status",
    )


def report(made: BuildReport) -> Html:
    """What a build did, or would do."""
    reread = set(made.reread)
    changed = [path for path in made.changed if path not in reread]
    lists = [
        _paths(upkeep_wording.ADDED, made.added),
        _paths(upkeep_wording.CHANGED, changed),
        _paths(upkeep_wording.REMOVED, made.removed),
        _paths(upkeep_wording.REREAD, made.reread),
    ]
    refused = [element("li", element("code", one.path), f" : {one.reason}") for one in made.refused]
    warnings = [element("li", warning) for warning in made.warnings]
    causes = [element("li", upkeep_wording.CAUSES[cause]) for cause in made.causes]
    return join(
        element("p", _counts(made)),
        element("ul", *causes) if causes else None,
        *lists,
        _folded(upkeep_wording.REFUSED, refused, is_open=True),
        _folded(upkeep_wording.WARNINGS, warnings),
        gate(made.gate, shown=0) if made.gate and made.gate.summary else None,
    )


def _counts(made: BuildReport) -> str:
    if made.is_dry_run:
        if made.is_unchanged:
            return upkeep_wording.WOULD_CHANGE_NOTHING
        kept = phrasing.counted(len(made.unchanged), "document repris tel quel", "documents repris tels quels")
        passages = phrasing.counted(made.reused, "passage", "passages")
        again = len(made.added) + len(made.changed)
        read = phrasing.counted(again, "document à lire", "documents à lire")
        return upkeep_wording.WOULD_READ.format(read=read, kept=kept, passages=passages)
    passages = phrasing.counted(made.passages, "passage", "passages")
    deadlines = phrasing.counted(made.deadlines, "échéance", "échéances")
    encoded = phrasing.counted(made.encoded, "texte encodé", "textes encodés")
    seconds = f"{made.seconds:.1f}".replace(".", ",")
    return upkeep_wording.HOLDS.format(passages=passages, deadlines=deadlines, encoded=encoded, seconds=seconds)


def _paths(words: tuple[str, str], paths: Sequence[str]) -> Html | None:
    return _folded(words, [element("li", element("code", path)) for path in paths], is_open=len(paths) <= 10)


def _folded(words: tuple[str, str], items: Sequence[Html], *, is_open: bool = False) -> Html | None:
    if not items:
        return None
    summary = element("summary", phrasing.counted(len(items), *words))
    return element("details", summary, element("ul", *items), class_="more", open=is_open or None)


def gate(verdict: GateVerdict, *, shown: int = _SHOWN) -> Html:
    """What the gate found, the answers of both indexes side by side: the first `shown`, the others folded away."""
    first = verdict.summary.splitlines()[0] if verdict.summary else ""
    ordered = sorted(verdict.differences, key=lambda one: one.change == "better")
    rest = ordered[shown:]
    words = upkeep_wording.OTHER_QUESTIONS if shown else upkeep_wording.CHANGED_QUESTIONS
    others = phrasing.counted(len(rest), *words)
    return join(
        element("p", first),
        _answers(ordered[:shown]) if ordered[:shown] else None,
        element("details", element("summary", others), _answers(rest), class_="more") if rest else None,
    )


def _answers(differences: Sequence[Difference]) -> Html:
    head = [element("th", name, scope="col") for name in upkeep_wording.GATE_COLUMNS]
    body = element("tbody", *(_difference(one) for one in differences))
    table = element("table", element("thead", element("tr", *head)), body, class_="differences")
    return element("div", table, class_="table gate", role="group", tabindex=0, aria_label=upkeep_wording.GATE)


def _difference(one: Difference) -> Html:
    badge = element("span", CHANGES[one.change], class_=f"badge change {one.change}")
    columns = upkeep_wording.GATE_COLUMNS
    return element(
        "tr",
        element("th", badge, element("span", one.after.question), scope="row"),
        element("td", *_answer(one.before), class_="before", data_label=columns[1]),
        element("td", *_answer(one.after), class_="after", data_label=columns[2]),
    )


def _answer(result: GoldenResult) -> tuple[Html | None, ...]:
    verdict = VERDICTS[result.verdict] + (f", {result.why}" if result.why else "")
    words = " ".join(result.text.split())
    text = words if len(words) <= _ANSWER_CHARS else words[: _ANSWER_CHARS - 1].rstrip() + "…"
    return element("p", verdict, class_="meta"), element("p", text)
