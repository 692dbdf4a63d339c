import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const manifestSchema = z.object({
  name: z.string(),
  description: z.string(),
  url: z.url(),
  public: z.boolean(),
  default_permissions: z.record(z.string(), z.enum(["read", "write", "admin"])),
  default_events: z.array(z.string()),
});

/** What the app asks for, in app.yml, by GitHub's names. */
export const appManifest = manifestSchema.parse(
  parse(readFileSync(join(import.meta.dirname, "../../app.yml"), "utf8")),
);
