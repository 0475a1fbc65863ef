//! Stored rows beside what the folds make of the facts.

use std::collections::BTreeMap;

use aggregates::ids::BranchId;

use super::{Difference, Place};
use crate::ledger::table::{Cell, Table};

type Row = Vec<Cell>;

/// Compares all rows of a branch's table; names the first that differs, by key.
pub(super) fn compare(
    branch: BranchId,
    table: &'static Table,
    is: Vec<Row>,
    should: Vec<Row>,
) -> Result<(), Difference> {
    let mut pairs: BTreeMap<String, (Option<Row>, Option<Row>)> = BTreeMap::new();
    for row in is {
        let key = key(table, &row);
        pairs.entry(key).or_default().0 = Some(row);
    }
    for row in should {
        let key = key(table, &row);
        pairs.entry(key).or_default().1 = Some(row);
    }
    for (key, pair) in pairs {
        let (is, should_be) = match pair {
            (Some(is), Some(should)) if is == should => continue,
            (Some(is), Some(should)) => difference(table, &is, &should),
            (Some(_), None) => ("there".to_owned(), "absent: no fact made it".to_owned()),
            (None, _) => ("missing".to_owned(), "there".to_owned()),
        };
        return Err(Difference {
            branch_id: Some(branch),
            place: Place::Row { table: table.name, key },
            is,
            should_be,
        });
    }
    Ok(())
}

/// What identifies a row within its branch; the branch's own row by the branch.
fn key(table: &Table, row: &[Cell]) -> String {
    let keys = table.columns.iter().zip(row).filter(|((name, _), _)| table.key.contains(name));
    let own: Vec<String> = keys.map(|(_, cell)| said(cell)).collect();
    own.last().cloned().unwrap_or_default()
}

/// The first column that differs, as it is and as it should be.
fn difference(table: &Table, is: &[Cell], should: &[Cell]) -> (String, String) {
    let mut columns = table.columns.iter().zip(is.iter().zip(should));
    match columns.find(|(_, (is, should))| is != should) {
        Some(((column, _), (is, should))) => {
            (format!("{column} = {}", said(is)), format!("{column} = {}", said(should)))
        }
        None => ("another number of columns".to_owned(), format!("{} columns", should.len())),
    }
}

fn said(cell: &Cell) -> String {
    match cell {
        Cell::Null => "empty".to_owned(),
        Cell::Id(id) => id.to_string(),
        Cell::Int(int) => int.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Bytes(bytes) => format!("{} bytes", bytes.len()),
    }
}
