// Files: saves the answer as a file, and opens one into the form. Takes the page, its fields, the response, the checks, the
// steps and the section of drafts, where its controls stand. Nothing leaves the device.

function createFiles(page, fields, response, checks, steps, section) {
  const { data, notice, say, state } = page;
  const { byName, isCheckable, itemName, rows } = fields;
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

  /** True when an element with this id is called so, today or formerly. */
  const isCalled = ({ dataset }, id, name) => id === name || (dataset.formerly ?? "").split(" ").includes(name);

  /** Name and value by today's ids; null when no field takes the value. */
  function pairFor(name, content) {
    if (!["string", "number"].includes(typeof content)) return null;
    const text = String(content);
    for (const input of byName(name)) {
      if (isCheckable(input)) {
        if (isCalled(input, input.value, text)) return [name, input.value];
      } else if (input.tagName === "SELECT") {
        if ([...input.options].some((option) => option.value === text)) return [name, text];
      } else if (input.type !== "number" || Number.isFinite(Number(text))) {
        return [name, text];
      }
    }
    return null;
  }

  /** What a file's answer to a question puts into the form: {label, content, pair}. */
  function entriesOf(question, answer) {
    const { question: id, kind, short } = question.dataset;
    const entries = [];
    for (const [key, content] of Object.entries(answer ?? {})) {
      const isKnown = keysByKind[kind].includes(key);
      const put = (name, part, label = short) =>
        entries.push({ label, content: part, pair: isKnown ? pairFor(name, part) : null });
      if (key === "no_opinion") put(id, "no-opinion");
      else if (key === "options" && Array.isArray(content)) content.forEach((option) => put(id, option));
      else if (key === "other") {
        put(`${id}.other`, content);
        if (kind === "choice") put(id, "other");
      } else if (["rows", "ranks", "points"].includes(key)) {
        for (const [item, part] of Object.entries(content ?? {})) {
          const row = rows(question).find((candidate) => isCalled(candidate, candidate.dataset.item, item));
          put(`${id}.${row?.dataset.item}`, part, `${short}, ${row ? itemName(row) : item}`);
        }
      } else put(id, content);
    }
    return entries;
  }

  /** All that a file says, as {label, content, pair}: what fits no field has no pair. */
  function entriesIn(answer) {
    const entries = [];
    const put = (label, name, content) => entries.push({ label, content, pair: pairFor(name, content) });
    if (answer.naming !== undefined) put("naming", "naming", answer.naming);
    for (const group of ["respondent", "decision"]) {
      for (const [key, content] of Object.entries(answer[group] ?? {})) {
        if (content !== "") put(key, `${group}.${key}`, content);
      }
    }
    for (const [id, content] of Object.entries(answer.answers ?? {})) {
      const question = fields.questions.find((candidate) => isCalled(candidate, candidate.dataset.question, id));
      entries.push(...(question ? entriesOf(question, content) : [{ label: id, content, pair: null }]));
    }
    return entries;
  }

  async function open(file) {
    const { name } = file;
    let answer = null;
    try {
      answer = JSON.parse(await file.text());
    } catch {
      // Told as any other file that is no answer.
    }
    const refuse = (text) => notice.replaceChildren(make("p", {}, text));
    if (answer?.format !== "utsikt-response/1") return refuse(say("open_wrong", { name }));
    if (answer.consultation !== data("consultation"))
      return refuse(say("open_other", { name, id: answer.consultation }));
    if (fields.isAnswered() && !window.confirm(say("open_replaces"))) return undefined;
    const entries = entriesIn(answer);
    const pairs = entries.map(({ pair }) => pair).filter(Boolean);
    // Anything may stand in a file: only what can be an id becomes the answer's.
    if (/^[\w-]{1,64}$/.test(answer.response)) pairs.push(["response", answer.response]);
    checks.clear();
    fields.fill(pairs);
    state.isUnsaved = false;
    steps.show(0);
    const lines = [make("p", {}, say("opened", { name }))];
    if (answer.version && answer.version !== data("version")) lines.push(make("p", {}, say("open_version", { version: answer.version })));
    const misfits = entries.filter(({ pair }) => !pair);
    if (misfits.length) {
      const inText = (content) => (typeof content === "object" ? JSON.stringify(content) : content);
      const items = misfits.map(({ label, content }) => make("li", {}, `${label}: ${inText(content)}`));
      lines.push(make("p", {}, say("open_misfits")), make("ul", {}, ...items));
    }
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
    /** A button that saves the answer as it stands; in a list, which is empty where files are not taken. */
    saveButtons: () => (isOffered ? [saveButton()] : []),
  };
}
