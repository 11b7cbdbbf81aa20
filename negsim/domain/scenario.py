"""A scenario: issues, parties, mediators and the calendar, over the statements of its sources."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Literal

from pydantic import Field, model_validator

from negsim.domain.course import Course, Event
from negsim.domain.ensemble import Choice, Ensemble
from negsim.domain.issue import Issue, Track
from negsim.domain.outcomes import Happened, accounts_of
from negsim.domain.party import Mediator, Party, Range
from negsim.domain.positions import (
    Position,
    Refusal,
    Tied,
    check_order,
    check_readings,
    positions_of,
    refusals_of,
    remembered,
    tied_of,
)
from negsim.domain.statement import REJECTING, Id, Statement, Strict, check_all, check_superseding, known, short

FIXED = ("name", "colour", "principal", "strategy", "acceptance", "traits", "utility")
"""What of a party is no number."""
USED_UP = ("ratify_low", "ratify_width", "handover_cost", "benefit_curve", "cost_curve", "noise")
"""Parameters that are used up when a run begins: no later event can move them."""


class Link(Strict):
    """Two options that are worth more, or less, to a party together than each alone.

    Attributes
    ----------
    options : list of str
        Two, of different issues.
    value : range
        What having both adds to the gain of their track, -0.2..0.2.
    statements : list of str
        Those of the party that make the link; a party whose utility is stated outright needs none.
    """

    party: str
    options: list[str] = Field(min_length=2, max_length=2)
    value: Range
    statements: list[str] = Field(default_factory=list)


class Scenario(Strict):
    """All that a run needs, checked once.

    Attributes
    ----------
    statements : dict of str to Statement
        Those of all sources, and the scenario's own.
    readings : str
        Whether readings of rejections follow the coded cues or are uniform.
    same_day : bool
        Whether statements made on the day of the session count.
    leave_out_later : bool
        Whether statements made after the first session are passed over. Else each counts from the first session after it was
        made, and none may be made after the last.
    package : bool
        Whether all tracks are bargained over as one package (a counterfactual); each needs a status quo.
    deals : dict of str to str
        How deals of several issues are called.
    previous : dict of str to str
        The option each issue ended at in the previous direct round: a null model for scoring.
    """

    id: Id
    title: str
    summary: str = ""
    sources: list[str] = Field(default_factory=list)
    statements: dict[Id, Statement] = Field(default_factory=dict)
    source_of: dict[str, str] = Field(default_factory=dict)
    readings: Literal["coded", "uniform"] = "coded"
    same_day: bool = True
    leave_out_later: bool = False
    package: bool = False
    previous: dict[str, str] = Field(default_factory=dict)
    plugins: list[str] = Field(default_factory=list)
    talks: Course
    tracks: dict[Id, Track] = Field(min_length=1)
    issues: dict[Id, Issue] = Field(min_length=1)
    deals: dict[str, str] = Field(default_factory=dict)
    parties: dict[Id, Party]
    mediators: dict[Id, Mediator] = Field(default_factory=dict)
    links: list[Link] = Field(default_factory=list)
    ensemble: Ensemble = Ensemble()

    @model_validator(mode="after")
    def _hangs_together(self) -> "Scenario":
        check_all(self._names())
        check_all(self._checks())
        return self

    def _names(self) -> Iterator[Callable[[], object]]:
        """Yield every check that what others are looked up by is there; the others rest on these."""
        for key, issue in self.issues.items():
            yield partial(known, issue.track, self.tracks, f"issues.{key}.track", "track")
            yield partial(self._check_available, key, issue)

    def _checks(self) -> Iterator[Callable[[], object]]:
        """Yield every check of what fits what."""
        yield self._check_whole
        for key, track in self.tracks.items():
            yield from (partial(self._check_core, key, name) for name in track.core)
        yield from (partial(self._check_issue, key, issue) for key, issue in self.issues.items())
        yield from (partial(self._check_statement, key, statement) for key, statement in self.statements.items())
        yield self._check_positions
        yield from (partial(self._check_mediator, key, mediator) for key, mediator in self.mediators.items())
        yield from (partial(self._check_utility, key) for key, party in self.parties.items() if party.utility is not None)
        yield from (partial(self._check_link, link) for link in self.links)
        yield from (partial(self._check_event, event) for event in self.talks.events)
        for issue, option in self.previous.items():
            yield partial(self._option, f"{issue}.{option}", "previous")
        yield self.accounts
        yield self.open_choices

    def _check_whole(self) -> None:
        if self.package and not all(track.status_quo for track in self.tracks.values()):
            raise ValueError("package: a track without a status quo cannot be tied to others")
        if len(self.parties) < 2:
            raise ValueError(f"parties: {len(self.parties)} found, a negotiation takes at least 2")

    def _check_core(self, key: str, name: str) -> None:
        known(name, self.issues, f"tracks.{key}.core", "issue")
        if self.issues[name].track != key:
            raise ValueError(f"tracks.{key}.core: '{name}' is of the track '{self.issues[name].track}'; name issues of {key}")

    def _check_available(self, key: str, issue: Issue) -> None:
        if not issue.available_when:
            return
        where, parent = f"issues.{key}.available_when", issue.available_after
        if not parent:
            raise ValueError(f"{where}: {short(issue.available_when)} should read 'ISSUE > 0'")
        known(parent, self.issues, where, "issue")
        if parent == key or self.issues[parent].available_when:
            raise ValueError(f"{where}: '{parent}' must be an issue that is always available")
        if self.issues[parent].track != issue.track:
            raise ValueError(f"issues.{key}: stands on another track than '{parent}', on which it depends; put both on one")

    def _check_mediator(self, key: str, mediator: Mediator) -> None:
        if key in self.parties:
            raise ValueError(f"mediators.{key}: is also a party")
        for target in mediator.target:
            self._option(target, f"mediators.{key}.target")
        if len({target.split(".")[0] for target in mediator.target}) > 1:
            raise ValueError(f"mediators.{key}.target: names options of several issues; leverage is tied to one")
        for kind, pledges in (("carrot", mediator.carrot), ("stick", mediator.stick)):
            for whose in pledges:
                known(whose, self.parties, f"mediators.{key}.{kind}", "party")

    def played(self) -> dict[str, Any]:
        """Return all that a run follows from, as plain values: not what is only set beside it, nor colours."""
        looks = {"__all__": {"colour"}}
        return self.model_dump(mode="json", exclude={"ensemble": True, "parties": looks, "mediators": looks})

    def _parts(self) -> tuple[object, ...]:
        """Return what statements in use follow from."""
        return self.statements, self.talks, self.same_day, self.leave_out_later

    def _standing_on(self, day: datetime.date) -> dict[str, Statement]:
        """Return the statements that preferences rest on at a session on a day."""
        last = self.talks.sessions[0] if self.leave_out_later else day
        return {
            key: statement
            for key, statement in self.statements.items()
            if statement.stance not in ("outcome", "claims")
            and statement.made_on <= last
            and (statement.made_on < day or (statement.same_day and self.same_day))
            and (statement.until is None or statement.until >= day)
        }

    def stages(self) -> list[int]:
        """Return the stage of each session: a new one begins where statements were made, or ceased to hold, since the last."""
        return remembered((*self._parts(), "stages"), self._stages)

    def _stages(self) -> list[int]:
        found, before, stage = [], None, -1
        for day in self.talks.sessions:
            now = list(self._standing_on(day))
            stage += now != before
            before = now
            found.append(stage)
        return found

    def stage_count(self) -> int:
        """Return how many stages there are."""
        return self.stages()[-1] + 1

    def used(self, stage: int = 0) -> dict[str, Statement]:
        """Return the statements that preferences rest on at a stage; the first is that of the first session."""
        return self._standing_on(self.talks.sessions[self.stages().index(stage)])

    def positions(self, stage: int = 0) -> list[Position]:
        """Return what each actor's latest words come to on each option at a stage."""
        return remembered((*self._parts(), stage), lambda: positions_of(self.used(stage)))

    def refusals(self) -> list[Refusal]:
        """Return all that is refused at any stage, as a run reads it, in one fixed order."""
        return self._refused()[0]

    def standing(self, stage: int = 0) -> list[bool]:
        """Tell of each refusal whether it stands at a stage."""
        there = self._refused()[1][stage]
        return [number in there for number in range(len(self.refusals()))]

    def tied(self, stage: int = 0) -> list[Tied]:
        """Return the options that an actor takes only with another one at a stage."""
        return tied_of(self.positions(stage), {key: issue.order for key, issue in self.issues.items()})

    def _refused(self) -> tuple[list[Refusal], list[set[int]]]:
        """Return all that is refused, and the numbers of what is at each stage."""
        return remembered((*self._parts(), self.issues, self.parties, self.mediators), self._refusals)

    def _refusals(self) -> tuple[list[Refusal], list[set[int]]]:
        milder: dict[str, list[str]] = {}
        for key, issue in self.issues.items():
            ids = [option.id for option in issue.options if option.needs]
            for place, option in enumerate(ids):
                milder[f"{key}.{option}"] = [f"{key}.{other}" for other in ids[:place]]
        found: dict[Refusal, int] = {}
        standing = []
        for stage in range(self.stage_count()):
            numbers: list[int] = []
            for one in refusals_of(self.positions(stage), self.parties, self.mediators, milder):
                behind = one if one.milder_than < 0 else one._replace(milder_than=numbers[one.milder_than])
                numbers.append(found.setdefault(behind, len(found)))
            standing.append(set(numbers))
        return list(found), standing

    def is_assumed(self, issue: str) -> bool:
        """Tell whether an issue is a swap that no statement of its sides backs: its menu, and that it is wanted, are assumed."""
        entry = self.issues[issue]
        stages = range(self.stage_count())
        spoken = {(one.actor, one.option.partition(".")[0]) for stage in stages for one in self.positions(stage)}
        stated = any(side.utility is not None for side in self.parties.values())
        return bool(entry.swap) and not stated and not any((party, issue) in spoken for party in entry.swap)

    def open_choices(self) -> dict[str, list[Choice]]:
        """Return the values of all that no source says, by path; what is stated outright is not read in two ways."""
        own = {key: side.strategy for key, side in self.parties.items()}
        return self.ensemble.choices(own, coded=any(side.utility is None for side in self.parties.values()))

    def label(self, issue: str) -> str:
        """Return how an issue is called; what is assumed says so."""
        return (self.issues[issue].name or issue) + (" (assumed)" if self.is_assumed(issue) else "")

    def quo_of(self, issue: str) -> str:
        """Return the option that holds without agreement; empty where the issue's track has no status quo."""
        return self.issues[issue].options[0].id if self.tracks[self.issues[issue].track].status_quo else ""

    def accounts(self) -> dict[str, dict[str, Happened]]:
        """Return how each issue ended by each account: that of the source ("record"), or of a party."""
        return accounts_of(self.statements, self.talks.sessions, first_only=self.leave_out_later)

    def happened(self) -> dict[str, Happened]:
        """Return how each issue ended, where accounts agree or the source itself says so."""
        return {
            issue: told.get("record", next(iter(told.values())))
            for issue, told in self.accounts().items()
            if "record" in told or len({one.option for one in told.values()}) == 1
        }

    def outcomes(self) -> dict[str, str]:
        """Return the option each issue ended at, where that is known."""
        return {issue: one.option for issue, one in self.happened().items()}

    def deal_of(self, issue: str) -> str:
        """Return the deal in which an issue closes: the name that the issues of one package share."""
        if self.package:
            return "everything"
        entry = self.issues[issue]
        parent = entry.available_after or issue
        if self.tracks[entry.track].procedure == "package":
            return entry.track
        return self.issues[parent].deal or parent

    def _check_issue(self, key: str, issue: Issue) -> None:
        for who in issue.swap:
            known(who, self.parties, f"issues.{key}.swap", "party")
        for party, order in issue.order.items():
            known(party, self.parties, f"issues.{key}.order", "party")
            if sorted(order) not in (sorted(issue.option_ids()), sorted(issue.option_ids()[1:])):
                raise ValueError(
                    f"issues.{key}.order.{party}: list each option once, from worst to best, with or without the status quo: "
                    + ", ".join(issue.option_ids())
                )
        for party, side in self.parties.items():
            if len(issue.options) > 2 and party not in issue.order and side.utility is None and not issue.swap:
                options = ", ".join(issue.option_ids()[1:])
                raise ValueError(f"issues.{key}.order.{party}: missing; list from worst to best: {options}")
        for option in issue.options:
            for field, actors in (("needs", option.needs), ("by", option.by)):
                for actor in actors:
                    known(actor, {**self.parties, **self.mediators}, f"issues.{key}.options.{option.id}.{field}", "actor")

    def _check_statement(self, key: str, statement: Statement) -> None:
        later = statement.made_on > self.talks.sessions[-1]
        if later and not self.leave_out_later and statement.stance not in ("outcome", "claims"):
            raise ValueError(
                f"statements.{key}: made on {statement.made_on}, after the last session on {self.talks.sessions[-1]};"
                " leave it out, or set leave_out_later = true"
            )
        if statement.stance != "claims":
            told = ["record"] if statement.stance == "outcome" else []
            known(statement.actor, [*self.parties, *self.mediators, *told], f"statements.{key}.actor", "actor")
        for name in statement.options:
            issue, option = self._option(name, f"statements.{key}.options")
            if statement.delivered is not None and not self.issues[issue].swap:
                raise ValueError(f"statements.{key}.delivered: '{issue}' is no swap; give exchanges an outcome of their own")
            if statement.stance in REJECTING and option == 0:
                raise ValueError(f"statements.{key}.options: '{name}' is the status quo of '{issue}'; it cannot be rejected")
        check_superseding(key, self.statements)
        for condition in statement.conditions:
            tied, _ = self._option(condition, f"statements.{key}.condition")
            for name in statement.options:
                issue = name.partition(".")[0]
                if tied == issue:
                    raise ValueError(
                        f"statements.{key}.condition: is of the same issue; a condition ties an option to one of another"
                    )
                if self.deal_of(tied) != self.deal_of(issue):
                    raise ValueError(
                        f"statements.{key}.condition: '{tied}' closes apart from '{issue}'; a condition ties issues that close in"
                        ' one package: put both on a track with procedure = "package", or give them one deal'
                    )

    def _check_positions(self) -> None:
        """Check that words do not contradict each other, nor the order in which the coder puts options."""
        for stage in range(self.stage_count()):
            positions = self.positions(stage)
            check_readings(positions)
            for key, issue in self.issues.items():
                for actor, order in issue.order.items():
                    own = [option.id for option in issue.options if actor in option.by]
                    check_order(positions, actor, key, order, issue.option_ids()[0], own)

    def _check_link(self, link: Link) -> None:
        where = f"links: {' + '.join(link.options)}"
        known(link.party, self.parties, where, "party")
        ends = [self._option(name, where) for name in link.options]
        if ends[0][0] == ends[1][0]:
            raise ValueError(f"{where}: both options are of '{ends[0][0]}'; a link ties options of two issues")
        if not -0.2 <= link.value[0] <= link.value[1] <= 0.2:
            raise ValueError(f"{where}: value [{link.value[0]:g}, {link.value[1]:g}] lies outside -0.2..0.2")
        for issue, option in ends:
            if option == 0 and self.tracks[self.issues[issue].track].status_quo:
                raise ValueError(f"{where}: '{issue}' at its status quo; a link ties options that leave it")
        for key in link.statements:
            known(
                key, [*self.used(), *(k for k, s in self.statements.items() if s.stance == "claims")], where, "statement in use"
            )
            if self.statements[key].actor != link.party:
                raise ValueError(f"{where}: statement '{key}' is by {self.statements[key].actor}, not by {link.party}")
        if not link.statements and self.parties[link.party].utility is None:
            raise ValueError(f"{where}: no statement makes this link; name those that do, statements = [...]")

    def _check_event(self, event: Event) -> None:
        kind, _, rest = event.parameter.partition(".")
        who, _, name = rest.partition(".")
        where = f"talks.events: {event.parameter}"
        if event.on <= self.talks.sessions[0]:
            raise ValueError(f"{where}: on {event.on}, not after the first session; set the parameter itself instead")
        if kind == "parties":
            known(who, self.parties, where, "party")
            known(name, [key for key in Party.model_fields if key not in (*FIXED, *USED_UP)], where, "parameter")
        elif kind == "tracks":
            known(who, self.tracks, where, "track")
            known(name, ["trust"], where, "parameter")
        else:
            raise ValueError(f"{where}: write parties.ID.NAME or tracks.ID.trust")

    def _check_utility(self, key: str) -> None:
        utility = self.parties[key].utility
        assert utility is not None
        for issue, values in utility.values.items():
            known(issue, self.issues, f"parties.{key}.utility.values", "issue")
            if len(values) != len(self.issues[issue].options):
                raise ValueError(
                    f"parties.{key}.utility.values.{issue}: {len(values)} values for {len(self.issues[issue].options)} options"
                )
        for issue in utility.weights:
            known(issue, self.issues, f"parties.{key}.utility.weights", "issue")
        for issue in self.issues:
            if issue not in utility.values or issue not in utility.weights:
                raise ValueError(f"parties.{key}.utility: no weight or values for issue '{issue}'")

    def _option(self, name: str, where: str) -> tuple[str, int]:
        issue, _, option = name.partition(".")
        known(issue, self.issues, where, "issue")
        ids = self.issues[issue].option_ids()
        known(option, ids, f"{where}: issue '{issue}'", "option")
        return issue, ids.index(option)
