// The page: keeps address, matrix, switches and view in step with each other and the server.

import { CHOICES, printAddress, readAddress } from "./address.js";
import { ask, byId, element } from "./dom.js";
import { listen } from "./live.js";
import { documentName, Matrix, told } from "./matrix.js";
import { Pane } from "./pane.js";
import { isError, problemList } from "./problems.js";
import { Switches } from "./switches.js";

const STEPS = {
  ArrowUp: { down: -1 },
  ArrowDown: { down: 1 },
  ArrowLeft: { across: -1 },
  ArrowRight: { across: 1 },
  Home: { across: -Infinity },
  End: { across: Infinity },
};

const SINGLE_KEYS = "notifier-preview-single-keys";

let overview = null; // the notice, as it could last be read
let readable = false;
let choice = null; // what is shown of it
let walking = false; // a walk along the arrows is one step of the history
let aborter = new AbortController();
let reloads = 0;

const matrix = new Matrix(byId("matrix"), (cell) => choose(cell));
const switches = new Switches(byId("switches"), (changed) => choose(changed));
const panes = [new Pane(wireFrame), new Pane(wireFrame)];

// --- choosing ----------------------------------------------------------------------------

function choose(changed, { walk = false } = {}) {
  const address = printAddress({ ...choice, ...changed });
  const next = readAddress(address, overview).choice;
  if (printAddress(next) !== location.hash) {
    const write = walk && walking ? "replaceState" : "pushState";
    history[write](null, "", printAddress(next));
  }
  walking = walk;
  adopt(next);
}

function followAddress() {
  if (!overview) return;
  const { choice: next, note } = readAddress(location.hash, overview);
  const address = printAddress(next);
  if (address !== location.hash) history.replaceState(null, "", address);
  walking = false;
  adopt(next, note);
}

function adopt(next, note = "") {
  choice = next;
  byId("note").textContent = note;
  matrix.choose(choice);
  switches.show(overview, choice);
  if (readable) void render();
}

// --- showing -----------------------------------------------------------------------------

async function render({ changed = false } = {}) {
  aborter.abort();
  aborter = new AbortController();
  const { signal } = aborter;
  const [own, source] = [choice.locale, overview.default_locale].map((tag) =>
    overview.locales.find((locale) => locale.tag === tag),
  );
  const wanted = choice.beside && own !== source ? [own, source] : [own];
  const busy = byId("panes");
  busy.setAttribute("aria-busy", "true");
  panes.forEach(({ node }, index) => {
    if (index >= wanted.length) node.remove();
    else if (!node.isConnected) busy.append(node);
  });
  try {
    const shown = wanted.map((locale, index) => panes[index].show(choice, locale, signal));
    const [cell] = await Promise.all(shown);
    describe(cell, own, changed);
  } catch (error) {
    // Something else was asked for, or nobody answers, which the line says.
    if (!signal.aborted && !(error instanceof TypeError)) throw error;
  } finally {
    if (!signal.aborted) busy.removeAttribute("aria-busy");
  }
}

function describe(cell, locale, changed) {
  const wave = overview.waves.find(({ id }) => id === choice.wave);
  const words = [documentName(choice.document), wave?.label].filter(Boolean);
  byId("title").textContent = words.join(", ");
  document.title = [locale.name, ...words, overview.notice.title].join(" · ");
  const summary = cell.mark ? told(cell.mark) : "cannot be made";
  const framed = choice.view === "html" ? [choice.width, choice.theme] : [];
  const said = [...words, locale.name, choice.view, ...framed, summary].join(", ");
  byId("spoken").textContent = changed ? `Files have changed: ${said}` : said;
  // A document that cannot be made has its problems where it would stand.
  complain(cell.text ? cell : { ...cell, problems: [] }, summary);
}

function complain({ problems, problems_total: total = problems.length }, summary) {
  const worst = problems.some(isError) ? "problems" : "warnings";
  const kind = problems.length ? worst : "clean";
  const sign = { clean: "✓", warnings: "!", problems: "✕" }[kind];
  byId("tally").textContent = `${sign} ${summary}`;
  byId("tally").className = `tally ${kind}`;
  const more = total - problems.length;
  byId("own").hidden = !problems.length;
  byId("own").replaceChildren(
    problemList(problems),
    more > 0 ? element("p", {}, `And ${more} more.`) : "",
  );
}

