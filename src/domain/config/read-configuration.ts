import type { ConfigurationError } from "./configuration-error.ts";
import { type Configuration, configurationSchema } from "./configuration-schema.ts";
import { describeUnknown } from "./describe-issue.ts";
import { readBySchema } from "./read-by-schema.ts";
import { settingsSchema } from "./settings.ts";

export type ConfigurationReading =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly errors: readonly ConfigurationError[] };

/**
 * Reads `.github/curtain-call.yml`. An empty file, group or setting is the default. Returns the whole configuration,
 * or everything that is wrong, in the order of the file
 * (of a file that is wrong all over, the first hundred). Never throws, whatever the text is.
 */
export function readConfiguration(text: string): ConfigurationReading {
  const reading = readBySchema(text, {
    schema: configurationSchema,
    describeUnknown: (group, key) => describeUnknown(settingsSchema, group, key),
    prepare: withoutEmpty,
  });
  return reading.ok ? { ok: true, configuration: reading.value } : reading;
}

/** Groups and settings without a value count as not set. */
function withoutEmpty(value: unknown, level = 0): unknown {
  if (value === null) return level === 0 ? {} : undefined;
  if (level === 2 || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutEmpty(inner, level + 1)]));
}
