"""Door for tomlkit: one table of a list of tables (`[[document]]`, `[[term]]`) is changed, all else stays as it is.

The file is cut into its tables by their header lines, and only the one concerned is parsed and printed again: comments,
spacing and the order of everything else stay to the letter. What comes out is read back before it is given.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from index.error_words import reason_of
from index.errors import EditRefused

Value = str | int | bool | list[str] | list[dict[str, Any]] | list[str | dict[str, Any]] | dict[str, Any] | None

_HEADER = re.compile(r"^\s*\[\[?\s*([^\]\[#]+?)\s*\]\]?\s*(?:#.*)?$")
_LONG_LINE_CHARS = 100
_BY_HAND = (
    "« {name} » est écrit d'une façon que cet écran ne sait pas modifier sans risque : modifiez-le dans un éditeur "
    "de texte."
)


@dataclass(frozen=True, slots=True)
class _Block:
    """The characters of one table, from its header to its last line that says something."""

    start: int
    end: int


def changed(text: str, name: str, place: int, fields: Mapping[str, Value]) -> str:
    """The text with these fields of the table number `place` (0-based) of the list `name`; None removes a field.

    A field that already has its value is left as it is written.

    Raises:
        EditRefused: the file is not valid, or is written in a way that cannot be changed safely.
    """
    block = _blocks(text, name)[place]
    try:
        parsed = tomlkit.parse(text[block.start : block.end])
        _set(parsed[name][0], fields)
        written = tomlkit.dumps(parsed)
    except (TOMLKitError, ValueError, TypeError) as error:
        raise EditRefused(_BY_HAND.format(name=name)) from error
    return _checked(text, text[: block.start] + written + text[block.end :], name, place, fields)


def appended(text: str, name: str, fields: Mapping[str, Value]) -> str:
    """The text with one more table at the end of the list `name`, the fields in this order; raises like `changed`."""
    blocks = _blocks(text, name)
    entry = tomlkit.table()
    _set(entry, fields)
    one = tomlkit.aot()
    one.append(entry)
    document = tomlkit.document()
    document.append(name, one)
    at = blocks[-1].end if blocks else len(text)
    before, after = text[:at], text[at:]
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    written = before + gap + tomlkit.dumps(document).strip("\n") + "\n" + after
    return _checked(text, written, name, len(blocks), fields)


def removed(text: str, name: str, place: int) -> tuple[str, str]:
    """The text without the table number `place` of the list `name`, and that table as it was written."""
    block = _blocks(text, name)[place]
    above, below = text[: block.start], text[block.end :]
    # The empty line that parted it from the next table goes with it; from the one above, when it was the last.
    written = above + below.removeprefix("\n") if below.strip() else above.rstrip("\n") + "\n" * bool(above) + below
    before, after = tables(text, name), tables(written, name)
    if after != [*before[:place], *before[place + 1 :]]:
        raise EditRefused(_BY_HAND.format(name=name))
    return written, text[block.start : block.end].strip("\n") + "\n"


def tables(text: str, name: str) -> list[dict[str, Any]]:
    """What the tables of the list say, in order; raises like `changed`."""
    try:
        found = tomllib.loads(text).get(name, [])
    except tomllib.TOMLDecodeError as error:
        raise EditRefused(
            f"Le fichier n'est pas du TOML valide ({reason_of(error)}) : corrigez cette ligne dans un éditeur de texte."
        ) from error
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise EditRefused(_BY_HAND.format(name=name))
    return found


def _blocks(text: str, name: str) -> list[_Block]:
    """Where each table of the list stands; refused when cutting by header lines does not give what the file says."""
    said = tables(text, name)
    found: list[_Block] = []
    start: int | None = None
    position = last = 0
    for line in [*text.splitlines(keepends=True), f"[{name}-end]"]:
        header = _HEADER.match(line)
        inside = header and re.split(r"\s*\.\s*", header[1])[0] == name and "." in header[1]
        # A line that looks like a header inside a text of several lines ends nothing.
        if header and not inside and (start is None or _is_whole(text[start:position])):
            if start is not None:
                found.append(_Block(start, last))
            start = position if line.lstrip().startswith("[[") and header[1] == name else None
        position += len(line)
        if line.strip() and not line.lstrip().startswith("#"):
            last = position
    try:
        cut = [tomllib.loads(text[block.start : block.end])[name] for block in found]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise EditRefused(_BY_HAND.format(name=name)) from error
    if cut != [[table] for table in said]:
        raise EditRefused(_BY_HAND.format(name=name))
    return found


def _is_whole(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _set(table: Any, fields: Mapping[str, Value]) -> None:
    for field, value in fields.items():
        if value is None:
            if field in table:
                del table[field]
        elif isinstance(value, dict):
            if isinstance(table.get(field), dict):
                _set(table[field], value)
            else:
                inner = tomlkit.table()
                _set(inner, value)
                table[field] = inner
        elif field not in table or table[field] != value:
            table[field] = _list(value) if isinstance(value, list) else value


def _list(values: list[str] | list[dict[str, Any]] | list[str | dict[str, Any]]) -> Any:
    """A list on one line, or one value a line when it is long; its tables are written in braces."""
    array = tomlkit.array()
    for value in values:
        array.append(_in_braces(value) if isinstance(value, dict) else value)
    return array.multiline(sum(len(str(value)) + 4 for value in values) > _LONG_LINE_CHARS)


def _in_braces(fields: Mapping[str, Any]) -> Any:
    table = tomlkit.inline_table()
    table.update(fields)
    return table


def _checked(text: str, written: str, name: str, place: int, fields: Mapping[str, Value]) -> str:
    """What was written, once read back: this table says what was asked for, and nothing else moved."""
    before, after = tomllib.loads(text), tomllib.loads(written)
    old, new = before.pop(name, []), after.pop(name, [])
    others = [table for number, table in enumerate(old) if number != place]
    wanted = _merged(old[place] if place < len(old) else {}, fields)
    if before != after or [*new[:place], *new[place + 1 :]] != others or new[place] != wanted:
        raise EditRefused(_BY_HAND.format(name=name))
    return written


def _merged(table: Mapping[str, Any], fields: Mapping[str, Value]) -> dict[str, Any]:
    merged = dict(table)
    for field, value in fields.items():
        if value is None:
            merged.pop(field, None)
        elif isinstance(value, dict):
            known = merged.get(field)
            merged[field] = _merged(known if isinstance(known, dict) else {}, value)
        else:
            merged[field] = value
    return merged
