//! Asks a running server with types that are generated from the schema, and prints what it says.

use graphql_client::{GraphQLQuery, Response};

/// The types are made again when the schema changes.
const _: &str = include_str!("../../../../schema.graphql");

/// The scalars that the query uses; one that is missing here stops the compiler.
type Date = String;
type Decimal = String;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../../schema.graphql", query_path = "queries.graphql", response_derives = "Debug")]
struct Deal;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:8080/graphql".to_owned());
    let variables = deal::Variables { slug: "2017-nokia-xiaomi".to_owned(), stage: deal::CooperationStage::EXPLORING };
    let body: Response<deal::ResponseData> =
        ureq::post(&url).send_json(Deal::build_query(variables))?.body_mut().read_json()?;
    if let Some(errors) = body.errors {
        return Err(format!("{errors:?}").into());
    }
    let agreement = body.data.and_then(|data| data.agreement).ok_or("There is no such agreement.")?;
    println!("{}: {}", agreement.announced_on.unwrap_or_default(), agreement.title);
    for cooperation in agreement.cooperations.nodes {
        println!("- {}", cooperation.area.name);
    }
    Ok(())
}
