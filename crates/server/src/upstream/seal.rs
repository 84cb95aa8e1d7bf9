//! Upload paths that only this server can have issued: the target of an archive, until when it may be sent there, and a
//! signature over both (docs/decisions/0023-sealed-upload-paths.md).
//!
//! A seal is one segment of a path, in the alphabet that no proxy changes: the signature, the expiry in seconds since
//! 1970, and the target's URL. It is a secret as the URL in it is, since whoever has it may upload.

use std::{fmt, fs, path::PathBuf, time::Duration};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use reqwest::Url;
use ring::hmac;
use thiserror::Error;

use super::UpstreamError;
use crate::clock::Clock;

/// What the signature is for, so that the same key serves for nothing else.
const PURPOSE: &[u8] = b"tfe-console upload path 1\0";
const SIGNATURE: usize = 32;
const EXPIRY: usize = 8;
/// The shortest key in bytes: the length of the signature.
const SHORTEST_KEY: usize = 32;

/// Where the key comes from.
#[derive(Clone, Default)]
pub enum SealKey {
    /// Made at the start: another start, or another server, does not know the paths of this one.
    #[default]
    Fresh,
    /// This text.
    Given(String),
    /// The text in this file.
    File(PathBuf),
}

/// Seals targets and opens seals.
pub(super) struct Seal {
    key: hmac::Key,
    clock: Clock,
    /// How long a seal is valid.
    valid: Duration,
}

/// Why a seal is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(super) enum SealError {
    /// It is none, or none of this server's.
    #[error(
        "This server did not issue this upload path, or was started again since. Create a new configuration version."
    )]
    Unknown,
    /// It was one.
    #[error("The upload path has expired. Create a new configuration version.")]
    Expired,
}

impl Seal {
    pub(super) fn new(key: &SealKey, clock: Clock, valid: Duration) -> Result<Self, UpstreamError> {
        let text = match key {
            SealKey::Fresh => {
                let mut bytes = vec![0; SHORTEST_KEY];
                getrandom::fill(&mut bytes).map_err(UpstreamError::Randomness)?;
                bytes
            }
            SealKey::Given(text) => text.trim().as_bytes().to_vec(),
            SealKey::File(path) => {
                let read = fs::read(path).map_err(|error| UpstreamError::SealKey(path.clone(), error))?;
                read.trim_ascii().to_vec()
            }
        };
        if text.len() < SHORTEST_KEY {
            return Err(UpstreamError::ShortSealKey(SHORTEST_KEY));
        }
        Ok(Self { key: hmac::Key::new(hmac::HMAC_SHA256, &text), clock, valid })
    }

    /// A segment of a path that means this target, for a while.
    pub(super) fn close(&self, target: &Url) -> String {
        let expiry = self.clock.seconds().saturating_add(self.valid.as_secs());
        let content = [expiry.to_be_bytes().as_slice(), target.as_str().as_bytes()].concat();
        let signature = hmac::sign(&self.key, &signed(&content));
        BASE64_URL_SAFE_NO_PAD.encode([signature.as_ref(), &content].concat())
    }

    /// The target that was sealed.
    pub(super) fn open(&self, sealed: &str) -> Result<Url, SealError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(sealed).map_err(|_| SealError::Unknown)?;
        let (signature, content) = bytes.split_at_checked(SIGNATURE).ok_or(SealError::Unknown)?;
        // Takes the same time wherever the signature differs.
        hmac::verify(&self.key, &signed(content), signature).map_err(|_| SealError::Unknown)?;
        let (expiry, target) = content.split_first_chunk::<EXPIRY>().ok_or(SealError::Unknown)?;
        if u64::from_be_bytes(*expiry) <= self.clock.seconds() {
            return Err(SealError::Expired);
        }
        let target = std::str::from_utf8(target).map_err(|_| SealError::Unknown)?;
        Url::parse(target).map_err(|_| SealError::Unknown)
    }
}

fn signed(content: &[u8]) -> Vec<u8> {
    [PURPOSE, content].concat()
}

