import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { signedRequest } from "../support/deliver.ts";
import { startTestApp } from "../support/start-test-app.ts";

const file = fileURLToPath(import.meta.resolve("@octokit/webhooks-examples"));
const definitions = z
  .array(z.object({ name: z.string(), examples: z.array(z.looseObject({})) }))
  .parse(JSON.parse(readFileSync(file, "utf8")));
const examples = definitions.flatMap(({ name, examples: payloads }) => payloads.map((payload) => ({ name, payload })));

test("every example of a webhook is taken in and worked on, with no complaint and nothing written", async () => {
  const { forge, app, installation, quiet, complaints, requests } = await startTestApp();
  await quiet();
  const written = () => ({
    comments: forge.state.comments.size,
    runs: [...forge.state.repositories.values()].flatMap(({ checkSuites }) => checkSuites.flatMap(({ runs }) => runs)),
  });
  const before = written();
  requests.length = 0;
  // As it is, from an installation that is not there, and as ours would send it of a repository that is not.
  const sent = examples.flatMap(({ name, payload }) => {
    return [payload, { ...payload, installation: { ...installationOf(payload), id: installation.id } }].map(
      (one) => [name, one] as const,
    );
  });
  const key = installation.app.webhook.secret ?? "";
  const answers = await Promise.all(
    sent.map(async ([event, payload]) => {
      const request = signedRequest(randomUUID(), payload, { event, key });
      return `${event}: ${(await app.http.request("/api/github/webhooks", request)).status}`;
    }),
  );
  await quiet();
  expect(examples.length).toBeGreaterThan(200);
  expect(answers.filter((answer) => !answer.endsWith(": 202"))).toEqual([]);
  expect(complaints).toEqual([]);
  expect(written()).toEqual(before);
  expect(requests.filter(({ method, route }) => method !== "GET" && route !== "/graphql")).toEqual([]);
  const { query } = app.deps.database;
  expect(await query.selectFrom("deliveries").select("state").distinct().execute()).toEqual([{ state: "done" }]);
  for (const table of ["repositories", "people", "pull_requests", "credits"] as const) {
    expect(await query.selectFrom(table).selectAll().execute()).toEqual([]);
  }
});

function installationOf({ installation }: { readonly [name: string]: unknown }): object {
  return typeof installation === "object" && installation !== null ? installation : {};
}
