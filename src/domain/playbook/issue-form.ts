import { stringify } from "yaml";
import type { Condition } from "./condition.ts";
import type { Input } from "./input-schema.ts";
import type { Manifest } from "./manifest-schema.ts";

/** The label by which an issue is known to ask for a playbook. */
export const formLabel = "playbook";

/**
 * An issue form that asks for everything that a playbook does: the text of a file in `.github/ISSUE_TEMPLATE`. Each answer
 * stands under its input's name. See https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema.
 */
export function issueForm({ name, title, description, inputs }: Manifest): string {
  const form = {
    name: title,
    description,
    title: `Playbook: ${name}`,
    labels: [formLabel],
    body: [
      { type: "markdown", attributes: { value: `${description} Nothing is done before you have seen the plan.` } },
      {
        type: "dropdown",
        id: "playbook",
        attributes: { label: "playbook", options: [name], default: 0 },
        validations: { required: true },
      },
      ...Object.entries(inputs).map(([input, rules]) => field(input, rules)),
    ],
  };
  // GitHub reads YAML in which an unquoted `yes` is no text.
  return stringify(form, { lineWidth: 0, defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" });
}

function field(name: string, input: Input): object {
  const required = input.required && input.when === undefined && !("default" in input && input.default !== undefined);
  const about = {
    label: name,
    description: [input.help, describe(input), whenAsked(input.when)].filter(Boolean).join(" "),
  };
  const validations = { required };
  const options = optionsOf(input);
  if (options !== null) {
    const preset = "default" in input && input.default !== undefined ? options.indexOf(shown(input.default)) : -1;
    const attributes = {
      ...about,
      ...(input.type === "list" && { multiple: true }),
      options,
      ...(preset >= 0 && input.type !== "list" && { default: preset }),
    };
    return { type: "dropdown", id: name, attributes, validations };
  }
  const isLong = (input.type === "string" && input.multiline) || input.type === "list";
  const value = "default" in input && input.default !== undefined ? { value: shown(input.default) } : {};
  return { type: isLong ? "textarea" : "input", id: name, attributes: { ...about, ...value }, validations };
}

/** What can be chosen; null where anything can be written. GitHub keeps the option "none" for itself, for no choice at all. */
function optionsOf(input: Input): readonly string[] | null {
  if (input.type === "boolean") return ["yes", "no"];
  if (input.type !== "choice" && input.type !== "list") return null;
  const { options } = input;
  if (options === undefined || options.length === 0) return null;
  const left = options.filter((option) => option.toLowerCase() !== "none");
  const isOwnNone = left.length < options.length;
  return isOwnNone && (left.length === 0 || input.type === "list" || input.default?.toLowerCase() !== "none")
    ? null
    : left;
}

function describe(input: Input): string {
  if (input.type === "list") return input.options === undefined ? "One on each line." : "";
  if (input.type === "person") return "A login, such as ada.";
  if (input.type === "team") return "A team of the organisation, such as platform.";
  if (input.type === "choice" && input.options.some((option) => option.toLowerCase() === "none")) {
    return `One of ${input.options.join(", ")}.`;
  }
  return "";
}

function whenAsked(when: Condition | undefined): string {
  if (when === undefined) return "";
  const { input, is, given } = when;
  if (input !== undefined && is !== undefined) return `Only where ${input} is ${shown(is)}.`;
  if (input !== undefined && given !== undefined) return `Only ${given ? "with" : "without"} ${input}.`;
  return "Only with some answers.";
}

function shown(value: string | number | boolean | readonly string[]): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? value.join("\n") : String(value);
}