impl fmt::Debug for SealKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fresh => formatter.write_str("Fresh"),
            Self::Given(_) => formatter.write_str("Given(…)"),
            Self::File(path) => formatter.debug_tuple("File").field(path).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::{
        sync::atomic::{AtomicU64, Ordering},
        time::UNIX_EPOCH,
    };

    use super::*;

    const TARGET: &str = "https://store.example:8443/b/a%20b?X-Signature=a%2Fb&c=d";

    fn seal(key: &SealKey) -> Seal {
        Seal::new(key, Clock::system(), Duration::from_secs(60)).unwrap()
    }

    fn given(text: &str) -> SealKey {
        SealKey::Given(text.repeat(SHORTEST_KEY))
    }

    #[test]
    fn a_target_comes_back_as_it_was_with_its_query() {
        let seal = seal(&SealKey::Fresh);
        let sealed = seal.close(&TARGET.parse().unwrap());
        assert!(sealed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{sealed}");
        assert_eq!(seal.open(&sealed).unwrap().as_str(), TARGET);
    }

    #[test]
    fn nothing_of_a_seal_can_be_changed_not_even_a_bit_that_no_byte_has() {
        let seal = seal(&SealKey::Fresh);
        for target in [TARGET, "https://a.example/1", "https://a.example/12"] {
            let sealed = seal.close(&target.parse().unwrap());
            for place in 0..sealed.len() {
                for other in ["A", "B", "Q", "_", "=", "/", ""] {
                    let changed = [&sealed[..place], other, &sealed[place + 1..]].concat();
                    let expected =
                        if changed == sealed { Ok(target.parse().unwrap()) } else { Err(SealError::Unknown) };
                    assert_eq!(seal.open(&changed), expected, "{place} {other}");
                }
            }
            for longer in [format!("{sealed}A"), format!("{sealed}="), format!("A{sealed}"), format!("{sealed}?a")] {
                assert_eq!(seal.open(&longer), Err(SealError::Unknown));
            }
        }
        for none in ["", "A", "hosts/anything", &"A".repeat(43), &"A".repeat(54)] {
            assert_eq!(seal.open(none), Err(SealError::Unknown), "{none}");
        }
    }

    #[test]
    fn servers_with_the_same_key_know_each_others_seals_and_no_others() {
        let target: Url = TARGET.parse().unwrap();
        let sealed = seal(&given("k")).close(&target);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        fs::write(&file, format!("{}\n", "k".repeat(SHORTEST_KEY))).unwrap();
        assert_eq!(seal(&SealKey::File(file)).open(&sealed), Ok(target));
        for other in [given("l"), SealKey::Fresh] {
            assert_eq!(seal(&other).open(&sealed), Err(SealError::Unknown));
        }
    }

    #[test]
    fn a_seal_ends_with_its_time() {
        static NOW: AtomicU64 = AtomicU64::new(1_000_000);
        let clock = Clock::new(|| UNIX_EPOCH + Duration::from_secs(NOW.load(Ordering::Relaxed)));
        let seal = Seal::new(&SealKey::Fresh, clock, Duration::from_secs(60)).unwrap();
        let sealed = seal.close(&TARGET.parse().unwrap());
        NOW.store(1_000_059, Ordering::Relaxed);
        assert!(seal.open(&sealed).is_ok());
        NOW.store(1_000_060, Ordering::Relaxed);
        assert_eq!(seal.open(&sealed), Err(SealError::Expired));
    }

    #[test]
    fn a_key_that_can_be_guessed_is_refused_and_none_is_printed() {
        let error = Seal::new(&SealKey::Given("short".to_owned()), Clock::system(), Duration::ZERO).err().unwrap();
        assert!(error.to_string().contains("32"), "{error}");
        let missing = SealKey::File("missing".into());
        let error = Seal::new(&missing, Clock::system(), Duration::ZERO).err().unwrap();
        assert!(error.to_string().starts_with("cannot read the seal key missing: "), "{error}");
        assert_eq!(format!("{:?}", given("k")), "Given(…)");
    }
}
