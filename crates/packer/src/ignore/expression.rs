//! What a rule is to Terraform: the regular expression that go-slug makes of it, as far as rules can be written.
//!
//! go-slug translates `*`, `?`, `.`, `$` and escapes, and hands everything else to Go's `regexp`. So `+`, `(`, `|`,
//! `{2}` or `\d` in a rule mean what they mean there, and a rule that `regexp` refuses has no effect. This module reads
//! that language; assertions about words, code points by number and Unicode's classes are refused as well, with a
//! reason.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::class::{self, Class};

/// More than anyone writes by hand, and little enough for a browser's stack.
const DEEPEST: usize = 100;
/// Go's.
const MOST_REPEATS: u32 = 1000;

/// A piece of an expression.
#[derive(Debug, Clone)]
pub enum Node {
    /// One character.
    One(Class),
    /// Only at the beginning of the path.
    Start,
    /// Only at its end.
    End,
    /// One after the other.
    Sequence(Vec<Node>),
    /// Any of these.
    Either(Vec<Node>),
    /// At least so often, and at most so often if there is a limit.
    Repeat(Box<Node>, u32, Option<u32>),
}

/// What go-slug would hand to `regexp` for a rule that has its `**/` or lost its leading `/`.
pub fn translate(pattern: &str) -> Vec<char> {
    let mut expression = vec!['^'];
    let mut rest = pattern.chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            '*' if rest.next_if_eq(&'*').is_some() => {
                rest.next_if_eq(&'/');
                expression.extend(if rest.peek().is_none() { ".*".chars() } else { "(.*/)?".chars() });
            }
            '*' => expression.extend("[^/]*".chars()),
            '?' => expression.extend("[^/]".chars()),
            '.' | '$' => expression.extend(['\\', next]),
            '\\' => {
                expression.push('\\');
                expression.extend(rest.next());
            }
            _ => expression.push(next),
        }
    }
    expression.push('$');
    expression
}

/// Reads an expression; the error says what is wrong with it, as the second half of a sentence about the rule.
pub fn parse(expression: Vec<char>) -> Result<Node, &'static str> {
    let mut parser = Parser { rest: expression.into_iter().peekable(), depth: 0 };
    let node = parser.either()?;
    if parser.rest.peek().is_some() { Err("has a “)” without its “(”") } else { Ok(node) }
}

struct Parser {
    rest: Peekable<IntoIter<char>>,
    depth: usize,
}

impl Parser {
    fn either(&mut self) -> Result<Node, &'static str> {
        let mut ways = vec![self.sequence()?];
        while self.rest.next_if_eq(&'|').is_some() {
            ways.push(self.sequence()?);
        }
        Ok(if ways.len() == 1 { ways.pop().unwrap_or(Node::Start) } else { Node::Either(ways) })
    }

    fn sequence(&mut self) -> Result<Node, &'static str> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut repeated = false;
        while let Some(next) = self.rest.next_if(|next| !matches!(next, '|' | ')')) {
            let repeat = match next {
                '*' => Some((0, None)),
                '+' => Some((1, None)),
                '?' => Some((0, Some(1))),
                '{' => self.braces()?,
                _ => None,
            };
            let Some((least, most)) = repeat else {
                nodes.push(self.atom(next)?);
                repeated = false;
                continue;
            };
            // Lazy or not makes no difference to whether something matches.
            self.rest.next_if_eq(&'?');
            if repeated {
                return Err("repeats a repetition");
            }
            let node = nodes.pop().ok_or("repeats nothing")?;
            nodes.push(Node::Repeat(Box::new(node), least, most));
            repeated = true;
        }
        Ok(Node::Sequence(nodes))
    }

    /// What stands in braces after `{`, or nothing: then the brace stands for itself, and nothing was read.
    fn braces(&mut self) -> Result<Option<(u32, Option<u32>)>, &'static str> {
        let mut ahead = self.rest.clone();
        let inside: String = ahead.by_ref().take_while(|next| *next != '}').collect();
        let closed = self.rest.clone().any(|next| next == '}');
        let (least, most) = match inside.split_once(',') {
            Some((least, most)) => (least, Some(most)),
            None => (inside.as_str(), None),
        };
        let is_number = |text: &str| text == "0" || (!text.is_empty() && !text.starts_with('0') && digits(text));
        if !closed || !is_number(least) || most.is_some_and(|most| !most.is_empty() && !is_number(most)) {
            return Ok(None);
        }
        self.rest = ahead;
        let number = |text: &str| match text.parse::<u32>() {
            Ok(number) if number <= MOST_REPEATS => Ok(number),
            _ => Err("repeats too often"),
        };
        let least = number(least)?;
        let most = match most {
            None => Some(least),
            Some("") => None,
            Some(most) => Some(number(most)?),
        };
        if most.is_some_and(|most| most < least) { Err("repeats in the wrong order") } else { Ok(Some((least, most))) }
    }

    fn atom(&mut self, first: char) -> Result<Node, &'static str> {
        Ok(match first {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::One(Class::of('\n').negated()),
            '[' => Node::One(self.brackets()?),
            '(' => self.group()?,
            '\\' => match self.rest.next().ok_or("ends in the middle of an escape")? {
                'A' => Node::Start,
                'z' => Node::End,
                escaped => Node::One(class::escape(escaped)?),
            },
            other => Node::One(Class::of(other)),
        })
    }

    fn group(&mut self) -> Result<Node, &'static str> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("is nested too deeply");
        }
        let node = self.either()?;
        self.depth -= 1;
        self.rest.next_if_eq(&')').map(|_| node).ok_or("has a “(” without its “)”")
    }

    /// What stands in brackets after `[`.
    fn brackets(&mut self) -> Result<Class, &'static str> {
        const OPEN: &str = "has a “[” without its “]”";
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut class = Class::default();
        let mut first = true;
        loop {
            let next = self.rest.next().ok_or(OPEN)?;
            if next == ']' && !first {
                return Ok(if negated { class.negated() } else { class });
            }
            first = false;
            if next == '[' && self.rest.peek() == Some(&':') && self.named(&mut class)? {
                continue;
            }
            let low = self.member(next)?;
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.peek().is_some_and(|end| *end != ']');
            let (Some(from), true) = (low.only(), is_range) else {
                class.add(&low);
                continue;
            };
            self.rest = ahead;
            let end = self.rest.next().ok_or(OPEN)?;
            let to = self.member(end)?.only().ok_or("has a range without an end")?;
            if to < from {
                return Err("has a range in the wrong order");
            }
            class.add(&Class::range(from, to));
        }
    }

    fn member(&mut self, first: char) -> Result<Class, &'static str> {
        if first != '\\' {
            return Ok(Class::of(first));
        }
        class::escape(self.rest.next().ok_or("ends in the middle of an escape")?)
    }

    /// `[:name:]` within brackets, its `[` already read; false if there is no `:]`.
    fn named(&mut self, class: &mut Class) -> Result<bool, &'static str> {
        let ahead: String = self.rest.clone().skip(1).collect();
        let Some((name, _)) = ahead.split_once(":]") else { return Ok(false) };
        let (name, negated) = name.strip_prefix('^').map_or((name, false), |name| (name, true));
        let named = class::named(name).ok_or("names a class that does not exist")?;
        class.add(&if negated { named.negated() } else { named });
        // Both colons, the bracket, the name and its negation.
        for _ in 0..name.chars().count() + usize::from(negated) + 3 {
            self.rest.next();
        }
        Ok(true)
    }
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
