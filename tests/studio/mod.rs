//! A studio on a store of its own: Yoga by Sofie, Boxing by Marco, and a link that books up to ten events.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "shared by tests, each of which uses a part"
)]

pub mod cookies;
pub mod http;
pub mod pages;
#[path = "../postgres_server/mod.rs"]
pub mod postgres_server;
pub mod store;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use aggregates::booking_link::{Kind, Settings};
use aggregates::branch::{Details, MembershipBooking, Rules, Service};
use aggregates::cart::{Mode, Pick};
use aggregates::change_rules::ChangeRule;
use aggregates::ids::{ActivityId, BranchId, CartId, LinkId, ServiceId, TeamMemberId};
use aggregates::values::{MaxEvents, MultipleEventBooking, MultipleSpots, Name, Notice, SpotLimit, Spots};
use axum::Router;
use cartwheel::app::App;
use cartwheel::capability::{Place, Token};
use cartwheel::clock::Clock;
use cartwheel::command::{
    Actor, Answer, Command, Confirm, Confirmed, Envelope, Failure, Gap, IdempotencyKey, Reply, Scheduling,
};
use cartwheel::contact::{Contact, Phone};
use cartwheel::ledger::Entry;
use cartwheel::vault::{Typed, Vault};
use chrono::{DateTime, Days, NaiveDateTime, Utc};
use store::Store;
use uuid::Uuid;

pub const BRANCH: BranchId = BranchId(Uuid::from_u128(0xb));
pub const LINK: LinkId = LinkId(Uuid::from_u128(0x11));
pub const YOGA: ServiceId = ServiceId(Uuid::from_u128(0x21));
pub const BOXING: ServiceId = ServiceId(Uuid::from_u128(0x22));
pub const SOFIE: TeamMemberId = TeamMemberId(Uuid::from_u128(0x31));
pub const MARCO: TeamMemberId = TeamMemberId(Uuid::from_u128(0x32));

pub struct Studio {
    pub app: App,
    pub clock: Clock,
    /// Yoga with Sofie, Tuesdays and Thursdays, 12 spots each.
    pub yoga: Vec<ActivityId>,
    /// Boxing with Marco, Wednesdays.
    pub boxing: Vec<ActivityId>,
    pub store: Arc<Store>,
    /// Routes, made once: that takes longer than most requests.
    routes: [OnceLock<Router>; 2],
}

/// What belongs to another branch.
pub struct AnotherBranch {
    pub branch: BranchId,
    pub link: LinkId,
    pub service: ServiceId,
    pub team_member: TeamMemberId,
    pub event: ActivityId,
}

pub fn name(text: &str) -> Name {
    Name::try_from(text.to_owned()).unwrap()
}

/// Monday 4 January 2027, 09:00 in Berlin.
pub fn monday() -> DateTime<Utc> {
    "2027-01-04T08:00:00Z".parse().unwrap()
}

impl Studio {
    pub async fn open() -> Self {
        Self::with_capacity(12).await
    }

    pub async fn with_capacity(capacity: u32) -> Self {
        Self::furnished(Store::new().await, capacity).await
    }

    /// In a store where nothing is yet.
    pub async fn furnished(store: Store, capacity: u32) -> Self {
        let mut studio = Self::over(Arc::new(store)).await;
        for command in Self::furnishing() {
            studio.staff(command).await.unwrap();
        }
        studio.yoga =
            studio.schedule(YOGA, SOFIE, &["2027-01-05T18:30:00", "2027-01-07T18:30:00"], capacity).await;
        studio.boxing = studio.schedule(BOXING, MARCO, &["2027-01-06T19:00:00"], capacity).await;
        studio
    }

    /// The studio as a process sees it that was told only where its store is, and of its yoga.
    pub async fn joined(address: &str, yoga: Vec<ActivityId>) -> Self {
        Self { yoga, ..Self::over(Arc::new(Store::at(address))).await }
    }

