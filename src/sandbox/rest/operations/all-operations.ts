import type { Limiter } from "../../limits/create-limiter.ts";
import type { Operation } from "../operation.ts";
import { appOperations } from "./apps.ts";
import { checkOperations } from "./checks.ts";
import { commentOperations } from "./comments.ts";
import { commitOperations } from "./commits.ts";
import { contentOperations } from "./contents.ts";
import { customPropertyOperations } from "./custom-properties.ts";
import { gitOperations } from "./git-data.ts";
import { issueOperations } from "./issues.ts";
import { labelOperations } from "./labels.ts";
import { metaOperations } from "./meta.ts";
import { protectionOperations } from "./protections.ts";
import { pullOperations } from "./pulls.ts";
import { releaseOperations } from "./releases.ts";
import { repositoryOperations } from "./repositories.ts";
import { reviewOperations } from "./reviews.ts";
import { rulesetOperations } from "./rulesets.ts";
import { searchOperations } from "./search.ts";
import { teamOperations } from "./teams.ts";
import { userOperations } from "./users.ts";

/** What the sandbox has of GitHub's operations. */
export function allOperations(limiter: Limiter): readonly Operation[] {
  return [
    ...appOperations,
    ...checkOperations,
    ...commentOperations,
    ...commitOperations,
    ...contentOperations,
    ...customPropertyOperations,
    ...gitOperations,
    ...issueOperations,
    ...labelOperations,
    ...metaOperations(limiter),
    ...protectionOperations,
    ...pullOperations,
    ...releaseOperations,
    ...repositoryOperations,
    ...reviewOperations,
    ...rulesetOperations,
    ...searchOperations,
    ...teamOperations,
    ...userOperations,
  ];
}
