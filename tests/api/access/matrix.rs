//! What each role may, said without the table, and asked over HTTP.

use std::fmt::Write as _;

use aggregates::ids::{ActivityId, AppointmentId, BranchId, LinkId};
use cartwheel::staff::tokens::Scope;
use cartwheel::staff::{Login, Role};
use cartwheel::web::{self, Hosts, Listener};
use reqwest::{Method, StatusCode};
use uuid::Uuid;

use super::routes::{Route, of_router};
use crate::studio::http::anna;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, LINK, SOFIE, Studio, YOGA};

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

/// Open to anyone, with or without a sign-in.
fn is_anyones(path: &str) -> bool {
    ["/healthz", "/readyz", "/api/v1/openapi.json", "/api/docs", "/embed.js", "/assets/"]
        .iter()
        .any(|open| path.starts_with(open))
        || ["sign-in", "code", "sign-out"].iter().any(|page| path == format!("/staff/{page}"))
        || path.starts_with("/staff/invitation/")
}

/// What comes of a request, as far as it says who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Whatever the handler said.
    In,
    SignIn,
    NotAllowed,
    Nothing,
}

/// What there is in the studio to be asked for.
struct Things {
    event: ActivityId,
    appointment: AppointmentId,
    client: Uuid,
}

impl Things {
    fn path(&self, route: &str, branch: BranchId, link: LinkId) -> String {
        let change = if route.contains("/appointments/") { "cancel" } else { "capacity" };
        let (event, appointment) = (self.event.to_string(), self.appointment.to_string());
        [
            ("{branch}", branch.to_string()),
            ("{link}", link.to_string()),
            ("{event}", event.clone()),
            ("{activity}", event.clone()),
            ("{appointment}", appointment),
            ("{client}", self.client.to_string()),
            ("{change}", change.to_owned()),
            ("{member}", SOFIE.to_string()),
            ("{team_member}", SOFIE.to_string()),
            ("{service}", YOGA.to_string()),
            ("{kind}", "activities".to_owned()),
            ("{id}", event),
            ("{upload}", Uuid::nil().to_string()),
            ("{webhook}", Uuid::nil().to_string()),
            ("{delivery}", Uuid::nil().to_string()),
            ("{version}", "1".to_owned()),
            ("{name}", "cartwheel.css".to_owned()),
            ("{accent}", "0f6b5f".to_owned()),
            ("{*rest}", "index.html".to_owned()),
            ("{invitation}", "A".repeat(43)),
        ]
        .iter()
        .fold(route.to_owned(), |path, (name, value)| path.replace(name, value))
    }
}

/// Who asks.
#[derive(Debug, Clone)]
struct Asker {
    name: String,
    /// What they are in the branch of the studio.
    role: Option<Role>,
    cookie: Option<String>,
    token: Option<String>,
}

struct Served {
    client: reqwest::Client,
    staff: String,
    public: String,
    /// An event to move to.
    event: ActivityId,
}

impl Served {
    async fn new(studio: &Studio) -> Self {
        let serve = async |router: axum::Router| {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = format!("http://{}", listener.local_addr().unwrap());
            tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
            address
        };
        let hosts = || Hosts::and_loopback([]);
        Self {
            client: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap(),
            staff: serve(web::staff(studio.app.clone(), hosts())).await,
            public: serve(web::public(studio.app.clone(), hosts())).await,
            event: studio.yoga[5],
        }
    }

    async fn ask(&self, (method, path): (&str, &str), asker: &Asker) -> (StatusCode, String, String) {
        let mut request = self.client.request(Method::from_bytes(method.as_bytes()).unwrap(), path);
        if let Some(cookie) = &asker.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(token) = &asker.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if method != "GET" {
            // What no handler accepts, but each understands well enough to say so.
            request = if path.contains("/api/") {
                let body = match path.rsplit('/').next() {
                    Some("rescheduling") => format!("{{\"activity_id\": \"{}\"}}", self.event),
                    Some("spots") => "{\"spots\": 1}".to_owned(),
                    _ => "{}".to_owned(),
                };
                request.header("content-type", "application/json").body(body)
            } else if path.ends_with("/import") {
                request.header("content-type", "multipart/form-data; boundary=x").body("--x--\r\n")
            } else {
                let form = "do=add&login=&name=&member=&service=&version=0&kind=none";
                request.header("content-type", "application/x-www-form-urlencoded").body(form)
            };
        }
        let answer = request.send().await.unwrap();
        let location = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let status = answer.status();
        // A stream goes on.
        let streams = answer.headers().get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let body = if streams { String::new() } else { answer.text().await.unwrap() };
        (status, location.unwrap_or_default(), body)
    }

    /// What comes of it, and what was told.
    async fn outcome(&self, route: (&str, &str), asker: &Asker) -> (Outcome, String) {
        let (status, location, body) = self.ask(route, asker).await;
        let outcome = match status {
            StatusCode::UNAUTHORIZED => Outcome::SignIn,
            StatusCode::SEE_OTHER if location.starts_with("/staff/sign-in?to=") => Outcome::SignIn,
            StatusCode::SEE_OTHER if location.starts_with("/staff/sign-in?over=") => Outcome::SignIn,
            StatusCode::FORBIDDEN => Outcome::NotAllowed,
            StatusCode::NOT_FOUND => Outcome::Nothing,
            status => {
                assert!(!status.is_server_error(), "{route:?}: {status} {body}");
                Outcome::In
            }
        };
        (outcome, body)
    }
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
    // Staff ended what clients were given before.
    let held = studio.book(&studio.yoga[1..2], anna()).await.remove(0);
    clients_open_what_they_hold(&studio, &served, &there.branch.to_string(), &held).await;
}

/// A page or a problem without the number of its request.
fn without_request(body: &str) -> String {
    let lines = body.lines().map(|line| line.split("Request ").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// On the public listener: what clients were given opens one thing, in its branch; a session of staff opens nothing there.
async fn clients_open_what_they_hold(
    studio: &Studio,
    served: &Served,
    elsewhere: &str,
    held: &crate::studio::http::Held<'_>,
) {
    let token = held.token.strip_prefix("Bearer ").unwrap();
    let client = Asker { name: "client".to_owned(), role: None, cookie: None, token: Some(token.to_owned()) };
    let nobody = Asker { token: None, ..client.clone() };
    let someone = Asker { token: Some("A".repeat(43)), ..client.clone() };
    let public = of_router(&web::public(studio.app.clone(), Hosts::and_loopback([])));
    let of_appointments = public.iter().filter(|(_, path)| path.contains("/appointments/{appointment}"));
    let mut asked = 0;
    for (method, path) in of_appointments.filter(|(_, path)| path.starts_with("/api/")) {
        let own = path.replace("{branch}", &BRANCH.to_string()).replace("{appointment}", &held.id);
        let foreign = path.replace("{branch}", elsewhere).replace("{appointment}", &held.id);
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
