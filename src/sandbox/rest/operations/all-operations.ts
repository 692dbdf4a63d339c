import type { Limiter } from "../../limits/create-limiter.ts";
import type { Operation } from "../operation.ts";
import { appOperations } from "./apps.ts";
import { checkOperations } from "./checks.ts";
import { commentOperations } from "./comments.ts";
import { commitOperations } from "./commits.ts";
import { contentOperations } from "./contents.ts";
import { gitOperations } from "./git-data.ts";
import { issueOperations } from "./issues.ts";
import { labelOperations } from "./labels.ts";
import { metaOperations } from "./meta.ts";
import { pullOperations } from "./pulls.ts";
import { releaseOperations } from "./releases.ts";
import { repositoryOperations } from "./repositories.ts";
import { reviewOperations } from "./reviews.ts";
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
    ...gitOperations,
    ...issueOperations,
    ...labelOperations,
    ...metaOperations(limiter),
    ...pullOperations,
    ...releaseOperations,
    ...repositoryOperations,
    ...reviewOperations,
    ...searchOperations,
    ...teamOperations,
    ...userOperations,
  ];
}
