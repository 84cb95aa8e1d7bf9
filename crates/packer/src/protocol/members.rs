//! A message as names and values, before it is an object of JavaScript and after it was one.

/// What a member of a message may be.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<H> {
    Text(String),
    /// Exact in JavaScript up to 2⁵³, which is 8 PiB where it is a size.
    Number(u64),
    /// What browsers hand over without reading it: a file, a blob.
    Handle(H),
    List(Vec<Self>),
}

impl<H> Value<H> {
    pub fn texts(texts: Vec<String>) -> Self {
        Self::List(texts.into_iter().map(Self::Text).collect())
    }

    pub fn numbers(numbers: Vec<u64>) -> Self {
        Self::List(numbers.into_iter().map(Self::Number).collect())
    }

    fn text(self) -> Option<String> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    fn number(self) -> Option<u64> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    fn handle(self) -> Option<H> {
        if let Self::Handle(handle) = self { Some(handle) } else { None }
    }

    /// All of a list; none if one of them is of another kind.
    fn list<T>(self, each: impl Fn(Self) -> Option<T>) -> Option<Vec<T>> {
        if let Self::List(values) = self { values.into_iter().map(each).collect() } else { None }
    }
}

const KIND: &str = "kind";

/// The members of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Members<H>(pub Vec<(String, Value<H>)>);

impl<H> Members<H> {
    /// A message of this kind.
    pub fn new(kind: &str) -> Self {
        Self(Vec::new()).with(KIND, Value::Text(kind.to_owned()))
    }

    /// With one more member.
    pub fn with(mut self, name: &str, value: Value<H>) -> Self {
        self.0.push((name.to_owned(), value));
        self
    }

    /// Takes a member out.
    fn take(&mut self, name: &str) -> Option<Value<H>> {
        let position = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.swap_remove(position).1)
    }

    pub fn kind(&mut self) -> Option<String> {
        self.text(KIND)
    }

    pub fn run(&mut self) -> Option<u32> {
        self.number("run")?.try_into().ok()
    }

    pub fn text(&mut self, name: &str) -> Option<String> {
        self.take(name)?.text()
    }

    pub fn number(&mut self, name: &str) -> Option<u64> {
        self.take(name)?.number()
    }

    pub fn handle(&mut self, name: &str) -> Option<H> {
        self.take(name)?.handle()
    }

    pub fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        self.take(name)?.list(Value::text)
    }

    pub fn numbers(&mut self, name: &str) -> Option<Vec<u64>> {
        self.take(name)?.list(Value::number)
    }

    pub fn handles(&mut self, name: &str) -> Option<Vec<H>> {
        self.take(name)?.list(Value::handle)
    }
}
