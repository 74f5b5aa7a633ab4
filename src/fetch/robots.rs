//! `robots.txt` (RFC 9309): the text of a host's file → whether this program may ask for a path.
//!
//! The group that names the program counts, else the one for all; in it the longest rule that fits, and permission before
//! refusal.

/// The name by which a file can address this program.
const PRODUCT: &str = "utsikt";

/// The rules of a host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Robots {
    /// Patterns of paths, and whether they are allowed.
    rules: Vec<(String, bool)>,
}

impl Robots {
    /// The rules for this program in a file.
    pub(super) fn parse(text: &str) -> Self {
        let (mut named, mut general): (Option<Vec<_>>, Vec<_>) = (None, Vec::new());
        let (mut is_named, mut is_general, mut in_heading) = (false, false, false);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match key.trim().to_lowercase().as_str() {
                "user-agent" => {
                    // Several names in a row head one group.
                    if !in_heading {
                        (is_named, is_general) = (false, false);
                    }
                    in_heading = true;
                    is_general |= value == "*";
                    is_named |= value.to_lowercase() == PRODUCT;
                    if is_named {
                        named.get_or_insert_default();
                    }
                }
                rule @ ("allow" | "disallow") => {
                    in_heading = false;
                    let rule = (value.to_owned(), rule == "allow");
                    if value.is_empty() {
                        continue;
                    }
                    if is_general {
                        general.push(rule.clone());
                    }
                    if let Some(named) = named.as_mut().filter(|_| is_named) {
                        named.push(rule);
                    }
                }
                _ => {}
            }
        }
        Self {
            rules: named.unwrap_or(general),
        }
    }

    /// Whether this path, with its query, may be asked for.
    pub(super) fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting
            .max_by_key(|(pattern, allowed)| (pattern.len(), *allowed))
            .is_none_or(|(_, allowed)| *allowed)
    }
}

/// Whether the path begins as the pattern says; `*` is anything, `$` at the end is the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = pattern
        .strip_suffix('$')
        .map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if whole && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_that_names_us_counts_else_the_one_for_all() {
        let text = "User-agent: *\nDisallow: /a\n\nUser-agent: other\nUser-agent: Utsikt # us\nDisallow: /b\n";
        let robots = Robots::parse(text);
        assert!(robots.allows("/a") && !robots.allows("/b/c"));
        assert!(!Robots::parse("User-agent: *\nDisallow: /\n").allows("/x"));
        assert!(Robots::parse("User-agent: *\nDisallow:\n").allows("/x"));
        assert!(Robots::parse("User-agent: other\nDisallow: /\n").allows("/x"));
    }

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::parse("user-agent: *\ndisallow: /a\nallow: /a/b\nallow: /c\ndisallow: /c\n");
        assert!(robots.allows("/a/b/c") && !robots.allows("/a/c") && robots.allows("/c"));
    }

    #[test]
    fn stars_and_ends_are_understood() {
        assert!(fits("/*.pdf$", "/a/b.pdf") && !fits("/*.pdf$", "/a/b.pdf?x") && fits("/a*c", "/abcd"));
        assert!(fits("/a$", "/a") && !fits("/a$", "/ab") && !fits("/b", "/a"));
    }
}
