"""What all replies share: their model, and how named tuples are printed."""

import types
import typing
from dataclasses import is_dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

Number = float | None
Interval = list[Number]  # its two ends


class Reply(BaseModel):
    """What a command prints; it has these keys and no others."""

    model_config = ConfigDict(extra="forbid")


def told(kind: Any) -> Any:
    """Return a model of a named tuple or dataclass, as it is printed: a mapping of its fields."""
    fields: dict[str, Any] = {name: (_told(hint), ...) for name, hint in typing.get_type_hints(kind).items()}
    return create_model(kind.__name__, __base__=Reply, __doc__=(kind.__doc__ or "").strip(), **fields)


def _told(hint: Any) -> Any:
    if hint is float:
        return Number
    if isinstance(hint, type) and (hasattr(hint, "_fields") or is_dataclass(hint)):
        return told(hint)
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin is None:
        return hint
    if origin in (typing.Union, types.UnionType):
        parts = [_told(part) for part in inside]
        return typing.Union[tuple(parts)]  # noqa: UP007
    if origin is tuple and not (len(inside) == 2 and inside[1] is Ellipsis):
        return list[Any]
    parts = [_told(part) for part in inside if part is not Ellipsis]
    return list[parts[0]] if origin is tuple else origin[*parts]  # type: ignore[valid-type]


class Statement(Reply):
    """A statement and where it stands."""

    statement: str | None
    source: str | None
    paragraph: int | None
