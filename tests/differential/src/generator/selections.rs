//! Random selections on any type of the schema.

use dealgraph::catalog::{Entity, Reach};
use dealgraph::schema::{OutputField, Role, TypeDef, schema};
use serde_json::json;

use super::ast::{Field, Fragment, Node, Scope, measure};
use super::{Generator, pages};

/// How far a selection may still go, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Reachable<'t> {
    /// Relations.
    pub relations: usize,
    /// How many objects this one stands for at worst.
    pub parents: u64,
    /// The object that an abstract type is known to be.
    pub known: Option<&'t str>,
}

const LARGEST_FRAGMENT: u64 = 60;

impl Generator<'_> {
    /// A selection set on a type. It is never empty.
    pub fn selection(&mut self, on: &str, reach: Reachable<'_>) -> Vec<Node> {
        let (mut nodes, mut scope) = (Vec::new(), Scope::default());
        let wanted = if on.ends_with("Connection") || on.ends_with("Edge") { 2 } else { self.rng.between(2, 4) };
        for _ in 0..wanted {
            let node = match self.rng.below(100) {
                0..12 if reach.relations > 0 => self.group(on, reach),
                12..20 => self.known_fragment(on, reach),
                20..32 => self.repeat(&nodes, reach),
                _ => self.any_field(on, reach).map(Node::Field),
            };
            if let Some(node) = node {
                self.add(on, node, &mut nodes, &mut scope);
            }
        }
        if self.is_abstract(on) && reach.relations > 0 {
            for _ in 0..2 {
                if let Some(node) = self.group(on, reach) {
                    self.add(on, node, &mut nodes, &mut scope);
                }
            }
        }
        if nodes.is_empty() {
            let node = self.plain_field(on, reach);
            self.add(on, node, &mut nodes, &mut scope);
        }
        nodes
    }

    /// Adds a selection, under a name of its own if it can't merge; or leaves it.
    fn add(&mut self, on: &str, mut node: Node, nodes: &mut Vec<Node>, scope: &mut Scope) {
        let fits = scope.try_add(on, std::slice::from_ref(&node), &self.fragments);
        if let (false, Node::Field(field)) = (fits, &mut node) {
            self.aliases += 1;
            field.alias = Some(format!("x{}", self.aliases));
            self.features.insert("one field under two names".to_owned());
            assert!(scope.try_add(on, std::slice::from_ref(&node), &self.fragments), "a new name always fits");
        } else if !fits {
            return;
        }
        nodes.push(node);
    }

    fn is_abstract(&self, name: &str) -> bool {
        matches!(schema().get(name), Some(TypeDef::Interface { .. } | TypeDef::Union { .. }))
    }

    fn plain_field(&mut self, on: &str, reach: Reachable<'_>) -> Node {
        // A connection and its edges have nothing plain that says much: their rows do.
        let fields = fields_of(on);
        let name = ["nodes", "node", "hasNextPage", "id"].into_iter().find(|name| fields.iter().any(|f| f.0 == *name));
        match name.and_then(|name| fields.into_iter().find(|field| field.0 == name)) {
            Some((name, field)) => Node::Field(self.field(&name, field, reach)),
            None => Node::Field(typename()),
        }
    }

    /// A field of a type, if there is one that may still be asked.
    fn any_field(&mut self, on: &str, reach: Reachable<'_>) -> Option<Field> {
        if self.rng.chance(7) || matches!(schema().get(on), Some(TypeDef::Union { .. })) {
            self.features.insert("__typename".to_owned());
            let mut field = typename();
            field.alias = self.alias();
            return Some(field);
        }
        let fields = fields_of(on);
        let leads = |role: &Role| matches!(role, Role::Edge(_));
        let edges = reach.relations > 0 && self.budget > 0 && self.rng.chance(45);
        let (far, near): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(_, field)| leads(&field.role));
        let (name, field) = self.rng.pick_if_any(if edges && !far.is_empty() { &far } else { &near })?;
        let rows = ["nodes", "edges"].contains(&name.as_str());
        if !rows && on.ends_with("Connection") && self.rng.chance(50) {
            return self.any_field(on, reach);
        }
        Some(self.field(name, field, Reachable { known: None, ..reach }))
    }

    fn alias(&mut self) -> Option<String> {
        // Among the names are some of fields: an alias may be called as another field is.
        let names = ["a", "b", "id", "name", "title", "node", "nodes"];
        if !self.rng.chance(15) {
            return None;
        }
        self.features.insert("alias".to_owned());
        Some((*self.rng.pick(&names)).to_owned())
    }

    /// A field with arguments and selections.
    pub fn field(&mut self, name: &str, field: &OutputField, reach: Reachable<'_>) -> Field {
        self.budget = self.budget.saturating_sub(1);
        let alias = self.alias();
        let directives = self.directives();
        let ty = (field.ty.to_string(), field.ty.name().to_owned());
        let mut new = Field {
            alias,
            name: name.to_owned(),
            arguments: Vec::new(),
            directives,
            inner: Vec::new(),
            page: None,
            ty,
        };
        if let Some(entity) = connection_of(field) {
            let page = pages::page(self.rows, &mut self.rng, &mut self.features, entity, reach.parents);
            new.page = Some(page.size);
            for (name, value) in page.arguments {
                new.arguments.push(self.argument(field, name, &value));
            }
            for name in ["asOf", "knownAt"] {
                if field.arguments.contains_key(name) && self.rng.chance(60) {
                    self.features.insert(format!("a day: {name}"));
                    let day = pages::some_day(&mut self.rng);
                    new.arguments.push(self.argument(field, name, &day));
                }
            }
            self.absent_argument(field, &mut new.arguments);
            self.rng.shuffle(&mut new.arguments);
        }
        new.inner = self.inner(field, reach, new.page);
        new
    }

    /// An argument as text.
    pub fn argument(&mut self, field: &OutputField, name: &str, value: &serde_json::Value) -> String {
        let ty = &field.arguments[name].ty;
        format!("{name}: {}", self.inputs.value(&mut self.rng, &mut self.features, ty, value))
    }

    fn absent_argument(&mut self, field: &OutputField, arguments: &mut Vec<String>) {
        let given = |name: &str| arguments.iter().any(|argument| argument.starts_with(&format!("{name}:")));
        let free: Vec<_> = field.arguments.iter().filter(|(name, _)| !given(name)).collect();
        if let (true, Some((name, argument))) = (self.rng.chance(8), self.rng.pick_if_any(&free)) {
            self.features.insert("absent variable as an argument".to_owned());
            arguments.push(format!("{name}: {}", self.inputs.absent(&mut self.features, &argument.ty)));
        }
    }

    /// The selections of a field; none if it is a leaf.
    fn inner(&mut self, field: &OutputField, reach: Reachable<'_>, page: Option<u64>) -> Vec<Node> {
        if !schema().is_composite(field.ty.name()) {
            return Vec::new();
        }
        let relations = reach.relations - usize::from(matches!(field.role, Role::Edge(_)) && reach.relations > 0);
        let parents = reach.parents * page.unwrap_or(1).max(1);
        self.selection(field.ty.name(), Reachable { relations, parents, ..reach })
    }

    /// A field that is there once more, with other selections: the two merge.
    fn repeat(&mut self, nodes: &[Node], reach: Reachable<'_>) -> Option<Node> {
        let fields: Vec<&Field> =
            nodes.iter().filter_map(|node| if let Node::Field(f) = node { Some(f) } else { None }).collect();
        let mut field = (*self.rng.pick_if_any(&fields)?).clone();
        self.features.insert("merged field".to_owned());
        if field.arguments.len() > 1 {
            self.features.insert("merged field with arguments".to_owned());
        }
        self.rng.shuffle(&mut field.arguments);
        // async-graphql 7.2.1 doesn't see a variable at `__typename` and calls it unused.
        self.inputs.constant = field.name == "__typename";
        field.directives = self.directives();
        self.inputs.constant = false;
        if !field.inner.is_empty() {
            let relations = reach.relations.saturating_sub(1);
            let parents = reach.parents * field.page.unwrap_or(1).max(1);
            field.inner = self.selection(&field.ty.1.clone(), Reachable { relations, parents, known: None });
        }
        Some(Node::Field(field))
    }

    /// Selections under a type condition: inline, or a new named fragment.
    fn group(&mut self, on: &str, reach: Reachable<'_>) -> Option<Node> {
        let condition = self.condition(on, reach)?;
        let inner_on = condition.clone().unwrap_or_else(|| on.to_owned());
        let kind = match schema().get(&inner_on) {
            Some(TypeDef::Interface { .. }) => "interface",
            Some(TypeDef::Union { .. }) => "union",
            _ => "object",
        };
        let inner = self.selection(&inner_on, Reachable { relations: reach.relations - 1, ..reach });
        let directives = self.directives();
        if let (Some(on), true) = (&condition, self.rng.chance(50)) {
            self.features.insert(format!("named fragment on an {kind}"));
            self.fragments.push(Fragment { on: on.clone(), inner });
            return Some(Node::Spread { fragment: self.fragments.len() - 1, directives });
        }
        self.features.insert(format!("inline fragment on an {kind}"));
        if condition.is_none() {
            self.features.insert("inline fragment without a type".to_owned());
        }
        Some(Node::Inline { on: condition, directives, inner })
    }

    /// A type that something of this type can be, or none at all.
    fn condition(&mut self, on: &str, reach: Reachable<'_>) -> Option<Option<String>> {
        if self.rng.chance(10) {
            return Some(None);
        }
        let possible = possible(on);
        let known = reach.known.filter(|known| possible.iter().any(|name| name == known));
        if let (Some(known), true) = (known, self.is_abstract(on) && self.rng.chance(60)) {
            return Some(Some(known.to_owned()));
        }
        let meets = |name: &String| self::possible(name).iter().any(|object| possible.contains(object));
        let abstracts = ["Node", "Fact", "StatementSubject"].map(str::to_owned);
        let mut fitting: Vec<String> = abstracts.into_iter().filter(meets).collect();
        let objects = if fitting.is_empty() || self.rng.chance(60) { possible } else { fitting.split_off(0) };
        self.rng.pick_if_any(&objects).cloned().map(Some)
    }

    /// A fragment that was made elsewhere, if one fits here.
    fn known_fragment(&mut self, on: &str, reach: Reachable<'_>) -> Option<Node> {
        let here = possible(on);
        let fits = |at: &usize| {
            let fragment = &self.fragments[*at];
            let meets = possible(&fragment.on).iter().any(|object| here.contains(object));
            let size = measure(&fragment.inner, &self.fragments, reach.parents);
            meets && size.fields < LARGEST_FRAGMENT && size.price < 2_000
        };
        let fitting: Vec<usize> = (0..self.fragments.len()).filter(fits).collect();
        let fragment = *self.rng.pick_if_any(&fitting)?;
        self.features.insert("fragment spread again".to_owned());
        Some(Node::Spread { fragment, directives: self.directives() })
    }

    /// `@skip` and `@include`, mostly such that what they stand at is kept.
    fn directives(&mut self) -> String {
        let mut directives = String::new();
        for name in ["skip", "include"] {
            if self.rng.chance(4) {
                let kept = self.rng.chance(65);
                let ty = dealgraph::schema::TypeRef::named("Boolean").required();
                let condition = json!((name == "include") == kept);
                let condition = self.inputs.value(&mut self.rng, &mut self.features, &ty, &condition);
                self.features.insert(format!("@{name} that {}", if kept { "keeps" } else { "drops" }));
                if condition.starts_with('$') {
                    self.features.insert(format!("@{name} by a variable"));
                }
                directives += &format!(" @{name}(if: {condition})");
            }
        }
        directives
    }
}

