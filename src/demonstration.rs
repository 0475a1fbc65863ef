//! A studio to look at: Yoga by Sofie on Tuesdays and Thursdays, bookable at once.
//!
//! Everything goes through the lanes like any other command, under ids that stay the same, so that a second start adds
//! only the weeks that are missing.

use aggregates::booking_link::{Kind, Settings};
use aggregates::branch::{Details, MembershipBooking, Rules, Service};
use aggregates::change_rules::ChangeRule;
use aggregates::ids::{ActivityId, BranchId, LinkId, MembershipId, ServiceId, TeamMemberId};
use aggregates::membership::{Status, Terms};
use aggregates::values::{MaxEvents, Money, MultipleEventBooking, MultipleSpots, Name, Offered, SpotLimit};
use anyhow::Context;
use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use uuid::Uuid;

use crate::app::App;
use crate::app::booking::Caller;
use crate::app::reading::Events;
use crate::command::{Actor, Command, Failure, Gap, Scheduling};
use crate::contact::{Contact, Phone};
use crate::ledger::table::STORE;

/// Under this name a store remembers that it was made for a demonstration.
const MARK: &str = "demonstration";

/// Under this name, that its studio is furnished to the last chair.
const FURNISHED: &str = "demonstration-furnished";

/// How many weeks ahead there are events.
const WEEKS: u64 = 10;

/// The namespace of the demonstration's ids (UUID version 5, RFC 9562).
const IDS: Uuid = Uuid::from_u128(0x7b8e_31c2_5d0f_4e6a_9a51_c0de_ca27_0001);

fn id(name: &str) -> Uuid {
    Uuid::new_v5(&IDS, name.as_bytes())
}

/// One weekly class.
struct Class {
    service: &'static str,
    team_member: &'static str,
    weekday: Weekday,
    /// Hour and minute on the wall clock.
    at: (u32, u32),
    capacity: u32,
}

const CLASSES: [Class; 4] = [
    Class { service: "Yoga", team_member: "Sofie", weekday: Weekday::Tue, at: (18, 30), capacity: 9 },
    Class { service: "Yoga", team_member: "Sofie", weekday: Weekday::Thu, at: (18, 30), capacity: 9 },
    Class { service: "Boxing", team_member: "Marco", weekday: Weekday::Wed, at: (19, 45), capacity: 12 },
    Class { service: "Pilates", team_member: "Marco", weekday: Weekday::Sat, at: (10, 0), capacity: 6 },
];

