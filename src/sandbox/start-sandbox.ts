import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { UserError } from "../domain/errors.ts";
import { createControl } from "./control/create-control.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import type { Forge } from "./forge.ts";
import { createGraphql } from "./graphql/create-graphql.ts";
import { createApiDoor } from "./http/create-api-door.ts";
import { createGitDoor } from "./http/create-git-door.ts";
import { createHandler } from "./http/create-handler.ts";
import { createQueueKeeper } from "./keep-queues.ts";
import { createLimiter, type Limiter } from "./limits/create-limiter.ts";
import { createPages } from "./pages/create-pages.ts";
import { keepState } from "./persistence/keep-state.ts";
import { createRest } from "./rest/create-rest.ts";
import { loadApiDescription } from "./rest/describe-api.ts";
import { allOperations } from "./rest/operations/all-operations.ts";
import { createTurns } from "./turns.ts";
import { createWebhooks } from "./webhooks/create-webhooks.ts";
import { repositoryOf } from "./webhooks/place-of-happening.ts";

/** GitHub's, in milliseconds. */
const usualPatience = 10_000;

export interface SandboxOptions {
  /** Of 127.0.0.1; 0 for any that is free. */
  readonly port: number;
  /** Where everything is kept; null for a temporary folder that is gone at the end. */
  readonly dataFolder: string | null;
  readonly clock?: () => Date;
  readonly randomBytes?: (size: number) => Buffer;
  /** Is told of requests and answers that GitHub's description does not know, each in a sentence. */
  readonly onProblem?: (problem: string) => void;
  /** Is shown each webhook's payload before it is sent. */
  readonly onWebhook?: (event: string, action: string | null, payload: unknown) => void;
  /** How long an app has to answer a webhook, in milliseconds; GitHub's ten seconds where it is not given. */
  readonly webhookPatience?: number;
  /** Is told of our own mistakes. */
  readonly onError?: (error: unknown) => void;
}

export interface Sandbox {
  readonly forge: Forge;
  /** Writes what changed to the folder that keeps it, at once. */
  readonly save: () => Promise<void>;
  /** Whether it went on from what the folder kept. */
  readonly isOld: boolean;
  readonly faults: Faults;
  readonly limiter: Limiter;
  /** Waits until no webhook is on its way any more, and nothing is to be done in a merge queue. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts a GitHub on this machine's loopback. Throws a UserError where the port is taken or the folder unreadable. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const {
    clock = () => new Date(),
    onProblem = null,
    onError = (error) => process.emitWarning(String(error)),
  } = options;
  const description = await loadApiDescription();
  const kept = await keepState(options.dataFolder, { now: clock(), onError });
  const { server, port } = await listen(options.port).catch((error: unknown) => {
    kept.leave();
    throw error;
  });
  const folder = options.dataFolder ?? mkdtempSync(join(tmpdir(), "curtain-call-sandbox-"));
  const web = `http://127.0.0.1:${port}`;
  const faults = createFaults();
  const limiter = createLimiter(clock);
  const webhooks = createWebhooks(() => forge, {
    nextFault: faults.nextForWebhook,
    inspect: options.onWebhook ?? (() => {}),
    onError,
    onLogged: kept.touch,
    patience: options.webhookPatience ?? usualPatience,
  });
  const queues = createQueueKeeper(() => forge, { onError, onTended: kept.touch });
  const forge: Forge = {
    state: kept.state,
    folder,
    web,
    api: `${web}/api/v3`,
    clock,
    randomBytes: options.randomBytes ?? randomBytes,
    announce: async (happening) => {
      await webhooks.announce(happening);
      queues.notice(repositoryOf(happening));
    },
    redeliver: webhooks.redeliver,
    inTurn: createTurns(),
  };
  const settled = async (): Promise<void> => {
    do {
      await queues.settled();
      await webhooks.settled();
    } while (queues.isBusy());
  };
  const operations = allOperations(limiter);
  const closing = Promise.withResolvers<void>();
  const handler = createHandler({
    api: createApiDoor({
      forge,
      limiter,
      rest: createRest({ forge, description, operations, onProblem }),
      graphql: createGraphql(forge, limiter),
      onError,
    }),
    git: createGitDoor(forge),
    control: createControl({
      forge,
      faults,
      limiter,
      operations: operations.map(({ id }) => id),
      settled,
    }),
    pages: createPages(forge, { redeliver: async (delivery) => webhooks.redeliver(delivery) }),
    faults,
    restSegments: description.firstSegments,
    closing: closing.promise,
  });
  // What was left undone when the sandbox ended is done now.
  for (const repository of forge.state.repositories.values()) queues.notice(repository);
  const answered = answerBy(server, { handler, onError, afterEach: kept.touch });
  return {
    forge,
    save: kept.save,
    isOld: kept.isOld,
    faults,
    limiter,
    settled,
    close: async () => {
      closing.resolve();
      await stop(server);
      await answered();
      await queues.settled();
      await webhooks.close();
      await kept.close();
      if (options.dataFolder === null) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listen(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      reject(new UserError(whyNotListening(port, cause), { cause })),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { server, port: address.port };
}

function whyNotListening(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === "EADDRINUSE") return `port ${port} of 127.0.0.1 is taken; give another SANDBOX_PORT, or 0 for any`;
  if (code === "EACCES") return `port ${port} may not be listened on; give a SANDBOX_PORT above 1023, or 0 for any`;
  return `127.0.0.1 cannot be listened on: ${message}; give another SANDBOX_PORT`;
}

interface Answering {
  readonly handler: ReturnType<typeof createHandler>;
  readonly onError: (error: unknown) => void;
  readonly afterEach: () => void;
}

/** Gives a way to wait until nothing is being answered any more. */
function answerBy(server: Server, { handler, onError, afterEach }: Answering): () => Promise<void> {
  const underWay = new Set<Promise<unknown>>();
  server.on("request", (incoming, outgoing) => {
    const isRead = incoming.method === "GET" || incoming.method === "HEAD";
    outgoing.once("close", () => {
      if (!isRead) afterEach();
    });
    void getRequestListener(async (request) => {
      const work = handler(request, outgoing);
      underWay.add(work);
      try {
        return (await work) ?? new Response(null);
      } catch (error) {
        onError(error);
        return new Response("Something went wrong.\n", { status: 500 });
      } finally {
        underWay.delete(work);
      }
    })(incoming, outgoing);
  });
  return async () => {
    await Promise.allSettled(underWay);
  };
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
