//! One company by slug.

use tokio_postgres::{Client, Statement};

use super::asked;
use super::rows::{date, text};
use crate::Fault;

const COMPANY: &str = "SELECT slug, name, country, city, founded_on FROM company WHERE slug = $1";

pub struct Statements {
    company: Statement,
}

impl Statements {
    pub async fn prepare(client: &Client) -> Result<Self, Fault> {
        Ok(Self { company: client.prepare(COMPANY).await? })
    }

    pub async fn answer(&self, client: &Client, asked: &asked::Q1) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::with_capacity(256);
        out.extend_from_slice(br#"{"data":{"company":"#);
        match client.query_opt(&self.company, &[&asked.slug]).await? {
            Some(company) => {
                out.extend_from_slice(br#"{"slug":"#);
                text(&company, 0, &mut out);
                out.extend_from_slice(br#","name":"#);
                text(&company, 1, &mut out);
                out.extend_from_slice(br#","country":"#);
                text(&company, 2, &mut out);
                out.extend_from_slice(br#","city":"#);
                text(&company, 3, &mut out);
                out.extend_from_slice(br#","foundedOn":"#);
                date(&company, 4, &mut out);
                out.push(b'}');
            }
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b"}}");
        Ok(out)
    }
}
