import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../../src/sandbox/start-sandbox.ts";
import { tellStory } from "../../../src/sandbox/story/tell-story.ts";
import { findChromium, openBrowser } from "../../support/browser.ts";

const chromium = findChromium();
if (chromium === null) {
  process.stdout.write("The walk through the sandbox's pages did not run: there is no Chromium on this machine.\n");
}

test.runIf(chromium)(
  "a person opens the pull request, comments, approves and merges it, and reports and closes an issue",
  async () => {
    const { page, forge } = await openFrontPage();
    const { pullRequest } = await tellStory(forge);

    await page.goto(forge.web);
    await page.getByRole("link", { name: "tidewater/tides" }).click();
    await page.getByRole("link", { name: "Pull requests" }).click();
    await page.getByRole("link", { name: pullRequest.issue.title }).click();
    await page.getByRole("heading", { name: pullRequest.issue.title }).waitFor();

    await page.getByRole("textbox", { name: "Comment, in Markdown" }).fill("Thank you, **all three**! :tada:");
    await page.getByLabel("Speaking as").selectOption("grace");
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    const comment = page.locator("article").filter({ hasText: "Thank you, all three! 🎉" });
    expect(await comment.locator("strong").textContent()).toBe("all three");
    expect(await comment.textContent()).toContain("grace");

    await page.getByRole("textbox", { name: "Comment, in Markdown" }).fill("Reads well.");
    await page.getByLabel("Speaking as").selectOption("hedy");
    await page.getByRole("button", { name: "Review: approve" }).click();
    await page.getByText("hedy may not merge here.").waitFor();
    expect(pullRequest.reviews.at(-1)).toMatchObject({ state: "APPROVED", body: "Reads well." });

    await page.getByLabel("Speaking as").selectOption("ada");
    await page.getByRole("button", { name: "Switch" }).click();
    await page.getByText("Squashed into one commit").click();
    await page.getByRole("button", { name: "Squash and merge as ada" }).click();
    await page.getByRole("heading", { name: "Merged" }).waitFor();
    expect(pullRequest.merged?.by.login).toBe("ada");
    await page.getByText("deleted the branch").waitFor();

    await page.getByRole("link", { name: "Issues" }).click();
    await page.getByRole("link", { name: "New issue" }).click();
    await page.getByLabel("Title").fill("The buoy is asleep <script>alert(1)</script>");
    await page.getByLabel("Speaking as").selectOption("hedy");
    await page.getByRole("button", { name: "Open issue" }).click();
    await page.getByRole("heading", { name: "The buoy is asleep <script>alert(1)</script>" }).waitFor();
    await page.getByRole("button", { name: "Close as done" }).click();
    await page.getByText("Closed").first().waitFor();
  },
);

test.runIf(chromium)("an app is registered from its manifest and installed, with a click each", async () => {
  const { page, forge } = await openFrontPage();
  await tellStory(forge);
  const maker = await listenForCode();
  const manifest = {
    name: "Curtain Call",
    url: maker.url,
    hook_attributes: { url: `${maker.url}/webhooks` },
    redirect_url: `${maker.url}/registered`,
    default_permissions: { issues: "write", pull_requests: "write" },
    default_events: ["issues", "pull_request"],
  };
  await page.goto(
    `${maker.url}/?${new URLSearchParams({ to: forge.web, manifest: JSON.stringify(manifest) }).toString()}`,
  );
  await page.getByRole("button", { name: "Register on GitHub" }).click();
  await page.getByText("pull requests: write").waitFor();
  expect(forge.state.apps.size).toBe(0);
  await page.getByLabel("Name").fill("Curtain Call for us");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.waitForURL(`${maker.url}/registered**`);
  const query = new URL(page.url()).searchParams;
  expect(query.get("state")).toBe("some-state");

  const conversion = `${forge.api}/app-manifests/${query.get("code")}/conversions`;
  const converted = await fetch(conversion, { method: "POST" });
  expect(converted.status).toBe(201);
  const credentials = (await converted.json()) as { slug: string; pem: string; webhook_secret: string };
  expect(credentials).toMatchObject({ slug: "curtain-call-for-us" });
  expect(credentials.pem).toContain("BEGIN RSA PRIVATE KEY");
  expect((await fetch(conversion, { method: "POST" })).status).toBe(404);

  await page.goto(`${forge.web}/apps/curtain-call-for-us/installations/new`);
  await page.getByRole("button", { name: "Install" }).click();
  await page.getByText("All repositories, since").waitFor();
  expect([...forge.state.installations.values()].map(({ account }) => account.login)).toEqual(["tidewater"]);
});

async function openFrontPage() {
  const errors: unknown[] = [];
  const sandbox = await startSandbox({ port: 0, dataFolder: null, onError: (error) => errors.push(error) });
  onTestFinished(async () => {
    await sandbox.close();
    expect(errors).toEqual([]);
  });
  const browser = await openBrowser(chromium ?? "");
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => errors.push(error));
  page.on("dialog", (dialog) => {
    errors.push(`a script opened a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, forge: sandbox.forge };
}

/** A maker of apps: its page sends the manifest, as Probot's setup page does. */
async function listenForCode(): Promise<{ url: string }> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const manifest = (searchParams.get("manifest") ?? "").replaceAll('"', "&quot;");
    response.setHeader("content-type", "text/html");
    response.end(
      `<form method="post" action="${searchParams.get("to")}/organizations/tidewater/settings/apps/new?state=some-state">` +
        `<input type="hidden" name="manifest" value="${manifest}"><button>Register on GitHub</button></form>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
