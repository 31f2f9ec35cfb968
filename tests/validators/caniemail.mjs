// Prints what Gmail, Outlook and Apple Mail lack for the HTML on standard input, as
// {feature: [mail programs]}, by the tables of caniemail.com.
import { readFileSync } from "node:fs";

import { caniemail } from "caniemail";

const { issues } = caniemail({
  clients: ["gmail.*", "outlook.*", "apple-mail.*"],
  html: readFileSync(0, "utf8"),
});
const lacking = {};
for (const [client, found] of issues.errors ?? []) {
  for (const { title } of found) {
    (lacking[title] ??= new Set()).add(client);
  }
}
const sorted = Object.entries(lacking).map(([title, clients]) => [title, [...clients].sort()]);
process.stdout.write(JSON.stringify(Object.fromEntries(sorted.sort())));
