import { type CheckedTemplate, checkTemplate } from "../domain/template/check-template.ts";
import type { UntrustedRenderer } from "./render-untrusted.ts";
import { TemplateFailed } from "./template-failed.ts";

export type OwnRenderer = (context: object) => Promise<string>;

export interface OwnRendererTools {
  /** What a template may include. */
  readonly partials: Readonly<Record<string, CheckedTemplate>>;
  readonly renderUntrusted: UntrustedRenderer["render"];
}

/** Renders by somebody's own template, in a thread with limits. Throws TemplateFailed for a broken one, and where one fails. */
export function ownRenderer({ partials, renderUntrusted }: OwnRendererTools, text: string): OwnRenderer {
  const check = checkTemplate(text, Object.keys(partials));
  return async (context) => {
    if (check.ok) return renderUntrusted({ template: check.template, partials, context });
    const [first, ...others] = check.errors;
    throw new TemplateFailed(first?.message ?? "It is broken.", first?.line ?? null, others.length);
  };
}
