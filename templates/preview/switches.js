// The switches above the view: what can be chosen, and what is.

import { byId, element } from "./dom.js";

export class Switches {
  #form;
  #offered = "";

  constructor(form, onChange) {
    this.#form = form;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => {
      const beside = form.elements.beside.checked ? "1" : "";
      onChange({ ...Object.fromEntries(new FormData(form)), beside });
    });
  }

  show(overview, choice) {
    this.#offer(overview, choice.wave);
    for (const name of ["view", "width", "theme", "contact", "zone"]) {
      this.#form.elements[name].value = choice[name];
    }
    this.#form.elements.beside.checked = choice.beside === "1";
    const framed = choice.view === "html";
    byId("widths").disabled = !framed;
    byId("themes").disabled = !framed;
    byId("contact").disabled = !choice.wave;
    byId("zone").disabled = !choice.wave;
  }

  #offer({ contacts, contacts_total, zones, locales, default_locale }, wave) {
    const offered = JSON.stringify([contacts, zones, wave]);
    if (offered === this.#offered) return;
    this.#offered = offered;
    const groups = Map.groupBy(contacts, (each) => each.waves.includes(wave || "none"));
    const more = contacts_total - contacts.length;
    byId("contact").replaceChildren(
      option("", "Sample values"),
      ...group("To be told of this wave", groups.get(true)),
      ...group("Others", groups.get(false)),
      ...(more > 0 ? [element("option", { disabled: "" }, `and ${more} more`)] : []),
    );
    byId("zone").replaceChildren(
      option("", "Reader’s own"),
      ...zones.map((zone) => option(zone, zone)),
    );
    const locale = locales.find((each) => each.tag === default_locale);
    byId("beside-label").textContent = `Beside ${locale?.name ?? default_locale}`;
  }
}

const option = (value, text) => element("option", { value }, text);

function group(label, contacts) {
  if (!contacts) return [];
  const options = contacts.map(({ id, name, locale, customer }) =>
    option(id, `${name}: ${locale}, ${customer}`),
  );
  return [element("optgroup", { label }, ...options)];
}
