//! What each role may, said without the table, and asked over HTTP.

use std::fmt::Write as _;

use aggregates::ids::{AppointmentId, BranchId};
use cartwheel::staff::tokens::Scope;
use cartwheel::staff::{Login, Role};
use cartwheel::web::{self, Hosts, Listener};
use uuid::Uuid;

use super::asking::{Asker, Outcome, Served, Things, is_anyones};
use super::routes::{Route, of_router};
use crate::studio::http::anna;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, LINK, Studio};

on_every_store!(; every_route_is_open_to_whom_it_is_said_to_be,);

const EVERYBODY: &[Role] = &[Role::Owner, Role::Manager, Role::FrontDesk, Role::Auditor];
const AT_THE_DESK: &[Role] = &[Role::Owner, Role::Manager, Role::FrontDesk];
const WHO_PLAN: &[Role] = &[Role::Owner, Role::Manager];

/// Who of staff may, in words of this test: everybody reads what happens here, those at the desk change what is about one
/// client, and whoever plans changes the rest. Who works here, and which programs may ask, is the owner's.
fn may(method: &str, path: &str) -> &'static [Role] {
    let api = path.strip_prefix("/api/v1/branches/{branch}");
    if path.starts_with("/settings/{branch}/staff") || path.starts_with("/settings/{branch}/tokens") {
        return if method == "GET" { &[Role::Owner, Role::Auditor] } else { &[Role::Owner] };
    }
    // A webhook's page shows its secret for a while.
    if path.contains("/import") || path.starts_with("/settings/{branch}/webhooks/{webhook}") {
        return WHO_PLAN;
    }
    // Everything about a person at once, and its end.
    if path.contains("/clients/{client}/e") {
        return WHO_PLAN;
    }
    if path.contains("/clients/{client}/links") {
        return AT_THE_DESK;
    }
    // Forms are for those who may send them.
    if path == "/journal/{branch}/book" || path == "/journal/{branch}/appointments/{appointment}/{change}" {
        return AT_THE_DESK;
    }
    if path == "/journal/{branch}/events/{event}/{change}" {
        return WHO_PLAN;
    }
    if method == "GET" || path == "/journal/{branch}/search" {
        return EVERYBODY;
    }
    let about_a_client = path.starts_with("/journal/{branch}/clients/")
        || api.is_some_and(|below| below.starts_with("/journal/appointments/") || below == "/memberships");
    if about_a_client { AT_THE_DESK } else { WHO_PLAN }
}

/// Of no branch: everybody who signed in sees what is theirs.
fn is_ones_own(path: &str) -> bool {
    path == "/staff" || path.starts_with("/staff/me") || path == "/api/v1/branches"
}

async fn askers(studio: &Studio, elsewhere: BranchId) -> Vec<Asker> {
    let now = studio.clock.now();
    let hire = async |branch: BranchId, login: &str, role: Role| {
        let (login, name): (Login, _) = (login.parse().unwrap(), login.to_owned().try_into().unwrap());
        let added = studio.app.staff.add(branch, (&login, &name), role, None, now).await.unwrap().unwrap();
        let (cartwheel::staff::Added::Invited(user, _) | cartwheel::staff::Added::Known(user)) = added;
        let session = studio.app.staff.open_session(user, "a test", now).await.unwrap();
        Some(format!("staff={session}"))
    };
    let asker = |name: &str, role, cookie| Asker { name: name.to_owned(), role, cookie, token: None };
    let mut all = vec![asker("nobody", None, None)];
    for role in Role::ALL {
        all.push(asker(role.name(), Some(role), hire(BRANCH, role.name(), role).await));
    }
    all.push(asker("owner elsewhere", None, hire(elsewhere, "elsewhere", Role::Owner).await));
    for (scope, role) in
        [(Scope::Read, Role::Auditor), (Scope::Book, Role::FrontDesk), (Scope::Settings, Role::Manager)]
    {
        let name = scope.name().to_owned().try_into().unwrap();
        let (_, token) = studio.app.staff.make_token(BRANCH, (&name, scope), 1, None, now).await.unwrap();
        let token = Some(token.to_string());
        let name = format!("a token to {}", scope.name());
        all.push(Asker { name, role: Some(role), cookie: None, token });
    }
    all
}

