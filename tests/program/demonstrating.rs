//! The demonstration's studio over time.

use cartwheel::app::booking::Caller;
use cartwheel::app::reading::Events;
use cartwheel::app::{App, StoreAt};
use cartwheel::clock::Clock;
use cartwheel::command::{Actor, Command};
use cartwheel::demonstration::furnish;
use chrono::{Datelike, TimeDelta, Timelike, Weekday};

#[tokio::test]
async fn yoga_by_sofie_is_on_tuesdays_and_thursdays_at_half_past_six_for_ten_weeks() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing("2026-10-13T20:00:00Z".parse().unwrap());
    let app = App::open(&StoreAt::sqlite(&folder.path().join("demo.db")), clock.clone()).await.unwrap();
    furnish(&app).await.unwrap();
    let row = &app.branches().await.unwrap()[0];
    let (branch, rules) = (row.branch_id, row.branch.rules().clone());
    let yoga = row.branch.services().iter().find(|(_, service)| service.name.as_str() == "Yoga").unwrap().0;
    let all =
        async || app.events(branch, Events { service: Some(*yoga), ..Events::default() }).await.unwrap();

    let events = all().await;

    assert_eq!(events.len(), 20);
    for event in &events {
        let local = event.vacancy.plan.starts_at.with_timezone(&chrono_tz::Europe::Berlin);
        assert!([Weekday::Tue, Weekday::Thu].contains(&local.weekday()), "{local}");
        assert_eq!((local.hour(), local.minute()), (18, 30), "e_08: {local}");
        assert!(clock.now() < event.vacancy.plan.starts_at);
    }

    let prepaid = aggregates::branch::Rules { prepayment: true, ..rules };
    let caller = Caller { actor: Actor::Staff, request: "test".to_owned() };
    app.ask(app.envelope(&caller, branch, Command::SetRules(prepaid.clone()))).await.unwrap();
    clock.advance(TimeDelta::days(30));
    furnish(&app).await.unwrap();
    assert_eq!(
        app.branch(branch).await.unwrap().unwrap().branch.rules(),
        &prepaid,
        "it stays as it was left"
    );
    assert_eq!(all().await.len(), 20);

    clock.advance(TimeDelta::days(50));
    furnish(&app).await.unwrap();
    assert_eq!(all().await.len(), 40, "the dates had run out");
}
