//! What clients are told, and in which words.

use serde_json::json;

use super::{Post, a_while, anna_with_mail};
use crate::mail_server::Manner;
use crate::studio::http::{anna, ben};
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, MARCO};

on_every_store!(
    a_18_one_confirmation_tells_all_dates_each_with_its_own_address_and_calendar_file,
    a_18_whoever_gave_no_address_gets_a_short_text_message,
    a_19_cancelling_and_moving_are_told_and_calendars_follow,
    a_19_everybody_in_an_event_is_told_when_the_studio_changes_it,
    a_18_messages_are_in_the_clients_language,
    a_18_pages_say_who_is_told,
);

async fn a_18_one_confirmation_tells_all_dates_each_with_its_own_address_and_calendar_file() {
    let post = Post::open().await;

    let booked = post.studio.book(&post.studio.yoga[2..5], anna_with_mail()).await;

    let mail = post.mail.has(1).await.remove(0);
    a_while().await;
    assert_eq!(post.mail.taken().len(), 1, "one for all");
    let parsed = mail.parsed();
    let from = parsed.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("Riverside Studio"), Some("studio@example.org")));
    assert_eq!(mail.to, "anna@example.org");
    assert_eq!(mail.subject(), "3 dates are booked: Yoga with Sofie");
    let (text, html) = (mail.text(), parsed.body_html(0).unwrap().into_owned());
    for said in [
        "Hello Anna Berg,",
        "Tuesday 12 January 2027, 18:30 to 19:30",
        "Thursday 14 January 2027, 18:30 to 19:30",
        "Tuesday 19 January 2027, 18:30 to 19:30",
        "Yoga with Sofie, 1 spot",
        "Each date stands alone",
        "12 Quay Street",
        "030 2312 5014",
    ] {
        assert!(text.contains(said) && html.contains(said), "{said}: {text}\n{html}");
    }
    let addresses: Vec<&str> =
        text.split("https://book.example").skip(1).map(|it| it.split_whitespace().next().unwrap()).collect();
    assert_eq!(addresses.len(), 4, "{text}");
    for (address, appointment) in addresses.iter().zip(&booked) {
        assert!(appointment.token.ends_with(address.rsplit('/').next().unwrap()));
        let page = post.studio.page(address).await;
        assert_eq!(page.status, 200, "{address}");
        assert!(html.contains(&format!("https://book.example{address}")));
    }
    assert!(post.studio.page(addresses[3]).await.body.contains("3 dates are booked"));
    let calendars = mail.calendars();
    assert_eq!(calendars.len(), 3);
    for ((method, file), appointment) in calendars.iter().zip(&booked) {
        assert_eq!(method, "REQUEST");
        for line in [
            "METHOD:REQUEST".to_owned(),
            format!("UID:{}", appointment.id),
            "SEQUENCE:0".to_owned(),
            "STATUS:CONFIRMED".to_owned(),
            "SUMMARY:Yoga with Sofie".to_owned(),
        ] {
            assert!(file.lines().any(|it| it == line), "{line}: {file}");
        }
        assert!(
            file.contains("mailto:studio@example.org") && file.contains("mailto:anna@example.org"),
            "{file}"
        );
    }
    post.following.stop().await;
}

async fn a_18_whoever_gave_no_address_gets_a_short_text_message() {
    let post = Post::open().await;

    let booked = post.studio.book(&post.studio.yoga[2..4], anna()).await;

    let text = post.gateway.has(1).await.remove(0);
    assert_eq!(text.header("authorization"), "Bearer secret-token");
    let body = text.json();
    assert_eq!(body["to"], "+493023125014");
    assert!(body["id"].as_str().unwrap().parse::<uuid::Uuid>().is_ok());
    let said = body["text"].as_str().unwrap();
    assert!(
        said.starts_with(
            "Riverside Studio: 2 dates are booked: Yoga with Sofie. Tue 12 Jan, 18:30; Thu 14 Jan, 18:30. \
             https://book.example/m/"
        ),
        "{said}"
    );
    booked[0].cancel().await.accepted();
    let texts = post.gateway.has(2).await;
    post.following.stop().await;
    let said = texts[1].json();
    assert_eq!(
        said["text"],
        "Riverside Studio: Yoga with Sofie on Tue 12 Jan, 18:30 is cancelled, as you asked."
    );
    assert_ne!(said["id"], body["id"]);
    assert!(post.mail.taken().is_empty());
}

