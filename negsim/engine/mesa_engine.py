"""The talks as a Mesa model: delegations, principals and mediators one can watch, step and subclass.

Agents hold no arithmetic: a delegation speaks through the offer rule and acceptance condition that its scenario names, and
each `step` is one call of `advance`, the same function that the batch engine compiles.
"""

import functools
import importlib.util
import traceback
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import mesa
import numpy as np

from negsim.core.state import Case, Clock, Prior, Speakers, View
from negsim.domain.record import Record
from negsim.domain.scenario import Scenario
from negsim.domain.statement import known
from negsim.engine.arrays import replicate as with_replicate
from negsim.engine.arrays import to_arrays
from negsim.engine.cast import acceptance_of, cast
from negsim.engine.layout import Layout, lay_out
from negsim.engine.outcome import record_of
from negsim.engine.results import Results, empty_results, take_down
from negsim.talks.advance import advance, made_of
from negsim.talks.begin import begin, set_up
from negsim.talks.tally import overall_gain

FEW, WORTH_COMPILING = 20, 2000  # runs: below the first Numba is not even imported, above the second parts of them are compiled


def numba_is_here() -> bool:
    """Tell whether Numba is installed, without importing it."""
    return importlib.util.find_spec("numba") is not None


def _trust(talks: "Talks", track: int) -> float:
    return float(talks.behind.tracks["trust"][track])


class Stage(NamedTuple):
    """What runs of one scenario share: its arrays, and the functions that draw a run and play a turn."""

    prior: Prior
    case: Case
    layout: Layout
    begin: Callable[..., Clock]
    advance: Callable[..., Clock]


def _asked_twice(case: Case, own: list[type["Delegation"] | None]) -> Case:
    """Return a case in which delegations of a user's own speak for themselves, and remember: who knows what they go by."""
    if not any(own):
        return case
    parties = case.parties.copy()
    for seat, kind in enumerate(own):
        if kind is not None:
            parties["remembers"][seat] = 1
            parties["own"][seat] = kind.offer is not Delegation.offer
            parties["insists"][seat] |= kind.accept is not Delegation.accept
    return case._replace(parties=parties)


class Delegation(mesa.Agent):
    """A party at the table. Override `offer` or `accept` to play it yourself.

    Examples
    --------
    >>> from negsim import Delegation, Talks, load_scenario
    >>> class Stubborn(Delegation):
    ...     def accept(self, view, my_next):
    ...         return False
    >>> talks = Talks(load_scenario("istanbul-2025-06-02"), seed=1, delegations={"russia": Stubborn})
    >>> talks.play()
    >>> talks.clock.over
    True
    """

    def __init__(self, model: "Talks", seat: int, party: str, rules: tuple[Callable[..., Any], Callable[..., Any]]) -> None:
        super().__init__(model)
        self.seat = seat
        self.party = party
        self._offer, self._accept = rules
        self._insists = acceptance_of(model.setting.parties[party]).insists

    def offer(self, view: View) -> Any:
        """Return the package this party would offer next; a first entry of -1 walks out."""
        return self._offer(view)

    def accept(self, view: View, my_next: Any) -> bool:
        """Tell whether the standing offer is acceptable in the light of what would be offered next.

        At last call (`view.closing`) it is asked only about what is not below its floor, and most conditions take that.
        """
        if view.closing == 1 and not self._insists:
            return True
        return bool(self._accept(view, my_next))

    @property
    def gain(self) -> float:
        """Gain over the status quo from what is ratified so far."""
        return float(overall_gain(self.model.behind, self.model.case, self.seat))


class Principal(mesa.Agent):
    """Who a delegation answers to: ratifies what brings it at least its threshold."""

    def __init__(self, model: "Talks", seat: int, party: str, name: str) -> None:
        super().__init__(model)
        self.seat, self.party, self.name = seat, party, name

    @property
    def threshold(self) -> float:
        """The gain it asks for on a track, drawn once a run."""
        return float(self.model.behind.parties["asked"][self.seat])


class Mediator(mesa.Agent):
    """A third party, acting by the style its scenario names. Override `act` to play it yourself."""

    def __init__(self, model: "Talks", number: int, name: str, style: Callable[..., int]) -> None:
        super().__init__(model)
        self.number, self.name, self._style = number, name, style

    def act(self, sight: Any) -> int:
        """Act on what it sees before a turn; a result other than 0 says that something changed."""
        return self._style(sight)

    @property
    def leverage_left(self) -> float:
        """Carrots and sticks not yet spent."""
        return float(sum(np.sum(self.model.behind.leverage[kind][self.number]) for kind in ("carrot", "stick")))


