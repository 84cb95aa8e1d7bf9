//! What the page holds in memory, after everything that nobody needs any more was cleared away.

use serde_json::{Value, json};

use super::Console;

/// What is alive in the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alive {
    /// Nodes, in the document or held by somebody.
    pub nodes: f64,
    /// Listeners of events.
    pub listeners: f64,
}

impl Console {
    /// Counts what is alive in the page.
    ///
    /// WebDriver itself keeps what it has found: whoever counts finds things with [`Console::script`].
    pub async fn alive(&self) -> Alive {
        self.browser().devtools("Performance.enable", json!({})).await;
        // What the first collection lets go of may hold something that the second one finds.
        for _ in 0..3 {
            self.browser().devtools("HeapProfiler.collectGarbage", json!({})).await;
        }
        let answer = self.browser().devtools("Performance.getMetrics", json!({})).await;
        let metrics = answer.get("metrics").and_then(Value::as_array).cloned().unwrap_or_default();
        let value = |name: &str| {
            let metric = metrics.iter().find(|it| it.get("name").and_then(Value::as_str) == Some(name));
            metric.and_then(|it| it.get("value")?.as_f64()).unwrap_or_else(|| panic!("Chromium does not count {name}"))
        };
        Alive { nodes: value("Nodes"), listeners: value("JSEventListeners") }
    }
}
