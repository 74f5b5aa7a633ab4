// Response: the answer in the format `utsikt-response/1`, which a saved file has. Takes the page and its fields; gives a
// function from channel and time of submission to the response. What an endpoint is sent are the form's own fields.

/** ISO 8601 with the offset of the reader's clock. */
function timestamp(date) {
  const offset = -date.getTimezoneOffset();
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const wall = new Date(date.getTime() + offset * 60000).toISOString().slice(0, 19);
  return `${wall}${offset < 0 ? "-" : "+"}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
}

function createResponse(page, fields) {
  const { data } = page;
  const { inputs, isFilled, value, values, rows } = fields;
  const wrap = (key, content) => (content === null || content === undefined ? null : { [key]: content });

  /** Item → value of a question with rows, or null. */
  function byItem(question, convert) {
    const items = rows(question).map(({ dataset: { item } }) => [item, value(`${question.dataset.question}.${item}`)]);
    const answers = items.filter(([, text]) => text !== undefined).map(([item, text]) => [item, convert(text)]);
    return answers.length ? Object.fromEntries(answers) : null;
  }

  /** The answer to a question, or null. */
  function answerTo(question) {
    const id = question.dataset.question;
    const chosen = value(id);
    const other = value(`${id}.other`);
    switch (question.dataset.kind) {
      case "text":
        return wrap("text", chosen);
      case "number":
        return wrap("number", chosen === undefined ? null : Number(chosen));
      case "choice":
        return chosen === "other" ? { other: other ?? "" } : wrap("option", chosen);
      case "scale":
        return chosen === "no-opinion" ? { no_opinion: true } : wrap("option", chosen);
      case "choices":
        return chosen || other ? { options: values(id), ...(other && { other }) } : null;
      case "ranking":
        return wrap("ranks", byItem(question, Number));
      case "points":
        return wrap("points", byItem(question, Number));
      default:
        return wrap("rows", byItem(question, String));
    }
  }

  /** The fields whose names start so, without that start; undefined when none is filled in. */
  function group(start) {
    const filled = inputs.filter((input) => input.name.startsWith(start) && isFilled(input));
    if (!filled.length) return undefined;
    return Object.fromEntries(filled.map((input) => [input.name.slice(start.length), input.value]));
  }

  return (channel, submitted) => {
    const answers = fields.questions.map((question) => [question.dataset.question, answerTo(question)]);
    return {
      format: "utsikt-response/1",
      consultation: data("consultation"),
      version: data("version"),
      response: value("response"),
      language: data("language"),
      channel,
      submitted,
      respondent: group("respondent."),
      decision: group("decision."),
      naming: value("naming"),
      answers: Object.fromEntries(answers.filter(([, answer]) => answer)),
    };
  };
}
