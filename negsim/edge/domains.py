"""Domains of other tools on disk: read as scenarios, and scenarios written as theirs. Part of the edge."""

from pathlib import Path
from typing import Any

import tomli_w

from negsim import formats
from negsim.domain.scenario import Scenario
from negsim.edge.files import MOST_BYTES, InputError, domain_files, near, write_text
from negsim.formats import Domain, Profile


def read_domain(path: Path, reading: str = "genius") -> Domain:
    """Read a domain in whichever format it is written.

    Raises
    ------
    InputError
        If it is in none, in several, or not valid.
    """
    found = domain_files(path)
    if not found:
        raise InputError(f"{path}: no domain here; a folder of Genius XML or NegMAS YAML files is one")
    if len(found) > 1:
        raise InputError(f"{path}: holds domains of several formats ({', '.join(found)}); keep one in the folder")
    name, paths = next(iter(found.items()))
    texts = {}
    for at in paths:
        if at.stat().st_size > MOST_BYTES:
            raise InputError(f"{at}: larger than {MOST_BYTES // 1_000_000} MB; no domain is")
        try:
            texts[at.name] = at.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise InputError(f"{at}: not a text file") from None
    try:
        return formats.FORMATS[name].read(texts, reading)
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None


def tables_of(path: Path) -> dict[str, Any]:
    """Return a domain as the tables of a scenario."""
    return formats.tables_of(read_domain(path))


def domain_of(scenario: Scenario, draws: int, seed: int) -> Domain:
    """Return a scenario as a domain of additive utilities.

    Stated utilities over one deal without a status quo go over as they are. Otherwise it is what the parties are expected to
    want, over a number of draws: every deal in one package, utility counted as surplus over the status quo (reservation value 0),
    options that a red line shuts out in most draws left out, issues that depend on each other or are linked as one.

    Raises
    ------
    InputError
        If some tracks have no status quo and so cannot be tied into one package.
    """
    stated = all(side.utility is not None for side in scenario.parties.values())
    quo = any(track.status_quo for track in scenario.tracks.values())
    joined = scenario.links or any(issue.available_when for issue in scenario.issues.values())
    if stated and not quo and len(scenario.tracks) == 1 and not joined:
        return _stated(scenario)
    from negsim.analysis.draws.deals import expected_space, lay_table

    if len(scenario.tracks) > 1 or next(iter(scenario.tracks.values())).procedure != "package":
        if not all(track.status_quo for track in scenario.tracks.values()):
            raise InputError(f"{scenario.id}: tracks without a status quo cannot be tied into one domain")
        scenario = scenario.model_copy(update={"package": True})
    table = lay_table(scenario, draws, seed)
    deal = table.deals[0]
    space = expected_space(table, deal)
    issues: list[tuple[str, list[str]]] = []
    rows: list[Any] = []
    for c, names in enumerate(table.layout.compounds):
        labels = [
            " + ".join(scenario.issues[key].options[number].label for key, number in zip(names, package))
            for package in table.layout.packages[c]
        ]
        kept = [o for o in range(len(labels)) if (space.worths[:, c, o] > -1e300).all()]
        issues.append((" and ".join(scenario.label(key) for key in names), _apart([labels[o] for o in kept])))
        rows.append(space.worths[:, c, kept])
    profiles = [
        Profile(party, [1.0] * len(rows), [row[p].tolist() for row in rows], float(space.floors[p]))
        for p, party in enumerate(scenario.parties)
    ]
    return Domain(scenario.id, issues, profiles)


def _stated(scenario: Scenario) -> Domain:
    profiles = []
    for key, side in scenario.parties.items():
        assert side.utility is not None
        utility = side.utility
        weights = [utility.weights[issue] for issue in scenario.issues]
        values = [utility.values[issue] for issue in scenario.issues]
        profiles.append(Profile(key, weights, values, utility.reservation, utility.discount))
    issues = [(issue.name or key, _apart([option.label for option in issue.options])) for key, issue in scenario.issues.items()]
    return Domain(scenario.id, issues, profiles)


def write_domain(domain: Domain, to: str, target: Path) -> list[Path]:
    """Write a domain as a scenario file or in another tool's format; return the files written.

    Raises
    ------
    InputError
        If there is no such format, or the target is of the wrong kind.
    """
    formats.discover()
    if to == "toml":
        tables = formats.tables_of(domain)
        write_text(target, tomli_w.dumps(tables | {"id": target.stem}))
        return [target]
    if to not in formats.FORMATS:
        raise InputError(f"--to {to}: no such format{near(to, ['toml', *formats.FORMATS])}")
    if target.is_file():
        raise InputError(f"{target}: is a file; a domain is written to a folder")
    written = []
    for name, text in formats.FORMATS[to].write(domain).items():
        write_text(target / name.replace("/", "_"), text)
        written.append(target / name.replace("/", "_"))
    return written


def _apart(labels: list[str]) -> list[str]:
    """Return labels with a number added to those met before."""
    seen: dict[str, int] = {}
    apart = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        apart.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return apart
