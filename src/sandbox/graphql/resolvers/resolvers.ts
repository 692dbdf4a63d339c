import type { Resolvers } from "../resolve-field.ts";
import { bot, organization, user } from "./account.ts";
import { app, checkRun, checkSuite, rateLimit, statusCheckRollup } from "./app.ts";
import { reaction, reactionGroup } from "./comment.ts";
import { commit, gitActor } from "./commit.ts";
import { issue, issueComment } from "./issue.ts";
import { label } from "./label.ts";
import { mergeQueue, mergeQueueConfiguration, mergeQueueEntry } from "./merge-queue.ts";
import { milestone } from "./milestone.ts";
import { mutation } from "./mutations.ts";
import { changedFile, pullCommit, pullRequest } from "./pull.ts";
import { query } from "./query.ts";
import { ref, tag } from "./ref.ts";
import { release } from "./release.ts";
import { repository } from "./repository.ts";
import { review, reviewComment, reviewRequest, reviewThread } from "./review.ts";
import { team } from "./team.ts";
import { events } from "./timeline.ts";
import { repositoryTopic, topic } from "./topic.ts";
import { blob, tree, treeEntry } from "./tree.ts";

/** Every type that the sandbox has, by its name in GitHub's schema. */
export const resolvers: Resolvers = {
  Query: query,
  Mutation: mutation,
  RateLimit: rateLimit,
  User: user,
  Organization: organization,
  Bot: bot,
  Team: team,
  App: app,
  Repository: repository,
  RepositoryTopic: repositoryTopic,
  Topic: topic,
  Label: label,
  Milestone: milestone,
  Release: release,
  Ref: ref,
  Commit: commit,
  GitActor: gitActor,
  Tree: tree,
  TreeEntry: treeEntry,
  Blob: blob,
  Tag: tag,
  Issue: issue,
  IssueComment: issueComment,
  Reaction: reaction,
  ReactionGroup: reactionGroup,
  PullRequest: pullRequest,
  PullRequestCommit: pullCommit,
  PullRequestChangedFile: changedFile,
  PullRequestReview: review,
  PullRequestReviewComment: reviewComment,
  PullRequestReviewThread: reviewThread,
  ReviewRequest: reviewRequest,
  MergeQueue: mergeQueue,
  MergeQueueConfiguration: mergeQueueConfiguration,
  MergeQueueEntry: mergeQueueEntry,
  CheckSuite: checkSuite,
  CheckRun: checkRun,
  StatusCheckRollup: statusCheckRollup,
  ...events,
};
