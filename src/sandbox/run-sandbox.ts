import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../domain/errors.ts";
import { describeSandbox, findOrganization } from "./describe-sandbox.ts";
import { importClone } from "./import/import-clone.ts";
import { Refusal } from "./refusal.ts";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";
import { tellStory } from "./story/tell-story.ts";

const usualPort = 4010;
const help = `A GitHub on this machine, to try apps and scripts on. It listens on 127.0.0.1 only.

  npm run sandbox                                 with a small story to look at
  npm run sandbox -- --import ../some-clone       and a real clone, with the pull requests that its history tells of
  npm run sandbox -- --releases --import ../a     and a release for each of its tags
  SANDBOX_PORT=0 npm run sandbox                  on any free port (without it, ${usualPort})
  DATA_DIR=./sandbox npm run sandbox              kept there; without it, gone at the end
`;

/** Runs the sandbox until somebody ends it, and sets the process's exit status. */
export async function runSandbox(process: NodeJS.Process): Promise<void> {
  let sandbox: Sandbox | null = null;
  try {
    const options = readOptions(process.argv.slice(2), process.env);
    if (options === null) {
      process.stdout.write(help);
      return;
    }
    sandbox = await startSandbox(options);
    endOnSignal(process, sandbox);
    await fill(sandbox, options, (line) => process.stderr.write(`${line}\n`));
    const lines = readyLines(sandbox);
    // Whoever reads them may end the process by force, and finds everything all the same.
    await sandbox.save();
    process.stdout.write(lines);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`sandbox: ${error.message}\n`);
    process.exitCode = error.misuse ? 2 : 1;
    await sandbox?.close();
  }
}

interface RunOptions {
  readonly port: number;
  readonly dataFolder: string | null;
  /** Folders of clones. */
  readonly imports: readonly string[];
  /** Whether their tags become releases. */
  readonly releases: boolean;
}

/** Null where help is asked for. Throws a UserError for what cannot be meant. */
function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): RunOptions | null {
  const { help: asksHelp = false, import: imports = [], releases = false } = parse(args);
  if (asksHelp) return null;
  const port = environment["SANDBOX_PORT"] ?? String(usualPort);
  const folder = environment["DATA_DIR"];
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UserError(`SANDBOX_PORT is ${JSON.stringify(port)}; give a port from 1 to 65535, or 0 for any`, {
      misuse: true,
    });
  }
  return {
    port: Number(port),
    dataFolder: folder ? resolve(folder) : null,
    imports: imports.map((clone) => resolve(clone)),
    releases,
  };
}

function parse(args: readonly string[]) {
  try {
    const options = {
      help: { type: "boolean", short: "h" },
      import: { type: "string", multiple: true },
      releases: { type: "boolean" },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new UserError(`${sentence}; -- --help shows what there is`, { misuse: true, cause: error });
  }
}

/** Tells the story to a new sandbox, and imports what is asked for. */
async function fill(
  { forge, isOld }: Sandbox,
  { imports, releases: asksReleases }: RunOptions,
  say: (line: string) => void,
): Promise<void> {
  if (!isOld) await tellStory(forge);
  const owner = findOrganization(forge);
  for (const clone of imports) {
    say(`Importing ${clone} …`);
    const imported = await importClone(forge, { clone, owner, releases: asksReleases }).catch((error: unknown) => {
      if (error instanceof Refusal) return null;
      throw error;
    });
    if (imported === null) {
      say(`${owner.login} has a repository of its name already, so ${clone} was not imported.`);
      continue;
    }
    const { repository, commits, people, pullRequests, tags, releases } = imported;
    say(
      `Imported ${owner.login}/${repository.name}: ${commits.toLocaleString("en")} commits, ${people.toLocaleString("en")} people, ${pullRequests.toLocaleString("en")} pull requests, ${tags.toLocaleString("en")} tags${asksReleases ? `, ${releases.toLocaleString("en")} releases` : ""}.`,
    );
  }
}

function readyLines({ forge }: Sandbox): string {
  return `sandbox ready ${JSON.stringify(describeSandbox(forge))}
A GitHub of your own is at ${forge.web} (this machine only). Ctrl-C ends it.
`;
}

/** The first signal ends it in order, one that comes a second later at once: npm passes on what the terminal sent too. */
function endOnSignal(process: NodeJS.Process, sandbox: Sandbox): void {
  let begun: number | null = null;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (begun !== null && performance.now() - begun > 1000) process.exit(1);
      if (begun !== null) return;
      begun = performance.now();
      void sandbox.close().then(() => process.exit(0));
    });
  }
}
