//! Documents before they are text: what they select, how large that is, and whether it may stand together.

use std::collections::HashMap;
use std::fmt::Write;

use dealgraph::schema::schema;

/// A selection.
#[derive(Clone, Debug)]
pub enum Node {
    Field(Field),
    Inline {
        on: Option<String>,
        directives: String,
        inner: Vec<Node>,
    },
    /// A named fragment, by its place among the fragments.
    Spread {
        fragment: usize,
        directives: String,
    },
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    pub alias: Option<String>,
    pub name: String,
    pub arguments: Vec<String>,
    pub directives: String,
    pub inner: Vec<Node>,
    /// How many rows it may give, if it leads to many.
    pub page: Option<u64>,
    /// Its type, and the name inside the type.
    pub ty: (String, String),
}

/// A named fragment.
#[derive(Clone, Debug)]
pub struct Fragment {
    pub on: String,
    pub inner: Vec<Node>,
}

impl Field {
    pub fn key(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }
}

/// Writes a selection set.
pub fn print(nodes: &[Node], out: &mut String) {
    out.push_str("{ ");
    for node in nodes {
        match node {
            Node::Field(field) => {
                if let Some(alias) = &field.alias {
                    write!(out, "{alias}: ").unwrap();
                }
                out.push_str(&field.name);
                if !field.arguments.is_empty() {
                    write!(out, "({})", field.arguments.join(", ")).unwrap();
                }
                out.push_str(&field.directives);
                out.push(' ');
                if !field.inner.is_empty() {
                    print(&field.inner, out);
                }
            }
            Node::Inline { on, directives, inner } => {
                let condition = on.as_ref().map_or(String::new(), |on| format!(" on {on}"));
                write!(out, "...{condition}{directives} ").unwrap();
                print(inner, out);
            }
            Node::Spread { fragment, directives } => write!(out, "...F{fragment}{directives} ").unwrap(),
        }
    }
    out.push_str("} ");
}

/// How large a selection is once its fragments are expanded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Size {
    pub fields: u64,
    pub depth: u64,
    /// The rows at worst, counts included.
    pub price: u64,
}

/// Measures selections under this many parents.
pub fn measure(nodes: &[Node], fragments: &[Fragment], parents: u64) -> Size {
    let mut size = Size::default();
    for node in nodes {
        let inner = match node {
            Node::Field(field) => {
                let here = parents * field.page.unwrap_or(1);
                let inner = measure(&field.inner, fragments, here);
                let own = match field.page {
                    Some(_) => here,
                    None if field.name == "totalCount" => parents,
                    None => 0,
                };
                Size { fields: inner.fields + 1, depth: inner.depth + 1, price: inner.price + own }
            }
            Node::Inline { inner, .. } => measure(inner, fragments, parents),
            Node::Spread { fragment, .. } => measure(&fragments[*fragment].inner, fragments, parents),
        };
        size.fields += inner.fields;
        size.depth = size.depth.max(inner.depth);
        size.price += inner.price;
    }
    size
}

/// What the keys of one object of the response stand for: the rule that fields of one key can merge.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    keys: HashMap<String, (Vec<Use>, Scope)>,
}

#[derive(Clone, Debug)]
struct Use {
    parent: String,
    name: String,
    arguments: Vec<String>,
    ty: String,
}

impl Scope {
    /// Adds selections on a type if they can stand beside what is there.
    pub fn try_add(&mut self, parent: &str, nodes: &[Node], fragments: &[Fragment]) -> bool {
        let mut with = self.clone();
        let fits = with.add(parent, nodes, fragments);
        if fits {
            *self = with;
        }
        fits
    }

    fn add(&mut self, parent: &str, nodes: &[Node], fragments: &[Fragment]) -> bool {
        nodes.iter().all(|node| match node {
            Node::Field(field) => self.add_field(parent, field, fragments),
            Node::Inline { on, inner, .. } => self.add(on.as_deref().unwrap_or(parent), inner, fragments),
            Node::Spread { fragment, .. } => {
                let fragment = &fragments[*fragment];
                self.add(&fragment.on, &fragment.inner, fragments)
            }
        })
    }

    fn add_field(&mut self, parent: &str, field: &Field, fragments: &[Fragment]) -> bool {
        let mut arguments = field.arguments.clone();
        arguments.sort();
        let new = Use { parent: parent.to_owned(), name: field.name.clone(), arguments, ty: field.ty.0.clone() };
        let (uses, scope) = self.keys.entry(field.key().to_owned()).or_default();
        if !uses.iter().all(|known| known.merges_with(&new, field.inner.is_empty())) {
            return false;
        }
        uses.push(new);
        scope.add(&field.ty.1, &field.inner, fragments)
    }
}

impl Use {
    /// The same field with the same arguments; or two of one type that no object has both of. (The rule allows
    /// more for fields with selections of their own; this keeps to the simpler part of it.)
    fn merges_with(&self, other: &Self, leaf: bool) -> bool {
        let is_object = |name: &str| schema().is_object(name);
        let apart = leaf && self.parent != other.parent && is_object(&self.parent) && is_object(&other.parent);
        self.ty == other.ty && (apart || self.name == other.name && self.arguments == other.arguments)
    }
}
