//! Numbers in rows of equal length, and what every formula needs of them.

/// Complete scores: a row for each person, a column for each item or observer. It has no gaps; whoever makes one has
/// decided what becomes of missing values.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    columns: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// A matrix without rows.
    pub fn new(columns: usize) -> Matrix {
        Matrix { columns, cells: Vec::new() }
    }

    /// Adds a row. A row that is too long or too short is not taken.
    pub fn push(&mut self, row: &[f64]) {
        if row.len() == self.columns {
            self.cells.extend_from_slice(row);
        }
    }

    /// The rows that have a value in every column (listwise deletion).
    ///
    /// Columns are equally long: the first value of each belongs to the first person.
    pub fn listwise(columns: &[&[Option<f64>]]) -> Matrix {
        let mut matrix = Matrix::new(columns.len());
        let people = columns.iter().map(|column| column.len()).min().unwrap_or(0);
        let mut row = Vec::with_capacity(columns.len());
        for person in 0..people {
            row.clear();
            row.extend(columns.iter().map_while(|column| column[person]));
            matrix.push(&row);
        }
        matrix
    }

    /// How many rows there are.
    pub fn people(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> + Clone {
        // A matrix without columns has no cells, so that it has no rows either.
        self.cells.chunks_exact(self.columns.max(1))
    }
}

/// A count as a number to compute with.
#[expect(clippy::cast_precision_loss, reason = "nobody has 2^53 people")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

/// The sum of the squared distances from the mean.
///
/// Values are taken relative to the first one: what is constant comes out as exactly 0, and a large constant in all
/// values costs no digits.
pub(super) fn squares(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let Some(first) = values.clone().next() else { return 0.0 };
    let (count, sum) =
        values.clone().fold((0, 0.0), |(count, sum), value| (count + 1, sum + (value - first)));
    let mean = sum / real(count);
    values.map(|value| (value - first - mean).powi(2)).sum()
}

/// Whether something is nothing but the rounding of what it was computed from.
///
/// Floats keep sixteen digits; four of them may be lost in the sums of a large group.
pub(super) fn negligible(part: f64, whole: f64) -> bool {
    part <= whole * 1e-12
}
