import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { issueForm } from "../../src/domain/playbook/issue-form.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { createLabel } from "../../src/sandbox/actions/labels.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import { findRepository } from "../../src/sandbox/model/state.ts";
import { by } from "../support/graphql-sandbox.ts";
import { builtIn } from "../support/playbook-runs.ts";
import { hashIn, startPlaybookStage } from "../support/playbook-stage.ts";

const stage = await startPlaybookStage(afterAll);
const { forge, ada, grace, openPlace, say, seen, statesOf, commentsOn, complaints, quiet } = stage;

let home: Issue;

beforeAll(async () => {
  home = await openPlace();
  await createLabel(forge, { repository: home.repository, name: "playbook", color: "ededed" }, by(ada));
});

/** What GitHub makes of a form in which somebody answers the name alone. */
async function answeredForm(playbook: string, name: string): Promise<string> {
  const { manifest } = await builtIn(playbook);
  const form = parse(issueForm(manifest)) as {
    body: { id?: string; attributes: { value?: string; options?: string[]; default?: number } }[];
  };
  const fields = form.body.flatMap(({ id, attributes }) => {
    if (id === undefined) return [];
    const { value, options, default: chosen } = attributes;
    const preset = chosen === undefined ? value : options?.[chosen];
    return [`### ${id}\n\n${id === "name" ? name : (preset ?? "_No response_")}`];
  });
  return fields.join("\n\n");
}

async function confirm(issue: Issue, plan: string | null, isPublic: boolean): Promise<void> {
  // What everybody will see somebody else has to confirm.
  await say(issue, isPublic ? ada : grace, `/playbook confirm ${hashIn(plan)}`);
  await quiet();
  expect(await statesOf(issue)).toEqual(["done"]);
  expect(complaints).toEqual([]);
}

test.each(["node-service", "oss-library", "working-group", "project-kickoff"])(
  "%s becomes a repository by a command, and another one by its form, with nothing but a name",
  async (playbook) => {
    const isPublic = (await builtIn(playbook)).manifest.repository.visibility === "public";
    const { repository } = home;
    const asked = await openIssue(forge, { repository, title: "By command", body: null }, by(grace));
    const { plan } = await say(asked, grace, `/playbook use ${playbook} name=command-${playbook}`);
    await confirm(asked, plan, isPublic);

    const body = await answeredForm(playbook, `form-${playbook}`);
    const labels = repository.labels.filter(({ name }) => name === "playbook");
    const formed = await openIssue(forge, { repository, title: "By form", body, labels }, by(grace));
    await quiet();
    await confirm(formed, seen(formed, { id: 0 }).plan, isPublic);

    for (const [issue, name] of [
      [asked, `command-${playbook}`],
      [formed, `form-${playbook}`],
    ] as const) {
      expect(commentsOn(issue).at(-1)).toContain(`**acme/${name} is ready:**`);
      const made = findRepository(forge.state, "acme", name);
      const titles = [...(made?.issues.values() ?? [])].map(({ title }) => title);
      expect(titles).toContain(`Kick-off: ${name}`);
    }
  },
);
