//! One week of classes in a town that does not exist, the same for the same seed.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "shared by tests, each of which uses a part"
)]

use std::fmt::Write;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

pub const HEADINGS: &str = "venue,service,kind,teacher_id,teacher,starts_local,duration_minutes,status";

const PLACES: [&str; 8] =
    ["Harbour", "Old Mill", "Tannery", "Orchard", "Signal Box", "Weir", "Brickyard", "Lantern"];
const ROOMS: [&str; 4] = ["Studio", "Loft", "Gym", "House"];
const SERVICES: [&str; 6] = ["Yoga", "Boxing", "Pilates", "Barre", "Cycling", "Stretch, slow & deep"];
const TEACHERS: [&str; 10] = ["Ada", "Bo", "Cleo", "Dag", "Eira", "Finn", "Gwen", "Hal", "Ines", "Jun"];

/// A timetable as a CSV file: so many studios with so many classes each, one in fifteen closed to online booking.
pub fn csv(seed: u64, studios: usize, classes: usize) -> String {
    let mut random = StdRng::seed_from_u64(seed);
    let mut file = format!("{HEADINGS}\n");
    let mut count = 0;
    for studio in 0..studios {
        let venue =
            format!("{} {}", PLACES[studio % PLACES.len()], ROOMS[studio / PLACES.len() % ROOMS.len()]);
        for class in 0..classes {
            let service = SERVICES[random.random_range(0..3) + studio % 4];
            let teacher = random.random_range(0..3) + studio % 8;
            // Every class has a start of its own, so that no two are the same event.
            let (day, hour) = (class % 7, 6 + class / 7 % 16);
            let minute = [0, 15, 30, 45][random.random_range(0..4)];
            let duration = [45, 50, 60, 75][random.random_range(0..4)];
            count += 1;
            let status = if count % 15 == 0 { "unavailable" } else { "available" };
            writeln!(
                file,
                "{venue},\"{service}\",,{},{},2027-01-{:02}T{hour:02}:{minute:02},{duration},{status}",
                100 * studio + teacher,
                TEACHERS[teacher],
                4 + day,
            )
            .unwrap();
        }
    }
    file
}
