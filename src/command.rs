//! What somebody asks of a branch, parsed, and how it may be answered.

mod answer;
mod code;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use aggregates::appearance::Appearance;
use aggregates::appointment::{Attendance, By};
use aggregates::booking_link::{Kind, Settings};
use aggregates::branch::{Details, Rules, Service};
use aggregates::cart::{Mode, Pick, Seen};
use aggregates::ids::{
    ActivityId, AppointmentId, BranchId, CartId, ClientId, LinkId, MembershipId, ServiceId, TeamMemberId,
};
use aggregates::membership::Terms;
use aggregates::values::{Capacity, Duration, Name, Spots};
use chrono::{DateTime, NaiveDateTime, Utc};
use uuid::Uuid;

pub use self::answer::{
    Answer, Booked, Confirmed, Done, Failure, ItemOutcome, Refusal, Reply, Scheduled, Show, Shown,
};
use crate::capability::Token;
use crate::ledger::table::Cell;
use crate::staff::{TokenId, UserId};
use crate::traces::Traces;
use crate::vault;

/// A command on its way to its branch, with everything that must not be drawn or looked up later.
#[derive(Debug, Clone)]
pub struct Envelope {
    pub branch: BranchId,
    pub at: DateTime<Utc>,
    pub actor: Actor,
    /// The id of the request that brought it, for logs and audits.
    pub request: String,
    /// Set if the requester may ask again and wants the same answer.
    pub key: Option<IdempotencyKey>,
    /// Set if the requester changes only what they saw: the version of the addressed aggregate.
    pub if_match: Option<u64>,
    /// Seals the stored answer.
    pub seal: vault::Key,
    /// Set if the answer shows rows: writes it as the requester gets it.
    pub show: Option<Arc<dyn Show>>,
    pub command: Command,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    Client,
    /// Staff, not signed in: somebody at this machine, before anybody can sign in.
    Staff,
    /// Staff who signed in.
    User(UserId),
    /// A program that showed a token.
    Token(TokenId),
    Import,
    Demonstration,
}

impl Actor {
    /// The name under which facts remember it.
    #[must_use]
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Self::Client => "client".into(),
            Self::Staff => "staff".into(),
            Self::User(id) => format!("{USER}{id}").into(),
            Self::Token(id) => format!("{TOKEN}{id}").into(),
            Self::Import => "import".into(),
            Self::Demonstration => "demonstration".into(),
        }
    }

    /// Reads one of staff from the name of an actor.
    #[must_use]
    pub fn of_staff(name: &str) -> Option<Self> {
        let id = |prefix: &str| name.strip_prefix(prefix)?.parse::<Uuid>().ok();
        match (name, id(USER), id(TOKEN)) {
            ("staff", ..) => Some(Self::Staff),
            (_, Some(user), _) => Some(Self::User(UserId(user))),
            (_, _, Some(token)) => Some(Self::Token(TokenId(token))),
            _ => None,
        }
    }
}

/// What the names of staff and of tokens begin with, before an id.
const USER: &str = "user:";
const TOKEN: &str = "token:";

/// `Idempotency-Key`: the same key and request give the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The cart or the principal within which the key is unique.
    pub scope: String,
    pub key: String,
    /// Of the request as parsed, personal data included.
    pub fingerprint: [u8; 32],
}

/// What is asked.
#[derive(Debug, Clone)]
pub enum Command {
    OpenCart {
        cart: CartId,
        link: LinkId,
        picks: Vec<Pick>,
        token: Token,
    },
    SelectEvents {
        cart: CartId,
        picks: Vec<Pick>,
    },
    SetSpots {
        cart: CartId,
        activity: ActivityId,
        spots: Spots,
    },
    ConfirmMultiBooking(Box<Confirm>),
    CancelAppointment {
        appointment: AppointmentId,
        by: Requester,
    },
    RescheduleAppointment {
        appointment: AppointmentId,
        to: ActivityId,
        by: Requester,
    },
    ReduceSpots {
        appointment: AppointmentId,
        spots: Spots,
        by: Requester,
    },
    NoteAttendance {
        appointment: AppointmentId,
        attendance: Option<Attendance>,
    },
    BookForClient(Box<DeskBooking>),
    OpenBranch(Details),
    SetDetails(Details),
    SetRules(Rules),
    /// Both with one *Save*.
    SaveBranch(Box<Details>, Rules),
    SetService(ServiceId, Service),
    SetTeamMember(TeamMemberId, Name),
    CreateLink(LinkId, Kind, Box<Settings>),
    SetUpLink(LinkId, Box<Settings>),
    DressLink(LinkId, Box<Appearance>),
    /// Both with one *Save*.
    SaveLink(LinkId, Box<Settings>, Box<Appearance>),
    Schedule(Vec<Scheduling>),
    SetCapacity {
        activity: ActivityId,
        capacity: Capacity,
        force: bool,
    },
    MoveActivity {
        activity: ActivityId,
        starts_local: NaiveDateTime,
        duration: Option<Duration>,
    },
    CancelActivity(ActivityId),
    ReplaceTeamMember(ActivityId, TeamMemberId),
    SetOpen(ActivityId, bool),
    GrantMembership(ClientId, MembershipId, Terms),
    /// What is stored about a client is handed over.
    ExportClient {
        client: ClientId,
        by: By,
    },
    /// The private addresses of a client are ended.
    EndLinks {
        client: ClientId,
        by: By,
    },
    EraseClient(Box<Erasure>),
}

