import { UserError } from "../domain/errors.ts";

/** Nobody guesses as much, however often they try. */
const shortest = 16;

/** Reads a token that opens a door; null where none is given. Throws a UserError where it could be guessed. */
export function readToken(environment: NodeJS.ProcessEnv, name: string): string | null {
  const token = environment[name] || null;
  if (token === null || token.length >= shortest) return token;
  throw new UserError(
    `${name} is too short; give at least ${shortest} characters, such as those of "openssl rand -hex 32"`,
    {
      misuse: true,
    },
  );
}
