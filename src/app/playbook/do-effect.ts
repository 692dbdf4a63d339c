import type { Effect, EffectOf } from "../../domain/playbook/effects.ts";
import { statusOf } from "../../github/errors.ts";
import type { GitHubClient } from "../../github/github-client.ts";
import type { Permissions } from "../../github/permissions.ts";
import { changeSettings, replaceTopics, setProperties } from "../../github/playbook/change-settings.ts";
import type { FileToCommit } from "../../github/playbook/commit-files.ts";
import { giveAccess } from "../../github/playbook/give-access.ts";
import { findMilestone, openMilestone } from "../../github/playbook/milestones.ts";
import { findTarget } from "./find-target.ts";
import { makeTarget } from "./make-target.ts";
import { openPlannedIssue, settleAssignee } from "./open-planned-issue.ts";
import { proposeFiles } from "./propose-files.ts";
import { protectTarget } from "./protect-target.ts";
import { putFiles } from "./put-files.ts";
import { putLabel } from "./put-label.ts";
import { clientFor, type Running, requireTarget, type Target } from "./running.ts";
import type { Doing } from "./settle-effect.ts";
import { whileFresh } from "./while-fresh.ts";

const administration = { administration: "write", metadata: "read" } as const;

/** How an effect is done in a repository that the run makes, with no more rights than it needs. */
export function doEffect(running: Running, effect: Effect, files: readonly FileToCommit[]): Doing {
  const { repository } = running.run.plan;
  switch (effect.kind) {
    case "repository":
      return makeTarget(running);
    case "files":
      return putFiles(running, files);
    case "existing repository":
      return findTarget(running);
    case "pull request":
      return proposeFiles(running, files);
    case "settings":
      return settings(running);
    case "topics":
      return repeatable(running, administration, (client, target) => {
        return whileFresh(running, target, () => replaceTopics(client, target, repository.topics));
      });
    case "properties":
      return repeatable(running, { repository_custom_properties: "write", metadata: "read" }, (client, target) =>
        setProperties(client, target, repository.properties),
      );
    case "team":
      return repeatable(running, { ...administration, members: "read" }, (client, target) =>
        giveAccess(client, target, effect.team),
      );
    case "protection":
      return protectTarget(running, effect);
    case "label":
      return putLabel(running, effect.label);
    case "milestone":
      return milestone(running, effect);
    case "assignee":
      return settleAssignee(running, effect);
    case "issue":
      return openPlannedIssue(running, effect);
  }
}

/** What comes to the same when it is done again, so that nobody has to look whether it was. */
function repeatable(
  running: Running,
  permissions: Permissions,
  send: (client: GitHubClient, target: Target) => Promise<void>,
): Doing {
  const target = requireTarget(running);
  const client = clientFor(running, permissions, target);
  return {
    find: async () => null,
    attempt: async () => {
      await send(client, target);
      return {};
    },
  };
}

/** Where GitHub refuses one of the settings, the repository says at least what it is about, and no more that it is being made. */
function settings(running: Running): Doing {
  const { repository } = running.run.plan;
  return repeatable(running, administration, async (client, target) => {
    try {
      await whileFresh(running, target, () => changeSettings(client, target, repository));
    } catch (error) {
      if (statusOf(error) === 422) await changeSettings(client, target, { ...repository, features: {}, merge: {} });
      throw error;
    }
  });
}

function milestone(running: Running, { milestone: planned }: EffectOf<"milestone">): Doing {
  const target = requireTarget(running);
  const client = clientFor(running, { issues: "write", metadata: "read" }, target);

  async function find() {
    const number = await findMilestone(client, target, planned.title);
    return number === null ? null : { number };
  }

  return {
    find,
    attempt: async () => {
      try {
        return { number: await whileFresh(running, target, () => openMilestone(client, target, planned)) };
      } catch (error) {
        const found = statusOf(error) === 422 ? await find() : null;
        if (found === null) throw error;
        return found;
      }
    },
  };
}
