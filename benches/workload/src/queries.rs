//! The queries that are measured, each as a GraphQL request and as the address of its hand-written handler.

/// A query of the workload.
pub struct Query {
    /// Its name.
    pub name: &'static str,
    /// What it asks, in a line.
    pub about: &'static str,
    document: &'static str,
    /// The variables that are the same in every request.
    fixed: &'static [(&'static str, u32)],
    /// The statement whose only column gives the values that `from` takes.
    pub starts: &'static str,
}

/// How many values `from` takes.
pub const STARTS: usize = 50;

/// All of them.
pub const QUERIES: &[Query] = &[
    Query {
        name: "q2",
        about: "20 companies by name from a variable on, 10 agreements each, their parties with company, their areas",
        document: "query Q2($from: String!, $companies: Int!, $agreements: Int!, $parties: Int!, $areas: Int!) {
  companies(first: $companies, filter: { name: { gte: $from } }, orderBy: [{ field: NAME }]) {
    nodes {
      slug name country
      agreements(first: $agreements) {
        nodes {
          slug title announcedOn status
          parties(first: $parties) { nodes { role company { name slug } } }
          areas(first: $areas) { nodes { slug name } }
        }
      }
    }
  }
}",
        fixed: &[("companies", 20), ("agreements", 10), ("parties", 10), ("areas", 10)],
        starts: "SELECT name FROM company ORDER BY name",
    },
    Query {
        name: "q4",
        about: "1,000 patents by number from a variable on, 7 scalars and the owner's slug",
        document: "query Q4($from: String!, $patents: Int!) {
  patents(first: $patents, filter: { publicationNumber: { gte: $from } }) {
    nodes { publicationNumber title office kindCode filedOn status claimsCount owner { slug } }
  }
}",
        fixed: &[("patents", 1000)],
        starts: "SELECT publication_number FROM patent ORDER BY publication_number",
    },
];

impl Query {
    /// The HTTP request to Dealgraph.
    pub fn to_dealgraph(&self, from: &str) -> Vec<u8> {
        let mut variables: serde_json::Map<_, _> =
            self.fixed.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        variables.insert("from".to_owned(), from.into());
        let body = serde_json::json!({ "query": self.document, "variables": variables }).to_string();
        format!(
            "POST /graphql HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    }

    /// The HTTP request to the hand-written handler.
    pub fn to_floor(&self, from: &str) -> Vec<u8> {
        let mut address = format!("/{}?from=", self.name);
        for byte in from.bytes() {
            if byte.is_ascii_alphanumeric() {
                address.push(char::from(byte));
            } else {
                address.push_str(&format!("%{byte:02X}"));
            }
        }
        for (name, value) in self.fixed {
            address.push_str(&format!("&{name}={value}"));
        }
        format!("GET {address} HTTP/1.1\r\nHost: bench\r\n\r\n").into_bytes()
    }

    /// `STARTS` values of `from` in the first 95 % of all, evenly spread, out of order.
    pub fn spread(&self, all: &[String]) -> Vec<String> {
        let usable = (all.len() * 95 / 100).max(1);
        (0..STARTS).filter_map(|n| all.get((n * 37 % STARTS) * usable / STARTS).cloned()).collect()
    }
}
