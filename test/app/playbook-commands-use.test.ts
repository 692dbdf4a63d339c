import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createTeam, setTeamMember } from "../../src/sandbox/actions/teams.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { done, expectHarmless, startPlaybookStage } from "../support/playbook-stage.ts";

const stage = await startPlaybookStage(afterAll);
const { forge, acme, ada, grace, hedy, katherine, openPlace, say, statesOf, expectRefusal, namesOf } = stage;
const { installation, configure, quiet, commentsOn, complaints } = stage;

const use = "/playbook use node-service";
let issue: Issue;
let open: Issue;

beforeAll(async () => {
  issue = await openPlace();
  open = await openPlace({ isPrivate: false });
  const platform = createTeam(forge, { organization: acme, name: "platform", privacy: "closed" });
  const secret = createTeam(forge, { organization: acme, name: "red-team", privacy: "secret" });
  await setTeamMember(forge, { team: platform, account: grace }, by(ada));
  await setTeamMember(forge, { team: secret, account: katherine }, by(ada));
});

// Before a token is kept that may do all of it.
test.for<[permission: string, words: RegExp]>([
  ["administration", /not granted `administration: write`. An owner of the organisation can grant it/],
  ["workflows", /not granted `workflows: write`/],
  ["members", /not granted `members: read`/],
])("what the app could not carry out without %s is not planned", async ([permission, words]) => {
  const granted = installation.permissions;
  installation.permissions = Object.fromEntries(Object.entries(granted).filter(([name]) => name !== permission));
  await expectRefusal(open, grace, `${use} name=x3`, words);
  installation.permissions = granted;
});

describe("is refused, and nothing is done:", () => {
  test.for<[what: string, whom: Account, body: string, words: RegExp]>([
    ["an unknown playbook", grace, "/playbook use nod-service name=x1", /There is no playbook `/],
    ["a path in place of a playbook", grace, "/playbook use ../../etc name=x1", /There is no playbook `/],
    [
      "the name of something that every object has",
      grace,
      "/playbook use constructor name=x1",
      /There is no playbook `/,
    ],
    ["a value that is no choice", grace, `${use} name=x1 database=<img/src=x>`, /has to be one of none, postgres/],
    ["a value of two lines for one of one", grace, `${use} name=x1 title="a\n@grace"`, /title has to be a single line/],
    ["a value that turns the writing around", grace, `${use} name=x1 title="a\u202Eb"`, /characters that are not seen/],
    [
      "what GitHub's workflows would run",
      grace,
      `${use} name=x1 title="\${{ secrets.X }}"`,
      /would run: leave it away/,
    ],
    ["the same answer twice", grace, `${use} name=x1 name=x2`, /name is answered twice/],
    ["what nobody asks for", grace, `${use} name=x1 visibility=public`, /visibility is not asked for here/],
    [
      "a value whose quote never ends",
      grace,
      `${use} name=x1 title="a\n\n/playbook list`,
      /a quote that does not close/,
    ],
    [
      "three hundred answers",
      grace,
      use + Array.from({ length: 300 }, (_, at) => ` a${at}=b`).join(""),
      /more than 200/,
    ],
    ["a mention in place of a name", grace, `${use} name=@hedy`, /name does not match/],
    ["a command in place of an answer", grace, `${use}\nname=x1 /playbook`, /"\/playbook" is no answer/],
    ["a link and HTML as a name", grace, `${use} name=<b>[x](https://example.com)</b>`, /name does not match/],
    ["a path as a name", grace, `${use} name=../tides`, /name does not match/],
    ["a team of others", grace, `${use} name=x1 owner=other/platform`, /owner has to be a team of acme/],
    [
      "a team that is not there",
      grace,
      `${use} name=x1 owner=platfrom`,
      /no team `acme\/platfrom`, or none that you can see/,
    ],
    [
      "a secret team of others",
      grace,
      `${use} name=x1 owner=red-team`,
      /no team `acme\/red-team`, or none that you can see/,
    ],
    ["a name that is taken", grace, `${use} name=start-1`, /`acme` has a repository `start-1` already/],
    ["two plans in one comment", grace, `${use} name=x1\n\n${use} name=x2`, /One plan at a time/],
    ["a plan by a stranger", hedy, `${use} name=x1`, /Only members of the organisation `acme` can .* and you are none/],
    ["a stranger's question for a name", hedy, `${use} name=start-1`, /Only members of the organisation/],
  ])("%s", async ([, whom, body, words]) => {
    await expectRefusal(issue, whom, body, words);
  });

  test("a public repository by a member who may make private ones alone, but not by an owner", async () => {
    const settings = acme.organization;
    if (settings === null) throw new Error("acme is no organisation");
    settings.membersCanCreate = { public: false, private: true };
    const words = /In `acme`, you may make no public repository by hand/;
    await expectRefusal(issue, grace, "/playbook use oss-library name=x2", words);
    settings.membersCanCreate = { public: true, private: false };
    await expectRefusal(issue, grace, `${use} name=x2`, /you may make no private repository by hand/);
    expect((await say(issue, ada, `${use} name=x2`)).reactions).toEqual(done);
    settings.membersCanCreate = { public: true, private: true };
  });

  test("a plan by a member where GitHub does not tell what members may", async () => {
    const { organization_administration: _, ...others } = installation.permissions;
    const granted = installation.permissions;
    installation.permissions = others;
    await expectRefusal(open, grace, `${use} name=x3`, /GitHub does not tell this app what members may/);
    installation.permissions = granted;
  });

  test("a plan where the organisation's settings are broken, elsewhere than they say, or not in an issue", async () => {
    await configure("playbooks:\n  approval: sometimes\n");
    await expectRefusal(open, grace, `${use} name=x3`, /is broken\. Line 2 is the first that is wrong/);
    const { repository } = await openPlace();
    await configure(`playbooks:\n  where: [acme/${repository.name}, acme/${open.repository.name}]\n`);
    await expectRefusal(issue, grace, `${use} name=x3`, `it can in \`acme/${repository.name}\`, \`acme/`);
    await configure(`playbooks:\n  where: [acme/${repository.name}]\n`);
    // Everybody can read it there.
    const said = await expectRefusal(
      open,
      grace,
      `${use} name=x3`,
      /it can elsewhere: the organisation's settings say/,
    );
    expect(said).not.toContain(repository.name);
    await configure("");
    await commitTo(forge, repository, { branch: "topic", author: ada, message: "Begin" });
    const wanted = { repository, title: "Begin", body: null, head: "topic", base: "main" };
    const pull = await openPull(forge, wanted, by(ada));
    await expectRefusal(pull.issue, grace, `${use} name=x3`, /asked for in issues, not in pull requests/);
  });

  test("words that somebody else put into a comment", async () => {
    const before = await statesOf(issue);
    const comment = await addComment(forge, { issue, body: "/playbook list" }, by(grace));
    comment.body = `${use} name=x4`;
    comment.edited = { at: forge.clock(), by: katherine };
    await quiet();
    expect(commentsOn(issue).at(-1)).toContain("Somebody else has changed this comment");
    expect(await statesOf(issue)).toEqual(before);
  });
});

