import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mayGoOn } from "../../src/app/playbook/may-go-on.ts";
import type { Run } from "../../src/domain/playbook/run.ts";
import { createPerson, removeMember, renameAccount, setMember } from "../../src/sandbox/actions/accounts.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { createTeam, setTeamMember } from "../../src/sandbox/actions/teams.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import type { Team } from "../../src/sandbox/model/team.ts";
import { jsonText } from "../../src/store/json-text.ts";
import { by } from "../support/graphql-sandbox.ts";
import { done, expectHarmless, hashIn, refused, startPlaybookStage } from "../support/playbook-stage.ts";

const stage = await startPlaybookStage(afterAll);
const { app, forge, acme, ada, grace, hedy, katherine, openPlace, say, plan, runsOf, statesOf } = stage;
const { expectRefusal, comeTo, configure, quiet, commentsOn, complaints } = stage;

const joan = createPerson(forge, { login: "joan", name: "Joan Figure", addresses: ["joan@example.org"] });
let issue: Issue;
let elsewhere: Issue;
let team: Team;

beforeAll(async () => {
  issue = await openPlace();
  elsewhere = await openPlace({ isPrivate: false });
  team = createTeam(forge, { organization: acme, name: "platform", privacy: "closed" });
  await setTeamMember(forge, { team, account: katherine }, by(ada));
});

async function rejoin(account: Account): Promise<void> {
  await setMember(forge, { organization: acme, account, role: "member", actor: by(ada) });
}

async function leave(account: Account): Promise<void> {
  await removeMember(forge, { organization: acme, account, actor: by(ada) });
}

