"""Genius XML: a domain file with issues, and one file of evaluations and weights a party.

Lin, Kraus, Baarslag, Tykhonov, Hindriks & Jonker (2014), "Genius: an integrated environment for supporting the design of generic
automated negotiators", Computational Intelligence 30. Genius divides an evaluation by the largest of its issue.
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from negsim.formats import FORMATS, MOST, Domain, Format, Profile, checked

MOST_STEPS = 1000  # options of an issue of whole numbers


def read(texts: Mapping[str, str], reading: str) -> Domain:
    """Read a domain and its profiles.

    Raises
    ------
    ValueError
        If a text is damaged or declares entities, or a profile speaks of other issues than the domain.
    """
    roots = {name: _parsed(name, text) for name, text in texts.items()}
    profiles = sorted(name for name, root in roots.items() if root.find(".//weight") is not None)
    domains = sorted(name for name in roots if name not in profiles) or profiles[:1]
    if len(domains) != 1:
        raise ValueError(f"several domains here, files without weights: {', '.join(domains)}; keep one in the folder")
    issues = {name: options for name, options, _ in _issues(domains[0], roots[domains[0]])}
    found = [_profile(name, roots[name], issues, domains[0], reading) for name in profiles]
    return checked(Domain(_stem(domains[0]), list(issues.items()), found))


def write(domain: Domain) -> dict[str, str]:
    """Write a domain and its profiles; utilities are scaled where Genius needs it: evaluations not below 0, weights of sum 1."""
    files = {f"{domain.name}.xml": _space(domain, None)}
    for k, profile in enumerate(domain.profiles):
        files[f"{domain.name}-{k + 1}-{profile.name}.xml"] = _space(domain, scaled(profile))
    return files


def scaled(profile: Profile) -> Profile:
    """Return a profile as Genius can say it, by an affine change of its utility, reservation value included.

    Only the split between weights and values changes if none of what options add is negative and the most sums to 1.
    """
    added = [[weight * value for value in values] for weight, values in zip(profile.weights, profile.values)]
    low = [min(row) for row in added]
    if min(low) >= 0.0 and not profile.bias:
        low = [0.0] * len(added)
    span = [max(row) - least for row, least in zip(added, low)]
    total = sum(span)
    if total <= 0.0:
        flat = profile.bias + sum(row[0] for row in added)  # every package is worth the same: 1 here
        return profile._replace(
            weights=[1.0 / len(added)] * len(added),
            values=[[1.0] * len(row) for row in added],
            reservation=1.0 + profile.reservation - flat,
            bias=0.0,
        )
    if abs(total - 1.0) < 1e-9:
        total = 1.0
    values = [[(value - least) / width if width > 0.0 else 0.0 for value in row] for row, least, width in zip(added, low, span)]
    reservation = (profile.reservation - profile.bias - sum(low)) / total
    return profile._replace(weights=[width / total for width in span], values=values, reservation=reservation, bias=0.0)


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _parsed(name: str, text: str) -> ElementTree.Element:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError(f"{name}: declares a document type or entities; remove the declaration")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError(f"{name}: damaged XML: {error}") from None
    if root.find(".//issue") is None:
        raise ValueError(f"{name}: is no Genius domain or profile: it has no <issue>")
    return root


def _issues(file: str, root: Any) -> list[tuple[str, list[str], Any]]:
    found: list[tuple[str, list[str], Any]] = []
    for issue in root.iter("issue"):
        name, kind = (
            issue.get("name") or "",
            (issue.get("vtype") or issue.get("etype") or issue.get("type") or "discrete").lower(),
        )
        if kind == "discrete":
            options = [item.get("value") or "" for item in issue.findall("item")]
        elif kind == "integer":
            bounds = issue.find("range")
            source = issue if bounds is None else bounds
            low, high = (int(_number(file, name, source.get(key), key)) for key in ("lowerbound", "upperbound"))
            if not 0 <= high - low < MOST_STEPS:
                raise ValueError(f"{file}: issue '{name}' runs from {low} to {high}; at most {MOST_STEPS} options are possible")
            options = [str(value) for value in range(low, high + 1)]
        else:
            raise ValueError(f"{file}: issue '{name}' is of kind '{kind}'; only discrete and integer issues can be read")
        if not name or not options or len(set(options)) < len(options):
            raise ValueError(f"{file}: issue '{name}' has no name, no options, or one twice")
        if name in [known for known, _, _ in found]:
            raise ValueError(f"{file}: issue '{name}' stands there twice")
        found.append((name, options, issue))
    return found


def _profile(file: str, root: Any, issues: Mapping[str, list[str]], domain: str, reading: str) -> Profile:
    mine = {name: (options, issue) for name, options, issue in _issues(file, root)}
    for name in [*issues, *mine]:
        if name not in mine or name not in issues:
            there, missing = (domain, file) if name not in mine else (file, domain)
            raise ValueError(f"{file}: issue '{name}' stands in {there}, but not in {missing}")
        odd = sorted(set(mine[name][0]) ^ set(issues[name]))
        if odd:
            raise ValueError(f"{file}: issue '{name}': option '{odd[0]}' does not stand in both this file and {domain}")
    by_index = {element.get("index"): element for element in root.iter("weight")}
    weights, values = [], []
    for name, options in issues.items():
        issue = mine[name][1]
        weight = by_index.get(issue.get("index"))
        weights.append(_number(file, name, None if weight is None else weight.get("value"), "weight"))
        if issue.findall("item"):
            rated = {
                item.get("value"): _number(file, name, item.get("evaluation"), "evaluation") for item in issue.findall("item")
            }
        else:
            evaluator = issue.find("evaluator")
            if evaluator is None:
                raise ValueError(f"{file}: issue '{name}' has no evaluator")
            offset, slope = (_number(file, name, evaluator.get(key, "0"), key) for key in ("offset", "slope"))
            rated = {option: offset + slope * float(option) for option in options}
        row = [rated[option] for option in options]
        most = max(row)
        values.append([value / most for value in row] if reading == "genius" and most > 0.0 else row)
    reservation, discount = root.find(".//reservation"), root.find(".//discount_factor")
    return Profile(
        re.sub(r"^-\d+-", "", _stem(file).removeprefix(_stem(domain))),
        weights,
        values,
        0.0 if reservation is None else _number(file, "", reservation.get("value"), "reservation"),
        1.0 if discount is None else _number(file, "", discount.get("value"), "discount_factor"),
    )


def _number(file: str, issue: str, text: str | None, what: str) -> float:
    try:
        found = float(text if text is not None else "")
        if not abs(found) <= MOST:
            raise ValueError
        return found
    except ValueError:
        where = f"issue '{issue}': " if issue else ""
        raise ValueError(f"{file}: {where}{what} '{text or ''}' is no number of a usable size") from None


def _space(domain: Domain, profile: Profile | None) -> str:
    lines = [f'<utility_space type="any" number_of_issues="{len(domain.issues)}">']
    lines.append('<objective index="0" description="" name="any" type="objective" etype="objective">')
    for i, (name, options) in enumerate(domain.issues):
        lines.append(f'  <issue index="{i + 1}" name={quoteattr(name)} type="discrete" etype="discrete" vtype="discrete">')
        for o, option in enumerate(options):
            rated = "" if profile is None else f' evaluation="{float(profile.values[i][o])!r}"'
            lines.append(f'    <item index="{o + 1}" value={quoteattr(option)} description=""{rated}/>')
        lines.append("  </issue>")
    if profile is not None:
        lines += [f'  <weight index="{i + 1}" value="{float(weight)!r}"/>' for i, weight in enumerate(profile.weights)]
    lines.append("</objective>")
    if profile is not None:
        lines.append(f'<discount_factor value="{float(profile.discount)!r}"/>')
        lines.append(f'<reservation value="{float(profile.reservation)!r}"/>')
    lines.append("</utility_space>")
    if profile is None:
        lines = ["<negotiation_template>", *lines, "</negotiation_template>"]
    return "\n".join(lines) + "\n"


FORMATS["genius"] = Format("genius", (".xml",), read, write)
