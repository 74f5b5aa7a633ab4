//! Counts made at meetings, each shown by itself.
//!
//! Takes meetings' records; gives their counts. Nothing here is added to what respondents answered. Where persons answer,
//! a meeting with fewer participants than the minimum is left out, and so is a question with a smaller count in it. Open
//! meetings are public: their counts are told as they are, whatever may be shown of the respondents' answers.

use super::direction::direction;
use super::poll::Poll;
use super::results::{Count, Detail, Meeting, Tally};
use crate::model::{Answer, Meetings, Question, QuestionKind, Response};

/// The meetings that count when the journal had so many lines; open ones are not among them.
pub(super) fn meetings(poll: &Poll, lines: u32) -> Vec<Meeting> {
    if is_open(poll) {
        return Vec::new();
    }
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

/// All meetings, where they are open: disclosure control has no say about them.
pub(super) fn open_meetings(poll: &Poll) -> Vec<Meeting> {
    if !is_open(poll) {
        return Vec::new();
    }
    let open = |response: &Response| {
        let before = questions(poll, response).filter_map(|(question, answer)| match answer {
            Some(Answer::Counts { before, .. }) if !before.is_empty() => Some((question.id.clone(), before.clone())),
            _ => None,
        });
        Meeting {
            before: before.collect(),
            ..meeting(poll, response, 0)
        }
    };
    poll.meetings(u32::MAX).map(open).collect()
}

fn is_open(poll: &Poll) -> bool {
    poll.consultation.channels.meetings == Meetings::Open
}

fn meeting(poll: &Poll, response: &Response, minimum: u32) -> Meeting {
    let few = |rows: &[Vec<u32>]| rows.iter().flatten().any(|count| (1..minimum).contains(count));
    let counts = questions(poll, response).filter_map(|(question, answer)| match answer {
        Some(Answer::Counts { counts, .. }) if !few(counts) => Some((question.id.clone(), counts.clone())),
        _ => None,
    });
    Meeting {
        name: response.meeting.clone(),
        date: response.meeting_date.clone(),
        participants: response.participants,
        counts: counts.collect(),
        before: Vec::new(),
    }
}

fn questions<'a>(poll: &Poll<'a>, response: &'a Response) -> impl Iterator<Item = (&'a Question, &'a Option<Answer>)> {
    poll.consultation.questionnaire.questions().zip(&response.answers)
}

impl Meeting {
    /// A meeting's counts of a question as an answer of all who took part; `None` where it counted no hands, and of a ranking, of
    /// which a meeting counts only who comes first. Those who raised no hand have not answered.
    #[must_use]
    pub fn detail(&self, question: &Question) -> Option<Detail> {
        detail(self.participants, &self.counts, question)
    }

    /// The same of the round before the discussion.
    #[must_use]
    pub fn detail_before(&self, question: &Question) -> Option<Detail> {
        detail(self.participants, &self.before, question)
    }
}

fn detail(participants: Option<u32>, counts: &[(String, Vec<Vec<u32>>)], question: &Question) -> Option<Detail> {
    let (_, rows) = counts.iter().find(|(id, _)| *id == question.id)?;
    let several = matches!(question.kind, QuestionKind::Choices { .. });
    let tally = |row: &Vec<u32>| {
        // Of several choices nobody knows how many raised a hand at all.
        let hands = if several {
            participants.or_else(|| row.iter().max().copied())
        } else {
            Some(row.iter().fold(0, |sum: u32, count| sum.saturating_add(*count)))
        };
        let n = hands.unwrap_or(0);
        Tally {
            options: row.iter().copied().map(Count::Shown).collect(),
            other: None,
            no_opinion: None,
            unanswered: Count::Shown(participants.unwrap_or(n).saturating_sub(n)),
            n: Count::Shown(n),
            weighted: None,
        }
    };
    let mut tallies = rows.iter().map(tally);
    match &question.kind {
        QuestionKind::Choice { .. } | QuestionKind::Choices { .. } | QuestionKind::Scale(_) => {
            tallies.next().map(Detail::Options)
        }
        QuestionKind::Grid { .. } => Some(Detail::Rows(tallies.collect())),
        QuestionKind::Direction { .. } => Some(Detail::Directions(tallies.map(direction).collect())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{CLOSED, DIRECTION, OPEN, consultation, count, degree, persons, response, site};
    use crate::model::{Answer, Answers, Channel, Consultation, Meetings, Response};
    use crate::survey::{self, Detail, Meeting};
    use jiff::civil::Date;

    fn meeting(counts: Vec<Vec<u32>>, participants: u32) -> Response {
        let counts = Answer::Counts {
            counts,
            before: Vec::new(),
        };
        Response {
            channel: Channel::Meeting,
            meeting: "Rådet".to_owned(),
            participants: Some(participants),
            ..response("m", 7, vec![(DIRECTION, counts)])
        }
    }

    /// What is shown of meetings on a day when the council is open and these responses have come.
    fn open(mut consultation: Consultation, responses: Vec<Response>, day: Date) -> Vec<Meeting> {
        consultation.channels.meetings = Meetings::Open;
        let mut site = site();
        site.consultations = vec![consultation];
        let answers = Answers {
            consultation: "enkat".to_owned(),
            responses,
            ..Answers::default()
        };
        survey::all(&site, &[answers], day)[0].results.meetings.clone()
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

    #[test]
    fn an_open_meeting_of_persons_is_shown_small_and_unanimous_counts_too() {
        for row in [vec![30, 0, 0], vec![28, 1, 1], vec![2, 0, 0]] {
            let shown = open(persons(5, None), vec![meeting(vec![row.clone()], 30)], CLOSED);
            assert_eq!(shown[0].counts, [("riktning".to_owned(), vec![row])]);
        }
    }

    #[test]
    fn an_open_meeting_waits_for_the_day_of_the_results() {
        let meetings = vec![meeting(vec![vec![30, 0, 0]], 30)];
        assert!(open(persons(5, None), meetings, OPEN).is_empty());
    }

    #[test]
    fn those_who_raised_no_hand_have_not_answered() {
        let shown = open(persons(5, None), vec![meeting(vec![vec![12, 10, 5]], 30)], CLOSED);
        let consultation = persons(5, None);
        let question = consultation
            .questionnaire
            .questions()
            .nth(DIRECTION)
            .expect("a question");
        let Some(Detail::Directions(items)) = shown[0].detail(question) else {
            panic!("directions")
        };
        assert_eq!(items[0].net, Some(7));
        assert_eq!(
            (items[0].tally.n.shown(), items[0].tally.unanswered.shown()),
            (Some(27), Some(3))
        );
    }
}
