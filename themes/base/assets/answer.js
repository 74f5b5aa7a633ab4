// Answering a questionnaire: divides the form into steps, checks it, keeps what is typed, saves and sends the answer.
// The page works without it: a plain form that is posted. What the script says comes from `data-words` of the form.
// What is typed is kept in the tab's own history, which ends with the tab and needs nobody's consent; it is stored on
// the device only for those who ask for it.
"use strict";

{
  const form = document.querySelector("form.answering");
  const days = 24 * 60 * 60 * 1000;

  /** Makes an element with properties, attributes and what it holds. */
  function make(name, properties = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  // A browser may forbid the store altogether, as some do in private windows or for files.
  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    remove(key) { try { localStorage.removeItem(key); } catch { /* Then there is nothing to remove. */ } },
    keys() { try { return Object.keys(localStorage).filter((key) => key.startsWith("utsikt-svar:")); } catch { return []; } },
  };
  for (const key of store.keys()) if (!(store.get(key)?.expires > Date.now())) store.remove(key);

  // The page that an endpoint sends its readers to: what was sent needs no draft.
  const thanks = document.querySelector("[data-sent]");
  if (thanks) for (const key of store.keys()) if (key.startsWith(`utsikt-svar:${thanks.dataset.sent}:`)) store.remove(key);

  if (form) answering();

  function answering() {
    // A question may be called `action` or `dataset`, and would then hide the form's own property of that name.
    const data = (name) => form.getAttribute(`data-${name}`);
    const words = JSON.parse(data("words"));
    const language = document.documentElement.lang;
    const title = document.title;
    const opened = Date.now();
    const before = document.getElementById("answering-before");
    const steps = [...form.querySelectorAll("[data-step]")];
    const last = form.querySelector("[data-send]");
    const sections = [...steps, last];
    const units = [...form.querySelectorAll("[data-question], [data-field]")];
    const questions = units.filter((unit) => unit.dataset.question);
    const inputs = [...form.querySelectorAll("input[name], select[name], textarea[name]")];
    const named = (name) => inputs.filter((input) => input.name === name);
    const draft = `utsikt-svar:${data("consultation")}:${data("version")}`;
    const expires = data("last-day") ? Date.parse(data("last-day")) + 15 * days : opened + 90 * days;
    let step = 0;
    let isUnsaved = false;
    let isSent = false;

    /** A sentence with its gaps filled; of two forms the one that the number `n` asks for. */
    function say(path, values = {}) {
      let text = path.split(".").reduce((tree, key) => tree[key], words);
      if (typeof text === "object") text = Number(values.n) === 1 ? text.one : text.many;
      return text.replace(/\{(\w+)\}/g, (gap, key) => values[key] ?? gap);
    }

    const button = (word, press, properties = {}) =>
      make("button", { type: "button", className: "button button-second", textContent: say(word), onclick: press, ...properties });
    const inWords = (time) => new Date(time).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });

    // --- What is filled in. ---

    const isOn = (input) => (["radio", "checkbox"].includes(input.type) ? input.checked : input.value.trim() !== "");
    const values = (name) => named(name).filter(isOn).map((input) => input.value);
    const one = (name) => values(name)[0];
    const rowsOf = (question) => [...question.querySelectorAll("[data-item]")];
    const isAnswered = () => units.some((unit) => fieldsOf(unit).some(isOn));
    const fieldsOf = (unit) => inputs.filter((input) => unit.contains(input));

    /** Field names and values: what the tab and a draft remember. */
    const pairs = () =>
      inputs
        .filter((input) => (input.type === "hidden" ? input.name === "response" : input.name !== "webbplats" && isOn(input)))
        .map((input) => [input.name, input.value]);

    function fill(given) {
      for (const input of inputs) {
        const own = given.filter(([name]) => name === input.name).map(([, value]) => value);
        if (input.name === "response") input.value = own[0] || input.value;
        else if (["radio", "checkbox"].includes(input.type)) input.checked = own.includes(input.value);
        else if (input.type !== "hidden" && input.name !== "webbplats") input.value = own[0] ?? "";
      }
      form.dispatchEvent(new Event("refill"));
    }

    /** By item: what its field holds. */
    function byItem(question, turn) {
      const found = rowsOf(question).map((row) => [row.dataset.item, one(`${question.dataset.question}.${row.dataset.item}`)]);
      const said = found.filter(([, value]) => value !== undefined).map(([item, value]) => [item, turn(value)]);
      return said.length ? Object.fromEntries(said) : null;
    }

    const wrapped = (key, value) => (value === null || value === undefined ? null : { [key]: value });

    /** The answer to a question in the file's format, or null. */
    function answerTo(question) {
      const id = question.dataset.question;
      const chosen = one(id);
      const other = one(`${id}.other`);
      switch (question.dataset.kind) {
        case "text": return wrapped("text", chosen);
        case "number": return wrapped("number", chosen === undefined ? null : Number(chosen));
        case "choice": return chosen === "other" ? { other: other ?? "" } : wrapped("option", chosen);
        case "scale": return chosen === "no-opinion" ? { no_opinion: true } : wrapped("option", chosen);
        case "choices": return chosen || other ? { options: values(id), ...(other && { other }) } : null;
        case "ranking": return wrapped("ranks", byItem(question, Number));
        case "points": return wrapped("points", byItem(question, Number));
        default: return wrapped("rows", byItem(question, String));
      }
    }

    /** The moment with the offset of the clock on the wall. */
    function moment(now) {
      const offset = -now.getTimezoneOffset();
      const two = (number) => String(Math.floor(number)).padStart(2, "0");
      const wall = new Date(now.getTime() + offset * 60000).toISOString().slice(0, 19);
      return `${wall}${offset < 0 ? "-" : "+"}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
    }

    function response(channel, submitted) {
      const group = (start) => {
        const own = inputs.filter((input) => input.name.startsWith(start) && isOn(input));
        return own.length ? Object.fromEntries(own.map((input) => [input.name.slice(start.length), input.value])) : undefined;
      };
      const answers = questions.map((question) => [question.dataset.question, answerTo(question)]);
      return {
        format: "utsikt-response/1", consultation: data("consultation"), version: data("version"), response: one("response"),
        language: data("language"), channel, submitted, respondent: group("respondent."), decision: group("decision."),
        naming: one("naming"), answers: Object.fromEntries(answers.filter(([, answer]) => answer)),
      };
    }

    // --- What is wrong. ---

    /** What a question or field is called: its short text, or its label without marks. */
    function nameOf(unit) {
      if (unit.dataset.short) return unit.dataset.short;
      const label = unit.querySelector("legend, label").cloneNode(true);
      for (const mark of label.querySelectorAll(".optional")) mark.remove();
      return label.textContent.trim();
    }

    function numberError(input) {
      const { min, max, validity } = input;
      if (validity.badInput) return say("number");
      if (!validity.rangeUnderflow && !validity.rangeOverflow) return null;
      return say(min && max ? "between" : min ? "least" : "most", { least: min, most: max });
    }

    /** All that is wrong with a question or field: [text, the field to mend]. */
    function errorsOf(unit) {
      const fields = fieldsOf(unit);
      const required = "required" in unit.dataset || fields.some((field) => field.required);
      const { kind, question: id } = unit.dataset;
      const empty = !fields.some((field) => isOn(field) || field.validity.badInput);
      if (!kind) {
        const [field] = fields;
        if (field.hasAttribute("data-body") && empty && !one("respondent.other")) return [[say("required.body"), field]];
        if (field.validity.badInput) return [[say("date"), field]];
        if (field.validity.typeMismatch) return [[say("email"), field]];
        return required && empty ? [[say("required.field"), field]] : [];
      }
      const rows = rowsOf(unit);
      if (required && (kind === "grid" || kind === "direction")) {
        const lacking = rows.filter((row) => !fieldsOf(row).some(isOn));
        return lacking.map((row) => [say("required.rows", { item: itemName(row) }), fieldsOf(row)[0]]);
      }
      if (empty) {
        const word = kind === "scale" ? "choice" : kind;
        return required ? [[say(`required.${word}`, { n: unit.dataset.total }), fields[0]]] : [];
      }
      if (kind === "text") {
        const over = unit.dataset.longest ? fields[0].value.length - unit.dataset.longest : 0;
        return over > 0 ? [[say("too_long", { n: over }), fields[0]]] : [];
      }
      if (kind === "number") return [numberError(fields[0])].filter(Boolean).map((text) => [text, fields[0]]);
      if (kind === "choice" && one(id) === "other" && !one(`${id}.other`)) return [[say("other"), fields.at(-1)]];
      const chosen = kind === "choices" ? values(id).length + values(`${id}.other`).length : 0;
      if (unit.dataset.atMost && chosen > unit.dataset.atMost) return [[say("too_many", { n: unit.dataset.atMost, chosen }), fields[0]]];
      if (kind !== "points") return [];
      const wrong = fields.find((field) => field.validity.badInput || field.validity.stepMismatch || field.validity.rangeUnderflow);
      if (wrong) return [[say("whole"), wrong]];
      const sum = sumOf(unit);
      return sum === Number(unit.dataset.total) ? [] : [[say("sum", { sum, total: unit.dataset.total }), fields[0]]];
    }

    const sumOf = (unit) => fieldsOf(unit).reduce((sum, field) => sum + Number(field.value), 0);
    const itemName = (row) => row.querySelector("legend, label").textContent.trim();

    const summary = make("div", { className: "errors", tabIndex: -1, hidden: true });
    summary.setAttribute("role", "alert");
    document.querySelector("main").prepend(summary);

    function clearErrors() {
      summary.hidden = true;
      for (const error of form.querySelectorAll(".error")) error.remove();
      for (const field of form.querySelectorAll("[data-described]")) {
        field.removeAttribute("aria-invalid");
        field.setAttribute("aria-describedby", field.dataset.described);
        if (!field.dataset.described) field.removeAttribute("aria-describedby");
        delete field.dataset.described;
      }
    }

    /** Tells what is wrong in these sections, beside each field and all together; true when nothing is. */
    function check(which) {
      clearErrors();
      const wrong = units.filter((unit) => which.some((section) => section.contains(unit)));
      const errors = wrong.flatMap((unit) => errorsOf(unit).map(([error, field]) => ({ unit, field, text: say("error_at", { question: nameOf(unit).replace(/[?.!:]+$/, ""), error }) })));
      if (!errors.length) return true;
      const links = errors.map(({ unit, field, text }, at) => {
        const id = `q..error.${at}`;
        const told = make("p", { className: "error", id }, make("span", { className: "visually-hidden" }, say("error_mark")), text);
        const group = unit.matches("fieldset") ? unit : unit.querySelector("fieldset");
        const after = [...unit.querySelectorAll(".error")].at(-1) ?? unit.querySelector(".question-help") ?? unit.querySelector("legend, label");
        after.after(told);
        // A radio button cannot be invalid, its group can.
        const marked = field.type === "radio" ? [field.closest("fieldset")] : group ? [field, group] : [field];
        for (const element of marked) {
          element.dataset.described ??= element.getAttribute("aria-describedby") ?? "";
          element.setAttribute("aria-describedby", `${id} ${element.getAttribute("aria-describedby") ?? ""}`.trim());
          if (!element.matches("fieldset:not([role])")) element.setAttribute("aria-invalid", "true");
        }
        return make("li", {}, make("a", { href: `#${field.id}`, onclick: (event) => { event.preventDefault(); goTo(field); } }, text));
      });
      summary.replaceChildren(make("h2", {}, say("errors", { n: errors.length })), make("ul", {}, ...links));
      summary.hidden = false;
      document.title = `${say("title_error")}${title}`;
      summary.focus();
      return false;
    }

    /** Shows the step that has the field, and goes there. */
    function goTo(field) {
      show(sections.findIndex((section) => section.contains(field)), field);
    }

    // --- Steps. ---

    const box = make("div", { className: "answering-box" });
    form.parentElement.insertBefore(box, form.nextSibling);
    const progress = make("p", { className: "progress" });
    const actions = make("div", { className: "actions" });
    const notice = make("div", { className: "answering-notice" });
    notice.setAttribute("role", "status");
    const summaryOf = make("div", { className: "copy-of-answers" });
    box.append(actions, notice);

    function show(next, focus) {
      step = next;
      const isLast = step === steps.length;
      const section = sections[step];
      before.hidden = step > 0;
      sections.forEach((one, at) => { one.hidden = at !== step; });
      const at = say("step", { n: step + 1, total: sections.length });
      const heading = section.querySelector("h2");
      progress.textContent = at;
      heading.before(progress);
      heading.tabIndex = -1;
      if (summary.hidden) document.title = `${at}: ${title}`;
      if (isLast) {
        heading.textContent = say("check");
        summaryOf.replaceChildren(make("p", {}, say("check_lead")), ...copy(true));
        heading.after(summaryOf);
      }
      notice.replaceChildren();
      showActions();
      (focus ?? heading).focus();
      remember();
    }

    function showActions() {
      const isLast = step === steps.length;
      const back = button("back", () => { clearErrors(); show(step - 1); });
      const next = button(step === steps.length - 1 ? "check" : "next", goOn, { className: "button" });
      const send = button("send", () => { if (check(sections)) transmit(); }, { className: "button" });
      const save = button("save", () => { if (check(sections)) saveFile(); }, { className: data("endpoint") === null ? "button" : "button button-second" });
      const isOpen = !isClosed();
      const list = [step > 0 && back, !isLast && next, isLast && isOpen && data("endpoint") !== null && send];
      list.push(isLast && data("file") !== null && save, isLast && button("print", () => window.print()));
      actions.replaceChildren(...list.filter(Boolean));
    }

    function goOn() {
      if (check([sections[step]])) show(step + 1);
    }

    /** The answers as they will be read: each step's questions with what was answered, and ways back while it can be changed. */
    function copy(canChange) {
      return steps.flatMap((section, at) => {
        const heading = section.querySelector("h2").textContent;
        const own = units.filter((unit) => section.contains(unit));
        const lines = own.map((unit) => {
          const full = unit.querySelector(".question-text") ?? unit.querySelector("label");
          const said = linesOf(unit);
          const field = fieldsOf(unit)[0];
          const change = make("a", { href: `#${field.id}`, onclick: (event) => { event.preventDefault(); clearErrors(); goTo(field); } }, say("change"));
          change.setAttribute("aria-label", say("change_what", { question: nameOf(unit) }));
          const answer = said.length ? said.map((line) => make("p", {}, line)) : [make("p", { className: "unanswered" }, say("unanswered"))];
          return make("div", {}, make("dt", {}, full.textContent.trim().replace(/\s+/g, " ")), make("dd", {}, ...answer, ...(canChange ? [change] : [])));
        });
        const way = make("a", { href: "#", onclick: (event) => { event.preventDefault(); clearErrors(); show(at); } }, say("go", { title: heading }));
        return [make("h3", {}, heading), ...(canChange ? [make("p", { className: "step-link" }, way)] : []), make("dl", { className: "answers" }, ...lines)];
      });
    }

    const labelOf = (input) => (input.labels[0].querySelector("span") ?? input.labels[0]).textContent.trim();

    function linesOf(unit) {
      const { kind, question: id } = unit.dataset;
      const rows = rowsOf(unit);
      const said = (input) => {
        if (input.type === "radio" || input.type === "checkbox") return labelOf(input);
        return input.tagName === "SELECT" ? input.selectedOptions[0].textContent : input.value;
      };
      const lines = (fields) => fields.filter(isOn).filter((input) => input.value !== "other" || input.type !== "radio").map(said);
      if (kind === "number" && one(id)) return [`${one(id)} ${unit.querySelector(".number-unit")?.textContent ?? ""}`.trim()];
      if (kind === "choice") return one(id) === "other" ? [one(`${id}.other`) ?? ""] : lines(named(id));
      if (!rows.length) return lines(fieldsOf(unit));
      const answered = rows.map((row) => [row, lines(fieldsOf(row))[0]]).filter(([, answer]) => answer !== undefined);
      if (kind === "ranking") answered.sort((a, b) => a[1] - b[1]);
      const word = { ranking: "rank", points: "points" }[kind] ?? "row";
      return answered.map(([row, answer]) => say(word, { item: itemName(row), n: answer, answer }));
    }

    // --- Keeping what is typed. ---

    let waiting = 0;
    /** The tab's own history remembers through reload and back. */
    function remember() {
      clearTimeout(waiting);
      if (isSent) return;
      try { history.replaceState({ ...history.state, answer: { of: data("consultation"), pairs: pairs(), step } }, ""); } catch { /* Too often: the next change remembers this too. */ }
      if (kept.checked) keep();
    }

    const kept = make("input", { type: "checkbox", id: "q..keep" });
    const keptStatus = make("p", { className: "note-after" });
    keptStatus.setAttribute("role", "status");
    const forgetting = button("forget", () => forget(), { hidden: true });
    const file = make("input", { type: "file", id: "q..open", accept: ".json,application/json" });

    function keep() {
      const now = Date.now();
      // A code is a key: it does not stay on a device.
      const own = pairs().filter(([name]) => name !== "respondent.code");
      const done = store.set(draft, { saved: now, expires, pairs: own, step });
      if (done) isUnsaved = false;
      kept.checked = done;
      forgetting.hidden = !done;
      keptStatus.textContent = done ? say("kept", { time: inWords(now) }) : say("not_kept");
    }

    function forget() {
      store.remove(draft);
      isUnsaved = isAnswered();
      kept.checked = false;
      forgetting.hidden = true;
      keptStatus.textContent = say("forgotten");
      kept.focus();
    }

    kept.addEventListener("change", () => (kept.checked ? keep() : forget()));
    const keeping = make("section", { className: "keeping step" },
      make("h2", { className: "heading-small" }, say("keep")),
      make("p", { className: "option" }, kept, " ", make("label", { htmlFor: kept.id }, say("keep_here"))),
      make("p", { className: "note-after measure" }, say("keep_warn")), keptStatus, forgetting);
    if (data("file") !== null) {
      keeping.append(
        make("p", {}, button("save_now", () => saveFile())),
        make("p", { className: "line" }, make("label", { htmlFor: file.id }, say("open")), " ", file));
    }
    box.append(keeping);

    form.addEventListener("input", () => {
      isUnsaved = true;
      clearTimeout(waiting);
      waiting = setTimeout(remember, 300);
    });
    window.addEventListener("beforeunload", (event) => {
      remember();
      if (isUnsaved && !isSent) event.preventDefault();
    });

    // --- Files. ---

    function saveFile(channel = "file", submitted = moment(new Date())) {
      const said = response(channel, submitted);
      const who = (said.respondent?.body || said.response.slice(0, 8)).replace(/[^\w-]/g, "");
      const name = `svar-${said.consultation}-${who}.json`;
      const address = URL.createObjectURL(new Blob([`${JSON.stringify(said, null, 2)}\n`], { type: "application/json" }));
      make("a", { href: address, download: name }).click();
      // The browser needs the address until it has read the file.
      setTimeout(() => URL.revokeObjectURL(address), 60000);
      isUnsaved = false;
      const told = [make("p", {}, say("saved", { name }))];
      if (channel === "file") {
        if (data("letter")) told.push(make("p", {}, `${say("saved_next", { email: data("email") })} `, make("a", { href: data("letter") }, say("saved_letter"))));
        if (data("post")) told.push(make("p", {}, `${say("saved_post")} ${data("post")}`));
        if (!data("letter") && !data("post") && data("endpoint") === null) told.push(make("p", {}, say("saved_nowhere")));
      }
      notice.replaceChildren(...told);
    }

    const keysOf = {
      text: ["text"], number: ["number"], choice: ["option", "other"], choices: ["options", "other"], scale: ["option", "no_opinion"],
      grid: ["rows"], direction: ["rows"], ranking: ["ranks"], points: ["points"],
    };
    const isCalled = (element, own, id) => own === id || (element.dataset.formerly ?? "").split(" ").includes(id);

    /** The pair that puts a value into a field, by today's ids; nothing when no field takes it. */
    function fitting(name, value) {
      if (!["string", "number"].includes(typeof value)) return null;
      const text = String(value);
      for (const input of named(name)) {
        if (input.type === "radio" || input.type === "checkbox") {
          if (isCalled(input, input.value, text)) return [name, input.value];
        } else if (input.tagName === "SELECT") {
          if ([...input.options].some((option) => option.value === text)) return [name, text];
        } else if (input.type !== "number" || Number.isFinite(Number(text))) return [name, text];
      }
      return null;
    }

    /** What an answer of a file puts into the form: [name, value as it stands in the file, pair or nothing]. */
    function placed(question, answer) {
      const { question: id, kind, short } = question.dataset;
      const list = [];
      for (const [key, value] of Object.entries(answer ?? {})) {
        const put = (name, one, told = short) => list.push([told, one, keysOf[kind].includes(key) ? fitting(name, one) : null]);
        if (key === "no_opinion") put(id, "no-opinion");
        else if (key === "options" && Array.isArray(value)) value.forEach((one) => put(id, one));
        else if (key === "other") {
          put(`${id}.other`, value);
          if (kind === "choice") put(id, "other");
        } else if (["rows", "ranks", "points"].includes(key)) {
          for (const [item, one] of Object.entries(value ?? {})) {
            const row = rowsOf(question).find((row) => isCalled(row, row.dataset.item, item));
            put(`${id}.${row?.dataset.item}`, one, `${short}, ${row ? itemName(row) : item}`);
          }
        } else put(id, value);
      }
      return list;
    }

    async function open(chosen) {
      const name = chosen.name;
      let said = null;
      try { said = JSON.parse(await chosen.text()); } catch { /* Told below. */ }
      const refused = said?.format !== "utsikt-response/1" ? say("open_wrong", { name })
        : said.consultation !== data("consultation") ? say("open_other", { name, id: said.consultation }) : "";
      if (refused) return notice.replaceChildren(make("p", {}, refused));
      if (isAnswered() && !window.confirm(say("open_replaces"))) return undefined;
      const list = [["naming", said.naming, said.naming === undefined ? [] : fitting("naming", said.naming)]];
      for (const group of ["respondent", "decision"]) {
        for (const [key, value] of Object.entries(said[group] ?? {})) list.push([key, value, value === "" ? [] : fitting(`${group}.${key}`, value)]);
      }
      for (const [id, answer] of Object.entries(said.answers ?? {})) {
        const question = questions.find((question) => isCalled(question, question.dataset.question, id));
        list.push(...(question ? placed(question, answer) : [[id, answer, null]]));
      }
      const own = /^[\w-]{1,64}$/.test(said.response) ? [["response", said.response]] : [];
      clearErrors();
      fill([...own, ...list.map(([, , pair]) => pair).filter((pair) => pair?.length)]);
      isUnsaved = false;
      show(0);
      const told = [make("p", {}, say("opened", { name }))];
      if (said.version !== data("version")) told.push(make("p", {}, say("open_version", { version: said.version })));
      const misfits = list.filter(([, , pair]) => !pair).map(([what, value]) => make("li", {}, `${what}: ${typeof value === "object" ? JSON.stringify(value) : value}`));
      if (misfits.length) told.push(make("p", {}, say("open_misfits")), make("ul", {}, ...misfits));
      notice.replaceChildren(...told);
      return remember();
    }
    file.addEventListener("change", async () => {
      if (file.files[0]) await open(file.files[0]);
      file.value = "";
    });

    // --- Sending. ---

    /** Whether the last day has passed where the consultation is held. */
    function isClosed() {
      const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(new Date());
      return Boolean(data("last-day")) && today > data("last-day");
    }

    const alert = make("div", { className: "errors", tabIndex: -1, hidden: true });
    alert.setAttribute("role", "alert");
    form.parentElement.insertBefore(alert, form);

    /** Tells what stands in the way, and what can be done; what is typed stays. */
    function tell(heading, ...rest) {
      alert.replaceChildren(make("h2", {}, heading), ...rest);
      alert.hidden = false;
    }

    function watch() {
      if (isSent || !isClosed() || alert.dataset.closed) return;
      alert.dataset.closed = "yes";
      tell(say("closed"), make("p", {}, say("closed_text")), make("div", { className: "actions" },
        ...(data("file") === null ? [] : [button("save_now", () => saveFile())]), button("print", () => window.print())));
      showActions();
    }
    setInterval(watch, 30000);
    document.addEventListener("visibilitychange", watch);

    async function transmit() {
      watch();
      if (isClosed()) return alert.focus();
      const now = new Date();
      named("submitted")[0].value = moment(now);
      named("started")[0].value = Date.now() - opened;
      for (const control of actions.children) control.disabled = true;
      notice.replaceChildren(make("p", {}, say("sending")));
      let reply = null;
      try {
        const body = new URLSearchParams(new FormData(form));
        reply = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
      } catch { /* No net, no such host, or a host that lets no script ask: told below. */ }
      notice.replaceChildren();
      if (reply?.ok) return finish(now);
      showActions();
      const plainly = () => { isUnsaved = false; remember(); HTMLFormElement.prototype.submit.call(form); };
      tell(say("failed"), ...(reply ? [make("p", {}, say("failed_status", { status: reply.status }))] : []), make("p", {}, say("failed_text")),
        make("div", { className: "actions" }, button("again", () => transmit(), { className: "button" }), button("plain", plainly),
          ...(data("file") === null ? [] : [button("save_now", () => saveFile())])));
      return alert.focus();
    }

    /** The receipt, in place. */
    function finish(now) {
      isSent = true;
      isUnsaved = false;
      clearTimeout(waiting);
      store.remove(draft);
      history.replaceState(null, "");
      alert.hidden = true;
      summary.hidden = true;
      before.hidden = true;
      form.setAttribute("hidden", "");
      const fact = (label, text) => make("div", {}, make("dt", {}, label), make("dd", {}, text));
      const heading = make("h2", { tabIndex: -1 }, say("sent"));
      const next = data("next").split("\n").filter(Boolean).map((line) => make("li", {}, line));
      box.replaceChildren(heading,
        make("dl", { className: "facts" }, fact(say("id"), one("response")), fact(say("time"), inWords(now)), ...(data("case") ? [fact(say("case"), data("case"))] : [])),
        ...(next.length ? [make("h3", {}, say("next_title")), make("ul", {}, ...next)] : []),
        make("div", { className: "actions" }, button("print", () => window.print()), button("copy_save", () => saveFile("form", moment(now)))),
        notice, make("h2", { className: "heading-small" }, say("copy")), ...copy(false));
      document.title = `${say("sent")} – ${title}`;
      heading.focus();
    }

    // --- Kinds that the script helps with. ---

    for (const question of questions) {
      if (question.dataset.kind === "text" && question.querySelector("[maxlength]")) {
        // A limit that cuts off what is pasted loses words; it is told instead.
        const field = fieldsOf(question)[0];
        question.dataset.longest = field.maxLength;
        field.removeAttribute("maxlength");
      }
      if (question.dataset.kind === "points") helpPoints(question);
      if (question.dataset.kind === "ranking") helpRanking(question);
      if (question.querySelector("[type=radio]:not([required])")) helpClearing(question);
      const other = question.querySelector("[type=radio][value=other]");
      if (other) named(`${other.name}.other`)[0].addEventListener("input", (event) => { if (event.target.value) other.checked = true; });
    }

    function helpPoints(question) {
      const told = make("p", { className: "sum" });
      told.setAttribute("role", "status");
      const count = () => { told.textContent = say("sum_now", { sum: sumOf(question), total: question.dataset.total }); };
      question.querySelector("fieldset").append(told);
      question.addEventListener("input", count);
      form.addEventListener("refill", count);
      count();
    }

    /** Radio buttons cannot be let go of; a button lets go of all of a question's. */
    function helpClearing(question) {
      const clear = button("clear", () => {
        for (const input of fieldsOf(question)) if (input.type === "radio") input.checked = false;
        fieldsOf(question)[0].focus();
        form.dispatchEvent(new Event("input"));
        look();
      }, { className: "clear", hidden: true });
      clear.setAttribute("aria-label", say("clear_what", { question: nameOf(question) }));
      const look = () => { clear.hidden = !fieldsOf(question).some((input) => input.type === "radio" && input.checked); };
      question.append(clear);
      question.addEventListener("input", look);
      form.addEventListener("refill", look);
    }

    /** Buttons that move an item up and down. The lists beside them stay: only they can let items share a rank. */
    function helpRanking(question) {
      const rows = rowsOf(question);
      const choice = (row) => row.querySelector("select");
      const most = choice(rows[0]).options.length - 1;
      const rank = (row) => Number(choice(row).value);
      const put = (row, to) => { choice(row).value = to >= 1 && to <= most ? String(to) : ""; };
      const told = make("p", { className: "visually-hidden" });
      told.setAttribute("role", "status");
      question.querySelector("fieldset").append(told);

      function move(row, way) {
        const others = rows.filter((other) => other !== row && rank(other));
        const here = rank(row);
        const ranks = others.map(rank);
        if (!here) {
          if (way > 0) return;
          const end = Math.max(0, ...ranks) + 1;
          for (const other of others) if (end > most && rank(other) === most) put(other, 0);
          put(row, Math.min(end, most));
        } else if (ranks.includes(here)) {
          // It leaves those it shared with, and those below make room.
          for (const other of others) if (rank(other) > here || (way < 0 && rank(other) === here)) put(other, rank(other) + 1);
          if (way > 0) put(row, here + 1);
        } else {
          const beyond = ranks.filter((other) => (other - here) * way > 0);
          if (!beyond.length && way < 0) return;
          const there = way < 0 ? Math.max(...beyond) : Math.min(...beyond);
          for (const other of others) if (rank(other) === there) put(other, here);
          put(row, beyond.length ? there : 0);
        }
      }

      /** Rows in the order of their ranks, those without one last. */
      function arrange() {
        const place = (row) => rank(row) || most + 1;
        const order = [...rows].sort((a, b) => place(a) - place(b) || rows.indexOf(a) - rows.indexOf(b));
        for (const row of order) told.before(row);
        for (const row of rows) {
          const isFirst = rank(row) === 1 && rows.every((other) => other === row || rank(other) !== 1);
          for (const [mark, off] of [["up", isFirst], ["down", !rank(row)]]) row.querySelector(`.move-${mark}`).setAttribute("aria-disabled", String(off));
        }
      }

      for (const row of rows) {
        const mover = (mark, way) => {
          const made = button(`${mark}_short`, () => {
            move(row, way);
            arrange();
            // Moving a row takes the focus away.
            made.focus();
            const n = rank(row);
            const word = !n ? "unranked" : rows.some((other) => other !== row && rank(other) === n) ? "ranked_shared" : "ranked";
            told.textContent = say(word, { item: itemName(row), n, total: most });
            form.dispatchEvent(new Event("input"));
          }, { className: `button button-second move move-${mark}` });
          made.setAttribute("aria-label", say(mark, { item: itemName(row) }));
          return made;
        };
        row.querySelector(".row-line").append(mover("up", -1), mover("down", 1));
        choice(row).addEventListener("change", () => {
          for (const one of rows) one.querySelector(".move-down").setAttribute("aria-disabled", String(!rank(one)));
        });
      }
      form.addEventListener("refill", arrange);
      arrange();
    }

    // --- On paper: the answers when there are any, else the form with its evidence unfolded. ---

    const onPaper = make("section", { className: "paper-copy" });
    form.parentElement.insertBefore(onPaper, box.nextSibling);
    const folded = [];
    window.addEventListener("beforeprint", () => {
      const fills = !isSent && isAnswered();
      document.body.classList.toggle("prints-answers", fills);
      onPaper.replaceChildren(...(fills ? copy(false) : []));
      for (const drawer of form.querySelectorAll("details:not([open])")) {
        drawer.open = true;
        folded.push(drawer);
      }
    });
    window.addEventListener("afterprint", () => {
      document.body.classList.remove("prints-answers");
      for (const drawer of folded.splice(0)) drawer.open = false;
    });

    // --- Begin. ---

    /** A random id (RFC 9562, version 4); older browsers have only the bytes. */
    function randomId() {
      if (crypto.randomUUID) return crypto.randomUUID();
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      bytes[6] = (bytes[6] & 15) | 64;
      bytes[8] = (bytes[8] & 63) | 128;
      const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    }

    form.setAttribute("novalidate", "");
    for (const control of form.querySelectorAll("[type=submit]")) {
      control.disabled = false;
      if (control.tabIndex >= 0) control.hidden = true;
    }
    for (const line of last.querySelectorAll("p")) if (!line.querySelector("button")) line.classList.add("paper-only");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (step < steps.length) goOn();
    });
    named("response")[0].value = randomId();
    const tab = history.state?.answer?.of === data("consultation") ? history.state.answer : null;
    const stored = store.get(draft);
    const known = tab ?? stored;
    if (known) fill(known.pairs);
    isUnsaved = Boolean(tab) && !stored && isAnswered();
    /** The step of the question that the address names, as links from other pages do; else the one given. */
    const wanted = (usual) => {
      const at = steps.findIndex((section) => location.hash && section.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`));
      return at < 0 ? usual : at;
    };
    show(Math.min(wanted(known?.step ?? 0), steps.length), document.activeElement);
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    window.addEventListener("hashchange", () => { if (!isSent) show(wanted(step), document.getElementById(location.hash.slice(1)) ?? undefined); });
    if (stored) {
      kept.checked = true;
      forgetting.hidden = false;
      keptStatus.textContent = say("restored", { time: inWords(stored.saved) });
    }
    watch();
  }
}
