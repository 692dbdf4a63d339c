import type { ConfigurationError } from "../domain/config/configuration-error.ts";
import { type Configuration, defaultConfiguration } from "../domain/config/configuration-schema.ts";
import { readConfiguration } from "../domain/config/read-configuration.ts";
import type { PullRequestReading } from "../github/read-pull-request.ts";
import { keepConfiguration, readConfigurationText } from "../store/configurations.ts";
import type { Database } from "../store/open-database.ts";

type Texts = PullRequestReading["configuration"];

/**
 * The settings of a repository: its own file as a whole, without one its organisation's, without either the defaults.
 * While the file is broken, the last good one stays in force.
 */
export async function settingsInForce(
  database: Pick<Database, "query">,
  { texts, ...key }: { readonly texts: Texts; readonly installationId: number; readonly repositoryId: number },
): Promise<Configuration> {
  const text = texts.repository ?? texts.organization;
  if (text === null) return defaultConfiguration;
  const read = readConfiguration(text);
  if (read.ok) {
    await keepConfiguration(database, { ...key, text });
    return read.configuration;
  }
  return settingsLastInForce(database, key);
}

/** The settings of a repository as they were when it was last read, without asking GitHub. */
export async function settingsLastInForce(
  database: Pick<Database, "query">,
  key: { readonly installationId: number; readonly repositoryId: number },
): Promise<Configuration> {
  const read = readConfiguration((await readConfigurationText(database, key)) ?? "");
  return read.ok ? read.configuration : defaultConfiguration;
}

/** Whether the settings ask for a file that names everybody. */
export function keepsContributors({ acknowledgements: { files } }: Configuration): boolean {
  return files.contributors !== undefined;
}

/** What a pull request would break: a file that is the same as on the default branch is not its doing. */
export function mistakesProposed({ proposed, repository }: Texts): readonly ConfigurationError[] {
  if (proposed === null || proposed === repository) return [];
  const read = readConfiguration(proposed);
  return read.ok ? [] : read.errors;
}
