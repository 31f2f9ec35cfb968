// Uses the preview as people do. Reads {"browser", "command", "sample", "hostile", "shots"}:
// the browser's path, what starts a server when a folder and a port are added, a copy of
// the sample and a hostile folder, both free to be changed, a folder for screenshots.
// Prints one object: per part of `parts` below, what was seen.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(new URL("../validators/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const given = JSON.parse(readFileSync(0, "utf8"));

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 360, height: 740 };
const MAIL = "#document=announcement&locale=it&wave=production-1";
const PAGE = "#document=page&locale=en";
const IMAGE = "<img src=x onerror=top.__ran=9>";
const REASON = "To keep your messages arriving";

const browser = await chromium.launch({
  executablePath: given.browser,
  args: ["--no-sandbox"],
});
const foreign = []; // requests to another origin, of all pages
const faults = []; // scripts that failed, dialogs
const reports = []; // errors that the console shows

// --- servers and pages -------------------------------------------------------------------

async function serve(folder, port = 0) {
  const [program, ...words] = given.command;
  const server = spawn(program, [...words, folder, "--port", String(port)], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  process.on("exit", () => server.kill());
  const [line] = await once(server.stdout, "data");
  return { url: String(line).trim(), end: () => (server.kill("SIGINT"), once(server, "exit")) };
}

async function open(url, { hash = "", viewport = DESK, colorScheme = "light" } = {}) {
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const isForeign = (asked) => !asked.startsWith(url) && !/^(data|about):/.test(asked);
  const note = async (request) => {
    // What the policy stops is told of as a request, too.
    const stopped = request.failure()?.errorText === "csp";
    if (isForeign(request.url()) && !stopped) foreign.push(request.url());
  };
  page.on("requestfinished", note);
  page.on("requestfailed", note);
  page.on("console", (said) => {
    if (said.type() === "error") reports.push(said.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("dialog", async (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.goto(url + hash);
  await settled(page);
  return page;
}

const settled = (page) =>
  page.waitForFunction(
    () =>
      document.body.classList.contains("unreadable") ||
      (document.querySelector(".stage > :not(.coming)") &&
        !document.querySelector("#panes[aria-busy]")),
  );

// What is shown now: of a frame its document, of a text the text.
const seen = (page, index = 0) =>
  page.evaluate((which) => {
    const pane = document.querySelectorAll(".pane")[which];
    const frame = pane.querySelector("iframe");
    const inside = frame?.contentDocument;
    return {
      lang: inside ? inside.documentElement.lang : pane.querySelector("pre")?.lang,
      dir: inside ? inside.documentElement.dir : pane.querySelector("pre")?.dir,
      text: inside ? inside.body.innerText : pane.querySelector(".stage").innerText,
      width: frame?.contentWindow.innerWidth,
      paper: inside && frame.contentWindow.getComputedStyle(inside.body).backgroundColor,
      filter: inside && frame.contentWindow.getComputedStyle(inside.documentElement).filter,
    };
  }, index);

const state = (page) =>
  page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));

const told = (page, id) => page.evaluate((name) => document.getElementById(name).textContent, id);

const chosen = (page) => page.getAttribute('#matrix a[aria-current="true"]', "aria-label");

async function pick(page, name, value) {
  await page.check(`input[name=${name}][value=${value}]`, { force: true });
  await settled(page);
}

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
  await settled(page);
}

// --- files -------------------------------------------------------------------------------

const FACTS = join(given.sample, "notice.yaml");
const original = readFileSync(FACTS, "utf8");

// As most editors save: beside the file, then over it.
function save(text) {
  writeFileSync(`${FACTS}.new`, text);
  renameSync(`${FACTS}.new`, FACTS);
}

// Save *text*, and return after how many milliseconds the page shows *word*, looked for in
// each frame that it paints.
async function saved(page, text, word) {
  const shown = page.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          const inside = document.querySelector(".stage iframe:not(.coming)")?.contentDocument;
          const all = inside?.body.textContent + document.getElementById("view").textContent;
          if (all.includes(wanted)) resolve(Date.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    word,
  );
  const start = Date.now();
  save(text);
  return (await shown) - start;
}

// --- the parts ---------------------------------------------------------------------------

const parts = {
  async cells({ url }) {
    const page = await open(url);
    const links = await page.$$eval("#matrix a", (all) => all.map((link) => ({ ...link.dataset })));
    const found = [];
    for (const cell of links) {
      const { document: name, locale, wave } = cell;
      await page.click(
        `#matrix a[data-document="${name}"][data-locale="${locale}"][data-wave="${wave}"]`,
      );
      await settled(page);
      const { lang, text } = await seen(page);
      found.push({ ...cell, lang, characters: text.length, spoken: await told(page, "spoken") });
    }
    return found;
  },

  async switches({ url }) {
    const page = await open(url, { hash: MAIL });
    const found = { views: {}, widths: {}, themes: {} };
    for (const view of ["text", "markdown", "calendar", "headers", "source", "html"]) {
      await pick(page, "view", view);
      found.views[view] = (await seen(page)).text;
    }
    for (const width of ["phone", "tablet", "desktop"]) {
      await pick(page, "width", width);
      found.widths[width] = (await seen(page)).width;
    }
    for (const theme of ["dark", "inverted", "light"]) {
      await pick(page, "theme", theme);
      const { paper, filter } = await seen(page);
      found.themes[theme] = [paper, filter];
    }
    await page.selectOption("#contact", "aurora/giulia.ferrari@aurora.example.com");
    await settled(page);
    found.contact = (await seen(page)).text;
    await page.selectOption("#zone", "Asia/Tokyo");
    await settled(page);
    found.zone = (await seen(page)).text;
    found.state = await state(page);
    await page.click('#matrix a[data-document="page"][data-locale="it"]');
    await pick(page, "view", "headers");
    found.lacking = (await seen(page)).text;
    return found;
  },

  async keyboard({ url }) {
    const page = await open(url, { hash: MAIL });
    const steps = {};
    const step = async (name, ...keys) => {
      await press(page, ...keys);
      const { document: shown, locale, wave = "" } = await state(page);
      steps[name] = [shown, locale, wave].filter(Boolean).join("/");
    };
    const focus = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    await press(page, "Tab");
    const first = await page.evaluate(() => document.activeElement.id);
    await press(page, "Enter");
    const skipped = await page.evaluate(() => document.activeElement.id);
    await step("alt down", "Alt+ArrowDown");
    await step("alt left", "Alt+ArrowLeft");
    await page.focus("#matrix a[aria-current]");
    await step("up", "ArrowUp");
    await step("right", "ArrowRight");
    await step("end", "End");
    await step("beyond", "ArrowRight");
    await step("home", "Home");
    await step("last", "Control+End");
    await step("first", "Control+Home");
    const focused = await focus();
    const tabbable = await page.$$eval("#matrix a", (all) => all.filter((a) => !a.tabIndex).length);
    await press(page, "2");
    const { view } = await state(page);
    await page.keyboard.press("?");
    const keys = await page.evaluate(() => document.getElementById("keys").open);
    await page.uncheck("#single-keys");
    await page.keyboard.press("Escape");
    await press(page, "3");
    const still = (await state(page)).view;
    await page.focus("input[name=view]:checked");
    await step("a radio's own", "ArrowLeft"); // a radio group takes it
    await page.focus(".stage iframe");
    await step("alt in the frame", "Alt+ArrowDown");
    return { steps, first, skipped, focused, tabbable, view, keys, still };
  },

  async address({ url }) {
    const deep = `${MAIL}&view=text&width=tablet&theme=dark&zone=Asia%2FTokyo&beside=1`;
    const page = await open(url, { hash: deep });
    const found = { deep: await state(page), title: await page.title() };
    await page.goto(`${url}#document=nothing&locale=xx&view=smell&theme=dark`);
    await settled(page);
    found.mended = await state(page);
    found.note = await told(page, "note");
    return found;
  },

  async history({ url }) {
    const page = await open(url, { hash: MAIL });
    const locales = [];
    const look = async () => {
      await settled(page);
      locales.push(`${(await state(page)).locale} ${(await seen(page)).lang}`);
    };
    await page.click('#matrix a[data-document="page"][data-locale="fr"]');
    await look();
    await press(page, "ArrowDown", "ArrowDown", "ArrowDown");
    await look();
    for (const way of ["goBack", "goBack", "goForward"]) {
      await page[way]();
      await page.waitForFunction(
        (before) => !location.hash.includes(before),
        `locale=${locales.at(-1).split(" ")[0]}&`,
      );
      await look();
    }
    return locales;
  },

  async live({ url }) {
    const page = await open(url, { hash: PAGE });
    const scroll = () =>
      page.evaluate(() => {
        const frame = document.querySelector(".stage iframe");
        return frame ? frame.contentWindow.scrollY : document.querySelector(".stage").scrollTop;
      });
    await page.evaluate(() => {
      document.querySelector(".stage iframe").contentWindow.scrollTo(0, 400);
      // Counts the moments at which nothing is shown.
      globalThis.gaps = 0;
      const look = () => {
        if (!document.querySelector(".stage iframe:not(.coming)")) globalThis.gaps += 1;
        requestAnimationFrame(look);
      };
      look();
    });
    const times = [];
    for (let turn = 1; turn <= 7; turn += 1) {
      const words = `Turn ${turn} keeps`;
      times.push(await saved(page, original.replace("To keep", words), words));
      await settled(page);
    }
    const found = { times, html: await scroll(), gaps: await page.evaluate(() => globalThis.gaps) };
    for (let turn = 1; turn <= 20; turn += 1) save(original.replace("To keep", `Save ${turn} of`));
    await page.waitForFunction(() =>
      document
        .querySelector(".stage iframe:not(.coming)")
        ?.contentDocument.body.innerText.includes("Save 20 of"),
    );
    await pick(page, "view", "markdown");
    await page.evaluate(() => document.querySelector(".stage").scrollTo(0, 300));
    await saved(page, original.replace("To keep", "A text keeps"), "A text keeps");
    await settled(page);
    found.text = await scroll();
    found.spoken = await told(page, "spoken");
    await saved(page, original, REASON);
    return found;
  },

  async recovery({ url }) {
    const page = await open(url, { hash: PAGE });
    await page.evaluate(() =>
      document.querySelector(".stage iframe").contentWindow.scrollTo(0, 350),
    );
    await saved(page, original.replace("kind: upgrade", "kind: upgrede"), "did you mean");
    const found = {
      title: await told(page, "title"),
      problems: await page.locator("#own").innerText(),
      here: await page.locator("#own .here code").first().textContent(),
      isHidden: await page.locator("#panes").isHidden(),
      mark: await chosen(page),
      axe: await judged(page),
    };
    await page.screenshot({ path: join(given.shots, "broken.png") });
    await page.reload();
    await settled(page);
    found.afterReload = await told(page, "title");
    await page.goto("about:blank");
    await page.goto(url + PAGE);
    await settled(page);
    await saved(page, original, REASON);
    await settled(page);
    found.recovered = await told(page, "title");
    await page.evaluate(() =>
      document.querySelector(".stage iframe").contentWindow.scrollTo(0, 350),
    );
    await saved(page, original.replace("kind: upgrade", "kind: upgrede"), "did you mean");
    save(original);
    await page.waitForFunction(() => !document.body.classList.contains("unreadable"));
    await settled(page);
    found.scroll = await page.evaluate(
      () => document.querySelector(".stage iframe").contentWindow.scrollY,
    );
    return found;
  },

  async beside({ url }) {
    const page = await open(url, { hash: MAIL.replace("it", "ar") });
    await page.check("input[name=beside]");
    await settled(page);
    const found = { both: [(await seen(page, 0)).lang, (await seen(page, 1)).lang] };
    await pick(page, "view", "text");
    const [own, source] = [await seen(page, 0), await seen(page, 1)];
    found.texts = [own, source].map(({ lang, dir }) => [lang, dir]);
    await page.screenshot({ path: join(given.shots, "beside.png") });
    await page.click('#matrix a[data-document="page"][data-locale="en"]');
    await settled(page);
    found.ofDefault = await page.locator(".pane").count();
    return found;
  },

  async looks({ url }) {
    const found = [];
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [DESK, PHONE]) {
        const page = await open(url, { hash: `${MAIL}&beside=1`, viewport, colorScheme });
        for (const view of ["html", "calendar", "headers"]) {
          await pick(page, "view", view);
          const name = `${view}-${viewport.width}-${colorScheme}`;
          found.push({ name, violations: await judged(page) });
          const fullPage = viewport !== DESK;
          await page.screenshot({ path: join(given.shots, `${name}.png`), fullPage });
        }
        await page.click("#open-keys");
        found.push({ name: "keys", violations: await judged(page) });
        await page.context().close();
      }
    }
    return found;
  },

  async narrow({ url }) {
    const page = await open(url, { hash: MAIL, viewport: NARROW });
    const found = {};
    for (const view of ["html", "text", "markdown", "calendar", "headers", "source"]) {
      await pick(page, "view", view);
      found[view] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
    }
    return found;
  },

  async links({ url }) {
    const page = await open(url, { hash: MAIL });
    const before = await page.evaluate(() => document.querySelector("iframe").contentDocument.URL);
    await page.frameLocator(".stage iframe").locator('a[href^="https:"]').first().click();
    const after = await page.evaluate(() => document.querySelector("iframe").contentDocument.URL);
    return {
      note: await told(page, "note"),
      stays: before === after,
      tabs: page.context().pages().length,
    };
  },

  async restart(server) {
    const { url } = server;
    const page = await open(url, { hash: PAGE });
    const lineIs = (words) =>
      page.waitForFunction((wanted) => document.getElementById("line").textContent === wanted, words);
    await lineIs("Live");
    await server.end();
    await lineIs("Disconnected: trying again");
    const kept = (await seen(page)).text.includes(REASON);
    save(original.replace("To keep", "Meanwhile, to keep"));
    const again = await serve(given.sample, new URL(url).port);
    await lineIs("Live");
    await page.waitForFunction(() =>
      document
        .querySelector(".stage iframe:not(.coming)")
        ?.contentDocument.body.innerText.includes("Meanwhile, to keep"),
    );
    save(original);
    await again.end();
    return { kept, same: again.url === url };
  },
};

async function judged(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { iframes: false }),
  );
  return violations.map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 200)}`);
}

// Every cell of a folder full of scripts, and every view of one; what ran left a mark.
async function attack() {
  const server = await serve(given.hostile);
  const page = await open(server.url, { hash: `#document=${encodeURIComponent(IMAGE)}` });
  const found = { note: await told(page, "note"), texts: {}, ran: [] };
  const look = async () => {
    const ran = await page.evaluate(() => globalThis.__ran ?? null);
    if (ran !== null) found.ran.push(ran);
  };
  const links = await page.locator("#matrix a").all();
  for (const link of links) {
    await link.click();
    await settled(page);
    await look();
  }
  found.cells = links.length;
  await page.click('#matrix a[data-wave="production-1"][data-locale="en"]');
  await page.check("input[name=beside]");
  await page.selectOption("#contact", { index: 1 });
  for (const view of ["text", "markdown", "calendar", "headers", "source", "html"]) {
    await pick(page, "view", view);
    found.texts[view] = (await seen(page)).text;
    await look();
  }
  await page.frameLocator(".pane:first-child iframe").locator("#out").click();
  found.address = page.url().startsWith(server.url);
  found.title = await told(page, "notice");
  const broken = readFileSync(join(given.hostile, "broken.txt"));
  writeFileSync(join(given.hostile, "notice.yaml"), broken);
  await page.waitForFunction(() => document.body.classList.contains("unreadable"));
  await look();
  found.problems = await page.locator("#own").innerText();
  await server.end();
  return found;
}

const server = await serve(given.sample);
const report = {};
for (const [name, part] of Object.entries(parts)) {
  report[name] = await part(server);
  // An open page would go on to reload.
  await Promise.all(browser.contexts().map((context) => context.close()));
}
// That nobody answers for a while is what `restart` wants.
const expected = (text) => text.includes("ERR_CONNECTION_REFUSED") || text.includes("ERR_INCOMPLETE");
report.faults = [...faults.splice(0), ...reports.filter((text) => !expected(text))];
report.foreign = [...foreign];
report.hostile = { ...(await attack()), faults: faults.splice(0), foreign };
await browser.close();
process.stdout.write(JSON.stringify(report), () => process.exit());
