// Opens the playground of a running server in Chromium, as a person would, and asks from pages of other origins.
//
//     node run.mjs PLAYGROUND OPEN_API ALLOWED_PAGE OTHER_PAGE
//
// PLAYGROUND is the server whose pages are opened; OPEN_API another one, which a page at ALLOWED_PAGE may ask and one at
// OTHER_PAGE may not. All are origins. It ends with 0 when all is well, and says what it did.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { chromium } from "playwright-core";

const [playground, openApi, allowedPage, otherPage] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
// How long anything may take to show, in milliseconds: other tests may have the processors while the editor is loaded.
const PATIENCE = 180_000;
// What Chromium would ask of its maker's hosts by itself is switched off: the tests have no other network.
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A page that must ask nothing of another origin, say nothing on the console and keep its policy. */
async function open(browser, address, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const wrong = [];
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
    });
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => wrong.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== playground && url.protocol !== "data:") wrong.push(`another origin: ${url.href}`);
  });
  const response = await page.goto(`${playground}${address}`);
  assert.equal(response.status(), 200, address);
  const fine = async () => {
    assert.deepEqual(wrong, [], `${address} ${JSON.stringify(options)}`);
    await context.close();
  };
  return { page, response, fine };
}

/** The text of an answer once it has some words. */
async function answered(page, selector, words) {
  const shown = page.locator(selector);
  await shown.getByText(words).first().waitFor();
  return shown.innerText();
}

/** The names of the playground's examples, in the order of their files. */
async function examples() {
  const folder = new URL("../documents/playground/", import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".graphql")).sort();
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8")));
  return texts.map((text) => text.match(/^query (\w+)/m)[1]);
}

/** Runs the operation that the editor shows, once it is there. */
async function run(page, operation) {
  await page.locator(".graphiql-query-editor").getByText(operation, { exact: true }).waitFor();
  // GraphiQL reads which operations a document has a moment after it was typed or shown.
  await page.waitForTimeout(500);
  await page.getByRole("button", { name: /execute query/i }).click();
}

const tests = {
  async "the first example runs, with its variables"(browser) {
    const { page, response, fine } = await open(browser, "/");
    assert.doesNotMatch(response.headers()["content-security-policy"], /unsafe-eval|script-src[^;]*unsafe-inline/);
    await run(page, "OneCompany");
    await answered(page, ".result-window", "Beijing");
    await fine();
  },

  async "each example is a tab and is answered without errors"(browser) {
    const { page, fine } = await open(browser, "/");
    await page.locator(".graphiql-query-editor").getByText("OneCompany").waitFor();
    const tabs = page.getByRole("tab");
    const names = (await tabs.allInnerTexts()).map((name) => name.trim());
    assert.deepEqual(names, await examples());
    for (const name of names) {
      await page.locator(".graphiql-tab-button", { hasText: name }).click();
      const answer = page.waitForResponse((received) => received.request().postDataJSON()?.query.includes(`query ${name}`));
      await run(page, name);
      const { data, errors } = await (await answer).json();
      assert.equal(errors, undefined, name);
      assert.notEqual(Object.values(data)[0], null, name);
      await answered(page, ".result-window", `"${Object.keys(data)[0]}"`);
    }
    await fine();
  },

  async "the documentation of a type is found, and a run is in the history"(browser) {
    const { page, fine } = await open(browser, "/");
    await run(page, "OneCompany");
    await answered(page, ".result-window", "Beijing");
    await page.getByRole("button", { name: /documentation explorer/i }).first().click();
    const documentation = page.locator(".graphiql-doc-explorer");
    await documentation.getByRole("link", { name: "Query", exact: true }).click();
    await documentation.getByRole("link", { name: "Company", exact: true }).first().click();
    await documentation.getByText("legalName").first().waitFor();
    await documentation.getByText(/legal entity that holds/).first().waitFor();
    await page.getByRole("button", { name: /show history/i }).click();
    await page.locator(".graphiql-history").getByText("OneCompany").first().waitFor();
    await fine();
  },

  async "the editor completes the fields of a type"(browser) {
    const { page, fine } = await open(browser, "/");
    const editor = page.locator(".graphiql-query-editor .monaco-editor");
    await editor.getByText("legalName").waitFor();
    // The schema is read before anything can be completed from it.
    await page.getByRole("button", { name: /documentation explorer/i }).first().click();
    await page.locator(".graphiql-doc-explorer").getByRole("link", { name: "Query", exact: true }).waitFor();
    await editor.getByText("legalName").dblclick();
    await page.keyboard.type("descr");
    await page.keyboard.press("Control+Space");
    await page.locator(".suggest-widget").getByText("description").first().waitFor();
    await fine();
  },

  async "it fits a phone, in the dark too"(browser) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, fine } = await open(browser, "/", { viewport: { width: 400, height: 800 }, colorScheme });
      await run(page, "OneCompany");
      await answered(page, ".result-window", "Beijing");
      const [editor, result, wide] = await page.evaluate(() => [
        document.querySelector(".graphiql-query-editor").getBoundingClientRect().width,
        document.querySelector(".result-window").getBoundingClientRect().width,
        document.documentElement.scrollWidth,
      ]);
      assert.ok(editor > 340 && result > 340 && wide <= 400, `${editor}, ${result} of ${wide} pixels`);
      await fine();
    }
  },

  async "the GraphQL address opened in a browser is the playground"(browser) {
    const { page, fine } = await open(browser, "/graphql");
    await page.locator(".graphiql-query-editor").getByText("OneCompany").waitFor();
    await fine();
  },

  async "the plain page answers, with scripts and without"(browser) {
    const { page, fine } = await open(browser, "/plain");
    await page.getByRole("button", { name: "Run" }).click();
    await answered(page, "#answer", "Beijing");
    await fine();
    const plain = await open(browser, "/plain", { javaScriptEnabled: false });
    await plain.page.getByRole("button", { name: "Run" }).click();
    await plain.page.waitForURL(/\/graphql\?query=/);
    assert.match(await plain.page.content(), /Beijing/);
    await plain.fine();
  },

  async "a page of an allowed origin may ask, another one may not"(browser) {
    const ask = async (origin, api) => {
      const page = await browser.newPage();
      await page.goto(`${origin}/health/live`);
      const answer = await page.evaluate(async (address) => {
        const request = {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-App": "a header that has the browser ask beforehand" },
          body: JSON.stringify({ query: "{ __typename }" }),
        };
        const outcome = (response) => response.text().then((text) => [text, response.headers.get("x-request-id")]);
        return fetch(`${address}/graphql`, request).then(outcome, (error) => [error.name, null]);
      }, api);
      await page.close();
      return answer;
    };
    const [text, id] = await ask(allowedPage, openApi);
    assert.equal(text, '{"data":{"__typename":"Query"}}');
    assert.ok(id, "the page may read the request's id");
    assert.deepEqual(await ask(otherPage, openApi), ["TypeError", null]);
    assert.deepEqual(await ask(allowedPage, playground), ["TypeError", null], "closed when nothing is set");
  },
};

const browser = await chromium.launch({ executablePath, args });
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test(browser);
    console.log(`ok: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED: ${name}\n${error.stack}`);
  }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
