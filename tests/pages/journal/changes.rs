use axum::http::StatusCode;

use super::{appointment_on, done, of_event};
use crate::studio::pages::value;
use crate::studio::{MARCO, Studio};

#[tokio::test]
async fn a_19_moving_an_event_says_who_is_affected_and_moves_them() {
    let studio = Studio::open().await;
    let event = studio.yoga[0];
    studio.booked_by("030 23125 014", &[event]).await;
    studio.booked_by("030 23125 015", &[event]).await;

    let page = studio.staff_page(&of_event(event, "/move")).await.body;
    assert!(page.contains("2 clients are affected.") && page.contains("030 23125014"), "{page}");
    assert!(page.contains("value=\"2027-01-05\"") && page.contains("value=\"18:30\""));
    let dropped = studio.staff_page(&of_event(event, "/move?day=2027-01-08&time=07:30")).await.body;
    assert!(dropped.contains("value=\"2027-01-08\"") && dropped.contains("value=\"07:30\""));

    let moved = studio.ask_first(&of_event(event, "/move"), "day=2027-01-08&time=07:30&minutes=45").await;
    let after = studio.staff_page(&done(&moved)).await.body;
    assert!(
        after.contains("Friday 8 January 2027, 07:30 to 08:15") && after.contains("The event was changed.")
    );
    assert_eq!(after.matches("<tr id=\"a-").count(), 2, "they moved with it");
}

#[tokio::test]
async fn a_25_a_time_that_does_not_exist_and_what_is_no_time_are_told_beside_the_field() {
    let studio = Studio::open().await;
    let event = of_event(studio.yoga[0], "/move");

    for (typed, said) in [
        ("day=&time=18:30&minutes=60", "Please enter a date."),
        ("day=2027-01-05&time=late&minutes=60", "Please enter a time, like 18:30."),
        ("day=2027-01-05&time=18:30&minutes=0", "Please enter how many minutes it lasts"),
        ("day=2027-03-28&time=02:30&minutes=60", "Nothing was changed:"),
        ("day=99999-01-01&time=02:30&minutes=60", "Please enter a date."),
    ] {
        let answer = studio.ask_first(&event, typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.body.contains(said), "{typed}: {}", answer.body);
        assert!(answer.body.contains("<title>Problem: "), "{typed}");
    }
}

#[tokio::test]
async fn e_20_a_cancelled_event_shows_a_banner_and_no_actions() {
    let studio = Studio::open().await;
    let event = studio.yoga[0];
    studio.booked_by("030 23125 014", &[event]).await;

    let page = studio.staff_page(&of_event(event, "/cancel")).await.body;
    assert!(page.contains("1 client is affected."), "{page}");
    let after = studio.staff_page(&done(&studio.ask_first(&of_event(event, "/cancel"), "").await)).await.body;

    assert!(
        after.contains("This event is cancelled.") && after.contains("Cancelled by the studio"),
        "{after}"
    );
    for action in ["Move event", "Capacity", "Book for a client</a></li>\n<li><a class=\"button\""] {
        assert!(!after.contains(action), "{action}");
    }
}

#[tokio::test]
async fn j2_fewer_spots_than_are_taken_are_saved_only_anyway() {
    let studio = Studio::open().await;
    let event = studio.yoga[0];
    for phone in 10..17 {
        studio.booked_by(&format!("030 23125 0{phone}"), &[event]).await;
    }
    let capacity = of_event(event, "/capacity");

    let asked = studio.ask_first(&capacity, "capacity=5").await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.body.contains("7 spots are taken. With 5 the event is overbooked by 2."), "{}", asked.body);
    assert!(asked.body.contains("Save anyway") && asked.body.contains("value=\"5\""));
    assert!(!studio.ask_first(&capacity, "capacity=many").await.body.contains("Save anyway"));

    done(&studio.ask_first(&capacity, "capacity=5&force=1").await);
    assert!(studio.staff_page(&of_event(event, "")).await.body.contains("7 of 5 taken, 2 over"));
}

