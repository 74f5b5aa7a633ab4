//! The contents of a report: places, indicators, sets, indices, analyses, pages; consultations and their answers.
//!
//! Plain values in the field's own words. No YAML, no HTML, no files: readers fill these types,
//! views are made from them. Numbers are stored in the indicator's unit and never rounded here.

mod analysis;
mod chart;
mod commitment;
mod consultation;
mod draft;
mod index;
mod indicator;
mod judgement;
mod mapping;
mod names;
mod observation;
mod outcome;
mod page;
mod period;
mod place;
mod provenance;
mod questionnaire;
mod response;
mod set;
mod site;
mod target;
mod text;
mod unit;
mod update;

pub use analysis::{Analysis, AnalysisGroup, AnalysisLink, AnalysisNode, GroupRole};
pub use chart::{ChartKind, ChartSpec, Selection};
pub use commitment::{Commitment, CommitmentStatus, Progress};
pub use consultation::{
    Body, Channels, Consultation, ConsultationKind, Contact, ContactField, Dates, Document, Extension, InvitedGroup,
    Meetings, Naming, Pause, PersonalData, Publication, Reported, Respondents, Withdrawal,
};
pub use draft::{Draft, Section};
pub use index::{
    Aggregation, Base, BasePeriod, BaseSexes, Fill, Imputation, Index, IndexLevel, Method, Moment, Normalisation,
    Score, Screening, Treatment, Units, Variation,
};
pub use indicator::{Absence, Acceptance, Better, Break, Breakdown, Improbability, Indicator, Note, Source, Topic};
pub use judgement::{Margin, Prices, TrendRule};
pub use mapping::{AnswerColumns, Column, Columns, DateOrder, Mapping, QuestionColumns, Tool};
pub use observation::{Flags, Observation, Part, Reason, Series, Sex, Value};
pub use outcome::{Area, Change, Cluster, Codebook, Outcome, Outcomes, Position, Reply, Stance, Theme};
pub use page::{About, Layout, Page, Prose};
pub use period::{Period, PeriodKind};
pub use place::{Boundaries, Level, Place, PlaceGroup, PlaceId, Places};
pub use provenance::{EarlierImport, Provenance};
pub use questionnaire::{Evidence, Item, Polarity, Question, QuestionKind, Questionnaire, Scale, Step};
pub use response::{Answer, Answers, Channel, Coding, FormalDecision, Pick, Quote, ReceivedDocument, Response};
pub use set::{IndicatorSet, SetEntry, SetGroup};
pub use site::{Accessibility, Edition, Settings, Site, Term};
pub use target::{Direction, PeerMeasure, Target, TargetKind};
pub use text::Text;
pub use unit::{Unit, UnitKind};
pub use update::{
    Extent, Fate, RankChange, Ranked, RecordedRank, RecordedStatus, RetiredClaim, RevisedFigure, Revision,
    StatusChange, Update, UpdatedFigures,
};
