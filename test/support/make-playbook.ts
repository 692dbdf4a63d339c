import { createHash } from "node:crypto";
import { readAnswerText } from "../../src/domain/playbook/answer-text.ts";
import { checkPlaybook } from "../../src/domain/playbook/check-playbook.ts";
import { createPlan } from "../../src/domain/playbook/create-plan.ts";
import { parseAnswers } from "../../src/domain/playbook/parse-answers.ts";
import type { NamedPlan } from "../../src/domain/playbook/plan.ts";
import type { Playbook, PlaybookFile } from "../../src/domain/playbook/playbook.ts";
import type { RenderedPlaybook } from "../../src/domain/playbook/rendered-playbook.ts";
import { renderPlaybook } from "../../src/render/render-playbook.ts";
import type { UntrustedRenderer } from "../../src/render/render-untrusted.ts";

/** A file's text, or the file itself. */
export type FileToMake = string | Uint8Array | Pick<PlaybookFile, "mode" | "bytes">;

const encoder = new TextEncoder();

/** The least that a manifest has, and these lines. */
export function manifestOf(...lines: readonly string[]): string {
  return [
    "schema: 1",
    "name: tide-tables",
    "title: Tide tables",
    "description: Tables of tides.",
    "version: 1.2.3",
    "lifecycle: production",
    "license: MIT",
    "authors: [{ login: ada, id: 101, name: Ada Example }]",
    ...lines,
  ].join("\n");
}

/** A playbook's folder as files, with a manifest where none is given. */
export function playbookFiles(files: Readonly<Record<string, FileToMake>>): readonly PlaybookFile[] {
  const all: Readonly<Record<string, FileToMake>> = { "playbook.yml": manifestOf(), ...files };
  return Object.entries(all).map(([path, file]) => {
    if (typeof file === "string") return { path, mode: "100644", bytes: encoder.encode(file) };
    return file instanceof Uint8Array ? { path, mode: "100644", bytes: file } : { path, ...file };
  });
}

/** What is wrong with a playbook, and what is noted about it, as `path:line message`. */
export function complaintsAbout(files: Readonly<Record<string, FileToMake>>): readonly string[] {
  const check = checkPlaybook(playbookFiles(files));
  return (check.ok ? check.notes : check.errors).map(
    ({ path, line, message }) => `${path}${line === null ? "" : `:${line}`} ${message}`,
  );
}

/** A checked playbook. */
export function playbookOf(files: Readonly<Record<string, FileToMake>>): Playbook {
  const check = checkPlaybook(playbookFiles(files));
  if (!check.ok) throw new Error(JSON.stringify(check.errors));
  return check.playbook;
}

/** What becomes of a playbook with answers as somebody writes them: `ok`, or the mistakes as lines. */
export async function renderWith(
  renderer: Pick<UntrustedRenderer, "render">,
  playbook: Playbook,
  answers: string,
  organisation = "acme",
): Promise<{ readonly rendered: RenderedPlaybook } | { readonly mistakes: readonly string[] }> {
  const written = readAnswerText(answers);
  const { inputs } = playbook.manifest;
  const parsed = parseAnswers(written.answers, { inputs, organisation });
  if (written.mistakes.length > 0) return { mistakes: written.mistakes };
  if (!parsed.ok) return { mistakes: parsed.mistakes };
  const { values } = parsed;
  const rendering = await renderPlaybook({ playbook, values, organisation, year: 2026 }, renderer);
  if (rendering.ok) return { rendered: rendering.rendered };
  const mistakes = rendering.errors.map(
    ({ path, line, message }) => `${path}${line === null ? "" : `:${line}`} ${message}`,
  );
  return { mistakes };
}

/** The files that were made, as texts by their paths. */
export function textsOf({ files }: RenderedPlaybook): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));
}

/** The plan of what was rendered, asked for by Grace Sample. */
export function planOf(playbook: Playbook, rendered: RenderedPlaybook, more: object = {}): NamedPlan {
  return createPlan({
    manifest: playbook.manifest,
    source: { kind: "built-in" },
    requester: { id: 7, login: "grace", name: "Grace Sample" },
    target: { kind: "new" },
    rendered,
    sha256: (content) => createHash("sha256").update(content).digest("hex"),
    ...more,
  });
}
