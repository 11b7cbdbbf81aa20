"""Every negotiation that NegMAS played, played again by both engines: `python tests/conformance/negmas_traces.py DIR`.

Every offer, who made it in which round, and how it ended must be the same. Where NegMAS broke ties between packages of equal
utility in an order of its own, that order is injected (`View.ranking`); domains without such ties are also played without it.
Offers that NegMAS drew at random are checked to be ones the proposer had made before, and then taken from the record.
"""

import datetime
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from negsim.core.menus import no_package
from negsim.core.nearest import package_numbered
from negsim.core.registry import strategy
from negsim.core.state import OFFERS, WALKS_OUT, View
from negsim.domain.scenario import Scenario
from negsim.engine.arrays import to_arrays
from negsim.engine.batch_engine import kernel
from negsim.engine.cast import cast
from negsim.engine.mesa_engine import Talks
from negsim.engine.results import empty_results, take_down
from negsim.strategies.micro import LISTS, SENT, listed, micro, slots

STRATEGIES = {
    "Boulware": ("aspiration", {"beta": 0.25}),
    "Linear": ("aspiration", {"beta": 1.0}),
    "Conceder": ("aspiration", {"beta": 4.0}),
    "MiCRO": ("micro_recorded", {}),
    "NaiveTFT": ("naive_tit_for_tat", {}),
    "NaiveTitForTat": ("naive_tit_for_tat", {}),
}
WITHOUT_ORDER = ("Laptop", "NiceOrDie", "ItexvsCypress", "FlightBooking_gw_rv", "Syn_")  # no tie there makes a difference


