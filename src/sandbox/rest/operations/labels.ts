import {
  createLabel,
  createMilestone,
  deleteLabel,
  deleteMilestone,
  editLabel,
  editMilestone,
  findLabel,
} from "../../actions/labels.ts";
import type { Label, Milestone, Repository } from "../../model/repository.ts";
import { presentLabel, presentMilestone } from "../../present/repository.ts";
import { notFound } from "../../refusal.ts";
import { actorOf, created, done, inRepository, type Operation, ok, paged, toRead, toWrite } from "../operation.ts";

const toReadIssues = toRead("issues", "pull_requests");
const toWriteLabels = toWrite("write", "issues", "pull_requests");

export const labelOperations: readonly Operation[] = [
  inRepository("issues/list-labels-for-repo", toReadIssues, (request) => {
    return paged(request, request.repository.labels, (label) => presentLabel(request.forge, label));
  }),
  inRepository("issues/create-label", toWriteLabels, async (request) => {
    const { forge, repository, body } = request;
    const { name, color = "ededed", description = null } = body;
    return created(
      presentLabel(forge, await createLabel(forge, { repository, name, color, description }, actorOf(request))),
    );
  }),
  inRepository("issues/get-label", toReadIssues, ({ forge, repository, parameters }) => {
    return ok(presentLabel(forge, requireLabel(repository, parameters.name)));
  }),
  inRepository("issues/update-label", toWriteLabels, async (request) => {
    const { forge, repository, parameters, body } = request;
    const label = requireLabel(repository, parameters.name);
    const { new_name: name = label.name, color = label.color, description = label.description } = body ?? {};
    await editLabel(forge, { label, name, color, description }, actorOf(request));
    return ok(presentLabel(forge, label));
  }),
  inRepository("issues/delete-label", toWriteLabels, async (request) => {
    await deleteLabel(request.forge, requireLabel(request.repository, request.parameters.name), actorOf(request));
    return done();
  }),
  inRepository("issues/list-milestones", toReadIssues, (request) => {
    const { state = "open", direction = "asc", sort = "due_on" } = request.parameters;
    const milestones = request.repository.milestones.filter((one) => state === "all" || one.state === state);
    const key = ({ dueOn, number }: Milestone): number =>
      sort === "due_on" ? (dueOn?.getTime() ?? Infinity) : -number;
    const order = direction === "asc" ? 1 : -1;
    const sorted = milestones.toSorted((one, other) => {
      return key(one) === key(other) ? one.number - other.number : order * (key(one) < key(other) ? -1 : 1);
    });
    return paged(request, sorted, (milestone) => presentMilestone(request.forge, milestone));
  }),
  inRepository("issues/create-milestone", toWriteLabels, async (request) => {
    const { forge, repository, body } = request;
    const fields = {
      repository,
      title: body.title,
      description: body.description ?? null,
      state: body.state ?? "open",
      dueOn: readDueDate(body.due_on),
    };
    return created(presentMilestone(forge, await createMilestone(forge, fields, actorOf(request))));
  }),
  inRepository("issues/get-milestone", toReadIssues, ({ forge, repository, parameters }) => {
    return ok(presentMilestone(forge, requireMilestone(repository, parameters.milestone_number)));
  }),
  inRepository("issues/update-milestone", toWriteLabels, async (request) => {
    const { forge, repository, parameters, body } = request;
    const milestone = requireMilestone(repository, parameters.milestone_number);
    const fields = {
      milestone,
      title: body?.title ?? milestone.title,
      description: body?.description ?? milestone.description,
      state: body?.state ?? milestone.state,
      dueOn: body?.due_on === undefined ? milestone.dueOn : readDueDate(body.due_on),
    };
    await editMilestone(forge, fields, actorOf(request));
    return ok(presentMilestone(forge, milestone));
  }),
  inRepository("issues/delete-milestone", toWriteLabels, async (request) => {
    const milestone = requireMilestone(request.repository, request.parameters.milestone_number);
    await deleteMilestone(request.forge, milestone, actorOf(request));
    return done();
  }),
];

function requireLabel(repository: Repository, name: string): Label {
  const label = findLabel(repository, name);
  if (label === null) throw notFound();
  return label;
}

function requireMilestone(repository: Repository, number: number): Milestone {
  const milestone = repository.milestones.find((one) => one.number === number);
  if (milestone === undefined) throw notFound();
  return milestone;
}

function readDueDate(text: string | null | undefined): Date | null {
  return text === undefined || text === null ? null : new Date(text);
}
