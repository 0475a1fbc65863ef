//! A cart: what was selected, and what is asked of it.

use aggregates::activity::{Plan, Taking};
use aggregates::cart::{
    BookingCart, Candidate, Candidates, CartCommand, CartConfirmed, CartEvent, CartOpened, CartTerms,
    Confirmation, ConfirmedLine, Line, Mode, Pick, RefusedItem, Seen, SelectionMade,
};
use aggregates::ids::{ActivityId, AppointmentId};
use aggregates::obstacle::Obstacle;
use aggregates::spec::{Given, given};

use super::{ANN, CART, LINK, monday, number, online, spots, vacant, yoga};

pub fn candidate(plan: Plan) -> Candidate {
    Candidate { vacancy: vacant(plan), taking: Taking::Online(online()), prepayment_required: false }
}

/// Yoga with Sofie on these days, bookable.
pub fn candidates(activities: &[ActivityId]) -> Candidates {
    activities.iter().map(|id| (*id, candidate(yoga(*id)))).collect()
}

/// The same, but one of them differs.
pub fn candidates_but(
    activities: &[ActivityId],
    other: ActivityId,
    change: impl FnOnce(&mut Candidate),
) -> Candidates {
    let mut candidates = candidates(activities);
    change(candidates.get_mut(&other).unwrap());
    candidates
}

/// Ten events at once, no prepayment, nothing asked for.
pub fn terms() -> CartTerms {
    CartTerms {
        at: monday(),
        active: true,
        max_events: number(10),
        prepayment: false,
        email_required: false,
        comment_required: false,
        consent_version: None,
        phone_code: false,
    }
}

pub fn opened() -> CartEvent {
    CartOpened { link_id: LINK, opened_at: monday() }.into()
}

/// One spot in each of these.
pub fn selected(activities: &[ActivityId]) -> CartEvent {
    selected_with(&activities.iter().map(|id| (*id, 1)).collect::<Vec<_>>())
}

pub fn selected_with(lines: &[(ActivityId, u32)]) -> CartEvent {
    let lines = lines.iter().map(|(id, n)| Line { activity_id: *id, spots: spots(*n) });
    shown(lines.collect(), &terms())
}

/// A selection that was made when these terms were in force.
pub fn shown(lines: Vec<Line>, terms: &CartTerms) -> CartEvent {
    let ids: Vec<_> = lines.iter().map(|line| line.activity_id).collect();
    let shown = Seen::of(terms, ids.iter(), &candidates(&ids));
    SelectionMade { lines, shown }.into()
}

pub fn pick(activity: ActivityId) -> Pick {
    Pick { activity, spots: None }
}

/// Ticks exactly these boxes, all of them yoga with Sofie.
pub fn select(activities: &[ActivityId]) -> CartCommand {
    select_from(activities, terms(), candidates(activities))
}

pub fn select_from(activities: &[ActivityId], terms: CartTerms, candidates: Candidates) -> CartCommand {
    let picks = activities.iter().map(|id| pick(*id)).collect();
    CartCommand::SelectEvents { picks, terms, candidates }
}

pub fn set_spots(activity: ActivityId, n: u32) -> CartCommand {
    let candidate = Box::new(candidate(yoga(activity)));
    CartCommand::SetSpots { activity, spots: spots(n), terms: terms(), candidate }
}

/// Ann confirms yoga with Sofie on these days.
pub fn confirmation(activities: &[ActivityId]) -> Confirmation {
    Confirmation {
        cart: CART,
        client: ANN,
        mode: Mode::AllOrNothing,
        with_membership: false,
        consent: None,
        has_email: false,
        has_comment: false,
        phone_proved: false,
        terms: terms(),
        candidates: candidates(activities),
    }
}

pub fn confirm(confirmation: Confirmation) -> CartCommand {
    CartCommand::ConfirmMultiBooking(Box::new(confirmation))
}

pub fn items(refused: &[(ActivityId, Obstacle)]) -> Vec<RefusedItem> {
    let item = |(id, obstacle): &(_, Obstacle)| RefusedItem { activity_id: *id, obstacle: obstacle.clone() };
    refused.iter().map(item).collect()
}

/// An open cart with these days of yoga with Sofie.
pub fn cart_with(activities: &[ActivityId]) -> Given<BookingCart> {
    given([opened(), selected(activities)])
}

/// What a confirmation of these days by Ann records.
pub fn confirmed(lines: &[(ActivityId, u32)]) -> CartEvent {
    let line = |(activity_id, n): &(ActivityId, u32)| ConfirmedLine {
        activity_id: *activity_id,
        appointment_id: AppointmentId::derive(CART, *activity_id),
        spots: spots(*n),
    };
    CartConfirmed {
        client_id: ANN,
        lines: lines.iter().map(line).collect(),
        mode: Mode::AllOrNothing,
        with_membership: false,
        consent_version: None,
        confirmed_at: monday(),
    }
    .into()
}
