//! Reports of the commands on their work, and the headings of findings.

messages! {
    // Findings: their headings, and what stands around them.
    error();
    warning();
    note();
    help();
    also_here();
    more_places(more);
    errors();
    warnings();
    nothing_wrong();
    wrong();
    right();
    // Builds: what was written, and how long it took.
    pages();
    written();
    unchanged();
    removed();
    not_published();
    build_again(day, states);
    state_coming();
    state_open();
    state_extended();
    state_closed();
    state_results();
    state_decided();
    state_archived();
    working();
    stage_gather();
    stage_read();
    stage_bind();
    stage_index();
    stage_survey();
    stage_theme();
    stage_render();
    stage_export();
    stage_publish();
    stage_total();
    stage_links();
    // The preview, at the terminal and in the page.
    preview_language();
    preview_name();
    preview_close();
    preview_show();
    preview_hide();
    preview_stale();
    preview_lost();
    preview_site();
    preview_kept();
    preview_how_to_end();
    preview_ended();
    preview_other_port(port);
    preview_polling();
    preview_not_opened();
    changed_files();
    // Imports of figures.
    observations();
    not_chosen();
    unmapped();
    blank();
    repeated();
    deleted();
    figures_new();
    figures_revised();
    figures_gone();
    facts_changed();
    nothing_new();
    fact_title();
    fact_definition();
    fact_unit();
    fact_measure();
    fact_publisher();
    figure_new();
    figure_revised();
    figure_gone();
    refreshed();
    would_refresh();
    not_imported();
    dry_run();
    // Imports of answers.
    responses_new();
    responses_replaced();
    responses_older();
    responses_known();
    responses_conflicting();
    values_unmatched();
    responses_suspect();
    responses_unverified();
    fields_left();
    codes_new();
    columns_left(columns);
    // Updates, new sites and archives.
    diff_errors();
    diff_nothing();
    diff_recorded(file);
    new_next();
    files();
    archive_site_errors();
    archive_not_clean();
    archive_next();
    archive_same();
    archive_whole();
    archive_version(then, now);
    archive_input(files);
    archive_left_out(files);
    archive_more(n);
    // Guides, each with what it is for.
    guide_report();
    guide_figures();
    guide_consultations();
    guide_indices();
    guide_import();
    guide_hosting();
    guide_keeping();
    guide_how_to();
}
