// What the meeting said, on one A4: a table by question with the net and its bar, who leans where, what was traded, and the
// reasons in its own words. Takes the page, the state, the bars and the trade.

function createSummary(page, state, bars, trade) {
  const { say } = page;
  const section = page.screen("summary");
  const sheet = make("div", { className: "sheet-a4", role: "region", tabIndex: 0, "aria-label": say("summary") });
  section.append(sheet);
  const cell = (text, properties = {}) => make("td", properties, text);
  const heading = (text) => make("th", { scope: "col" }, text);

  /** The things to raise hands for by their question, in its order. */
  const byQuestion = new Map();
  for (const vote of page.votes) byQuestion.set(vote.question, [...(byQuestion.get(vote.question) ?? []), vote]);

  function table(votes) {
    const { section: first, isDirection } = votes[0];
    const question = first.querySelector(".vote-question")?.textContent ?? votes[0].name;
    const second = isDirection && votes.some((vote) => state.counted(vote, "before")) && state.hasSecondRound();
    const titles = votes[0].inputs.map((input) => input.dataset.text);
    const extra = isDirection ? [say("net"), ...(second ? [say("before")] : []), say("agreement"), ""] : [];
    const head = make("tr", {}, ...[say("item"), ...titles, ...extra].map(heading));
    const ordered = isDirection ? trade.ordered(votes).map(({ vote }) => vote) : votes;
    const uncounted = votes.filter((vote) => !ordered.includes(vote));
    const rows = [...ordered, ...uncounted].map((vote) => row(vote, second));
    return make("table", { className: "sheet-counts" }, make("caption", {}, question), make("thead", {}, head), make("tbody", {}, ...rows));
  }

  function row(vote, hasBefore) {
    const counts = state.final(vote);
    const name = make("th", { scope: "row" }, vote.name);
    if (!counts) return make("tr", {}, name, cell(say("uncounted"), { colSpan: vote.answers.length + (vote.isDirection ? 3 + hasBefore : 0) }));
    const numbers = vote.answers.map((answer) => cell(counts[answer], { className: "numeric" }));
    if (!vote.isDirection) return make("tr", {}, name, ...numbers);
    const before = state.counted(vote, "before");
    const net = (of) => cell(of ? page.signed(tally.net(of)) : "–", { className: "numeric" });
    const beside = [net(counts), ...(hasBefore ? [net(before)] : []), cell(say(`agreements.${tally.agreement(counts)}`))];
    return make("tr", {}, name, ...numbers, ...beside, make("td", { className: "sheet-bar" }, bars.bar(counts, state.get().present ?? 0)));
  }

  /** Who leans where, and what was traded. */
  function sentences() {
    const leaning = (way) => trade.ordered().filter(({ counts }) => tally.leaning(counts) === way && tally.hands(Object.values(counts)) > 0);
    const ways = [["more", "up"], ["less", "down"], ["as_today", "same"], ["tied", null]];
    const lines = ways
      .map(([word, way]) => [word, leaning(way)])
      .filter(([, entries]) => entries.length > 0)
      .map(([word, entries]) => say(word, { items: page.list(entries.map(({ vote }) => vote.name)) }));
    const { pointedOut } = trade.outcome();
    if (pointedOut.length > 0) lines.push(say("yielding", { items: page.list(pointedOut.map(({ vote }) => vote.name)) }));
    if (trade.ordered().length > 0) lines.push(trade.sentences().join(" "));
    if (state.hasSecondRound()) lines.push(say("kept_second"));
    return lines.map((line) => make("p", {}, line));
  }

  function notes() {
    const { notes: written } = state.get();
    const filled = page.notes.filter(({ dataset }) => written[dataset.note]?.trim());
    return filled.flatMap((field) => [
      make("h3", {}, field.labels[0].textContent),
      make("p", { className: "sheet-note" }, written[field.dataset.note].trim()),
    ]);
  }

  function show() {
    const { name, date, present } = state.get();
    const facts = [name, page.day(date), present ? say("participants", { present }) : ""].filter(Boolean);
    const tables = [...byQuestion.values()].map(table);
    sheet.replaceChildren(make("p", { className: "sheet-facts" }, facts.join(" · ")), ...tables, ...sentences(), ...notes());
  }

  state.onChange(show);
  show();
  return { section };
}
