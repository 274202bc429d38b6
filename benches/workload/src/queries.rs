//! The queries that are measured, each as a GraphQL request and as the address of its hand-written handler.

use crate::samples::{Sample, Variables};

/// A query of the workload.
pub struct Query {
    /// Its name, which is also that of its hand-written handler.
    pub name: &'static str,
    /// What it asks, in a line.
    pub about: &'static str,
    document: &'static str,
    /// The variables that are the same in every request.
    fixed: &'static [(&'static str, u32)],
    /// The others.
    pub sample: Sample,
}

/// All of them. Where a page is of 50 agreements, there are as many, or the most that a small store has: else a larger store
/// would give longer answers.
pub const QUERIES: &[Query] = &[
    Query {
        name: "q1",
        about: "one company by slug, 5 fields",
        document: include_str!("../documents/q1.graphql"),
        fixed: &[],
        sample: Sample { columns: &[("slug", "slug")], from: "company", order: "slug", cursor: None },
    },
    Query {
        name: "q2",
        about: "20 companies by name from a variable on, 10 agreements each, their parties with company, their areas",
        document: include_str!("../documents/q2.graphql"),
        fixed: &[("companies", 20), ("agreements", 10), ("parties", 10), ("areas", 10)],
        sample: Sample { columns: &[("from", "name")], from: "company", order: "name", cursor: None },
    },
    Query {
        name: "q3",
        about: "one company of many agreements, 50 of them, the first licence of each, 20 of its patents, their \
                owners and areas",
        document: include_str!("../documents/q3.graphql"),
        fixed: &[("agreements", 50), ("grants", 1), ("patents", 20), ("areas", 10)],
        sample: Sample {
            columns: &[("slug", "slug")],
            from: "(SELECT company_id, count(*) AS n, max(count(*)) OVER () AS most FROM agreement_party \
                    GROUP BY company_id) f JOIN company c ON c.id = f.company_id WHERE f.n >= 50 OR f.n = f.most",
            order: "slug",
            cursor: None,
        },
    },
    Query {
        name: "q4",
        about: "1,000 patents by number from a variable on, 7 scalars and the owner's slug",
        document: include_str!("../documents/q4.graphql"),
        fixed: &[("patents", 1000)],
        sample: Sample {
            columns: &[("from", "publication_number")],
            from: "patent",
            order: "publication_number",
            cursor: None,
        },
    },
    Query {
        name: "q5",
        about: "patents of an area whose owner is of a country, filed since a day: the newest 20, and how many there are",
        document: include_str!("../documents/q5.graphql"),
        fixed: &[("patents", 20)],
        sample: PATENT_FILTER,
    },
    Query {
        name: "q5s",
        about: "q5 against a handler that finds page and count at once, by sets of keys",
        document: include_str!("../documents/q5.graphql"),
        fixed: &[("patents", 20)],
        sample: PATENT_FILTER,
    },
    Query {
        name: "q5p",
        about: "q5 without the count",
        document: include_str!("../documents/q5p.graphql"),
        fixed: &[("patents", 20)],
        sample: PATENT_FILTER,
    },
    Query {
        name: "q6",
        about: "50 patents by filing date from somewhere in the middle on, by cursor, their owners and areas",
        document: include_str!("../documents/q6.graphql"),
        fixed: &[("patents", 50), ("areas", 10)],
        sample: Sample {
            columns: &[("after", "publication_number"), ("filedOn", "filed_on"), ("id", "id")],
            from: "patent WHERE filed_on IS NOT NULL",
            order: "filed_on, id",
            cursor: Some(
                "query ($after: String!) {
                    patents(filter: { publicationNumber: { eq: $after } }, orderBy: [{ field: FILED_ON }]) {
                        edges { cursor }
                    }
                }",
            ),
        },
    },
    Query {
        name: "q7",
        about: "the newest 50 agreements of an area with a party of a country, their parties with company, their \
                citations with source",
        document: include_str!("../documents/q7.graphql"),
        fixed: &[("agreements", 50), ("parties", 10), ("citations", 5)],
        sample: Sample {
            columns: &[("area", "a.slug"), ("country", "f.country")],
            from: "(SELECT l.area_id, c.country, count(DISTINCT l.agreement_id) AS n, \
                    max(count(DISTINCT l.agreement_id)) OVER () AS most FROM agreement_area l \
                    JOIN agreement_party p ON p.agreement_id = l.agreement_id JOIN company c ON c.id = p.company_id \
                    WHERE c.country IS NOT NULL GROUP BY l.area_id, c.country) f \
                JOIN cooperation_area a ON a.id = f.area_id WHERE f.n >= 50 OR f.n = f.most",
            order: "f.area_id, f.country",
            cursor: None,
        },
    },
];

/// Areas, countries and days as they occur together: frequent ones more often.
const PATENT_FILTER: Sample = Sample {
    columns: &[("area", "a.slug"), ("country", "c.country"), ("since", "p.filed_on")],
    from: "patent p JOIN company c ON c.id = p.owner_id JOIN patent_area l ON l.patent_id = p.id \
        JOIN cooperation_area a ON a.id = l.area_id WHERE c.country IS NOT NULL AND p.filed_on IS NOT NULL",
    order: "p.id, l.area_id",
    cursor: None,
};

impl Query {
    /// The HTTP request to Dealgraph.
    pub fn to_dealgraph(&self, variables: &Variables) -> Vec<u8> {
        let fixed = self.fixed.iter().map(|(name, value)| ((*name).to_owned(), (*value).into()));
        let drawn = variables.dealgraph.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into()));
        post(self.document, fixed.chain(drawn).collect())
    }

    /// The HTTP request to the hand-written handler.
    pub fn to_floor(&self, variables: &Variables) -> Vec<u8> {
        let mut address = format!("/{}", self.name);
        let fixed = self.fixed.iter().map(|(name, value)| (*name, value.to_string()));
        for (place, (name, value)) in variables.floor.iter().cloned().chain(fixed).enumerate() {
            address.push_str(if place == 0 { "?" } else { "&" });
            address.push_str(name);
            address.push('=');
            for byte in value.bytes() {
                if byte.is_ascii_alphanumeric() {
                    address.push(char::from(byte));
                } else {
                    address.push_str(&format!("%{byte:02X}"));
                }
            }
        }
        format!("GET {address} HTTP/1.1\r\nHost: bench\r\n\r\n").into_bytes()
    }
}

/// The HTTP request to Dealgraph of a document.
pub fn post(document: &str, variables: serde_json::Map<String, serde_json::Value>) -> Vec<u8> {
    let body = serde_json::json!({ "query": document, "variables": variables }).to_string();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
