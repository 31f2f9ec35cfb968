// The address bar holds what is shown: read it, mend it, write it.

import { columnsOf } from "./matrix.js";

export const CHOICES = {
  view: ["html", "text", "markdown", "calendar", "headers", "source"],
  width: ["phone", "tablet", "desktop"],
  theme: ["light", "dark", "inverted"],
};

// What the address asks for, as far as the notice has it, and a note on what it lacks.
export function readAddress(hash, overview) {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const notes = [];
  const pick = (key, known, otherwise) => {
    const value = asked.get(key);
    if (known.includes(value)) return value;
    const instead = otherwise ? `; this is “${otherwise}”` : "";
    if (value) notes.push(`There is no ${key} “${value}” here${instead}.`);
    return otherwise;
  };
  const columns = columnsOf(overview);
  const documents = [...new Set(columns.map((column) => column.document))];
  const chosen = pick("document", documents, documents[0]);
  const waves = columns
    .filter((column) => column.document === chosen && column.wave)
    .map((column) => column.wave.id);
  const tags = overview.locales.map((locale) => locale.tag);
  const ids = overview.contacts.map((contact) => contact.id);
  const choice = {
    document: chosen,
    locale: pick("locale", tags, overview.default_locale),
    wave: waves.length ? pick("wave", waves, waves[0]) : "",
    view: pick("view", CHOICES.view, "html"),
    width: pick("width", CHOICES.width, innerWidth < 700 ? "phone" : "desktop"),
    theme: pick("theme", CHOICES.theme, "light"),
    contact: pick("contact", ids, ""),
    zone: pick("zone", overview.zones, ""),
    beside: pick("beside", ["1"], ""),
  };
  return { choice, note: notes.join(" ") };
}

export function printAddress(choice) {
  const kept = Object.entries(choice).filter(([, value]) => value);
  return `#${new URLSearchParams(kept)}`;
}

// What the server has to know to make a cell.
export function cellQuery({ document, locale, wave, contact, zone }) {
  const asked = Object.entries({ document, locale, wave, contact, zone });
  return new URLSearchParams(asked.filter(([, value]) => value));
}
