//! A branch: its details, rules, services and team.

use aggregates::activity::Plan;
use aggregates::branch::{
    Branch, BranchCommand, BranchEvent, BranchOpened, BranchRefusal, Details, DetailsSet, Duplicates,
    MembershipBooking, Rules, RulesSet, Service, ServiceAdded, ServiceSet, TeamMemberAdded,
    TeamMemberRenamed,
};
use aggregates::cart::{Candidate, CartTerms, Mode};
use aggregates::change_rules::ChangeRule;
use aggregates::spec::given;
use aggregates::values::{MultipleEventBooking, MultipleSpots, Notice};
use chrono::NaiveDate;

use crate::people::*;

#[test]
fn a_branch_is_opened_once_and_before_anything_else() {
    given::<Branch>([]).when(BranchCommand::Open(details())).then([opened()]);
    given::<Branch>([opened()]).when(BranchCommand::Open(details())).then_nothing();
    given::<Branch>([opened()])
        .when(BranchCommand::Open(elsewhere()))
        .then_refused(BranchRefusal::AlreadyOpen);
    given::<Branch>([]).when(BranchCommand::SetRules(Rules::default())).then_refused(BranchRefusal::NotOpen);
}

#[test]
fn the_details_of_a_branch_can_be_set() {
    let set = || DetailsSet { details: elsewhere() }.into();

    given::<Branch>([opened()]).when(BranchCommand::SetDetails(elsewhere())).then([set()]);
    given::<Branch>([opened(), set()]).when(BranchCommand::SetDetails(elsewhere())).then_nothing();
    assert_eq!(given::<Branch>([opened(), set()]).0.details(), Some(&elsewhere()));
}

#[test]
fn s_44_by_default_everything_is_off() {
    assert_eq!(
        Rules::default(),
        Rules {
            prepayment: false,
            multiple_spots: MultipleSpots::Off,
            cancellation: ChangeRule { allowed: false, notice: Notice::MIN },
            rescheduling: ChangeRule { allowed: false, notice: Notice::MIN },
            duplicates: Duplicates::Refuse,
            reminder: None,
        }
    );
    assert_eq!(MultipleEventBooking::default(), MultipleEventBooking::Off);
    assert_eq!(MembershipBooking::default(), MembershipBooking::Off);
    assert_eq!(Mode::default(), Mode::AllOrNothing);
}

#[test]
fn s_30_cancelling_and_rescheduling_have_four_independent_values() {
    let rules = Rules {
        cancellation: ChangeRule { allowed: true, notice: hours(24) },
        rescheduling: ChangeRule { allowed: false, notice: hours(2) },
        ..Rules::default()
    };
    let set = || RulesSet { rules: rules.clone() }.into();

    given::<Branch>([opened()]).when(BranchCommand::SetRules(rules.clone())).then([set()]);
    given::<Branch>([opened(), set()]).when(BranchCommand::SetRules(rules.clone())).then_nothing();
    let branch = given::<Branch>([opened(), set()]).0;
    assert_eq!(branch.rules().cancellation.deadline(start_of(TUESDAY)), Some(utc("2027-01-04T17:30:00Z")));
    assert_eq!(branch.rules().rescheduling.deadline(start_of(TUESDAY)), None);
    assert_eq!(branch.rules().rescheduling.notice, hours(2), "a rule that is off keeps its number");
}

#[test]
fn s_09_the_branchs_prepayment_becomes_a_term_of_every_cart() {
    let terms = |prepayment| {
        CartTerms::new(&Rules { prepayment, ..Rules::default() }, &settled(settings_up_to(10)), monday())
    };

    assert!(terms(true).prepayment);
    assert!(!terms(false).prepayment);
}

#[test]
fn a_service_is_added_then_set() {
    let dearer = Service { prepayment_required: true, ..service("Yoga") };
    let added = || ServiceAdded { service_id: YOGA, service: service("Yoga") }.into();
    let set = || ServiceSet { service_id: YOGA, service: dearer.clone() }.into();

    given::<Branch>([opened()]).when(BranchCommand::SetService(YOGA, service("Yoga"))).then([added()]);
    given::<Branch>([opened(), added()])
        .when(BranchCommand::SetService(YOGA, service("Yoga")))
        .then_nothing();
    given::<Branch>([opened(), added()]).when(BranchCommand::SetService(YOGA, dearer.clone())).then([set()]);
    let branch = given::<Branch>([opened(), added(), set()]).0;
    assert_eq!(branch.service(YOGA), Some(&dearer));
    assert_eq!(branch.services().len(), 1);
    assert_eq!(branch.service(PILATES), None);
}

#[test]
fn a_team_member_is_added_then_renamed() {
    let added = || TeamMemberAdded { team_member_id: SOFIE, name: name("Sofie") }.into();
    let renamed = || TeamMemberRenamed { team_member_id: SOFIE, name: name("Sofie M.") }.into();

    given::<Branch>([opened()]).when(BranchCommand::SetTeamMember(SOFIE, name("Sofie"))).then([added()]);
    given::<Branch>([opened(), added()])
        .when(BranchCommand::SetTeamMember(SOFIE, name("Sofie")))
        .then_nothing();
    given::<Branch>([opened(), added()])
        .when(BranchCommand::SetTeamMember(SOFIE, name("Sofie M.")))
        .then([renamed()]);
    let branch = given::<Branch>([opened(), added(), renamed()]).0;
    assert_eq!(branch.team().get(&SOFIE), Some(&name("Sofie M.")));
}

#[test]
fn a_day_is_the_day_on_the_branchs_calendar() {
    let late = utc("2027-01-05T23:30:00Z");
    let day = |d| NaiveDate::from_ymd_opt(2027, 1, d).unwrap();

    assert_eq!(given::<Branch>([opened()]).0.day_of(late), day(6), "half past midnight in Berlin");
    assert_eq!(Branch::default().day_of(late), day(5));
}

#[test]
fn a_01_required_prepayment_is_a_matter_of_the_service() {
    let prepaid = Service { prepayment_required: true, ..service("Yoga") };
    let required = |yoga_service, plan| {
        let branch = branch(Rules::default(), yoga_service);
        Candidate::new(vacant(plan), &branch, &settled(settings()), monday()).prepayment_required
    };
    let pilates = Plan { service_id: PILATES, ..yoga(TUESDAY) };

    assert!(required(prepaid.clone(), yoga(TUESDAY)));
    assert!(!required(prepaid, pilates));
    assert!(!required(service("Yoga"), yoga(TUESDAY)));
}

fn opened() -> BranchEvent {
    BranchOpened { details: details() }.into()
}

fn elsewhere() -> Details {
    Details { time_zone: chrono_tz::America::Denver, ..details() }
}
