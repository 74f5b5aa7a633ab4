//! Messages of the program before they are worded: a key, and values for the placeholders of its text.
//!
//! A message is made by the function of its key, [`cannot_read`]`(path)`, and worded by
//! [`Messages::text`](super::Messages::text) in the language of the reader. Texts stand in `messages/LANGUAGE.yaml` under the
//! same keys. A test compares keys and placeholders with both files; the compiler warns of a key that nobody uses.

/// Something that the program says, not yet in any language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    pub(super) key: &'static str,
    /// Values of the placeholders, by their names.
    pub(super) arguments: Vec<(&'static str, String)>,
}

/// The key of a message without placeholders: the function that makes it.
pub(crate) type Key = fn() -> Message;

/// Declares messages: for each key a function whose parameters are the placeholders of the text.
macro_rules! messages {
    ($($key:ident($($placeholder:ident),*);)*) => {
        $(pub(crate) fn $key($($placeholder: impl ToString),*) -> Message {
            Message {
                key: stringify!($key),
                arguments: vec![$((stringify!($placeholder), $placeholder.to_string())),*],
            }
        })*

        /// Every key, with the names of its placeholders.
        #[cfg(test)]
        pub(super) const KEYS: &[(&str, &[&str])] = &[$((stringify!($key), &[$(stringify!($placeholder)),*])),*];
    };
}

