//! Ids of new resources.

/// Digits and letters, without those that look alike.
const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// The prefix, a hyphen and 16 random alphanumerics, as an installation's: 93 bits, so that no two are the same.
pub(super) fn random(prefix: &str) -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(*byte) % ALPHABET.len()));
    Ok(format!("{prefix}-{}", letters.map(|letter| char::from(*letter)).collect::<String>()))
}
