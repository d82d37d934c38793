"""Pure: records ↔ plain JSON values, driven by the fields' own types, so that a new field needs no line here."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
_SHARED = 4096
_Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def to_plain(record: object) -> Any:
    """The record as dictionaries, lists and plain values, ready for `json.dumps`."""
    kind: Any = type(record)
    return _codec(kind)[0](record)


def from_plain(kind: type[Record], value: Any) -> Record:
    """The record of `kind` that `to_plain` made `value` from.

    Raises:
        KeyError, TypeError, ValueError: `value` is not such a record.
    """
    any_kind: Any = kind
    record: Record = _codec(any_kind)[1](value)
    return record


@cache
def _codec(kind: Any) -> _Codec:
    """How values of `kind` are written and read."""
    origin, arguments = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _record_codec(kind)
    if kind is date:
        return date.isoformat, date.fromisoformat
    if origin is dict and _codec(arguments[0])[0] is _same and _codec(arguments[1])[0] is _same:
        return dict, dict
    if origin is tuple:
        return _tuple_codec(arguments)
    if origin in (Union, types.UnionType) and type(None) in arguments:
        inner = [argument for argument in arguments if argument is not type(None)]
        if len(inner) == 1:
            return _optional_codec(_codec(inner[0]))
    if origin is Literal or kind in (str, int, float, bool):
        return _same, _same
    raise TypeError(f"no plain form for {kind}")


def _same(value: Any) -> Any:
    return value


def _record_codec(kind: Any) -> _Codec:
    hints = get_type_hints(kind)
    fields = [(field.name, *_codec(hints[field.name])) for field in dataclasses.fields(kind)]
    defaults = {f.name: f.default for f in dataclasses.fields(kind) if f.default is not dataclasses.MISSING}

    # A term is named in thousands of places: those read share one record, which is compared at a glance.
    is_small = all(
        hints[field.name] is str or get_origin(hints[field.name]) is Literal for field in dataclasses.fields(kind)
    )
    make = lru_cache(maxsize=_SHARED)(kind) if is_small else kind

    def write(record: Any) -> Any:
        return {name: encode(getattr(record, name)) for name, encode, _ in fields}

    def read(value: Any) -> Any:
        # What was written before a field was added has its default.
        given = [decode(value[n]) if n in value or n not in defaults else defaults[n] for n, _, decode in fields]
        return make(*given)

    return write, read


def _tuple_codec(arguments: tuple[Any, ...]) -> _Codec:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        encode, decode = _codec(arguments[0])
        if encode is _same:
            return list, tuple
        return (lambda values: [encode(value) for value in values]), (lambda values: tuple([decode(v) for v in values]))
    codecs = [_codec(argument) for argument in arguments]
    if all(encode is _same for encode, _ in codecs):
        return list, tuple
    return (
        lambda values: [encode(value) for value, (encode, _) in zip(values, codecs, strict=True)],
        lambda values: tuple([decode(value) for value, (_, decode) in zip(values, codecs, strict=True)]),
    )


def _optional_codec(inner: _Codec) -> _Codec:
    encode, decode = inner
    if encode is _same:
        return inner
    return (
        lambda value: None if value is None else encode(value),
        lambda value: None if value is None else decode(value),
    )
