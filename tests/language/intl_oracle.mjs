// Answers questions about texts in fourteen languages from ICU, as JSON.
// Input: {locales, minutes, days, spans, months, moments, lists, counts, ranges}.
import { readFileSync } from "node:fs";

const ask = JSON.parse(readFileSync(0, "utf8"));
const latin = (tag) => `${tag}-u-nu-latn`;
const utcDay = (day) => new Date(`${day}T00:00:00Z`);

function durationOracle(tag) {
  const units = ["day", "hour", "minute"].map(
    (unit) =>
      new Intl.NumberFormat(latin(tag), { style: "unit", unit, unitDisplay: "long" }),
  );
  const join = (type) => new Intl.ListFormat(tag, { type, style: "long" });
  const lists = { prose: join("conjunction"), unit: join("unit") };
  return (minutes) => {
    const counts = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
    let parts = counts.flatMap((n, i) => (n ? [units[i].format(n)] : []));
    if (!parts.length) parts = [units[2].format(0)];
    return [lists.prose.format(parts), lists.unit.format(parts)];
  };
}

function answer(tag) {
  const dates = (options) =>
    new Intl.DateTimeFormat(latin(tag), { timeZone: "UTC", ...options });
  const long = dates({ dateStyle: "long" });
  const full = dates({ dateStyle: "full" });
  const month = dates({ year: "numeric", month: "long" });
  const plural = new Intl.PluralRules(tag);
  const list = new Intl.ListFormat(tag, { type: "conjunction", style: "long" });
  const number = new Intl.NumberFormat(latin(tag));
  return {
    durations: ask.minutes.map(durationOracle(tag)),
    days: ask.days.map((day) => [
      long.format(utcDay(day)),
      full.format(utcDay(day)),
      month.format(utcDay(day)),
    ]),
    spans: ask.spans.map(([a, b]) => long.formatRange(utcDay(a), utcDay(b))),
    months: ask.spans.map(([a, b]) => month.formatRange(utcDay(a), utcDay(b))),
    moments: ask.moments.map(([moment, timeZone]) => {
      const at = new Date(moment);
      const parts = new Intl.DateTimeFormat("en", {
        timeZone, timeZoneName: "longOffset",
      }).formatToParts(at);
      return [
        dates({ timeZone, dateStyle: "full" }).format(at),
        dates({ timeZone, timeStyle: "short" }).format(at),
        parts.find((part) => part.type === "timeZoneName").value,
      ];
    }),
    lists: ask.lists.map((items) => list.format(items)),
    plurals: ask.counts.map((count) => plural.select(count)),
    numbers: ask.numbers.map((value) => number.format(value)),
    ranges: ask.ranges.map(([low, high, unit]) =>
      new Intl.NumberFormat(latin(tag), {
        style: "unit", unit, unitDisplay: "long",
      }).formatRange(low, high),
    ),
  };
}

const answers = Object.fromEntries(ask.locales.map((tag) => [tag, answer(tag)]));
process.stdout.write(JSON.stringify(answers));
