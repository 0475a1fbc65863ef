use aggregates::Fact;
use aggregates::branch::{
    BranchEvent, BranchOpened, Details, DetailsSet, Duplicates, MembershipBooking, Rules, RulesSet, Service,
    ServiceAdded, ServiceSet, TeamMemberAdded, TeamMemberRenamed,
};
use aggregates::change_rules::ChangeRule;
use aggregates::values::{Money, MultipleSpots};

use super::check;
use crate::people::*;

#[test]
fn facts_about_a_branch_are_stored_as_ever() {
    check(
        "branch",
        BranchEvent::NAMES,
        Fact::Branch,
        BranchEvent::name,
        &[
            (
                r#"{"type":"branch.opened.v1",
            "details":{"name":"Studio Sonne","time_zone":"Europe/Berlin","country":"DE",
            "address":"Sonnenallee 1, Berlin","phone":"+49 30 5550100"}}"#,
                BranchOpened { details: details() }.into(),
            ),
            (
                r#"{"type":"branch.details-set.v1",
            "details":{"name":"Studio Sonne","time_zone":"America/Denver","country":"US",
            "address":null,"phone":null}}"#,
                DetailsSet {
                    details: Details {
                        time_zone: chrono_tz::America::Denver,
                        country: "US".to_owned().try_into().unwrap(),
                        address: None,
                        phone: None,
                        ..details()
                    },
                }
                .into(),
            ),
            (
                r#"{"type":"branch.rules-set.v1",
            "rules":{"prepayment":false,"multiple_spots":"off",
            "cancellation":{"allowed":false,"notice":0},
            "rescheduling":{"allowed":false,"notice":0},"duplicates":"refuse"}}"#,
                RulesSet { rules: Rules::default() }.into(),
            ),
            (
                r#"{"type":"branch.rules-set.v1",
            "rules":{"prepayment":true,"multiple_spots":{"up-to":5},
            "cancellation":{"allowed":true,"notice":1440},
            "rescheduling":{"allowed":true,"notice":120},"duplicates":"allow"}}"#,
                RulesSet {
                    rules: Rules {
                        prepayment: true,
                        multiple_spots: MultipleSpots::UpTo(number(5)),
                        cancellation: ChangeRule { allowed: true, notice: hours(24) },
                        rescheduling: ChangeRule { allowed: true, notice: hours(2) },
                        duplicates: Duplicates::Allow,
                        reminder: None,
                    },
                }
                .into(),
            ),
            (
                r#"{"type":"branch.rules-set.v1",
            "rules":{"prepayment":false,"multiple_spots":"off",
            "cancellation":{"allowed":false,"notice":0},
            "rescheduling":{"allowed":false,"notice":0},"duplicates":"refuse","reminder":1440}}"#,
                RulesSet { rules: Rules { reminder: Some(hours(24)), ..Rules::default() } }.into(),
            ),
            (
                r#"{"type":"branch.service-added.v1",
            "service_id":"00000000-0000-0000-0000-000000000003",
            "service":{"name":"Yoga","duration":60,"price":null,
            "prepayment_required":false,"membership_booking":"off"}}"#,
                ServiceAdded { service_id: YOGA, service: service("Yoga") }.into(),
            ),
            (
                r#"{"type":"branch.service-set.v1",
            "service_id":"00000000-0000-0000-0000-000000000003",
            "service":{"name":"Yoga","duration":60,"price":{"minor":1500,"currency":"EUR"},
            "prepayment_required":true,"membership_booking":"optional"}}"#,
                set_to(MembershipBooking::Optional),
            ),
            (
                r#"{"type":"branch.service-set.v1",
            "service_id":"00000000-0000-0000-0000-000000000003",
            "service":{"name":"Yoga","duration":60,"price":{"minor":1500,"currency":"EUR"},
            "prepayment_required":true,"membership_booking":"required"}}"#,
                set_to(MembershipBooking::Required),
            ),
            (
                r#"{"type":"branch.team-member-added.v1",
            "team_member_id":"00000000-0000-0000-0000-000000000001","name":"Sofie"}"#,
                TeamMemberAdded { team_member_id: SOFIE, name: name("Sofie") }.into(),
            ),
            (
                r#"{"type":"branch.team-member-renamed.v1",
            "team_member_id":"00000000-0000-0000-0000-000000000001","name":"Sofie M."}"#,
                TeamMemberRenamed { team_member_id: SOFIE, name: name("Sofie M.") }.into(),
            ),
        ],
    );
}

fn set_to(membership_booking: MembershipBooking) -> BranchEvent {
    let euro = "EUR".to_owned().try_into().unwrap();
    let price = Some(Money { minor: 1500, currency: euro });
    let service = Service { price, prepayment_required: true, membership_booking, ..service("Yoga") };
    ServiceSet { service_id: YOGA, service }.into()
}