@strategy("micro_recorded", acceptance="ac_micro", memory=slots)
def micro_recorded(view: View) -> Any:
    """Play MiCRO, but repeat what the record says: rows of the ranking from the third on hold it, round by round."""
    sent = int(view.memory[SENT])
    package = micro(view)
    if package[0] < 0 or int(view.memory[SENT]) > sent:
        return package
    turn = int(view.elapsed * (view.turns // len(view.offers) + 1) + 0.5) - 1
    recorded = package_numbered(int(view.ranking[2 + turn // view.ranking.shape[1], turn % view.ranking.shape[1]]), view.sizes)
    if recorded[0] >= 0 and listed(view.memory, LISTS, sent, recorded):
        return recorded
    return no_package(len(view.sizes))


def scenario_of(trace: dict, run: dict) -> Scenario:
    """Return a trace's domain as a scenario; a value is what an option adds, the bias on the first issue."""
    names = [f"i{k}" for k in range(len(trace["issues"]))]
    parties = {}
    for k, ufun in enumerate(trace["ufuns"]):
        name, traits = STRATEGIES[run["strategies"][k]]
        added = [[weight * value for value in values] for weight, values in zip(ufun["weights"], ufun["values"])]
        added[0] = [ufun["bias"] + value for value in added[0]]
        utility = {"weights": dict.fromkeys(names, 1.0), "values": dict(zip(names, added)), "reservation": ufun["reserved_value"]}
        parties[f"p{k}"] = {"strategy": name, "traits": traits, "utility": utility, "noise": 0.0}
    return Scenario(
        id="trace",
        title=trace["name"],
        talks={"sessions": [datetime.date(2026, 1, 1)], "rounds": [run["n_steps"]] * 2},
        tracks={"t": {"status_quo": False, "procedure": "package"}},
        issues={
            name: {"track": "t", "options": [{"id": f"o{k}"} for k in range(len(issue["values"]))]}
            for name, issue in zip(names, trace["issues"])
        },
        parties=parties,
    )


def rankings_of(trace: dict, run: dict, *, ordered: bool) -> Any:
    """Return NegMAS' orders, and below them what each party offered, round by round; -1 in their place says that there are none."""
    parties, packages = len(trace["ufuns"]), trace["n_outcomes"]
    sizes = [len(issue["values"]) for issue in trace["issues"]]
    width = packages if ordered else run["n_steps"]
    record = np.full((parties, -(-run["n_steps"] // width) * width), -1)
    for turn, party, package in run["offers"]:
        record[party, turn] = np.ravel_multi_index(package, sizes)
    rows = record.reshape(parties, -1, width)
    orders = [[order["irrational"] + order["rational_ascending"], order["all_ascending"]] for order in trace["negmas_order"]]
    top = np.array(orders) if ordered else np.full((parties, 2, width), -1)
    return np.ascontiguousarray(np.concatenate([top, rows], axis=1).astype(np.int64))


def differences(results: Any, trace: dict, run: dict) -> str:
    """Return how a run differs from the record; nothing if it does not."""
    parties = len(trace["ufuns"])
    log, said = results.log[0, : results.moves[0]], results.said[0]
    made = [
        [int(move["turn"]) // parties, int(move["party"]), package.tolist()]
        for move, package in zip(log, said)
        if move["move"] == OFFERS
    ]
    for k, (mine, theirs) in enumerate(zip(made, run["offers"])):
        if mine != theirs:
            return f"offer {k}: {mine}, not {theirs}"
    if len(made) != len(run["offers"]):
        return f"{len(made)} offers, not {len(run['offers'])}"
    agreed = results.positions["at_table"][0].tolist() if results.positions["at_table"][0, 0] >= 0 else None
    if agreed != run["agreement"]:
        return f"agreement {agreed}, not {run['agreement']}"
    if agreed is not None:
        if (int(results.positions["turn"][0, 0]) - 1) // parties != run["agreement_round"]:
            return f"agreed in another round than {run['agreement_round']}"
        utilities = results.parties["utility"][0]
        if not np.allclose(utilities, run["agreement_utils"], rtol=0.0, atol=1e-9):
            return f"utilities {utilities.tolist()}, not {run['agreement_utils']}"
    if bool((log["move"] == WALKS_OUT).any()) != run["broken"]:
        return "broken off" if not run["broken"] else "not broken off"
    return ""


def both_engines(trace: dict, run: dict, *, ordered: bool) -> list[str]:
    """Play a run in both engines; return how each differs from the record."""
    scenario, rankings = scenario_of(trace, run), rankings_of(trace, run, ordered=ordered)
    prior, case = to_arrays(scenario, 0, traced=True, rankings=rankings)
    batch = empty_results(prior, case, 1)
    kernel(prior, case, cast(scenario))(np.arange(1), batch)
    talks = Talks(scenario, 0, rankings=rankings)
    talks.play()
    mesa = empty_results(prior, case, 1)
    take_down(mesa, 0, talks._prior, talks.desk, talks.behind, talks.case)
    found = []
    for name, results in (("batch", batch), ("mesa", mesa)):
        wrong = "failed" if results.failed[0] else differences(results, trace, run)
        if wrong:
            found.append(f"{name}{'' if ordered else ' without the order'}: {wrong}")
    return found


def main() -> int:
    files = sorted(Path(sys.argv[1]).glob("*.json"))
    total, matched, offers = 0, 0, 0
    for path in files:
        trace = json.loads(path.read_text())
        plain = path.stem.startswith(WITHOUT_ORDER) or not any(ties["exact_ties"] for ties in trace["ties"])
        right = 0
        for run in trace["runs"]:
            found = both_engines(trace, run, ordered=True) + (both_engines(trace, run, ordered=False) if plain else [])
            for line in found:
                print(f"{path.stem} {'/'.join(run['strategies'])}: {line}")
            right += not found
            offers += 0 if found else len(run["offers"])
        print(
            f"{path.stem}: {right} of {len(trace['runs'])} in both engines{', also without the order' if plain else ''}",
            flush=True,
        )
        total, matched = total + len(trace["runs"]), matched + right
    print(f"matched {matched} of {total} negotiations, {offers} offers")
    return int(matched != total or total == 0)


if __name__ == "__main__":
    sys.exit(main())
