"""NegMAS YAML: an outcome space, and one additive utility function a party (Mohammad, Greenwald & Nakadai 2021)."""

from collections.abc import Mapping
from typing import Any

import yaml

from negsim.formats import FORMATS, Domain, Format, Profile, checked

ADDITIVE = ("LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction", "LinearUtilityFunction")
MOST_STEPS = 1000  # options of an issue of whole numbers


class _Plain(yaml.SafeLoader):
    """YAML without aliases: with them, a short text can stand for an enormous one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def read(texts: Mapping[str, str], reading: str) -> Domain:  # noqa: ARG001
    """Read an outcome space and its utility functions.

    Raises
    ------
    ValueError
        If a text is damaged, or a function is not additive or speaks of other options than the space.
    """
    parsed = {name: _parsed(name, text) for name, text in texts.items()}
    spaces = [name for name, content in parsed.items() if "issues" in content]
    functions = [name for name, content in parsed.items() if "issues" not in content and "type" in content]
    if len(spaces) != 1:
        raise ValueError(f"{len(spaces)} outcome spaces here, not one: a file with 'issues'")
    issues = [_issue(spaces[0], entry) for entry in _list(spaces[0], parsed[spaces[0]]["issues"])]
    stem = spaces[0].rpartition(".")[0]
    profiles = [_profile(name, parsed[name], issues) for name in sorted(functions)]
    return checked(Domain(str(parsed[spaces[0]].get("name") or stem), issues, profiles))


def write(domain: Domain) -> dict[str, str]:
    """Write an outcome space and its utility functions, as NegMAS loads them."""
    space = {
        "issues": [{"name": name, "type": "CategoricalIssue", "values": options} for name, options in domain.issues],
        "name": domain.name,
        "type": "DiscreteCartesianOutcomeSpace",
    }
    files = {f"{domain.name}.yml": _text(space)}
    for k, profile in enumerate(domain.profiles):
        values, weights = [list(row) for row in profile.values], list(profile.weights)
        if profile.bias:  # it goes into the first issue
            values[0] = [profile.bias + weights[0] * value for value in values[0]]
            weights[0] = 1.0
        function = {
            "name": profile.name,
            "type": "LinearAdditiveUtilityFunction",
            "reserved_value": profile.reservation,
            "values": [
                {"mapping": dict(zip(options, row)), "type": "TableFun"} for (_, options), row in zip(domain.issues, values)
            ],
            "weights": weights,
        }
        if profile.discount != 1.0:
            function["discount_factor"] = profile.discount
        files[f"{domain.name}-{k + 1}-{profile.name}.yml"] = _text(function)
    return files


def _text(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        content = yaml.load(text, Loader=_Plain)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ValueError(f"{name}: damaged YAML: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict):
        raise ValueError(f"{name}: is no table of names and values")
    return content


def _list(name: str, content: Any) -> list[Any]:
    if not isinstance(content, list):
        raise ValueError(f"{name}: a list is missing")
    return content


def _issue(file: str, entry: Any) -> tuple[str, list[str]]:
    if not isinstance(entry, dict) or "values" not in entry:
        raise ValueError(f"{file}: an issue has no values")
    name, kind, values = str(entry.get("name", "")), str(entry.get("type", "CategoricalIssue")), entry["values"]
    if kind == "ContiguousIssue" and isinstance(values, list) and len(values) == 2:
        if not all(isinstance(value, int) for value in values) or not 0 <= values[1] - values[0] < MOST_STEPS:
            raise ValueError(f"{file}: issue '{name}' is no range of at most {MOST_STEPS} whole numbers")
        values = list(range(values[0], values[1] + 1))
    options = [str(value) for value in _list(file, values)]
    if not options or len(set(options)) < len(options):
        raise ValueError(f"{file}: issue '{name}' has no options, or one twice")
    return name, options


def _profile(file: str, content: dict[str, Any], issues: list[tuple[str, list[str]]]) -> Profile:
    kind = str(content["type"]).rpartition(".")[2]
    if kind not in ADDITIVE:
        raise ValueError(f"{file}: utility function of type '{kind}'; only additive ones can be read")
    tables, weights = content.get("values"), content.get("weights")
    if isinstance(tables, dict):
        tables = [tables.get(name) for name, _ in issues]
    if isinstance(weights, dict):
        weights = [weights.get(name, 1.0) for name, _ in issues]
    tables = _list(file, tables)
    weights = [1.0] * len(issues) if weights is None else _list(file, weights)
    if len(tables) != len(issues) or len(weights) != len(issues):
        raise ValueError(f"{file}: {len(tables)} values and {len(weights)} weights for {len(issues)} issues")
    rows = [_row(file, name, options, table) for (name, options), table in zip(issues, tables)]
    reserved = content.get("reserved_value", 0.0)
    return Profile(
        str(content.get("name") or file.rpartition(".")[0]),
        [_number(file, "weight", weight) for weight in weights],
        rows,
        0.0 if reserved is None or reserved == float("-inf") else _number(file, "reserved_value", reserved),
        _number(file, "discount_factor", content.get("discount_factor", 1.0)),
        _number(file, "bias", content.get("bias", 0.0) or 0.0),
    )


def _row(file: str, issue: str, options: list[str], table: Any) -> list[float]:
    kind = str(table.get("type", "TableFun")).rpartition(".")[2] if isinstance(table, dict) else "TableFun"
    if kind in ("AffineFun", "LinearFun", "IdentityFun", "ConstFun"):
        slope = {"IdentityFun": 1.0, "ConstFun": 0.0}.get(kind, table.get("slope", 1.0))
        offset = table.get("bias", 0.0) if kind != "IdentityFun" else 0.0
        return [_number(file, issue, slope) * _number(file, issue, option) + _number(file, issue, offset) for option in options]
    if kind != "TableFun":
        raise ValueError(f"{file}: issue '{issue}': values of type '{kind}' cannot be read")
    mapping = table.get("mapping", table) if isinstance(table, dict) else dict(zip(options, _list(file, table)))
    if not isinstance(mapping, dict):
        raise ValueError(f"{file}: issue '{issue}': its values are no table")
    named = {str(key): value for key, value in mapping.items()}
    for option in options:
        if option not in named:
            raise ValueError(f"{file}: issue '{issue}': no value for option '{option}'")
    for option in named:
        if option not in options and option != "type":
            raise ValueError(f"{file}: issue '{issue}': option '{option}' is none of the outcome space")
    return [_number(file, issue, named[option]) for option in options]


def _number(file: str, what: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{file}: {what}: '{str(value)[:40]}' is no number") from None


FORMATS["negmas"] = Format("negmas", (".yml", ".yaml"), read, write)
