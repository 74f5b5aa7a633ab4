//! Counts made at meetings, each shown by itself.
//!
//! Takes meetings' records; gives their counts. Nothing here is added to what respondents answered. Where persons answer,
//! a meeting with fewer participants than the minimum is left out, and so is a question with a smaller count in it.

use super::poll::Poll;
use super::results::Meeting;
use crate::model::{Answer, Response};

/// The meetings that count when the journal had so many lines.
pub(super) fn meetings(poll: &Poll, lines: u32) -> Vec<Meeting> {
    let minimum = if poll.of_persons() {
        poll.consultation.publication.minimum.unwrap_or(0)
    } else {
        0
    };
    let large = |response: &&Response| minimum == 0 || response.participants.is_some_and(|count| count >= minimum);
    poll.meetings(lines)
        .filter(large)
        .map(|response| meeting(poll, response, minimum))
        .collect()
}

fn meeting(poll: &Poll, response: &Response, minimum: u32) -> Meeting {
    let few = |rows: &[Vec<u32>]| rows.iter().flatten().any(|count| (1..minimum).contains(count));
    let questions = poll.consultation.questionnaire.questions().zip(&response.answers);
    let counts = questions.filter_map(|(question, answer)| match answer {
        Some(Answer::Counts(rows)) if !few(rows) => Some((question.id.clone(), rows.clone())),
        _ => None,
    });
    Meeting {
        name: response.meeting.clone(),
        date: response.meeting_date.clone(),
        participants: response.participants,
        counts: counts.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{CLOSED, DIRECTION, consultation, count, degree, persons, response};
    use crate::model::{Answer, Channel, Response};

    fn meeting(counts: Vec<Vec<u32>>, participants: u32) -> Response {
        Response {
            channel: Channel::Meeting,
            meeting: "Rådet".to_owned(),
            participants: Some(participants),
            ..response("m", 7, vec![(DIRECTION, Answer::Counts(counts))])
        }
    }

    #[test]
    fn a_meeting_is_no_respondent() {
        let counted = count(
            consultation(),
            vec![degree("1", 0, 1), meeting(vec![vec![5, 3, 1]], 9)],
            CLOSED,
        );
        assert_eq!((counted.base.answered, counted.meetings.len()), (1, 1));
        assert_eq!(
            counted.meetings[0].counts,
            [("riktning".to_owned(), vec![vec![5, 3, 1]])]
        );
        assert_eq!(
            (counted.meetings[0].name.as_str(), counted.meetings[0].participants),
            ("Rådet", Some(9))
        );
    }

    #[test]
    fn small_counts_of_persons_are_left_out() {
        let meetings =
            |counts, participants| count(persons(3, None), vec![meeting(counts, participants)], CLOSED).meetings;
        assert!(meetings(vec![vec![2, 0, 0]], 2).is_empty());
        assert!(meetings(vec![vec![5, 3, 1]], 9)[0].counts.is_empty());
        assert_eq!(meetings(vec![vec![5, 4, 0]], 9)[0].counts.len(), 1);
    }
}
