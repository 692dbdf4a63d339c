import Handlebars from "handlebars";
import type { CheckedTemplate } from "../domain/template/check-template.ts";
import { blockHelpers, inlineHelpers } from "../domain/template/template-helpers.ts";
import { markdownHelpers } from "./markdown-helpers.ts";
import { TemplateFailed } from "./template-failed.ts";

/** A checked template, what it may include, and the plain data that it is about. */
export interface TemplateToRender {
  readonly template: CheckedTemplate;
  readonly partials?: Readonly<Record<string, CheckedTemplate>>;
  readonly context: object;
  /** How many characters the text may have. */
  readonly longest: number;
}

const names = Object.keys({ ...inlineHelpers, ...blockHelpers });
const options: CompileOptions = {
  noEscape: true,
  // Strict mode tells of no line where a value goes to a helper, as each does: the helpers are strict instead.
  strict: false,
  knownHelpers: Object.fromEntries(["helperMissing", "blockHelperMissing", "log", "lookup", ...names].map(known)),
  knownHelpersOnly: true,
};

/** Renders a checked template. Throws TemplateFailed for everything that is wrong with it. */
export function renderChecked({ template, partials = {}, context, longest }: TemplateToRender): string {
  const handlebars = Handlebars.create();
  for (const helper of ["log", "lookup", "helperMissing", "blockHelperMissing"]) handlebars.unregisterHelper(helper);
  const { quote, ...inline } = markdownHelpers;
  for (const [name, helper] of Object.entries(inline)) handlebars.registerHelper(name, guard(name, helper));
  handlebars.registerHelper("quote", function quoteShort(this: unknown, block: Handlebars.HelperOptions) {
    const text = block.fn(this);
    // A long text is put together only when it is looked at, which may take any memory at once.
    if (text.length > longest) throw tooLong(longest);
    return quote.call(this, { fn: () => text });
  });
  for (const [name, { program }] of Object.entries(partials)) {
    handlebars.registerPartial(name, handlebars.compile(program, options));
  }
  try {
    const text = handlebars.compile(template.program, options)(withoutPrototypes(context));
    if (text.length > longest) throw tooLong(longest);
    return text;
  } catch (error) {
    if (error instanceof TemplateFailed) throw error;
    // The longest text that there can be at all.
    if (error instanceof RangeError) throw tooLong(longest);
    throw new TemplateFailed("It cannot be rendered.");
  }
}

function known(name: string): [string, boolean] {
  return [name, true];
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
    } catch {
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

/** The same data in objects that have nothing but their own values. */
function withoutPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutPrototypes(inner)]);
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
