import { type Configuration, defaultConfiguration } from "../../domain/config/configuration-schema.ts";
import { readConfiguration } from "../../domain/config/read-configuration.ts";
import { NotThere } from "../../github/errors.ts";
import { readFileFromRepository } from "../../github/read-file-from-repository.ts";
import type { Deps } from "../deps.ts";
import { configurationPath } from "../read-as-configured.ts";

export type PlaybookSettings = Configuration["playbooks"];

/**
 * What an organisation's settings say about playbooks: those of its repository `.github` alone, or whoever keeps another
 * repository could lift what the organisation asks for. Refuses where they are broken. Throws what GitHubClient throws.
 */
export async function readPlaybookSettings(
  { octokitFor }: Pick<Deps, "octokitFor">,
  { installationId, organisation }: { readonly installationId: number; readonly organisation: string },
): Promise<
  | { readonly ok: true; readonly settings: PlaybookSettings }
  /** A sentence in Markdown that is safe as it is. */
  | { readonly ok: false; readonly mistake: string }
> {
  const client = octokitFor(installationId, { permissions: { contents: "read", metadata: "read" } });
  try {
    const place = { owner: organisation, name: ".github", path: configurationPath };
    const text = await readFileFromRepository(client, place);
    if (text === null) return { ok: true, settings: defaultConfiguration.playbooks };
    const reading = readConfiguration(text);
    if (reading.ok) return { ok: true, settings: reading.configuration.playbooks };
    // What is in it is for those alone who may read it.
    const [first] = reading.errors;
    const mistake = `The organisation's \`${configurationPath}\`, in its repository \`.github\`, has a mistake in line ${first?.line ?? 1}: no playbook is used until it is put right.`;
    return { ok: false, mistake };
  } catch (error) {
    if (error instanceof NotThere) return { ok: true, settings: defaultConfiguration.playbooks };
    throw error;
  }
}
