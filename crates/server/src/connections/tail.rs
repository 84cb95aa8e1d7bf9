//! The last bytes of what a client sent, to tell whether anything came behind a request: a library for HTTP reads as much as
//! there is, and does not say what it keeps for later.

/// As many as make an accident unlikely.
const LENGTH: usize = 16;

/// The last bytes, oldest first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tail {
    bytes: [u8; LENGTH],
    length: usize,
}

impl Tail {
    /// The end of a request's head, and of a body in chunks.
    pub(super) fn of_a_head() -> Self {
        let mut tail = Self::default();
        tail.push(b"\r\n\r\n");
        tail
    }

    /// More bytes came.
    pub(super) fn push(&mut self, more: &[u8]) {
        let more = more.last_chunk::<LENGTH>().map_or(more, <[u8; LENGTH]>::as_slice);
        let kept = (LENGTH - more.len()).min(self.length);
        let older = self.length - kept;
        self.bytes.copy_within(older..self.length, 0);
        self.length = kept + more.len();
        if let Some(place) = self.bytes.get_mut(kept..self.length) {
            place.copy_from_slice(more);
        }
    }

    /// Whether the other's bytes are the last of these.
    pub(super) fn ends_with(&self, other: &Self) -> bool {
        self.as_slice().ends_with(other.as_slice())
    }

    fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(parts: &[&str]) -> Tail {
        let mut tail = Tail::default();
        parts.iter().for_each(|part| tail.push(part.as_bytes()));
        tail
    }

    #[test]
    fn the_last_bytes_are_known_in_whatever_parts_they_came() {
        for parts in [
            &["abcdefghijklmnopqrstuvwxyz"][..],
            &["abcdefghijklmnopqrstuvwxy", "z"],
            &["abc", "defghijklm", "", "nopqrstuvwxyz"],
            &["a", "b", "cdefghijklmnopqr", "s", "t", "uvwxyz"],
        ] {
            assert_eq!(tail(parts).as_slice(), b"klmnopqrstuvwxyz", "{parts:?}");
        }
        assert_eq!(tail(&["a", "", "bc"]).as_slice(), b"abc");
    }

    #[test]
    fn a_request_is_the_last_if_what_came_ends_as_it_does() {
        let whole = tail(&["PUT / HTTP/1.1\r\n\r\n{}"]);
        let mut expected = Tail::of_a_head();
        assert!(!whole.ends_with(&expected));
        expected.push(b"{}");
        assert!(whole.ends_with(&expected));
        assert!(!tail(&["PUT / HTTP/1.1\r\n\r\n{}", "G"]).ends_with(&expected));
    }
}
