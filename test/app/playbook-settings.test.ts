import { afterAll, expect, test } from "vitest";
import { readPlaybookSettings } from "../../src/app/playbook/playbook-settings.ts";
import { defaultConfiguration } from "../../src/domain/config/configuration-schema.ts";
import { createOrganization } from "../../src/sandbox/actions/accounts.ts";
import { moveRepository } from "../../src/sandbox/actions/repositories.ts";
import { by } from "../support/graphql-sandbox.ts";
import { makeSource, putFiles } from "../support/playbook-source.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, app, installation } = await startTestApp(afterAll);
const path = ".github/curtain-call.yml";

function read() {
  return readPlaybookSettings(app.deps, { installationId: installation.id, organisation: "acme" });
}

test("an organisation's settings count as they are, and a broken file, or somebody else's, as none at all", async () => {
  const defaults = { ok: true, settings: defaultConfiguration.playbooks };
  expect(await read()).toEqual(defaults);
  const repository = await makeSource(forge, { owner: acme, author: ada, name: ".github" }, {});
  expect(await read()).toEqual(defaults);

  const say = (content: string | Buffer) => putFiles(forge, { repository, author: ada }, { [path]: content });
  await say("playbooks: { sources: [acme/playbooks@v3], approval: always }");
  expect(await read()).toMatchObject({ ok: true, settings: { sources: ["acme/playbooks@v3"], approval: "always" } });

  await say("credit: {}\nplaybooks: { aproval: '`@ada`' }");
  expect(await read()).toEqual({
    ok: false,
    mistake:
      "Nothing is done while `.github/curtain-call.yml` in the organisation's `.github` repository is broken. Line 2 is the first that is wrong.",
  });
  await say(Buffer.from([0, 159, 146, 150]));
  expect(await read()).toMatchObject({ ok: false, mistake: expect.stringMatching(/^I can't read /) });

  await say("playbooks: { approval: never }");
  const globex = createOrganization(forge, { login: "globex", name: "Globex", owner: ada });
  await moveRepository(forge, { repository, owner: globex, name: "theirs" }, by(ada));
  expect(await read()).toMatchObject({ ok: false });
});
