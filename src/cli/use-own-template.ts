import { UserError } from "../domain/errors.ts";
import { oneLine } from "../domain/one-line.ts";
import { checkTemplate } from "../domain/template/check-template.ts";
import { loadPartials } from "../render/load-template.ts";
import { createUntrustedRenderer } from "../render/render-untrusted.ts";
import { TemplateFailed } from "../render/template-failed.ts";
import type { OwnTemplate } from "./own-template.ts";

type RenderOwn = (context: object) => Promise<string>;

/**
 * Checks a template, and runs it in a thread with limits, as the app does with a repository's own. It may include `partials`,
 * by their paths below templates/. Throws a UserError with file, line and cause for what is wrong with it.
 */
export async function useOwnTemplate<Result>(
  { path, text }: OwnTemplate,
  partials: readonly string[],
  use: (render: RenderOwn) => Promise<Result>,
): Promise<Result> {
  const included = await loadPartials(partials);
  const check = checkTemplate(text, Object.keys(included));
  if (!check.ok) {
    const [first, ...others] = check.errors;
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    throw new UserError(`${describe(path, first?.line ?? null, first?.message ?? "It is broken.")}${more}`);
  }
  const renderer = createUntrustedRenderer();
  try {
    return await use((context) => renderer.render({ template: check.template, partials: included, context }));
  } catch (error) {
    if (!(error instanceof TemplateFailed)) throw error;
    throw new UserError(describe(path, error.line, error.message), { cause: error });
  } finally {
    await renderer.close();
  }
}

function describe(path: string, line: number | null, message: string): string {
  return oneLine(`${path}${line === null ? "" : `, line ${line}`}: ${message}`);
}