/// Whether a store was made for a demonstration, or is empty and may become one.
///
/// # Errors
///
/// If it holds something else: a demonstration leaves real studios alone.
pub async fn check(app: &App) -> anyhow::Result<()> {
    let empty = app.ledger.branches().await.map_err(away)?.is_empty();
    let marked = app.remembered(MARK).await.map_err(away)?.is_some();
    anyhow::ensure!(
        empty || marked,
        "this store holds a real studio, and a demonstration would add to it; name another with --store"
    );
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
fn away(error: crate::ledger::StoreError) -> anyhow::Error {
    anyhow::anyhow!("the store cannot be asked: {error}")
}

/// Furnishes the studio. One that is furnished stays as its visitors left it, but gets new weeks once the old ones
/// have passed.
///
/// # Errors
///
/// If the store cannot be asked.
pub async fn furnish(app: &App) -> anyhow::Result<()> {
    check(app).await?;
    let branch = BranchId(id("branch"));
    if app.remembered(FURNISHED).await.map_err(away)?.is_some() {
        let ahead = Events { from: Some(app.clock.now()), limit: Some(1), ..Events::default() };
        let over = app.events(branch, ahead).await.map_err(away)?.is_empty();
        return if over { schedule(app, branch).await } else { Ok(()) };
    }
    app.ledger.insert_new(&STORE, vec![MARK.into(), vec![1].into()]).await.map_err(away)?;
    for command in studio()? {
        ask(app, branch, command).await?;
    }
    let anna = Contact {
        name: name("Anna Berg")?,
        phone: Phone::parse("030 23125 014", "DE".to_owned().try_into()?)?,
        email: None,
        comment: None,
    };
    let client = app.vault.admit(branch, &anna).await.map_err(away)?;
    let ten_visits = Terms {
        name: name("Yoga 10")?,
        services: Offered::Only([ServiceId(id("Yoga"))].into()),
        balance: Some(10),
        expires_on: None,
        status: Status::Active,
    };
    ask(app, branch, Command::GrantMembership(client.id, MembershipId(id("Yoga 10")), ten_visits)).await?;
    schedule(app, branch).await?;
    app.ledger.insert_new(&STORE, vec![FURNISHED.into(), vec![1].into()]).await.map_err(away)
}

async fn ask(app: &App, branch: BranchId, command: Command) -> anyhow::Result<()> {
    let caller = Caller { actor: Actor::Demonstration, request: "demonstration".to_owned() };
    match app.ask(app.envelope(&caller, branch, command)).await {
        // Refused: somebody set it up differently meanwhile, and a demonstration does not argue.
        Ok(_) | Err(Failure::Refused(_)) => Ok(()),
        Err(failure) => Err(failure).context("the studio could not be furnished"),
    }
}

fn name(text: &str) -> anyhow::Result<Name> {
    Ok(Name::try_from(text.to_owned())?)
}

fn studio() -> anyhow::Result<Vec<Command>> {
    let details = Details {
        name: name("Riverside Studio")?,
        time_zone: chrono_tz::Europe::Berlin,
        country: "DE".to_owned().try_into()?,
        address: Some(name("12 Quay Street")?),
        // Numbers that the German regulator keeps free for fiction: 030 23125 000 to 999.
        phone: Some(name("030 23125 010")?),
    };
    let rules = Rules {
        multiple_spots: MultipleSpots::UpTo(SpotLimit::try_from(4)?),
        cancellation: ChangeRule { allowed: true, notice: (24 * 60).try_into()? },
        rescheduling: ChangeRule { allowed: true, notice: (2 * 60).try_into()? },
        ..Rules::default()
    };
    let service = |text: &str, duration: u32, price, membership_booking| -> anyhow::Result<Command> {
        let price = Some(Money { minor: price, currency: "EUR".to_owned().try_into()? });
        let (name, duration) = (name(text)?, duration.try_into()?);
        let service = Service { name, duration, price, prepayment_required: false, membership_booking };
        Ok(Command::SetService(ServiceId(id(text)), service))
    };
    let settings = Settings {
        multiple_events: MultipleEventBooking::UpTo(MaxEvents::MAX),
        ..Settings::named(name("Group classes")?)
    };
    Ok(vec![
        Command::OpenBranch(details),
        Command::SetRules(rules),
        service("Yoga", 60, 1500, MembershipBooking::Optional)?,
        service("Boxing", 45, 1800, MembershipBooking::Off)?,
        service("Pilates", 55, 1600, MembershipBooking::Off)?,
        Command::SetTeamMember(TeamMemberId(id("Sofie")), name("Sofie")?),
        Command::SetTeamMember(TeamMemberId(id("Marco")), name("Marco")?),
        Command::CreateLink(LinkId(id("link")), Kind::Group, Box::new(settings)),
    ])
}

async fn schedule(app: &App, branch: BranchId) -> anyhow::Result<()> {
    let today = app.clock.now().with_timezone(&chrono_tz::Europe::Berlin).date_naive();
    let tomorrow = today.succ_opt().context("today is the last day of the calendar")?;
    let mut events = vec![];
    for class in &CLASSES {
        let first = next(tomorrow, class.weekday);
        for week in 0..WEEKS {
            let day = first.checked_add_days(Days::new(7 * week)).context("the calendar ends")?;
            events.push(event(class, day)?);
        }
    }
    let there = app.activities(branch, events.iter().map(|event| event.activity)).await.map_err(away)?;
    events.retain(|event| !there.iter().any(|row| row.activity_id == event.activity));
    if events.is_empty() { Ok(()) } else { ask(app, branch, Command::Schedule(events)).await }
}

fn next(from: NaiveDate, weekday: Weekday) -> NaiveDate {
    from + Days::new(u64::from(weekday.days_since(from.weekday())))
}

fn event(class: &Class, day: NaiveDate) -> anyhow::Result<Scheduling> {
    let (hour, minute) = class.at;
    let at = NaiveTime::from_hms_opt(hour, minute, 0).context("a class begins at a time of day")?;
    Ok(Scheduling {
        activity: ActivityId(id(&format!("{}/{}/{day}", class.service, class.team_member))),
        service: ServiceId(id(class.service)),
        team_member: TeamMemberId(id(class.team_member)),
        starts_local: day.and_time(at),
        gap: Gap::Shift,
        duration: 60.try_into()?,
        capacity: class.capacity.try_into()?,
        open: true,
    })
}
