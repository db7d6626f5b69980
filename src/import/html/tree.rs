//! HTML as a tree of elements and words. The parser is `html5ever` (Servo's, maintained): what people pasted into
//! a rich-text editor is mended the way browsers mend it. Nodes live in one vector, so that a document nested ten
//! thousand deep costs no stack to build or to drop.

use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_fragment};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A parsed fragment.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// A node of the tree.
#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// The root, or something without words (a comment, an instruction).
    Nothing,
    /// Words.
    Text(String),
    /// An element: its name in lower case and its attributes.
    Element(Box<str>, BTreeMap<Box<str>, Box<str>>),
}

impl Tree {
    /// Reads a fragment, as found inside a `<div>`.
    pub(super) fn read(html: &str) -> Self {
        let sink = Sink::new();
        let context = QualName::new(None, ns!(html), local_name!("div"));
        parse_fragment(sink, ParseOpts::default(), context, Vec::new(), false).one(html)
    }

    /// The root's children, through the `<html>` that the parser puts around a fragment.
    pub(super) fn roots(&self) -> &[usize] {
        let mut at = 0;
        while let [only] = self.children(at)
            && matches!(self.kind(*only), Kind::Element(name, _) if &**name == "html")
        {
            at = *only;
        }
        self.children(at)
    }

    /// The children of a node.
    pub(super) fn children(&self, id: usize) -> &[usize] {
        self.nodes.get(id).map_or(&[], |n| &n.children)
    }

    /// What a node is.
    pub(super) fn kind(&self, id: usize) -> &Kind {
        self.nodes.get(id).map_or(&Kind::Nothing, |n| &n.kind)
    }

    /// The words under a node, as they are, without recursion.
    pub(super) fn words(&self, id: usize) -> String {
        let mut out = String::new();
        let mut todo = vec![id];
        while let Some(id) = todo.pop() {
            match self.kind(id) {
                Kind::Text(text) => out.push_str(text),
                Kind::Element(name, _) if &**name == "br" => out.push('\n'),
                Kind::Nothing | Kind::Element(..) => todo.extend(self.children(id).iter().rev()),
            }
        }
        out
    }
}

/// Where the parser builds: handles are places in the vector, with the element's name for the parser's questions.
struct Sink {
    tree: RefCell<Tree>,
    nameless: Rc<QualName>,
}

#[derive(Clone)]
struct Handle {
    id: usize,
    name: Rc<QualName>,
}

impl Sink {
    fn new() -> Self {
        let root = Node { kind: Kind::Nothing, parent: None, children: Vec::new() };
        let nameless = Rc::new(QualName::new(None, ns!(), local_name!("")));
        Sink { tree: RefCell::new(Tree { nodes: vec![root] }), nameless }
    }

    fn add(&self, kind: Kind, name: Rc<QualName>) -> Handle {
        let mut tree = self.tree.borrow_mut();
        tree.nodes.push(Node { kind, parent: None, children: Vec::new() });
        Handle { id: tree.nodes.len() - 1, name }
    }

    /// Puts a node or words among a parent's children, at `at`.
    fn insert(&self, parent: usize, at: usize, child: NodeOrText<Handle>) {
        let id = match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                handle.id
            }
            NodeOrText::AppendText(text) => {
                let mut tree = self.tree.borrow_mut();
                let before = at.checked_sub(1).and_then(|i| tree.nodes[parent].children.get(i).copied());
                if let Some(before) = before
                    && let Kind::Text(words) = &mut tree.nodes[before].kind
                {
                    words.push_str(&text);
                    return;
                }
                tree.nodes.push(Node {
                    kind: Kind::Text(text.to_string()),
                    parent: None,
                    children: Vec::new(),
                });
                tree.nodes.len() - 1
            }
        };
        let mut tree = self.tree.borrow_mut();
        tree.nodes[id].parent = Some(parent);
        let at = at.min(tree.nodes[parent].children.len());
        tree.nodes[parent].children.insert(at, id);
    }

    fn detach(&self, id: usize) {
        let mut tree = self.tree.borrow_mut();
        if let Some(parent) = tree.nodes[id].parent.take() {
            tree.nodes[parent].children.retain(|c| *c != id);
        }
    }

    fn last(&self, parent: usize) -> usize {
        self.tree.borrow().nodes[parent].children.len()
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: 0, name: self.nameless.clone() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let tag = name.local.to_lowercase().into_boxed_str();
        let attributes =
            attrs.iter().map(|a| (a.name.local.to_lowercase().into(), a.value.to_string().into())).collect();
        self.add(Kind::Element(tag, attributes), Rc::new(name))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.add(Kind::Nothing, self.nameless.clone())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.add(Kind::Nothing, self.nameless.clone())
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let at = self.last(parent.id);
        self.insert(parent.id, at, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if self.tree.borrow().nodes[element.id].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// A template's content is kept as its children: its words are not lost.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let place = {
            let tree = self.tree.borrow();
            tree.nodes[sibling.id].parent.map(|p| {
                let at = tree.nodes[p].children.iter().position(|c| *c == sibling.id);
                (p, at.unwrap_or(tree.nodes[p].children.len()))
            })
        };
        if let Some((parent, at)) = place {
            self.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        if let Kind::Element(_, own) = &mut self.tree.borrow_mut().nodes[target.id].kind {
            for a in attrs {
                own.entry(a.name.local.to_lowercase().into()).or_insert_with(|| a.value.to_string().into());
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        let moved = std::mem::take(&mut tree.nodes[node.id].children);
        for child in &moved {
            tree.nodes[*child].parent = Some(new_parent.id);
        }
        tree.nodes[new_parent.id].children.extend(moved);
    }
}
