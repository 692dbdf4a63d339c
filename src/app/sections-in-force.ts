import type { Configuration } from "../domain/config/configuration-schema.ts";
import type { Acknowledgements } from "../domain/release/acknowledge.ts";
import { MissingPermission, NotThere } from "../github/errors.ts";
import type { GitHubClient } from "../github/github-client.ts";
import type { Place } from "../github/place.ts";
import { readFileFromRepository } from "../github/read-file-from-repository.ts";
import type { ReleaseSurroundings } from "../github/read-release-surroundings.ts";
import { ownRenderer } from "../render/own-renderer.ts";
import { renderAcknowledgements, type SectionRoom, wholeRelease } from "../render/render-acknowledgements.ts";
import { renderOwnAcknowledgements } from "../render/render-own-acknowledgements.ts";
import { TemplateFailed } from "../render/template-failed.ts";
import type { BuiltInSection, Deps } from "./deps.ts";

/** A repository's own template that cannot be used. */
export interface SectionMistake {
  readonly path: string;
  /** The whole file, to know it again; null where there is none. */
  readonly text: string | null;
  readonly line: number | null;
  readonly message: string;
}

export interface Sections {
  /** The section, in so many characters; null where there is no room for any. */
  readonly word: (room: SectionRoom) => Promise<string | null>;
  /** Why the repository's own template is not used; null where it is, or has none. */
  readonly mistake: SectionMistake | null;
}

/** Where a repository has its own templates. */
const folder = ".github/curtain-call";

/**
 * The words of acknowledgements by the template that the settings name: one of ours, or a file of the repository's. A file that is
 * not there, broken or failing is a mistake, and ours takes its place.
 */
export async function sectionsInForce(
  { templates }: Pick<Deps, "templates">,
  client: GitHubClient,
  wanted: {
    readonly repository: ReleaseSurroundings["repository"];
    readonly configuration: Configuration;
    readonly acknowledgements: Acknowledgements;
  },
): Promise<Sections> {
  const { repository, configuration, acknowledgements } = wanted;
  const { template } = configuration.acknowledgements;
  const ours =
    (name: BuiltInSection) =>
    async (room: SectionRoom): Promise<string | null> => {
      try {
        return renderAcknowledgements(acknowledgements, templates.acknowledgements[name], room);
      } catch {
        return null;
      }
    };
  if (isBuiltIn(template)) return { word: ours(template), mistake: null };
  const path = `${folder}/${template}`;
  const text = await readOwn(client, { owner: repository.owner, name: repository.name, path });
  const missing = "There is no such file on the default branch.";
  if (text === null) return { word: ours("sections"), mistake: { path, text, line: null, message: missing } };
  const own = (room: SectionRoom): Promise<string> =>
    renderOwnAcknowledgements(acknowledgements, ownRenderer(templates, text), room);
  try {
    // Tried once, so that it is known before anything is written.
    await own(wholeRelease);
    return { word: (room) => own(room).catch(() => ours("sections")(room)), mistake: null };
  } catch (error) {
    if (!(error instanceof TemplateFailed)) throw error;
    return { word: ours("sections"), mistake: { path, text, line: error.line, message: error.message } };
  }
}

/** The repository's file, or without one its organisation's. */
async function readOwn(client: GitHubClient, file: Place & { readonly path: string }): Promise<string | null> {
  const own = await readFileFromRepository(client, file);
  if (own !== null) return own;
  try {
    return await readFileFromRepository(client, { ...file, name: ".github" });
  } catch (error) {
    if (error instanceof NotThere || error instanceof MissingPermission) return null;
    throw error;
  }
}

function isBuiltIn(template: string): template is BuiltInSection {
  return template === "sections" || template === "flat" || template === "table";
}
