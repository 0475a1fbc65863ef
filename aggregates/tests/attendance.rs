//! Whether the client came: noted by staff, and taken back.

use aggregates::Decider;
use aggregates::appointment::{
    Appointment, AppointmentCommand, AppointmentEvent, AppointmentRefusal, Attendance, AttendanceNoted, By,
};
use aggregates::spec::given;

use crate::people::*;

fn note(attendance: Option<Attendance>) -> AppointmentCommand {
    AppointmentCommand::NoteAttendance(attendance)
}

fn noted(attendance: Option<Attendance>) -> AppointmentEvent {
    AttendanceNoted { activity_id: TUESDAY, attendance }.into()
}

#[test]
fn j2_attendance_is_noted_changed_and_taken_back() {
    let [arrived, no_show] = [Attendance::Arrived, Attendance::NoShow].map(Some);

    given::<Appointment>([booked(TUESDAY)]).when(note(arrived)).then([noted(arrived)]);
    given::<Appointment>([booked(TUESDAY), noted(arrived)]).when(note(no_show)).then([noted(no_show)]);
    given::<Appointment>([booked(TUESDAY), noted(arrived)]).when(note(None)).then([noted(None)]);
    given::<Appointment>([booked(TUESDAY), noted(arrived)]).when(note(arrived)).then([]);
    given::<Appointment>([booked(TUESDAY)]).when(note(None)).then([]);
}

#[test]
fn j2_whoever_cancelled_is_not_noted() {
    given::<Appointment>([booked(TUESDAY), cancelled(By::Client)])
        .when(note(Some(Attendance::NoShow)))
        .then_refused(AppointmentRefusal::Cancelled);
    given::<Appointment>([]).when(note(None)).then_refused(AppointmentRefusal::NotBooked);
}

#[test]
fn j2_what_was_noted_of_one_event_is_not_true_of_another() {
    let history = [booked(TUESDAY), noted(Some(Attendance::NoShow)), rescheduled(THURSDAY, By::Staff)];

    assert_eq!(Appointment::after(&history).booking().unwrap().attendance, None);
}