#[tokio::test]
async fn e_21_the_team_member_is_replaced_for_everybody() {
    let studio = Studio::open().await;
    let event = studio.yoga[0];
    studio.booked_by("030 23125 014", &[event]).await;
    let to = of_event(event, "/team-member");

    assert!(studio.staff_page(&format!("{to}?to={MARCO}")).await.body.contains("selected>Marco"));
    done(&studio.ask_first(&to, &format!("to={MARCO}")).await);

    let page = studio.staff_page(&of_event(event, "")).await.body;
    assert!(page.contains("Yoga, Marco. Tuesday") && page.contains("Anna Berg"));
    assert_eq!(studio.ask_first(&to, "to=nobody").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_22_a_stale_change_shows_theirs_beside_yours_and_is_saved_on_purpose() {
    let studio = Studio::open().await;
    let event = studio.yoga[0];
    let capacity = of_event(event, "/capacity");
    let old = value(&studio.staff_page(&capacity).await.body, "version");
    done(&studio.ask_first(&capacity, "capacity=15").await);

    let stale = studio.staff_submit(&capacity, &format!("version={old}&capacity=9")).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    for said in [
        "Somebody changed this meanwhile, so your change was not saved.",
        "0 of 15 taken",
        "Capacity: 9",
        "Save mine",
        "Keep theirs",
    ] {
        assert!(stale.body.contains(said), "{said}: {}", stale.body);
    }

    let mine = format!("version={}&capacity=9", value(&stale.body, "version"));
    done(&studio.staff_submit(&capacity, &mine).await);
    assert!(studio.staff_page(&of_event(event, "")).await.body.contains("0 of 9 taken"));
}

#[tokio::test]
async fn s_32_staff_cancel_after_the_clients_own_deadline() {
    let studio = Studio::open().await;
    studio.booked_by("030 23125 014", &studio.yoga[..1]).await;
    let appointment = appointment_on(&studio.staff_page(&of_event(studio.yoga[0], "")).await.body);
    let cancel = format!("{appointment}/cancel");
    let own = "The client&#39;s own deadline was Mon 4 Jan, 18:30. You can still cancel.";

    assert!(!studio.staff_page(&cancel).await.body.contains("own deadline"));
    studio.clock.advance(chrono::TimeDelta::hours(20));
    assert!(studio.staff_page(&cancel).await.body.contains(own), "{}", studio.staff_page(&cancel).await.body);
    let after = studio.staff_page(&done(&studio.ask_first(&cancel, "").await)).await.body;

    assert!(after.contains("The appointment is cancelled.") && after.contains("0 of 12 taken"));
}

#[tokio::test]
async fn a_20_moving_into_a_full_event_loses_nothing_and_overbooks_only_on_purpose() {
    let studio = Studio::with_capacity(1).await;
    studio.booked_by("030 23125 014", &studio.yoga[..1]).await;
    studio.booked_by("030 23125 015", &studio.yoga[1..2]).await;
    let appointment = appointment_on(&studio.staff_page(&of_event(studio.yoga[0], "")).await.body);
    let to = format!("{appointment}/move");
    let full = format!("to={}", studio.yoga[1]);

    let lost = studio.ask_first(&to, &full).await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = "Thu 7 Jan, 18:30 filled up. Anna Berg still has Tue 5 Jan, 18:30.";
    assert!(lost.body.contains(said), "{}", lost.body);
    assert_eq!(studio.ask_first(&to, "").await.status, StatusCode::UNPROCESSABLE_ENTITY);

    let after = studio.staff_page(&done(&studio.ask_first(&to, &format!("{full}&force=1")).await)).await.body;
    assert!(after.contains("The appointment was moved."));
    assert!(studio.staff_page(&of_event(studio.yoga[1], "")).await.body.contains("2 of 1 taken, 1 over"));
}

#[tokio::test]
async fn a_28_staff_reduce_the_spots_of_an_appointment() {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..1]).await.unwrap();
    studio.set_spots(cart, studio.yoga[0], 3).await.unwrap();
    studio.confirm(cart, "030 23125 014").await.unwrap();
    let appointment = appointment_on(&studio.staff_page(&of_event(studio.yoga[0], "")).await.body);
    let spots = format!("{appointment}/spots");

    assert_eq!(studio.ask_first(&spots, "spots=0").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    done(&studio.ask_first(&spots, "spots=1").await);

    assert!(studio.staff_page(&of_event(studio.yoga[0], "")).await.body.contains("1 of 12 taken"));
}

#[tokio::test]
async fn nothing_of_another_branch_is_shown_or_changed() {
    let studio = Studio::open().await;
    let there = studio.another_branch().await;
    studio.booked_by("030 23125 014", &studio.yoga[..1]).await;
    let appointment = appointment_on(&studio.staff_page(&of_event(studio.yoga[0], "")).await.body);
    let elsewhere = |path: &str| path.replace(&crate::studio::BRANCH.to_string(), &there.branch.to_string());

    for path in [
        of_event(there.event, ""),
        of_event(there.event, "/history"),
        of_event(there.event, "/move"),
        elsewhere(&format!("{appointment}/cancel")),
        of_event(studio.yoga[0], "/nonsense"),
        format!("{appointment}/nonsense"),
    ] {
        assert_eq!(studio.staff_page(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let form = elsewhere(&format!("{appointment}/attendance"));
    assert_eq!(studio.staff_submit(&form, "attendance=arrived").await.status, StatusCode::NOT_FOUND);
}
