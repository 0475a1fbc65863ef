//! In and out.

use std::time::Instant;

use axum::http::StatusCode;
use cartwheel::staff::Role;
use chrono::TimeDelta;

use super::browser::{Browser, PASSWORD, hire, journal, location, settings};
use crate::studio::http::at;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio};

on_every_store!(
    before_there_is_anybody_the_journal_is_open_at_this_machine_and_says_so,
    from_the_first_user_on_everybody_signs_in,
    a_sign_in_leads_where_somebody_wanted_to_go,
    a_wrong_password_and_an_unknown_login_are_told_the_same,
    a_session_is_new_at_every_sign_in_and_ends,
    a_session_ends_after_twelve_hours_without_a_request_and_after_fourteen_days,
);

async fn before_there_is_anybody_the_journal_is_open_at_this_machine_and_says_so() {
    let studio = Studio::open().await;
    let mut browser = Browser::of(&studio);

    for page in [journal(), settings("rules")] {
        let page = browser.see(&page).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("Anybody at this machine can use these pages"), "{}", page.body);
        let command = format!("cartwheel user create --role owner --branch {BRANCH} --login NAME");
        assert!(page.body.contains(&command), "{}", page.body);
        assert!(!page.body.contains(&settings("staff")), "nobody makes owners without a sign-in");
    }
    for page in [settings("staff"), settings("tokens"), "/staff/me".to_owned()] {
        assert_eq!(location(&browser.see(&page).await), "/staff/sign-in");
    }
    assert!(browser.see("/staff/sign-in").await.body.contains("Nobody can sign in yet"));

    for from_a_proxy in ["x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-proto"] {
        let headers = [(from_a_proxy, "192.0.2.7")];
        studio.ask_staff("GET", &at("/rules"), &headers, None).await.problem(401, "sign-in-needed");
        let page = studio.ask_staff("GET", &journal(), &headers, None).await;
        assert_eq!(location(&page), "/staff/sign-in", "{from_a_proxy}");
    }
}

async fn from_the_first_user_on_everybody_signs_in() {
    let studio = Studio::open().await;
    studio.ask_staff("GET", &at("/rules"), &[], None).await.accepted();
    let there = studio.another_branch().await;
    hire(&studio, "anna", Role::Owner).await;
    let mut browser = Browser::of(&studio);

    assert!(!browser.is_in().await);
    let other = browser.see(&format!("/journal/{}", there.branch)).await;
    assert!(location(&other).starts_with("/staff/sign-in?to="), "on every branch");
    let api = studio.ask_staff("GET", &at("/rules"), &[], None).await;
    api.problem(401, "sign-in-needed");
    assert_eq!(api.headers["www-authenticate"], "Bearer");
    for cookie in ["staff=", "staff=abc", &format!("staff={}", "A".repeat(43)), "__Host-staff=abc"] {
        studio
            .ask_staff("GET", &at("/rules"), &[("cookie", cookie)], None)
            .await
            .problem(401, "sign-in-needed");
    }

    let page = browser.see("/staff/sign-in").await;
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"));
    assert_eq!(location(&browser.type_password(" Anna ", PASSWORD).await), "/staff");
    assert_eq!(location(&browser.see("/staff").await), journal(), "the only studio");
    assert!(browser.see(&journal()).await.body.contains("You work as: anna of the team, Owner"));
    let session = browser.cookies["staff"].clone();
    let cookie = format!("staff={session}");
    studio.ask_staff("GET", &at("/rules"), &[("cookie", &cookie)], None).await.accepted();
    assert!(!studio.store.place().address.to_string().contains(&session));
}

