// Files: saves the answer as a file, and opens one into the form. Takes the page, its fields, the response, the checks, the
// steps and the section of drafts, where its controls stand. Nothing leaves the device.

function createFiles(page, fields, response, checks, steps, section) {
  const { data, notice, say, state } = page;
  const { itemName } = fields;
  const isOffered = data("file") !== null;

  /** Saves the answer; without a time of submission as a draft, which counts nowhere. */
  function save(channel = "file", submitted = timestamp(new Date())) {
    const answer = response(channel, submitted ?? undefined);
    if (!submitted) answer.draft = true;
    const sender = (answer.respondent?.body || answer.response.slice(0, 8)).replace(/[^\w-]/g, "");
    const name = `${submitted ? "svar" : "utkast"}-${answer.consultation}-${sender}.json`;
    const blob = new Blob([`${JSON.stringify(answer, null, 2)}\n`], { type: "application/json" });
    const address = URL.createObjectURL(blob);
    make("a", { href: address, download: name }).click();
    // The browser needs the address until it has read the file.
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    state.isUnsaved = false;
    const lines = [make("p", {}, say("saved", { name }))];
    if (submitted && channel === "file") lines.push(...waysToSend());
    notice.replaceChildren(...lines);
  }

  /** How a saved file can reach its receiver. */
  function waysToSend() {
    const letter = data("letter");
    const post = data("post");
    const lines = [];
    if (letter) {
      const link = make("a", { href: letter }, say("saved_letter"));
      lines.push(make("p", {}, `${say("saved_next", { email: data("email") })} `, link));
    }
    if (post) lines.push(make("p", {}, `${say("saved_post")} ${post}`));
    if (!letter && !post && data("endpoint") === null) lines.push(make("p", {}, say("saved_nowhere")));
    return lines;
  }

  /** The keys that an answer of each kind may have. */
  const keysByKind = {
    text: ["text"],
    number: ["number"],
    choice: ["option", "other"],
    choices: ["options", "other"],
    scale: ["option", "no_opinion"],
    grid: ["rows"],
    direction: ["rows"],
    ranking: ["ranks"],
    points: ["points"],
  };

  /** Keys of a file besides what is answered. */
  const ownKeys = ["format", "consultation", "version", "response", "language", "channel", "submitted", "draft"];

  const isObject = (content) => typeof content === "object" && content !== null && !Array.isArray(content);

  /** Any content in words, short enough to be read. */
  function inText(content) {
    let text = String(content);
    try {
      if (typeof content === "object") text = JSON.stringify(content);
    } catch {
      // Nested too deeply to be written: its type is all there is to tell.
    }
    return text.length > 300 ? `${text.slice(0, 300)}…` : text;
  }

  /** An entry of a file; without a pair when it can be no field's. */
  function entry(label, name, content) {
    const isPlain = ["string", "number"].includes(typeof content);
    return { label, content, pair: name && isPlain ? fields.currentPair([name, String(content)]) : null };
  }

  /** What a file's answer to a question puts into the form. */
  function entriesOf(question, answer) {
    const { question: id, kind, short } = question.dataset;
    if (!isObject(answer)) return [entry(short, null, answer)];
    return Object.entries(answer).flatMap(([key, content]) => {
      if (!keysByKind[kind].includes(key)) return [entry(short, null, content)];
      if (key === "no_opinion") return [entry(short, content === true && id, content === true ? "no-opinion" : content)];
      if (key === "options" && Array.isArray(content)) return content.map((option) => entry(short, id, option));
      if (key === "other") {
        const words = entry(short, `${id}.other`, content);
        return kind === "choice" ? [words, entry(short, id, "other")] : [words];
      }
      if (!["rows", "ranks", "points"].includes(key)) return [entry(short, key !== "options" && id, content)];
      if (!isObject(content)) return [entry(short, null, content)];
      return Object.entries(content).map(([item, part]) => {
        const row = fields.rowCalled(question, item);
        return entry(`${short}, ${row ? itemName(row) : item}`, row && `${id}.${row.dataset.item}`, part);
      });
    });
  }

  /** All that a file says, as {label, content, pair}. */
  function entriesIn(answer) {
    return Object.entries(answer).flatMap(([group, content]) => {
      if (ownKeys.includes(group)) return [];
      if (group === "naming") return [entry(group, group, content)];
      if (!["respondent", "decision", "answers"].includes(group) || !isObject(content)) return [entry(group, null, content)];
      return Object.entries(content).flatMap(([key, part]) => {
        if (group !== "answers") return part === "" ? [] : [entry(key, `${group}.${key}`, part)];
        const question = fields.questionCalled(key);
        return question ? entriesOf(question, part) : [entry(key, null, part)];
      });
    });
  }

  /** The file's answer; else a sentence with why it is none. */
  async function read(file) {
    const { name, size } = file;
    if (size > 1e6) return { refusal: say("open_large", { name }) };
    let answer = null;
    try {
      answer = JSON.parse(await file.text());
    } catch {
      // Told as any other file that is no answer.
    }
    if (!isObject(answer) || answer.format !== "utsikt-response/1") return { refusal: say("open_wrong", { name }) };
    const { consultation: id } = answer;
    return id === data("consultation") ? { answer } : { refusal: say("open_other", { name, id: inText(id) }) };
  }

  async function open(file) {
    const { answer, refusal } = await read(file);
    if (refusal) return notice.replaceChildren(make("p", {}, refusal));
    if (fields.isAnswered() && !window.confirm(say("open_replaces"))) return undefined;
    const entries = entriesIn(answer);
    const pairs = entries.map(({ pair }) => pair).filter(Boolean);
    const id = typeof answer.response === "string" ? [["response", answer.response]] : [];
    checks.clear();
    const untaken = fields.fill([...pairs, ...id]);
    state.isUnsaved = false;
    steps.show(0);
    const lines = [make("p", {}, say("opened", { name: file.name }))];
    if (answer.version && answer.version !== data("version"))
      lines.push(make("p", {}, say("open_version", { version: inText(answer.version) })));
    const misfits = entries.filter(({ pair }) => !pair || untaken.includes(pair));
    lines.push(...page.listMisfits(misfits.map(({ label, content }) => `${label}: ${inText(content)}`)));
    return notice.replaceChildren(...lines);
  }

  const saveButton = () => page.button("save_now", () => save("file", null));

  if (isOffered) {
    const chooser = make("input", { type: "file", id: "q..open", accept: ".json,application/json" });
    chooser.addEventListener("change", async () => {
      if (chooser.files[0]) await open(chooser.files[0]);
      chooser.value = "";
    });
    section.append(
      make("p", {}, saveButton()),
      make("p", { className: "line" }, make("label", { htmlFor: chooser.id }, say("open")), " ", chooser),
    );
  }

  return {
    isOffered,
    save,
    /** A button that saves the answer, as a draft unless it is complete; in a list, empty where files are not taken. */
    saveButtons: (isComplete) =>
      isOffered ? [isComplete ? page.button("save", () => save()) : saveButton()] : [],
  };
}
