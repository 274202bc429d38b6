//! Patents, one publication each.

/// A patent.
#[derive(Debug, Clone)]
pub(crate) struct PatentRecord {
    /// Its publication number, with the kind where it is known.
    pub(crate) publication_number: String,
    /// Its title.
    pub(crate) title: Option<String>,
    /// The assignees at publication as the source spells them, joined by `; `.
    pub(crate) original_assignee: Option<String>,
    /// The present assignees as the source spells them, joined by `; `, where it names any.
    pub(crate) current_assignee: Option<String>,
    /// Its earliest priority day.
    pub(crate) priority_on: Option<String>,
    /// The day of its filing.
    pub(crate) filed_on: Option<String>,
    /// The day of its publication.
    pub(crate) published_on: Option<String>,
    /// The day of its grant.
    pub(crate) granted_on: Option<String>,
    /// Where it stands in its life.
    pub(crate) status: Option<String>,
    /// Its CPC symbols, joined by `;`.
    pub(crate) cpc: Option<String>,
    /// Its IPC symbols, joined by `;`.
    pub(crate) ipc: Option<String>,
    /// The source of the record.
    pub(crate) source: String,
    /// Which record of the source.
    pub(crate) source_record: Option<String>,
}
