//! Who may: every mutation of the schema, asked by every role.

use dealgraph::access::{Actor, Role};
use dealgraph::engine::Request;
use dealgraph::mutation::MUTATIONS;
use dealgraph::schema::{TypeDef, TypeRef, schema};
use serde_json::{Value, json};

use super::{actor, bytes, on_both};

/// A value of a type that is well formed and names nothing that is there.
fn value(ty: &TypeRef) -> Value {
    match ty {
        TypeRef::NonNull(inner) => value(inner),
        TypeRef::List(inner) => json!([value(inner)]),
        TypeRef::Named(name) => match schema().get(name) {
            Some(TypeDef::Input { fields, .. }) => {
                let given = fields.iter().filter(|(_, field)| field.ty.is_required());
                Value::Object(given.map(|(name, field)| (name.clone(), value(&field.ty))).collect())
            }
            Some(TypeDef::Closed(set)) => json!(set.values[0].0),
            _ if name == "Int" => json!(1),
            _ if name == "Decimal" => json!("1"),
            _ if name == "Boolean" => json!(true),
            _ if name == "Date" => json!("2020-01-01"),
            _ => json!("nothing"),
        },
    }
}

#[test]
fn each_mutation_of_the_schema_asks_for_the_role_that_is_declared_for_it() {
    let Some(TypeDef::Object { fields, .. }) = schema().get("Mutation") else { panic!("a root of mutations") };
    assert!(fields.keys().eq(MUTATIONS.iter().map(|mutation| mutation.name)), "all that is declared is in the schema");
    on_both(|asked| {
        for (name, field) in fields {
            let needed = MUTATIONS.iter().find(|mutation| mutation.name == name).map(|mutation| mutation.role);
            let needed = needed.unwrap_or_else(|| panic!("{name} has a rule"));
            let input = &field.arguments["input"].ty;
            let query = format!("mutation($input: {input}) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}");
            let asks = Role::ALL.map(|role| (actor(role), Some(role)));
            for (actor, role) in asks.into_iter().chain([(Actor::anonymous(), None)]) {
                let request = Request {
                    query: query.clone(),
                    variables: json!({ "input": value(input) }).as_object().cloned().unwrap(),
                    actor,
                    ..Request::default()
                };
                let answer: Value = serde_json::from_str(&bytes(&asked.engine, &request)).unwrap();
                let code = &answer["errors"][0]["extensions"]["code"];
                match role {
                    None => assert_eq!(code, "UNAUTHENTICATED", "{name}: {answer}"),
                    Some(role) if role < needed => {
                        assert_eq!(code, "FORBIDDEN", "{name} as {role}: {answer}");
                        assert!(answer.get("data").is_none(), "{name} as {role}: {answer}");
                    }
                    Some(role) => assert!(answer["data"][name].is_object(), "{name} as {role}: {answer}"),
                }
            }
        }
    });
}

#[test]
fn of_a_request_that_may_not_do_all_nothing_is_done() {
    on_both(|asked| {
        asked.companies(&["acme"]);
        let query = "mutation($one: CompanyUpdateInput!, $two: AgreementRetractInput!) { \
            companyUpdate(input: $one) { company { name } } agreementRetract(input: $two) { agreement { id } } }";
        let mut request = super::request(Role::Editor, query, &Value::Null);
        let one = json!({"slug": "acme", "version": 1, "name": "Other", "citations": [{"source": super::URL}]});
        let two = json!({"slug": "none", "version": 1, "reason": "No."});
        request.variables = json!({"one": one, "two": two}).as_object().cloned().unwrap();
        let answer = bytes(&asked.engine, &request);
        assert!(answer.contains("FORBIDDEN") && answer.contains("`admin`"), "{answer}");
        let read = asked.ask("{ company(slug: \"acme\") { version } }", &Value::Null);
        assert_eq!(read["data"]["company"]["version"], 1);
    });
}
