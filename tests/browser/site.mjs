// Opens pages of the web site in Chromium, as files. Reads {"browser": path, "look": [paths],
// "narrow": [paths], "silent": [paths], "print": [paths], "zones": [[path, zone]]} and prints
// a list for each, with
// look    what axe finds, by theme and width
// narrow  how far the page is wider than a window of 320 pixels
// silent  without JavaScript: what a keyboard cannot open, and what is not shown even so
// print   what is not shown on paper; how many parts the script opens for it, and leaves open
// zones   what is told of each wave to a reader in that time zone
// and everywhere the addresses asked for that are no files, and the errors of the page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../validators/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const asked = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({ executablePath: asked.browser, args: ["--no-sandbox"] });

// Lets `use` find something on each page, in a window with these options.
async function seen(files, options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const found = [];
  for (const file of files) {
    const page = await context.newPage();
    const network = [];
    const errors = [];
    page.on("request", (request) => network.push(request.url()));
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("requestfailed", (request) => errors.push(`not found: ${request.url()}`));
    page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
    await page.goto(pathToFileURL(file).href);
    found.push({
      file,
      ...(await use(page)),
      network: network.filter((url) => !url.startsWith("file:")),
      errors,
    });
    await page.close();
  }
  await context.close();
  return found;
}

// The texts of the page that have no place on the screen; `skipped` need none.
const hidden = (page, skipped) =>
  page.evaluate((without) => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const lost = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || node.parentElement.closest(without)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { width, height } = range.getBoundingClientRect();
      if (!width || !height || !node.parentElement.checkVisibility()) lost.push(node.data.trim());
    }
    return lost;
  }, skipped);

const openParts = (page) =>
  page.evaluate(() => document.querySelectorAll("main details[open]").length);

async function look(page) {
  // A policy that forbids other scripts does not hold for what is evaluated.
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document));
  return {
    violations: violations.map((each) => `${each.id}: ${each.nodes[0].html}`),
    passes: passes.map((each) => each.id),
    paper: await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
  };
}

async function narrow(page) {
  const overflow = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  const closed = await overflow();
  await page.evaluate(() => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });
  return { overflow: Math.max(closed, await overflow()) };
}

async function silent(page) {
  const parts = page.locator("summary:visible");
  const count = await parts.count();
  const reached = new Set();
  // Tab from the top, and open whatever can be opened, until the focus leaves the page.
  for (let steps = 0; steps < 400; steps += 1) {
    await page.keyboard.press("Tab");
    const place = await page.evaluate(() => {
      const element = document.activeElement;
      const summaries = [...document.querySelectorAll("summary")];
      return element === document.body ? null : summaries.indexOf(element);
    });
    if (place === null) break;
    if (place < 0 || reached.has(place)) continue;
    reached.add(place);
    await page.keyboard.press("Enter");
  }
  return {
    unreached: count - reached.size,
    closed: await page.locator("details:not([open]):visible").count(),
    lost: await hidden(page, ".fold, .side, .label, svg"),
  };
}

async function print(page) {
  await page.emulateMedia({ media: "print" });
  const lost = await hidden(page, ".fold, .side, .label, .actions, .crumb, .support > p + p");
  // For browsers whose style cannot show what is closed, the script opens it.
  await page.evaluate(() => globalThis.dispatchEvent(new Event("beforeprint")));
  const open = await openParts(page);
  await page.evaluate(() => globalThis.dispatchEvent(new Event("afterprint")));
  return { lost, open, after: await openParts(page) };
}

const zone = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".wave")].map((wave) => ({
      start: wave.querySelector("time").dateTime,
      end: wave.querySelector("time").dataset.end,
      rows: [...wave.querySelectorAll("dl > div")].map((row) => [
        row.querySelector("dt").textContent,
        row.querySelector("dd").textContent,
      ]),
    })),
  ).then((waves) => ({ waves }));

const found = { look: [], zones: [] };
for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
    const options = { colorScheme, viewport: { width, height: 800 } };
    const pages = await seen(asked.look ?? [], options, look);
    found.look.push(...pages.map((each) => ({ ...each, colorScheme, width })));
  }
}
found.narrow = await seen(asked.narrow ?? [], { viewport: { width: 320, height: 640 } }, narrow);
found.silent = await seen(asked.silent ?? [], { javaScriptEnabled: false }, silent);
found.print = await seen(asked.print ?? [], {}, print);
for (const [file, timezoneId] of asked.zones ?? []) {
  found.zones.push(...(await seen([file], { timezoneId }, zone)));
}
await browser.close();
process.stdout.write(JSON.stringify(found));
