import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setMember } from "../../src/sandbox/actions/accounts.ts";
import { deleteComment } from "../../src/sandbox/actions/comments.ts";
import { createTeam, deleteTeam } from "../../src/sandbox/actions/teams.ts";
import { findRepository } from "../../src/sandbox/model/state.ts";
import { findTeam } from "../../src/sandbox/model/team.ts";
import { changeRun } from "../../src/store/playbook-runs.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { expectMade, readMade } from "../support/made-repository.ts";
import { startRuns } from "../support/start-runs.ts";

let runs: Awaited<ReturnType<typeof startRuns>>;
/** Labels that GitHub begins a repository with. */
let labels: readonly string[] = [];

beforeAll(async () => {
  runs = await startRuns(afterAll);
  labels = runs.home.labels.map(({ name, color, description }) => JSON.stringify([name, color, description]));
});

const made = (name: string) => readMade(runs.forge, "acme", name);
const ready = (name: string, title = `Kick-off: ${name}`): string => {
  const url = `${runs.forge.web}/acme/${name}`;
  return `**acme/${name} is ready:** [repository](${url}), [${title}](${url}/issues/1).`;
};

describe("a playbook that comes with the product", () => {
  test.for(["node-service", "oss-library", "project-kickoff", "working-group"])(
    "%s: all that was planned is there and nothing else, by as many requests as were announced",
    async (playbook) => {
      const name = `made-by-${playbook}`;
      const { run, issue } = await runs.ask(name, { playbook });
      runs.hook({});
      const after = await runs.run(run);
      expect([after.cause, after.state]).toEqual([null, "done"]);
      expect(after.targetId).toBe(findRepository(runs.forge.state, "acme", name)?.id);
      expect(await made(name)).toEqual(expectMade(run, labels));
      // Not for the repository: tokens, membership, the comment, and what follows in the background.
      const others = /app\b|installation|memberships|comments|graphql|compare|contents|^GET \/orgs\/\{org\}$/;
      const forTheBranch = 1;
      const sent = runs.routes().filter((route) => !others.test(route));
      expect(sent.length + forTheBranch).toBe(run.plan.cost.requests);
      expect(runs.comment(issue)).toEqual([expect.stringContaining(`acme/${name} is ready`)]);
    },
  );
});

