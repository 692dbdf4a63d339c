import type { FuzzTarget } from "./fuzz-target.ts";
import { commands, sentences } from "./targets/comments.ts";
import { mailmaps, trailers } from "./targets/commits.ts";
import { deliveries } from "./targets/deliveries.ts";
import { manifests, settings } from "./targets/files.ts";
import { globs, paths, patterns } from "./targets/matching.ts";
import { answers, forms } from "./targets/playbook-answers.ts";
import { releaseBodies, versions } from "./targets/releases.ts";
import { commentTemplates, playbookTemplates } from "./targets/templates.ts";

/** Every door through which texts of strangers come in. */
export const targets: readonly FuzzTarget[] = [
  deliveries,
  trailers,
  mailmaps,
  commands,
  sentences,
  forms,
  answers,
  settings,
  manifests,
  commentTemplates,
  playbookTemplates,
  paths,
  globs,
  patterns,
  releaseBodies,
  versions,
];
