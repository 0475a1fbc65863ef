//! Studios with schedules, and clients who book there, as all measurements have them.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "shared by benchmarks, each of which uses a part; stops at what it did not expect"
)]

use aggregates::booking_link::{Kind, Settings};
use aggregates::branch::{Details, MembershipBooking, Service};
use aggregates::cart::{Mode, Pick};
use aggregates::ids::{ActivityId, BranchId, CartId, ClientId, LinkId, ServiceId, TeamMemberId};
use aggregates::values::{MaxEvents, MultipleEventBooking, Name};
use cartwheel::app::App;
use cartwheel::capability::{Place, Token};
use cartwheel::command::{Actor, Command, Confirm, Envelope, Gap, IdempotencyKey, Scheduling};
use cartwheel::contact::{Contact, Phone};
use cartwheel::vault::{Typed, Vault};
use chrono::{DateTime, Days, NaiveDateTime, Utc};
use uuid::Uuid;

/// Dates of one confirmation.
pub const DATES: usize = 10;

/// Spots of each event; so many confirmations in a row want the same ten events.
pub const CAPACITY: usize = 30;

/// Facts of opening a cart (opened, selected) and confirming it (confirmed, and two for each date).
pub const FACTS: usize = 2 + 1 + 2 * DATES;

pub struct Studio {
    pub branch: BranchId,
    pub link: LinkId,
    pub service: ServiceId,
    pub team_member: TeamMemberId,
    pub events: Vec<ActivityId>,
}

/// One client's way.
pub struct Booking {
    pub cart: CartId,
    pub client: ClientId,
    pub events: Vec<ActivityId>,
    /// Opens the cart.
    pub token: Token,
    pub phone: String,
    pub opening: Envelope,
    pub confirmation: Envelope,
}

fn name(text: &str) -> Name {
    Name::try_from(text.to_owned()).unwrap()
}

/// When everything happens.
pub fn monday() -> DateTime<Utc> {
    "2027-01-04T08:00:00Z".parse().unwrap()
}

pub fn envelope(app: &App, branch: BranchId, command: Command) -> Envelope {
    Envelope {
        branch,
        at: app.clock.now(),
        actor: Actor::Client,
        request: Uuid::now_v7().to_string(),
        key: None,
        if_match: None,
        seal: app.vault.answer_key(),
        show: None,
        command,
    }
}

impl Studio {
    /// One with room for so many bookings of ten dates.
    pub fn for_bookings(bookings: usize) -> Self {
        let events = bookings.div_ceil(CAPACITY) * DATES;
        Self {
            branch: BranchId(Uuid::now_v7()),
            link: LinkId(Uuid::now_v7()),
            service: ServiceId(Uuid::now_v7()),
            team_member: TeamMemberId(Uuid::now_v7()),
            events: (0..events).map(|_| ActivityId(Uuid::now_v7())).collect(),
        }
    }

    pub fn details() -> Details {
        Details {
            name: name("Riverside Studio"),
            time_zone: chrono_tz::Europe::Berlin,
            country: "DE".to_owned().try_into().unwrap(),
            address: Some(name("12 Quay Street")),
            phone: Some(name("030 2312 5014")),
        }
    }

    pub fn yoga() -> Service {
        Service {
            name: name("Yoga"),
            duration: 60.try_into().unwrap(),
            price: None,
            prepayment_required: false,
            membership_booking: MembershipBooking::Off,
        }
    }

    pub fn settings() -> Settings {
        let multiple_events = MultipleEventBooking::UpTo(MaxEvents::MAX);
        Settings { multiple_events, ..Settings::named(name("Yoga weekly")) }
    }

    pub fn first_start() -> NaiveDateTime {
        "2027-01-05T08:00:00".parse().unwrap()
    }

    /// Opens the branch and schedules its events, one a day.
    pub async fn furnish(&self, app: &App) {
        for command in [
            Command::OpenBranch(Self::details()),
            Command::SetService(self.service, Self::yoga()),
            Command::SetTeamMember(self.team_member, name("Sofie")),
            Command::CreateLink(self.link, Kind::Group, Box::new(Self::settings())),
            self.schedule(&self.events, 0, CAPACITY),
        ] {
            app.ask(envelope(app, self.branch, command)).await.unwrap();
        }
    }

    /// Events with so many spots, one a day, beginning with that day.
    pub fn schedule(&self, events: &[ActivityId], first_day: u64, capacity: usize) -> Command {
        let schedule = (0..).zip(events).map(|(n, activity)| Scheduling {
            activity: *activity,
            service: self.service,
            team_member: self.team_member,
            starts_local: Self::first_start() + Days::new(first_day + n % 300),
            gap: Gap::Shift,
            duration: 60.try_into().unwrap(),
            capacity: u32::try_from(capacity).unwrap().try_into().unwrap(),
            open: true,
        });
        Command::Schedule(schedule.collect())
    }

    /// The events of the booking with this number, counted within this studio.
    pub fn events_of(&self, n: usize) -> Vec<ActivityId> {
        let group = n / CAPACITY;
        self.events[group * DATES..(group + 1) * DATES].to_vec()
    }

    /// What client number `n` of the whole world asks to book these events.
    pub async fn booking(&self, app: &App, n: usize, events: Vec<ActivityId>) -> Booking {
        let cart = CartId(Uuid::now_v7());
        let picks = events.iter().map(|activity| Pick { activity: *activity, spots: None }).collect();
        let token = Token::draw(self.branch);
        let opening = Command::OpenCart { cart, link: self.link, picks, token: token.clone() };
        let opening = envelope(app, self.branch, opening);

        let phone = format!("030 23{n:06}");
        let contact = Contact {
            name: name("Anna Berg"),
            phone: Phone::parse(&phone, "DE".to_owned().try_into().unwrap()).unwrap(),
            email: Some(format!("anna{n}@example.org")),
            comment: None,
        };
        let client = app.vault.admit(self.branch, &contact).await.unwrap();
        let place = Place::draw();
        let tokens: Vec<Token> = (0..DATES).map(|_| Token::draw_at(place, self.branch)).collect();
        let result = Token::draw_at(place, self.branch);
        let typed = Typed { contact, tokens: tokens.clone(), result: result.clone(), language: None };
        let confirm = Confirm {
            cart,
            client: client.id,
            known_at: client.known_at,
            mode: Mode::AllOrNothing,
            with_membership: false,
            consent: None,
            has_email: true,
            has_comment: false,
            phone_proved: false,
            seen: None,
            dry_run: false,
            result,
            tokens,
            typed: Vault::seal_typed(self.branch, cart, &client, &typed).unwrap(),
        };
        let command = Command::ConfirmMultiBooking(Box::new(confirm));
        let mut confirmation = envelope(app, self.branch, command);
        confirmation.seal = client.key;
        confirmation.key = Some(IdempotencyKey {
            scope: cart.to_string(),
            key: Uuid::now_v7().to_string(),
            fingerprint: app.vault.fingerprint(phone.as_bytes()),
        });
        Booking { cart, client: client.id, events, token, phone, opening, confirmation }
    }
}
