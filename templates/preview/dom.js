// What every part of the page uses: elements, counts, requests.

export const byId = (id) => document.getElementById(id);

export const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

// Texts only ever become text nodes and attribute values, so none is read as HTML.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export async function ask(path, signal) {
  const response = await fetch(path, { signal, cache: "no-store" });
  return { found: response.ok, ...(await response.json()) };
}