/// One confirmation of a whole cart.
#[derive(Debug, Clone)]
pub struct Confirm {
    pub cart: CartId,
    pub client: ClientId,
    /// When the client was looked up: they were not erased then.
    pub known_at: Instant,
    pub mode: Mode,
    pub with_membership: bool,
    /// The version of the consent text that was agreed to.
    pub consent: Option<u32>,
    pub has_email: bool,
    pub has_comment: bool,
    /// Whoever asks proved the telephone number for this cart.
    pub phone_proved: bool,
    /// What the requester was shown last, if they say so.
    pub seen: Option<Seen>,
    /// Judge it, and change nothing.
    pub dry_run: bool,
    pub result: Token,
    /// Tokens for the appointments, one per line of the cart.
    pub tokens: Vec<Token>,
    /// What was typed, sealed: a row of `contacts`.
    pub typed: Vec<Cell>,
}

/// Staff book for a client: a cart is opened, filled and confirmed in one step.
#[derive(Debug, Clone)]
pub struct DeskBooking {
    /// The link through whose terms the client changes the appointments later.
    pub link: LinkId,
    pub picks: Vec<Pick>,
    /// Overbook on purpose.
    pub force: bool,
    pub confirm: Confirm,
}

/// Nothing may be known of a client any more.
#[derive(Debug, Clone)]
pub struct Erasure {
    pub client: ClientId,
    pub by: By,
    /// Their appointments that have not begun are cancelled in the same step.
    pub cancel_upcoming: bool,
    /// What was found of them before; what came since is found by the step itself.
    pub traces: Traces,
}

/// Who asks for a change of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requester {
    Client,
    /// Staff; `force` overbooks on purpose.
    Staff {
        force: bool,
    },
}

/// One event to be scheduled.
#[derive(Debug, Clone)]
pub struct Scheduling {
    pub activity: ActivityId,
    pub service: ServiceId,
    pub team_member: TeamMemberId,
    /// On the branch's wall clock.
    pub starts_local: NaiveDateTime,
    /// What becomes of a time in a gap of daylight saving.
    pub gap: Gap,
    pub duration: Duration,
    pub capacity: Capacity,
    pub open: bool,
}

/// What becomes of a wall time that the clock skips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The one who typed it is asked again.
    Refuse,
    /// A series starts later by the gap, and says so.
    Shift,
}

impl Command {
    /// The name under which facts remember what was asked.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::OpenCart { .. } => "open-cart",
            Self::SelectEvents { .. } => "select-events",
            Self::SetSpots { .. } => "set-spots",
            Self::ConfirmMultiBooking(_) => "confirm-multi-booking",
            Self::CancelAppointment { .. } => "cancel-appointment",
            Self::RescheduleAppointment { .. } => "reschedule-appointment",
            Self::ReduceSpots { .. } => "reduce-spots",
            Self::NoteAttendance { .. } => "note-attendance",
            Self::BookForClient(_) => "book-for-client",
            Self::OpenBranch(_) => "open-branch",
            Self::SetDetails(_) => "set-details",
            Self::SetRules(_) => "set-rules",
            Self::SaveBranch(..) => "save-branch",
            Self::SetService(..) => "set-service",
            Self::SetTeamMember(..) => "set-team-member",
            Self::CreateLink(..) => "create-link",
            Self::SetUpLink(..) => "set-up-link",
            Self::DressLink(..) => "dress-link",
            Self::SaveLink(..) => "save-link",
            Self::Schedule(_) => "schedule-activities",
            Self::SetCapacity { .. } => "set-capacity",
            Self::MoveActivity { .. } => "move-activity",
            Self::CancelActivity(_) => "cancel-activity",
            Self::ReplaceTeamMember(..) => "replace-team-member",
            Self::SetOpen(..) => "set-open",
            Self::GrantMembership(..) => "grant-membership",
            Self::ExportClient { .. } => "export-client",
            Self::EndLinks { .. } => "end-links",
            Self::EraseClient(_) => "erase-client",
        }
    }

    /// Whether it is decided on what the store holds, with nothing else on its way there.
    #[must_use]
    pub fn stands_alone(&self) -> bool {
        matches!(self, Self::EraseClient(_) | Self::EndLinks { .. })
    }

    /// Whether it edits an anonymous cart: those wait behind bookings and staff.
    #[must_use]
    pub fn edits_a_cart(&self) -> bool {
        matches!(self, Self::OpenCart { .. } | Self::SelectEvents { .. } | Self::SetSpots { .. })
    }
}
