//! Where on its host the console is.

use std::cell::RefCell;

thread_local! {
    static BASE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Says where the console is hosted: `/console/`, or `/` for a host name of its own. Call once, before anything else.
pub fn set_base(public_url: &str) {
    BASE.set(public_url.trim_end_matches('/').to_owned());
}

/// The address of what is at `path` inside the console, which begins with `/`.
pub fn at(path: &str) -> String {
    BASE.with_borrow(|base| [base, path].concat())
}

/// The name under which the browser's storage keeps something of this console. Consoles below different paths of one
/// host share that storage, and are for different installations.
pub fn in_storage(name: &str) -> String {
    BASE.with_borrow(|base| [name, base].concat())
}

/// The path inside the console; `None` for one elsewhere on the same host.
pub fn inside(path: &str) -> Option<&str> {
    let rest = BASE.with_borrow(|base| path.strip_prefix(base.as_str()))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}
