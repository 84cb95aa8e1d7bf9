//! What a `.terraformignore` is written in. Terraform takes it for UTF-8 whatever it is, and finds no match then.

/// How characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As Terraform reads it.
    Utf8,
    /// Two bytes a character, as some shells and editors of Windows write.
    Utf16,
    /// One byte a character, as it was done before Unicode: Latin-1 or the like.
    Other,
}

impl Encoding {
    /// What this file is most likely written in.
    pub fn of(file: &[u8]) -> Self {
        let has_mark = file.starts_with(&[0xff, 0xfe]) || file.starts_with(&[0xfe, 0xff]);
        // Without a mark: of text with Latin letters every other byte is zero.
        let zeros = file.iter().filter(|byte| **byte == 0).count();
        if has_mark || (zeros > 0 && zeros * 3 >= file.len()) {
            Self::Utf16
        } else if std::str::from_utf8(file).is_err() {
            Self::Other
        } else {
            Self::Utf8
        }
    }

    /// What is wrong with the file as a whole: a sentence.
    pub fn problem(self) -> Option<String> {
        let is_utf16 = self == Self::Utf16;
        is_utf16.then(|| {
            "Line 1 and all others are in UTF-16, which Terraform does not read: no rule has an effect. Save the file in \
             UTF-8."
                .to_owned()
        })
    }

    /// What is wrong with a line that is a rule: the second half of a sentence.
    pub fn problem_of_line(self, line: &[u8], is_rule: bool) -> Option<String> {
        let is_wrong = is_rule && self == Self::Other && std::str::from_utf8(line).is_err();
        is_wrong.then(|| {
            "is not in UTF-8 (in Latin-1 perhaps), so that Terraform finds no match. Save the file in UTF-8".to_owned()
        })
    }
}
