import { expect, onTestFinished, test } from "vitest";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { rememberInstallation } from "../../src/store/installations.ts";
import { findChromium, openBrowser } from "../support/browser.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { inTransaction } from "../support/ledger.ts";
import { startTestApp, type TestApp } from "../support/start-test-app.ts";

const chromium = findChromium();

async function mergeIn(app: TestApp, repository: Repository): Promise<void> {
  const { forge, ada, quiet } = app;
  const message = `Count the days\n\nCo-authored-by: Grace Sample <grace@example.org>`;
  await commitTo(forge, repository, { branch: "topic", author: ada, message });
  const wanted = { repository, title: "Count <b>by</b> the calendar", body: null, head: "topic", base: "main" };
  const pull = await openPull(forge, wanted, by(ada));
  await quiet();
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  await quiet();
}

async function startWithTides(): Promise<TestApp> {
  const app = await startTestApp();
  const { forge, acme, ada, installation } = app;
  const tides = await createRepository(forge, { owner: acme, name: "tides", private: false, autoInit: true }, by(ada));
  const secrets = await createRepository(forge, { owner: acme, name: "keys", private: true, autoInit: true }, by(ada));
  await inTransaction(app.app.deps.database, (transaction) =>
    rememberInstallation(transaction, { installationId: installation.id, accountId: acme.id, login: acme.login }),
  );
  await mergeIn(app, tides);
  await mergeIn(app, secrets);
  return app;
}

test("what is merged in a public repository is in the ledger on the web, and what is merged in a private one is not", async () => {
  const app = await startWithTides();
  const get = async (path: string): Promise<string> => (await app.app.http.request(`http://127.0.0.1${path}`)).text();
  expect(await get("/")).toContain('<a href="/acme">acme</a>');
  const page = await get("/acme");
  // The pull request, and the first commit of the repository.
  expect(page).toMatch(/2 people have\s+credit for 2 pieces/);
  expect(page).not.toContain("keys");
  const person = await get("/acme/-/people/grace");
  expect(person).toContain(`href="${app.forge.web}/acme/tides/pull/1"`);
  expect(person).toContain("Count &lt;b&gt;by&lt;/b&gt; the calendar");
  expect(JSON.parse(await get("/api/tally/acme/tides"))).toMatchObject({ works: 2, peopleCount: 2 });
  expect((await app.app.http.request("http://127.0.0.1/acme/keys")).status).toBe(404);
  const refused = await app.app.http.request("http://127.0.0.1/api/github/webhooks", { method: "POST", body: "" });
  expect(refused.status).toBe(415);
  expect(app.complaints).toEqual([]);
});

test.runIf(chromium)(
  "in a browser nothing is stopped by the policy, and a person finds somebody and their work",
  async () => {
    const app = await startWithTides();
    const browser = await openBrowser(chromium ?? "");
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const told: string[] = [];
    page.on("console", (message) => told.push(message.text()));
    page.setDefaultTimeout(20_000);
    onTestFinished(() => page.close());
    const webhooks = app.installation.app.webhook.url ?? "";
    await page.goto(new URL("/", webhooks).href);
    await page.getByRole("link", { name: "acme" }).click();
    await page.getByRole("img", { name: "Bars, one per month" }).waitFor();
    await page.getByText("The same in numbers").click();
    await page.getByRole("table", { name: "Credits per month and role" }).waitFor();
    await page.getByRole("combobox", { name: "Role" }).selectOption("co-author");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText("1 person has credit as co-author for 1 piece of work here.").waitFor();
    await page.getByRole("link", { name: "Grace Sample" }).click();
    await page.getByRole("heading", { name: "Grace Sample" }).waitFor();
    const isWide = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    expect(isWide).toBe(false);
    expect(told).toEqual([]);
  },
);
