//! Building pages: elements, text, and the parts of them that follow signals.
//!
//! A thin layer over the browser's own DOM on top of Leptos' reactive system, in place of Leptos' typed views, which
//! cost this application half of its first load (docs/decisions/0005-own-elements.md). Everything given to it is set
//! as text or as an attribute; there is no way to parse HTML.
//!
//! What is reactive belongs to the owner in which it was made and ends with it, as in Leptos.

use std::rc::Rc;

use leptos::prelude::{RenderEffect, StoredValue, document};
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt, closure::Closure};
use web_sys::{Element, Event, Node};

/// Something that follows signals: called again whenever one that it read has changed.
pub type Follow<T> = Rc<dyn Fn() -> T>;

/// What an event does.
pub type Handler = Rc<dyn Fn(Event)>;

/// Something to show: nodes in their order, or none.
#[derive(Default)]
pub struct View(Vec<Node>);

/// An element that is being built.
#[derive(Clone)]
pub struct El(Element);

/// A new element.
pub fn el(name: &'static str) -> El {
    // Only a name that is no name fails, and every name is written in this program.
    El(document().create_element(name).unwrap_throw())
}

/// What the page's own `<meta>` of that name says.
pub fn meta(name: &str) -> Option<String> {
    let meta = document().query_selector(&["meta[name=", name, "]"].concat()).ok()??;
    meta.get_attribute("content")
}

/// A part of a page that follows signals: made anew whenever one that `content` read has changed.
pub fn dynamic<V: Into<View>>(content: impl Fn() -> V + 'static) -> View {
    follow_content(Rc::new(move || content().into()))
}

fn follow_content(content: Follow<View>) -> View {
    // The part lies between two comments, wherever they are moved to.
    let (start, end): (Node, Node) = (document().create_comment("").into(), document().create_comment("").into());
    let place = document().create_document_fragment();
    append(&place, &start);
    append(&place, &end);
    let last = end.clone();
    keep_following(Rc::new(move || {
        let new = content();
        let Some(parent) = last.parent_node() else { return };
        while let Some(old) = start.next_sibling().filter(|node| *node != last) {
            // Both are children of this parent, so neither call can fail.
            let _ = parent.remove_child(&old);
        }
        for node in new.0 {
            let _ = parent.insert_before(&node, Some(&last));
        }
    }));
    let mut nodes = Vec::new();
    let mut next = place.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        nodes.push(node);
    }
    View(nodes)
}

/// Runs `effect` at once and whenever a signal that it read has changed, until its owner ends.
fn keep_following(effect: Follow<()>) {
    StoredValue::new_local(RenderEffect::new(move |_: Option<()>| effect()));
}

fn append(parent: &Node, child: &Node) {
    // It fails only for a child that contains its parent.
    let _ = parent.append_child(child);
}

impl View {
    /// Puts it at the end of an element of the page.
    pub fn mount(self, parent: &Element) {
        for node in self.0 {
            append(parent, &node);
        }
    }

    /// With something more behind it.
    pub fn and(mut self, more: impl Into<View>) -> Self {
        self.0.extend(more.into().0);
        self
    }
}

impl El {
    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// Sets an attribute while there is a value for it.
    pub fn attr_of(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        let element = self.0.clone();
        self.following(Rc::new(move || set(&element, name, value().as_deref())))
    }

    /// Sets an attribute to a fixed value while a condition holds.
    pub fn attr_if(self, name: &'static str, value: &'static str, condition: impl Fn() -> bool + 'static) -> Self {
        let element = self.0.clone();
        self.following(Rc::new(move || set(&element, name, condition().then_some(value))))
    }

    /// Sets the classes.
    pub fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    /// Sets the id.
    pub fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    /// Disables a control while a condition holds.
    pub fn disabled_if(self, condition: impl Fn() -> bool + 'static) -> Self {
        self.attr_if("disabled", "", condition)
    }

    /// Marks a button while its act is under way. It is not disabled then, since that would lose the focus that is on
    /// it: its act must ignore a second press.
    pub fn busy_if(self, condition: impl Fn() -> bool + 'static) -> Self {
        self.attr_if("aria-disabled", "true", condition)
    }

    /// Sets a property of the DOM object, such as what is typed in a field, which no attribute says.
    pub fn property(self, name: &'static str, value: impl Fn() -> JsValue + 'static) -> Self {
        let element = self.0.clone();
        self.following(Rc::new(move || {
            let value = value();
            // A field is left alone when it says so already: setting it would move the caret.
            if get(&element, name) != value {
                // Setting a property of an element cannot fail.
                let _ = js_sys::Reflect::set(&element, &name.into(), &value);
            }
        }))
    }

    /// Appends something.
    pub fn child(self, child: impl Into<View>) -> Self {
        self.with(child.into())
    }

    /// Appends text that follows signals.
    pub fn text_of(self, text: impl Fn() -> String + 'static) -> Self {
        let node = document().create_text_node("");
        append(&self.0, &node);
        self.following(Rc::new(move || node.set_data(&text())))
    }

    /// Calls `handler` for each event of that name.
    pub fn on(self, name: &str, handler: impl Fn(Event) + 'static) -> Self {
        self.listen(name, Rc::new(handler))
    }

    /// Calls `handler` with what is typed in the field after each change.
    pub fn on_text(self, name: &str, handler: impl Fn(String) + 'static) -> Self {
        let field = self.0.clone();
        self.on(name, move |_| handler(get(&field, "value").as_string().unwrap_or_default()))
    }

    /// Calls `handler` with whether the checkbox is ticked after each change.
    pub fn on_ticked(self, handler: impl Fn(bool) + 'static) -> Self {
        let field = self.0.clone();
        self.on("change", move |_| handler(get(&field, "checked").is_truthy()))
    }

    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0
    }

    fn with(self, child: View) -> Self {
        child.mount(&self.0);
        self
    }

    fn listen(self, name: &str, handler: Handler) -> Self {
        // The browser frees it with the element. Adding a listener to an element cannot fail.
        let listener = Closure::<dyn Fn(Event)>::new(move |event| handler(event)).into_js_value();
        let _ = self.0.add_event_listener_with_callback(name, listener.unchecked_ref());
        self
    }

    fn following(self, effect: Follow<()>) -> Self {
        keep_following(effect);
        self
    }
}

fn get(element: &Element, property: &str) -> JsValue {
    js_sys::Reflect::get(element, &property.into()).unwrap_or_default()
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // It fails only for names that are no names, and every name is written in this program.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

impl From<El> for View {
    fn from(element: El) -> Self {
        Self(vec![element.0.into()])
    }
}

impl From<&str> for View {
    fn from(text: &str) -> Self {
        Self(vec![document().create_text_node(text).into()])
    }
}

impl From<String> for View {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<()> for View {
    fn from((): ()) -> Self {
        Self::default()
    }
}

impl<V: Into<View>> From<Option<V>> for View {
    fn from(view: Option<V>) -> Self {
        view.map(Into::into).unwrap_or_default()
    }
}

impl<V: Into<View>> From<Vec<V>> for View {
    fn from(views: Vec<V>) -> Self {
        Self(views.into_iter().flat_map(|view| view.into().0).collect())
    }
}

impl<V: Into<View>, const N: usize> From<[V; N]> for View {
    fn from(views: [V; N]) -> Self {
        Vec::from(views).into()
    }
}
