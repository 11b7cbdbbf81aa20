"""Words said between sessions: they count from then on, and change nothing that was not spoken of."""

import datetime

import numpy as np
import pytest
from running import negsim

from negsim.core.cases import at_stage, words_at
from negsim.core.state import HAPPENS, OFFERS
from negsim.edge.scenarios import load_scenario
from negsim.edge.words.record import show_record
from negsim.engine.arrays import replicate, to_arrays
from negsim.engine.batch_engine import play_batch
from negsim.engine.layout import lay_out
from negsim.engine.mesa_engine import Talks
from negsim.talks.begin import begin, set_up
from negsim.talks.restate import is_restated, restate

UN, NORTH = 0, 1


@pytest.fixture(scope="module")
def panmunjom():
    return load_scenario("panmunjom")


def test_a_statement_counts_from_the_first_session_after_it(panmunjom):
    assert panmunjom.stages() == [0, 1, 2, 3, 4]
    stands = {key: [key in panmunjom.used(stage) for stage in range(5)] for key in panmunjom.statements}
    for key, one in panmunjom.statements.items():
        if one.stance == "outcome":
            assert not any(stands[key])
            continue
        for stage, day in enumerate(panmunjom.talks.sessions):
            made = one.made_on < day or (one.made_on == day and one.same_day)
            assert stands[key][stage] == (made and (one.until is None or one.until >= day))
    assert stands["k03"] == [True, False, False, False, False]  # dropped on 25 July 1951


def test_later_words_can_be_passed_over(panmunjom):
    early = load_scenario("panmunjom", ["leave_out_later=true"])
    assert early.stages() == [0, 1, 1, 1, 1] and early.used() == panmunjom.used(0)
    assert early.used(1).keys() == panmunjom.used(0).keys() - {"k03"}  # that it ceased to hold was said with it
    last = panmunjom.statements["k20"].made_on
    assert last > panmunjom.talks.sessions[0]
    assert load_scenario("three-fleets").stages() == [0, 0]


def test_what_was_not_spoken_of_is_drawn_as_it_was(panmunjom):
    """Each option's value, and each reading, is a function of ids: between two stages only what is said of an issue moves it."""
    prior, case = to_arrays(panmunjom, 3)
    desk, behind = set_up(prior, case)
    moved = 0
    for number in range(8):
        mine = replicate(case, number)
        begin(prior, mine, desk, behind)
        for stage in range(1, 5):
            values, readings = behind.values.copy(), behind.readings.copy()
            restate(prior, desk, behind, mine, stage)
            both = (readings >= 0) & (behind.readings >= 0)
            assert np.array_equal(readings[both], behind.readings[both])
            for party in (UN, NORTH):
                for j in range(len(case.positions)):
                    then, now = prior.every_places[stage - 1, party, j], prior.every_places[stage, party, j]
                    same = all(np.array_equal(then[name], now[name]) for name in ("stance", "refusal"))
                    changed = not np.array_equal(values[party, j], behind.values[party, j])
                    assert not (same and changed)
                    moved += changed
    assert moved > 30


def test_a_run_at_a_stage_is_that_of_a_scenario_that_begins_there(panmunjom):
    """Preferences of the third session are those of a scenario whose first session it is."""
    later = panmunjom.model_copy(update={"talks": panmunjom.talks.model_copy(update={"sessions": panmunjom.talks.sessions[2:3]})})
    rooms = []
    for scenario, stage in ((panmunjom, 2), (later, 0)):
        prior, case = to_arrays(scenario, 8)
        desk, behind = set_up(prior, case)
        begin(prior, replicate(case, 5), desk, behind)
        if stage:
            restate(prior, desk, behind, replicate(case, 5), stage)
        rooms.append(behind)
    assert np.array_equal(rooms[0].values, rooms[1].values)
    assert np.array_equal(rooms[0].weights, rooms[1].weights)
    assert np.array_equal(rooms[0].barred != 0, rooms[1].barred != 0)


def test_conditions_of_a_stage_are_those_in_its_words(panmunjom):
    """The cease-fire goes with inspection at first, then with the prisoners settled somehow, then without force."""
    _, case = to_arrays(panmunjom, 1)
    tied = [
        {(tie.option, tie.other) for tie in panmunjom.tied(stage) if tie.spoken and tie.actor == "un_command"}
        for stage in range(5)
    ]
    assert {other.partition(".")[0] for _, other in tied[0]} == {"inspection"}
    assert ("ceasefire.armistice", "prisoners.all") in tied[1]
    assert ("ceasefire.armistice", "prisoners.all") not in tied[3]
    for stage in range(5):
        assert len(at_stage(case, stage).lifts) == len(panmunjom.tied(stage))


