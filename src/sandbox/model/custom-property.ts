import type { Account } from "./account.ts";
import type { Repository } from "./repository.ts";

export type PropertyValue = string | readonly string[];

/** What an organisation wants to be said of each of its repositories. */
export interface CustomProperty {
  readonly name: string;
  readonly valueType: "string" | "single_select" | "multi_select" | "true_false" | "url";
  readonly required: boolean;
  readonly defaultValue: PropertyValue | null;
  readonly description: string | null;
  /** Null where any will do. */
  readonly allowedValues: readonly string[] | null;
  /** Whether those who keep a repository may say it themselves. */
  readonly editableByRepositories: boolean;
}

export function propertiesOf({ organization }: Account): ReadonlyMap<string, CustomProperty> {
  return organization?.properties ?? new Map<string, CustomProperty>();
}

/** What is said of a repository: by somebody, or by default. */
export function valuesOf({ owner, properties }: Repository): [name: string, value: PropertyValue][] {
  return [...propertiesOf(owner).values()].flatMap(({ name, required, defaultValue }) => {
    const value = properties.get(name) ?? (required ? defaultValue : null);
    return value === null ? [] : [[name, value]];
  });
}

/** Whether a property can have a value, by its type and by what is allowed. */
export function canHave({ valueType, allowedValues }: CustomProperty, value: PropertyValue): boolean {
  const isList = typeof value !== "string";
  if (isList !== (valueType === "multi_select")) return false;
  const values = isList ? value : [value];
  if (valueType === "true_false") return values.every((one) => one === "true" || one === "false");
  if (valueType === "url") return values.every((one) => /^https?:/.test(one) && URL.canParse(one));
  return allowedValues === null || values.every((one) => allowedValues.includes(one));
}
