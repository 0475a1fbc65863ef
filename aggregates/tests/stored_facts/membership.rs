use aggregates::Fact;
use aggregates::membership::{MembershipEvent, MembershipGranted, Status, Terms};
use aggregates::values::Offered;
use chrono::NaiveDate;

use super::check;
use crate::people::*;

#[test]
fn facts_about_memberships_are_stored_as_ever() {
    check(
        "membership",
        MembershipEvent::NAMES,
        Fact::Membership,
        MembershipEvent::name,
        &[
            (
                r#"{"type":"membership.granted.v1",
            "membership_id":"00000000-0000-0000-0000-000000000009",
            "terms":{"name":"Ten visits","services":{"only":["00000000-0000-0000-0000-000000000003"]},
            "balance":10,"expires_on":null,"status":"active"}}"#,
                granted(visits(10)),
            ),
            (
                r#"{"type":"membership.granted.v1",
            "membership_id":"00000000-0000-0000-0000-000000000009",
            "terms":{"name":"Ten visits","services":"all",
            "balance":null,"expires_on":"2027-06-30","status":"released"}}"#,
                granted(Terms {
                    services: Offered::All,
                    balance: None,
                    expires_on: NaiveDate::from_ymd_opt(2027, 6, 30),
                    status: Status::Released,
                    ..visits(0)
                }),
            ),
            (
                r#"{"type":"membership.granted.v1",
            "membership_id":"00000000-0000-0000-0000-000000000009",
            "terms":{"name":"Ten visits","services":{"only":["00000000-0000-0000-0000-000000000003"]},
            "balance":1,"expires_on":null,"status":"frozen"}}"#,
                granted(Terms { status: Status::Frozen, ..visits(1) }),
            ),
            (
                r#"{"type":"membership.granted.v1",
            "membership_id":"00000000-0000-0000-0000-000000000009",
            "terms":{"name":"Ten visits","services":{"only":["00000000-0000-0000-0000-000000000003"]},
            "balance":0,"expires_on":null,"status":"ended"}}"#,
                granted(Terms { status: Status::Ended, ..visits(0) }),
            ),
        ],
    );
}

fn granted(terms: Terms) -> MembershipEvent {
    MembershipGranted { membership_id: TEN_VISITS, terms }.into()
}
