//! The kinds of fault, each once: its name, and how bad it is.
//!
//! The name is also the folder of its example under `tests/faults` and its entry in `messages/`. A warning that blocks a release
//! (`Error in release`) may be put off in daily work, but not past it.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal, $severity:ident $(, $in_release:ident in release)?;)*) => {
        /// A kind of fault. What it means to an author stands in `messages/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])* $variant,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The name as printed, such as `yaml/syntax`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How bad it is outside release builds.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// Whether it is an error in a release build, and a warning otherwise.
            #[must_use]
            pub fn blocks_release(self) -> bool {
                match self { $(Code::$variant => codes!(@blocks $($in_release)?),)* }
            }
        }
    };
    (@blocks Error) => { true };
    (@blocks) => { false };
}

codes! {
    /// A file could not be read. Arguments: `reason`.
    FileUnreadable = "file/unreadable", Error;
    /// A file named in the data does not exist. `path`, `near`.
    FileMissing = "file/missing", Error;
    /// A path leads out of the site's folder. `path`.
    FileOutside = "file/outside", Error;
    /// A text file is not UTF-8.
    FileEncoding = "file/encoding", Error;
    /// A data file's name cannot serve as an id. `name`.
    FileName = "file/name", Error;
    /// An entry of `files` that is no file or folder of the content folder. `path`, `near`.
    FileNamed = "file/named", Error;
    /// A file of the content folder that nothing refers to. `path`, `near` (a page's right name) or `reason`.
    FileUnlinked = "file/unlinked", Warning, Error in release;
    /// A file that only drafts refer to. `path`, `draft`.
    FileOfDraft = "file/of-draft", Warning;
    /// A file of data or themes that nothing reads. `path`, `reason`, `near` (where it should lie), `count` (others beside it).
    FileUnread = "file/unread", Warning, Error in release;
    /// A bag that is not as it was made. `problem`, `detail`.
    ArchiveDamaged = "archive/damaged", Error;
    /// A rebuild that gives something else than what is in the bag. `problem`.
    ArchiveDiffers = "archive/differs", Error;
    /// An older edition whose bag is not there or not whole. `path`, `file`, `problem`.
    EditionArchive = "edition/archive", Error;
    /// An id that cannot be the address of an older edition. `value`, `near` or `route` (which has it).
    EditionId = "edition/id", Error;
    /// The site has no `data/site.yaml`.
    SiteMissing = "site/missing", Error;
    /// YAML that cannot be parsed. `problem`.
    YamlSyntax = "yaml/syntax", Error;
    /// YAML that grows or nests beyond reason. `problem`.
    YamlLimit = "yaml/limit", Error;
    /// A key that nothing reads. `key`, `near`, `known`.
    KeyUnknown = "yaml/key-unknown", Error;
    /// A key that must be there is not. `key`.
    KeyMissing = "yaml/key-missing", Error;
    /// The same key twice. `key`.
    KeyDuplicate = "yaml/key-duplicate", Error;
    /// A value of another type. `expected`, `found`.
    ValueType = "yaml/type", Error;
    /// A value outside the vocabulary. `value`, `near`, `known`.
    ValueChoice = "yaml/choice", Error;
    /// Keys that exclude each other, or of which one is needed. `keys`.
    KeyChoice = "yaml/key-choice", Error;
    /// Text where a number belongs. `value`.
    NumberText = "number/text", Error;
    /// A decimal comma in YAML. `value`, `near`.
    NumberComma = "number/comma", Error;
    /// NaN or infinity. `value`.
    NumberInfinite = "number/infinite", Error;
    /// A period that cannot be read. `value`.
    PeriodForm = "period/form", Error;
    /// A period of another kind than the indicator's. `value`, `expected`.
    PeriodKind = "period/kind", Error;
    /// A period that ends before it begins. `from`, `to`.
    PeriodOrder = "period/order", Error;
    /// A date that does not exist. `value`.
    DateForm = "date/form", Error;
    /// A day in the future on which something is said to have happened. `value`.
    DateFuture = "date/future", Error;
    /// A place nobody has defined. `value`, `near`.
    UnknownPlace = "unknown/place", Error;
    /// A group of places nobody has defined. `value`, `near`.
    UnknownGroup = "unknown/group", Error;
    /// A topic nobody has defined. `value`, `near`.
    UnknownTopic = "unknown/topic", Error;
    /// An indicator nobody has defined. `value`, `near`.
    UnknownIndicator = "unknown/indicator", Error;
    /// A set nobody has defined. `value`, `near`.
    UnknownSet = "unknown/set", Error;
    /// An index nobody has defined. `value`, `near`.
    UnknownIndex = "unknown/index", Error;
    /// A survey or consultation nobody has defined. `value`, `near`.
    UnknownConsultation = "unknown/consultation", Error;
    /// A development area nobody has defined. `value`, `near`.
    UnknownArea = "unknown/area", Error;
    /// A codebook nobody has defined. `value`, `near`.
    UnknownCodebook = "unknown/codebook", Error;
    /// A theme that the codebook lacks. `value`, `near`.
    UnknownCodedTheme = "unknown/coded-theme", Error;
    /// A question that the questionnaire lacks. `value`, `near`.
    UnknownQuestion = "unknown/question", Error;
    /// A section that the draft lacks. `value`, `near`, `known`.
    UnknownSection = "unknown/section", Error;
    /// An analysis nobody has defined. `value`, `near`.
    UnknownAnalysis = "unknown/analysis", Error;
    /// A chart nobody has defined. `value`, `near`.
    UnknownChart = "unknown/chart", Error;
    /// A page nobody has written. `value`, `near`.
    UnknownPage = "unknown/page", Error;
    /// An anchor that the page does not have. `value`, `near`.
    UnknownAnchor = "unknown/anchor", Error;
    /// A term nobody has defined. `value`, `near`.
    UnknownTerm = "unknown/term", Error;
    /// A breakdown category nobody has defined. `value`, `near`.
    UnknownCategory = "unknown/category", Error;
    /// A node or group that a link names but the analysis lacks, or a parent that the index lacks. `value`, `near`, `expected`.
    UnknownNode = "unknown/node", Error;
    /// A language in which the theme has no words. `value`, `near`, `known`.
    UnknownLanguage = "unknown/language", Error;
    /// A stylesheet or script that a theme lists and does not have. `path`, `near`, `known`.
    ThemeFile = "theme/file", Error;
    /// A theme that neither the site nor the program has. `value`, `near`, `known`.
    UnknownTheme = "unknown/theme", Error;
    /// A fenced directive of no known kind. `value`, `near`.
    UnknownDirective = "unknown/directive", Warning, Error in release;
    /// Two things with the same id. `value`.
    DuplicateId = "duplicate/id", Error;
    /// The same observation twice. `value`.
    DuplicateObservation = "duplicate/observation", Error;
    /// Two pages on one address. `route`.
    DuplicateAddress = "duplicate/address", Error;
    /// A table with a column that nothing reads. `column`, `near`, `known`.
    ColumnUnknown = "table/column-unknown", Error;
    /// A table without a column it needs. `column`.
    ColumnMissing = "table/column-missing", Error;
    /// The same column twice. `column`.
    ColumnDuplicate = "table/column-duplicate", Error;
    /// A row with more or fewer fields than the header. `expected`, `found`.
    TableRagged = "table/ragged", Error;
    /// A row without a value and without a reason.
    TableReason = "table/reason", Error;
    /// A row with both a value and a reason why there is none. `value`.
    TableBoth = "table/both", Error;
    /// A series with headings and no row.
    TableEmpty = "table/empty", Warning, Error in release;
    /// A target that every figure already meets. `indicator`, `value`.
    TargetReached = "target/reached", Warning;
    /// A gap that is not between two different sexes.
    TargetGap = "target/gap", Error;
    /// A target that is to be met no later than it counts from. `from`, `by`.
    TargetOrder = "target/order", Error;
    /// A target that asks which way is better of an indicator that says neither. `indicator`.
    TargetDirection = "target/direction", Error;
    /// Front matter is not closed or not there.
    FrontMatter = "page/front-matter", Error;
    /// A page whose file name makes an address that is hard to write or to share. `name`, `near`.
    PageName = "page/name", Warning, Error in release;
    /// A page in a folder named like a language that the site does not have, or has at its root. `value`, `reason`.
    PageLanguage = "page/language", Warning, Error in release;
    /// A picture without a text in its place. `element`, where it is HTML.
    PictureText = "page/picture-text", Warning, Error in release;
    /// Markdown that did not become what was meant. `value`, `problem`.
    PageMarkdown = "page/markdown", Warning, Error in release;
    /// A row of a Markdown table that has more or fewer cells than the table has columns. `cells`, `columns`.
    PageTable = "page/table", Warning, Error in release;
    /// HTML that no page of this site can have. `value`, `problem`.
    PageHtml = "page/html", Error;
    /// Headings out of order. `problem`.
    PageHeadings = "page/headings", Warning, Error in release;
    /// A passage in a language that there is not. `value`, `near`.
    LanguageCode = "page/lang", Error;
    /// A link of an analysis without a source.
    AnalysisSource = "analysis/source", Warning;
    /// A node of an analysis with neither an indicator nor a note. `value`.
    AnalysisNote = "analysis/note", Warning;
    /// A link or group against the order of a problem chain. `first`, `second`.
    AnalysisOrder = "analysis/order", Error;
    /// A file of boundaries that cannot be read. `problem`.
    MapForm = "map/form", Error;
    /// An area of a file of boundaries that cannot be drawn. `number`, `problem`.
    MapArea = "map/area", Error;
    /// An area that is no place of the site. `value`, `near`.
    MapPlace = "map/place", Warning;
    /// A chart without a title.
    ChartTitle = "chart/title", Error;
    /// A chart with nothing to draw.
    ChartEmpty = "chart/empty", Warning;
    /// A chart that lacks what its kind needs. `kind`, `needs`.
    ChartNeeds = "chart/needs", Error;
    /// An option that charming does not know. `option`.
    ChartOption = "chart/option", Warning;
    /// ECharts could not draw. `problem`.
    ChartFailed = "chart/failed", Error;
    /// An expression that cannot be parsed. `problem`.
    ExpressionSyntax = "expression/syntax", Error;
    /// An expression that fails. `problem`, `near`.
    ExpressionFails = "expression/fails", Error;
    /// A value that the data lack. `what`, `reason`.
    ExpressionMissing = "expression/missing", Warning;
    /// Figures on both sides of a break. `what`, `period`.
    ExpressionBreak = "expression/break", Error;
    /// A claim that the data do not bear out. `claim`, `figures`.
    ClaimFalse = "claim/false", Error;
    /// A claim that cannot be judged, because a figure is missing. `claim`, `figures`.
    ClaimOpen = "claim/open", Error;
    /// A claim whose condition compares no figures. `claim`, `problem`.
    ClaimCondition = "claim/condition", Error;
    /// A claim that compares figures of different periods. `claim`, `figures`; `near` (a period that all have), else `first`, `second`.
    ClaimPeriods = "claim/periods", Error;
    /// A claim without a sentence that can be printed as it stands. `claim`, `problem`.
    ClaimSentence = "claim/sentence", Error;
    /// Braces of an expression in a text where none is evaluated. `value`.
    ExpressionHere = "expression/here", Error;
    /// A link to a file that the site does not have. `target`, `near`.
    LinkBroken = "link/broken", Error;
    /// A link of a scheme that does not belong on a page. `target`.
    LinkScheme = "link/scheme", Error;
    /// A link in a text of a data file that does not lead out of the site. `target`.
    LinkText = "link/text", Error;
    /// A link by id to a thing that has no page on this site. `target`.
    LinkNoPage = "link/no-page", Error;
    /// A picture of another site, which no page loads. `target`.
    LinkPicture = "link/picture", Error;
    /// A link to a page that exists in another language only. `value`, `language`, `near`.
    LinkLanguage = "link/language", Error;
    /// A link to a page that is a draft. `target`.
    LinkDraft = "link/draft", Warning, Error in release;
    /// A link to a file on somebody's computer. `target`, `near` (its name).
    LinkLocal = "link/local", Error;
    /// A link or picture without an address.
    LinkEmpty = "link/empty", Error;
    /// A link to an address outside the site that is no more. `value`, `status`; `page`, where no author's line has it.
    LinkGone = "link/gone", Error;
    /// A link to an address outside the site that has moved for good. `value`, `to`, `page`.
    LinkMoved = "link/moved", Warning;
    /// A link to an address outside the site that could not be checked this time. `value`, `reason`, `page`.
    LinkUnsure = "link/unsure", Warning;
    /// A link to an address outside the site that machines may not check. `value`, `reason`, `page`.
    LinkClosed = "link/closed", Warning;
    /// A link to an address that works on one machine or network alone. `value`, `page`.
    LinkPrivate = "link/private", Warning;
    /// No address outside the site could be reached. `count`.
    LinkOffline = "link/offline", Warning;
    /// A template that cannot be parsed or fails. `problem`.
    TemplateBroken = "template/broken", Error;
    /// What the theme's templates make of a page. `problem`, `page` (the first that shows it).
    TemplatePage = "template/page", Warning;
    /// A word of a theme that no template asks for. `word`, `near`.
    WordUnused = "template/word-unused", Warning, Error in release;
    /// A word that the language lacks. `word`, `language`, `near`.
    WordMissing = "template/word-missing", Error;
    /// An address of the site that is none, or none to publish at. `value`, `problem`.
    SiteBaseUrl = "site/base-url", Error;
    /// A name, title or source in a release that says nothing. `key`.
    ReleaseEmpty = "release/empty", Error;
    /// Constructed figures or a draft in a release build. `what`.
    ReleaseRefused = "release/refused", Error;
    /// A text in a release that was to be replaced. `value`.
    ReleasePlaceholder = "release/placeholder", Error;
    /// An accessibility statement in a release without what the law asks for. `keys`.
    ReleaseAccessibility = "release/accessibility", Error;
    /// A release without a page with the accessibility statement that all pages link to. `language`.
    ReleaseAccessibilityPage = "release/accessibility-page", Error;
    /// A number outside its bounds. `from`, `to`, `near`.
    NumberRange = "number/range", Error;
    /// A range or pair of goalposts that is not two different numbers.
    IndexEnds = "index/ends", Error;
    /// Nodes of an index that are each other's parents. `value`.
    IndexCycle = "index/cycle", Error;
    /// A branch of an index without indicators. `value`.
    IndexEmpty = "index/empty", Error;
    /// A weight that is zero or less.
    IndexWeight = "index/weight", Error;
    /// Weights of siblings that do not sum to 1 or 100. `sum`.
    IndexWeights = "index/weights", Error;
    /// A figure that enters an index without saying which way is better. `value`, `indicator`.
    IndexDirection = "index/direction", Error;
    /// Places of different levels in one index. `value`, `other`.
    IndexUnits = "index/units", Error;
    /// A reference place that is not one of the units. `value`.
    IndexReference = "index/reference", Error;
    /// A node without the target or goalposts that its score is computed against. `value`, `key`.
    IndexGoal = "index/goal", Error;
    /// A name that suggests the other direction. `value`, `name`, `better`, `near`.
    IndexPolarity = "index/polarity", Warning;
    /// A base year without figures. `year`, `value`.
    IndexBase = "index/base", Error;
    /// Figures that are all equal and make no scale. `value`, `score`.
    IndexFlat = "index/flat", Warning;
    /// A geometric or harmonic mean over zero or less. `value`, `expected`, `child`, `unit`, `score`.
    IndexMean = "index/mean", Error;
    /// The logarithm of zero or less. `value`, `unit`, `number`.
    IndexLog = "index/log", Error;
    /// A node at which no unit has a score. `value`.
    IndexThin = "index/thin", Warning;
    /// A computed score that differs from the published one. `value`, `unit`, `number`, `published`, `count`, `of`.
    IndexPublished = "index/published", Warning;
    /// Days of a consultation in the wrong order. `first`, `second` (keys), `from`, `to` (days).
    ConsultationDates = "consultation/dates", Error;
    /// A last day that differs from what the extensions say. `closes`, `to`.
    ConsultationExtension = "consultation/extension", Error;
    /// A question that has another meaning than its id had before. `value`, `version`, `problem` (kind, options, text).
    ConsultationReused = "consultation/question-reused", Error;
    /// A question with the name of one of the form's own fields. `value`.
    ConsultationReserved = "consultation/reserved-id", Error;
    /// A breakdown by a question that is not one choice. `value`.
    ConsultationBreakdown = "consultation/breakdown", Error;
    /// Persons are asked, and nothing says how few a number may stand for.
    ConsultationMinimum = "consultation/minimum", Error;
    /// Interim results in batches smaller than the minimum. `value`, `from`.
    ConsultationBatch = "consultation/batch", Error;
    /// Answers would be sent to an address that is not https. `value`.
    ConsultationEndpoint = "consultation/endpoint", Error;
    /// It is open, and there is no way to answer.
    ConsultationUnanswerable = "consultation/unanswerable", Warning;
    /// A reply that does not say why. `value`.
    ConsultationReason = "consultation/reason", Error;
    /// Themes without a reply long after closing. `value`, `date`, `path`.
    ConsultationReply = "consultation/reply-missing", Warning;
    /// A consultation that closed long ago and has no results. `value` (the id), `date`.
    ConsultationResults = "consultation/results-missing", Warning, Error in release;
    /// A consultation that says that nobody has answered, although somebody has or still can. `problem`.
    ConsultationUnanswered = "consultation/unanswered", Error;
    /// Days of a commitment in the wrong order. `value` (its id), `from`, `to` (days).
    CommitmentDates = "commitment/dates", Error;
    /// A commitment that waits or was given up, and nothing says why. `value` (its id).
    CommitmentReason = "commitment/reason", Error;
    /// A commitment whose last day has passed without news. `value` (its id), `date`.
    CommitmentOverdue = "commitment/overdue", Warning;
    /// A draft without a heading, so that nothing can be commented.
    DraftSections = "draft/sections", Error;
    /// A section of a draft without text. `value` (its heading).
    DraftEmpty = "draft/empty", Error;
    /// An expression in a draft, whose text must not change with figures. `value` (the heading).
    DraftExpression = "draft/expression", Error;
    /// A draft whose text is not what was opened for comments. `value` (the fingerprint as it is), `stated`.
    DraftChanged = "draft/changed", Error;
    /// A draft that is open for comments without a fingerprint. `value` (the fingerprint as it is).
    DraftUnsealed = "draft/fingerprint", Warning, Error in release;
    /// A section that was changed by the decision, and nothing says why. `value` (its heading).
    DraftReason = "draft/reason", Warning;
    /// A section whose text differs from an earlier version's under the same id. `value`, `version`.
    DraftReworded = "draft/reworded", Error;
    /// A consultation without any day, which is open from the moment it is published.
    ConsultationUndated = "consultation/undated", Warning, Error in release;
    /// Texts of a form that are not to be had in one of its languages. `language`, `count`, `value` (the first).
    ConsultationUntranslated = "consultation/untranslated", Warning;
    /// A line of a journal that is no response. `problem`.
    AnswersLine = "answers/line", Error;
    /// A response to a version of the questionnaire that nobody has defined. `near`, `known`.
    AnswersVersion = "answers/version", Warning;
    /// An answer to a question that nobody asks now. `value`, `near`, `known`, or `version` that asked it.
    AnswersQuestion = "answers/question", Warning;
    /// A part of an answer that does not fit its question. `question`, `near`, `known`.
    AnswersValue = "answers/value", Warning;
    /// A response of a body that nobody has invited. `near`, `known`.
    AnswersBody = "answers/body", Warning;
    /// A response that does not count until a human accepts it. `value`, `reason`.
    AnswersAside = "answers/aside", Warning;
    /// A second response of the same body; neither counts until a human has settled it. `body`, `value`, `first`.
    AnswersConflict = "answers/conflict", Warning;
    /// Words of an export that no option, row or field stands for. `question`.
    AnswersUnmatched = "answers/unmatched", Warning;
    /// More raised hands at a meeting than people were there. `question`, `count`, `total`.
    AnswersHands = "answers/hands", Warning;
    /// A ruling, coding or quotation of a response that is not there. `value`, `near`, `known`.
    AnswersResponse = "answers/response", Error;
    /// A quotation whose words are not in the answer. `value`.
    AnswersQuote = "answers/quote", Error;
    /// An approved quotation with an address, a telephone number or a personal identity number in it.
    AnswersPersonal = "answers/personal", Error;
    /// A document sent along with an answer, which is not published. `value` (the file), `problem`.
    AnswersDocument = "answers/document", Warning;
    /// Answers where they are published with the site.
    AnswersPublished = "answers/published", Error;
    /// Persons' answers in the site's own folder. `value`.
    AnswersExposed = "answers/exposed", Warning;
    /// The ledger of what has been published has been changed or has lost lines. `value`, `line`.
    AnswersLedger = "answers/ledger", Error;
    /// The ledger has lost results that stand in the output folder. `value`, `path`.
    AnswersForgotten = "answers/forgotten", Error;
    /// Options or items of a question have been moved since results were published. `value`, `line`.
    AnswersRearranged = "answers/rearranged", Error;
    /// New results cannot be written down, so they are not published. `value`, `reason`.
    AnswersUnrecorded = "answers/unrecorded", Error;
    /// A file that cannot be imported. `problem`, `near`, `known`.
    ImportFile = "import/file", Error;
    /// A column of an export that the mapping does not name. `column`, `near`.
    ImportColumn = "import/column", Error;
    /// A mapping that names a column, question or option which is not there. `expected`, `value`, `near`, `known`.
    ImportMapping = "import/mapping", Error;
    /// A mapping that gives a question the column that tells who somebody is. `column`, `value`.
    ImportPersonal = "import/personal", Error;
    /// Words in an export that nothing stands for. `row`, `column`, `sheet` (of a meeting), `near`, `known`.
    ImportLabel = "import/label", Warning;
    /// A field of a response that the form does not have. `column`, `near`, `known`.
    ImportField = "import/field", Warning;
    /// A question that no column of the export answers. `value`.
    ImportQuestion = "import/question", Warning;
    /// Figures that are not in the format they should be. `problem`, `value` (where).
    FiguresForm = "figures/form", Error;
    /// A web page where figures should be.
    FiguresPage = "figures/page", Error;
    /// An answer that ends in the middle.
    FiguresCut = "figures/cut", Error;
    /// More or fewer figures than the source states. `expected`, `found`.
    FiguresSize = "figures/size", Error;
    /// A table larger than is reasonable. `found`, `limit`.
    FiguresLimit = "figures/limit", Error;
    /// A page of an answer that is not there. `value` (its address).
    FiguresPageMissing = "figures/page-missing", Error;
    /// The source refused the query. `reason`.
    FiguresRefused = "figures/refused", Error;
    /// A dimension of several categories of which none has been chosen. `value`, `name`, `known`.
    FiguresDimension = "figures/dimension", Error;
    /// A choice that names what the table does not have. `value`, `near`, `known`.
    FiguresChoice = "figures/choice", Error;
    /// A table in which nothing says which dimension is place or time. `expected` (place or time), `known`.
    FiguresRole = "figures/role", Error;
    /// Codes that are no places of this site. `codes`, `count` (of codes), `figures`.
    FiguresPlace = "figures/place", Warning;
    /// Periods that cannot be read, or are of another kind. `codes`, `count`, `figures`, `expected`.
    FiguresPeriod = "figures/period", Warning;
    /// Categories of sex that are neither women, men nor both. `codes`, `count`, `figures`.
    FiguresSex = "figures/sex", Warning;
    /// Symbols that nobody has given a meaning. `codes`, `count`, `figures`.
    FiguresStatus = "figures/status", Warning;
    /// Different figures for the same place, period and part. `codes`, `count`.
    FiguresTwice = "figures/twice", Error;
    /// Combinations with neither a figure nor a reason. `figures`.
    FiguresBlank = "figures/blank", Warning;
    /// Figures that the source has marked as deleted. `figures`.
    FiguresDeleted = "figures/deleted", Warning;
    /// Nothing to import.
    FiguresEmpty = "figures/empty", Error;
    /// Where a series comes from, without the series or its indicator. `value` (the id).
    FiguresAlone = "figures/alone", Warning;
    /// An imported series that has been changed since. `value` (the id), `date`.
    FiguresEdited = "figures/edited", Warning;
    /// An indicator that says another day than the one its figures were fetched on. `value`, `date`.
    FiguresFetched = "figures/fetched", Warning;
    /// An indicator that does not use the series that is imported for it. `value` (the path).
    FiguresUnused = "figures/unused", Warning;
    /// A series that has no indicator yet. `value` (the id).
    FiguresIndicator = "figures/indicator", Error;
    /// A skeleton for an indicator that is there already. `value` (the id).
    FiguresExisting = "figures/existing", Error;
    /// A large revision without a note. `indicator`, `place`, `period`, `from`, `to`, `limit`, `places` (how many more).
    RevisionNote = "revision/note", Warning;
    /// A recorded update whose file is not named by its day. `value`.
    UpdateDate = "update/date", Error;
    /// A large revision in a recorded update without a note. `indicator`, `place`, `period`, `from`, `to`, `limit`.
    UpdateNote = "update/note", Warning;
    /// A quotation mark that is never closed. `lines` (that the cell takes in beside its own).
    TableQuote = "table/quote", Error;
    /// A quoted cell that takes in lines which look like rows. `lines` (how many).
    TableQuoteRows = "table/quote-rows", Error;
    /// Text after the quotation mark that closes a cell. `lines` (that the cell takes in beside its own).
    TableQuoteText = "table/quote-text", Error;
    /// A workbook with several sheets, of which one was read unnamed. `value` (that one), `known` (the others).
    ImportSheet = "import/sheet", Warning;
    /// A workbook as Excel wrote them until 2003.
    ImportOldWorkbook = "import/old-workbook", Error;
    /// A column without a heading that holds something. `column` (its number, as `#3`), `count` (rows).
    FiguresHeading = "figures/heading", Error;
    /// A column of figures that is used for nothing. `column`, `count` (rows).
    FiguresColumn = "figures/column", Error;
    /// Headings in two rows. `count` (cells of the second).
    FiguresHeadingRows = "figures/heading-rows", Error;
    /// Percentages among plain numbers of one series. `value`, `count` (percentages), `others` (plain numbers).
    FiguresPercent = "figures/percent", Error;
    /// A number that can be read in two ways, in a series that does not tell which. `value`, `point`, `comma` (as read with each). A warning where commas part the fields.
    FiguresDecimal = "figures/decimal", Error;
    /// Numbers of one series with different decimal signs. `value` (with a comma), `other` (with a point).
    FiguresDecimalMixed = "figures/decimal-mixed", Error;
    /// Rows of a table with a figure but an empty cell where place, period, sex or category belong. `column`, `rows`, `count` (of rows), `figures`.
    FiguresCodeBlank = "figures/code-blank", Error;
    /// Codes of places whose name in the source is another's. `codes`, `count`.
    FiguresPlaceName = "figures/place-name", Error;
    /// Periods that the file writes in two ways which contradict each other. `codes`, `count`.
    FiguresTimes = "figures/times", Error;
    /// A file that is no part of the same table as the one before. `value` (what it says), `other` (what the one before says).
    FiguresParts = "figures/parts", Error;
    /// A PX file with all its figures but without the last semicolon. `figures`.
    FiguresUnclosed = "figures/unclosed", Warning;
    /// Figures of something else than was asked for. `value` (dimension), `codes`, `count`.
    FiguresAnswer = "figures/answer", Error;
    /// What was asked for and did not come. `value` (dimension), `codes`, `count`.
    FiguresAbsent = "figures/absent", Warning;
    /// A number in an export that can be read in two ways, and no other in its column tells which. `row`, `column`.
    ImportNumber = "import/number", Warning;
    /// An item that an answer to a ranking puts at two ranks. `row`, `column`.
    ImportRank = "import/rank", Warning;
    /// Rows of an export that answer nothing. `count`.
    ImportEmpty = "import/empty", Warning;
    /// A file that was saved half-way and is no answer yet.
    ImportDraft = "import/draft", Warning;
    /// Responses without an answer to a question that must be answered. `questions` (of the first), `count`.
    ImportRequired = "import/required", Warning;
    /// Rows without an id that say what rows of another sheet say. `count`.
    ImportTwins = "import/twins", Warning;
    /// A file without ids that may be an earlier sheet corrected. `count` (rows that are the same), `total` (rows of that sheet).
    ImportSheetAgain = "import/sheet-again", Error;
    /// Percentages outside 0–100. `value`, `place`, `name`, `period`, `count`.
    PlausiblePercent = "plausible/percent", Warning;
    /// Percentages that are all below one. `value` (the largest), `place`, `name`, `period`.
    PlausibleShare = "plausible/share", Warning;
    /// Figures more than ten times the place's own history, or less than a tenth. `value`, `other` (the nearest before), `place`, `name`, `period`, `count`.
    PlausibleJump = "plausible/jump", Warning;
    /// Exactly 0, 100 or 999 in many places. `value`, `place`, `name`, `period`, `count`.
    PlausibleRepeated = "plausible/repeated", Warning;
    /// Figures of a year that has not been, or long ago. `value`, `place`, `name`, `period`, `count`.
    PlausibleYear = "plausible/year", Warning;
    /// Totals unlike the sum of their parts. `value`, `other` (the sum, or one of the parts), `place`, `name`, `period`, `count`.
    PlausibleSum = "plausible/sum", Warning;
    /// An acceptance of improbable figures that there are none of. `value` (its rule).
    PlausibleUnused = "plausible/unused", Warning;
    /// Formulas of a workbook without a computed value. `count`.
    ImportFormula = "import/formula", Warning;
}
