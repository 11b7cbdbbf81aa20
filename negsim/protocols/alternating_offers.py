"""Stacked alternating offers for any number of parties."""

from negsim.core.moves import aside, check_package, look, note_refusal, note_walkout, put_offer, write_log
from negsim.core.registry import protocol
from negsim.core.state import ACCEPTS, WALKS_OUT, Agenda, Clock, Desk, Speakers


@protocol("alternating_offers")
def alternating_offers(clock: Clock, desk: Desk, agenda: Agenda, speakers: Speakers) -> Clock:
    """Take turns: accept what stands, or refuse it with an offer of one's own; all must accept.

    A delegation is asked whether it accepts in the light of what it would offer next; only an offer that is made leaves a
    trace in its memory.

    References
    ----------
    Rubinstein (1982), Econometrica 50; Aydogan, Festen, Hindriks & Jonker (2017), "Alternating offers protocols for
    multilateral negotiation", in: Modern Approaches to Agent-based Complex Automated Negotiation.
    """
    parties = len(agenda.actors)
    party = clock.turn % parties
    view = look(clock, desk, agenda, party)
    if clock.speaker >= 0:
        preview = speakers.offer[party](aside(view))
        check_package(clock, agenda, preview)
        if speakers.accept[party](view, preview):
            write_log(clock, desk, clock.deal, party, ACCEPTS)
            assents = clock.assents + 1
            return Clock(
                clock.session,
                clock.deal,
                clock.turn + 1,
                clock.turns,
                clock.speaker,
                assents,
                assents == parties,
                False,  # noqa: FBT003
            )
        note_refusal(clock, desk, agenda, party)
    package = speakers.offer[party](view)
    check_package(clock, agenda, package)
    if package[0] < 0:
        note_walkout(clock, desk, agenda, party)
        write_log(clock, desk, clock.deal, party, WALKS_OUT)
        return Clock(clock.session, clock.deal, clock.turns, clock.turns, -1, 0, False, False)  # noqa: FBT003
    put_offer(clock, desk, agenda, party, package, party)
    return Clock(clock.session, clock.deal, clock.turn + 1, clock.turns, party, 1, False, False)  # noqa: FBT003