describe("a plan is not carried out", () => {
  test("by whoever did not ask for it, an owner or a stranger", async () => {
    const hash = await plan(issue, grace);
    for (const whom of [hedy, katherine, ada]) {
      await expectRefusal(issue, whom, `/playbook confirm ${hash}`, /Only who asked for this plan may confirm it/);
    }
  });

  test("by a hash that is wrong, too short, or of another issue", async () => {
    const hash = await plan(issue, grace);
    const other = await plan(elsewhere, grace);
    const wrong = hash === "00000000" ? "11111111" : "00000000";
    await expectRefusal(issue, grace, `/playbook confirm ${wrong}`, `There is no plan \`${wrong}\` in this issue`);
    await expectRefusal(issue, grace, `/playbook confirm ${hash.slice(1)}`, /is no plan: copy the eight digits/);
    await expectRefusal(issue, grace, `/playbook confirm ${other}`, /There is no plan .* in this issue/);
    await expectRefusal(issue, grace, `/playbook confirm ${hash}${"0".repeat(57)}`, /is no plan/);
    await expectRefusal(issue, grace, "/playbook confirm", /Which plan\?/);
    await expectRefusal(issue, grace, `/playbook confirm ${hash} name=other`, /takes one plan, and no answers/);
  });

  test("once a newer one has taken its place, or it was cancelled", async () => {
    const [first, second] = [await plan(issue, grace), await plan(issue, katherine)];
    await expectRefusal(issue, grace, `/playbook confirm ${first}`, /A newer plan has taken the place of this one/);
    await say(issue, katherine, "/playbook cancel");
    await expectRefusal(issue, katherine, `/playbook confirm ${second}`, /This plan was cancelled/);
  });

  test.for(["running", "done", "incomplete", "failed"] as const)("when it is %s already", async (state) => {
    const hash = await plan(issue, grace);
    await comeTo(issue, state);
    const words = /carried out|was begun and could not go on/;
    await expectRefusal(issue, grace, `/playbook confirm ${hash}`, words);
    await comeTo(issue, "done");
  });

  test("once who asked for it has left, or may make no such repository any more", async () => {
    const hash = await plan(issue, grace);
    await leave(grace);
    await expectRefusal(issue, grace, `/playbook confirm ${hash}`, /Only members of the organisation `acme`/);
    await rejoin(grace);
    if (acme.organization) acme.organization.membersCanCreate = { public: true, private: false };
    await expectRefusal(issue, grace, `/playbook confirm ${hash}`, /you may make no private repository by hand/);
    if (acme.organization) acme.organization.membersCanCreate = { public: true, private: true };
  });

  test("once the name is taken, or the settings ask for somebody else", async () => {
    const hash = await plan(issue, grace, "name=taken");
    await configure("playbooks:\n  approval: always\n");
    await expectRefusal(issue, grace, `/playbook confirm ${hash}`, /Somebody else has to confirm this plan/);
    await configure("playbooks:\n  approval: [\n");
    await expectRefusal(issue, grace, `/playbook confirm ${hash}`, /is broken\. Line 3 is the first/);
    await configure("playbooks:\n  where: [acme/elsewhere]\n");
    await expectRefusal(issue, grace, `/playbook confirm ${hash}`, /Here no playbook can be asked for/);
    await configure("");
    await createRepository(forge, { owner: acme, name: "taken", autoInit: true }, by(ada));
    await expectRefusal(issue, grace, `/playbook confirm ${hash}`, /has a repository `taken` already/);
  });

  test("by words that somebody else put into a comment", async () => {
    const hash = await plan(issue, grace);
    const comment = await addComment(forge, { issue, body: "/playbook status" }, by(grace));
    comment.body = `/playbook confirm ${hash}`;
    comment.edited = { at: forge.clock(), by: hedy };
    await quiet();
    expect(commentsOn(issue).at(-1)).toContain("Somebody else has changed this comment");
    expect((await statesOf(issue))[0]).toBe("planned");
  });

  test("as it was shown, where it would be another by now: a new one is shown in its place", async () => {
    const hash = await plan(issue, grace);
    const [run] = await runsOf(issue);
    // As if the playbook had changed what it makes of the same answers.
    const answers = jsonText({ ...run?.answers, database: "postgres" });
    const { query } = app.deps.database;
    await query
      .updateTable("playbook_runs")
      .set({ answers })
      .where("id", "=", run?.id ?? "")
      .execute();
    const said = await say(issue, grace, `/playbook confirm ${hash}`);
    expect(said.reactions).toEqual(refused);
    expect(said.reply).toContain("has changed since the plan was made. There is a new plan below");
    expect(hashIn(said.plan)).not.toBe(hash);
    expectHarmless(said.plan);
    expect((await statesOf(issue)).slice(0, 2)).toEqual(["planned", "superseded"]);
    expect((await say(issue, grace, `/playbook confirm ${hashIn(said.plan)}`)).reactions).toEqual(done);
  });
});

