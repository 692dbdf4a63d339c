import { type CheckedTemplate, checkTemplate } from "../template/check-template.ts";
import { playbookLanguage } from "../template/playbook-language.ts";
import { checkReferences } from "./check-references.ts";
import type { Manifest } from "./manifest-schema.ts";
import type { PlaybookError } from "./playbook.ts";
import { freeText, rootShape, type Shape, tameText } from "./shape.ts";

/** A template, where it stands, and what it may do there. */
interface TemplateSource {
  readonly path: string;
  readonly text: string;
  /** The line of the file on which it begins. */
  readonly line?: number;
  /** Whether a value that may hold anything needs a helper around it. */
  readonly mustQuote: boolean;
  /** What it finds in `inputs` besides the playbook's. */
  readonly more?: ReadonlyMap<string, Shape>;
}

/** The templates of a playbook, checked one after the other, with what is found on the way. */
export interface PlaybookScope {
  /** The checked template; null where it is wrong, which is noted in `errors`. */
  readonly check: (source: TemplateSource) => CheckedTemplate | null;
  /** Makes a value that is made of others known to the templates that follow. */
  readonly derive: (name: string, source: TemplateSource) => CheckedTemplate | null;
  readonly errors: PlaybookError[];
  /** The inputs that templates looked at. */
  readonly used: Set<string>;
}

/** What templates of this playbook may see. */
export function createPlaybookScope(manifest: Pick<Manifest, "inputs">): PlaybookScope {
  const derived = new Map<string, Shape>();
  const errors: PlaybookError[] = [];
  const used = new Set<string>();

  function look({ path, text, line = 1, mustQuote, more }: TemplateSource) {
    const check = checkTemplate(text, [], playbookLanguage);
    if (!check.ok) {
      errors.push(...check.errors.map((error) => ({ path, line: line + error.line - 1, message: error.message })));
      return null;
    }
    const root = rootShape(manifest, new Map([...derived, ...(more ?? [])]));
    const references = checkReferences(check.template.program, { root, mustQuote });
    errors.push(...references.errors.map((error) => ({ path, line: line + error.line - 1, message: error.message })));
    for (const name of references.inputs) used.add(name);
    return { template: check.template, ...references };
  }

  return {
    check: (source) => look(source)?.template ?? null,
    derive: (name, source) => {
      const found = look(source);
      derived.set(name, found?.isTame === true ? tameText : freeText);
      return found?.template ?? null;
    },
    errors,
    used,
  };
}