async fn a_19_cancelling_and_moving_are_told_and_calendars_follow() {
    let post = Post::open().await;
    let booked = post.studio.book(&post.studio.yoga[2..4], anna_with_mail()).await;
    post.mail.has(1).await;

    booked[0].reschedule(post.studio.yoga[6]).await.accepted();
    let moved = post.mail.has(2).await.remove(1);
    booked[0].cancel().await.accepted();
    let cancelled = post.mail.has(3).await.remove(2);
    a_while().await;
    post.following.stop().await;

    assert_eq!(post.mail.taken().len(), 3, "its sibling is not touched (S-31)");
    assert_eq!(moved.subject(), "New date: Yoga with Sofie, Tue 26 Jan, 18:30");
    assert!(moved.text().contains("moved from Tue 12 Jan, 18:30 to Tue 26 Jan, 18:30."), "{}", moved.text());
    assert!(moved.text().contains("https://book.example/m/"));
    let (method, file) = moved.calendars().remove(0);
    assert_eq!(method, "REQUEST");
    assert!(file.contains("SEQUENCE:1\n") && file.contains("DTSTART:20270126T173000Z"), "{file}");
    assert!(file.contains(&format!("UID:{}\n", booked[0].id)));
    assert_eq!(cancelled.subject(), "Cancelled: Yoga with Sofie, Tue 26 Jan, 18:30");
    let (method, file) = cancelled.calendars().remove(0);
    assert_eq!(method, "CANCEL");
    assert!(
        file.contains("METHOD:CANCEL\n")
            && file.contains("SEQUENCE:2\n")
            && file.contains("STATUS:CANCELLED\n"),
        "{file}"
    );
    assert!(!cancelled.text().contains("/m/"), "there is nothing to change any more");
}

async fn a_19_everybody_in_an_event_is_told_when_the_studio_changes_it() {
    let post = Post::open().await;
    let event = post.studio.yoga[2];
    post.studio.book(&[event], anna_with_mail()).await;
    post.studio.book(&[event], ben()).await;
    post.mail.has(1).await;
    post.gateway.has(1).await;
    let path = format!("/activities/{event}");

    let moved = json!({"starts_local": "2027-01-13T19:00:00"});
    post.studio.change("POST", &path, "/moving", Some(moved)).await.accepted();
    let (mails, texts) = (post.mail.has(2).await, post.gateway.has(2).await);
    assert!(
        mails[1]
            .text()
            .contains("We had to move Yoga with Sofie from Tue 12 Jan, 18:30 to Wed 13 Jan, 19:00.")
    );
    assert!(texts[1].json()["text"].as_str().unwrap().contains("We had to move"));
    let other = json!({"team_member_id": MARCO});
    post.studio.change("PUT", &path, "/team-member", Some(other)).await.accepted();
    let mails = post.mail.has(3).await;
    assert_eq!(mails[2].subject(), "Now with Marco: Yoga, Wed 13 Jan, 19:00");
    assert!(mails[2].text().contains("is now with Marco instead of Sofie."));
    post.studio.change("POST", &path, "/cancellation", None).await.accepted();
    let (mails, texts) = (post.mail.has(4).await, post.gateway.has(4).await);
    post.following.stop().await;
    assert!(mails[3].text().contains("We had to cancel Yoga with Marco on Wed 13 Jan, 19:00."));
    assert_eq!(mails[3].calendars()[0].0, "CANCEL");
    assert_eq!((mails.len(), texts.len()), (4, 4));
    assert!(mails.iter().all(|mail| mail.to == "anna@example.org"));
}

async fn a_18_messages_are_in_the_clients_language() {
    let post = Post::open().await;

    let mut person = anna_with_mail();
    person["language"] = json!("de");
    post.studio.book(&post.studio.yoga[2..4], person).await;
    post.mail.has(1).await;
    let cart = post.studio.go_on(&post.studio.yoga[4..5]).await;
    let page = post.studio.page(&cart).await.body;
    let key = crate::studio::pages::value(&page, "key");
    let form = format!("name=Ben&phone=030+2312+5015&key={key}&lang=es");
    let confirmed = post.studio.submit(&cart, &form).await;

    assert_eq!(confirmed.status, 303, "{}", confirmed.body);
    let spanish = post.gateway.has(1).await.remove(0);
    let german = post.mail.has(1).await.remove(0);
    post.following.stop().await;
    assert!(
        german.text().contains("Guten Tag Anna Berg,") && german.text().contains("Dienstag"),
        "{}",
        german.text()
    );
    let spanish = spanish.json()["text"].as_str().unwrap().to_owned();
    assert!(spanish.contains("reservada"), "{spanish}");
}

async fn a_18_pages_say_who_is_told() {
    let post = Post::open().await;
    let event = post.studio.yoga[2];
    post.mail.behaves(Manner::Busy);
    let cart = post.studio.cart(&[event]).await;
    let confirmed = cart.confirm(anna_with_mail()).await.accepted();
    let result = confirmed["result_url"].as_str().unwrap();

    let page = post.studio.page(result).await.body;
    assert!(page.contains("The details are also on their way to a…@example.org."), "{page}");
    post.mail.behaves(Manner::Takes);
    a_while().await;
    post.studio.clock.advance(chrono::TimeDelta::seconds(13));
    post.mail.has(1).await;
    a_while().await;
    let page = post.studio.page(result).await.body;
    assert!(page.contains("The details were also sent to a…@example.org."), "{page}");

    post.studio.book(&[event], ben()).await;
    let move_it = format!("/journal/{BRANCH}/events/{event}/move");
    let page = post.studio.staff_page(&move_it).await.body;
    assert!(page.contains("Move event and tell 2 clients</button>"), "{page}");
    assert!(page.contains("They are told by e-mail or text message."));
    post.following.stop().await;
}
