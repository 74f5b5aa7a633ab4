//! "Did you mean": the candidate closest to what was written.

/// What people write for a name of ours: Swedish for a key, another program's word for a kind of chart. Of several names the first
/// is meant that stands among the candidates.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("adress", &["url", "base_url"]),
    ("antal", &["count", "value"]),
    ("avsnitt", &["sections", "steps"]),
    ("bar", &["ranking", "comparison"]),
    ("beskrivning", &["description"]),
    ("bild", &["image", "picture"]),
    ("bäst", &["better"]),
    ("column", &["comparison", "ranking"]),
    ("datum", &["date"]),
    ("diagram", &["chart", "kind"]),
    ("enhet", &["unit"]),
    ("från", &["from"]),
    ("fråga", &["question"]),
    ("frågor", &["questions"]),
    ("grupp", &["group"]),
    ("histogram", &["ranking", "comparison"]),
    ("hämtad", &["fetched"]),
    ("indikator", &["indicator"]),
    ("indikatorer", &["indicators"]),
    ("karta", &["map"]),
    ("kod", &["code"]),
    ("kommun", &["municipality", "place"]),
    ("källa", &["source"]),
    ("kön", &["sex"]),
    ("land", &["country"]),
    ("licens", &["licence"]),
    ("line", &["trend"]),
    ("linje", &["trend"]),
    ("län", &["county", "region"]),
    ("mål", &["target", "targets"]),
    ("namn", &["name", "title"]),
    ("nivå", &["level"]),
    ("not", &["note"]),
    ("område", &["area", "topic"]),
    ("paj", &["stacked"]),
    ("pie", &["stacked"]),
    ("plats", &["place"]),
    ("platser", &["places"]),
    ("punkter", &["scatter"]),
    ("rubrik", &["title"]),
    ("serie", &["series"]),
    ("sidor", &["navigation", "pages"]),
    ("slag", &["kind"]),
    ("språk", &["languages", "language"]),
    ("stapel", &["ranking", "comparison"]),
    ("staplar", &["ranking", "comparison"]),
    ("svar", &["answers"]),
    ("tema", &["theme", "topic"]),
    ("till", &["to"]),
    ("titel", &["title"]),
    ("typ", &["kind", "type"]),
    ("utgivare", &["publisher"]),
    ("värde", &["value", "values"]),
    ("värden", &["values"]),
    ("år", &["year", "period"]),
    ("ämne", &["topic"]),
];

/// The candidate nearest to `written`, if it is near enough to be a likely slip of the pen, or the one that a word of another
/// language stands for.
///
/// Distance is Damerau–Levenshtein without regard to case; at most a third of the longer word may differ, and a
/// single letter not at all, since any other letter would be as near. Digits are no letters: a code or a year of other digits is
/// another thing, not the same misspelt.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.trim_matches(TYPOGRAPHIC).to_lowercase();
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let synonyms = SYNONYMS
        .iter()
        .find(|(word, _)| *word == lower)
        .map_or(&[][..], |(_, names)| names);
    let is_there = |name: &&&str| candidates.contains(name);
    if let Some(name) = synonyms.iter().find(is_there) {
        return candidates.iter().find(|candidate| *candidate == name).copied();
    }
    candidates
        .into_iter()
        .filter(|candidate| !differs_in_digits_alone(&lower, &candidate.to_lowercase()))
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, candidate)| {
            let longest = lower.chars().count().max(candidate.chars().count());
            *distance == 0 || (longest > 1 && *distance * 3 <= longest.max(3))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Quotation marks that word processors put in the place of straight ones.
pub(super) const TYPOGRAPHIC: [char; 9] = ['“', '”', '„', '‟', '‘', '’', '‚', '«', '»'];

/// Whether two names are equal but for their digits, and these are not the same number written with other zeros before it.
fn differs_in_digits_alone(one: &str, other: &str) -> bool {
    let split = |text: &str| -> (String, String) { text.chars().partition(char::is_ascii_digit) };
    let ((digits, letters), (other_digits, other_letters)) = (split(one), split(other));
    let number = |digits: &str| digits.trim_start_matches('0').to_owned();
    digits != other_digits
        && letters == other_letters
        && (number(&digits) != number(&other_digits) || number(&digits).is_empty() && digits.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["befolkning", "arbetsloshet", "tillit"];
        assert_eq!(nearest("befolkningen", known), Some("befolkning"));
        assert_eq!(nearest("arbetslöshet", known), Some("arbetsloshet"));
        assert_eq!(nearest("bredband", known), None);
    }

    #[test]
    fn another_code_is_no_misspelling() {
        assert_eq!(nearest("01", ["00", "18"]), None);
        assert_eq!(nearest("25", ["20", "1880"]), None);
        assert_eq!(nearest("rapport-2023", ["rapport-2024"]), None);
        assert_eq!(nearest("180", ["0180"]), Some("0180"));
        assert_eq!(nearest("0", ["00"]), Some("00"));
        assert_eq!(nearest("“18”", ["00", "18"]), Some("18"));
    }

    #[test]
    fn words_of_another_language_are_known() {
        assert_eq!(nearest("namn", ["title", "name"]), Some("name"));
        assert_eq!(nearest("Stapel", ["trend", "comparison"]), Some("comparison"));
        assert_eq!(nearest("pie", ["trend"]), None);
    }
}
