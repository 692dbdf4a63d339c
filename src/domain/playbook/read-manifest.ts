import { describeUnknown } from "../config/describe-issue.ts";
import { type FileReading, readBySchema } from "../config/read-by-schema.ts";
import type { Input } from "./input-schema.ts";
import { judgeManifest } from "./judge-manifest.ts";
import { type Manifest, manifestJsonSchema, manifestSchema } from "./manifest-schema.ts";

/** What every playbook asks for, whether it says so or not. What GitHub takes, in characters, is what this takes. */
const nameInput: Input = {
  type: "string",
  required: true,
  multiline: false,
  pattern: "^[A-Za-z0-9_.-]{1,100}$",
  help: "Name of the repository.",
};

/**
 * Reads `playbook.yml`. Returns the whole manifest, in which `name` is always an input, or everything that is wrong, in the
 * order of the file. Never throws, whatever the text is.
 */
export function readManifest(text: string): FileReading<Manifest> {
  const reading = readBySchema(text, {
    schema: manifestSchema,
    describeUnknown: (group, key) => describeUnknown(manifestJsonSchema, group, key),
    prepare: (value) => value ?? {},
    judge: (manifest) => judgeManifest(withName(manifest)),
  });
  return reading.ok ? { ...reading, value: withName(reading.value) } : reading;
}

function withName(manifest: Manifest): Manifest {
  const { name = nameInput, ...others } = manifest.inputs;
  const inputs = {
    name: name.type === "string" ? { ...name, pattern: name.pattern ?? "^[A-Za-z0-9_.-]{1,100}$" } : name,
  };
  return { ...manifest, inputs: { ...inputs, ...others } };
}
