//! Names between the main script and its wasm that compress.
//!
//! `wasm-bindgen` ends the name of each import in 16 digits of a hash, in the script and in the wasm alike: 240 names are
//! some 3 kB that nothing can compress. A number in their place tells the names apart as well.

use crate::failure::{Failure, Outcome};

const PREFIX: &str = "__wbg_";
const DIGITS: usize = 16;

/// The script and the wasm with a number in the place of each hash, as long as the hash was: nothing in the wasm moves.
pub fn number(script: &str, wasm: &[u8]) -> Outcome<(String, Vec<u8>)> {
    let (mut script, mut wasm) = (script.to_owned(), wasm.to_vec());
    for (number, name) in hashed_names(&script).into_iter().enumerate() {
        let (start, _) = name.split_at(name.len() - DIGITS);
        let numbered = format!("{start}{number:0>DIGITS$}");
        let places: Vec<usize> =
            wasm.windows(name.len()).enumerate().filter(|it| it.1 == name.as_bytes()).map(|it| it.0).collect();
        if places.is_empty() {
            return Err(Failure::new(format!("The wasm imports no {name}: has wasm-bindgen changed its names?")));
        }
        for place in places {
            if let Some(bytes) = wasm.get_mut(place..place + name.len()) {
                bytes.copy_from_slice(numbered.as_bytes());
            }
        }
        script = script.replace(&name, &numbered);
    }
    Ok((script, wasm))
}

/// The names of imports that end in a hash, in the order of the script, each once.
fn hashed_names(script: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (place, _) in script.match_indices(PREFIX) {
        let rest = script.get(place..).unwrap_or_default();
        let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default();
        let hash = name.rsplit('_').next().unwrap_or_default();
        let is_hashed = hash.len() == DIGITS && hash.bytes().all(|it| it.is_ascii_hexdigit());
        if is_hashed && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn script_and_wasm_keep_the_same_names_and_the_wasm_its_length() {
        let script = "{ __wbg_new_63f74d2c970f42cb: a, __wbg_get_0123456789abcdef: b, __wbg_set_wasm: c }\n\
                      __wbg_new_63f74d2c970f42cb";
        let wasm = b"\0\x1a__wbg_new_63f74d2c970f42cb\0\x1a__wbg_get_0123456789abcdef\0";
        let (script, numbered) = number(script, wasm).unwrap();
        assert_eq!(
            script,
            "{ __wbg_new_0000000000000000: a, __wbg_get_0000000000000001: b, __wbg_set_wasm: c }\n\
             __wbg_new_0000000000000000"
        );
        assert_eq!(numbered, b"\0\x1a__wbg_new_0000000000000000\0\x1a__wbg_get_0000000000000001\0");
    }

    #[test]
    fn a_name_that_the_wasm_does_not_have_is_a_surprise() {
        assert!(number("__wbg_new_63f74d2c970f42cb", b"\0asm").is_err());
    }
}
