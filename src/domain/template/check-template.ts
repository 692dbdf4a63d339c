import Handlebars from "handlebars";
import { checkNodes } from "./check-nodes.ts";
import { commentLanguage } from "./comment-language.ts";
import { escapeValues } from "./escape-values.ts";
import type { TemplateLanguage } from "./template-language.ts";

/** One thing that a template may not have, or that cannot be read. */
export interface TemplateError {
  /** Counts from 1. */
  readonly line: number;
  /** One line that says what is wrong and what to do. It may quote the template. */
  readonly message: string;
}

/** A template that may be run, in which every value goes through a helper of its language. */
export interface CheckedTemplate {
  readonly program: hbs.AST.Program;
}

export type TemplateCheck =
  | { readonly ok: true; readonly template: CheckedTemplate }
  | { readonly ok: false; readonly errors: readonly TemplateError[] };

const longest = 64 * 1024;
/** The parser's time grows with the square of how deep a template is nested, which cannot be more than this. */
const most = { blocks: 500, parentheses: 1000 };
/** Nobody reads more. */
const mostErrors = 100;

/**
 * Checks a template of Handlebars' that somebody wrote: it may use the helpers of its language, which is that of comments
 * where none is named, and include `partials`, and nothing else. Returns what may be run, or everything that is wrong, in the order of the template; of a text that cannot be
 * parsed, where the parser stopped. Never throws, whatever the text is.
 */
export function checkTemplate(
  text: string,
  partials: readonly string[] = [],
  language: TemplateLanguage = commentLanguage,
): TemplateCheck {
  if (text.length > longest) return refuse([{ line: 1, message: "A template may have 64 kB; this one is longer." }]);
  for (const [what, beginning] of [
    ["blocks", /\{\{~?\s*(?:[#^]|else\b|\{\{)/g],
    ["parentheses", /\(/g],
  ] as const) {
    const count = text.match(beginning)?.length ?? 0;
    if (count > most[what]) {
      return refuse([{ line: 1, message: `A template may have ${most[what]} ${what}; this one has ${count}.` }]);
    }
  }
  const parsed = parse(text, (whole) => Handlebars.parseWithoutProcessing(whole));
  if (!parsed.ok) return refuse([parsed.error]);
  const errors = checkNodes(parsed.program, { language, partials: new Set(partials) });
  if (errors.length > 0) return refuse(errors);
  // White space is put right by a parser that goes down into each block, so only once these are known to be few.
  const whole = parse(text, (again) => Handlebars.parse(again));
  if (!whole.ok) return refuse([whole.error]);
  return { ok: true, template: { program: escapeValues(whole.program, language) } };
}

type Parsed =
  | { readonly ok: true; readonly program: hbs.AST.Program }
  | { readonly ok: false; readonly error: TemplateError };

function parse(text: string, by: (text: string) => hbs.AST.Program): Parsed {
  try {
    return { ok: true, program: by(text) };
  } catch (error) {
    return { ok: false, error: explain(error) };
  }
}

function refuse(errors: readonly TemplateError[]): TemplateCheck {
  return { ok: false, errors: errors.toSorted((left, right) => left.line - right.line).slice(0, mostErrors) };
}

/** What the parser says, in words for people: its own are about grammar. */
function explain(error: unknown): TemplateError {
  const said = error instanceof Error ? error.message : "";
  const line = Number(/ on line (\d+)|- (\d+):\d+$/.exec(said)?.slice(1).find(Boolean) ?? 1);
  const blocks = /^(\S+) doesn't match (\S+) - /.exec(said);
  if (blocks !== null) {
    return {
      line,
      message: `{{#${blocks[1]}}} begins here and ends as {{/${blocks[2]}}}: each block ends by its name.`,
    };
  }
  const path = /^Invalid path: (\S+)/.exec(said);
  if (path !== null) return { line, message: `"${path[1]?.slice(0, 60)}" is not a name that leads anywhere.` };
  return {
    line,
    message:
      "This is not a template of Handlebars: look for braces and blocks that do not close, and for a } right behind }}.",
  };
}
