"""What if Moscow's no to the full ceasefire were only a posture? Built from the base case in Python.

Run it (`python scenarios/what-if-posture.py`) to play both versions and draw the shares, or hand it to `negsim run` and
`negsim sweep` like any scenario.
"""

from negsim import load_scenario

base = load_scenario("istanbul-2025-06-02")
softened = base.statements["r36"].model_copy(update={"reading": "posture"})
scenario = base.model_copy(
    update={
        "id": "what-if-posture",
        "title": "Istanbul, 2 June 2025, with the full ceasefire refused only in words",
        "statements": {**base.statements, "r36": softened},
    }
)


def main(folder: str = "out/what-if-posture", runs: int = 300) -> dict[str, float]:
    """Play both versions, draw the second, and return the share of runs that end in a full ceasefire."""
    from pathlib import Path

    from negsim import play, save_plot

    shares = {}
    for one in (base, scenario):
        table = play(one, runs=runs, seed=1)
        shares[one.id] = table["option.ceasefire"].to_pylist().count("full") / runs
    save_plot("shares", table, scenario, Path(folder) / "shares.png", seed=1)
    return shares


if __name__ == "__main__":
    for name, share in main().items():
        print(f"{name}: full ceasefire in {100 * share:.1f}% of runs")
