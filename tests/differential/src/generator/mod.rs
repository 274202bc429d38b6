//! Random valid documents, made from the schema and from the rows that they will be asked of.

mod ast;
mod filters;
mod inputs;
mod pages;
mod selections;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt::Write;

use dealgraph::catalog::{ENTITIES, Entity, Lookup};
use dealgraph::schema::types::QUERY;
use dealgraph::schema::{OutputField, schema};
use serde_json::{Map, Value as Json, json};

use crate::random::Rng;
use crate::reference;
use crate::value::{Rows, Value, id_of};
use ast::{Field, Fragment, Node, Scope, Size, measure, print};
use inputs::Inputs;
use selections::Reachable;

/// What occurs in a document, in words.
pub type Features = BTreeSet<String>;

/// A request.
pub struct Document {
    pub query: String,
    pub operation: Option<String>,
    pub variables: Json,
    pub features: Features,
}

/// The request of a seed. It isn't too large, and most of those that no row answers are drawn again.
pub fn document(rows: &Rows, seed: u64) -> Document {
    let mut rng = Rng::new(seed);
    loop {
        let budget = rng.between(15, 90);
        let mut generator = Generator {
            rows,
            rng: Rng::new(rng.draw()),
            features: Features::new(),
            inputs: Inputs::default(),
            fragments: Vec::new(),
            aliases: 0,
            budget,
        };
        let nodes = generator.root();
        let Size { fields, depth, price } = measure(&nodes, &generator.fragments, 1);
        if fields > 500 || depth > 14 || price > 30_000 {
            continue;
        }
        let made = generator.document(&nodes);
        let rows = reference::answer(rows, &made.query, made.operation.as_deref(), &made.variables).rows;
        if rows > 0 || rng.chance(12) {
            return made;
        }
    }
}

/// What is made along with a document.
pub struct Generator<'a> {
    rows: &'a Rows,
    rng: Rng,
    features: Features,
    inputs: Inputs,
    fragments: Vec<Fragment>,
    aliases: usize,
    /// How many fields should still come.
    budget: usize,
}

