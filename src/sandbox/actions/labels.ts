import type { Actor, Forge } from "../forge.ts";
import type { Label, Milestone, Repository } from "../model/repository.ts";
import { nextIdentity } from "../model/state.ts";
import { time } from "../present/time.ts";
import { invalid } from "../refusal.ts";

interface LabelToCreate {
  readonly repository: Repository;
  readonly name: string;
  readonly color: string;
  readonly description?: string | null;
  readonly isDefault?: boolean;
}

/** Creates a label; without an actor nobody is told, as with those that a new repository comes with. */
export async function createLabel(forge: Forge, wanted: LabelToCreate, actor: Actor | null): Promise<Label> {
  const { repository, name, color, description = null, isDefault = false } = wanted;
  requireFreeName(repository, name, null);
  const label: Label = {
    ...nextIdentity(forge.state, "Label"),
    repository,
    name,
    color: readColor(color),
    description,
    default: isDefault,
  };
  repository.labels.push(label);
  forge.state.nodes.set(label.nodeId, { type: "Label", value: label });
  if (actor !== null) await forge.announce({ event: "label", action: "created", label, sender: actor.account });
  return label;
}

export async function editLabel(
  forge: Forge,
  { label, name, color, description }: { label: Label; name: string; color: string; description: string | null },
  actor: Actor,
): Promise<void> {
  requireFreeName(label.repository, name, label);
  const changes = {
    ...(name === label.name ? {} : { name: { from: label.name } }),
    ...(color === label.color ? {} : { color: { from: label.color } }),
  };
  Object.assign(label, { name, color: readColor(color), description });
  await forge.announce({ event: "label", action: "edited", label, changes, sender: actor.account });
}

export async function deleteLabel(forge: Forge, label: Label, actor: Actor): Promise<void> {
  const { repository } = label;
  repository.labels.splice(repository.labels.indexOf(label), 1);
  for (const issue of repository.issues.values()) issue.labels = issue.labels.filter((other) => other !== label);
  forge.state.nodes.delete(label.nodeId);
  await forge.announce({ event: "label", action: "deleted", label, sender: actor.account });
}

export function findLabel(repository: Repository, name: string): Label | null {
  return repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase()) ?? null;
}

/** Finds the labels by their names, and creates those that are not there: so GitHub does where issues name them. */
export async function findOrCreateLabels(
  forge: Forge,
  { repository, names }: { repository: Repository; names: readonly string[] },
  actor: Actor,
): Promise<Label[]> {
  const labels: Label[] = [];
  for (const name of new Set(names)) {
    const label =
      findLabel(repository, name) ?? (await createLabel(forge, { repository, name, color: "ededed" }, actor));
    if (!labels.includes(label)) labels.push(label);
  }
  return labels;
}

function readColor(color: string): string {
  if (!/^[\da-f]{6}$/i.test(color)) throw invalid({ resource: "Label", field: "color", code: "invalid" });
  return color.toLowerCase();
}

function requireFreeName(repository: Repository, name: string, label: Label | null): void {
  if (name.trim() === "") throw invalid({ resource: "Label", field: "name", code: "missing_field" });
  const occupant = findLabel(repository, name);
  if (occupant !== null && occupant !== label) {
    throw invalid({ resource: "Label", field: "name", code: "already_exists" });
  }
}

interface MilestoneFields {
  readonly title: string;
  readonly description: string | null;
  readonly state: "open" | "closed";
  readonly dueOn: Date | null;
}

export async function createMilestone(
  forge: Forge,
  { repository, ...fields }: MilestoneFields & { readonly repository: Repository },
  actor: Actor,
): Promise<Milestone> {
  requireFreeTitle(repository, fields.title, null);
  const now = forge.clock();
  const milestone: Milestone = {
    ...nextIdentity(forge.state, "Milestone"),
    repository,
    number: Math.max(0, ...repository.milestones.map(({ number }) => number)) + 1,
    creator: actor.account,
    ...fields,
    createdAt: now,
    updatedAt: now,
    closedAt: fields.state === "closed" ? now : null,
  };
  repository.milestones.push(milestone);
  forge.state.nodes.set(milestone.nodeId, { type: "Milestone", value: milestone });
  await forge.announce({ event: "milestone", action: "created", milestone, sender: actor.account });
  return milestone;
}

export async function editMilestone(
  forge: Forge,
  { milestone, ...fields }: MilestoneFields & { readonly milestone: Milestone },
  actor: Actor,
): Promise<void> {
  requireFreeTitle(milestone.repository, fields.title, milestone);
  const { state: wasState, title, description, dueOn } = milestone;
  const now = forge.clock();
  const closedAt = fields.state === "closed" ? (milestone.closedAt ?? now) : null;
  Object.assign(milestone, fields, { updatedAt: now, closedAt });
  const action = wasState === fields.state ? "edited" : fields.state === "open" ? "opened" : "closed";
  const changes = {
    ...(title === fields.title ? {} : { title: { from: title } }),
    ...(description === fields.description ? {} : { description: { from: description ?? "" } }),
    ...(dueOn?.getTime() === fields.dueOn?.getTime() ? {} : { due_on: { from: dueOn === null ? "" : time(dueOn) } }),
  };
  await forge.announce({
    event: "milestone",
    action,
    milestone,
    ...(action === "edited" ? { changes } : {}),
    sender: actor.account,
  });
}

export async function deleteMilestone(forge: Forge, milestone: Milestone, actor: Actor): Promise<void> {
  const { repository } = milestone;
  repository.milestones.splice(repository.milestones.indexOf(milestone), 1);
  for (const issue of repository.issues.values()) if (issue.milestone === milestone) issue.milestone = null;
  forge.state.nodes.delete(milestone.nodeId);
  await forge.announce({ event: "milestone", action: "deleted", milestone, sender: actor.account });
}

function requireFreeTitle(repository: Repository, title: string, milestone: Milestone | null): void {
  if (title.trim() === "") throw invalid({ resource: "Milestone", field: "title", code: "missing_field" });
  if (repository.milestones.some((other) => other !== milestone && other.title === title)) {
    throw invalid({ resource: "Milestone", field: "title", code: "already_exists" });
  }
}
