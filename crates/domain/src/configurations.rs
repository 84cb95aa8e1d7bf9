//! What a configuration may be called (facts.md 3.2), and who it may belong to.

/// The longest name, in characters.
const LONGEST_NAME: usize = 50;

/// Whether this can be somebody's name in an address.
///
/// # Errors
/// The sentence to show at the field.
pub fn check_username(username: &str) -> Result<(), String> {
    check(username, "Enter whose configuration it is.", "A username")
}

/// Whether this can be a configuration's name.
///
/// # Errors
/// The sentence to show at the field.
pub fn check_name(name: &str) -> Result<(), String> {
    check(name, "Enter the configuration's name.", "A name")?;
    if name.chars().count() > LONGEST_NAME {
        return Err("A name has at most 50 characters.".to_owned());
    }
    Ok(())
}

fn check(text: &str, empty: &str, what: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err(empty.to_owned());
    }
    let is_allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    if !text.chars().all(is_allowed) || matches!(text, "." | "..") {
        return Err(what.to_owned() + " has only letters, digits, hyphens, underscores and dots.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_the_api_allows() {
        for good in ["atlas", "a.b-c_D9", &"x".repeat(50)] {
            assert_eq!(check_name(good), Ok(()), "{good}");
        }
        for bad in ["", ".", "..", "a/b", "a b", "ä", &"x".repeat(51)] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
        assert_eq!(check_username(&"x".repeat(51)), Ok(()));
        assert!(check_username("hashicorp/atlas").is_err());
    }
}