    /// Whatever is in that store.
    async fn over(store: Arc<Store>) -> Self {
        let clock = Clock::standing(monday());
        let app = App::open(&store.place(), clock.clone()).await.unwrap();
        Self { app, clock, yoga: vec![], boxing: vec![], store, routes: Default::default() }
    }

    /// Another process over the same store.
    pub async fn another_process(&self) -> App {
        App::open(&self.store.place(), self.clock.clone()).await.unwrap()
    }

    /// The file of a studio in SQLite.
    pub fn path(&self) -> PathBuf {
        self.store.path()
    }

    pub fn service(text: &str) -> Service {
        Service {
            name: name(text),
            duration: 60.try_into().unwrap(),
            price: None,
            prepayment_required: false,
            membership_booking: MembershipBooking::Off,
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

    fn furnishing() -> Vec<Command> {
        vec![
            Command::OpenBranch(Self::details()),
            Command::SetRules(Self::rules()),
            Command::SetService(YOGA, Self::service("Yoga")),
            Command::SetService(BOXING, Self::service("Boxing")),
            Command::SetTeamMember(SOFIE, name("Sofie")),
            Command::SetTeamMember(MARCO, name("Marco")),
            Command::CreateLink(LINK, Kind::Group, Box::new(Self::settings())),
        ]
    }

    pub fn rules() -> Rules {
        let day: Notice = (24 * 60).try_into().unwrap();
        Rules {
            prepayment: false,
            multiple_spots: MultipleSpots::UpTo(SpotLimit::try_from(4).unwrap()),
            cancellation: ChangeRule { allowed: true, notice: day },
            rescheduling: ChangeRule { allowed: true, notice: Notice::MIN },
            ..Rules::default()
        }
    }

    pub fn settings() -> Settings {
        let multiple_events = MultipleEventBooking::UpTo(MaxEvents::MAX);
        Settings { multiple_events, ..Settings::named(name("Yoga weekly")) }
    }

    pub async fn schedule(
        &self,
        service: ServiceId,
        team_member: TeamMemberId,
        first: &[&str],
        capacity: u32,
    ) -> Vec<ActivityId> {
        let mut events = vec![];
        for week in 0..10 {
            for first in first {
                let first: NaiveDateTime = first.parse().unwrap();
                events.push(Scheduling {
                    activity: ActivityId(Uuid::now_v7()),
                    service,
                    team_member,
                    starts_local: first + Days::new(7 * week),
                    gap: Gap::Shift,
                    duration: 60.try_into().unwrap(),
                    capacity: capacity.try_into().unwrap(),
                    open: true,
                });
            }
        }
        let ids = events.iter().map(|event| event.activity).collect();
        self.staff(Command::Schedule(events)).await.unwrap();
        ids
    }

    pub async fn staff(&self, command: Command) -> Result<Reply, Failure> {
        self.app.ask(self.envelope(Actor::Staff, None, command)).await
    }

    pub async fn client(&self, command: Command) -> Result<Reply, Failure> {
        self.app.ask(self.envelope(Actor::Client, None, command)).await
    }

    pub fn envelope(&self, actor: Actor, key: Option<IdempotencyKey>, command: Command) -> Envelope {
        Envelope {
            branch: BRANCH,
            at: self.clock.now(),
            actor,
            request: Uuid::now_v7().to_string(),
            key,
            if_match: None,
            seal: self.app.vault.answer_key(),
            show: None,
            command,
        }
    }

    /// A second branch in the same store, with a link and one event of the same kind.
    pub async fn another_branch(&self) -> AnotherBranch {
        let there = AnotherBranch {
            branch: BranchId(Uuid::from_u128(0xc)),
            link: LinkId(Uuid::from_u128(0xc11)),
            service: ServiceId(Uuid::from_u128(0xc21)),
            team_member: TeamMemberId(Uuid::from_u128(0xc31)),
            event: ActivityId(Uuid::from_u128(0xc41)),
        };
        let event = Scheduling {
            activity: there.event,
            service: there.service,
            team_member: there.team_member,
            starts_local: "2027-01-05T18:30:00".parse().unwrap(),
            gap: Gap::Refuse,
            duration: 60.try_into().unwrap(),
            capacity: 12.try_into().unwrap(),
            open: true,
        };
        for command in [
            Command::OpenBranch(Self::details()),
            Command::SetService(there.service, Self::service("Yoga")),
            Command::SetTeamMember(there.team_member, name("Sofie")),
            Command::CreateLink(there.link, Kind::Group, Box::new(Self::settings())),
            Command::Schedule(vec![event]),
        ] {
            let envelope = self.envelope(Actor::Staff, None, command);
            self.app.ask(Envelope { branch: there.branch, ..envelope }).await.unwrap();
        }
        there
    }

    /// Opens a cart with these events, one spot each.
    pub async fn select(&self, events: &[ActivityId]) -> Result<CartId, Failure> {
        let cart = CartId(Uuid::now_v7());
        let picks = events.iter().map(|activity| Pick { activity: *activity, spots: None }).collect();
        let token = Token::draw(BRANCH);
        self.client(Command::OpenCart { cart, link: LINK, picks, token }).await?;
        Ok(cart)
    }

    pub async fn set_spots(&self, cart: CartId, activity: ActivityId, spots: u32) -> Result<Reply, Failure> {
        let spots = Spots::try_from(spots).unwrap();
        self.client(Command::SetSpots { cart, activity, spots }).await
    }

    /// A confirmation by the person with that telephone number.
    pub async fn confirmation(&self, cart: CartId, phone: &str, key: Option<&str>, mode: Mode) -> Envelope {
        self.confirmation_through(&self.app, cart, phone, key, mode).await
    }

    pub async fn confirmation_through(
        &self,
        app: &App,
        cart: CartId,
        phone: &str,
        key: Option<&str>,
        mode: Mode,
    ) -> Envelope {
        let country = "DE".to_owned().try_into().unwrap();
        let contact = Contact {
            name: name("Anna Berg"),
            phone: Phone::parse(phone, country).unwrap(),
            email: None,
            comment: None,
        };
        let client = app.vault.admit(BRANCH, &contact).await.unwrap();
        let place = Place::draw();
        let tokens: Vec<Token> = (0..10).map(|_| Token::draw_at(place, BRANCH)).collect();
        let result = Token::draw_at(place, BRANCH);
        let typed = Typed { contact, tokens: tokens.clone(), result: result.clone(), language: None };
        let confirm = Confirm {
            cart,
            client: client.id,
            known_at: client.known_at,
            mode,
            with_membership: false,
            consent: None,
            has_email: false,
            has_comment: false,
            phone_proved: false,
            seen: None,
            dry_run: false,
            result,
            tokens,
            typed: Vault::seal_typed(BRANCH, cart, &client, &typed).unwrap(),
        };
        let key = key.map(|key| IdempotencyKey {
            scope: cart.to_string(),
            key: key.to_owned(),
            fingerprint: app.vault.fingerprint(phone.as_bytes()),
        });
        let mut envelope = self.envelope(Actor::Client, key, Command::ConfirmMultiBooking(Box::new(confirm)));
        envelope.seal = client.key;
        envelope
    }

    pub async fn confirm(&self, cart: CartId, phone: &str) -> Result<Confirmed, Failure> {
        let envelope = self.confirmation(cart, phone, None, Mode::AllOrNothing).await;
        confirmed(self.app.ask(envelope).await)
    }

    /// Every fact of the studio.
    pub async fn facts(&self) -> Vec<Entry> {
        self.app.ledger.read(BRANCH, 0, 1_000_000).await.unwrap()
    }
}

pub fn confirmed(reply: Result<Reply, Failure>) -> Result<Confirmed, Failure> {
    match reply?.answer {
        Answer::Confirmed(confirmed) => Ok(confirmed),
        other => Err(Failure::Broken(format!("{other:?} is no confirmation"))),
    }
}
