// Problems as a list: what, where, what to do, and the lines around the place.

import { element } from "./dom.js";

const SIGNS = { error: ["✕", "Problem"], warning: ["!", "Warning"] };

export const isError = (problem) => problem.severity === "error";

export function problemList(problems) {
  return element("ul", { class: "problem-list" }, ...problems.map(problemItem));
}

function problemItem(problem) {
  const [sign, word] = SIGNS[problem.severity] ?? SIGNS.warning;
  const badge = element("strong", { class: "badge" }, `${sign} ${word}`);
  return element(
    "li",
    { class: problem.severity },
    element("p", { class: "fact" }, badge, " ", element("bdi", {}, problem.message)),
    problem.hint ? element("p", { class: "hint" }, "Hint: ", problem.hint) : null,
    whereOf(problem),
  );
}

// The place and the rule; below them the lines, folded away where it is only a warning.
function whereOf(problem) {
  const place = placeOf(problem);
  const words = [place ? element("code", {}, place) : null, place ? " " : null, problem.rule];
  if (!problem.excerpt?.length) return element("p", { class: "where" }, ...words);
  const summary = element("summary", { class: "where" }, ...words);
  const open = isError(problem) ? "" : null;
  return element("details", { open }, summary, excerptOf(problem.excerpt, place));
}

const placeOf = ({ place, line, column }) =>
  [place, line, column].filter((part) => part !== null).join(":");

function excerptOf(excerpt, place) {
  const lines = excerpt.map(({ line, text, here }) =>
    element(
      "li",
      { class: here ? "here" : null },
      element("span", { class: "number" }, `${here ? "▸ " : ""}${line}`),
      element("code", {}, text || " "),
    ),
  );
  const label = `Lines around ${place}`;
  return element("ol", { class: "excerpt", "aria-label": label }, ...lines);
}