fn typename() -> Field {
    Field {
        alias: None,
        name: "__typename".to_owned(),
        arguments: Vec::new(),
        directives: String::new(),
        inner: Vec::new(),
        page: None,
        ty: ("String!".to_owned(), "String".to_owned()),
    }
}

fn fields_of(name: &str) -> Vec<(String, &'static OutputField)> {
    match schema().get(name) {
        Some(TypeDef::Object { fields, .. } | TypeDef::Interface { fields, .. }) => {
            fields.iter().map(|(name, field)| (name.clone(), field)).collect()
        }
        _ => Vec::new(),
    }
}

/// The objects that something of a type can be.
fn possible(name: &str) -> Vec<String> {
    match schema().get(name) {
        Some(TypeDef::Interface { possible, .. } | TypeDef::Union { possible, .. }) => {
            possible.iter().map(|name| (*name).to_owned()).collect()
        }
        _ => vec![name.to_owned()],
    }
}

/// The entity that a connection lists.
pub fn connection_of(field: &OutputField) -> Option<&'static Entity> {
    match field.role {
        Role::List(entity) => Some(entity),
        Role::Edge(edge) => match &edge.reach {
            Reach::Many { target, .. } | Reach::Through { target, .. } => Some(target),
            Reach::One { .. } | Reach::OneOf(_) => None,
        },
        _ => None,
    }
}
