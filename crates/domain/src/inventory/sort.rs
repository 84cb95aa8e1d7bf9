//! What the list is sorted by, and how addresses write it.

/// A column that can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// "Version": see [`version_order`](crate::version_order).
    Version,
    /// "Status": enabled above disabled, then what is not deprecated, not beta, and official.
    Status,
    /// "Usage": by the number of workspaces. What is not counted stands at the end in both directions.
    Usage,
    /// "Created": by date. What has none stands at the end in both directions.
    Created,
}

impl Column {
    /// Every one, in the order of the table.
    pub const ALL: [Self; 4] = [Self::Version, Self::Status, Self::Usage, Self::Created];

    /// Its word in the query `sort`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Status => "status",
            Self::Usage => "usage",
            Self::Created => "created",
        }
    }
}

/// A column and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Which.
    pub column: Column,
    /// Whether the greatest stands first.
    pub descending: bool,
}

impl Default for Sort {
    /// The newest version first.
    fn default() -> Self {
        Self { column: Column::Version, descending: true }
    }
}

impl Sort {
    /// From the query `sort`: `usage`, or `-usage` for descending. Anything unknown is the default.
    pub fn parse(query: &str) -> Self {
        let word = query.strip_prefix('-');
        let column = Column::ALL.into_iter().find(|column| column.word() == word.unwrap_or(query));
        column.map_or_else(Self::default, |column| Self { column, descending: word.is_some() })
    }

    /// The query `sort`.
    pub fn query(self) -> String {
        [if self.descending { "-" } else { "" }, self.column.word()].concat()
    }

    /// The sort after its column's heading was pressed: the other direction, or, coming from another column, the one that
    /// answers the likelier question: which are newest, which are used most, and which stand above.
    #[must_use]
    pub fn pressed(self, column: Column) -> Self {
        let descending = if self.column == column { !self.descending } else { column != Column::Status };
        Self { column, descending }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_is_a_column_with_a_minus_for_descending() {
        for column in Column::ALL {
            for descending in [false, true] {
                let sort = Sort { column, descending };
                assert_eq!(Sort::parse(&sort.query()), sort);
            }
        }
        for unknown in ["", "-", "name", "--version", "Version"] {
            assert_eq!(Sort::parse(unknown).query(), "-version");
        }
    }

    #[test]
    fn a_heading_turns_the_direction_round() {
        let sort = Sort::default().pressed(Column::Usage);
        assert_eq!(sort.query(), "-usage");
        assert_eq!(sort.pressed(Column::Usage).query(), "usage");
        assert_eq!(sort.pressed(Column::Status).query(), "status");
    }
}
