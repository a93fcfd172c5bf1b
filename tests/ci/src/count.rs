//! Counting what passed and what failed.

/// A count of checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    /// Steps for which this machine lacks something: neither passed nor failed.
    pub(crate) not_run: u32,
}

impl Count {
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0, not_run: 0 };
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1, not_run: 0 };
    pub(crate) const NOT_RUN: Self = Self { passed: 0, failed: 0, not_run: 1 };

    pub(crate) const fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed.saturating_add(other.passed),
            failed: self.failed.saturating_add(other.failed),
            not_run: self.not_run.saturating_add(other.not_run),
        }
    }
}

/// Sums up every `test result:` line. An ignored test counts as failed: nothing is skipped here.
pub(crate) fn tests(text: &str) -> Count {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("test result:"))
        .map(|line| Count {
            passed: number_before(line, "passed"),
            failed: number_before(line, "failed").saturating_add(number_before(line, "ignored")),
            not_run: 0,
        })
        .fold(Count::default(), Count::plus)
}

/// Sums up the line with which Surefire closes each module. A skipped test counts as failed.
///
/// The lines of single classes say how long they took and where; they are not counted again.
pub(crate) fn surefire(text: &str) -> Count {
    text.lines()
        .filter_map(|line| Some(line.split_once("Tests run: ")?.1))
        .filter(|line| !line.contains("Time elapsed"))
        .filter_map(|line| {
            let mut numbers = line.split(", ").map(|part| part.rsplit(' ').next()?.parse().ok());
            let mut next = || numbers.next().flatten();
            let (run, failures, errors, skipped): (u32, u32, u32, u32) =
                (next()?, next()?, next()?, next()?);
            let failed = failures.saturating_add(errors).saturating_add(skipped);
            Some(Count { passed: run.saturating_sub(failed), failed, not_run: 0 })
        })
        .fold(Count::default(), Count::plus)
}

/// Counts the tests of Swift Testing, by the line that each ends with.
pub(crate) fn swift(text: &str) -> Count {
    let ended = |line: &str| {
        let (_, test) = line.split_once(" Test ")?;
        let (name, _) = test.split_once(" after ")?;
        // The run itself is no test.
        (!name.starts_with("run with ")).then(|| match name.rsplit(' ').next() {
            Some("passed") => Count::PASSED,
            _ => Count::FAILED,
        })
    };
    text.lines().filter_map(ended).fold(Count::default(), Count::plus)
}

fn number_before(line: &str, word: &str) -> u32 {
    let words: Vec<&str> = line.split([' ', ';']).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|candidate| *candidate == word);
    at.and_then(|at| words.get(at.checked_sub(1)?)).and_then(|n| n.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_result_lines_are_summed_and_an_ignored_test_is_a_failure() {
        let text = "\
            running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
            noise 9 passed\n\
            test result: FAILED. 5 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(tests(text), Count { passed: 8, failed: 3, not_run: 0 });
    }

    #[test]
    fn surefire_is_counted_once_a_module_and_a_skipped_test_is_a_failure() {
        let text = "\
            [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in A\n\
            [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0\n\
            [ERROR] Tests run: 9, Failures: 1, Errors: 2, Skipped: 1, Time elapsed: 2 s <<< FAIL\n\
            [ERROR] Tests run: 9, Failures: 1, Errors: 2, Skipped: 1\n";
        assert_eq!(surefire(text), Count { passed: 8, failed: 4, not_run: 0 });
    }

    #[test]
    fn each_test_of_swift_is_counted_once() {
        let text = "\
            ◇ Test aScreenKeepsNothing() started.\n\
            ✔ Test aScreenKeepsNothing() passed after 0.5 seconds.\n\
            ✘ Test aStoryIsPlayed(_:) recorded an issue with 1 argument at FlowTests.swift:37:29\n\
            ✘ Test aStoryIsPlayed(_:) failed after 7.9 seconds with 2 issues.\n\
            ✔ Suite LeakTests passed after 0.5 seconds.\n\
            ✘ Test run with 2 tests failed after 8.4 seconds with 2 issues.\n";
        assert_eq!(swift(text), Count { passed: 1, failed: 1, not_run: 0 });
        assert_eq!(swift("Executed 0 tests, with 0 failures"), Count::default());
    }

    #[test]
    fn a_run_without_a_result_counts_nothing() {
        assert_eq!(tests("error: could not compile"), Count::default());
        assert_eq!(surefire("[ERROR] COMPILATION ERROR"), Count::default());
    }
}
