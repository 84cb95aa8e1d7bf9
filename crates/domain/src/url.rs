//! Percent-encoding, for the paths and queries of the API and of the console itself.

/// The text as one segment of a path or as a value of a query: all but letters, digits, `-`, `.`, `_` and `~` encoded.
pub fn encode(text: &str) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or_default();
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

/// The text behind its percent-encoding; what is not encoded properly stays as it is.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|code| *first == b'%' && code.iter().all(u8::is_ascii_hexdigit));
        match code.and_then(|code| u8::from_str_radix(str::from_utf8(code).ok()?, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Appends `name=value` to a URL, behind `?` or `&`. The name is given encoded.
pub fn push_query(url: &mut String, name: &str, value: &str) {
    url.push(if url.contains('?') { '&' } else { '?' });
    url.push_str(name);
    url.push('=');
    url.push_str(&encode(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        let table = [
            ("tool-L4oe7rNwn7J4E5Yr", "tool-L4oe7rNwn7J4E5Yr"),
            ("a/b?c#d", "a%2Fb%3Fc%23d"),
            ("1.5~_ +&=%", "1.5~_%20%2B%26%3D%25"),
            ("ä\0", "%C3%A4%00"),
            ("", ""),
        ];
        for (text, encoded) in table {
            assert_eq!(encode(text), encoded);
        }
    }

    #[test]
    fn decoding_undoes_encoding_and_leaves_the_rest_alone() {
        for text in ["a/b?c#d", "1.5~_ +&=%", "ä\0", ""] {
            assert_eq!(decode(&encode(text)), text);
        }
        for text in ["%", "%4", "%zz", "100%", "%ff", "%+1"] {
            assert_eq!(decode(text), text);
        }
    }

    #[test]
    fn query_parameters_follow_one_another() {
        let mut url = "/list".to_owned();
        push_query(&mut url, "page", "2");
        push_query(&mut url, "search", "1 & 2");
        assert_eq!(url, "/list?page=2&search=1%20%26%202");
    }
}
