//! Numbers of things, as people write them.

/// With a comma between thousands: "1,234".
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 version", "1,234 versions".
pub fn versions(count: u64) -> String {
    let mut text = grouped(count);
    text.push_str(if count == 1 { " version" } else { " versions" });
    text
}

/// Which things a page shows, for a pager: "21–40 of 1,234", and "0 of 1,234" beyond the end. `before` are before the page,
/// which has room for `size`.
pub fn on_page(before: u64, size: u64, count: u64) -> String {
    let shown = match count.saturating_sub(before).min(size) {
        0 => "0".to_owned(),
        shown => [grouped(before + 1), grouped(before + shown)].join("–"),
    };
    [&shown, " of ", &grouped(count)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let table =
            [(0, "0"), (12, "12"), (999, "999"), (1_000, "1,000"), (10_000, "10,000"), (1_234_567, "1,234,567")];
        for (count, text) in table {
            assert_eq!(grouped(count), text);
        }
        assert_eq!([versions(1), versions(1_234)], ["1 version", "1,234 versions"]);
    }

    #[test]
    fn a_page_says_what_it_shows() {
        let table =
            [((0, 20, 70), "1–20 of 70"), ((60, 20, 70), "61–70 of 70"), ((1_000, 100, 1_050), "1,001–1,050 of 1,050")];
        for ((before, size, count), text) in table {
            assert_eq!(on_page(before, size, count), text);
        }
        assert_eq!([on_page(80, 20, 70), on_page(0, 20, 0)], ["0 of 70", "0 of 0"]);
    }
}
