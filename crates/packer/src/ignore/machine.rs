//! Finds out whether a path matches an expression, in time proportional to the product of their lengths.
//!
//! All ways through the expression are followed at once, one character at a time: there is nothing to go back to, so
//! no rule can make it slow.

use super::class::Class;
use super::expression::Node;

/// As many steps as a rule may have. Only repetitions of repetitions have more.
const LONGEST: usize = 20_000;

#[derive(Debug)]
enum Step {
    One(Class),
    Start,
    End,
    Both(usize, usize),
    Go(usize),
}

/// An expression made ready.
#[derive(Debug)]
pub struct Machine {
    steps: Vec<Step>,
    /// What every matching path contains: the quick way to know that a path does not match.
    required: String,
}

/// Room to work in, kept between paths.
#[derive(Debug, Default)]
pub struct Scratch {
    now: Vec<usize>,
    next: Vec<usize>,
    /// For each step the number of the round in which it was last reached.
    reached: Vec<u64>,
    round: u64,
    open: Vec<usize>,
}

impl Machine {
    /// Makes an expression ready; none if it is too long.
    pub fn new(expression: &Node) -> Option<Self> {
        let mut builder = Builder { steps: Vec::new(), work: 0 };
        builder.add(expression)?;
        Some(Self { steps: builder.steps, required: required(expression) })
    }

    /// True if there is a match anywhere: expressions say themselves where they begin and end.
    pub fn matches(&self, path: &str, scratch: &mut Scratch) -> bool {
        if !path.contains(&self.required) {
            return false;
        }
        scratch.reached.resize(self.steps.len().max(scratch.reached.len()), 0);
        scratch.now.clear();
        let mut rest = path.chars().peekable();
        let mut at_start = true;
        loop {
            let at_end = rest.peek().is_none();
            scratch.round += 1;
            scratch.next.clear();
            for index in 0..scratch.now.len() {
                let Some(step) = scratch.now.get(index).copied() else { break };
                if self.follow(step, at_start, at_end, scratch) {
                    return true;
                }
            }
            if self.follow(0, at_start, at_end, scratch) {
                return true;
            }
            let Some(character) = rest.next() else { return false };
            at_start = false;
            let (now, next) = (&mut scratch.now, &scratch.next);
            now.clear();
            now.extend(next.iter().filter(|step| self.takes(**step, character)).map(|step| step + 1));
        }
    }

    fn takes(&self, step: usize, character: char) -> bool {
        matches!(self.steps.get(step), Some(Step::One(class)) if class.has(character))
    }

    /// Adds the steps that take a character and can be reached from here; true if the end can.
    fn follow(&self, from: usize, at_start: bool, at_end: bool, scratch: &mut Scratch) -> bool {
        scratch.open.push(from);
        while let Some(step) = scratch.open.pop() {
            let Some(known) = self.steps.get(step) else {
                scratch.open.clear();
                return true;
            };
            match scratch.reached.get_mut(step) {
                Some(reached) if *reached != scratch.round => *reached = scratch.round,
                _ => continue,
            }
            match known {
                Step::One(_) => scratch.next.push(step),
                Step::Start if at_start => scratch.open.push(step + 1),
                Step::End if at_end => scratch.open.push(step + 1),
                Step::Start | Step::End => {}
                Step::Both(one, other) => scratch.open.extend([*one, *other]),
                Step::Go(to) => scratch.open.push(*to),
            }
        }
        false
    }
}

struct Builder {
    steps: Vec<Step>,
    /// How many nodes were visited: repetitions of nothing add no steps, but take time.
    work: usize,
}

impl Builder {
    fn add(&mut self, node: &Node) -> Option<()> {
        self.work += 1;
        if self.work > 4 * LONGEST || self.steps.len() > LONGEST {
            return None;
        }
        match node {
            Node::One(class) => self.steps.push(Step::One(class.clone())),
            Node::Start => self.steps.push(Step::Start),
            Node::End => self.steps.push(Step::End),
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.add(node))?,
            Node::Either(ways) => self.either(ways)?,
            Node::Repeat(node, least, most) => self.repeat(node, *least, *most)?,
        }
        Some(())
    }

    fn either(&mut self, ways: &[Node]) -> Option<()> {
        let mut ends = Vec::new();
        let Some((last, others)) = ways.split_last() else { return Some(()) };
        for way in others {
            let fork = self.reserve();
            self.add(way)?;
            ends.push(self.reserve());
            self.put(fork, Step::Both(fork + 1, self.steps.len()));
        }
        self.add(last)?;
        let end = self.steps.len();
        ends.into_iter().for_each(|step| self.put(step, Step::Go(end)));
        Some(())
    }

    fn repeat(&mut self, node: &Node, least: u32, most: Option<u32>) -> Option<()> {
        for _ in 0..least {
            self.add(node)?;
        }
        let Some(most) = most else {
            let fork = self.reserve();
            self.add(node)?;
            self.steps.push(Step::Go(fork));
            self.put(fork, Step::Both(fork + 1, self.steps.len()));
            return Some(());
        };
        let mut forks = Vec::new();
        for _ in least..most {
            forks.push(self.reserve());
            self.add(node)?;
        }
        let end = self.steps.len();
        forks.into_iter().for_each(|fork| self.put(fork, Step::Both(fork + 1, end)));
        Some(())
    }

    /// A step whose target is not known yet.
    fn reserve(&mut self) -> usize {
        self.steps.push(Step::Go(0));
        self.steps.len() - 1
    }

    fn put(&mut self, index: usize, step: Step) {
        if let Some(place) = self.steps.get_mut(index) {
            *place = step;
        }
    }
}

/// The longest text that must occur in every match.
fn required(expression: &Node) -> String {
    let Node::Sequence(nodes) = expression else { return String::new() };
    let mut longest = String::new();
    let mut run = String::new();
    for node in nodes {
        match node {
            Node::One(class) if class.only().is_some() => run.extend(class.only()),
            Node::Start | Node::End => {}
            _ => run.clear(),
        }
        if run.len() > longest.len() {
            longest.clone_from(&run);
        }
    }
    longest
}
