use aggregates::booking_link::{Field, Kind};
use aggregates::ids::{AppointmentId, BranchId, LinkId};
use projections::settings::{Change, Setting, What};
use uuid::Uuid;

use super::{InLanguage, Pages, written};
use crate::web::pages::form::Choice;
use crate::web::pages::samples;
use crate::web::pages::shell::{Along, StaffShell};
use crate::web::pages::staff::{journal, settings};

impl InLanguage {
    fn staff_shell(&self) -> StaffShell {
        StaffShell {
            branch_name: "Riverside Studio".to_owned(),
            branch: BranchId(Uuid::nil()),
            language: self.0,
            along: Along::default(),
        }
    }

    pub(super) fn journal(&self) -> Pages {
        let at = self.calendar().at(samples::starts(0));
        let event = |taken: u32, cancelled, open| journal::Event {
            activity: samples::activity(taken.into()),
            service: "Yoga".to_owned(),
            team_member: "Sofie".to_owned(),
            starts: at,
            ends: at,
            taken,
            capacity: 9,
            cancelled,
            open,
        };
        let row = |n, cancelled| journal::Row {
            appointment: AppointmentId(Uuid::from_u128(n)),
            name: "Anna Berg".to_owned(),
            phone: String::new(),
            spots: 1,
            booked: at,
            cancelled,
            version: 1,
        };
        let day = journal::JournalPage {
            shell: self.staff_shell(),
            calendar: self.calendar(),
            day: self.calendar().today(),
            events: vec![
                event(7, false, false),
                event(9, false, true),
                event(10, false, true),
                event(0, true, true),
            ],
            next_with_events: None,
        };
        let empty = journal::JournalPage {
            events: vec![],
            next_with_events: Some(self.calendar().today()),
            ..day.clone()
        };
        let one = journal::JournalEventPage {
            shell: self.staff_shell(),
            event: event(7, false, true),
            appointments: vec![row(1, None), row(2, Some(self.0.say("cancelled-by-client")))],
            targets: vec![(samples::activity(1), "Yoga".to_owned())],
            told: Some(self.0.say("appointment-was-moved")),
            problems: self.problems(),
        };
        let none = journal::JournalEventPage { appointments: vec![], ..one.clone() };
        vec![
            ("journal", written(&day)),
            ("journal, empty", written(&empty)),
            ("journal of an event", written(&one)),
            ("journal of an event, empty", written(&none)),
        ]
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
            rescheduling: rule,
            allow_duplicates: true,
            version: 1,
            paused_links: 1,
            saved: Some(language.say("nothing-to-save")),
            saves: vec![save],
            problems: self.problems(),
        };
        vec![
            ("links", written(&links)),
            ("links, none", written(&settings::LinksPage { links: vec![], ..links })),
            ("link", written(&settings_of_one)),
            ("rules", written(&rules)),
        ]
    }
}
