//! What is remembered of a page.

use super::Key;
use std::sync::Arc;

/// Facts that work asked for, by name, with their hashes then.
pub type Seen = Vec<(Arc<str>, Key)>;

/// A page as it was made, and everything that decided it.
///
/// A page is made in two steps: its narrative, which says what it uses and links to, and the page around it, which needs
/// what all narratives said. Each step has a hash of what it was given and the facts it asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What the page is, and its own text.
    pub text: Key,
    /// The theme, the day, the wishes.
    pub around: Key,
    /// What the narrative asked for.
    pub narrative_seen: Seen,
    /// The pages before, after and about it.
    pub beside: Key,
    /// What the page around the narrative asked for.
    pub page_seen: Seen,
    /// Ids of the indicators that the narrative shows.
    pub uses: Vec<String>,
    /// Links to anchors.
    pub anchors: Vec<Anchor>,
    /// Files made: the page and what it offers; address and contents.
    pub files: Vec<(String, Arc<[u8]>)>,
    /// Files of series that it offers: language, indicator and contents.
    pub series: Vec<(usize, String, Arc<[u8]>)>,
}

/// A link to an anchor of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Address of the page.
    pub route: String,
    /// The anchor.
    pub anchor: String,
    /// Bytes of the page's own file in which the link stands.
    pub span: (usize, usize),
}

impl Record {
    /// As bytes: lengths (four bytes, lowest first) before texts, counts before lists, in the order of the fields.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for key in [&self.text, &self.around, &self.beside] {
            out.extend_from_slice(key);
        }
        for seen in [&self.narrative_seen, &self.page_seen] {
            put_count(&mut out, seen.len());
            for (name, key) in seen {
                put(&mut out, name.as_bytes());
                out.extend_from_slice(key);
            }
        }
        put_count(&mut out, self.uses.len());
        self.uses.iter().for_each(|id| put(&mut out, id.as_bytes()));
        put_count(&mut out, self.anchors.len());
        for anchor in &self.anchors {
            put(&mut out, anchor.route.as_bytes());
            put(&mut out, anchor.anchor.as_bytes());
            put_count(&mut out, anchor.span.0);
            put_count(&mut out, anchor.span.1);
        }
        put_count(&mut out, self.files.len());
        for (route, bytes) in &self.files {
            put(&mut out, route.as_bytes());
            put(&mut out, bytes);
        }
        put_count(&mut out, self.series.len());
        for (language, id, bytes) in &self.series {
            put_count(&mut out, *language);
            put(&mut out, id.as_bytes());
            put(&mut out, bytes);
        }
        out
    }

    /// Back from bytes; `None` when they are not those of a record.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = Rest(bytes);
        let (text, around, beside) = (rest.key()?, rest.key()?, rest.key()?);
        let narrative_seen = rest.list(|rest| Some((rest.text()?.into(), rest.key()?)))?;
        let page_seen = rest.list(|rest| Some((rest.text()?.into(), rest.key()?)))?;
        let uses = rest.list(|rest| Some(rest.text()?.to_owned()))?;
        let anchors = rest.list(|rest| {
            let (route, anchor) = (rest.text()?.to_owned(), rest.text()?.to_owned());
            Some(Anchor {
                route,
                anchor,
                span: (rest.count()?, rest.count()?),
            })
        })?;
        let files = rest.list(|rest| Some((rest.text()?.to_owned(), rest.bytes()?.into())))?;
        let series = rest.list(|rest| Some((rest.count()?, rest.text()?.to_owned(), rest.bytes()?.into())))?;
        rest.0.is_empty().then_some(Self {
            text,
            around,
            narrative_seen,
            beside,
            page_seen,
            uses,
            anchors,
            files,
            series,
        })
    }
}

fn put_count(out: &mut Vec<u8>, count: usize) {
    out.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    put_count(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// Bytes that are still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn key(&mut self) -> Option<Key> {
        let (key, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*key)
    }

    fn count(&mut self) -> Option<usize> {
        let (count, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        usize::try_from(u32::from_le_bytes(*count)).ok()
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let count = self.count()?;
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        // A list cannot have more items than there are bytes, so a damaged count asks for no memory.
        (count <= self.0.len()).then(|| (0..count).map(|_| item(self)).collect())?
    }
}

#[cfg(test)]
mod tests {
    use super::{Anchor, Record};

    fn record() -> Record {
        Record {
            text: [1; 32],
            around: [2; 32],
            narrative_seen: vec![("places".into(), [3; 32])],
            beside: [4; 32],
            page_seen: vec![("sets".into(), [5; 32]), ("terms".into(), [6; 32])],
            uses: vec!["a".to_owned()],
            anchors: vec![Anchor {
                route: "om.html".to_owned(),
                anchor: "metod".to_owned(),
                span: (3, 9),
            }],
            files: vec![("om.html".to_owned(), b"<p>\xff".as_slice().into())],
            series: vec![(0, "a".to_owned(), b"1;2".as_slice().into())],
        }
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let bytes = record().to_bytes();
        assert_eq!(Record::from_bytes(&bytes), Some(record()));
    }

    #[test]
    fn cut_bytes_are_no_record() {
        let bytes = record().to_bytes();
        assert!((0..bytes.len()).all(|end| Record::from_bytes(&bytes[..end]).is_none()));
        assert_eq!(Record::from_bytes(&[bytes, vec![0]].concat()), None);
    }
}