describe("where somebody else has to confirm", () => {
  beforeAll(() => configure("playbooks:\n  approvers: ['@acme/platform', '@grace', '@joan', '@other/platform']\n"));

  test("it is nobody but an approver who may make such repositories, as who asked for it still may", async () => {
    const hash = await plan(issue, grace, "", "oss-library");
    const confirm = `/playbook confirm ${hash}`;
    await expectRefusal(issue, grace, confirm, /Somebody else has to confirm this plan: its comment says who/);
    await expectRefusal(issue, ada, confirm, /Only those who approve plans may confirm this one/);
    await expectRefusal(issue, hedy, confirm, /Only those who approve plans may confirm this one/);
    // Named, and no member.
    await expectRefusal(issue, joan, confirm, /Only those who approve plans may confirm this one/);
    team.members.delete(katherine);
    await expectRefusal(issue, katherine, confirm, /Only those who approve plans may confirm this one/);
    await setTeamMember(forge, { team, account: katherine }, by(ada));
    await leave(grace);
    const gone = /Only members of the organisation `acme` can have repositories made there, and `@grace` is none/;
    await expectRefusal(issue, katherine, confirm, gone);
    await rejoin(grace);
    // Whoever has her login now is somebody else.
    await renameAccount(forge, grace, "grace-sample");
    const heir = createPerson(forge, { login: "grace", name: "An heir", addresses: ["heir@example.org"] });
    await rejoin(heir);
    await expectRefusal(issue, katherine, confirm, gone);
    await leave(heir);
    await renameAccount(forge, heir, "heir");
    await renameAccount(forge, grace, "grace");
    expect((await say(issue, katherine, confirm)).reactions).toEqual(done);
    expect((await runsOf(issue))[0]?.confirmedBy?.id).toBe(katherine.id);
    await comeTo(issue, "done");
  });

  test("a run may go on as long as both still may, and no longer", async () => {
    await plan(issue, grace, "", "oss-library");
    await comeTo(issue, "running");
    const [newest] = await runsOf(issue);
    if (newest === undefined) throw new Error("there is no run");
    const run = { ...newest, confirmedBy: { id: katherine.id, login: "kate" } };
    const ask = (changes: Partial<Run> = {}): Promise<string | null> => mayGoOn(app.deps, { ...run, ...changes });
    expect(await ask()).toBeNull();
    expect(await ask({ confirmedBy: null })).toBe("Nobody has confirmed this plan.");
    const somebodyElse = "Somebody else has to confirm plans like this one, and nobody who may has.";
    expect(await ask({ confirmedBy: { id: grace.id, login: "grace" } })).toBe(somebodyElse);
    expect(await ask({ confirmedBy: { id: ada.id, login: "ada" } })).toBe(somebodyElse);
    expect(await ask({ confirmedBy: { id: hedy.id, login: "hedy" } })).toMatch(/`@hedy` is none/);
    expect(await ask({ confirmedBy: { id: 7, login: "kate" } })).toMatch(/`@kate` is none/);
    team.members.delete(katherine);
    expect(await ask()).toBe(somebodyElse);
    await setTeamMember(forge, { team, account: katherine }, by(ada));
    await leave(grace);
    expect(await ask()).toMatch(/`@grace` is none/);
    await rejoin(grace);
    expect(await ask()).toBeNull();
    await comeTo(issue, "done");
  });

  test("a plan for a repository that is not public needs nobody else", async () => {
    const hash = await plan(elsewhere, grace);
    expect((await say(elsewhere, grace, `/playbook confirm ${hash}`)).reactions).toEqual(done);
  });
});

describe("what waits or failed is not touched", () => {
  test("by a stranger, or by a member who did not ask for it", async () => {
    await configure("");
    await plan(elsewhere, grace);
    await expectRefusal(elsewhere, hedy, "/playbook cancel", /Only who asked for a plan, who approves plans/);
    await expectRefusal(elsewhere, katherine, "/playbook cancel", /Only who asked for a plan, who approves plans/);
    await comeTo(elsewhere, "failed");
    await expectRefusal(elsewhere, hedy, "/playbook retry", /Only who asked for this plan, or who approves plans/);
    await expectRefusal(elsewhere, katherine, "/playbook retry", /Only who asked for this plan, or who approves plans/);
    await leave(grace);
    await expectRefusal(elsewhere, grace, "/playbook retry", /Only members of the organisation `acme`/);
    await expectRefusal(elsewhere, ada, "/playbook retry", /`@grace` is none/);
    await rejoin(grace);
  });

  test("where there is nothing to touch", async () => {
    await comeTo(elsewhere, "running");
    await expectRefusal(elsewhere, grace, "/playbook retry", /is being carried out already/);
    await expectRefusal(elsewhere, grace, "/playbook cancel", /is being carried out, which nobody stops/);
    await comeTo(elsewhere, "done");
    await expectRefusal(elsewhere, grace, "/playbook cancel", /No plan waits in this issue/);
    const fresh = await openPlace();
    await expectRefusal(fresh, grace, "/playbook retry", /Nothing in this issue failed/);
    expect(complaints).toEqual([]);
  });
});
