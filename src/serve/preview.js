// In pages that `utsikt serve` shows, never in published ones: reloads the page when it changed, and shows what is wrong
// with the input in a panel over it. What comes from the server is put in as text, never as markup.
(() => {
  "use strict";
  const { page, version } = document.currentScript.dataset;
  const title = document.title;
  let since = version;
  let source = null;
  let panel = null;
  let leaving = false;

  // ---- Where the reader was ----

  const place = "utsikt-place";
  const closed = "utsikt-closed";

  function put(key, value) {
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Storage may be turned off; then the page begins at its top.
    }
  }

  function take(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }

  /** A selector that leads to an element: by its id, else by its place among its siblings. */
  function way(element) {
    if (!element || element === document.body) return "";
    if (element.id) return `#${CSS.escape(element.id)}`;
    const siblings = [...element.parentElement.children];
    return `${way(element.parentElement) || "body"} > :nth-child(${siblings.indexOf(element) + 1})`;
  }

  function leave() {
    if (leaving) return;
    leaving = true;
    source?.close();
    const opened = [...document.querySelectorAll("details")].map((details) => details.open);
    put(place, { page, x: scrollX, y: scrollY, focus: way(document.activeElement), opened });
    location.reload();
  }

  function comeBack() {
    const was = take(place);
    put(place, null);
    if (was?.page !== page) return;
    const details = [...document.querySelectorAll("details")];
    if (details.length === was.opened.length) details.forEach((it, at) => (it.open = was.opened[at]));
    const scroll = () => scrollTo({ left: was.x, top: was.y, behavior: "instant" });
    if (was.focus) document.querySelector(was.focus)?.focus({ preventScroll: true });
    scroll();
    // Pictures without a size move what follows when they arrive.
    if (document.readyState !== "complete") addEventListener("load", scroll, { once: true });
  }

  // ---- News ----

  /** Whether this page shows a file: itself, or a picture in it. */
  function shows(changed) {
    const own = (image) => decodeURIComponent(new URL(image.currentSrc || image.src, location.href).pathname.slice(1));
    const shown = new Set([page, ...[...document.images].map(own)]);
    return changed.some((route) => shown.has(route) || (route === "404.html" && !changed.includes(page) && missing()));
  }

  /** Whether this page stands in the place of one that does not exist. */
  function missing() {
    return document.querySelector("base[href='/']") !== null;
  }

  function listen() {
    source?.close();
    source = new EventSource(`/-/events?since=${since}&page=${encodeURIComponent(page)}`);
    source.addEventListener("change", (event) => {
      const news = JSON.parse(event.data);
      since = news.version;
      if (shows(news.changed)) leave();
      else show(news.panel);
    });
    source.onerror = () => {
      if (!leaving && panel?.data) show(panel.data, true);
    };
  }

  // A browser opens few connections to one host: pages out of sight give theirs back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) source?.close();
    else if (!leaving) listen();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // ---- The panel ----

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }

  function makePanel() {
    const host = element("utsikt-preview");
    const root = host.attachShadow({ mode: "open" });
    // The live region is there before it says anything, else it is not heard.
    const said = element("p", { class: "said" });
    const box = element("section", { hidden: "" });
    root.append(element("link", { rel: "stylesheet", href: "/-/preview.css" }), box);
    document.body.append(host);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
    return { host, box, said, data: null, open: null };
  }

  function close() {
    put(closed, panel.data.key);
    panel.box.hidden = true;
  }

  /** Shows the findings; `lost`: the program that serves the pages has gone. */
  function show(data, lost = false) {
    panel ??= makePanel();
    const { words, findings, errors } = data;
    const fresh = panel.data?.key !== data.key;
    panel.data = data;
    document.title = findings.length ? `(${data.count}) ${title}` : title;
    if (!lost && (!findings.length || take(closed) === data.key)) {
      panel.box.hidden = true;
      return;
    }
    if (fresh) panel.open = errors > 0;
    const { box, said } = panel;
    box.lang = data.language;
    box.setAttribute("aria-label", words.name);
    box.className = errors ? "errors" : "";
    said.setAttribute("role", errors && !lost ? "alert" : "status");
    const list = element("ol", {}, ...findings.map((finding) => item(finding, words)));
    list.hidden = !panel.open;
    const buttons = element("p", { class: "buttons" });
    if (findings.length) {
      const fold = element("button", { type: "button", "aria-expanded": String(panel.open) });
      fold.textContent = panel.open ? words.hide : words.show;
      fold.addEventListener("click", () => {
        panel.open = !panel.open;
        list.hidden = !panel.open;
        fold.setAttribute("aria-expanded", String(panel.open));
        fold.textContent = panel.open ? words.hide : words.show;
      });
      buttons.append(fold);
    }
    const shut = element("button", { type: "button" }, words.close);
    shut.addEventListener("click", close);
    buttons.append(shut);
    box.hidden = false;
    box.replaceChildren(element("header", {}, said, buttons), list);
    said.replaceChildren(
      ...(lost ? [words.lost] : [element("strong", {}, `${data.count}.`), words.stale ? ` ${words.stale}` : ""]),
    );
  }

  function item(finding, words) {
    const lines = finding.excerpt.flatMap(([number, before, marked, after]) => [
      element("span", { class: "number" }, `${number} `),
      before,
      marked ? element("mark", {}, marked) : "",
      `${after}\n`,
    ]);
    return element(
      "li",
      { class: finding.severity },
      element("p", { class: "headline" }, element("strong", {}, `${finding.name}: `), finding.headline),
      finding.place ? element("p", { class: "place" }, element("code", {}, finding.place)) : "",
      lines.length ? element("pre", { tabindex: "0" }, ...lines) : "",
      finding.label ? element("p", {}, finding.label) : "",
      finding.more ? element("p", {}, finding.more) : "",
      finding.help ? element("p", { class: "help" }, element("strong", {}, `${words.help}: `), finding.help) : "",
      element("p", { class: "code" }, element("code", {}, finding.code)),
    );
  }

  comeBack();
  listen();
})();