class Talks(mesa.Model):
    """One run of a scenario; a step is a turn.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Key of every draw.
    replicate : int
        Number of the run under that seed.
    delegations : mapping of str to type, optional
        Your own `Delegation` subclasses by party.
    traced : bool
        Whether a log of moves is kept.
    watch : bool
        Whether the data collector notes every turn.
    rankings : array of int, shape (party, 2, package), optional
        See `negsim.engine.arrays.to_arrays`.
    stage : Stage, optional
        What runs of one scenario share, so that it is made once.

    Attributes
    ----------
    setting : Scenario
        What is played (Mesa keeps the name `scenario` for itself).
    clock, desk, behind
        The state that `negsim.talks.advance` plays on.
    datacollector : mesa.DataCollector
        Filled when `watch` is true: session, deal, turn and trust; gain of each delegation.

    Examples
    --------
    >>> from negsim import Talks, load_scenario
    >>> talks = Talks(load_scenario("istanbul-2025-06-02"), seed=1)
    >>> talks.step()
    >>> talks.clock.turn
    1
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 0,
        replicate: int = 0,
        *,
        delegations: Mapping[str, type[Delegation]] | None = None,
        traced: bool = True,
        watch: bool = False,
        rankings: Any = None,
        stage: Stage | None = None,
    ) -> None:
        super().__init__(rng=np.random.SeedSequence([seed, replicate]).generate_state(1, np.uint32).item())
        self.setting = scenario
        rules = cast(scenario)
        own = delegations or {}
        for key in own:
            known(key, scenario.parties, "delegations", "party")
        stage = stage or Stage(*to_arrays(scenario, seed, traced=traced, rankings=rankings), lay_out(scenario), begin, advance)
        self.case = _asked_twice(with_replicate(stage.case, replicate), [own.get(key) for key in scenario.parties])
        self.delegations = [
            own.get(key, Delegation)(self, seat, key, pair)
            for seat, (key, pair) in enumerate(zip(scenario.parties, zip(rules.offers, rules.accepts)))
        ]
        self.principals = [
            Principal(self, seat, key, party.principal)
            for seat, (key, party) in enumerate(scenario.parties.items())
            if party.principal
        ]
        names = list(scenario.mediators) or ["nobody"]
        self.mediators = [Mediator(self, m, name, style) for m, (name, style) in enumerate(zip(names, rules.mediators))]
        self._prior, self.layout, self._advance = stage.prior, stage.layout, stage.advance
        self._protocol = rules.protocol
        self._speakers = Speakers(
            tuple(agent.offer for agent in self.delegations), tuple(agent.accept for agent in self.delegations)
        )
        self._helpers = tuple(agent.act for agent in self.mediators)
        self.desk, self.behind = set_up(stage.prior, self.case)
        self.clock = stage.begin(stage.prior, self.case, self.desk, self.behind)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "session": lambda talks: talks.clock.session,
                "deal": lambda talks: talks.layout.deals[talks.clock.deal],
                "turn": lambda talks: talks.clock.turn,
                "agreed_issues": lambda talks: int((talks.behind.positions["at_table"] > 0).sum()),
                **{f"trust.{track}": functools.partial(_trust, track=t) for t, track in enumerate(scenario.tracks)},
            },
            agenttype_reporters={Delegation: {"gain": "gain"}} if not own else None,
        )
        self._watch = watch

    def step(self) -> None:
        """Play one turn."""
        if self.clock.over:
            self.running = False
            return
        state = self._prior, self.desk, self.behind, self.case
        self.clock = self._advance(self.clock, *state, self._protocol, self._speakers, self._helpers)
        self.running = not self.clock.over
        if self._watch:
            self.datacollector.collect(self)

    def play(self) -> None:
        """Play to the end."""
        while self.running:
            self.step()

    def record(self) -> Record:
        """Return what the run came to so far: issues, tracks, gains and moves."""
        results = empty_results(self._prior, self.case, 1)
        take_down(results, 0, self._prior, self.desk, self.behind, self.case)
        return record_of(self.setting, results, 0, seed=self.case.seed, replicate=self.case.replicate, engine="mesa")


def play_mesa(
    scenario: Scenario, seed: int, first: int, runs: int, *, traced: bool = False, drawn: bool = False
) -> tuple[Results, dict[int, str]]:
    """Play consecutive replicates of a scenario one by one.

    Returns
    -------
    results : Results
        As from `play_batch`; a run whose rules raised is marked failed.
    errors : dict of int to str
        The traceback of each failed replicate.
    """
    stage, take = set_stage(scenario, seed, runs, traced=traced, drawn=drawn)
    results = empty_results(stage.prior, stage.case, runs)
    errors: dict[int, str] = {}
    for row in range(runs):
        try:
            talks = Talks(scenario, seed, first + row, stage=stage)
            talks.play()
        except MemoryError:  # the machine's, not the run's
            raise
        except (Exception, SystemExit):  # a rule may raise anything, and is not to end the program
            results.failed[row] = True
            errors[first + row] = traceback.format_exc()
            continue
        take(results, row, stage.prior, talks.desk, talks.behind, talks.case)
    return results, errors


def set_stage(scenario: Scenario, seed: int, runs: int, *, traced: bool, drawn: bool) -> tuple[Stage, Callable[..., None]]:
    """Return what a number of runs share, and the function that takes their results down.

    Where the machine code of what the actors do not do is kept, or worth making, it is used in place of the plain functions.
    """
    prior, case = to_arrays(scenario, seed, traced=traced, drawn=drawn)
    if runs >= FEW and numba_is_here():
        from negsim.engine.native import parts_of

        found = parts_of(prior, case, cast(scenario), compiling=runs >= WORTH_COMPILING)
        if found is not None:
            return Stage(prior, case, lay_out(scenario), found.begin, made_of(found.turn)), found.take_down
    return Stage(prior, case, lay_out(scenario), begin, advance), take_down
