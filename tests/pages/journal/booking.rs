use axum::http::StatusCode;

use super::{done, journal, of_event};
use crate::studio::http::at;
use crate::studio::pages::{value, values};
use crate::studio::{LINK, Studio};

crate::studio::store::on_every_store!(j3_staff_book_several_dates_for_a_new_client,);

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn j3_staff_book_several_dates_for_a_new_client() {
    let studio = Studio::open().await;
    studio.set_up_link(|link| link.email = aggregates::booking_link::Field::Required).await;
    let [first, second] = [studio.yoga[0], studio.yoga[1]].map(|id| id.to_string());
    let opened = studio.staff_page(&journal(&format!("/book?event={first}"))).await.body;
    assert!(opened.contains("Yoga, Sofie") && opened.contains("12 free"), "{opened}");
    let key = value(&opened, "key");
    let typed = [
        ("do", "book"),
        ("like", &first),
        ("event", &first),
        ("event", &second),
        ("client", "new"),
        ("name", "Anna Berg"),
        ("phone", "030 23125 014"),
        ("spots", "2"),
        ("comment", "knee"),
        ("key", &key),
    ];

    let booked = studio.staff_submit(&journal("/book"), &form(&typed)).await;
    let again = studio.staff_submit(&journal("/book"), &form(&typed)).await;

    let page = studio.staff_page(&done(&booked)).await.body;
    assert!(page.contains("2 dates are booked for Anna Berg.") && page.contains("Book again"), "{page}");
    assert_eq!(done(&booked), done(&again), "the same key books once");
    assert!(!done(&booked).contains("Anna"));
    let event = studio.staff_page(&of_event(studio.yoga[0], "")).await.body;
    assert!(event.contains("2 of 12 taken") && event.contains("knee"), "{event}");
    assert!(event.contains("booked together with Thu 7 Jan"));
    let ben = serde_json::json!({"name": "Ben Holm", "phone": "030 2312 5015", "email": "ben@example.org"});
    studio.cart(&studio.yoga[..1]).await.confirm(ben).await.accepted();
    let event = studio.staff_page(&of_event(studio.yoga[0], "")).await.body;
    assert!(event.contains(">at the desk, 4 Jan<") && event.contains(">online, 4 Jan<"), "{event}");
    let journal = studio.ask_staff("GET", &at("/journal?day=2027-01-05"), &[], None).await.accepted();
    let by_staff: Vec<_> =
        journal["items"].as_array().unwrap().iter().map(|item| item["booked_by_staff"].as_bool()).collect();
    assert!(by_staff.contains(&Some(true)) && by_staff.contains(&Some(false)), "{journal}");
    let facts = studio.facts().await;
    let confirmed = facts.iter().find(|fact| fact.event_type == "cart.confirmed.v1").unwrap();
    assert!(confirmed.metadata.contains("\"actor\":\"staff\""), "{}", confirmed.metadata);
}

#[tokio::test]
async fn j3_a_search_keeps_all_that_was_typed_and_books_for_whoever_is_found() {
    let studio = Studio::open().await;
    studio.booked_by("030 23125 014", &studio.yoga[4..5]).await;
    let first = studio.yoga[0].to_string();
    let search = [
        ("do", "search"),
        ("like", &first),
        ("event", &first),
        ("q", "ann"),
        ("spots", "3"),
        ("comment", "late"),
        ("key", "k1"),
    ];

    let found = studio.staff_submit(&journal("/book"), &form(&search)).await;
    assert_eq!(found.status, StatusCode::OK);
    let client = values(&found.body, "client").into_iter().find(|id| id != "new").unwrap();
    for kept in ["Book for Anna Berg", "value=\"3\"", ">late</textarea>", "value=\"ann\"", "value=\"k1\""] {
        assert!(found.body.contains(kept), "{kept}: {}", found.body);
    }
    let book = [("do", "book"), ("like", &first), ("event", &first), ("client", &client), ("key", "k1")];
    done(&studio.staff_submit(&journal("/book"), &form(&book)).await);
    let twice = [("do", "book"), ("like", &first), ("event", &first), ("client", &client), ("key", "k2")];
    let twice = studio.staff_submit(&journal("/book"), &form(&twice)).await;

    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = "Nothing is booked yet: Anna Berg already has Tue 5 Jan, 18:30.";
    assert!(twice.body.contains(said), "{}", twice.body);
}

#[tokio::test]
async fn a_20_a_full_event_is_booked_only_with_the_box_for_it() {
    let studio = Studio::with_capacity(1).await;
    studio.booked_by("030 23125 015", &studio.yoga[..1]).await;
    let first = studio.yoga[0].to_string();
    let book = |key, force| {
        form(&[
            ("do", "book"),
            ("like", &first),
            ("event", &first),
            ("client", "new"),
            ("name", "Ben"),
            ("phone", "030 23125 016"),
            ("key", key),
            ("force", force),
        ])
    };

    let offered = studio.staff_page(&journal(&format!("/book?event={first}"))).await.body;
    assert!(
        offered.contains("full, 1 of 1") && offered.contains("Tue 5 Jan would have 2 of 1 taken."),
        "{offered}"
    );
    let refused = studio.staff_submit(&journal("/book"), &book("k1", "")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Nothing is booked yet: Tue 5 Jan, 18:30 is full."), "{}", refused.body);
    assert!(refused.body.contains("Overbook on purpose") && refused.body.contains("value=\"Ben\""));

    done(&studio.staff_submit(&journal("/book"), &book("k1", "1")).await);
    assert!(studio.staff_page(&of_event(studio.yoga[0], "")).await.body.contains("2 of 1 taken, 1 over"));
    let taken = studio.facts().await;
    assert!(taken.iter().any(|fact| fact.payload.contains("\"overbooked\":true")), "A-20: recorded");
}

#[tokio::test]
async fn j3_what_is_missing_is_told_and_nothing_typed_is_lost() {
    let studio = Studio::open().await;
    let first = studio.yoga[0].to_string();
    let empty = form(&[
        ("do", "book"),
        ("like", &first),
        ("client", "new"),
        ("name", ""),
        ("phone", "12"),
        ("spots", "0"),
    ]);

    let answer = studio.staff_submit(&journal("/book"), &empty).await;

    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "There are 4 problems",
        "Please enter a name.",
        "Please enter a phone number",
        "No date is selected. Please tick at least one to continue.",
        "Please enter a number of spots from 1 to 255.",
        "value=\"12\"",
    ] {
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    let which = studio.staff_page(&journal("/book")).await.body;
    assert!(
        which.contains("Which event?") && which.contains("Tue 5 Jan, 18:30, Yoga, Sofie, 12 free"),
        "{which}"
    );
}

#[tokio::test]
async fn s_31_what_was_booked_at_the_desk_is_the_clients_own_to_change() {
    let studio = Studio::open().await;
    let first = studio.yoga[0].to_string();
    let book = form(&[
        ("do", "book"),
        ("like", &first),
        ("event", &first),
        ("client", "new"),
        ("name", "Anna"),
        ("phone", "030 23125 014"),
        ("key", "k"),
    ]);
    done(&studio.staff_submit(&journal("/book"), &book).await);

    let rows =
        studio.app.journal(crate::studio::BRANCH, cartwheel::app::reading::Journal::default()).await.unwrap();

    assert_eq!(rows[0].link_id, LINK);
    let by = cartwheel::command::Requester::Client;
    let to = studio.yoga[1];
    let appointment = rows[0].appointment_id;
    let command = cartwheel::command::Command::RescheduleAppointment { appointment, to, by };
    studio.client(command).await.unwrap();
}
