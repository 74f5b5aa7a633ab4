//! The command line: headings of the help, and what is wrong with a line that was typed.

messages! {
    // The help of the command line: its headings.
    heading_usage();
    heading_commands();
    heading_arguments();
    heading_options();
    usage_options();
    usage_command();
    heading_default();
    heading_values();
    heading_values_long();
    help_flag();
    help_flag_long();
    version_flag();
    help_command();
    heading_more();
    // What is wrong with a line that was typed, and what to type instead.
    did_you_mean(near);
    there_are(names);
    choose(names);
    unknown_option(command, argument);
    unknown_command(command, subcommand);
    command_missing(command);
    argument_missing(command, arguments);
    value_missing(argument);
    value_unknown(value, argument);
    value_too_many(argument, value);
    said_twice(argument);
    said_together(argument, others);
    no_text();
    not_understood();
    word_too_many(argument, command);
    value_wrong(value, argument);
    no_number();
    not_between(number, from, to);
    choose_one(names);
    write_years(written);
    write_where(written);
    write_status(words);
}
