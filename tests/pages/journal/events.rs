use aggregates::appointment::Attendance;
use axum::http::StatusCode;
use cartwheel::command::Command;
use cartwheel::read_models::rebuild;

use super::{appointment_on, done, of_event};
use crate::studio::Studio;
use crate::studio::http::anna;

crate::studio::store::on_every_store!(
    j2_what_was_noted_survives_a_rebuild_and_is_no_change_of_the_calendar_entry,
    j2_an_event_lists_who_comes_and_what_was_booked_together,
);

async fn j2_an_event_lists_who_comes_and_what_was_booked_together() {
    let studio = Studio::open().await;
    let mut person = anna();
    person["comment"] = "my knee hurts".into();
    studio.set_up_link(|link| link.comment = aggregates::booking_link::Field::Optional).await;
    studio.cart(&studio.yoga[..3]).await.confirm(person).await.accepted();

    let page = studio.staff_page(&of_event(studio.yoga[0], "")).await.body;

    assert!(page.contains("Yoga, Sofie. Tuesday 5 January 2027, 18:30 to 19:30"), "{page}");
    assert!(page.contains("1 of 12 taken, 11 free") && page.contains("Anna Berg"));
    assert!(page.contains("booked together with Thu 7 Jan, Tue 12 Jan (not linked)"), "{page}");
    assert!(page.contains("my knee hurts"));
    let alone = studio.staff_page(&of_event(studio.yoga[5], "")).await.body;
    assert!(alone.contains("No bookings yet."));
}

#[tokio::test]
async fn j2_attendance_is_noted_with_a_button_that_takes_it_back() {
    let studio = Studio::open().await;
    studio.booked_by("030 23125 014", &studio.yoga[..1]).await;
    let event = of_event(studio.yoga[0], "");
    let appointment = appointment_on(&studio.staff_page(&event).await.body);
    let press = async |value: &str| {
        let form = format!("attendance={value}");
        done(&studio.staff_submit(&format!("{appointment}/attendance"), &form).await)
    };
    let noted = async || {
        let page = studio.staff_page(&event).await.body;
        let pressed = |name: &str| {
            let button = page.split(&format!("id=\"{name}-")).nth(1).unwrap();
            button.split('>').next().unwrap().contains("aria-pressed=\"true\"")
        };
        (pressed("arrived"), pressed("no-show"))
    };

    assert_eq!(noted().await, (false, false));
    assert!(press("arrived").await.contains("#a-"), "back at the row");
    assert_eq!(noted().await, (true, false));
    press("no-show").await;
    assert_eq!(noted().await, (false, true));
    press("").await;
    assert_eq!(noted().await, (false, false));

    studio.ask_first(&format!("{appointment}/cancel"), "").await;
    let late = studio.staff_submit(&format!("{appointment}/attendance"), "attendance=arrived").await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn j2_what_was_noted_survives_a_rebuild_and_is_no_change_of_the_calendar_entry() {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..1]).await.unwrap();
    let appointment = studio.confirm(cart, "030 23125 014").await.unwrap().booked[0].appointment;
    let attendance = Some(Attendance::NoShow);
    studio.staff(Command::NoteAttendance { appointment, attendance }).await.unwrap();

    let row = studio.app.appointment(crate::studio::BRANCH, appointment).await.unwrap().unwrap();

    assert_eq!((row.attendance, row.revision, row.version), (attendance, 0, 2));
    rebuild::all(&studio.app.ledger, 1, std::sync::Arc::new(|_| ())).await.unwrap();
    assert_eq!(studio.app.appointment(crate::studio::BRANCH, appointment).await.unwrap().unwrap(), row);
}

#[tokio::test]
async fn j2_the_history_is_told_in_sentences_with_who_when_and_why() {
    let studio = Studio::open().await;
    let event = studio.yoga[0];
    studio.booked_by("030 23125 014", &[event]).await;
    studio.ask_first(&of_event(event, "/capacity"), "capacity=20").await;
    studio.ask_first(&of_event(event, "/move"), "day=2027-01-06&time=19:00&minutes=60").await;

    let page = studio.staff_page(&of_event(event, "/history")).await.body;
    let german = studio.staff_page(&of_event(event, "/history?lang=de")).await.body;

    for sentence in [
        "Moved from Tue 5 Jan, 18:30 to Wed 6 Jan, 19:00.",
        "The capacity was set to 20.",
        "Anna Berg took 1 spot.",
        "by the client, booked online",
        "by staff, not signed in, the event was changed",
        "Planned for Tue 5 Jan, 18:30 with 12 spots.",
    ] {
        assert!(page.contains(sentence), "{sentence}: {page}");
    }
    assert!(german.contains("Anna Berg hat 1 Platz belegt."));
}

#[tokio::test]
async fn j2_online_booking_is_closed_and_opened_with_one_button() {
    let studio = Studio::open().await;
    let event = studio.yoga[0];
    let page = of_event(event, "");
    let version = async || crate::studio::pages::value(&studio.staff_page(&page).await.body, "version");
    let press = async |open: &str, version: &str| {
        studio.staff_submit(&of_event(event, "/online"), &format!("open={open}&version={version}")).await
    };

    let before = version().await;
    done(&press("", &before).await);
    assert!(studio.staff_page(&page).await.body.contains("Open online booking"));
    assert_eq!(press("1", &before).await.status, StatusCode::PRECONDITION_FAILED);
    done(&press("1", &version().await).await);
    assert!(studio.staff_page(&page).await.body.contains("Close online booking"));
}
