//! The syntax of PX files: `KEYWORD[language]("part")=value;`.
//!
//! Takes bytes; gives statements by keyword and part, and the figures as they stand. Strings that follow each other are
//! one; languages other than the file's first are left out.

use super::super::fault::{Fault, malformed};
use crate::finding::message;
use crate::source::{FilePath, SourceFile};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The text of a file in the code page that it names.
pub(super) fn decode(file: &SourceFile) -> Result<Cow<'_, str>, Fault> {
    let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
    // Keywords are ASCII in all of the code pages.
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let named = head
        .split_once("CODEPAGE=")
        .and_then(|(_, rest)| rest.trim_start().strip_prefix('"'));
    let named = named
        .and_then(|rest| rest.split_once('"'))
        .map(|(name, _)| name.trim().to_owned());
    if bytes.is_ascii() {
        return Ok(String::from_utf8_lossy(bytes));
    }
    let encoding = match &named {
        None => match std::str::from_utf8(bytes) {
            Ok(text) => return Ok(Cow::Borrowed(text)),
            Err(_) if !head.contains("CHARSET") && is_dos(bytes) => {
                return Err(malformed(&file.path, message::figures_code_page(), "CHARSET"));
            }
            Err(_) => WINDOWS_1252,
        },
        Some(name) => Encoding::for_label(name.as_bytes())
            .ok_or_else(|| malformed(&file.path, message::figures_code_page(), name))?,
    };
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text),
        None => Err(malformed(
            &file.path,
            message::figures_other_code_page(),
            named.unwrap_or_default(),
        )),
    }
}

/// Whether å, ä and ö stand where the code pages of DOS have them, which files without `CHARSET` are in; read in another one
/// they would be other letters, and nobody would notice.
fn is_dos(bytes: &[u8]) -> bool {
    let any = |of: &[u8]| bytes.iter().any(|byte| of.contains(byte));
    any(&[0x84, 0x86, 0x94, 0x8e, 0x8f, 0x99]) && !any(&[0xe5, 0xe4, 0xf6, 0xc5, 0xc4, 0xd6])
}

/// Parts and values of one statement.
type Statement = (Vec<String>, Vec<String>);

/// A file as its statements.
pub(super) struct Document<'a> {
    /// Values by keyword and parts, in the file's language.
    statements: BTreeMap<String, Vec<Statement>>,
    /// The figures.
    pub(super) data: Option<Data<'a>>,
}

/// The figures as they stand.
pub(super) struct Data<'a> {
    text: &'a str,
    /// Whether the semicolon that ends them is there.
    pub(super) closed: bool,
}

impl<'a> Data<'a> {
    /// Whether something stands between the last figure and the end of the file, so that the figure is not cut.
    pub(super) fn ends_with_space(&self) -> bool {
        self.text.ends_with(|c: char| c.is_whitespace() || c == '"')
    }
    /// Numbers and symbols, with their quotation marks.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let mut rest = self.text;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            let end = match rest.strip_prefix('"') {
                Some(inner) => inner.find('"').map_or(rest.len(), |at| at + 2),
                None => rest
                    .find(|c: char| c.is_whitespace() || matches!(c, ',' | '"'))
                    .unwrap_or(rest.len()),
            };
            let (token, after) = rest.split_at(end);
            rest = after;
            (!token.is_empty()).then_some(token)
        })
    }
}

impl Document<'_> {
    /// The values of a keyword that has no parts.
    pub(super) fn list(&self, keyword: &str) -> Vec<String> {
        self.at(keyword, &[])
    }

    /// The values of a keyword for one dimension or category.
    pub(super) fn for_part(&self, keyword: &str, part: &str) -> Vec<String> {
        self.at(keyword, &[part])
    }

    /// The values of a keyword for these parts.
    pub(super) fn at(&self, keyword: &str, parts: &[&str]) -> Vec<String> {
        let all = self.statements.get(keyword).map(Vec::as_slice).unwrap_or_default();
        let found = all
            .iter()
            .find(|(own_parts, _)| own_parts.iter().map(String::as_str).eq(parts.iter().copied()));
        found.map(|(_, values)| values.clone()).unwrap_or_default()
    }

    /// The values of a keyword, whatever their parts.
    pub(super) fn anywhere(&self, keyword: &str) -> Vec<String> {
        let all = self.statements.get(keyword).into_iter().flatten();
        all.map(|(_, values)| values.join(" ")).collect()
    }
}

/// The statements of a text.
pub(super) fn parse<'a>(text: &'a str, path: &FilePath) -> Result<Document<'a>, Fault> {
    let mut document = Document {
        statements: BTreeMap::new(),
        data: None,
    };
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let excerpt = || rest.chars().take(40).collect::<String>();
        let equals =
            outside_quotes(rest, '=').ok_or_else(|| malformed(path, message::figures_no_statement(), excerpt()))?;
        let head = rest[..equals].trim();
        let (keyword, language, parts) =
            split_head(head).ok_or_else(|| malformed(path, message::figures_no_statement(), excerpt()))?;
        let after = &rest[equals + 1..];
        let end = outside_quotes(after, ';');
        let body = &after[..end.unwrap_or(after.len())];
        if keyword == "DATA" {
            document.data = Some(Data {
                text: body,
                closed: end.is_some(),
            });
            break;
        }
        if end.is_none() {
            return Err(Box::new(crate::finding::Finding::new(
                crate::finding::Code::FiguresCut,
                crate::source::Origin::file(path),
            )));
        }
        if language.is_none() {
            document
                .statements
                .entry(keyword)
                .or_default()
                .push((parts, values(body)));
        }
        rest = after[end.map_or(after.len(), |end| end + 1)..].trim_start();
    }
    Ok(document)
}

