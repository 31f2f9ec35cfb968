// One pane: a mail or page in a frame, or one of its texts. What is shown stays until what
// comes next is ready, and is scrolled as far as the one before.

import { cellQuery } from "./address.js";
import { ask, element } from "./dom.js";
import { documentName } from "./matrix.js";
import { problemList } from "./problems.js";

const WIDTHS = { phone: 375, tablet: 768, desktop: 1280 };
const LACKING = {
  calendar: "has no calendar: only a message about a wave has one.",
  headers: "has no headers: only a message has them.",
  source: "has no source: only a message has one.",
};

export class Pane {
  #stage = element("div", { class: "stage" });
  #name = element("bdi");
  #subject = element("bdi", { class: "subject" });
  #scale = element("span", { class: "scale" });
  #onFrame;
  #frame = null;
  #width = 0;
  #shown = ""; // document and view that are shown; empty while nothing can be
  #left = { place: "", left: 0, top: 0 }; // how far it was scrolled

  // *onFrame* is called with the document of each new frame.
  constructor(onFrame) {
    this.#onFrame = onFrame;
    const head = element("header", {}, this.#name, this.#subject, this.#scale);
    this.node = element("section", { class: "pane" }, head, this.#stage);
    new ResizeObserver(() => this.#fit()).observe(this.#stage);
  }

  // Show one cell in one locale, and return what the server says of it.
  async show(choice, locale, signal) {
    const query = cellQuery({ ...choice, locale: locale.tag });
    const framed = choice.view === "html";
    const coming = framed ? this.#load(query, choice, locale) : null;
    signal.addEventListener("abort", () => {
      if (coming?.frame !== this.#frame) coming?.frame.remove();
    });
    const cell = await ask(`/cell.json?${query}`, signal);
    await coming?.loaded;
    signal.throwIfAborted();
    this.hold();
    this.#caption(cell, choice, locale);
    const whole = cell.found && cell.text !== null;
    if (whole && framed) this.#swap(coming.frame, choice);
    else this.#put(whole ? textOf(cell, choice) : broken(cell), choice, whole);
    return cell;
  }

  // Remember how far the view is scrolled, before it gives way to something else.
  hold() {
    if (!this.#shown) return;
    const { scrollX: left, scrollY: top } = this.#frame?.contentWindow ?? {
      scrollX: this.#stage.scrollLeft,
      scrollY: this.#stage.scrollTop,
    };
    this.#left = { place: this.#shown, left, top };
    this.#shown = "";
  }

  #caption(cell, choice, locale) {
    const label = `${documentName(choice.document)}, ${locale.name}, ${choice.view}`;
    this.node.setAttribute("aria-label", label);
    this.#name.textContent = locale.name;
    this.#name.lang = locale.tag;
    this.#subject.textContent = cell.title ?? "";
    this.#subject.lang = cell.lang ?? "";
  }

  #load(query, choice, locale) {
    const frame = element("iframe", {
      class: "coming",
      // The shell reads and sets the scroll position, which needs the same origin; nothing
      // in the frame may run scripts, open windows or send forms.
      sandbox: "allow-same-origin",
      title: `${documentName(choice.document)}, ${locale.name}, as its readers see it`,
      src: `/frame?${query}&theme=${choice.theme}`,
    });
    const loaded = new Promise((resolve) => {
      frame.addEventListener("load", resolve, { once: true });
    });
    this.#stage.append(frame);
    frame.dataset.width = WIDTHS[choice.width];
    this.#fit();
    return { frame, loaded };
  }

  #swap(frame, choice) {
    const focused = this.#frame !== null && document.activeElement === this.#frame;
    this.#frame = frame;
    this.#width = WIDTHS[choice.width];
    const { left, top } = this.#resume(choice);
    frame.contentWindow.scrollTo({ left, top, behavior: "instant" });
    this.#onFrame(frame.contentDocument);
    frame.classList.remove("coming");
    for (const other of [...this.#stage.children]) {
      if (other !== frame) other.remove();
    }
    for (const name of ["tabindex", "role", "aria-label"]) {
      this.#stage.removeAttribute(name);
    }
    this.#stage.className = "stage framed";
    this.#fit();
    if (focused) frame.focus();
  }

  #put(shown, choice, whole) {
    this.#frame = null;
    this.#width = 0;
    this.#stage.replaceChildren(shown);
    this.#stage.className = "stage";
    if (whole) {
      const { left, top } = this.#resume(choice);
      this.#stage.scrollTo({ left, top, behavior: "instant" });
    }
    this.#scale.textContent = "";
    // It scrolls, so the keyboard has to reach it.
    this.#stage.setAttribute("tabindex", "0");
    this.#stage.setAttribute("role", "group");
    this.#stage.setAttribute("aria-label", choice.view);
  }

  #resume({ document, view }) {
    this.#shown = `${document} ${view}`;
    const known = this.#left.place === this.#shown;
    return known ? this.#left : { left: 0, top: 0 };
  }

  // Make room for a frame's width by making it smaller, never by cutting it.
  #fit() {
    const { clientWidth, clientHeight } = this.#stage;
    if (!clientWidth) return;
    const scaleOf = (width) => Math.min(1, clientWidth / width);
    for (const frame of this.#stage.querySelectorAll("iframe")) {
      const width = Number(frame.dataset.width);
      const scale = scaleOf(width);
      frame.style.width = `${width}px`;
      frame.style.height = `${clientHeight / scale}px`;
      frame.style.left = `${Math.max(0, (clientWidth - width * scale) / 2)}px`;
      frame.style.transform = `scale(${scale})`;
    }
    if (!this.#width) return;
    const scale = scaleOf(this.#width);
    const smaller = scale < 1 ? `, at ${Math.round(scale * 100)} %` : "";
    this.#scale.textContent = `${this.#width} px${smaller}`;
  }
}

function broken(cell) {
  const title = element("p", { class: "lead" }, "This document cannot be made.");
  return element("div", { class: "words" }, title, problemList(cell.problems ?? []));
}

function textOf(cell, { view, document }) {
  if (!cell[view]?.length) {
    const lacking = LACKING[view] ?? "is empty.";
    const said = `“${documentName(document)}” ${lacking}`;
    return element("div", { class: "words" }, element("p", { class: "lead" }, said));
  }
  if (view === "headers") return headersOf(cell.headers);
  if (view === "calendar") return calendarsOf(cell.calendars);
  if (view === "source") return element("pre", { dir: "ltr" }, cell.source);
  return element("pre", { lang: cell.lang, dir: cell.dir }, cell[view]);
}

function headersOf(headers) {
  const rows = headers.map(([name, value]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      element("td", { dir: "auto" }, value),
    ),
  );
  return element("table", { class: "headers" }, element("tbody", {}, ...rows));
}

// Lines of a calendar are folded: a break and a blank stand for nothing (RFC 5545, 3.1).
function calendarsOf(calendars) {
  const parts = calendars.flatMap(({ name, text }) => [
    element("h3", {}, `${name}, unfolded`),
    element("pre", { dir: "ltr" }, text.replace(/\r?\n[ \t]/g, "")),
    element("h3", {}, `${name}, as it is`),
    element("pre", { dir: "ltr" }, text),
  ]);
  return element("div", { class: "words" }, ...parts);
}