test.for<[where: string, body: string]>([
  ["code", `\`${use} name=x5\``],
  ["a block of code", `\`\`\`\n${use} name=x5\n\`\`\``],
  ["a quote", `> ${use} name=x5`],
  ["HTML", `<!--\n${use} name=x5\n-->`],
])("in %s nobody asks for anything", async ([, body]) => {
  const before = await statesOf(issue);
  const { reactions, reply, plan } = await say(issue, grace, body);
  expect([reactions, reply, plan]).toEqual([[], null, null]);
  expect(await statesOf(issue)).toEqual(before);
});

test("a bot asks for nothing", async () => {
  const bot = [...forge.state.accounts.values()].find(({ type }) => type === "Bot");
  if (bot === undefined) throw new Error("there is no bot");
  const { reactions, reply, plan } = await say(issue, bot, `${use} name=x5`);
  expect([reactions, reply, plan]).toEqual([[], null, null]);
});

test("what people write into answers does nothing in a plan", async () => {
  const before = namesOf();
  const title = "@grace #1 GH-1 <b>x</b> `a` **b** [c](https://example.com) | :tada: &amp; https://example.org";
  const why = "One\n\n/playbook confirm 7f3a9c2e\n\n/credit @hedy for design\n<!-- -->";
  const { reply, plan } = await say(open, grace, `${use} name=hostile title="${title}"\nwhy="${why}" owner=platform`);
  expect(reply).toBeNull();
  expectHarmless(plan);
  expect(plan).toContain("team `acme/platform`: maintain");
  expect(plan).toMatch(/“@\u2060grace #\u20601 GH\u2060-1 \\<b\\>x/);
  expect(namesOf()).toEqual(before);
  expect(complaints).toEqual([]);
});

test("a repository's own settings say nothing about its organisation's playbooks", async () => {
  await configure("playbooks:\n  approval: always\n");
  const place = await openPlace();
  await configure("playbooks:\n  approval: never\n", place.repository);
  const { plan } = await say(place, grace, `${use} name=x6`);
  expect(plan).toContain("somebody else has to confirm it");
  await configure("");
});
