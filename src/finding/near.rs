//! "Did you mean": the candidate closest to what was written.

/// The candidate nearest to `written`, if it is near enough to be a likely slip of the pen.
///
/// Distance is Damerau–Levenshtein without regard to case; at most a third of the longer word may differ, and a
/// single letter not at all, since any other letter would be as near.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    candidates
        .into_iter()
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
}
