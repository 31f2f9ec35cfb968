// The matrix: a row per locale, a column per document and wave, a mark per cell.

import { counted, element } from "./dom.js";

const DOCUMENTS = { page: "Page", faq: "FAQ" };

export const documentName = (id) => DOCUMENTS[id] ?? id[0].toUpperCase() + id.slice(1);

// The columns that have cells, in the order of the documents and of the waves.
export function columnsOf(overview) {
  const waves = new Map(overview.documents.map((id) => [id, new Set()]));
  for (const key of Object.keys(overview.cells)) {
    const [id, , wave] = key.split("/");
    waves.get(id)?.add(wave ?? "");
  }
  return [...waves].flatMap(([id, ids]) => [
    ...(ids.has("") ? [{ document: id, wave: null }] : []),
    ...overview.waves
      .filter((wave) => ids.has(wave.id))
      .map((wave) => ({ document: id, wave })),
  ]);
}

export const cellKey = ({ document, locale, wave }) =>
  wave ? `${document}/${locale}/${wave}` : `${document}/${locale}`;

const percent = (share) => `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;

function sign(cell) {
  const signs = {
    clean: "✓",
    warnings: `! ${cell.warnings}`,
    problems: `✕ ${cell.problems}`,
    untranslated: percent(cell.untranslated),
    pending: "…",
  };
  return signs[cell.mark] ?? "–";
}

export function told(cell) {
  if (cell.mark === "pending") return "pending";
  if (cell.mark === "unknown") return "not known";
  const parts = [
    cell.problems ? counted(cell.problems, "problem") : "",
    cell.warnings ? counted(cell.warnings, "warning") : "",
    cell.untranslated ? `${percent(cell.untranslated)} untranslated` : "",
  ].filter(Boolean);
  return parts.join(", ") || "clean";
}

const UNKNOWN = { mark: "unknown" };

export class Matrix {
  #table;
  #shape = "";
  #rows = [];
  #columns = [];
  #links = new Map();
  #focused = false; // the focus was in what has been drawn anew

  constructor(table, onChoose) {
    this.#table = table;
    table.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const { document, locale, wave } = link.dataset;
      onChoose({ document, locale, wave });
    });
  }

  // Draw anew where rows or columns changed, else only the marks, which keeps the focus.
  draw(overview) {
    const columns = columnsOf(overview);
    const shape = JSON.stringify([columns, overview.locales]);
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#rows = overview.locales;
      this.#columns = columns;
      this.#build(overview.default_locale);
    }
    this.mark(overview.cells);
  }

  mark(cells) {
    for (const [key, { link, name }] of this.#links) {
      const cell = cells[key] ?? UNKNOWN;
      link.className = `mark ${cell.mark}`;
      link.textContent = sign(cell);
      link.setAttribute("aria-label", `${name}: ${told(cell)}`);
      link.title = `${name}: ${told(cell)}`;
    }
  }

  choose(choice) {
    const key = cellKey(choice);
    const focused = this.#focused || this.#table.contains(document.activeElement);
    this.#focused = false;
    for (const [each, { link }] of this.#links) {
      link.tabIndex = each === key ? 0 : -1;
      if (each === key) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const { link } = this.#links.get(key);
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) link.focus();
  }

  // The cell that a step leads to; at the edge, the same one.
  beside(choice, { down = 0, across = 0 }) {
    const row = this.#rows.findIndex((locale) => locale.tag === choice.locale);
    const column = this.#columns.findIndex(
      ({ document, wave }) =>
        document === choice.document && (wave?.id ?? "") === choice.wave,
    );
    const within = (value, list) => list[Math.min(list.length - 1, Math.max(0, value))];
    const { document, wave } = within(column + across, this.#columns);
    return { document, locale: within(row + down, this.#rows).tag, wave: wave?.id ?? "" };
  }

  #build(defaultLocale) {
    this.#focused = this.#table.contains(document.activeElement);
    this.#links.clear();
    const rows = this.#rows.map((locale) => this.#row(locale, defaultLocale));
    this.#table.replaceChildren(this.#head(), element("tbody", {}, ...rows));
  }

  #head() {
    const top = element("tr", {}, element("th", { rowspan: 2, scope: "col" }, "Language"));
    const below = element("tr");
    for (const [id, columns] of Map.groupBy(this.#columns, (each) => each.document)) {
      const waves = columns.filter((column) => column.wave);
      const span = waves.length
        ? { colspan: waves.length, scope: "colgroup" }
        : { rowspan: 2, scope: "col" };
      top.append(element("th", span, documentName(id)));
      for (const { wave } of waves) {
        const titled = { scope: "col", class: "wave", title: `${wave.id}: ${wave.label}` };
        below.append(element("th", titled, element("span", {}, wave.label || wave.id)));
      }
    }
    return element("thead", {}, top, below);
  }

  #row(locale, defaultLocale) {
    const kind = locale.pseudo ? "pseudo" : null;
    const tag = locale.tag === defaultLocale ? `${locale.tag}, default` : locale.tag;
    const head = element(
      "th",
      { scope: "row", class: kind },
      element("bdi", { lang: locale.tag }, locale.name),
      " ",
      element("span", { class: "tag" }, tag),
    );
    const cells = this.#columns.map(({ document, wave }) => {
      const place = { document, locale: locale.tag, wave: wave?.id ?? "" };
      const link = element("a", { href: `#${new URLSearchParams(place)}` });
      Object.assign(link.dataset, place);
      const words = [documentName(document), locale.name, wave && (wave.label || wave.id)];
      const name = words.filter(Boolean).join(", ");
      this.#links.set(cellKey(place), { link, name });
      return element("td", {}, link);
    });
    return element("tr", {}, head, ...cells);
  }
}
