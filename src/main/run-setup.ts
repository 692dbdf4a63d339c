import { UserError } from "../domain/errors.ts";
import type { Registered } from "./convert-manifest.ts";
import { createSetup, installUrl } from "./create-setup.ts";
import { hasLedgerKey, makeLedgerKey } from "./ledger-key.ts";
import { environmentFile, loadEnvironmentFile } from "./load-environment-file.ts";
import { openServer } from "./open-server.ts";
import { readDataFolder, readPort } from "./read-environment.ts";
import { readHost } from "./read-host.ts";
import { readWebhook } from "./registration-request.ts";
import { requireWritable, writeEnvironmentFile } from "./write-environment-file.ts";

/** What setup writes; the two that are not an app's own are those that would win over it. */
const written = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET", "WEBHOOK_SECRET_BEFORE"];

/** Registers the app on GitHub with the help of a browser, writes `.env`, and sets the process's exit status. */
export async function runSetup(process: NodeJS.Process): Promise<void> {
  try {
    await setUp(process);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`curtain-call: ${error.message}\n`);
    process.exitCode = error.misuse ? 2 : 1;
  }
}

async function setUp(process: NodeJS.Process): Promise<void> {
  const inTheWay = written.filter((name) => process.env[name]);
  if (inTheWay.length > 0) {
    throw new UserError(`the environment has ${inTheWay.join(", ")}, which would win over .env; unset it first`, {
      misuse: true,
    });
  }
  const path = environmentFile(process);
  loadEnvironmentFile(process);
  await requireWritable(path);
  const replaced = written.filter((name) => process.env[name]);
  const host = readHost(process.env);
  const webhookUrl = process.env["WEBHOOK_URL"] ? readWebhook(process.env["WEBHOOK_URL"], host) : null;
  const server = await openServer(readPort(process.env, "PORT", 0), "127.0.0.1");
  const web = `http://127.0.0.1:${server.port}`;
  const done = Promise.withResolvers<Registered>();
  server.answerBy(
    createSetup({
      host,
      web,
      webhookUrl,
      keep: async (registered) =>
        writeEnvironmentFile(path, {
          ...valuesOf(registered, process.env["GHE_HOST"]),
          ...(await newLedgerKey(process.env)),
        }),
      onDone: done.resolve,
      onMistake: (text) => process.stderr.write(`curtain-call: ${text}\n`),
    }),
  );
  const warning =
    replaced.length === 0 ? "" : `  .env has ${replaced.join(", ")} of another app; they will be replaced.\n`;
  process.stdout.write(
    `Open ${web} in a browser of this machine to register Curtain Call.\n${warning}Ctrl-C ends it.\n`,
  );
  const registered = await done.promise;
  await server.close();
  process.stdout.write(`Curtain Call is registered; .env holds what it needs to sign in. Keep that file to yourself.
  Install it:  ${installUrl(registered)}
  Start it:    npm start
`);
}

/** A key for the ledger, unless there is one: whatever an older ledger holds can be read by its own key alone. */
async function newLedgerKey(environment: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  if (environment["LEDGER_KEY"] || (await hasLedgerKey(readDataFolder(environment)))) return {};
  return { LEDGER_KEY: makeLedgerKey() };
}

function valuesOf(
  { appId, privateKey, webhookSecret }: Registered,
  enterprise: string | undefined,
): Record<string, string | null> {
  return {
    APP_ID: appId,
    PRIVATE_KEY: privateKey,
    PRIVATE_KEY_PATH: null,
    WEBHOOK_SECRET: webhookSecret,
    WEBHOOK_SECRET_BEFORE: null,
    ...(enterprise ? { GHE_HOST: enterprise } : {}),
  };
}