async fn a_sign_in_leads_where_somebody_wanted_to_go() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let mut browser = Browser::of(&studio);
    let wanted = format!("{}?day=2027-01-12&view=week", journal());

    let asked = location(&browser.see(&wanted).await);
    assert!(!asked.contains("over=1"), "who comes for the first time has lost nothing: {asked}");
    let page = browser.see(&asked).await.body;
    let to = crate::studio::pages::value(&page, "to").replace("&#38;", "&").replace("&amp;", "&");
    assert_eq!(to, wanted);
    let fields = [("login", "anna"), ("password", PASSWORD), ("to", to.as_str())];
    assert_eq!(location(&browser.submit("/staff/sign-in", &fields).await), wanted);

    for elsewhere in ["https://example.org/", "//example.org", "/\\example.org", "/staff/sign-out"] {
        let fields = [("login", "anna"), ("password", PASSWORD), ("to", elsewhere)];
        let led = location(&Browser::of(&studio).submit("/staff/sign-in", &fields).await);
        assert_eq!(led, "/staff", "{elsewhere}");
    }
    let posted = Browser::of(&studio).submit(&settings("rules"), &[("version", "1")]).await;
    let asked = location(&posted);
    assert!(asked.contains("over=1") && asked.contains(&format!("to=%2Fjournal%2F{BRANCH}")), "{asked}");
}

async fn a_wrong_password_and_an_unknown_login_are_told_the_same() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let mut times = [vec![], vec![]];

    for round in 0..5 {
        let mut told = vec![];
        for (who, login) in ["anna", "emma"].into_iter().enumerate() {
            let begun = Instant::now();
            let answer = Browser::of(&studio).type_password(login, "incorrect horse battery").await;
            times[who].push(begun.elapsed());
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.headers.get("set-cookie").is_none());
            let request = answer.headers["x-request-id"].to_str().unwrap().to_owned();
            told.push(answer.body.replace(login, "LOGIN").replace(&request, "ID"));
        }
        assert_eq!(told[0], told[1], "{round}");
        assert!(told[0].contains("This login and this password do not match."));
    }
    let [known, unknown] = times.map(|mut times| {
        times.sort_unstable();
        times[2]
    });
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    assert!((0.4..2.5).contains(&ratio), "{known:?} and {unknown:?}: both hash once");
}

async fn a_session_is_new_at_every_sign_in_and_ends() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let mut browser = Browser::signed_in(&studio, "anna").await;
    let first = browser.cookies["staff"].clone();

    browser.type_password("anna", PASSWORD).await;
    let second = browser.cookies["staff"].clone();
    assert_ne!(first, second);
    browser.cookies.insert("staff".to_owned(), first);
    assert!(!browser.is_in().await, "the id before the sign-in opens nothing any more");
    browser.cookies.insert("staff".to_owned(), second.clone());
    assert!(browser.is_in().await);

    let out = location(&browser.submit("/staff/sign-out", &[]).await);
    assert_eq!(out, "/staff/sign-in?out=1");
    assert!(browser.see(&out).await.body.contains("You are signed out."));
    browser.cookies.insert("staff".to_owned(), second);
    let asked = location(&browser.see(&journal()).await);
    assert!(asked.contains("over=1"), "{asked}");
    assert!(!browser.cookies.contains_key("staff"), "forgotten");
    assert!(browser.see(&asked).await.body.contains("Please sign in again."));

    let mut proxied = Browser { host: "127.0.0.1:8081", ..Browser::of(&studio) };
    proxied.type_password("anna", PASSWORD).await;
    assert_eq!(proxied.cookies.keys().collect::<Vec<_>>(), ["staff"]);
}

async fn a_session_ends_after_twelve_hours_without_a_request_and_after_fourteen_days() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let mut idle = Browser::signed_in(&studio, "anna").await;

    studio.clock.advance(TimeDelta::hours(12) - TimeDelta::seconds(1));
    assert!(idle.is_in().await);
    studio.clock.advance(TimeDelta::hours(12) - TimeDelta::seconds(1));
    assert!(idle.is_in().await, "since the last request");
    studio.clock.advance(TimeDelta::hours(12));
    assert!(!idle.is_in().await);

    let mut busy = Browser::signed_in(&studio, "anna").await;
    for _ in 0..27 {
        studio.clock.advance(TimeDelta::hours(12) - TimeDelta::seconds(1));
        assert!(busy.is_in().await);
    }
    studio.clock.advance(TimeDelta::hours(12));
    assert!(!busy.is_in().await, "fourteen days");
}