describe("what people see", () => {
  test("the comment is edited at each stage, and says at the end where everything is", async () => {
    const { run, issue } = await runs.ask("told");
    const seen = new Set<string>();
    runs.hook({
      before: () => {
        for (const text of runs.comment(issue)) if (!text.includes("is ready")) seen.add(text);
      },
    });
    await runs.run(run);
    const bars = Array.from(seen, (text) => /`(.*)`$/.exec(text)?.[1] ?? text);
    expect(bars).toEqual([
      "░░░░░░░░░░░░░░ 0 of 7 · repository · about 16 s left",
      "██░░░░░░░░░░░░ 1 of 7 · files · about 16 s left",
      "████░░░░░░░░░░ 2 of 7 · settings · about 14 s left",
      "██████░░░░░░░░ 3 of 7 · access · about 13 s left",
      "████████░░░░░░ 4 of 7 · labels · about 13 s left",
      "██████████░░░░ 5 of 7 · milestones · about 8 s left",
      "████████████░░ 6 of 7 · issues · about 4 s left",
    ]);
    expect(runs.comment(issue)).toEqual([ready("told")]);
  });

  test("a comment that somebody deletes is not made again, and the run goes on", async () => {
    const { run, issue } = await runs.ask("deleted");
    runs.hook({
      before: (_, route) => {
        if (route === "POST /repos/{owner}/{repo}/labels")
          for (const comment of issue.comments) void deleteComment(runs.forge, comment, by(runs.ada));
      },
    });
    expect((await runs.run(run)).state).toBe("done");
    expect(runs.comment(issue)).toEqual([]);
  });

  test("files that are no longer what was planned end it before anything is done", async () => {
    const { run } = await runs.ask("changed");
    const { plan } = run;
    const files = plan.files.map((file, index) => (index === 0 ? { ...file, sha256: "0".repeat(64) } : file));
    const { database } = runs.app.deps;
    const changed = JSON.stringify({ ...plan, files });
    await database.query.updateTable("playbook_runs").set({ plan: changed }).where("id", "=", run.id).execute();
    runs.hook({});
    expect(await runs.run(run)).toMatchObject({
      state: "failed",
      cause: "What the playbook project-kickoff makes is no longer what was planned. Ask for a new plan.",
    });
    expect(runs.routes().filter((route) => route.includes("/orgs/{org}/repos"))).toEqual([]);
    expect(await made("changed")).toBeNull();
  });

  test("a team that is not there and somebody who cannot be assigned are missing, and are there on another try", async () => {
    const { forge, acme, ada, hedy, app } = runs;
    const team = findTeam(acme, "platform");
    if (team !== null) deleteTeam(forge, team);
    const { run, issue } = await runs.ask("lacking", { answers: "owner=platform lead=hedy" });
    expect(await runs.run(run)).toMatchObject({ state: "incomplete", cause: null });
    const [kickOff] = findRepository(forge.state, "acme", "lacking")?.issues.values() ?? [];
    expect(kickOff?.assignees).toEqual([]);
    expect(runs.comment(issue)).toEqual([
      [
        ready("lacking"),
        "",
        "2 things are missing:",
        "",
        "- the team acme/platform has not got its access (GitHub says that there is no such thing)",
        "- hedy is assigned to nothing (GitHub lets nobody assign them there)",
        "",
        "`/playbook retry` tries again.",
      ].join("\n"),
    ]);
    createTeam(forge, { organization: acme, name: "platform" });
    await setMember(forge, { organization: acme, account: hedy, role: "member", actor: by(ada) });
    await changeRun(app.deps.database, run, { from: ["incomplete"], state: "running", finishedAt: null });
    runs.hook({});
    expect((await runs.run(run)).state).toBe("done");
    expect(runs.routes().filter((route) => route.startsWith("POST"))).not.toContain(
      "POST /repos/{owner}/{repo}/issues",
    );
    expect(await made("lacking")).toEqual(expectMade(run, labels));
    expect(runs.comment(issue)).toEqual([ready("lacking")]);
  });

  test("what somebody pushes before the files are there stays, and the files are missing", async () => {
    const { run, issue } = await runs.ask("pushed");
    await runs.killedBefore(run, "POST /repos/{owner}/{repo}/git/trees");
    const repository = findRepository(runs.forge.state, "acme", "pushed");
    expect(repository).not.toBeNull();
    if (repository === null) return;
    await commitTo(runs.forge, repository, { branch: "main", author: runs.ada, message: "Mine" });
    expect(await runs.untilEnd(run)).toMatchObject({ state: "incomplete" });
    expect((await made("pushed"))?.["commits"]).toEqual(["Mine", expect.stringContaining("Initial commit")]);
    expect(runs.comment(issue)[0]).toContain("- the files are not there (somebody pushed to it before");
  });

  test("whoever asked and is no member any more gets nothing more made", async () => {
    const { forge, acme, grace, ada } = runs;
    const { run, issue } = await runs.ask("withdrawn");
    await runs.killedBefore(run, "POST /repos/{owner}/{repo}/milestones");
    const before = await made("withdrawn");
    acme.organization?.members.delete(grace);
    const cause = "Only members of the organisation acme can have repositories made there, and @grace is none.";
    expect(await runs.run(run)).toMatchObject({ state: "failed", cause });
    await setMember(forge, { organization: acme, account: grace, role: "member", actor: by(ada) });
    expect(before).not.toBeNull();
    expect(await made("withdrawn")).toEqual(before);
    const comment = runs.comment(issue)[0]?.replaceAll("\u2060", "");
    expect(comment).toContain(`${cause}\n\nWhat is [there already](${forge.web}/acme/withdrawn) stays`);
  });

  test("a permission that is taken back while it runs is told, and what it is for is there on another try", async () => {
    const { installation, app } = runs;
    const { run, issue } = await runs.ask("unpermitted");
    await runs.killedBefore(run, "PUT /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}");
    const { administration: _, ...others } = installation.permissions;
    const granted = installation.permissions;
    installation.permissions = others;
    expect((await runs.untilEnd(run)).state).toBe("incomplete");
    expect(runs.comment(issue)[0]).toMatch(/the team acme\/platform has not got its access \(the app is not granted /);
    installation.permissions = granted;
    await changeRun(app.deps.database, run, { from: ["incomplete"], state: "running", finishedAt: null });
    expect((await runs.untilEnd(run)).state).toBe("done");
    expect(await made("unpermitted")).toEqual(expectMade(run, labels));
  });

  test("a bug of ours is told by a reference at the last try, and another try goes on", async () => {
    const { run, issue } = await runs.ask("buggy");
    const { app } = runs;
    runs.hook({
      before: (_, route) => {
        if (route === "POST /repos/{owner}/{repo}/milestones") throw new Error("a bug");
      },
    });
    await expect(runs.run(run)).rejects.toThrow("a bug");
    await expect(runs.lastTry(run)).rejects.toThrow("a bug");
    runs.hook({});
    expect(runs.comment(issue)[0]).toContain(
      "**acme/buggy is not ready.** Something went wrong on our side (ref 8K3F-2M).",
    );
    await changeRun(app.deps.database, run, { from: ["failed"], state: "running", finishedAt: null });
    expect((await runs.run(run)).state).toBe("done");
    expect(await made("buggy")).toEqual(expectMade(run, labels));
  });
});

test("whoever asks is told also where nothing was heard of their repository before", async () => {
  const { run, issue } = await runs.ask("tides-unheard");
  const { query } = runs.app.deps.database;
  await query.deleteFrom("repositories").where("repository_id", "=", runs.home.id).execute();
  expect((await runs.run(run)).state).toBe("done");
  expect(runs.comment(issue)).toEqual([ready("tides-unheard")]);
});
