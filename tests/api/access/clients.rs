//! The public listener: what clients were given opens one thing each, and nothing of staff is there.

use aggregates::ids::AppointmentId;
use cartwheel::web::{self, Hosts};
use reqwest::StatusCode;
use uuid::Uuid;

use super::asking::{Asker, Outcome, Served, Things, is_anyones};
use super::routes::of_router;
use crate::studio::http::anna;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, LINK, Studio};

on_every_store!(
    ;
    what_a_client_was_given_opens_one_thing_in_its_branch,
    nothing_of_staff_is_on_the_public_listener,
);

async fn what_a_client_was_given_opens_one_thing_in_its_branch() {
    let studio = Studio::open().await;
    let elsewhere = studio.another_branch().await.branch.to_string();
    let held = studio.book(&studio.yoga[..1], anna()).await.remove(0);
    let served = Served::new(&studio).await;
    let token = held.token.strip_prefix("Bearer ").unwrap();
    let client = Asker { name: "client".to_owned(), role: None, cookie: None, token: Some(token.to_owned()) };
    let nobody = Asker { token: None, ..client.clone() };
    let someone = Asker { token: Some("A".repeat(43)), ..client.clone() };
    let public = of_router(&web::public(studio.app.clone(), Hosts::and_loopback([])));
    let of_appointments = public.iter().filter(|(_, path)| path.contains("/appointments/{appointment}"));
    let mut asked = 0;
    for (method, path) in of_appointments.filter(|(_, path)| path.starts_with("/api/")) {
        let own = path.replace("{branch}", &BRANCH.to_string()).replace("{appointment}", &held.id);
        let foreign = path.replace("{branch}", &elsewhere).replace("{appointment}", &held.id);
        let ask = async |address: &str, asker: &Asker| {
            served.outcome((method, &format!("{}{address}", served.public)), asker).await.0
        };
        for stranger in [&nobody, &someone] {
            assert_eq!(ask(&own, stranger).await, Outcome::Nothing, "{method} {path}");
        }
        assert_eq!(ask(&foreign, &client).await, Outcome::Nothing, "{method} {path}");
        if !path.ends_with("/cancellation") {
            assert_eq!(ask(&own, &client).await, Outcome::In, "{method} {path}");
        }
        asked += 1;
    }
    assert_eq!(asked, 6);
    // What was posted there cannot be shown again: that leads back without opening anything.
    let leads_back = |method: &str, path: &str| method == "GET" && path == "/c/{capability}/selection";
    let of_capabilities = public.iter().filter(|(_, path)| path.contains("{capability}"));
    for (method, path) in of_capabilities.filter(|(method, path)| !leads_back(method, path)) {
        for (capability, opens) in
            [("A".repeat(43), false), ("none".to_owned(), false), (token.to_owned(), true)]
        {
            let address = format!("{}{}", served.public, path.replace("{capability}", &capability));
            let (outcome, _) = served.outcome((method, &address), &nobody).await;
            let is_in = opens && path.starts_with("/m/");
            if !is_in {
                assert_eq!(outcome, Outcome::Nothing, "{method} {path} {capability}");
            } else if method == "GET" {
                assert_eq!(outcome, Outcome::In, "{method} {path}");
            }
        }
    }
    for (method, path) in public.iter().filter(|(_, path)| path.starts_with("/account/{branch}")) {
        let own = path.replace("{branch}", &BRANCH.to_string()).replace("{appointment}", &held.id);
        let (status, location, body) =
            served.ask((method, &format!("{}{own}", served.public)), &nobody).await;
        let open =
            ["/sign-in", "/code", "/sign-out", "/manifest.webmanifest", "/service-worker.js", "/offline"];
        let leads_in = status == StatusCode::SEE_OTHER && location.contains("/sign-in");
        assert!(leads_in || open.iter().any(|page| path.ends_with(page)), "{method} {path}: {status} {body}");
    }
}

async fn nothing_of_staff_is_on_the_public_listener() {
    let studio = Studio::open().await;
    let served = Served::new(&studio).await;
    let nobody = Asker { name: "nobody".to_owned(), role: None, cookie: None, token: None };
    let public = of_router(&web::public(studio.app.clone(), Hosts::and_loopback([])));
    let routes = of_router(&web::staff(studio.app.clone(), Hosts::and_loopback([])));
    let of_staff = routes.iter().filter(|(_, path)| !is_anyones(path) || path.starts_with("/staff"));
    for (method, path) in of_staff.filter(|route| !public.contains(*route)) {
        let things =
            Things { event: studio.yoga[0], appointment: AppointmentId(Uuid::nil()), client: Uuid::nil() };
        let address = format!("{}{}", served.public, things.path(path, BRANCH, LINK));
        let (status, _, _) = served.ask((method, &address), &nobody).await;
        let there = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED].contains(&status);
        assert!(there, "{method} {path} is on the public listener: {status}");
    }
}
