import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { appManifest } from "../../src/main/app-manifest.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { readOutcome } from "../support/outcome/read-outcome.ts";
import type { AppSettings } from "./app-process.ts";
import { faults } from "./faults.ts";
import { findPort } from "./find-port.ts";
import { keepUp } from "./keep-up.ts";
import { sufferOutage } from "./outage.ts";
import type { OwnServer } from "./own-server.ts";
import { type Started, startProgram } from "./processes.ts";
import { createRandom } from "./random.ts";
import type { Ask, Stage } from "./stage.ts";
import { tellEvents } from "./tell-events.ts";

export interface Play {
  /** A database that nobody has used; the embedded one where it is null. */
  readonly databaseUrl: string | null;
  readonly processes: number;
  readonly chapters: number;
  /** How often a process is killed; zero for a play in which nothing goes wrong at all. */
  readonly kills: number;
  /** The server of the database, where it is stopped now and then. */
  readonly server: OwnServer | null;
  /** How often that is. */
  readonly stops: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** What a play came to. */
export interface Played {
  /** In canonical lines. */
  readonly outcome: readonly string[];
  /** Where the logs are, for whoever has to find out why. */
  readonly folder: string;
}

interface Ready {
  readonly api: string;
  readonly web: string;
  readonly organization: string;
  readonly tokens: Readonly<Record<string, string>>;
}

/** How long nothing may be left to do until it is the end, in milliseconds: some sweeps. */
const quietTime = 7000;
/** How long it may take until then. */
const patience = 300_000;

/**
 * Plays the events to the app, kills it now and then, stops its database, and gives what all that came to. Throws where the app
 * ends by itself.
 */
export async function play(wish: Play): Promise<Played> {
  const { databaseUrl, processes, chapters, kills, server, stops, seed, say } = wish;
  const folder = await mkdtemp(join(tmpdir(), "curtain-call-chaos-"));
  const random = createRandom(seed);
  const begun = performance.now();
  const sandbox = startProgram("src/sandbox.ts", {
    env: { SANDBOX_PORT: "0" },
    log: join(folder, "sandbox.log"),
    readyLine: "sandbox ready ",
  });
  const ready: Ready = JSON.parse(await sandbox.ready);
  const port = await findPort();
  const settings: AppSettings = { credentials: await install(ready, port), databaseUrl, folder, port };
  const apps = Array.from({ length: processes }, () => keepUp(() => startApp(settings)));
  // Whoever is started first makes the tables; from then on it may be killed at any moment.
  for (const app of apps) await app.ready();
  if (kills > 0) await control(ready, "PUT /faults", { seed: String(seed), rules: faults });

  const stage: Stage = { ask: await createAsk(ready), countRuns: async () => (await readLeft(port))?.runs ?? Infinity };
  const events = tellEvents(chapters);
  // The last ones strike while it catches up.
  const end = Math.ceil(events.length * 1.1);
  const killsAt = Array.from({ length: kills }, () => Math.floor(random() * end));
  const stopsAt = new Set(Array.from({ length: stops }, (_, count) => Math.floor(((count + random()) / stops) * end)));
  const kill = async (moment: number): Promise<void> => {
    for (const _ of killsAt.filter((one) => one === moment)) {
      const victim = apps[Math.floor(random() * apps.length)];
      await sleep(random() * 400);
      await victim?.kill();
      if (random() < 0.7) await victim?.ready();
    }
  };
  const secret = settings.credentials.webhookSecrets[0] ?? "";
  for (let index = 0; index < end; index += 1) {
    const happen = async (): Promise<void> => events[index]?.(stage);
    if (server === null || !stopsAt.has(index)) {
      await Promise.all([kill(index), happen()]);
      continue;
    }
    await kill(index);
    const mode = random() < 0.5 ? "fast" : "immediate";
    let happening = Promise.resolve();
    // What waits for the app goes on when the database is there again.
    const meanwhile = async (): Promise<void> => {
      happening = happen();
      await Promise.race([happening, sleep(1000)]);
    };
    await sufferOutage({ server, mode, port, secret, meanwhile });
    await happening;
  }
  for (const app of apps) await app.ready();
  await control(ready, "PUT /faults", { rules: [] });
  const told = performance.now();
  say(
    `${events.length} events, ${kills} kills, ${stopsAt.size} stops of the database, told in ${secondsSince(begun)} s`,
  );
  await becomeQuiet(ready, port);
  say(`it caught up within ${secondsSince(told)} s`);
  for (const app of apps) await app.end();
  const fallen = apps.reduce((sum, app) => sum + app.fallen(), 0);
  if (fallen > 0) throw new Error(`the app ended by itself, ${fallen} times; ${join(folder, "app.log")} may tell why`);

  const database = await openDatabase({ url: databaseUrl, folder: join(folder, "ledger") });
  const { api, organization, tokens } = ready;
  const outcome = await readOutcome({ api, organization, token: tokens["ada"] ?? "" }, database);
  await database.close();
  await sandbox.end("SIGTERM");
  return { outcome, folder };
}

function startApp(settings: AppSettings): Started {
  const log = join(settings.folder, "app.log");
  return startProgram("test/chaos/app-process.ts", { args: [JSON.stringify(settings)], log, readyLine: "ready" });
}

/** Registers and installs the app, which is not there yet: it has to find out. */
async function install(ready: Ready, port: number): Promise<AppSettings["credentials"]> {
  const { organization, api: apiUrl } = ready;
  const app = (await control(ready, "POST /apps", {
    name: "Curtain Call",
    owner: organization,
    webhook_url: `http://127.0.0.1:${port}/api/github/webhooks`,
    permissions: appManifest.default_permissions,
    events: appManifest.default_events,
  })) as { id: number; pem: string; webhook_secret: string };
  await control(ready, "POST /installations", { app_id: app.id, account: organization });
  return { appId: String(app.id), privateKey: app.pem, webhookSecrets: [app.webhook_secret], apiUrl };
}

async function createAsk(ready: Ready): Promise<Ask> {
  const { token } = (await control(ready, "POST /tokens", { login: "hedy" })) as { token: string };
  const tokens: Readonly<Record<string, string>> = { ...ready.tokens, hedy: token };
  return async (login, request, body) => {
    const [method = "", path = ""] = request.split(" ");
    const headers = { authorization: `Bearer ${tokens[login]}` };
    return send(`${ready.api}${path}`, { method, headers, body });
  };
}

async function control({ web }: Ready, request: string, body: object): Promise<unknown> {
  const [method = "", path = ""] = request.split(" ");
  return send(`${web}/_sandbox${path}`, { method, body });
}

async function send(
  url: string,
  { method, headers = {}, body }: { method: string; headers?: Record<string, string>; body?: object | undefined },
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

/** Waits until nothing was left to do for a while; throws where that does not come. */
async function becomeQuiet({ web }: Ready, port: number): Promise<void> {
  const end = performance.now() + patience;
  for (let since = performance.now(); performance.now() - since < quietTime; ) {
    if (performance.now() > end) throw new Error(`there is still something to do after ${patience / 1000} s`);
    await fetch(`${web}/_sandbox/settled`);
    const left = await readLeft(port);
    if (left === null || left.jobs + left.missing + left.runs > 0) since = performance.now();
    await sleep(200);
  }
}

interface Left {
  readonly jobs: number;
  readonly missing: number;
  readonly runs: number;
}

/** How much the app has to do yet; null where it cannot say so at the moment. */
async function readLeft(port: number): Promise<Left | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/left`);
    return answer.ok ? ((await answer.json()) as Left) : null;
  } catch {
    // It was killed, and is not there again.
    return null;
  }
}

function secondsSince(moment: number): number {
  return Math.round((performance.now() - moment) / 1000);
}
