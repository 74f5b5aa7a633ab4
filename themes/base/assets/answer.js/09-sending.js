// Sending: posts the form to its endpoint, and shows the receipt or what stands in the way. Takes the page, its fields, the
// list of answers, the drafts and the files. Knows when the last day has passed; checks nothing.

function createSending(page, fields, checks, listAnswers, drafts, files) {
  const { button, data, form, notice, say, state } = page;
  const { byName, value } = fields;
  const printButton = () => button("print", () => window.print());
  const actions = (...buttons) => make("div", { className: "actions" }, ...buttons);

  /** True when the last day has passed where the consultation is held. */
  function isClosed() {
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(new Date());
    return Boolean(data("last-day")) && today > data("last-day");
  }

  const warning = make("div", { className: "errors", tabIndex: -1, hidden: true, role: "alert" });
  form.insertAdjacentElement("beforebegin", warning);

  /** Tells what stands in the way, and what can be done. What is typed stays. */
  function warn(heading, ...content) {
    warning.replaceChildren(make("h2", {}, heading), ...content);
    warning.hidden = false;
    page.announce("unsent");
  }

  /** Tells, once, that the last day has passed. */
  function watch() {
    if (state.isSent || !isClosed() || warning.dataset.closed) return;
    warning.dataset.closed = "yes";
    warn(say("closed"), make("p", {}, say("closed_text")), actions(...files.saveButtons(false), printButton()));
  }

  /** The plain form, which the browser sends itself: it may reach where a script may not. */
  function sendPlainly() {
    state.isUnsaved = false;
    drafts.remember();
    HTMLFormElement.prototype.submit.call(form);
  }

  async function send() {
    watch();
    if (isClosed()) return warning.focus();
    if (state.isSending) return undefined;
    state.isSending = true;
    const now = new Date();
    byName("submitted")[0].value = timestamp(now);
    byName("started")[0].value = now - page.openedAt;
    page.announce("sending");
    notice.replaceChildren(make("p", {}, say("sending")));
    let reply = null;
    try {
      const body = new URLSearchParams(new FormData(form));
      reply = await fetch(form.getAttribute("action"), {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
      });
    } catch {
      // No net, no such host, or a host that lets no script ask: told below.
    }
    state.isSending = false;
    notice.replaceChildren();
    const told = (await reply?.json().catch(() => null)) ?? {};
    if (reply?.ok) return finish(now, told);
    const reason = told.message ? String(told.message) : reply && say("failed_status", { status: reply.status });
    const lines = reason ? [make("p", {}, reason)] : [];
    const again = button("again", send, { className: "button" });
    const ways = actions(again, button("plain", sendPlainly), ...files.saveButtons(true));
    warn(say("failed"), ...lines, make("p", {}, say("failed_text")), ways);
    return warning.focus();
  }

  /** Shows the receipt in the form's place. */
  function finish(now, told) {
    state.isSent = true;
    state.isUnsaved = false;
    drafts.end();
    checks.clear();
    warning.hidden = true;
    page.introduction.hidden = true;
    form.setAttribute("hidden", "");
    const fact = (label, text) => make("div", {}, make("dt", {}, label), make("dd", {}, text));
    // An endpoint may give a number and its own time; else the answer's id and the reader's clock stand for them.
    const number = String(told.number || value("response"));
    const facts = [fact(say("id"), number), fact(say("time"), page.inWords(Date.parse(told.received) || now))];
    if (data("case")) facts.push(fact(say("case"), data("case")));
    const next = data("next").split("\n").filter(Boolean);
    const list = make("ul", {}, ...next.map((line) => make("li", {}, line)));
    const heading = make("h2", { tabIndex: -1 }, say("sent"));
    page.box.replaceChildren(
      heading,
      make("dl", { className: "facts" }, ...facts),
      ...(next.length ? [make("h3", {}, say("next_title")), list] : []),
      actions(
        printButton(),
        button("copy_save", () => files.save("form", timestamp(now))),
      ),
      notice,
      make("h2", { className: "heading-small" }, say("copy")),
      ...listAnswers(),
    );
    document.title = `${say("sent")} – ${page.title}`;
    heading.focus();
  }

  setInterval(watch, 30000);
  document.addEventListener("visibilitychange", watch);

  return { isClosed, watch, send };
}
