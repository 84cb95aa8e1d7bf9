//! When a version was added, as a number.

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A moment in ISO 8601 as milliseconds since the year 0, in UTC where it has no offset. `None` for everything else: a
/// number of seconds or a date in words would stand anywhere among the others.
pub(super) fn moment(text: &str) -> Option<u64> {
    let mut text = Text(text.trim());
    let year = text.number(4, 0..=9_999)?;
    text.sign("-")?;
    let month = text.number(2, 1..=12)?;
    text.sign("-")?;
    let day = text.number(2, 1..=31)?;
    let mut moment = days(year, month, day)? * DAY;
    if !text.0.is_empty() {
        text.sign("Tt ")?;
        moment += text.number(2, 0..=24)? * HOUR;
        text.sign(":")?;
        moment += text.number(2, 0..=59)? * MINUTE;
        if text.sign(":").is_some() {
            moment += text.number(2, 0..=60)? * SECOND;
            if text.sign(".,").is_some() {
                moment += text.milliseconds()?;
            }
        }
        moment -= text.offset()?;
    }
    u64::try_from(moment).ok().filter(|_| text.0.is_empty())
}

/// The days from the beginning of the year 0 to a day; `None` if there is no such day.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let months = [31, 28 + i64::from(is_leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before = usize::try_from(month - 1).ok()?;
    let leap_days = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    let is_there = months.get(before).is_some_and(|days| day <= *days);
    is_there.then(|| year * 365 + leap_days + months.iter().take(before).sum::<i64>() + day - 1)
}

/// What is not read yet.
struct Text<'a>(&'a str);

impl Text<'_> {
    /// A number of so many digits.
    fn number(&mut self, digits: usize, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        // "+1" is a number to `parse`.
        number.parse().ok().filter(|it| range.contains(it) && number.bytes().all(|it| it.is_ascii_digit()))
    }

    /// One of these signs.
    fn sign(&mut self, signs: &str) -> Option<char> {
        let sign = self.0.chars().next().filter(|it| signs.contains(*it))?;
        self.0 = self.0.strip_prefix(sign)?;
        Some(sign)
    }

    /// The digits behind a point.
    fn milliseconds(&mut self) -> Option<i64> {
        let end = self.0.find(|it: char| !it.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at_checked(end).filter(|(digits, _)| !digits.is_empty())?;
        self.0 = rest;
        let three = digits.bytes().chain(std::iter::repeat(b'0')).take(3);
        Some(three.fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
    }

    /// How much its clock is before that of UTC.
    fn offset(&mut self) -> Option<i64> {
        let Some(sign @ ('+' | '-')) = self.sign("Zz+-") else { return Some(0) };
        let mut offset = self.number(2, 0..=23)? * HOUR;
        if self.sign(":").is_some() || !self.0.is_empty() {
            offset += self.number(2, 0..=59)? * MINUTE;
        }
        Some(if sign == '+' { offset } else { -offset })
    }
}
