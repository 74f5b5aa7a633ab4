// The protocol: a file that `utsikt import survey` takes as it is. It is saved when hands and people agree; until then it is said
// what must be put right, and where. Takes the page, the state, the counting and the summary; `go` shows a part of the page.

function createProtocol(page, state, counting, summary, go) {
  const { say } = page;
  const errors = make("div", { className: "errors", tabIndex: -1, hidden: true });
  const notice = make("p", { className: "room-notice", role: "status" });
  const print = page.button(say("print"), () => window.print());
  const save = page.button(say("save"), saveFile);
  summary.section.append(errors, make("p", { className: "room-actions" }, print, " ", save), notice);

  /** What keeps the protocol from being saved: words, and the field to mend. */
  function faults() {
    const { name, date, present } = state.get();
    const found = [];
    if (!name.trim()) found.push([say("need_name"), page.facts.name]);
    if (!date) found.push([say("need_date"), page.facts.date]);
    if (!present) found.push([say("need_present"), page.facts.present]);
    if (!page.votes.some((vote) => state.final(vote))) found.push([say("need_counts"), page.votes[0].inputs[0]]);
    for (const vote of page.votes) {
      for (const round of ["before", "after"]) {
        const error = counting.fault(vote, round);
        if (error) found.push([say("at", { item: `${vote.name}, ${say(round)}`, error }), vote.inputs[0], round]);
      }
    }
    return found;
  }

  /** The counts of a round by question and item, as the journal has them. */
  function counts(read) {
    const answers = {};
    for (const vote of page.votes) {
      const numbers = read(vote);
      if (!numbers) continue;
      answers[vote.question] ??= {};
      if (vote.item) answers[vote.question][vote.item] = numbers;
      else answers[vote.question] = numbers;
    }
    return answers;
  }

  /** The protocol as a response of the journal. */
  function protocol() {
    const { name, date, present, notes } = state.get();
    const answers = {};
    for (const [question, numbers] of Object.entries(counts(state.final))) answers[question] = { counts: numbers };
    if (state.hasSecondRound()) {
      const before = counts((vote) => state.counted(vote, "before"));
      for (const [question, numbers] of Object.entries(before)) answers[question].before = numbers;
    }
    for (const [question, text] of Object.entries(notes)) if (text.trim()) answers[question] = { text: text.trim() };
    return {
      format: "utsikt-response/1",
      consultation: page.id,
      version: page.version,
      language: page.language,
      channel: "meeting",
      submitted: date,
      meeting: { name: name.trim(), date, participants: present },
      answers,
    };
  }

  function saveFile() {
    const found = faults();
    errors.hidden = found.length === 0;
    if (found.length > 0) {
      const link = ([text, field, round]) => {
        const onclick = (event) => {
          event.preventDefault();
          if (round) state.change((now) => (now.round = round));
          go(page.screens.findIndex((screen) => screen.contains(field)));
          field.focus();
        };
        return make("li", {}, make("a", { href: `#${field.id}`, onclick }, text));
      };
      errors.replaceChildren(make("h3", {}, say("errors")), make("ul", {}, ...found.map(link)));
      notice.textContent = "";
      errors.focus();
      return;
    }
    const name = `protokoll-${page.id}-${state.get().date}.json`;
    const blob = new Blob([`${JSON.stringify(protocol(), null, 2)}\n`], { type: "application/json" });
    const address = URL.createObjectURL(blob);
    make("a", { href: address, download: name }).click();
    // The browser needs the address until it has read the file.
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    notice.textContent = say("saved", { name, id: page.id });
  }
}
