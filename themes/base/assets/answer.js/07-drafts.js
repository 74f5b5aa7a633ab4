// Drafts: what is typed survives reload and back in the tab's own history, which ends with the tab and needs nobody's
// consent; it is stored on the device only for those who ask for it. Takes the page and its fields.

/** Drafts on the device. A browser may forbid the store altogether, as some do in private windows or for files. */
const draftStore = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  /** True when the draft is stored. */
  set(key, draft) {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  },
  /** Removes the drafts whose key and content are such. */
  removeWhere(isUnwanted) {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith("utsikt-svar:"));
      for (const key of keys) if (isUnwanted(key, this.get(key))) localStorage.removeItem(key);
    } catch {
      // Then there is nothing to remove.
    }
  },
};

function createDrafts(page, fields) {
  const { data, form, say, state } = page;
  const { pairs } = fields;
  const day = 24 * 60 * 60 * 1000;
  const key = `utsikt-svar:${data("consultation")}:${data("version")}`;
  const expires = data("last-day") ? Date.parse(data("last-day")) + 15 * day : page.openedAt + 90 * day;
  const remove = () => draftStore.removeWhere((other) => other === key);
  let timer = 0;

  const choice = make("input", { type: "checkbox", id: "q..keep" });
  const status = make("p", { className: "note-after", role: "status" });
  const forgetButton = page.button("forget", forget, { hidden: true });
  const section = make(
    "section",
    { className: "keeping step" },
    make("h2", { className: "heading-small" }, say("keep")),
    make("p", { className: "option" }, choice, " ", make("label", { htmlFor: choice.id }, say("keep_here"))),
    make("p", { className: "note-after measure" }, say("keep_warn")),
    status,
    forgetButton,
  );
  page.box.append(section);

  function showKept(isKept, text) {
    choice.checked = isKept;
    forgetButton.hidden = !isKept;
    status.textContent = text;
  }

  /** The tab's history remembers; so does the device where that is asked for. */
  function remember() {
    clearTimeout(timer);
    if (state.isSent) return;
    try {
      const answer = { of: data("consultation"), pairs: pairs(), step: state.step };
      history.replaceState({ ...history.state, answer }, "");
    } catch {
      // Too often: the next change remembers this too.
    }
    if (choice.checked) keep();
  }

  function keep() {
    const now = Date.now();
    // A code is a key: it does not stay on a device.
    const draftPairs = pairs().filter(([name]) => name !== "respondent.code");
    const isKept = draftStore.set(key, { saved: now, expires, pairs: draftPairs, step: state.step });
    if (isKept) state.isUnsaved = false;
    showKept(isKept, isKept ? say("kept", { time: page.inWords(now) }) : say("not_kept"));
  }

  function forget() {
    remove();
    state.isUnsaved = fields.isAnswered();
    showKept(false, say("forgotten"));
    choice.focus();
  }

  /** Fills in what this tab or the device remembers, and calls `show` with the step it was on. */
  function restore(show) {
    const answer = history.state?.answer;
    const tabDraft = answer?.of === data("consultation") ? answer : null;
    const storedDraft = draftStore.get(key);
    const draft = tabDraft ?? storedDraft;
    if (draft) fields.fill(draft.pairs);
    state.isUnsaved = Boolean(tabDraft) && !storedDraft && fields.isAnswered();
    show(draft?.step ?? 0);
    // Not before: showing a step stores the draft anew where one is kept.
    if (storedDraft) showKept(true, say("restored", { time: page.inWords(storedDraft.saved) }));
  }

  /** Nothing of an answer that is sent is remembered. */
  function end() {
    clearTimeout(timer);
    remove();
    history.replaceState(null, "");
  }

  choice.addEventListener("change", () => (choice.checked ? keep() : forget()));
  form.addEventListener("step", remember);
  form.addEventListener("input", () => {
    state.isUnsaved = true;
    clearTimeout(timer);
    timer = setTimeout(remember, 300);
  });
  window.addEventListener("beforeunload", (event) => {
    remember();
    if (state.isUnsaved && !state.isSent) event.preventDefault();
  });

  return { section, remember, restore, end };
}