messages! {
    // Findings: their headings, and what stands around them.
    error(); warning(); note(); help(); also_here(); more_places(more); errors(); warnings(); nothing_wrong();
    wrong(); right();
    // Builds: what was written, and how long it took.
    pages(); written(); unchanged(); removed(); not_published(); build_again(day, states);
    build_again_updates(day); state_coming(); state_paused(); state_withdrawn(); state_unanswered();
    state_open(); state_extended(); state_closed(); state_results(); state_decided(); state_archived(); working();
    stage_gather(); stage_read(); stage_bind(); stage_index(); stage_survey(); stage_theme(); stage_render();
    stage_export(); stage_publish(); stage_total(); stage_links();
    // The preview, at the terminal and in the page.
    preview_language(); preview_name(); preview_close(); preview_show(); preview_hide(); preview_stale();
    preview_lost(); preview_site(); preview_kept(); preview_how_to_end(); preview_ended(); preview_other_port(port);
    preview_polling(); preview_not_opened(); changed_files();
    // Imports of figures.
    remarks(); figures_kept(); responses_drafts(); fact_name(); fact_code(); fact_note(); figure_kept(); overwritten(); responses_empty();
    observations(); not_chosen(); unmapped(); blank(); repeated(); deleted(); figures_new(); figures_revised();
    figures_gone(); facts_changed(); nothing_new(); fact_title(); fact_definition(); fact_unit(); fact_measure();
    fact_publisher(); figure_new(); figure_revised(); figure_gone(); refreshed(); would_refresh(); not_imported();
    dry_run();
    // Imports of answers.
    responses_new(); responses_replaced(); responses_older(); responses_known(); responses_conflicting();
    values_unmatched(); responses_suspect(); responses_unverified(); fields_left(); codes_new();
    columns_left(columns);
    // Updates, new sites and archives.
    diff_errors(); diff_nothing(); diff_recorded(file); new_next(); cache_not_kept(); files(); archive_site_errors();
    archive_not_clean(); archive_next(); archive_same(); archive_whole(); archive_version(then, now);
    archive_input(files); archive_left_out(files); archive_more(n);
    // Guides, each with what it is for.
    guide_report(); guide_figures(); guide_consultations(); guide_indices(); guide_import(); guide_hosting();
    guide_keeping(); guide_keys(); guide_how_to();

    // The help of the command line: its headings.
    heading_usage(); heading_commands(); heading_arguments(); heading_options(); usage_options(); usage_command();
    heading_default(); heading_values(); heading_values_long(); help_flag(); help_flag_long(); version_flag();
    help_command(); heading_more();
    // What is wrong with a line that was typed, and what to type instead.
    did_you_mean(near); there_are(names); choose(names); unknown_option(command, argument);
    unknown_command(command, subcommand); command_missing(command); argument_missing(command, arguments);
    value_missing(argument); value_unknown(value, argument); value_too_many(argument, value); said_twice(argument);
    said_together(argument, others); no_text(); not_understood(); word_too_many(argument, command);
    value_wrong(value, argument); no_number(); not_between(number, from, to); choose_one(names);
    write_years(written); write_where(written); write_status(words);

    // Names that stand for nothing.
    no_code(written); no_group(written); no_index(written); no_node(written); no_period(written); no_sex(written);
    no_unit(written); no_imported_series(written); no_consultation(written); no_kind(written); no_guide(written);
    // Files and folders.
    cannot_read(path); cannot_write(path); cannot_write_in(path); cannot_open(path); cannot_remove(path);
    cannot_put_back(path); cannot_lock(path); cannot_look_at(path); cannot_look_through(path);
    cannot_find_way(path); cannot_set_rights(path); cannot_move(from, to); cannot_make_folder(folder);
    cannot_find_folder(folder); cannot_find_site(folder); not_a_folder(path); folder_needed(path);
    link_in_circles(); neither_file_nor_link(); cannot_read_stdin(); cannot_print(); disk_full();
    changed_meanwhile(path); command_is_writing(folder); process_is_writing(folder); import_is_writing(folder);
    build_is_writing(folder); build_is_writing_as(process, folder);
    // The output folder.
    output_is_root(folder); output_is_file(folder); output_is_site(folder); output_is_foreign(folder);
    output_is_disk(folder); output_is_link(folder, target); output_among_sources(folder, site, sources);
    output_holds_site(path); output_holds_disk(path); output_list_damaged(list); foreign_file_in_way(path);
    foreign_file_moved(folder, path); cannot_carry_over(path); cannot_remove_unfinished(folder);
    cannot_clear_away(); cannot_clear_last(); cannot_place_site(folder); cannot_place_folder(folder);
    two_outputs(route); output_has_folder_route(route); route_impossible(route); route_empty(); route_of_list();
    route_characters(); route_parts(); too_large_to_remember(); answers_in_output(folder); threads_not_set();
    // Sites, revisions and the calendar.
    site_unreadable(reason); site_unwatched(); cannot_read_site(folder); no_such_folder(); new_exists(file);
    diff_exists(file); new_id(id); new_no_site(); neither_folder_nor_revision(name, site);
    revision_without_site(revision); git_not_run(); git_without_pipe(); git_without_place(); git_not_a_file(hash);
    git_not_answering(); git_not_listening(); not_a_day(written); epoch_no_number(written); epoch_outside();
    clock_outside(); interrupt_unheard(); port_taken(port); no_port_free();
    // Archives.
    archive_has_files(folder); archive_not_written(folder); archive_in_output(output); archive_not_built(output);
    archive_changed(output, files); archive_other(output, day, files); archive_reaches(files);
    archive_not_ours(folder); archive_no_rebuild(site);
    // Imports and the network.
    file_not_named(); not_an_address(written); command_not_repeatable();
    journal_not_logged(); no_randomness(); links_not_remembered(); page_after_itself(address);
    answers_too_large(limit, pages); source_too_slow(seconds, minutes); server_gives_part(status);
    page_elsewhere(page, address); too_many_pages(most); cannot_fetch(address); answer_too_large(limit);
    answer_not_unpacked(); server_refuses(status); server_refuses_saying(status, answer); server_busy(status);
    redirected_too_often(address); redirected_insecurely(address);

    // What stands where something else was expected, and what is lacking.
    needs_breakdown(); needs_description(); geometric_mean(); group_or_box(); harmonic_mean(); needs_indicator();
    needs_index(); needs_judged(); a_list(); a_mapping(); needs_maps(); no_units(); index_node(); none_given();
    nothing(); a_number(); needs_option(); needs_pair(); role_place(); plain_values(); several_given();
    needs_score(); a_tag(); a_text(); role_time(); true_or_false(); a_whole_number(); a_column(); fitting_columns();
    item_of_question(); a_question(); single_column();
    // Archives, and rebuilds of them.
    bag_none(); bag_version(); bag_line(); bag_outside(); bag_twice(); bag_missing(); bag_altered(); bag_unlisted();
    bag_link(); bag_empty_folder(); bag_unreadable(); bag_size(); bag_elsewhere(); rebuild_not_made(); rebuild_other(); rebuild_new();
    // YAML.
    yaml_colon(); yaml_start(); yaml_tab(); yaml_quote(); yaml_quote_document(); yaml_escape(); yaml_brace();
    yaml_bracket(); yaml_dash(); yaml_list(); yaml_line(); yaml_no_colon(); yaml_no_space(); smart_quotes(plain); yaml_tag(); yaml_reference();
    yaml_anchor_twice(); yaml_reference_name(); yaml_control(); yaml_documents(); yaml_rest(); yaml_depth();
    yaml_growth(); yaml_large();
    // Expressions and templates.
    expression_empty(); expression_end(); expression_quote(); expression_rest(); expression_character();
    expression_unexpected(); expression_open(); expression_argument_missing(); expression_arguments();
    expression_keyword(); expression_filter(); expression_function(); expression_not_function(); expression_types();
    expression_calculation(); expression_conversion(); expression_name(); expression_neither();
    expression_statement(); expression_stray(); expression_single(); expression_letter(); expression_joined(); claim_without_condition(); claim_no_comparison();
    claim_without_figure(); claim_of_itself(); claim_of_nothing(); claim_of_kinds(); claim_no_sentence(); claim_sentence_second();
    claim_markup(); statement_incomplete();
    expression_infinite(); expression_long(); beyond_budget(); nested_too_deep(); no_home(); no_country();
    template_asset(); template_name(); template_missing(); template_long(); template_branches(); template_large();
    template_import();
    // Markdown and HTML that is not what was meant.
    markdown_link_blank(near); markdown_link_title(near); markdown_link_open(); markdown_link_gap(near);
    markdown_link_reversed(near); markdown_link_text(); markdown_link_name(name); markdown_picture(); markdown_emphasis(mark, escaped);
    markdown_footnote(name); markdown_footnote_unused(name); markdown_box(); markdown_alert(); markdown_task();
    markdown_heading(near); markdown_heading_bold(near); markdown_list(); markdown_table(); markdown_fence(mark);
    markdown_fence_line(); markdown_code(); markdown_anchor(name); markdown_attributes(); markdown_command();
    markdown_wiki(name); markdown_contents(); markdown_address(address); markdown_tag(); markdown_in_html();
    html_end_alone(name); html_never_ends(name); html_comment(); html_foreign(name); html_forbidden(); html_forbidden_inline(); html_unknown();
    heading_main_again(); heading_main_missing(); heading_skips(expected, level, mark); template_picture_text(file);
    template_picture_file(file);
    // Figures that are missing.
    figure_not_in_data(); figure_not_collected(); figure_not_applicable(); figure_suppressed();
    figure_not_fetched(); figure_not_published(); figure_unavailable();
    // Files of figures.
    figures_no_json(); no_object(); figures_no_list(); figures_no_field(); figures_no_number(); figures_none();
    figures_collection(); figures_outside(); figures_sizes(); figures_no_size(); figures_no_dimension();
    figures_no_categories(); figures_no_position(); figures_gaps(); figures_category_twice();
    figures_other_dimensions(); figures_no_dimensions(); figures_texts(); figures_fields(); figures_no_statement();
    figures_code_page(); figures_other_code_page(); figures_no_category();
    figures_column_twice(); figures_no_rows(); figures_no_text(); figures_no_values();
    // Files that cannot be read.
    file_denied(); file_folder(); file_link_out(); file_link_loop(); file_name_encoding(); file_neither();
    file_large(); file_name_characters(); file_vanished(); file_link_in_revision(); file_repository(); file_not_in_repository();
    // Files that nothing uses.
    unlinked(); unlinked_named(page, name); unlinked_page(); unread_place(); unread_series(file);
    unread_boundaries(file); unread_data(folders); unread_outside(); unread_theme(theme); unread_template();
    unread_asset(file); unread_stylesheet(file); unread_words(language); unread_in_theme(); language_first(language);
    language_absent(language);
    // The address of the site.
    base_url_scheme(); base_url_insecure(); base_url_host(); base_url_sign(); base_url_rest();
    // Boundaries of maps.
    map_no_json(); map_no_collection(); map_no_features(); map_no_code(); map_code_as(key);
    map_code_number(code); map_no_geometry(); map_geometry(kind); map_ring(); map_no_number(); map_outside();
    // Answers and files to import.
    text_cut_off(); text_no_json(); no_response(); response_elsewhere(); response_no_id(); no_workbook();
    no_sheet(); no_headings(); no_mapping(); has_answers(n); is_still_open(); response_late(); response_early();
    response_paused(); response_untimed(); response_machine(); response_no_code();
    // Links to other sites.
    server_private(); server_redirects_nowhere(); server_asks_to_wait(); server_fault(); server_redirects_again();
    address_unreadable(); no_host_answers(); server_late(); host_unknown(); connection_insecure(); host_closed();
    connection_cut(); address_unaskable(); robots_forbidden(); machines_refused();
}