/// What is expected in the studio's branch.
fn expected(asker: &Asker, (method, path): (&str, &str)) -> Outcome {
    let signed_in = asker.cookie.is_some() || (asker.token.is_some() && path.starts_with("/api/"));
    if is_anyones(path) {
        return Outcome::In;
    }
    if !signed_in {
        return Outcome::SignIn;
    }
    if is_ones_own(path) {
        return Outcome::In;
    }
    match asker.role {
        None => Outcome::Nothing,
        Some(role) if may(method, path).contains(&role) => Outcome::In,
        Some(_) => Outcome::NotAllowed,
    }
}

/// Where the handler itself finds nothing: no timetable was uploaded, no webhook made, no link has that address, a
/// program's page is in another place.
fn finds_nothing(path: &str) -> bool {
    path.contains("/import/{upload}")
        || path.contains("{webhook}")
        || path.contains("{invitation}")
        || path.contains("{*rest}")
}

async fn every_route_is_open_to_whom_it_is_said_to_be() {
    let studio = Studio::open().await;
    let there = studio.another_branch().await;
    let held = studio.book(&studio.yoga[..1], anna()).await.remove(0);
    let row = studio.app.appointment(BRANCH, AppointmentId(held.id.parse().unwrap())).await.unwrap().unwrap();
    let things = Things { event: studio.yoga[0], appointment: row.appointment_id, client: row.client_id.0 };
    let served = Served::new(&studio).await;
    let askers = askers(&studio, there.branch).await;
    let routes: Vec<Route> =
        of_router(&web::staff(studio.app.clone(), Hosts::and_loopback([]))).into_iter().collect();

    let (mut wrong, mut asked) = (String::new(), 0);
    for (method, path) in &routes {
        let of_branch = path.contains("{branch}");
        // Whoever signs out cannot ask for the rest.
        let asking = if path == "/staff/sign-out" { &askers[..1] } else { &askers[..] };
        for asker in asking {
            let own = format!("{}{}", served.staff, things.path(path, BRANCH, LINK));
            let (mut outcome, _) = served.outcome((method, &own), asker).await;
            let expected = expected(asker, (method, path));
            if outcome == Outcome::Nothing && expected == Outcome::In && finds_nothing(path) {
                outcome = Outcome::In;
            }
            asked += 1;
            if outcome != expected {
                let _ = writeln!(wrong, "{method} {path}, {}: {outcome:?}, not {expected:?}", asker.name);
            }
            let signed_in = expected != Outcome::SignIn;
            if !of_branch || asker.name == "owner elsewhere" {
                continue;
            }
            // A branch that is somebody else's, and one that is not there: the same answer.
            let mut told = vec![];
            for foreign in [there.branch, BranchId(Uuid::from_u128(0xdead))] {
                let address = things.path(path, foreign, there.link);
                let (outcome, body) =
                    served.outcome((method, &format!("{}{address}", served.staff)), asker).await;
                let expected = if signed_in { Outcome::Nothing } else { Outcome::SignIn };
                asked += 1;
                if outcome != expected {
                    let _ = writeln!(wrong, "{method} {path}, {} in {foreign}: {outcome:?}", asker.name);
                }
                told.push(without_request(&body).replace(&foreign.to_string(), "BRANCH"));
            }
            if told[0] != told[1] {
                let _ = writeln!(wrong, "{method} {path}, {}: a foreign branch shows", asker.name);
            }
        }
    }
    assert!(wrong.is_empty(), "{asked} requests, and wrong are:\n{wrong}");
    assert!(1_500 < asked, "{asked}");
}

/// A page or a problem without the number of its request.
fn without_request(body: &str) -> String {
    let lines = body.lines().map(|line| line.split("Request ").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_route_without_a_row_is_refused_to_everybody() {
    // The guard knows paths by the router's words; a method without a row is told which methods there are.
    let studio = Studio::open().await;
    let listeners = [(Listener::Staff, studio.staff_routes()), (Listener::Public, studio.public())];
    for (listener, router) in listeners {
        for (method, path) in super::routes::of_table(listener)
            .into_iter()
            .filter(|(_, path)| !path.contains('{') && path != "/dev/mailbox")
        {
            let other = if method == "GET" { "PATCH" } else { "TRACE" };
            let answer = crate::studio::http::call(router.clone(), other, &path, &[], None).await;
            assert_eq!(answer.status, 405, "{other} {path}");
            let allow = answer.headers["allow"].to_str().unwrap();
            assert!(allow.split(',').any(|allowed| allowed == method), "{path}: {allow}");
        }
    }
}
