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
}
