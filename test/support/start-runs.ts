import { onTestFinished } from "vitest";
import type { Deps } from "../../src/app/deps.ts";
import type { PlanMaterial } from "../../src/domain/playbook/create-plan.ts";
import type { Run } from "../../src/domain/playbook/run.ts";
import { postponedUntil } from "../../src/domain/postpone-until.ts";
import type { AppOptions } from "../../src/main/start-app.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { createTeam } from "../../src/sandbox/actions/teams.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import { createMetrics } from "../../src/web/watch/create-metrics.ts";
import { by } from "./graphql-sandbox.ts";
import { builtIn, carryOut, confirm, requireRun } from "./playbook-runs.ts";
import { startTestApp } from "./start-test-app.ts";
import type { WhenDone } from "./start-test-sandbox.ts";

/** What befalls the requests of a run: each is told by its place among those that a test counts. */
interface Hooks {
  before: (place: number, route: string) => void;
  after: (place: number) => void;
}

/** Thrown in place of all that a process would do which is not there any more. */
class Killed extends Error {
  override readonly name = "Killed";
}

/** The app, asked in a private repository of acme's, and deaf: a run needs no event to come in. */
export async function startRuns(whenDone: WhenDone = onTestFinished, options: Partial<AppOptions> = {}) {
  const quietHooks: Hooks = { before: () => {}, after: () => {} };
  const state = { place: 0, hooks: quietHooks, routes: [] as string[] };
  const metrics = createMetrics(() => new Date());
  const started = await startTestApp(whenDone, {
    ...options,
    wait: async () => {},
    metrics: {
      ...metrics,
      noteAnswer: (answer) => {
        metrics.noteAnswer(answer);
        state.hooks.after(state.place);
      },
    },
    onRequest: ({ method, route }) => {
      state.place += 1;
      state.routes.push(`${method} ${route}`);
      state.hooks.before(state.place, `${method} ${route}`);
    },
  });
  const { app, forge, acme, ada, grace, installation, commentsOn } = started;
  const home = await createRepository(forge, { owner: acme, name: "start-here", private: true }, by(ada));
  createTeam(forge, { organization: acme, name: "platform" });
  await started.quiet();
  installation.app.webhook.url = null;

  function hook(hooks: Partial<Hooks>): void {
    Object.assign(state, { place: 0, routes: [], hooks: { ...quietHooks, ...hooks } });
  }

  async function ask(name: string, wish: { playbook?: string; answers?: string; more?: Partial<PlanMaterial> } = {}) {
    const { playbook = "project-kickoff", answers = "owner=platform lead=grace" } = wish;
    const issue = await openIssue(forge, { repository: home, title: `Make ${name}`, body: "" }, by(grace));
    const request = { playbook: await builtIn(playbook), answers: `name=${name} ${answers}`, requester: grace };
    // What everybody will see somebody else has to confirm: an owner.
    const isPublic = request.playbook.manifest.repository.visibility === "public";
    const run = await confirm(
      app.deps,
      { ...request, ...(wish.more && { more: wish.more }) },
      { installationId: installation.id, issue, ...(isPublic && { confirmedBy: ada }) },
    );
    return { run, issue };
  }

  return {
    ...started,
    home,
    ask,
    hook,
    metrics,
    routes: () => state.routes,
    comment: (issue: Issue) => commentsOn(issue).map((text) => text.split("\n").slice(1).join("\n").trim()),
    run: (run: Run) => carryOut(app.deps, run),
    lastTry: (run: Run) => carryOut(app.deps, run, { isLastTry: true }),
    /** As the queue does: again where it failed, until it comes to an end. */
    untilEnd: (run: Run, deps: Deps = app.deps) => untilEnd(deps, run),
    /** Carries a run out in a process that ends after so many answers; says whether it came to its end before. */
    killedAfter: (run: Run, answers: number) => killed(run, { answers }),
    /** The same, in a process that ends when it is about to send such a request. */
    killedBefore: (run: Run, route: string) => killed(run, { route }),
  };

  async function killed(run: Run, { answers = Infinity, route = "" }): Promise<boolean> {
    let isKilled = false;
    const requireAlive = (): void => {
      if (isKilled) throw new Killed();
    };
    hook({
      before: (_, next) => {
        isKilled ||= next === route;
        requireAlive();
      },
      after: (place) => void (isKilled ||= place >= answers),
    });
    await carryOut(mortal(app.deps, requireAlive), run).catch((error: unknown) => {
      if (!isKilled) throw error;
    });
    hook({});
    return !isKilled;
  }
}

/** The deps of a process that can be killed: it writes nothing after its end. */
function mortal(deps: Deps, requireAlive: () => void): Deps {
  const query = new Proxy(deps.database.query, {
    get: (target, name) => {
      requireAlive();
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { ...deps, database: { ...deps.database, query } };
}

async function untilEnd(deps: Deps, run: Run): Promise<Run> {
  for (let tries = 0; tries < 20; tries += 1) {
    try {
      const after = await carryOut(deps, run);
      if (after.state !== "running") return after;
    } catch (error) {
      if (postponedUntil(error) === null && !(error instanceof Error && "status" in error)) throw error;
    }
  }
  return requireRun(deps, run);
}
