//! A timetable of one week becomes studios that can be booked.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aggregates::ids::{ActivityId, BranchId};
use cartwheel::app::booking::Caller;
use cartwheel::app::{App, StoreAt};
use cartwheel::audit::verify;
use cartwheel::clock::Clock;
use cartwheel::command::{Actor, Command};
use cartwheel::import::{ImportError, Report, Terms, Timetable, id};
use chrono::{NaiveDate, Timelike};
use chrono_tz::Tz;
use tempfile::TempDir;

const DENVER: Tz = chrono_tz::America::Denver;
const BERLIN: Tz = chrono_tz::Europe::Berlin;

async fn empty_store() -> (App, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing("2026-12-01T08:00:00Z".parse().unwrap());
    (App::open(&StoreAt::sqlite(&folder.path().join("studio.db")), clock).await.unwrap(), folder)
}

fn terms(zone: Tz, first_week: &str, weeks: u32) -> Terms {
    Terms {
        zone,
        country: "US".to_owned().try_into().unwrap(),
        capacity: 12.try_into().unwrap(),
        first_week: first_week.parse().unwrap(),
        weeks,
    }
}

async fn import(app: &App, csv: &str, terms: Terms) -> Result<Report, ImportError> {
    let plan = Timetable::read(csv.as_bytes())?.plan(terms)?;
    plan.survey(app).await?.apply(app, &caller(), &|_| ()).await
}

fn caller() -> Caller {
    Caller { actor: Actor::Import, request: "test".to_owned() }
}

fn lines(lines: &[&str]) -> String {
    format!("{}\n{}\n", crate::timetable::HEADINGS, lines.join("\n"))
}

#[tokio::test]
async fn a_week_is_repeated_and_importing_again_or_with_more_weeks_adds_only_what_is_missing() {
    let (app, _folder) = empty_store().await;
    let csv = crate::timetable::csv(1, 6, 30);
    let told = AtomicU64::new(0);

    let plan = Timetable::read(csv.as_bytes()).unwrap().plan(terms(DENVER, "2027-01-04", 4)).unwrap();
    let tell = |more| {
        told.fetch_add(more, Ordering::Relaxed);
    };
    let survey = plan.survey(&app).await.unwrap();
    assert_eq!((survey.missing(), survey.report.added), (720, 0));
    let first = survey.apply(&app, &caller(), &tell).await.unwrap();
    let facts = async || app.ledger.tail(first.branches[0].branch_id).await.unwrap().head;
    let before = facts().await;
    let again = import(&app, &csv, terms(DENVER, "2027-01-04", 4)).await.unwrap();
    let unchanged = facts().await;
    let more = import(&app, &csv, terms(DENVER, "2027-01-04", 6)).await.unwrap();

    assert_eq!((first.events, first.added, first.closed, first.branches.len()), (720, 720, 48, 6));
    assert_eq!(told.into_inner(), 720, "progress ends where the work ends");
    assert_eq!((again.events, again.added), (720, 0));
    assert_eq!(unchanged, before, "not one fact more");
    assert_eq!((more.events, more.added), (1080, 360));
    assert_eq!(verify(&app.ledger, Arc::new(|_| ())).await.unwrap().difference, None);
}

#[tokio::test]
async fn what_staff_changed_stays_as_they_left_it() {
    let (app, _folder) = empty_store().await;
    let csv = lines(&["Weir,Yoga,,7,Ada,2027-01-04T09:00,60,available"]);
    let report = import(&app, &csv, terms(BERLIN, "2027-01-04", 1)).await.unwrap();
    let branch = report.branches[0].branch_id;
    let activity = ActivityId(id(&["event", "Weir", "Yoga", "7", "2027-01-04T09:00"]));
    let caller = Caller { actor: Actor::Staff, request: "test".to_owned() };
    let capacity = 30.try_into().unwrap();
    let command = Command::SetCapacity { activity, capacity, force: false };
    app.ask(app.envelope(&caller, branch, command)).await.unwrap();

    let again = import(&app, &csv, terms(BERLIN, "2027-01-04", 1)).await.unwrap();

    assert_eq!(again.added, 0);
    let row = app.activity(branch, activity).await.unwrap().unwrap();
    assert_eq!(row.vacancy.plan.capacity, capacity);
}

#[tokio::test]
async fn every_studio_can_be_booked_through_a_link_of_its_own() {
    use aggregates::values::{MaxEvents, MultipleEventBooking};

    let (app, _folder) = empty_store().await;
    let csv = crate::timetable::csv(2, 3, 10);

    let report = import(&app, &csv, terms(DENVER, "2027-01-04", 2)).await.unwrap();

    for opened in report.branches {
        let link = app.link(opened.branch_id, opened.link_id).await.unwrap().unwrap();
        let settled = link.link.settled().unwrap();
        assert_eq!(settled.settings.multiple_events, MultipleEventBooking::UpTo(MaxEvents::MAX));
    }
}

#[tokio::test]
async fn the_week_of_the_file_is_laid_over_the_first_week_by_weekday_and_time() {
    let (app, _folder) = empty_store().await;
    let csv = lines(&[
        "Weir,Yoga,,7,Ada,2020-03-03T09:00,60,available", // a Tuesday
        "Weir,Yoga,,7,Ada,2020-03-01T17:45:00,60,available", // a Sunday
    ]);

    let report = import(&app, &csv, terms(BERLIN, "2027-05-05", 1)).await.unwrap(); // a Wednesday

    let branch = report.branches[0].branch_id;
    assert_eq!(branch, BranchId(id(&["branch", " Weir "])), "fields are trimmed before they name something");
    for start in ["2027-05-11T09:00", "2027-05-09T17:45"] {
        let id = ActivityId(id(&["event", "Weir", "Yoga", "7", start]));
        assert!(app.activity(branch, id).await.unwrap().is_some(), "{start}");
    }
}

