//! `import sheet`: an empty sheet to key in what was answered on paper.

use super::{AnswerSite, SheetArguments};
use crate::cli::terminal;
use crate::finding::{Failure, Language, Messages, Result, message};
use crate::{disk, import};

/// Writes the sheet beside the answers, unless there is one, and says where it is.
pub(in crate::cli) fn sheet(arguments: &SheetArguments, language: Language) -> Result<bool> {
    let messages = Messages::new(language);
    let site = AnswerSite::open(&arguments.place, &messages)?;
    let consultation = site.consultation(&arguments.id)?;
    let code = site.site.settings.languages.first().map_or("", String::as_str);
    let text = import::paper_sheet(consultation, code);
    let path = site.folder.join(&arguments.id).join("paper.csv");
    if !disk::write_new_file(&path, text.as_bytes())? {
        return Err(Failure::from(message::new_exists(path.display())));
    }
    terminal::print_line(&path.display().to_string())?;
    Ok(true)
}