fn outside_quotes(text: &str, sign: char) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == sign && !quoted).then_some(at)
    })
}

/// Keyword, language and parts of `KEYWORD[language]("part","part")`.
fn split_head(head: &str) -> Option<(String, Option<&str>, Vec<String>)> {
    let end = head.find(['[', '(']).unwrap_or(head.len());
    let keyword = head[..end].trim();
    let valid = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if keyword.is_empty() || !keyword.chars().all(valid) {
        return None;
    }
    let mut rest = &head[end..];
    let mut language = None;
    if let Some(inner) = rest.strip_prefix('[') {
        let (written, after) = inner.split_once(']')?;
        language = Some(written);
        rest = after;
    }
    let parts = match rest.trim().strip_prefix('(') {
        Some(inner) => values(inner.strip_suffix(')')?),
        None if rest.trim().is_empty() => Vec::new(),
        None => return None,
    };
    Some((keyword.to_ascii_uppercase(), language, parts))
}

/// A list's values: strings over several lines are one, commas outside strings and brackets part them.
fn values(body: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut value = String::new();
    let (mut quoted, mut was_quoted, mut depth) = (false, false, 0_usize);
    for c in body.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                was_quoted = true;
            }
            // A name broken over two lines is still one.
            '\n' | '\r' | '\t' if quoted => value.push(' '),
            _ if quoted => value.push(c),
            '(' => {
                depth += 1;
                value.push(c);
            }
            ')' => {
                depth = depth.saturating_sub(1);
                value.push(c);
            }
            ',' if depth == 0 => {
                values.push(std::mem::take(&mut value));
                was_quoted = false;
            }
            c if c.is_whitespace() => {}
            c => value.push(c),
        }
    }
    if was_quoted || !value.is_empty() {
        values.push(value);
    }
    values
}

/// The points in time of a `TIMEVAL`, written as periods are: `TLIST(Q1),"20241"` is `2024Q1`; a range of years is all of
/// them. `None` when it lists none.
pub(super) fn moments(timeval: &[String]) -> Option<Vec<String>> {
    let (scale_and_range, listed) = timeval.split_first()?;
    let scale = scale_and_range.strip_prefix("TLIST(")?.chars().next()?;
    if listed.is_empty() {
        let (first, last) = scale_and_range
            .strip_prefix("TLIST(A1,")?
            .strip_suffix(')')?
            .split_once('-')?;
        let [first, last] = [first, last].map(|year| year.trim().parse::<u16>().ok());
        return Some((first?..=last?).map(|year| year.to_string()).collect());
    }
    Some(listed.iter().map(|written| moment(scale, written)).collect())
}

fn moment(scale: char, written: &str) -> String {
    let digits = written.len() > 4 && written.bytes().all(|byte| byte.is_ascii_digit());
    match (scale, digits) {
        ('Q', true) => format!("{}Q{}", &written[..4], &written[4..]),
        ('M', true) => format!("{}M{}", &written[..4], &written[4..]),
        ('H', true) => format!("{}H{}", &written[..4], &written[4..]),
        ('W', true) => format!("{}W{}", &written[..4], &written[4..]),
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FilePath;

    fn path() -> FilePath {
        "x.px".into()
    }

    #[test]
    fn strings_over_lines_are_one() {
        assert_eq!(values("\"ett\"\n\"två\",\"tre; fyra\""), ["etttvå", "tre; fyra"]);
        assert_eq!(values("TLIST(A1, \"2020\"-\"2022\")"), ["TLIST(A1,2020-2022)"]);
    }

    #[test]
    fn other_languages_are_left_out() {
        let text = "TITLE=\"a\";TITLE[en]=\"b\";NOTE(\"x\",\"y\")=\"=;\";DATA=1 \"..\"\n2;";
        let document = parse(text, &path()).unwrap();
        assert_eq!(document.list("TITLE"), ["a"]);
        assert_eq!(document.at("NOTE", &["x", "y"]), ["=;"]);
        let data = document.data.unwrap();
        assert_eq!(data.tokens().collect::<Vec<_>>(), ["1", "\"..\"", "2"]);
        assert!(data.closed);
    }

    #[test]
    fn code_pages_are_those_of_the_file() {
        let read = |bytes: &[u8]| {
            let file = SourceFile {
                path: path(),
                bytes: bytes.into(),
            };
            decode(&file).map(Cow::into_owned).ok()
        };
        assert_eq!(
            read(b"CHARSET=\"ANSI\";X=\"\xd6rebro\";").unwrap(),
            "CHARSET=\"ANSI\";X=\"Örebro\";"
        );
        assert_eq!(
            read("CODEPAGE=\"utf-8\";X=\"Örebro\";".as_bytes()).unwrap(),
            "CODEPAGE=\"utf-8\";X=\"Örebro\";"
        );
        assert_eq!(read(b"CODEPAGE=\"utf-8\";X=\"\xd6rebro\";"), None);
        assert_eq!(read(b"X=\"\x99rebro\";"), None);
        assert_eq!(read(b"CODEPAGE=\"cp850\";X=\"\x99rebro\";"), None);
    }

    #[test]
    fn points_in_time_are_written_as_periods() {
        let times = |list: &[&str]| moments(&list.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(times(&["TLIST(Q1)", "20241"]).unwrap(), ["2024Q1"]);
        assert_eq!(times(&["TLIST(M1)", "202403"]).unwrap(), ["2024M03"]);
        assert_eq!(times(&["TLIST(A1)", "2024"]).unwrap(), ["2024"]);
        assert_eq!(times(&["TLIST(A1,2020-2022)"]).unwrap(), ["2020", "2021", "2022"]);
        assert_eq!(times(&["TLIST(A1)"]), None);
    }
}
