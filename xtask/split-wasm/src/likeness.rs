//! An order of functions in which each stands beside those that it resembles.
//!
//! Brotli writes a repetition in fewer bits the nearer it is to what it repeats, and Leptos' functions are repetitions:
//! the same code for another type. Functions of one type stand together, since the section that names their types then
//! compresses to nothing.

use std::{cmp::Reverse, collections::BTreeMap};

/// A function as it is in its wasm.
#[derive(Clone, Copy)]
pub struct Function<'wasm> {
    /// The number of its type.
    pub kind: u32,
    /// Its locals and instructions.
    pub body: &'wasm [u8],
}

/// A function that has no place yet.
struct Candidate {
    /// Where it is now.
    place: usize,
    length: usize,
    /// All that stands in any three bytes of it, sorted, each once.
    threes: Vec<u32>,
}

/// The present places of the functions, in the order in which they compress best: in each type the shortest first, then
/// always the one that resembles the last one most.
pub fn order(functions: &[Function<'_>]) -> Vec<usize> {
    let mut kinds: BTreeMap<u32, Vec<Candidate>> = BTreeMap::new();
    for (place, function) in functions.iter().enumerate() {
        let candidate = Candidate { place, length: function.body.len(), threes: threes(function.body) };
        kinds.entry(function.kind).or_default().push(candidate);
    }
    let mut places = Vec::with_capacity(functions.len());
    for mut left in kinds.into_values() {
        let mut next = left.iter().enumerate().min_by_key(|(_, it)| it.length).map(|(index, _)| index);
        while let Some(index) = next {
            let last = left.remove(index);
            next = left.iter().enumerate().min_by_key(|(_, it)| Reverse(likeness(&last, it))).map(|(index, _)| index);
            places.push(last.place);
        }
    }
    places
}

/// How much two functions have in common, less a tenth of how much they differ in length.
fn likeness(one: &Candidate, other: &Candidate) -> i64 {
    let common = common(&one.threes, &other.threes);
    let all = one.threes.len() + other.threes.len() - common;
    let (short, long) = (one.length.min(other.length), one.length.max(other.length));
    let share = |part: usize, whole: usize, weight: i64| part as i64 * weight / (whole as i64 + 1);
    share(common, all, 100_000) - share(long - short, long, 10_000)
}

fn threes(body: &[u8]) -> Vec<u32> {
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
    let mut threes: Vec<u32> = body.windows(3).map(number).collect();
    threes.sort_unstable();
    threes.dedup();
    threes
}

/// How many numbers two sorted lists share.
fn common(mut one: &[u32], mut other: &[u32]) -> usize {
    let mut count = 0;
    while let ([first, rest @ ..], [second, others @ ..]) = (one, other) {
        if first <= second {
            one = rest;
        }
        if second <= first {
            other = others;
        }
        count += usize::from(first == second);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_stands_beside_like_among_functions_of_one_type() {
        let all =
            [(1, "add one and two"), (0, "x"), (1, "call nobody at all"), (1, "add one and three"), (1, "call me")];
        let functions = all.map(|(kind, body)| Function { kind, body: body.as_bytes() });
        assert_eq!(order(&functions), [1, 4, 2, 3, 0]);
    }

    #[test]
    fn equal_functions_keep_their_order() {
        assert_eq!(order(&[Function { kind: 0, body: b"equal" }; 4]), [0, 1, 2, 3]);
    }

    #[test]
    fn what_two_functions_share_is_counted_once() {
        assert_eq!(common(&threes(b"abcabcd"), &threes(b"xabcd")), 2);
    }
}