def test_who_says_something_else_opens_anew_and_the_others_where_they_stood(panmunjom):
    prior, case = to_arrays(panmunjom, 1)
    deals = lay_out(panmunjom).deals
    line = deals.index("line")
    assert is_restated(prior, case, NORTH, line, 0, 1) and not is_restated(prior, case, UN, line, 0, 1)
    assert not is_restated(prior, case, NORTH, line, 2, 3)
    desk, behind = set_up(prior, case)
    begin(prior, case, desk, behind)
    desk.offers[:] = 1
    restate(prior, desk, behind, case, 1)
    first, after = case.deals["first"][line], case.deals["after"][line]
    assert (desk.offers[NORTH, first:after] == -1).all() and (desk.offers[UN, first:after] == 1).all()
    assert words_at(prior, 1).standing.sum() == behind.readings[behind.readings >= 0].size


def test_positions_move_when_words_do(panmunjom):
    """The UN Command opens the armistice with inspection everywhere in 1951 and at ports from the package of April 1952 on."""
    results = play_batch(panmunjom, 2, 0, 36, traced=True)
    layout = lay_out(panmunjom)
    deal, c = layout.deals.index("armistice"), next(k for k, part in enumerate(layout.compounds) if "ceasefire" in part)
    at = layout.compounds[c].index("inspection")
    asked = {session: [] for session in range(5)}
    for log, said in zip(results.log, results.said):
        for session in range(5):
            mine = np.flatnonzero(
                (log["session"] == session) & (log["deal"] == deal) & (log["move"] == OFFERS) & (log["party"] == UN)
            )
            if len(mine):
                asked[session].append(layout.packages[c][said[mine[0], c]][at])
    everywhere = [np.mean(np.array(options) == 2) for options in asked.values() if len(options) >= 10]
    assert everywhere[1] > 0.9 and everywhere[2] < 0.2


def test_the_transcript_tells_new_words_and_events(panmunjom, capsys):
    number = next(k for k in range(50) if _sessions(Talks(panmunjom, 4, k)) == 5)
    talks = Talks(panmunjom, 4, number)
    talks.play()
    record = talks.record()
    show_record(panmunjom, record)
    told = " ".join(capsys.readouterr().out.split())
    assert "no longer holds: k01, par. 1; k03, par. 1" in told
    assert "1951-10-31: North offers: Line: the line of contact (k11, par. 3)" in told
    assert "Stalin dies; Moscow wants the war ended (parties.north.war_cost +0.05)" in told
    assert sum(move.move == "happens" for move in record.moves) == 2


def _sessions(talks):
    talks.play()
    log = talks.desk.log[: talks.desk.pen[0]]
    return 1 + int(log["session"][log["move"] != HAPPENS].max())


def test_what_could_be_agreed_is_asked_of_the_first_session_and_says_so():
    told = " ".join(negsim("analyze", "panmunjom", "--draws", 5).stdout.split())
    assert "As words stand at the first session, 1951-07-10; later ones change them." in told
    assert "later ones change them" not in negsim("analyze", "three-fleets", "--draws", 5).stdout


def test_a_front_that_stands_still_ends_no_war(panmunjom):
    moving = load_scenario("panmunjom", ["talks.drift.pace=1"])
    prior, case = to_arrays(panmunjom, 1)
    assert case.pace == 0.0
    ended = [(play_batch(one, 1, 0, 14, traced=True).log["move"] == 8).any(axis=1).mean() for one in (panmunjom, moving)]
    assert ended[0] == 0.0 and ended[1] > 0.1
    assert prior.every_standing.shape[0] == 5


def test_words_after_the_last_session_are_refused(panmunjom):
    late = {**panmunjom.statements, "z1": panmunjom.statements["k11"].model_copy(update={"made_on": datetime.date(1953, 7, 1)})}
    tables = panmunjom.model_dump()
    tables["statements"] = {key: one.model_dump() for key, one in late.items()}
    with pytest.raises(ValueError, match="after the last session on 1953-06-04"):
        type(panmunjom).model_validate(tables)
