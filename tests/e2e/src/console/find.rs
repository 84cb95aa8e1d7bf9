//! Finding things by role and name, and using them.

use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use super::{Console, Glance, told};

/// The key under which WebDriver sends an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const FIND: &str = include_str!("find.js");

/// A role, the elements that may have it, and what the browser may call it.
const ROLES: [(&str, &str, &[&str]); 13] = [
    ("button", "button, input[type=submit], [role=button]", &["button"]),
    ("checkbox", "input[type=checkbox], [role=checkbox]", &["checkbox"]),
    ("combobox", "select, [role=combobox]", &["combobox", "listbox"]),
    ("dialog", "dialog, [role=dialog], [role=alertdialog]", &["dialog", "alertdialog"]),
    ("field", "input:not([type=checkbox]), textarea", &["textbox", "searchbox"]),
    ("group", "fieldset, [role=group]", &["group"]),
    ("heading", "h1, h2, h3, h4, [role=heading]", &["heading"]),
    ("link", "a[href], [role=link]", &["link"]),
    ("main", "main, [role=main]", &["main"]),
    ("navigation", "nav, [role=navigation]", &["navigation"]),
    ("region", "section, [role=region]", &["region"]),
    ("search", "search, [role=search]", &["search"]),
    ("table", "table, [role=table]", &["table"]),
];

impl Console {
    /// Clicks a thing.
    pub async fn click(&self, role: &str, name: &str) {
        self.step(format!("click the {role} “{name}”"));
        self.until(&format!("the {role} “{name}” to click"), async || {
            let element = self.glance(role, name).await?;
            if !can_be_used(&element).await? {
                return Err("it is disabled".to_owned());
            }
            // Out from behind what stays in sight: for the driver it is in sight there, too.
            let into_view = "arguments[0].scrollIntoView({ block: 'nearest', behavior: 'instant' })";
            self.script(into_view, vec![reference(&element)]).await?;
            element.click().await.map_err(told)
        })
        .await;
    }

    /// Opens what is folded away under this summary.
    pub async fn unfold(&self, summary: &str) {
        self.step(format!("unfold “{summary}”"));
        let script = "const found = Array.from(document.querySelectorAll('summary'))
              .find((it) => it.checkVisibility() && it.innerText.trim() === arguments[0]);
            found?.click();
            return found !== undefined";
        self.until(&format!("“{summary}” to unfold"), async || {
            let found = self.script(script, vec![json!(summary)]).await?;
            if found == json!(true) { Ok(()) } else { Err("there is none".to_owned()) }
        })
        .await;
    }

    /// Waits for exactly one thing with this role and name.
    pub async fn expect(&self, role: &str, name: &str) -> Element {
        self.until(&format!("the {role} “{name}”"), async || self.glance(role, name).await).await
    }

    /// Waits until there is nothing with this role and name.
    pub async fn expect_no(&self, role: &str, name: &str) {
        self.until(&format!("no {role} “{name}”"), async || match self.all(role, name).await?.len() {
            0 => Ok(()),
            count => Err(format!("there are {count}")),
        })
        .await;
    }

    /// Whether a thing can be used; waits until it is there.
    pub async fn is_enabled(&self, role: &str, name: &str) -> bool {
        self.until(&format!("the {role} “{name}”"), async || can_be_used(&self.glance(role, name).await?).await).await
    }

    /// Waits until a thing is disabled with a reason: its description for assistive technology, also visible.
    pub async fn expect_disabled(&self, role: &str, name: &str, reason: &str) {
        self.until(&format!("the {role} “{name}” to be disabled because of “{reason}”"), async || {
            let element = self.glance(role, name).await?;
            if can_be_used(&element).await? {
                return Err("it is enabled".to_owned());
            }
            let said = self.description(&element).await?;
            if said.contains(reason) { Ok(()) } else { Err(format!("its description is “{said}”")) }
        })
        .await;
    }

    /// What describes an element, as far as it is visible.
    pub(super) async fn description(&self, element: &Element) -> Glance<String> {
        let script = "const [element] = arguments;
            return ['aria-describedby', 'aria-errormessage']
              .flatMap((name) => (element.getAttribute(name) ?? '').split(' '))
              .map((id) => document.getElementById(id)).filter((it) => it?.checkVisibility())
              .map((it) => it.innerText.trim()).join(' ').trim()";
        let text = self.script(script, vec![reference(element)]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The one thing with this role and name, if there is exactly one at this moment.
    pub(super) async fn glance(&self, role: &str, name: &str) -> Glance<Element> {
        let mut all = self.all(role, name).await?;
        match (all.pop(), all.len()) {
            (Some(element), 0) => Ok(element),
            (Some(_), others) => Err(format!("there are {}", others + 1)),
            (None, _) => Err("there is none".to_owned()),
        }
    }

    /// All things with this role and name at this moment. What a dialog covers is not there.
    async fn all(&self, role: &str, name: &str) -> Glance<Vec<Element>> {
        let known = ROLES.iter().find(|(known, ..)| *known == role);
        let (_, selector, roles) = known.unwrap_or_else(|| panic!("no story looks for the role {role} yet"));
        let candidates = self.script(FIND, vec![json!(selector), json!(name)]).await?;
        let mut found = Vec::new();
        for candidate in candidates.as_array().into_iter().flatten() {
            let id = candidate.get(ELEMENT).and_then(Value::as_str).unwrap_or_default().to_owned();
            let element = Element::from_element_id(self.browser().client().clone(), ElementRef::from(id));
            let (is_role, is_name) = self.role_and_name(&element).await?;
            if roles.contains(&is_role.as_str()) && is_name == name {
                found.push(element);
            }
        }
        Ok(found)
    }

    /// The role and the name of an element as the browser gives them to assistive technology.
    pub(super) async fn role_and_name(&self, element: &Element) -> Glance<(String, String)> {
        let id = element.element_id();
        let role = self.browser().command(format!("element/{id}/computedrole"), None).await.map_err(told)?;
        let name = self.browser().command(format!("element/{id}/computedlabel"), None).await.map_err(told)?;
        let text = |value: Value| value.as_str().unwrap_or_default().trim().to_owned();
        Ok((text(role), text(name)))
    }
}

/// Whether an element is neither disabled nor marked as such (`aria-disabled`).
async fn can_be_used(element: &Element) -> Glance<bool> {
    let is_marked = element.attr("aria-disabled").await.map_err(told)?;
    Ok(element.is_enabled().await.map_err(told)? && is_marked.as_deref() != Some("true"))
}

/// An element as an argument of a script.
pub(super) fn reference(element: &Element) -> Value {
    json!({ ELEMENT: element.element_id().as_ref() })
}
