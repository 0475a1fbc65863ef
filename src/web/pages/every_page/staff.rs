use aggregates::booking_link::{Field, Kind};
use aggregates::ids::{BranchId, LinkId};
use aggregates::values::Duration;
use projections::settings::{Change, Setting, What};
use uuid::Uuid;

use super::{InLanguage, Pages, written};
use crate::import::{Note, Remark};
use crate::web::pages::form::Choice;
use crate::web::pages::samples;
use crate::web::pages::shell::{Along, StaffShell};
use crate::web::pages::staff::{import, settings, studio};

impl InLanguage {
    pub(super) fn staff_shell(&self) -> StaffShell {
        StaffShell {
            branch_name: "Riverside Studio".to_owned(),
            branch: BranchId(Uuid::nil()),
            language: self.0,
            along: Along::default(),
            public: None,
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
        let import = import::ImportPage {
            shell: self.staff_shell(),
            city: "Berlin".to_owned(),
            capacity: "12".to_owned(),
            first_week: "2027-01-04".to_owned(),
            weeks: "12".to_owned(),
            problems: self.problems(),
        };
        let counts = import::Counts { events: 9, new: 6, closed: 3, skipped: 2 };
        let upload = |shown| import::UploadPage {
            shell: self.staff_shell(),
            upload: Uuid::nil(),
            shown,
            notes: remarks().map(|remark| self.calendar().line_note(&Note { line: 7, remark })).into(),
            more: 2,
        };
        let (done, of) = (120, 228);
        let journal = crate::web::pages::urls::journal(BranchId(Uuid::nil()));
        let none = import::Counts::default();
        let uploads = [
            import::Shown::Preview(counts),
            import::Shown::Preview(import::Counts { new: 0, ..counts }),
            import::Shown::Preview(none),
            import::Shown::Running { done, of, may_begin: true },
            import::Shown::Stopped { done, of },
            import::Shown::Done { events: of, journal },
        ];
        let uploads = uploads.map(|shown| ("upload", written(&upload(shown))));
        let pages = vec![
            ("import", written(&import)),
            ("catalogue", written(&catalogue)),
            ("team", written(&team)),
            ("links", written(&links)),
            ("links, none", written(&settings::LinksPage { links: vec![], ..links })),
            ("link", written(&settings_of_one)),
            ("rules", written(&rules)),
        ];
        pages.into_iter().chain(uploads).collect()
    }
}

/// Everything that can be said of a line of a timetable.
fn remarks() -> [Remark; 11] {
    let text = || "7".to_owned();
    let given = Duration::try_from(0).unwrap_err();
    [
        Remark::Fields { has: 4, expected: 5 },
        Remark::NotUtf8,
        Remark::Empty("7"),
        Remark::NoName { column: "7", error: aggregates::values::NotAName },
        Remark::Status(text()),
        Remark::NoStart(text()),
        Remark::NoNumber(text()),
        Remark::Duration(given),
        Remark::LeavesCalendar,
        Remark::SameAs(2),
        Remark::Shifted {
            asked: "2027-03-28T02:30:00".parse().unwrap(),
            starts: "03:30:00".parse().unwrap(),
        },
    ]
}
