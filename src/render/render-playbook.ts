import type { InputValue } from "../domain/playbook/condition.ts";
import { holds } from "../domain/playbook/condition.ts";
import { textsInForce } from "../domain/playbook/in-force.ts";
import { textKey } from "../domain/playbook/manifest-texts.ts";
import type { InputValues } from "../domain/playbook/parse-answers.ts";
import type { Playbook, PlaybookError, TextSource } from "../domain/playbook/playbook.ts";
import type { RenderedPlaybook } from "../domain/playbook/rendered-playbook.ts";
import { settleRepository, titleOf } from "../domain/playbook/settle-repository.ts";
import { renderFiles } from "./render-playbook-files.ts";
import type { UntrustedRenderer } from "./render-untrusted.ts";
import { TemplateFailed } from "./template-failed.ts";

/** A playbook, and what it is to be made of. */
export interface PlaybookToRender {
  readonly playbook: Playbook;
  readonly values: InputValues;
  /** The login of the organisation that gets the repository. */
  readonly organisation: string;
  /** What {{year}} is. */
  readonly year: number;
  /** How long all of it may take together, in milliseconds: 20 seconds where it is not given. */
  readonly patience?: number;
}

export type PlaybookRendering =
  | { readonly ok: true; readonly rendered: RenderedPlaybook }
  | { readonly ok: false; readonly errors: readonly PlaybookError[] };

/** Renders a text of a playbook's, `more` being what it finds in `inputs` besides the answers; where it stands is for the mistakes. */
export type RenderText = (
  source: TextSource,
  where: {
    readonly path: string;
    readonly label?: string;
    readonly longest?: number;
    readonly more?: Readonly<Record<string, InputValue>>;
  },
) => Promise<string>;

/** GitHub takes no longer text of an issue. */
const longestIssue = 65_536;
/** No text of the manifest is longer, whatever is in it. */
const longestLine = 10_000;

/**
 * Renders everything that a checked playbook makes of checked answers, each template apart from the others and with
 * limits. Returns it, or everything that is wrong with it.
 */
export async function renderPlaybook(
  { playbook, values, organisation, year, patience = 20_000 }: PlaybookToRender,
  { render }: Pick<UntrustedRenderer, "render">,
): Promise<PlaybookRendering> {
  const { manifest } = playbook;
  const errors: PlaybookError[] = [];
  const begun = performance.now();
  let isTooLong = false;
  const inputs: Record<string, InputValue> = Object.fromEntries(values);
  const repository = {
    name: values.get("name") ?? null,
    owner: organisation,
    title: titleOf(values),
    description: null as string | null,
    visibility: manifest.repository.visibility,
  };
  const { name, title, description, version, lifecycle, license } = manifest;
  const authors = manifest.authors.map((author) =>
    "project" in author ? author.project : (author.name ?? author.login),
  );
  const about = { name, title, description, version, lifecycle, license, authors };

  const renderText: RenderText = async (source, { path, label, longest = longestLine, more = {} }) => {
    if (typeof source === "string") return source;
    // Each of a thousand templates might take nearly as long as a single one may.
    if (performance.now() - begun > patience) {
      if (!isTooLong)
        errors.push({ path, line: null, message: `All of it takes longer than ${patience} milliseconds.` });
      isTooLong = true;
      return "x";
    }
    const context = { inputs: { ...inputs, ...more }, playbook: about, repository };
    try {
      return await render({ template: source, context, longest, kind: { language: "playbook", year } });
    } catch (error) {
      if (!(error instanceof TemplateFailed)) throw error;
      const message = label === undefined ? error.message : `${label}: ${error.message}`;
      errors.push({ path, line: label === undefined ? error.line : null, message });
      return "x";
    }
  };

  const texts = new Map<string, string>();
  for (const { path, text } of textsInForce(manifest, values)) {
    const key = textKey(path);
    const written = await renderText(playbook.texts.get(key) ?? text, { path: "playbook.yml", label: key });
    texts.set(key, written);
    if (path[0] === "derived") inputs[String(path[1])] = written;
    if (key === "repository.description") repository.description = written === "" ? null : written;
  }
  const files = await renderFiles({ playbook, values, errors }, renderText);
  const bodies = new Map<number, string>();
  for (const [index, issue] of manifest.issues.entries()) {
    if (!holds(issue.when, values)) continue;
    const body = await renderText(playbook.issues[index] ?? "", { path: issue.template, longest: longestIssue });
    bodies.set(index, body);
  }
  if (errors.length > 0) return { ok: false, errors };
  const settled = settleRepository({ manifest, values, organisation, texts, bodies });
  if (settled.errors.length > 0) return { ok: false, errors: settled.errors };
  return { ok: true, rendered: { inputs, repository: settled.repository, files, issues: settled.issues } };
}