impl Generator<'_> {
    fn root(&mut self) -> Vec<Node> {
        let (mut nodes, mut scope) = (Vec::new(), Scope::default());
        for _ in 0..*self.rng.pick(&[1, 1, 1, 2, 3]) {
            let field = self.root_field();
            let mut node = Node::Field(field);
            if self.rng.chance(6) {
                self.features.insert("fragment on the root".to_owned());
                node = Node::Inline { on: Some(QUERY.to_owned()), directives: String::new(), inner: vec![node] };
            }
            if scope.try_add(QUERY, std::slice::from_ref(&node), &self.fragments) {
                nodes.push(node);
            }
        }
        nodes
    }

    fn root_field(&mut self) -> Field {
        let relations = *self.rng.pick(&[1, 2, 2, 3, 3, 4, 5]);
        let reach = Reachable { relations, parents: 1, known: None };
        let entity: &'static Entity = self.rng.pick::<&'static Entity>(ENTITIES);
        // Every root but `search`, whose ranking is of no use to compare: it has tests of its own.
        match self.rng.below(100) {
            0..15 => {
                let found: Vec<_> = ENTITIES.iter().flat_map(|e| e.lookups.iter().map(move |l| (*e, l))).collect();
                let (entity, lookup) = *self.rng.pick(&found);
                self.lookup(entity, lookup, reach)
            }
            15..25 => self.node(entity, reach),
            25..35 => self.nodes(reach),
            _ => {
                let name = dealgraph::catalog::camel_case(entity.plural);
                self.features.insert("root list".to_owned());
                self.field(&name, root_field(&name), reach)
            }
        }
    }

    fn lookup(&mut self, entity: &'static Entity, lookup: &'static Lookup, reach: Reachable<'_>) -> Field {
        let hit = match &pages::some_row(self.rows, &mut self.rng, entity)[lookup.column] {
            Value::Text(text) if self.rng.chance(90) => Some(text.clone()),
            _ => None,
        };
        self.features.insert(format!("lookup that {}", if hit.is_some() { "hits" } else { "misses" }));
        let field = root_field(lookup.root);
        let (name, _) = field.arguments.first().expect("a lookup has an argument");
        let mut made = self.field(lookup.root, field, reach);
        let missing = if lookup.root == "patent" { "US9999999" } else { "no such row" };
        made.arguments = vec![self.argument(field, name, &json!(hit.unwrap_or_else(|| missing.to_owned())))];
        made
    }

    fn some_id(&mut self, entity: &'static Entity) -> String {
        let key = id_of(pages::some_row(self.rows, &mut self.rng, entity));
        if self.rng.chance(85) {
            return reference::id(entity.name, key);
        }
        self.features.insert("node that is not there".to_owned());
        let free = (1..).find(|key| self.rows.by_id(entity.table, *key).is_none());
        reference::id(entity.name, free.unwrap_or(key))
    }

    fn node(&mut self, entity: &'static Entity, reach: Reachable<'_>) -> Field {
        self.features.insert("node".to_owned());
        let field = root_field("node");
        let mut made = self.field("node", field, Reachable { known: Some(entity.name), ..reach });
        let id = self.some_id(entity);
        made.arguments = vec![self.argument(field, "id", &json!(id))];
        made
    }

    fn nodes(&mut self, reach: Reachable<'_>) -> Field {
        self.features.insert("nodes".to_owned());
        let entities: Vec<&'static Entity> = (0..self.rng.between(1, 5)).map(|_| *self.rng.pick(ENTITIES)).collect();
        let mut ids: Vec<String> = entities.iter().map(|entity| self.some_id(entity)).collect();
        if self.rng.chance(15) {
            self.features.insert("nodes with an id twice".to_owned());
            ids.push(ids[0].clone());
        }
        let field = root_field("nodes");
        let parents = ids.len() as u64;
        let mut made = self.field("nodes", field, Reachable { parents, known: Some(entities[0].name), ..reach });
        made.page = Some(parents);
        made.arguments = vec![self.argument(field, "ids", &json!(ids))];
        made
    }

    /// The text, with the fragments and variables that it uses, and sometimes with an operation that isn't meant.
    fn document(mut self, nodes: &[Node]) -> Document {
        let mut used = BTreeSet::new();
        self.find_fragments(nodes, &mut used);
        let mut body = String::new();
        print(nodes, &mut body);
        let mut parts: Vec<String> = Vec::new();
        for at in &used {
            let mut text = format!("fragment F{at} on {} ", self.fragments[*at].on);
            print(&self.fragments[*at].inner, &mut text);
            parts.push(text);
        }
        let text = format!("{body}{}", parts.concat());
        let (declared, variables) = self.variables(&text);
        let several = self.rng.chance(10);
        let named = several || self.rng.chance(40);
        let operation = match (named, declared.is_empty()) {
            (true, _) => format!("query Asked{declared} {body}"),
            (false, true) if self.rng.chance(50) => body,
            (false, _) => format!("query{declared} {body}"),
        };
        parts.push(operation);
        if several {
            self.features.insert("several operations".to_owned());
            parts.push("query Other { companies(first: 1) { totalCount } }".to_owned());
        }
        self.rng.shuffle(&mut parts);
        let chosen = several || named && self.rng.chance(50);
        Document {
            query: parts.join("\n"),
            operation: chosen.then(|| "Asked".to_owned()),
            variables,
            features: self.features,
        }
    }

    fn find_fragments(&self, nodes: &[Node], used: &mut BTreeSet<usize>) {
        for node in nodes {
            match node {
                Node::Field(field) => self.find_fragments(&field.inner, used),
                Node::Inline { inner, .. } => self.find_fragments(inner, used),
                Node::Spread { fragment, .. } => {
                    if used.insert(*fragment) {
                        self.find_fragments(&self.fragments[*fragment].inner, used);
                    }
                }
            }
        }
    }

    /// The declarations and values of the variables that a text uses. No text of the rows has a dollar in it.
    fn variables(&self, text: &str) -> (String, Json) {
        let digits = |part: &str| part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len());
        let used: BTreeSet<&str> = text.split("$v").skip(1).map(|part| &part[..digits(part)]).collect();
        let (mut declared, mut values) = (String::new(), Map::new());
        for variable in self.inputs.variables.iter().filter(|variable| used.contains(&variable.name[1..])) {
            write!(declared, "${}: {}, ", variable.name, variable.declared).unwrap();
            values.extend(variable.value.clone().map(|value| (variable.name.clone(), value)));
        }
        let declared = declared.trim_end_matches(", ");
        (if declared.is_empty() { String::new() } else { format!("({declared})") }, Json::Object(values))
    }
}

fn root_field(name: &str) -> &'static OutputField {
    schema().field(QUERY, name).unwrap_or_else(|| panic!("{name} is a field of the root"))
}
