//! Studios with schedules, clients and carts, the same for all contestants.

use aggregates::booking_link::{Kind, Settings};
use aggregates::branch::{Details, MembershipBooking, Service};
use aggregates::cart::{Mode, Pick};
use aggregates::ids::{ActivityId, BranchId, CartId, ClientId, LinkId, ServiceId, TeamMemberId};
use aggregates::values::{MaxEvents, MultipleEventBooking, Name};
use cartwheel::app::{App, StoreAt};
use cartwheel::capability::Token;
use cartwheel::clock::Clock;
use cartwheel::command::{Actor, Command, Confirm, Envelope, Gap, IdempotencyKey, Scheduling};
use cartwheel::contact::{Contact, Phone};
use cartwheel::ledger::Address;
use cartwheel::vault::{Typed, Vault};
use chrono::{DateTime, Days, NaiveDateTime, Utc};
use futures::StreamExt;
use uuid::Uuid;

use crate::place::Place;
use crate::plain::Transaction;
use crate::{plain, stock};

/// Spots of each event; so many confirmations in a row want the same ten events.
const CAPACITY: usize = 30;

/// Dates of one confirmation.
pub const DATES: usize = 10;

pub struct World {
    pub place: Place,
    clock: Clock,
    pub studios: Vec<Studio>,
    pub bookings: Vec<Booking>,
    /// What plain transactions store.
    pub transactions: Vec<Transaction>,
}

pub struct Studio {
    pub branch: BranchId,
    pub link: LinkId,
    pub service: ServiceId,
    pub team_member: TeamMemberId,
    events: Vec<ActivityId>,
}

/// One client's way.
pub struct Booking {
    /// Which studio.
    pub studio: usize,
    pub cart: CartId,
    pub client: ClientId,
    pub events: Vec<ActivityId>,
    pub opening: Envelope,
    pub confirmation: Envelope,
}

fn name(text: &str) -> Name {
    Name::try_from(text.to_owned()).unwrap()
}

pub fn monday() -> DateTime<Utc> {
    "2027-01-04T08:00:00Z".parse().unwrap()
}

impl World {
    /// Makes the stores that contestants start from: `furnished` without carts, `opened` with them, and `stock`, which
    /// has as many open carts. `counts` says how many bookings ours, plain and stock need.
    pub async fn prepare(place: Place, branches: usize, counts: [usize; 3]) -> Self {
        let most = counts.into_iter().max().unwrap_or(0);
        let groups = most.div_ceil(branches).div_ceil(CAPACITY);
        let studio = |_| Studio {
            branch: BranchId(Uuid::now_v7()),
            link: LinkId(Uuid::now_v7()),
            service: ServiceId(Uuid::now_v7()),
            team_member: TeamMemberId(Uuid::now_v7()),
            events: (0..groups * DATES).map(|_| ActivityId(Uuid::now_v7())).collect(),
        };
        let studios: Vec<Studio> = (0..branches).map(studio).collect();
        let clock = Clock::standing(monday());
        let mut world = Self { place, clock, studios, bookings: vec![], transactions: vec![] };
        world.bookings = world.furnish(most).await;
        world.open_carts().await;
        world.transactions = plain::record(&world, counts[1]).await;
        if let Place::Folder(_) = world.place {
            stock::prepare(&world, most).await;
        }
        world
    }

    pub async fn app(&self, address: &Address) -> App {
        let key = Some(self.place.folder().join("key"));
        let store = StoreAt { address: address.clone(), master_key: key, migrate: false };
        App::open(&store, self.clock.clone()).await.unwrap()
    }

    /// Opens the carts of the first bookings.
    pub async fn open_carts_of(&self, app: &App, bookings: usize) {
        let openings = self.bookings[..bookings].iter().map(|booking| app.ask(booking.opening.clone()));
        let mut opened = futures::stream::iter(openings).buffer_unordered(256);
        while let Some(opened) = opened.next().await {
            opened.unwrap();
        }
    }

