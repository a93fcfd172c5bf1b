//! What is wrong with a table that people hand in: where it is, what it is, and what to do.

/// What is wrong: a sentence in both languages that says what to do.
pub trait Fault: Copy {
    /// Says it in Chinese; `{value}` is what stands there, `{other}` what it collides with.
    fn zh(self) -> &'static str;

    /// Says it in English, as [`Fault::zh`].
    fn en(self) -> &'static str;
}

/// Makes the faults of one kind of table. Each has a stable word and a sentence in both languages.
macro_rules! faults {
    ($what:literal $($name:ident $word:literal $zh:literal $en:literal)*) => {
        #[doc = $what]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault {
            // As code: brackets in a sentence are no links.
            $(#[doc = concat!("`", $en, "`")] $name,)*
        }

        impl Fault {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns the stable word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }

        impl $crate::kernel::Fault for Fault {
            fn zh(self) -> &'static str {
                match self { $(Self::$name => $zh,)* }
            }

            fn en(self) -> &'static str {
                match self { $(Self::$name => $en,)* }
            }
        }
    };
}

pub(crate) use faults;

/// Most characters of a cell that a sentence repeats.
const VALUE_CHARS_MAX: usize = 40;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem<F> {
    /// The line in the file, from 1; 0 for the file as a whole.
    pub line: u32,
    /// The column, from 1; 0 for the line as a whole.
    pub column: usize,
    /// The word above the column.
    pub header: String,
    /// What is wrong.
    pub fault: F,
    /// What stands there, shortened.
    pub value: String,
    /// What it collides with, or what it may be at most.
    pub other: String,
}

impl<F: Fault> Problem<F> {
    /// Says what is wrong at a place.
    #[must_use]
    pub fn new(line: u32, column: usize, header: &str, fault: F, value: &str) -> Self {
        let shown = value.chars().map(|char| if char.is_control() { ' ' } else { char });
        let mut shown: String = shown.collect();
        if shown.chars().count() > VALUE_CHARS_MAX {
            shown = shown.chars().take(VALUE_CHARS_MAX).chain(['…']).collect();
        }
        let (header, other) = (header.to_owned(), String::new());
        Self { line, column, header, fault, value: shown, other }
    }

    /// Says what is wrong with the file as a whole.
    #[must_use]
    pub fn of_file(fault: F, value: &str) -> Self {
        Self::new(0, 0, "", fault, value)
    }

    /// Adds what it collides with.
    #[must_use]
    pub fn with(mut self, other: String) -> Self {
        self.other = other;
        self
    }

    /// Says in Chinese what is wrong and what to do, without the place.
    #[must_use]
    pub fn reason_zh(&self) -> String {
        self.fill(self.fault.zh())
    }

    /// Says in English what is wrong and what to do, without the place.
    #[must_use]
    pub fn reason_en(&self) -> String {
        self.fill(self.fault.en())
    }

    /// Says in Chinese where it is, what is wrong and what to do.
    #[must_use]
    pub fn zh(&self) -> String {
        let place = match (self.line, self.column) {
            (0, _) => "整个文件".to_owned(),
            (line, 0) => format!("第 {line} 行"),
            (line, column) if self.header.is_empty() => format!("第 {line} 行第 {column} 列"),
            (line, column) => format!("第 {line} 行第 {column} 列（{}）", self.header),
        };
        format!("{place}：{}", self.reason_zh())
    }

    /// Says in English where it is, what is wrong and what to do.
    #[must_use]
    pub fn en(&self) -> String {
        let place = match (self.line, self.column) {
            (0, _) => "the file".to_owned(),
            (line, 0) => format!("line {line}"),
            (line, column) if self.header.is_empty() => format!("line {line}, column {column}"),
            (line, column) => format!("line {line}, column {column} ({})", self.header),
        };
        format!("{place}: {}", self.reason_en())
    }

    fn fill(&self, sentence: &str) -> String {
        sentence.replace("{other}", &self.other).replace("{value}", &self.value)
    }
}
