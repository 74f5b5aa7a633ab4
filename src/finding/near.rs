//! "Did you mean": the candidate closest to what was written.

/// The candidate nearest to `written`, if it is near enough to be a likely slip of the pen.
///
/// Distance is Damerau–Levenshtein without regard to case; at most a third of the longer word may differ, and a
/// single letter not at all, since any other letter would be as near. A code of digits is near another only if zeros before
/// it were lost or added: with another digit it is another thing, not a slip.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let is_code = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_other_code = |candidate: &str| {
        is_code(written) && is_code(candidate) && written.trim_start_matches('0') != candidate.trim_start_matches('0')
    };
    candidates
        .into_iter()
        .filter(|candidate| !is_other_code(candidate))
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
    fn another_digit_is_another_code() {
        assert_eq!(nearest("01", ["00", "20"]), None);
        assert_eq!(nearest("1", ["00", "01"]), Some("01"));
        assert_eq!(nearest("180", ["0180", "1880"]), Some("0180"));
    }
}
