use aggregates::Fact;
use aggregates::appearance::{Appearance, Scheme, Sites};
use aggregates::booking_link::{Field, Kind, LinkCreated, LinkDressed, LinkEvent, LinkSetUp, Settings};
use aggregates::values::{MultipleEventBooking, Offered};

use super::check;
use crate::people::*;

#[test]
fn facts_about_a_link_are_stored_as_ever() {
    check(
        "link",
        LinkEvent::NAMES,
        Fact::Link,
        LinkEvent::name,
        &[
            (
                r#"{"type":"link.created.v1","kind":"group",
            "settings":{"name":"Group classes","active":true,"services":"all","team":"all",
            "lead":0,"horizon":365,"multiple_events":"off",
            "email":"optional","comment":"optional","consent":null},"consent_version":0}"#,
                created(Kind::Group),
            ),
            (
                r#"{"type":"link.created.v1","kind":"mixed",
            "settings":{"name":"Group classes","active":true,"services":"all","team":"all",
            "lead":0,"horizon":365,"multiple_events":"off",
            "email":"optional","comment":"optional","consent":null},"consent_version":0}"#,
                created(Kind::Mixed),
            ),
            (
                r#"{"type":"link.created.v1","kind":"individual",
            "settings":{"name":"Group classes","active":true,"services":"all","team":"all",
            "lead":0,"horizon":365,"multiple_events":"off",
            "email":"optional","comment":"optional","consent":null},"consent_version":0}"#,
                created(Kind::Individual),
            ),
            (
                r#"{"type":"link.set-up.v1",
            "settings":{"name":"Group classes","active":false,
            "services":{"only":["00000000-0000-0000-0000-000000000003",
            "00000000-0000-0000-0000-000000000004"]},
            "team":{"only":["00000000-0000-0000-0000-000000000001"]},
            "lead":120,"horizon":30,"multiple_events":{"up-to":10},
            "email":"required","comment":"off","consent":"We keep your name."},"consent_version":2}"#,
                LinkSetUp {
                    settings: Settings {
                        active: false,
                        services: Offered::Only([YOGA, PILATES].into()),
                        team: Offered::Only([SOFIE].into()),
                        lead: hours(2),
                        horizon: number(30),
                        multiple_events: MultipleEventBooking::UpTo(number(10)),
                        email: Field::Required,
                        comment: Field::Off,
                        consent: Some("We keep your name.".to_owned()),
                        ..settings()
                    },
                    consent_version: 2,
                }
                .into(),
            ),
            (
                r#"{"type":"link.created.v1","kind":"group",
            "settings":{"name":"Group classes","active":true,"services":"all","team":"all",
            "lead":0,"horizon":365,"multiple_events":"off",
            "email":"optional","comment":"optional","consent":null,"phone_code":true},"consent_version":0}"#,
                LinkCreated { kind: Kind::Group, settings: proving(), consent_version: 0 }.into(),
            ),
            (
                r#"{"type":"link.set-up.v1",
            "settings":{"name":"Group classes","active":true,"services":"all","team":"all",
            "lead":0,"horizon":365,"multiple_events":"off",
            "email":"optional","comment":"optional","consent":null,"phone_code":true},"consent_version":0}"#,
                LinkSetUp { settings: proving(), consent_version: 0 }.into(),
            ),
            (
                r#"{"type":"link.dressed.v1","appearance":{"accent":"0f6b5f","scheme":"dark","language":"de",
            "sites":{"only":["https://studio.example"]}}}"#,
                LinkDressed {
                    appearance: Appearance {
                        accent: Some("0f6b5f".parse().unwrap()),
                        scheme: Scheme::Dark,
                        language: Some("de".parse().unwrap()),
                        sites: Sites::Only(["https://studio.example".parse().unwrap()].into()),
                    },
                }
                .into(),
            ),
            (
                r#"{"type":"link.dressed.v1","appearance":{"accent":null,"scheme":"by-device","language":null,
            "sites":"any"}}"#,
                LinkDressed { appearance: Appearance::default() }.into(),
            ),
        ],
    );
}

/// A link whose clients prove their telephone number.
fn proving() -> Settings {
    Settings { phone_code: true, ..settings() }
}

fn created(kind: Kind) -> LinkEvent {
    LinkCreated { kind, settings: settings(), consent_version: 0 }.into()
}
