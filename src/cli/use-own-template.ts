import { UserError } from "../domain/errors.ts";
import { oneLine } from "../domain/one-line.ts";
import { loadPartials } from "../render/load-template.ts";
import { type OwnRenderer, ownRenderer } from "../render/own-renderer.ts";
import { createUntrustedRenderer } from "../render/render-untrusted.ts";
import { TemplateFailed } from "../render/template-failed.ts";
import type { OwnTemplate } from "./own-template.ts";

/**
 * Renders by a template as the app does by a repository's own. It may include `partials`, by their paths below templates/.
 * Throws a UserError with file, line and cause for what is wrong with it.
 */
export async function useOwnTemplate<Result>(
  { path, text }: OwnTemplate,
  partials: readonly string[],
  use: (render: OwnRenderer) => Promise<Result>,
): Promise<Result> {
  const included = await loadPartials(partials);
  const renderer = createUntrustedRenderer();
  try {
    return await use(ownRenderer({ partials: included, renderUntrusted: renderer.render }, text));
  } catch (error) {
    if (!(error instanceof TemplateFailed)) throw error;
    throw new UserError(describe(path, error), { cause: error });
  } finally {
    await renderer.close();
  }
}

function describe(path: string, { line, message, others }: TemplateFailed): string {
  const more = others === 0 ? "" : ` (and ${others} more)`;
  return oneLine(`${path}${line === null ? "" : `, line ${line}`}: ${message}${more}`);
}
