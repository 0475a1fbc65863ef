use aggregates::booking_link::{Field, Kind};
use aggregates::ids::{BranchId, LinkId};
use projections::settings::{Change, Setting, What};
use uuid::Uuid;

use super::{InLanguage, Pages, written};
use crate::web::pages::form::Choice;
use crate::web::pages::samples;
use crate::web::pages::shell::{Along, StaffShell, You};
use crate::web::pages::staff::{settings, studio};

impl InLanguage {
    pub(super) fn staff_shell(&self) -> StaffShell {
        StaffShell {
            branch_name: "Riverside Studio".to_owned(),
            branch: BranchId(Uuid::nil()),
            language: self.0,
            along: Along::default(),
            public: None,
            you: You::Anybody,
        }
    }

    pub(super) fn settings(&self) -> Pages {
        let language = self.0;
        let line = |kind| settings::LinkLine {
            link: LinkId(Uuid::nil()),
            name: "Yoga".to_owned(),
            kind,
            multiple: language.say("multiple-paused"),
        };
        let links = settings::LinksPage {
            shell: self.staff_shell(),
            links: [Kind::Individual, Kind::Group, Kind::Mixed].map(line).into(),
            problems: self.problems(),
        };
        let change = Change { what: What::Services, of: None, was: Some(Setting::All), is: None };
        let save = settings::SaveLine {
            at: self.calendar().at(samples::starts(0)),
            who: language.say("who-staff"),
            changes: vec![language.change(&change)],
        };
        let choice = Choice { value: "1".to_owned(), name: "Sofie".to_owned(), chosen: true };
        let settings_of_one = settings::LinkSettingsPage {
            shell: self.staff_shell(),
            link: LinkId(Uuid::nil()),
            kind: Kind::Group,
            name: "Yoga".to_owned(),
            active: true,
            services: vec![],
            team: vec![choice],
            lead_hours: "0".to_owned(),
            horizon_days: "365".to_owned(),
            allow_multiple: true,
            max_events: "4".to_owned(),
            email: Field::Optional,
            comment: Field::Off,
            consent: String::new(),
            phone_code: true,
            sends_codes: false,
            looks: settings::Looks { colour: "#ffd400".to_owned(), ..settings::Looks::default() },
            version: 1,
            prepayment: true,
            saved: Some(language.say("saved")),
            saves: vec![save.clone()],
            problems: self.problems(),
        };
        let rule = settings::ChangeRuleFields { allowed: true, hours: "24".to_owned() };
        let rules = settings::BranchRulesPage {
            shell: self.staff_shell(),
            prepayment: true,
            several_spots: true,
            max_spots: "4".to_owned(),
            cancelling: rule.clone(),
            rescheduling: rule.clone(),
            reminder: rule,
            sends_messages: false,
            studio: settings::StudioFields { time_zone: "UTC".to_owned(), ..Default::default() },
            allow_duplicates: true,
            version: 1,
            paused_links: 1,
            saved: Some(language.say("nothing-to-save")),
            saves: vec![save.clone()],
            problems: self.problems(),
        };
        let service = |service: Option<u128>| studio::ServiceForm {
            service: service.map(|id| aggregates::ids::ServiceId(Uuid::from_u128(id))),
            name: "Yoga".to_owned(),
            duration: "60".to_owned(),
            price: "15".to_owned(),
            currency: "EUR".to_owned(),
            membership: aggregates::branch::MembershipBooking::Optional,
            prepaid: true,
        };
        let catalogue = studio::CataloguePage {
            shell: self.staff_shell(),
            services: vec![service(Some(1)), service(None)],
            version: 1,
            saved: Some(language.say("saved")),
            saves: vec![save.clone()],
            problems: self.problems(),
        };
        let member = |member: Option<u128>| studio::MemberForm {
            member: member.map(|id| aggregates::ids::TeamMemberId(Uuid::from_u128(id))),
            name: "Sofie".to_owned(),
            feed: member.map(|_| String::new()),
        };
        let team = studio::TeamPage {
            shell: self.staff_shell(),
            team: vec![member(Some(1)), member(None)],
            version: 1,
            saved: None,
            saves: vec![save],
            problems: self.problems(),
        };
        vec![
            ("catalogue", written(&catalogue)),
            ("team", written(&team)),
            ("links", written(&links)),
            ("links, none", written(&settings::LinksPage { links: vec![], ..links })),
            ("link", written(&settings_of_one)),
            ("rules", written(&rules)),
        ]
    }
}
