use aggregates::ids::BranchId;
use aggregates::values::{Duration, NotAName};
use uuid::Uuid;

use super::{InLanguage, Pages, written};
use crate::import::{Note, Remark};
use crate::web::pages::staff::import;

impl InLanguage {
    pub(super) fn imports(&self) -> Pages {
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
        [("import", written(&import))].into_iter().chain(uploads).collect()
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
        Remark::NoName { column: "7", error: NotAName },
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
