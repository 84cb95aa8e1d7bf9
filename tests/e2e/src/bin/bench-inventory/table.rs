//! What was measured, as a table.

/// A line of the table.
#[derive(Debug)]
pub struct Line {
    what: String,
    measured: String,
    limit: String,
    is_within: bool,
}

impl Line {
    /// A number that is to be at most so large.
    pub fn limited(what: &str, measured: f64, limit: f64, unit: &str) -> Self {
        let is_within = measured <= limit;
        let (measured, limit) = (shown(measured, unit), shown(limit, unit));
        Self { what: what.to_owned(), measured, limit, is_within }
    }

    /// A number that nothing is said of.
    pub fn told(what: &str, measured: f64, unit: &str) -> Self {
        let measured = shown(measured, unit);
        Self { what: what.to_owned(), measured, limit: String::new(), is_within: true }
    }

    /// Whether it is within its limit, if it has one.
    pub fn is_within(&self) -> bool {
        self.is_within
    }
}

/// The table as text.
pub fn table(lines: &[Line]) -> String {
    let what = lines.iter().map(|it| it.what.chars().count()).max().unwrap_or_default();
    let mut text = format!("{:what$}  {:>12}  {:>12}\n", "", "measured", "at most");
    for line in lines {
        let mark = if line.is_within { "" } else { "  over" };
        text.push_str(&format!("{:what$}  {:>12}  {:>12}{mark}\n", line.what, line.measured, line.limit));
    }
    text
}

fn shown(number: f64, unit: &str) -> String {
    let places = if number.fract() == 0.0 { 0 } else { 1 + usize::from(number < 10.0) };
    let text = format!("{number:.places$}");
    format!("{text} {unit}").trim_end().to_owned()
}

/// The value that so many percent of all are at most.
pub fn percentile(values: &[f64], percent: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * percent / 100.0).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
