//! Confirmations per second as bars, for the README.

use std::fmt::Write;

use crate::table::{Cell, Table};
use crate::{CONFIRMATIONS, POSTGRES, SQLITE};

/// Who is drawn, on which store, and in which colour.
const BARS: [(&str, &str, &str); 3] =
    [("ours", "Cartwheel", "ours"), ("", "plain transactions", "plain"), ("stock", "stock cqrs-es", "stock")];

const PANELS: [(&str, &str, usize); 2] =
    [(POSTGRES, "PostgreSQL, 32 branches", 32), (SQLITE, "SQLite, 21 branches", 21)];

const WIDTH: f64 = 720.0;
const LABELS: f64 = 190.0;
const BAR: f64 = 18.0;
const STEP: f64 = 22.0;

/// The picture; light or dark as its reader likes it.
pub fn draw(table: &Table) -> String {
    let mut drawn = String::new();
    let mut y = 34.0;
    for (store, title, branches) in PANELS {
        let _ = writeln!(drawn, r#"<text class="title" x="0" y="{y}">{title}</text>"#);
        y += 14.0;
        let rates = |callers| rates(table, Cell { what: CONFIRMATIONS, store, branches, callers });
        let most =
            [1, 32, 256].iter().flat_map(|callers| rates(*callers)).map(|bar| bar.2).fold(1.0, f64::max);
        for callers in [1, 32, 256] {
            let plural = if callers == 1 { "caller" } else { "callers" };
            let _ = writeln!(drawn, r#"<text x="0" y="{:.0}">{callers} {plural}</text>"#, y + 13.0);
            for (label, class, rate) in rates(callers) {
                let width = (WIDTH - LABELS - 60.0) * rate / most;
                let _ = writeln!(
                    drawn,
                    r#"<text class="name" x="{LABELS}" y="{text:.0}">{label}</text><rect class="{class}" x="{x}" y="{y:.0}" width="{width:.1}" height="{BAR}" rx="3"/><text x="{after:.1}" y="{text:.0}">{rate:.0}</text>"#,
                    text = y + 13.0,
                    x = LABELS + 8.0,
                    after = LABELS + 14.0 + width,
                );
                y += STEP;
            }
            y += 8.0;
        }
        y += 22.0;
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -16 {total:.0} {height:.0}" role="img" aria-labelledby="title">
<title id="title">Confirmations of ten dates per second, more is better</title>
<style>
text {{ font: 13px system-ui, sans-serif; fill: #1f2430; }}
.title {{ font-weight: 600; font-size: 15px; }}
.name {{ text-anchor: end; fill: #5b6372; }}
.ours {{ fill: #2f6f5e; }} .plain {{ fill: #9aa3b2; }} .stock {{ fill: #c98a5b; }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #e8eaf0; }} .name {{ fill: #aab2c0; }}
.ours {{ fill: #5fb79f; }} .plain {{ fill: #6f7889; }} .stock {{ fill: #d59a6c; }}
}}
</style>
<text class="title" x="0" y="2">Confirmations of ten dates per second, all durable</text>
{drawn}</svg>
"#,
        total = WIDTH + 24.0,
        height = y + 16.0,
    )
}

/// Label, class and rate of everybody who took part.
fn rates(table: &Table, cell: Cell) -> Vec<(&'static str, &'static str, f64)> {
    let plain = if cell.store == SQLITE { "plain transactions" } else { "pgbench" };
    let bars = BARS.iter().filter_map(|(name, label, class)| {
        let name = if name.is_empty() { plain } else { name };
        Some((*label, *class, table.rate(cell, name)?))
    });
    bars.collect()
}
