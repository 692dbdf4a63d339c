import { inReleaseOrder, type Release } from "../model/release.ts";
import type { Repository } from "../model/repository.ts";
import { type Caller, may, type Need } from "./access.ts";

/** What drafts are shown to: whoever may publish them. */
const toPublish: Need = { role: "write", permissions: [["contents", "write"]] };

/** Whether a release is there for somebody who can read the repository's content. */
export function canSeeRelease(caller: Caller, { draft, repository }: Release): boolean {
  return !draft || may(caller, repository, toPublish);
}

/** The releases that are there for the caller, newest first. */
export function releasesFor(caller: Caller, { releases }: Repository): Release[] {
  return inReleaseOrder(releases.filter((release) => canSeeRelease(caller, release)));
}
