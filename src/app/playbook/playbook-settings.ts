import { type Configuration, defaultConfiguration } from "../../domain/config/configuration-schema.ts";
import { readConfiguration } from "../../domain/config/read-configuration.ts";
import { NotThere } from "../../github/errors.ts";
import { readSharedFile } from "../../github/playbook/read-shared-file.ts";
import type { Deps } from "../deps.ts";
import { configurationPath } from "../read-as-configured.ts";

export type PlaybookSettings = Configuration["playbooks"];

export type PlaybookSettingsReading =
  | { readonly ok: true; readonly settings: PlaybookSettings }
  /** What is wrong, as a sentence in Markdown that is safe as it is. */
  | { readonly ok: false; readonly mistake: string };

const where = `\`${configurationPath}\` in the organisation's \`.github\` repository`;

/**
 * What an organisation says about playbooks: in its repository `.github` alone, as nobody else's settings may lift what it asks
 * for. Without a file the defaults; a file with anything wrong in it is no settings at all. Throws what GitHubClient throws.
 */
export async function readPlaybookSettings(
  { octokitFor }: Pick<Deps, "octokitFor">,
  { installationId, organisation }: { readonly installationId: number; readonly organisation: string },
): Promise<PlaybookSettingsReading> {
  const client = octokitFor(installationId, { permissions: { contents: "read", metadata: "read" } });
  const file = await readSharedFile(client, { organisation, path: configurationPath }).catch(noneThere);
  if (file === null) return { ok: true, settings: defaultConfiguration.playbooks };
  if (file === "unreadable") return { ok: false, mistake: `I can't read ${where}. It has to be a short text.` };
  const read = readConfiguration(file.text);
  if (read.ok) return { ok: true, settings: read.configuration.playbooks };
  const [first] = read.errors;
  // The line alone: what stands there may be private where this is shown.
  const line = first === undefined ? "" : ` Line ${first.line} is the first that is wrong.`;
  return { ok: false, mistake: `Nothing is done while ${where} is broken.${line}` };
}

/** An organisation need not have that repository. */
function noneThere(error: unknown): null {
  if (error instanceof NotThere) return null;
  throw error;
}
