import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepCreditComment } from "../app/keep-credit-comment.ts";
import { lookAtInstallation } from "../app/look-at-installation.ts";
import { UserError } from "../domain/errors.ts";
import { forgetInstallation } from "../store/forget-installation.ts";
import { openDatabase } from "../store/open-database.ts";
import { createMetrics } from "../web/watch/create-metrics.ts";
import { usualSchedule } from "./app-routines.ts";
import { writeControlToken } from "./control-token.ts";
import { createLog } from "./create-log.ts";
import { keepLedgerKey } from "./ledger-key.ts";
import { loadEnvironmentFile } from "./load-environment-file.ts";
import { openServer } from "./open-server.ts";
import { type Playground, playInSandbox } from "./play-in-sandbox.ts";
import { type Environment, readEnvironment } from "./read-environment.ts";
import type { Role } from "./read-role.ts";
import { type App, startApp } from "./start-app.ts";

/** Runs the service until somebody ends it, and sets the process's exit status. */
export async function runService(process: NodeJS.Process): Promise<void> {
  const endings: (() => Promise<void>)[] = [];
  try {
    loadEnvironmentFile(process);
    await start(readEnvironment(process.env), { process, endings });
    endOnSignal(process, endings);
  } catch (error) {
    await end(endings);
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`curtain-call: ${error.message}\n`);
    process.exitCode = error.misuse ? 2 : 1;
  }
}

interface Running {
  readonly process: NodeJS.Process;
  /** What has to be done at the end, the last first. */
  readonly endings: (() => Promise<void>)[];
}

const doings: Readonly<Record<Role, string>> = {
  all: "waits for GitHub's webhooks",
  web: "takes in GitHub's webhooks for others to work on",
  worker: "works on what others take in",
};

/** What hashes are made with where nothing outlives the process, and nobody is real. */
const passingKey = new Uint8Array(32);

function clock(): Date {
  return new Date();
}

async function start(environment: Environment, { process, endings }: Running): Promise<void> {
  const log = createLog(process.stderr, clock, environment.logLevel);
  const folder = environment.dataFolder ?? (await makeTemporaryFolder(endings));
  const server = await openServer(environment.port, environment.credentials === null ? "127.0.0.1" : undefined);
  endings.push(server.close);
  const web = `http://127.0.0.1:${server.port}`;
  const playground = environment.credentials === null ? await play(environment, { folder, web, endings }) : null;
  const credentials = environment.credentials ?? playground?.credentials;
  if (credentials === undefined) throw new Error("there is nothing to sign in with");
  const database = await openDatabase({ url: environment.databaseUrl, folder: join(folder, "ledger") });
  endings.push(database.close);
  const isPassing = playground !== null && environment.dataFolder === null;
  const ledgerKey = environment.ledgerKey ?? (isPassing ? passingKey : await keepLedgerKey(folder));
  const { role, metricsToken, operationsToken } = environment;
  const control = role === "worker" ? null : await writeControlToken(folder);
  const metrics = createMetrics(clock);
  metrics.watchProcess();
  const app = await startApp({
    credentials,
    database,
    ledgerKey,
    clonesFolder: join(folder, "clones"),
    publicUrl: environment.publicUrl ?? (playground === null ? null : web),
    tokens: { control, metrics: metricsToken, operations: operationsToken },
    role,
    metrics,
    schedule: usualSchedule,
    // What is gone at the end needs no backup.
    ...(environment.dataFolder !== null && { backupsFolder: join(folder, "backups") }),
    clock,
    log,
  });
  endings.push(app.stop);
  // Sandbox and ledger live and die together: what a database still has of an earlier sandbox is of no use.
  if (playground !== null && !playground.sandbox.isOld) await forgetInstallation(database, playground.installationId);
  server.answerBy(app.http);
  if (playground === null) process.stdout.write(`Curtain Call is running at ${web} and ${doings[role]}.\n`);
  else await welcome(playground, { app, web, process });
}

async function makeTemporaryFolder(endings: Running["endings"]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "curtain-call-"));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function play(
  { sandboxPort: port }: Environment,
  { folder, web, endings }: { folder: string; web: string; endings: Running["endings"] },
): Promise<Playground> {
  const webhookUrl = `${web}/api/github/webhooks`;
  const playground = await playInSandbox({ port, folder: join(folder, "sandbox"), webhookUrl });
  endings.push(playground.sandbox.close);
  return playground;
}

/** Looks at what is there already, as the story's pull requests, and says where to look and what to type. */
async function welcome(
  { sandbox: { forge }, installationId, description }: Playground,
  { app, web, process }: { app: App; web: string; process: NodeJS.Process },
): Promise<void> {
  await lookAtInstallation(app.deps, { kind: "installation", installationId, account: null });
  const open = [...forge.state.repositories.values()].flatMap((repository) =>
    [...repository.issues.values()].filter(({ pull, state }) => pull !== null && state === "open"),
  );
  for (const { repository, number } of open) {
    const { id: repositoryId, owner, name } = repository;
    const place = { installationId, repositoryId, owner: owner.login, name };
    await keepCreditComment(app.deps, { ...place, number });
  }
  const [first] = open;
  const page =
    first === undefined
      ? forge.web
      : `${forge.web}/${first.repository.owner.login}/${first.repository.name}/pull/${first.number}`;
  process.stdout.write(`sandbox ready ${JSON.stringify({ ...description, app: web })}
Curtain Call is running, against a GitHub of its own on this machine.
  Look:  ${page}
         its comment credits everybody, and says what is missing.
  Ledger: ${web}/${description.organization}
  Try:   write "/credit @hedy for testing" or "/credit why" in a comment there, approve it as somebody else, merge it,
         push a commit with "Co-authored-by: Grace Sample <grace@example.org>", or publish a release: it thanks everybody.
         Open an issue, and comment "/playbook use node-service name=moons" there: a plan comes, and after it a repository.
Ctrl-C ends it.
`);
}

async function end(endings: readonly (() => Promise<void>)[]): Promise<void> {
  for (const ending of endings.toReversed()) await ending();
}

/** The first signal ends it in order, one that comes a second later at once: npm passes on what the terminal sent too. */
function endOnSignal(process: NodeJS.Process, endings: readonly (() => Promise<void>)[]): void {
  let begun: number | null = null;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (begun !== null && performance.now() - begun > 1000) process.exit(1);
      if (begun !== null) return;
      begun = performance.now();
      void end(endings).then(() => process.exit(0));
    });
  }
}
