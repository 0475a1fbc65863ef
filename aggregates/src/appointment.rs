//! One booked event of one client. Appointments of one cart are not linked: each goes its own way (S-31).

mod event;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use event::{
    AppointmentBooked, AppointmentCancelled, AppointmentEvent, AppointmentMoved, AppointmentRescheduled,
    Attendance, AttendanceNoted, Place, SpotsReduced, TeamMemberReplaced,
};

use crate::branch::MembershipBooking;
use crate::change_rules::{ChangeRule, Closed};
use crate::decider::Decider;
use crate::ids::{CartId, ClientId, LinkId, MembershipId, TeamMemberId};
use crate::obstacle::Obstacle;
use crate::values::{Duration, Spots};

/// Where an appointment stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum Appointment {
    #[default]
    Unbooked,
    Booked(Booking),
    Cancelled(Booking),
}

/// What was booked, as it stands after every move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Booking {
    pub cart: CartId,
    pub link: LinkId,
    pub client: ClientId,
    pub place: Place,
    pub spots: Spots,
    /// The membership it was booked with.
    pub membership: Option<MembershipId>,
    /// Whether the client came, once that is noted.
    pub attendance: Option<Attendance>,
}

/// Who asks for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The client, bound by the branch's change rules.
    Client,
    /// Staff in the journal, not bound by the client's notice (S-32).
    Staff,
    /// The studio, by changing the event itself.
    Studio,
}

impl By {
    /// As stored and as told to programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Staff => "staff",
            Self::Studio => "studio",
        }
    }
}

/// A requester and the rule that binds them.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    pub by: By,
    /// The moment of the command.
    pub at: DateTime<Utc>,
    /// The branch's rule for this kind of change.
    pub rule: ChangeRule,
}

/// What decides whether a membership is needed, and whether there is one.
#[derive(Debug, Clone, Copy)]
pub struct Entitlement {
    pub booking: MembershipBooking,
    /// The client chose *Book with membership*.
    pub wanted: bool,
    /// A membership that applies to the service on the event's day.
    pub applying: Option<MembershipId>,
}

impl Entitlement {
    /// The membership to book with, if any.
    ///
    /// # Errors
    ///
    /// [`Obstacle::NoMembership`] if one is needed and none applies.
    pub fn judge(self) -> Result<Option<MembershipId>, Obstacle> {
        let needed = match self.booking {
            MembershipBooking::Off => false,
            MembershipBooking::Optional => self.wanted,
            MembershipBooking::Required => true,
        };
        match (needed, self.applying) {
            (false, _) => Ok(None),
            (true, Some(membership)) => Ok(Some(membership)),
            (true, None) => Err(Obstacle::NoMembership),
        }
    }
}

/// What may be asked of an appointment.
#[derive(Debug, Clone, Copy)]
pub enum AppointmentCommand {
    Book {
        cart: CartId,
        link: LinkId,
        client: ClientId,
        place: Place,
        spots: Spots,
        entitlement: Entitlement,
    },
    Cancel(Change),
    Reschedule {
        to: Place,
        change: Change,
        entitlement: Entitlement,
    },
    ReduceSpots {
        spots: Spots,
        change: Change,
    },
    /// Staff note whether the client came, or take the note back.
    NoteAttendance(Option<Attendance>),
    /// The studio moved the event.
    FollowMove {
        starts_at: DateTime<Utc>,
        duration: Duration,
    },
    /// The studio replaced the team member of the event.
    FollowTeamMember(TeamMemberId),
}

/// Why an appointment said no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppointmentRefusal {
    #[error("there is no such appointment")]
    NotBooked,
    #[error("this appointment was booked differently")]
    AlreadyBooked,
    #[error("this appointment is cancelled")]
    Cancelled,
    /// The cancellation rule stands in the way.
    #[error("online cancelling is closed: {0}")]
    CancellingClosed(Closed),
    /// The rescheduling rule stands in the way.
    #[error("online rescheduling is closed: {0}")]
    ReschedulingClosed(Closed),
    #[error("an appointment moves to an event with the same team member")]
    DifferentTeamMembers,
    #[error("an appointment moves to an event of the same service")]
    DifferentServices,
    #[error("this appointment holds {now} spots; fewer can be kept, not more")]
    NotFewerSpots { now: Spots },
    #[error(transparent)]
    Obstacle(#[from] Obstacle),
}

impl Appointment {
    /// What was booked, also after a cancellation; `None` before it was booked.
    pub fn booking(&self) -> Option<&Booking> {
        match self {
            Self::Unbooked => None,
            Self::Booked(booking) | Self::Cancelled(booking) => Some(booking),
        }
    }

    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled(_))
    }
}

impl Change {
    fn permit(&self, booking: &Booking) -> Result<(), Closed> {
        match self.by {
            By::Client => self.rule.permit(booking.place.starts_at, self.at),
            By::Staff | By::Studio => Ok(()),
        }
    }
}

impl Decider for Appointment {
    const NAME: &'static str = "appointment";
    type Command = AppointmentCommand;
    type Event = AppointmentEvent;
    type Refusal = AppointmentRefusal;

