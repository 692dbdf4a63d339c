import Handlebars from "handlebars";
import type { CheckedTemplate } from "../domain/template/check-template.ts";
import { createHelpers, type TemplateKind } from "./create-helpers.ts";
import { TemplateFailed } from "./template-failed.ts";
import { withoutPrototypes } from "./without-prototypes.ts";

/** A checked template, what it may include, and the plain data that it is about. */
export interface TemplateToRender {
  readonly template: CheckedTemplate;
  /** The language by which it was checked: comments', where none is named. */
  readonly kind?: TemplateKind;
  readonly partials?: Readonly<Record<string, CheckedTemplate>>;
  readonly context: object;
  /** How many characters the text may have. */
  readonly longest: number;
}

const options: CompileOptions = {
  noEscape: true,
  // Strict mode tells of no line where a value goes to a helper, as each does: the helpers are strict instead.
  strict: false,
  knownHelpersOnly: true,
};
const handlebarsOwn = ["helperMissing", "blockHelperMissing", "log", "lookup"];
const blocks = ["if", "unless", "each", "with"];

/** Renders a checked template. Throws TemplateFailed for everything that is wrong with it. */
export function renderChecked(wanted: TemplateToRender): string {
  const { template, kind = { language: "comment" }, partials = {}, context, longest } = wanted;
  const handlebars = Handlebars.create();
  for (const helper of handlebarsOwn) handlebars.unregisterHelper(helper);
  const { inline, quote } = createHelpers(kind);
  for (const [name, helper] of Object.entries(inline)) handlebars.registerHelper(name, guard(name, helper));
  handlebars.registerHelper("quote", function quoteShort(this: unknown, block: Handlebars.HelperOptions) {
    const text = block.fn(this);
    // A long text is put together only when it is looked at, which may take any memory at once.
    if (text.length > longest) throw tooLong(longest);
    return quote.call(this, { fn: () => text });
  });
  const names = [...handlebarsOwn, ...blocks, "quote", ...Object.keys(inline)];
  const known = { ...options, knownHelpers: Object.fromEntries(names.map((name) => [name, true])) };
  for (const [name, { program }] of Object.entries(partials)) {
    handlebars.registerPartial(name, handlebars.compile(program, known));
  }
  try {
    const text = handlebars.compile(template.program, known)(withoutPrototypes(context));
    if (text.length > longest) throw tooLong(longest);
    return text;
  } catch (error) {
    if (error instanceof TemplateFailed) throw error;
    // The longest text that there can be at all.
    if (error instanceof RangeError) throw tooLong(longest);
    throw new TemplateFailed("It cannot be rendered.");
  }
}

function tooLong(longest: number): TemplateFailed {
  return new TemplateFailed(`It makes a text of more than ${longest} characters.`);
}

/** The helper, with its line to each failure, and strict about values that are not there. */
function guard(name: string, helper: (...values: never[]) => unknown): Handlebars.HelperDelegate {
  return (...given: unknown[]) => {
    const values = given.slice(0, -1);
    const fail = (message: string) => new TemplateFailed(message, lineOf(given.at(-1)));
    if (values.includes(undefined)) throw fail("A value is asked for that is not there: is its name right?");
    try {
      return Reflect.apply(helper, undefined, values);
    } catch (error) {
      if (error instanceof TemplateFailed) throw fail(error.message);
      // Nobody need have written `md`: each plain value gets it.
      if (name === "md") throw fail("This is a group of values, and no text: name one of them.");
      throw fail(`The helper ${name} cannot show the value that it is given.`);
    }
  };
}

/** Where a helper stands, which Handlebars tells it beside its values. */
function lineOf(told: unknown): number | null {
  const line = valueIn(valueIn(valueIn(told, "loc"), "start"), "line");
  return typeof line === "number" ? line : null;
}

function valueIn(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