#[tokio::test]
async fn e_08_a_series_keeps_wall_time_across_both_changes_and_says_where_the_clock_skips_it() {
    for (zone, spring, skipped_on) in
        [(BERLIN, "2027-03-22", "2027-03-28"), (DENVER, "2027-03-08", "2027-03-14")]
    {
        let (app, _folder) = empty_store().await;
        let csv = lines(&[
            "Weir,Yoga,,7,Ada,2027-01-05T18:30,60,available",
            "Weir,Night run,,7,Ada,2027-01-10T02:30,60,available",
        ]);

        let report = import(&app, &csv, terms(zone, spring, 34)).await.unwrap();

        assert_eq!(report.events, 68);
        let branch = report.branches[0].branch_id;
        let rows = app.events(branch, cartwheel::app::reading::Events::default()).await.unwrap();
        let mut offsets = std::collections::BTreeSet::new();
        for row in &rows {
            let starts_at = row.vacancy.plan.starts_at;
            let local = starts_at.with_timezone(&zone).naive_local();
            offsets.insert((local - starts_at.naive_utc()).num_minutes());
            let shifted = local.date() == skipped_on.parse::<NaiveDate>().unwrap();
            let expected = match (local.hour(), shifted) {
                (3, true) => (3, 30),
                (hour, _) if hour < 12 => (2, 30),
                _ => (18, 30),
            };
            assert_eq!((local.hour(), local.minute()), expected, "{zone} {local}");
        }
        assert_eq!(offsets.len(), 2, "{zone} changes its clocks within these weeks");
        let notes: Vec<_> = report.shifted.iter().map(|note| (note.line, note.remark.to_string())).collect();
        let note = format!("the clock skips 02:30 on {skipped_on}, so that event starts at 03:30");
        assert_eq!(notes, [(3, note)], "a_25");
    }
}

#[tokio::test]
async fn a_line_that_makes_no_sense_is_left_out_and_named_by_its_number() {
    let (app, _folder) = empty_store().await;
    let mut csv = lines(&[
        "Weir,Yoga,,7,Ada,2027-01-04T09:00,60,available",
        "Weir,Yoga,,7,Ada,next Tuesday,60,available",
        "Weir,Yoga,,7,Ada,2027-01-04T10:00,0,available",
        "Weir,Yoga,,7,Ada,2027-01-04T11:00,an hour,available",
        "Weir,Yoga,,7,Ada,2027-01-04T12:00,60,maybe",
        ",Yoga,,7,Ada,2027-01-04T13:00,60,available",
        "Weir,Yoga,,7",
        " Weir , Yoga ,,7,Ada,2027-01-04T09:00,60,available",
        "\"Weir\",\"Yoga\n(in the\nbarn)\",,7,Ada,2027-01-04T14:00,60,available",
        "Weir,Boxing,,7,Ada,2027-01-04T15:00,60,available",
    ])
    .into_bytes();
    csv.extend(b"Weir,Y\xffga,,7,Ada,2027-01-04T16:00,60,available\n");

    let plan = Timetable::read(csv.as_slice()).unwrap().plan(terms(BERLIN, "2027-01-04", 1)).unwrap();
    let survey = plan.survey(&app).await.unwrap();
    let report = survey.apply(&app, &caller(), &|_| ()).await.unwrap();

    assert_eq!(report.added, 2);
    let skipped: Vec<_> = report.skipped.iter().map(|note| (note.line, note.remark.to_string())).collect();
    let expected = [
        (3, "starts_local is no date and time"),
        (4, "the duration in minutes must be a number from 1 to 1440, not 0"),
        (5, "duration_minutes is no number"),
        (6, "its status is neither available nor unavailable but \"maybe\""),
        (7, "venue cannot be used: a name has 1 to 200 characters"),
        (8, "it has 4 fields instead of 8"),
        (9, "it is the same event as line 2"),
        (10, "service cannot be used"),
        (14, "it is not UTF-8"),
    ];
    assert_eq!(skipped.len(), expected.len(), "{skipped:?}");
    for ((line, note), (at, says)) in skipped.iter().zip(expected) {
        assert!(*line == at && note.starts_with(says), "line {line}: {note}");
    }
}

#[tokio::test]
async fn a_file_with_wrong_columns_imports_nothing_and_says_which_is_missing() {
    let csv = "venue,service,kind,teacher_id,teacher,start,duration_minutes,status\n";

    let refused = Timetable::read(csv.as_bytes()).unwrap_err();

    assert_eq!(refused.to_string(), "This file has no column starts_local. Nothing was imported.");
}

#[tokio::test]
async fn a_studio_keeps_its_time_zone() {
    let (app, _folder) = empty_store().await;
    let csv = crate::timetable::csv(3, 2, 5);
    import(&app, &csv, terms(DENVER, "2027-01-04", 1)).await.unwrap();

    let refused = import(&app, &csv, terms(BERLIN, "2027-01-04", 2)).await.unwrap_err();

    assert_eq!(
        refused.to_string(),
        "Harbour Studio was imported with the time zone America/Denver, not Europe/Berlin. Nothing was imported."
    );
}
