//! Text of unknown origin: made visible, tidied, cut.

/// Whether a character changes how its neighbours look, or has no look itself: controls, bidirectional marks, joiners,
/// variation selectors, fillers and tags.
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// The text with every invisible character spelled out: a right-to-left override becomes `\u{202e}`.
pub fn visible(text: &str) -> String {
    visible_but(text, ' ')
}

fn visible_but(text: &str, kept: char) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character != kept && is_invisible(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// As [`visible`], with the line breaks as they are: for messages of several lines that were put together here.
pub fn visible_lines(text: &str) -> String {
    visible_but(text, '\n')
}

/// The text as the name of something, made [`visible`]: `None` where nothing of it could be seen.
pub fn visible_name(text: &str) -> Option<String> {
    let name = visible(text);
    (!name.trim().is_empty()).then_some(name)
}

/// What was typed or pasted, without white space around it and without the invisible characters that come along when
/// text is copied from a page or a chat.
pub fn tidy(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    kept.extend(text.chars().filter(|&it| it.is_whitespace() || !is_invisible(it)));
    kept.trim().to_owned()
}

/// The text on one line, made [`visible`], and cut after `limit` characters with `…` in place of the rest.
pub fn excerpt(text: &str, limit: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        // One more than is shown tells that there is more.
        line.push_str(cut(word, limit + 1));
        if line.chars().count() > limit {
            break;
        }
    }
    let line = visible(&line);
    let short = cut(&line, limit);
    if short.len() == line.len() {
        return line;
    }
    let mut short = short.to_owned();
    short.push('…');
    short
}

/// The first `limit` characters.
pub fn cut(text: &str, limit: usize) -> &str {
    let end = text.char_indices().nth(limit).map_or(text.len(), |(index, _)| index);
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_spelled_out() {
        let table = [
            ("1.5.0", "1.5.0"),
            ("1.5\u{202E}0.", "1.5\\u{202e}0."),
            ("a\u{200B}b\u{FEFF}", "a\\u{200b}b\\u{feff}"),
            ("a\0b\n", "a\\u{0}b\\u{a}"),
            ("naïve 版本 🚀", "naïve 版本 🚀"),
            ("", ""),
        ];
        for (text, shown) in table {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_lines("a\u{202E}\n\nb\r"), "a\\u{202e}\n\nb\\u{d}");
    }

    #[test]
    fn a_name_is_something_that_can_be_seen() {
        let table = [
            ("1.5.0", Some("1.5.0")),
            ("\u{200B}", Some("\\u{200b}")),
            (" \u{2800}", Some(" \\u{2800}")),
            ("1\u{FE0F}", Some("1\\u{fe0f}")),
            ("", None),
            (" \u{A0}\u{3000}", None),
        ];
        for (text, name) in table {
            assert_eq!(visible_name(text).as_deref(), name);
        }
    }

    #[test]
    fn pasted_text_is_tidied() {
        let table = [
            ("  1.5.0\r\n", "1.5.0"),
            ("\u{FEFF}1.5\u{200B}.0\u{A0}", "1.5.0"),
            ("two  words", "two  words"),
            ("\u{2066}1.5.0\u{2069}", "1.5.0"),
            (" \u{200B} ", ""),
        ];
        for (text, kept) in table {
            assert_eq!(tidy(text), kept);
        }
    }

    #[test]
    fn an_excerpt_is_one_short_visible_line() {
        assert_eq!(excerpt(" <html>\n\t<p>Sign in\0</p> ", 300), "<html> <p>Sign in\\u{0}</p>");
        assert_eq!(excerpt("häßlich", 3), "häß…");
        assert_eq!(excerpt("abc", 3), "abc");
        assert_eq!(excerpt(&"x".repeat(5_000_000), 300).chars().count(), 301);
        assert_eq!(excerpt(&"\u{202E} ".repeat(100_000), 300).chars().count(), 301);
        assert_eq!(excerpt("", 300), "");
    }
}
