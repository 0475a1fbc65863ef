//! What each rule's no is called over HTTP.

use aggregates::activity::ActivityRefusal;
use aggregates::appointment::AppointmentRefusal;
use aggregates::booking_link::LinkRefusal;
use aggregates::branch::BranchRefusal;
use aggregates::cart::CartRefusal;
use aggregates::client::ClientRefusal;
use aggregates::membership::MembershipRefusal;
use axum::http::StatusCode;

use super::{Change, Item, Problem};
use crate::app::proving::{NotConfirmed, NotSent};
use crate::codes::rules::{NotIssued, Refused};
use crate::command::Refusal;

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let (code, detail) = (refusal.code(), refusal.to_string());
        match refusal {
            Refusal::NotFound { what, pointer } => {
                let problem = Self::not_found(what);
                if pointer.is_empty() { problem } else { problem.at(pointer, "not-found", detail) }
            }
            Refusal::Stale { .. } => Self::new(StatusCode::PRECONDITION_FAILED, "stale", detail),
            Refusal::KeyReused => Self::refused("idempotency-key-reused", detail),
            Refusal::Gap { pointer, .. } => {
                Self::refused("no-such-local-time", detail.clone()).at(pointer, "no-such-local-time", detail)
            }
            Refusal::Cart { refusal, changed } => {
                Self { changed: changed.iter().map(Change::from).collect(), ..refusal.into() }
            }
            Refusal::NotBooked { items, changed } => Self {
                items: items.iter().map(Item::from).collect(),
                changed: changed.iter().map(Change::from).collect(),
                ..Self::refused("not-booked", detail)
            },
            Refusal::Activity(ActivityRefusal::NotScheduled) => Self::not_found("event"),
            Refusal::Appointment(AppointmentRefusal::NotBooked) => Self::not_found("appointment"),
            Refusal::Activity(_) | Refusal::Appointment(_) => Self::refused(code, detail),
            Refusal::Branch(BranchRefusal::NotOpen) => Self::not_found("branch"),
            Refusal::Branch(refusal @ BranchRefusal::AlreadyOpen) => {
                Self::refused("already-open", refusal.to_string())
            }
            Refusal::Link(LinkRefusal::NotCreated) => Self::not_found("booking link"),
            Refusal::Link(refusal @ LinkRefusal::AlreadyCreated) => {
                Self::refused("already-created", refusal.to_string())
            }
            Refusal::Link(refusal @ LinkRefusal::NotForIndividualLinks) => Self::refused(
                "not-for-individual-links",
                refusal.to_string(),
            )
            .at("/multiple_event_booking", "not-for-individual-links", refusal.to_string()),
            Refusal::Link(refusal @ LinkRefusal::ConsentEmpty) => {
                let detail = refusal.to_string();
                Self::refused("consent-empty", detail.clone()).at("/consent_text", "consent-empty", detail)
            }
            Refusal::Client(ClientRefusal::Erased) => Self::not_found("client"),
            Refusal::Client(refusal @ ClientRefusal::UpcomingAppointments { .. }) => {
                Self::refused("upcoming-appointments", refusal.to_string())
            }
            Refusal::Membership(refusal @ MembershipRefusal::AlreadyGranted) => {
                Self::refused("already-granted", refusal.to_string())
            }
        }
    }
}

impl From<NotConfirmed> for Problem {
    fn from(why: NotConfirmed) -> Self {
        let refused = match why {
            NotConfirmed::Failed(failure) => return failure.into(),
            NotConfirmed::Code(refused) => refused,
        };
        let code = match refused {
            Refused::Wrong { .. } => "phone-code-wrong",
            Refused::Ended => "phone-code-ended",
            Refused::Closed => "phone-code-closed",
        };
        Self::refused(code, refused.to_string()).at("/code", code, refused.to_string())
    }
}

impl From<NotSent> for Problem {
    fn from(why: NotSent) -> Self {
        let often = |code, seconds| Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, code, why.to_string())
        };
        match why {
            NotSent::NotNeeded => Self::refused("phone-code-not-needed", why.to_string()),
            NotSent::NotSetUp => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "phone-codes-not-set-up", why.to_string())
            }
            NotSent::NotIssued(NotIssued::TooEarly { seconds }) => often("phone-code-sent-just-now", seconds),
            NotSent::NotIssued(NotIssued::EnoughForToday { seconds }) => often("enough-phone-codes", seconds),
        }
    }
}

/// Not an `Error`, so that every one of these can turn into it with `?`.
impl From<CartRefusal> for Problem {
    fn from(refusal: CartRefusal) -> Self {
        let (code, detail) = (refusal.code(), refusal.to_string());
        let problem = Self::refused(code, detail.clone());
        match refusal {
            CartRefusal::NotOpened => Self::not_found("cart"),
            CartRefusal::AlreadyConfirmed => Self { status: StatusCode::CONFLICT, ..problem },
            CartRefusal::EmailMissing => problem.at("/email", code, detail),
            CartRefusal::CommentMissing => problem.at("/comment", code, detail),
            CartRefusal::PhoneCodeNeeded => problem.at("/code", code, detail),
            CartRefusal::ConsentMissing | CartRefusal::ConsentChanged => {
                problem.at("/consent_version", code, detail)
            }
            CartRefusal::ItemsRefused(items) => items.iter().fold(problem, |problem, item| {
                let mut problem = problem.at("/events", item.obstacle.code(), item.obstacle.to_string());
                let (asked, left) = match item.obstacle {
                    aggregates::Obstacle::NotEnoughSpots { asked, left } => {
                        (u32::from(asked), u32::from(left))
                    }
                    _ => (0, 0),
                };
                problem.items.push(Item {
                    activity_id: item.activity_id.0,
                    bookable: false,
                    reason: Some(item.obstacle.code().to_owned()),
                    detail: Some(item.obstacle.to_string()),
                    spots_asked: asked,
                    spots_left: left,
                });
                problem
            }),
            _ => problem,
        }
    }
}
