//! Ids of new resources, and secrets.

/// Digits and letters, without those that look alike.
const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// The prefix, a hyphen and 16 random alphanumerics, as an installation's: 93 bits, so that no two are the same.
pub(super) fn random(prefix: &str) -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(*byte) % ALPHABET.len()));
    Ok(format!("{prefix}-{}", letters.map(|letter| char::from(*letter)).collect::<String>()))
}

/// A random UUID (version 4): 122 bits, which nobody guesses.
pub(super) fn uuid() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    let number = u128::from_be_bytes(bytes) & !(0xf << 76) & !(0b11 << 62) | (0x4 << 76) | (0b10 << 62);
    let digits = format!("{number:032x}");
    let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)].map(|(from, to)| digits.get(from..to));
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join("-"))
}
