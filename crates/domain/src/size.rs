//! Sizes and times as people read them.

use std::time::Duration;

/// A number of bytes: `512 bytes`, `1.5 kB`, `200 MB`. Decimal units, as browsers and file managers show them.
pub fn bytes_text(bytes: u64) -> String {
    const UNITS: [&str; 4] = [" kB", " MB", " GB", " TB"];
    if bytes == 1 {
        return "1 byte".to_owned();
    }
    if bytes < 1_000 {
        return bytes.to_string() + " bytes";
    }
    // Rounded once, from the bytes, and no float is printed.
    let (mut unit, mut bytes_per_unit) = (0, 1_000);
    while rounded(bytes, bytes_per_unit) >= 1_000 && unit + 1 < UNITS.len() {
        unit += 1;
        bytes_per_unit *= 1_000;
    }
    let tenths = rounded(bytes, bytes_per_unit / 10);
    // Three digits are enough.
    let tenths = if tenths < 1_000 { tenths } else { rounded(bytes, bytes_per_unit) * 10 };
    let mut text = (tenths / 10).to_string();
    if tenths % 10 > 0 {
        text.push('.');
        text.push_str(&(tenths % 10).to_string());
    }
    text.push_str(UNITS.get(unit).copied().unwrap_or_default());
    text
}

fn rounded(bytes: u64, per: u64) -> u64 {
    bytes.saturating_add(per / 2) / per
}

/// A count of things: `1 file`, `2 files`.
pub fn count_text(count: usize, thing: &str) -> String {
    let mut text = count.to_string();
    text.push(' ');
    text.push_str(thing);
    if count != 1 {
        text.push('s');
    }
    text
}

/// How long something takes: `5 s`, `3 min`, `2 h`.
pub fn duration_text(duration: Duration) -> String {
    let seconds = duration.as_secs() + u64::from(duration.subsec_nanos() > 0);
    match seconds {
        0..120 => seconds.to_string() + " s",
        120..7_200 => seconds.div_ceil(60).to_string() + " min",
        _ => seconds.div_ceil(3_600).to_string() + " h",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        let table = [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_000, "1 kB"),
            (1_540, "1.5 kB"),
            (99_960, "100 kB"),
            (999_960, "1 MB"),
            (104_857_600, "105 MB"),
            (104_449_999, "104 MB"),
            (999_499_999, "999 MB"),
            (2_147_483_648, "2.1 GB"),
            (u64::MAX, "18446744 TB"),
        ];
        for (bytes, text) in table {
            assert_eq!(bytes_text(bytes), text);
        }
    }

    #[test]
    fn times_are_never_too_short() {
        let table = [(0, "0 s"), (1_001, "2 s"), (119_000, "119 s"), (121_000, "3 min"), (7_200_000, "2 h")];
        for (milliseconds, text) in table {
            assert_eq!(duration_text(Duration::from_millis(milliseconds)), text);
        }
    }

    #[test]
    fn one_is_one() {
        assert_eq!([count_text(1, "file"), count_text(0, "file")], ["1 file", "0 files"]);
    }
}
