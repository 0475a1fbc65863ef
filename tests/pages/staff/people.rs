//! Who works where.

use axum::http::StatusCode;
use cartwheel::staff::Role;
use chrono::TimeDelta;

use super::browser::{Browser, PASSWORD, hire, hire_in, location, settings};
use crate::studio::pages::value;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio};

on_every_store!(
    an_owner_invites_somebody_who_chooses_a_password_once,
    a_link_works_for_seven_days_and_a_new_one_ends_the_old,
    a_role_is_changed_and_taken_away_at_once,
    a_branch_keeps_an_owner,
    nobody_is_let_into_another_branch_by_an_owner_of_this_one,
    a_reset_takes_everything_and_gives_a_link,
);

/// The path of the link on a page.
fn link(page: &str) -> String {
    let shown = page.split("id=\"link\" readonly value=\"").nth(1).unwrap_or_else(|| panic!("{page}"));
    let shown = shown.split('"').next().unwrap();
    shown.strip_prefix("http://localhost:8081").unwrap().to_owned()
}

async fn an_owner_invites_somebody_who_chooses_a_password_once() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let mut anna = Browser::signed_in(&studio, "anna").await;
    let fields = |login, name| [("do", "add"), ("login", login), ("name", name), ("role", "front-desk")];

    for (login, name) in [("two words", "Ben"), ("ben", ""), ("", "")] {
        let refused = anna.submit(&settings("staff"), &fields(login, name)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let invited = anna.submit(&settings("staff"), &fields("ben@example.org", "Ben Holm")).await;
    assert_eq!(invited.status, StatusCode::OK);
    let link = link(&invited.body);
    assert!(!anna.see(&settings("staff")).await.body.contains(&link), "shown once");
    assert!(anna.see(&settings("staff")).await.body.contains("has not chosen a password yet"));
    let again = anna.submit(&settings("staff"), &fields("Ben@Example.org", "Ben")).await;
    assert!(again.body.contains("Somebody with this login works here already."));

    let mut ben = Browser::of(&studio);
    let none = ben.type_password("ben@example.org", "").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "no password is not the empty one");
    for _ in 0..2 {
        let page = ben.see(&link).await;
        assert!(page.body.contains("You sign in as ben@example.org."), "looking uses nothing up");
        assert_eq!(page.headers["referrer-policy"], "same-origin");
    }
    assert_eq!(ben.submit(&link, &[("password", "short")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = ben.submit(&link, &[("password", PASSWORD)]).await;
    assert_eq!(location(&chosen), "/staff/sign-in?set=1");
    assert_eq!(ben.submit(&link, &[("password", "another password")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(location(&ben.type_password("ben@example.org", PASSWORD).await), "/staff");
    assert!(ben.is_in().await);
    assert_eq!(ben.see(&settings("staff")).await.status, StatusCode::FORBIDDEN, "not as front desk");
}

async fn a_link_works_for_seven_days_and_a_new_one_ends_the_old() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let mut anna = Browser::signed_in(&studio, "anna").await;
    let fields = [("do", "add"), ("login", "ben"), ("name", "Ben"), ("role", "manager")];
    let first = link(&anna.submit(&settings("staff"), &fields).await.body);
    let ben = studio.app.staff.with_login(&"ben".parse().unwrap()).await.unwrap().unwrap().id.to_string();

    let second = anna.submit(&settings("staff"), &[("do", "link"), ("user", &ben)]).await;
    let second = link(&second.body);

    let mut browser = Browser::of(&studio);
    assert_eq!(browser.see(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.see(&second).await.status, StatusCode::OK);
    studio.clock.advance(TimeDelta::days(7));
    assert_eq!(browser.see(&second).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.submit(&second, &[("password", PASSWORD)]).await.status, StatusCode::NOT_FOUND);
    for nothing in ["/staff/invitation/abc", &format!("/staff/invitation/{}", "A".repeat(43))] {
        assert_eq!(browser.see(nothing).await.status, StatusCode::NOT_FOUND);
    }
}

async fn a_role_is_changed_and_taken_away_at_once() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let id = hire(&studio, "ben", Role::FrontDesk).await;
    let ben = id.to_string();
    let mut anna = Browser::signed_in(&studio, "anna").await;
    let mut bens = Browser::signed_in(&studio, "ben").await;
    assert_eq!(bens.submit(&settings("rules"), &[]).await.status, StatusCode::FORBIDDEN);

    let fields = [("do", "role"), ("user", ben.as_str()), ("role", "manager")];
    let changed = anna.submit(&settings("staff"), &fields).await;

    assert_eq!(location(&changed), format!("{}?done=role", settings("staff")));
    assert!(!bens.is_in().await, "with another role there is another session");
    let mut bens = Browser::signed_in(&studio, "ben").await;
    assert_eq!(bens.submit(&settings("rules"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    anna.submit(&settings("staff"), &[("do", "remove"), ("user", &ben)]).await;
    assert!(!bens.is_in().await);
    let gone = bens.type_password("ben", PASSWORD).await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY, "who works nowhere is forgotten");
    assert!(studio.app.staff.user(id).await.unwrap().is_none());
}

async fn a_branch_keeps_an_owner() {
    let studio = Studio::open().await;
    let id = hire(&studio, "anna", Role::Owner).await.to_string();
    hire(&studio, "ben", Role::Manager).await;
    let mut anna = Browser::signed_in(&studio, "anna").await;
    let step_down = [("do", "role"), ("user", id.as_str()), ("role", "manager")];

    for fields in [&step_down[..], &[("do", "remove"), ("user", &id)]] {
        let refused = anna.submit(&settings("staff"), fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("A studio keeps at least one owner."), "{}", refused.body);
    }
    hire(&studio, "emma", Role::Owner).await;
    location(&anna.submit(&settings("staff"), &step_down).await);
    let asked = location(&anna.see(&settings("staff")).await);
    assert!(asked.starts_with("/staff/sign-in"), "who stepped down signs in anew");
}

async fn nobody_is_let_into_another_branch_by_an_owner_of_this_one() {
    let studio = Studio::open().await;
    let there = studio.another_branch().await;
    hire(&studio, "anna", Role::Owner).await;
    let ben = hire_in(&studio, there.branch, "ben", Role::Owner).await.to_string();
    let mut anna = Browser::signed_in(&studio, "anna").await;

    for asked in ["link", "remove"] {
        let refused = anna.submit(&settings("staff"), &[("do", asked), ("user", &ben)]).await;
        assert!(refused.body.contains("This person does not work here."), "{}", refused.body);
    }
    let fields = [("do", "add"), ("login", "ben"), ("name", "Somebody else"), ("role", "auditor")];
    let added = anna.submit(&settings("staff"), &fields).await;
    assert_eq!(location(&added), format!("{}?done=known", settings("staff")), "no link is made");
    let refused = anna.submit(&settings("staff"), &[("do", "link"), ("user", &ben)]).await;
    assert!(refused.body.contains("This person works in other studios too."), "{}", refused.body);
    assert!(anna.see(&settings("staff")).await.body.contains("ben of the team"), "their name stays theirs");
    let foreign = format!("/settings/{}/staff", there.branch);
    assert_eq!(anna.see(&foreign).await.status, StatusCode::NOT_FOUND);

    let mut bens = Browser::signed_in(&studio, "ben").await;
    let studios = bens.see("/staff").await.body;
    assert_eq!(studios.matches("class=\"entry\"").count(), 2);
    anna.submit(&settings("staff"), &[("do", "remove"), ("user", &ben)]).await;
    let mut bens = Browser::signed_in(&studio, "ben").await;
    assert!(!bens.is_in().await);
    assert_eq!(bens.see(&format!("/journal/{}", there.branch)).await.status, StatusCode::OK);
}

async fn a_reset_takes_everything_and_gives_a_link() {
    let studio = Studio::open().await;
    let anna = hire(&studio, "anna", Role::Owner).await;
    let mut browser = Browser::signed_in(&studio, "anna").await;
    let offer = value(&browser.see("/staff/me?second=1").await.body, "offer");
    let secret = studio.app.staff.offered(anna, &offer).unwrap();
    let code = secret.code(studio.clock.now());
    let now = studio.clock.now();
    studio.app.staff.set_second_factor(anna, &secret, &code, now).await.unwrap().unwrap();

    let invitation = studio.app.staff.reset(anna, now).await.unwrap().unwrap();

    assert!(!browser.is_in().await);
    let old = browser.type_password("anna", PASSWORD).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let link = format!("/staff/invitation/{invitation}");
    location(&browser.submit(&link, &[("password", "another password")]).await);
    assert_eq!(location(&browser.type_password("anna", "another password").await), "/staff");
    assert_eq!(studio.app.staff.role(BRANCH, anna).await.unwrap(), Some(Role::Owner));
}
