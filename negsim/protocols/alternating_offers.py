"""Stacked alternating offers for any number of parties."""

from negsim.core.clock import break_off, next_turn, seal
from negsim.core.moves import aside, check_package, look, note_refusal, note_walkout, offer_of, put_offer, write_log
from negsim.core.registry import protocol
from negsim.core.state import ACCEPTS, WALKS_OUT, Case, Clock, Desk, Speakers


@protocol("alternating_offers")
def alternating_offers(clock: Clock, desk: Desk, case: Case, speakers: Speakers) -> Clock:
    """Take turns: accept what stands, or refuse it with an offer of one's own; all must accept.

    A delegation is asked whether it accepts in the light of what it would offer next; only an offer that is made leaves a
    trace in its memory. One whose rules keep no memory is asked once, as it would say the same again.

    References
    ----------
    Rubinstein (1982), Econometrica 50; Aydogan, Festen, Hindriks & Jonker (2017), "Alternating offers protocols for
    multilateral negotiation", in: Modern Approaches to Agent-based Complex Automated Negotiation.
    """
    parties = len(case.parties)
    party = clock.turn % parties
    view = look(clock, desk, case, party)
    if clock.speaker < 0:
        package = offer_of(clock, desk, case, speakers, view)
    else:
        remembers = case.parties["remembers"][party] == 1
        if remembers:
            package = offer_of(clock, desk, case, speakers, aside(view))
        else:
            package = offer_of(clock, desk, case, speakers, view)
        check_package(clock, case, package)
        if speakers.accept[party](view, package):
            write_log(clock, desk, clock.deal, party, ACCEPTS)
            later = next_turn(clock, clock.speaker, clock.assents + 1)
            return seal(later) if later.assents == parties else later
        note_refusal(clock, desk, case, party)
        if remembers:
            package = offer_of(clock, desk, case, speakers, view)
    check_package(clock, case, package)
    if package[0] < 0:
        note_walkout(clock, desk, case, party)
        write_log(clock, desk, clock.deal, party, WALKS_OUT)
        return break_off(clock)
    put_offer(clock, desk, case, party, package, party)
    return next_turn(clock, party, 1)
