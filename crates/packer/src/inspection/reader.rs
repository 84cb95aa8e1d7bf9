//! The directory of a tar archive, read as its bytes come: a header at a time, and contents are only counted.
//!
//! Numbers and extensions are read here, because the `tar` crate's errors of reading weigh more than all of this.

use tar::{EntryType, Header};

use crate::tar::{BLOCK, padding};

/// A name that is longer, in bytes, is of nobody's making.
const LONGEST_NAME: usize = 64 * 1024;

/// Something in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// As it is written.
    pub path: String,
    /// What it is.
    pub kind: Kind,
}

/// What is in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// With its target, from the link on.
    Symlink(String),
    /// With its target, from the archive's top on.
    HardLink(String),
    /// A device, a pipe.
    Other,
}

/// How an archive reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// To its end.
    Whole,
    /// It stops in the middle of something.
    Cut,
    /// It does not even begin as one.
    NoTar,
    /// It does not go on as one.
    Damaged,
}

/// Reads an archive piece by piece. It never holds more than a header and a name.
#[derive(Default)]
pub struct Reader {
    block: Vec<u8>,
    /// Bytes of a content that are still to come, with what fills its last block.
    skip: u64,
    /// What the content under way is, if it tells of the next member.
    extension: Option<Extension>,
    /// From extensions, for the next member.
    path: Option<String>,
    target: Option<String>,
    size: Option<u64>,
    zeros: usize,
    has_begun: bool,
    is_damaged: bool,
}

struct Extension {
    kind: EntryType,
    size: usize,
    bytes: Vec<u8>,
}

impl Reader {
    /// Takes in the next bytes, and tells each member whose header they complete.
    pub fn feed(&mut self, mut bytes: &[u8], mut on_member: impl FnMut(Member)) {
        while !bytes.is_empty() && !self.has_ended() {
            if self.skip > 0 {
                let count = usize::try_from(self.skip).map_or(bytes.len(), |skip| skip.min(bytes.len()));
                let (content, rest) = bytes.split_at(count);
                self.skip -= count as u64;
                bytes = rest;
                self.content(content);
                continue;
            }
            let (start, rest) = bytes.split_at(bytes.len().min(BLOCK - self.block.len()));
            self.block.extend_from_slice(start);
            bytes = rest;
            if self.block.len() == BLOCK {
                let block = std::mem::take(&mut self.block);
                if let Some(member) = self.header(&block) {
                    on_member(member);
                }
            }
        }
    }

    /// Whether nothing that follows counts.
    pub fn has_ended(&self) -> bool {
        self.zeros >= 2 || self.is_damaged
    }

    /// How it read, when no more bytes come.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self { is_damaged: true, has_begun: true, .. } => Outcome::Damaged,
            Self { is_damaged: true, .. } => Outcome::NoTar,
            Self { zeros: 2.., .. } => Outcome::Whole,
            Self { has_begun: false, .. } => Outcome::NoTar,
            // Some programs write no end, and unpackers do not mind.
            Self { skip: 0, block, extension: None, .. } if block.is_empty() => Outcome::Whole,
            _ => Outcome::Cut,
        }
    }

    fn header(&mut self, block: &[u8]) -> Option<Member> {
        if block.iter().all(|byte| *byte == 0) {
            self.zeros += 1;
            return None;
        }
        self.zeros = 0;
        let mut header = Header::new_old();
        header.as_mut_bytes().copy_from_slice(block);
        let (true, Some(size)) = (has_its_checksum(&header), number(&header.as_old().size)) else {
            self.is_damaged = true;
            return None;
        };
        self.has_begun = true;
        let kind = header.entry_type();
        if kind.is_gnu_longname() || kind.is_gnu_longlink() || kind.is_pax_local_extensions() {
            self.skip = with_padding(size);
            self.extension = Some(Extension { kind, size: size as usize, bytes: Vec::new() });
            return None;
        }
        let size = self.size.take().unwrap_or(size);
        let path = self.path.take().unwrap_or_else(|| text(&header.path_bytes()));
        let target = self.target.take();
        let target = || target.unwrap_or_else(|| header.link_name_bytes().map(|it| text(&it)).unwrap_or_default());
        let is_folder = kind.is_dir() || (kind.is_file() && path.ends_with('/'));
        let kind = match kind {
            EntryType::XGlobalHeader => {
                self.skip = with_padding(size);
                return None;
            }
            _ if is_folder => Kind::Folder,
            EntryType::Symlink => Kind::Symlink(target()),
            EntryType::Link => Kind::HardLink(target()),
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => Kind::File,
            _ => Kind::Other,
        };
        if matches!(kind, Kind::File) {
            self.skip = with_padding(size);
        }
        Some(Member { path, kind })
    }

    fn content(&mut self, bytes: &[u8]) {
        let Some(extension) = &mut self.extension else { return };
        let room = extension.size.min(LONGEST_NAME).saturating_sub(extension.bytes.len());
        extension.bytes.extend(bytes.iter().take(room));
        if self.skip > 0 {
            return;
        }
        let Some(Extension { kind, bytes, .. }) = self.extension.take() else { return };
        if kind.is_gnu_longname() {
            self.path = Some(text(&bytes));
        } else if kind.is_gnu_longlink() {
            self.target = Some(text(&bytes));
        } else {
            let mut rest = bytes.as_slice();
            while let Some((key, value, after)) = record(rest) {
                match key {
                    b"path" => self.path = Some(text(value)),
                    b"linkpath" => self.target = Some(text(value)),
                    b"size" => self.size = decimal(value),
                    _ => {}
                }
                rest = after;
            }
        }
    }
}

fn with_padding(size: u64) -> u64 {
    size.saturating_add(padding(size) as u64)
}

/// Up to the NUL that may end it.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.split(|byte| *byte == 0).next().unwrap_or_default()).into_owned()
}

/// The sum of all bytes, the sum's own field taken for spaces.
fn has_its_checksum(header: &Header) -> bool {
    let field = header.as_old().cksum;
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    let expected = sum(header.as_bytes()) - sum(&field) + 8 * u64::from(b' ');
    number(&field) == Some(expected)
}

/// A number of a header: octal digits, or bytes behind one with its highest bit set, as GNU tar writes large sizes.
fn number(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if first & 0x80 != 0 {
        return digits(rest, u64::from(first & 0x7f), 256, |byte| Some(byte.into()));
    }
    let text = field.split(|byte| *byte == 0).next().unwrap_or_default();
    digits(text.trim_ascii(), 0, 8, |byte| (b'0'..=b'7').contains(&byte).then(|| u64::from(byte - b'0')))
}

fn decimal(text: &[u8]) -> Option<u64> {
    digits(text, 0, 10, |byte| byte.is_ascii_digit().then(|| u64::from(byte - b'0')))
}

fn digits(bytes: &[u8], from: u64, base: u64, digit: impl Fn(u8) -> Option<u64>) -> Option<u64> {
    bytes.iter().try_fold(from, |number, byte| number.checked_mul(base)?.checked_add(digit(*byte)?))
}

/// Key and value of the first record of an extension (`LENGTH KEY=VALUE` and a line's end), and what follows it.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = bytes.iter().position(|byte| *byte == b' ')?;
    let length = decimal(bytes.get(..space)?)?;
    let (record, after) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
    let text = record.get(space + 1..)?.strip_suffix(b"\n")?;
    let equals = text.iter().position(|byte| *byte == b'=')?;
    Some((text.get(..equals)?, text.get(equals + 1..)?, after))
}