    async fn open_carts(&self) {
        let app = self.app(&self.place.copy("furnished", "opened").await).await;
        self.open_carts_of(&app, self.bookings.len()).await;
        app.close().await;
    }

    fn envelope(&self, app: &App, branch: BranchId, command: Command) -> Envelope {
        Envelope {
            branch,
            at: self.clock.now(),
            actor: Actor::Client,
            request: Uuid::now_v7().to_string(),
            key: None,
            if_match: None,
            seal: app.vault.answer_key(),
            show: None,
            command,
        }
    }

    async fn furnish(&self, bookings: usize) -> Vec<Booking> {
        let app = self.app(&self.place.make("furnished").await).await;
        for studio in &self.studios {
            for command in studio.furniture() {
                app.ask(self.envelope(&app, studio.branch, command)).await.unwrap();
            }
        }
        let bookings = (0..bookings).map(|n| self.booking(&app, n));
        let bookings = futures::stream::iter(bookings).buffered(64).collect().await;
        app.close().await;
        bookings
    }

    async fn booking(&self, app: &App, n: usize) -> Booking {
        let place = n % self.studios.len();
        let studio = &self.studios[place];
        let group = n / self.studios.len() / CAPACITY;
        let events = studio.events[group * DATES..(group + 1) * DATES].to_vec();
        let cart = CartId(Uuid::now_v7());
        let picks = events.iter().map(|activity| Pick { activity: *activity, spots: None }).collect();
        let token = Token::draw(studio.branch);
        let opening = Command::OpenCart { cart, link: studio.link, picks, token };
        let opening = self.envelope(app, studio.branch, opening);

        let phone = format!("030 23{n:06}");
        let contact = Contact {
            name: name("Anna Berg"),
            phone: Phone::parse(&phone, "DE".to_owned().try_into().unwrap()).unwrap(),
            email: Some(format!("anna{n}@example.org")),
            comment: None,
        };
        let client = app.vault.admit(studio.branch, &contact).await.unwrap();
        let tokens: Vec<Token> = (0..DATES).map(|_| Token::draw(studio.branch)).collect();
        let result = Token::draw(studio.branch);
        let typed = Typed { contact, tokens: tokens.clone(), result: result.clone() };
        let confirm = Confirm {
            cart,
            client: client.id,
            mode: Mode::AllOrNothing,
            with_membership: false,
            consent: None,
            has_email: true,
            has_comment: false,
            seen: None,
            dry_run: false,
            result,
            tokens,
            typed: Vault::seal_typed(studio.branch, cart, &client, &typed).unwrap(),
        };
        let command = Command::ConfirmMultiBooking(Box::new(confirm));
        let mut confirmation = self.envelope(app, studio.branch, command);
        confirmation.seal = client.key;
        confirmation.key = Some(IdempotencyKey {
            scope: cart.to_string(),
            key: Uuid::now_v7().to_string(),
            fingerprint: app.vault.fingerprint(phone.as_bytes()),
        });
        Booking { studio: place, cart, client: client.id, events, opening, confirmation }
    }
}

impl Studio {
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

    fn furniture(&self) -> Vec<Command> {
        let schedule = (0..).zip(&self.events).map(|(n, activity)| Scheduling {
            activity: *activity,
            service: self.service,
            team_member: self.team_member,
            starts_local: Self::first_start() + Days::new(n % 300),
            gap: Gap::Shift,
            duration: 60.try_into().unwrap(),
            capacity: u32::try_from(CAPACITY).unwrap().try_into().unwrap(),
            open: true,
        });
        vec![
            Command::OpenBranch(Self::details()),
            Command::SetService(self.service, Self::yoga()),
            Command::SetTeamMember(self.team_member, name("Sofie")),
            Command::CreateLink(self.link, Kind::Group, Box::new(Self::settings())),
            Command::Schedule(schedule.collect()),
        ]
    }
}
