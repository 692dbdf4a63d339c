import { defaultConfiguration } from "../domain/config/configuration-schema.ts";
import { matchesPath } from "../domain/config/matches-path.ts";
import { readConfiguration } from "../domain/config/read-configuration.ts";
import { UserError } from "../domain/errors.ts";
import { oneLine } from "../domain/one-line.ts";
import type { AcknowledgementRules } from "../domain/release/acknowledge.ts";
import { pathsOfRelease } from "../domain/release/paths-of-release.ts";
import { type ReleaseSettings, readReleaseSettings, splitTeams } from "../domain/release/release-settings.ts";
import { type AcknowledgementsForm, acknowledgementTemplates } from "./format-acknowledgements.ts";
import { readOwnTemplate } from "./own-template.ts";
import type { Terminal } from "./terminal.ts";

const folder = ".github";
const configurationPath = `${folder}/curtain-call.yml`;

/** What was asked for on the command line; what is null there is for the repository's settings to say. */
export interface ReleaseOptions extends Pick<AcknowledgementsForm, "format"> {
  /** The name of one that comes with the product, or the path of a file. */
  readonly template: (typeof acknowledgementTemplates)[number] | { readonly file: string } | null;
  readonly sort: AcknowledgementRules["sort"] | null;
  readonly exclude: readonly string[] | null;
  readonly mentions: boolean | null;
  readonly team: readonly string[];
  readonly ignoresSettings: boolean;
}

/** Where the settings stand. */
export interface SettingsSource {
  /** What it is called, as `/home/ada/tides` or `acme/tides`. */
  readonly name: string;
  /** The text of a file at the end of the range; null where there is none. */
  readonly readFile: (path: string) => Promise<string | null>;
}

/** How the release is to be thanked. */
export interface ReleaseWishes {
  readonly settings: Pick<ReleaseSettings, "trailers" | "paths" | "commenters">;
  readonly rules: Omit<AcknowledgementRules, "release" | "range">;
  readonly form: AcknowledgementsForm;
  /** Whether a path is of what the release is made of; null where it is made of everything. */
  readonly isPartOf: ((path: string) => boolean) | null;
}

/**
 * Puts together what the repository's settings say and what was asked for, which wins. Says on `stderr` what cannot be kept
 * to. Throws a UserError where the settings or a template are broken.
 */
export async function readReleaseWishes(
  options: ReleaseOptions,
  source: SettingsSource,
  { tag, stderr }: { readonly tag: string | null; readonly stderr: Terminal["stderr"] },
): Promise<ReleaseWishes> {
  const settings = readReleaseSettings(await readSettingsOf(options, source));
  const given = options.exclude === null ? null : splitTeams(options.exclude);
  const unknown = [
    ...(given?.teams ?? settings.excludedTeams).map((team) => [team, "left out"] as const),
    ...(options.team.length > 0 ? [] : settings.ownTeams).map((team) => [team, "shown apart"] as const),
  ];
  for (const [team, effect] of unknown) {
    stderr.write(
      `curtain-call: @${oneLine(team)} is a team, and who is in it is not known here, so nobody is ${effect} for it; name people in its place\n`,
    );
  }
  const { rules } = settings;
  const globs = tag === null ? null : pathsOfRelease(settings.prefixes, tag);
  return {
    settings,
    rules: {
      ...rules,
      sort: options.sort ?? rules.sort,
      exclude: given?.people ?? rules.exclude,
      mentions: options.mentions ?? rules.mentions,
      team: options.team.length > 0 ? options.team : rules.team,
    },
    form: { format: options.format, template: await chooseTemplate(options, settings, source) },
    isPartOf: globs === null ? null : (path) => matchesPath(globs, path),
  };
}

async function readSettingsOf({ ignoresSettings }: ReleaseOptions, { name, readFile }: SettingsSource) {
  const text = ignoresSettings ? null : await readFile(configurationPath);
  if (text === null) return defaultConfiguration;
  const reading = readConfiguration(text);
  if (reading.ok) return reading.configuration;
  const [first, ...others] = reading.errors;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw new UserError(
    `${configurationPath} in ${name}, line ${first?.line ?? 1}: ${oneLine(first?.message ?? "")}${more} Put it right, or leave it aside with --ignore-config`,
  );
}

async function chooseTemplate(
  { template, format }: ReleaseOptions,
  settings: ReleaseSettings,
  { name, readFile }: SettingsSource,
): Promise<AcknowledgementsForm["template"]> {
  if (format !== "markdown") return "sections";
  if (template !== null) return typeof template === "string" ? template : readOwnTemplate(template.file);
  const known = acknowledgementTemplates.find((one) => one === settings.template);
  if (known !== undefined) return known;
  const path = `${folder}/curtain-call/${settings.template}`;
  const text = await readFile(path);
  if (text !== null) return { path, text };
  throw new UserError(
    `${configurationPath} names the template ${path}, which is not in ${name}; add it there, or choose one with --template`,
  );
}
