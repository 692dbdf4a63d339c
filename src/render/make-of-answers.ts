import { parseAnswers } from "../domain/playbook/parse-answers.ts";
import type { Playbook, PlaybookError } from "../domain/playbook/playbook.ts";
import type { RenderedPlaybook } from "../domain/playbook/rendered-playbook.ts";
import type { Making } from "../domain/playbook/test-case.ts";
import { renderPlaybook } from "./render-playbook.ts";
import type { UntrustedRenderer } from "./render-untrusted.ts";

export type MakingOutcome =
  | { readonly ok: true; readonly rendered: RenderedPlaybook }
  /** `line` has the answers as they could be written; null where nothing is wrong with them. */
  | { readonly ok: false; readonly errors: readonly PlaybookError[]; readonly line: string | null };

/** Makes a playbook of answers as somebody wrote them; or tells everything that is wrong with these, or comes of them. */
export async function makeOfAnswers(
  playbook: Playbook,
  { answers, organisation, year }: Making,
  renderer: Pick<UntrustedRenderer, "render">,
): Promise<MakingOutcome> {
  const parsed = parseAnswers(answers, { inputs: playbook.manifest.inputs, organisation });
  if (!parsed.ok) {
    const errors = parsed.mistakes.map((message) => ({ path: "", line: null, message }));
    return { ok: false, errors, line: parsed.line };
  }
  const rendering = await renderPlaybook({ playbook, values: parsed.values, organisation, year }, renderer);
  return rendering.ok ? rendering : { ok: false, errors: rendering.errors, line: null };
}
