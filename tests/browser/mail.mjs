// Opens messages in Chromium, each on light and dark paper. Reads
// {"browser": path, "files": [paths], "width": pixels} and prints, per file and paper, what axe found, how far the page is wider than the window,
// and what was asked of the network.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../validators/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const { browser: executablePath, files, width } = JSON.parse(readFileSync(0, "utf8"));
// A mail program shows the message inside its own page, which has the landmarks.
const rules = { "landmark-one-main": { enabled: false }, region: { enabled: false } };
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const found = [];
for (const colorScheme of ["light", "dark"]) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
  for (const file of files) {
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    await page.addScriptTag({ content: axe });
    const { violations, passes } = await page.evaluate(
      (options) => globalThis.axe.run(document, options),
      { rules },
    );
    found.push({
      file,
      colorScheme,
      violations: violations.map((each) => `${each.id}: ${each.nodes[0].html}`),
      passes: passes.map((each) => each.id),
      overflow: await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ),
      asked: asked.filter((url) => !url.startsWith("file:") && !url.startsWith("cid:")),
      paper: await page.evaluate(
        () => getComputedStyle(document.querySelector(".sheet")).backgroundColor,
      ),
    });
    await page.close();
  }
  await context.close();
}
await browser.close();
process.stdout.write(JSON.stringify(found));
