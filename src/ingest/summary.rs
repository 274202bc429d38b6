//! What a load did, table by table.

/// How many rows of a table were stored and how many stood already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableCount {
    /// The table.
    pub table: &'static str,
    /// The rows that were stored.
    pub stored: usize,
    /// The rows of the files that stood already.
    pub stood: usize,
}

/// What a load did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The tables, in the order of writing.
    pub tables: Vec<TableCount>,
}

impl Summary {
    /// How many rows were stored in all.
    #[must_use]
    pub fn stored(&self) -> usize {
        self.tables.iter().map(|count| count.stored).sum()
    }

    /// How many rows stood already.
    #[must_use]
    pub fn stood(&self) -> usize {
        self.tables.iter().map(|count| count.stood).sum()
    }
}