function complainOfAll({ problems, problems_total: total }) {
  byId("all").hidden = !total;
  byId("all-title").textContent = `The whole notice: ${count(problems, total)}`;
  byId("all-list").replaceChildren(problemList(problems));
}

function count(problems, total) {
  const errors = problems.filter(isError).length;
  return told({ mark: "", problems: errors, warnings: total - errors });
}

// --- what the server says ----------------------------------------------------------------

async function reload() {
  const mine = ++reloads;
  try {
    const next = await ask("/state.json");
    if (mine === reloads) (next.notice ? receive : despair)(next);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // nobody answers, which the line says
  }
}

function receive(next) {
  // A line that was only cut for a while tells nothing new.
  const changed = !readable || overview.version !== next.version;
  const first = overview === null;
  overview = next;
  readable = true;
  document.body.classList.remove("unreadable");
  byId("notice").textContent = next.notice.title;
  byId("folder").textContent = next.notice.folder;
  matrix.draw(next);
  complainOfAll(next);
  const { choice: mended, note } = readAddress(location.hash, next);
  const address = printAddress(mended);
  if (address !== location.hash) history.replaceState(null, "", address);
  choice = mended;
  if (note) byId("note").textContent = note;
  matrix.choose(choice);
  switches.show(next, choice);
  void render({ changed: changed && !first });
}

// The notice cannot be shown: its problems stand where the view was, until the next save.
function despair({ problems, problems_total: total }) {
  aborter.abort();
  panes.forEach((pane) => pane.hold());
  readable = false;
  document.body.classList.add("unreadable");
  matrix.mark({});
  byId("title").textContent = "The notice cannot be shown";
  document.title = "✕ The notice cannot be shown";
  byId("note").textContent = "";
  byId("all").hidden = true;
  const summary = count(problems, total);
  complain({ problems, problems_total: total }, summary);
  byId("spoken").textContent = `The notice cannot be shown: ${summary}`;
}

async function remark() {
  const next = await ask("/state.json").catch(() => null);
  if (readable && next?.version === overview.version) matrix.mark(next.cells);
}

function showLine(answers) {
  byId("line").textContent = answers ? "Live" : "Disconnected: trying again";
  byId("line").classList.toggle("lost", !answers);
  // Whatever was saved meanwhile has not been told.
  if (answers) void reload();
}

// --- keys --------------------------------------------------------------------------------

function onKey(event) {
  const { key, altKey, ctrlKey, metaKey, target } = event;
  if (!choice || metaKey || byId("keys").open) return;
  const isArrow = key.startsWith("Arrow");
  // Alt with an arrow opens the list of a select.
  const steps = altKey
    ? isArrow && !target.matches("select")
    : byId("matrix").contains(target) && !(ctrlKey && isArrow);
  if (steps && key in STEPS) walk(event);
  else if (!altKey && !ctrlKey && !target.matches("select") && byId("single-keys").checked) {
    const view = CHOICES.view[Number(key) - 1];
    if (view) choose({ view });
    if (key === "?") byId("keys").showModal();
  }
}

function walk(event) {
  event.preventDefault();
  const { across = 0, down = event.ctrlKey ? across : 0 } = STEPS[event.key];
  choose(matrix.beside(choice, { across, down }), { walk: true });
}

// In a frame nothing runs, so the page around it listens: for its keys, and for links,
// which would lead away from the preview.
function wireFrame(inside) {
  inside.addEventListener("keydown", onKey);
  inside.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    byId("note").textContent = `This link leads to ${link.getAttribute("href")}`;
  });
}

document.addEventListener("keydown", onKey);
addEventListener("hashchange", followAddress);
byId("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address bar holds something else
  byId("view").focus();
});
byId("open-keys").addEventListener("click", () => byId("keys").showModal());
byId("single-keys").checked = localStorage.getItem(SINGLE_KEYS) !== "off";
byId("single-keys").addEventListener("change", ({ target }) => {
  localStorage.setItem(SINGLE_KEYS, target.checked ? "on" : "off");
});
listen({ onChange: reload, onMarks: remark, onLine: showLine });
