//! Digests as eyes compare them.

/// The digest in groups of 8 characters, whatever it consists of; the last may be shorter.
pub fn groups(digest: &str) -> Vec<&str> {
    let mut groups = Vec::new();
    let mut rest = digest;
    while !rest.is_empty() {
        let end = rest.char_indices().nth(8).map_or(rest.len(), |(index, _)| index);
        let (group, others) = rest.split_at(end);
        groups.push(group);
        rest = others;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn a_digest_falls_into_groups_of_eight() {
        assert_eq!(groups(&"84ccfb8e13b5fce6".repeat(4)), ["84ccfb8e", "13b5fce6"].repeat(4));
    }

    #[test]
    fn what_is_no_digest_is_grouped_all_the_same() {
        let table: [(&str, &[&str]); 4] =
            [("", &[]), ("abc", &["abc"]), ("ääääääääß", &["ääääääää", "ß"]), ("12345678", &["12345678"])];
        for (digest, expected) in table {
            assert_eq!(groups(digest), expected);
        }
    }
}