    fn decide(&self, command: AppointmentCommand) -> Result<Vec<AppointmentEvent>, AppointmentRefusal> {
        use AppointmentCommand::{Book, Cancel};

        match (self, command) {
            (Self::Unbooked, Book { cart, link, client, place, spots, entitlement }) => {
                let membership_id = entitlement.judge()?;
                let booked = AppointmentBooked {
                    cart_id: cart,
                    link_id: link,
                    client_id: client,
                    place,
                    spots,
                    membership_id,
                };
                Ok(vec![booked.into()])
            }
            (Self::Unbooked, _) => Err(AppointmentRefusal::NotBooked),
            (Self::Cancelled(_), Cancel(_)) => Ok(vec![]),
            (Self::Cancelled(_), _) => Err(AppointmentRefusal::Cancelled),
            (Self::Booked(booking), command) => booking.decide(command),
        }
    }

    fn evolve(self, event: &AppointmentEvent) -> Self {
        match (self, event) {
            (_, AppointmentEvent::Booked(fact)) => Self::Booked(Booking {
                cart: fact.cart_id,
                link: fact.link_id,
                client: fact.client_id,
                place: fact.place,
                spots: fact.spots,
                membership: fact.membership_id,
                attendance: None,
            }),
            (Self::Unbooked, _) => Self::Unbooked,
            (Self::Booked(booking) | Self::Cancelled(booking), AppointmentEvent::Cancelled(_)) => {
                Self::Cancelled(booking)
            }
            (Self::Booked(booking), _) => Self::Booked(booking.after(event)),
            (Self::Cancelled(booking), _) => Self::Cancelled(booking.after(event)),
        }
    }
}

impl Booking {
    /// Answers a command to an appointment that is booked and not cancelled.
    fn decide(&self, command: AppointmentCommand) -> Result<Vec<AppointmentEvent>, AppointmentRefusal> {
        use AppointmentCommand::{
            Book, Cancel, FollowMove, FollowTeamMember, NoteAttendance, ReduceSpots, Reschedule,
        };

        let fact: AppointmentEvent = match command {
            Book { cart, place, spots, .. } => {
                let same =
                    (self.cart, self.place.activity_id, self.spots) == (cart, place.activity_id, spots);
                return if same { Ok(vec![]) } else { Err(AppointmentRefusal::AlreadyBooked) };
            }
            Cancel(change) => {
                change.permit(self).map_err(AppointmentRefusal::CancellingClosed)?;
                AppointmentCancelled {
                    activity_id: self.place.activity_id,
                    by: change.by,
                    starts_at: self.place.starts_at,
                }
                .into()
            }
            Reschedule { to, .. } if to.activity_id == self.place.activity_id => return Ok(vec![]),
            Reschedule { to, change, entitlement } => {
                change.permit(self).map_err(AppointmentRefusal::ReschedulingClosed)?;
                if change.by == By::Client {
                    permit_place(&self.place, &to)?;
                }
                let membership_id = entitlement.judge()?;
                AppointmentRescheduled { from: self.place, to, membership_id, by: change.by }.into()
            }
            ReduceSpots { spots, change } if spots < self.spots => {
                change.permit(self).map_err(AppointmentRefusal::CancellingClosed)?;
                SpotsReduced { activity_id: self.place.activity_id, was: self.spots, spots, by: change.by }
                    .into()
            }
            ReduceSpots { spots, .. } if spots == self.spots => return Ok(vec![]),
            ReduceSpots { .. } => return Err(AppointmentRefusal::NotFewerSpots { now: self.spots }),
            NoteAttendance(attendance) if attendance == self.attendance => return Ok(vec![]),
            NoteAttendance(attendance) => {
                AttendanceNoted { activity_id: self.place.activity_id, attendance }.into()
            }
            FollowMove { starts_at, duration } => {
                let was = self.place;
                if (starts_at, duration) == (was.starts_at, was.duration) {
                    return Ok(vec![]);
                }
                AppointmentMoved { activity_id: was.activity_id, was: was.starts_at, starts_at, duration }
                    .into()
            }
            FollowTeamMember(member) if member == self.place.team_member_id => return Ok(vec![]),
            FollowTeamMember(member) => TeamMemberReplaced {
                activity_id: self.place.activity_id,
                was: self.place.team_member_id,
                team_member_id: member,
            }
            .into(),
        };
        Ok(vec![fact])
    }

    fn after(mut self, event: &AppointmentEvent) -> Self {
        match event {
            AppointmentEvent::Rescheduled(fact) => {
                self.place = fact.to;
                self.membership = fact.membership_id;
                // What was noted is of another event.
                self.attendance = None;
            }
            AppointmentEvent::SpotsReduced(fact) => self.spots = fact.spots,
            AppointmentEvent::Moved(fact) => {
                self.place.starts_at = fact.starts_at;
                self.place.duration = fact.duration;
            }
            AppointmentEvent::TeamMemberReplaced(fact) => self.place.team_member_id = fact.team_member_id,
            AppointmentEvent::AttendanceNoted(fact) => self.attendance = fact.attendance,
            AppointmentEvent::Booked(_) | AppointmentEvent::Cancelled(_) => {}
        }
        self
    }
}

/// A client moves to another event of the same service and team member.
fn permit_place(from: &Place, to: &Place) -> Result<(), AppointmentRefusal> {
    if from.service_id != to.service_id {
        return Err(AppointmentRefusal::DifferentServices);
    }
    if from.team_member_id != to.team_member_id {
        return Err(AppointmentRefusal::DifferentTeamMembers);
    }
    Ok(())
}
