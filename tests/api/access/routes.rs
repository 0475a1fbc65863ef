//! The table knows every route that there is, and no other.

use std::collections::BTreeSet;

use cartwheel::web::{self, Hosts, Listener, TABLE};

use crate::studio::Studio;

/// Method and path.
pub type Route = (String, String);

/// Every route of a router, read from what it says of itself: its routes by number, and their paths by number.
pub fn of_router(router: &axum::Router) -> BTreeSet<Route> {
    let said = format!("{router:?}");
    let (endpoints, rest) = said.split_once("node: Node { paths: {").unwrap();
    let paths = rest.split_once("} }").unwrap().0;
    let path = |number: usize| {
        let named = paths.split(&format!("RouteId({number}): \"")).nth(1)?;
        Some(named.split('"').next().unwrap().to_owned())
    };
    let mut found = BTreeSet::new();
    for endpoint in endpoints.split("RouteId(").skip(1) {
        let (number, endpoint) = endpoint.split_once(')').unwrap();
        let Some(path) = path(number.parse().unwrap()) else { continue };
        let allowed = endpoint.split("allow_header: ").nth(1).and_then(|rest| rest.split('"').nth(1));
        let methods =
            allowed.unwrap_or_else(|| panic!("which methods does {path} take? {endpoint}")).split(',');
        found.extend(methods.filter(|it| *it != "HEAD").map(|method| (method.to_owned(), path.clone())));
    }
    assert!(20 < found.len(), "{said}");
    found
}

/// Every route with a row.
pub fn of_table(listener: Listener) -> BTreeSet<Route> {
    let rows = TABLE.iter().filter(|row| row.is_on(listener));
    rows.map(|row| (row.method.to_owned(), row.path.to_owned())).collect()
}

#[tokio::test]
async fn every_route_has_a_row_that_says_who_may() {
    let mut studio = Studio::open().await;
    studio.app = studio.app.clone().with_mailbox();
    let hosts = || Hosts::and_loopback([]);

    for (listener, router) in [
        (Listener::Public, web::public(studio.app.clone(), hosts())),
        (Listener::Staff, web::staff(studio.app.clone(), hosts())),
    ] {
        let (routes, rows) = (of_router(&router), of_table(listener));
        let missing: Vec<_> = routes
            .difference(&rows)
            .map(|(method, path)| {
                format!("    row({listener:?}, \"{method}\", \"{path}\", Who::Role(ALL | DESK | MANAGERS | OWNERS)),")
            })
            .collect();
        assert!(
            missing.is_empty(),
            "these routes are refused to everybody: add a row with whoever may to TABLE in src/web/access/table.rs, \
             and say the same in tests/api/access/matrix.rs:\n{}",
            missing.join("\n")
        );
        let gone: Vec<_> = rows.difference(&routes).collect();
        assert!(gone.is_empty(), "rows of routes that are not there: {gone:#?}");
    }
}

#[test]
fn every_operation_of_the_api_has_a_row() {
    let document: serde_json::Value = serde_json::from_str(&web::api::openapi_json()).unwrap();
    let mut operations = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let tags = operation["tags"].to_string();
            let listener = if tags.contains("widget") { Listener::Public } else { Listener::Staff };
            let id = &operation["operationId"];
            let route = (method.to_uppercase(), path.clone());
            assert!(of_table(listener).contains(&route), "{id} has no row: {route:?} on {listener:?}");
            let declared = operation["responses"].as_object().unwrap();
            let says = ["401", "403"].iter().all(|status| declared.contains_key(*status));
            assert_eq!(says, listener == Listener::Staff, "{id}");
            operations += 1;
        }
    }
    assert!(50 < operations);
}
