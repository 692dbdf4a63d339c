import { inCode } from "../command/mistake.ts";
import { type Some, some } from "../credit/some.ts";
import type { PlaybookError } from "./playbook.ts";
import { placeMistake } from "./source-mistakes.ts";

/** The name of the check run for those who write playbooks. */
export const playbookCheckName = "playbooks";

/** What a check run says about the playbooks that a pull request changes, as data. */
export interface PlaybookCheckRun {
  /** `neutral` where it changes none. */
  readonly conclusion: "success" | "neutral" | "failure";
  /** How many playbooks were looked at, and how many there was no time for. */
  readonly playbooks: number;
  readonly left: number;
  /** Each as `file:line: message`, as code that nothing gets out of. */
  readonly mistakes: Some<string>;
}

const longestMistake = 500;
const mostMistakes = 50;

/** Decides on the check, from what is wrong with each playbook, by its folder. */
export function decidePlaybookCheck(
  judged: readonly { readonly folder: string; readonly errors: readonly PlaybookError[] }[],
  left: number,
): PlaybookCheckRun {
  const mistakes = judged.flatMap(({ folder, errors }) =>
    errors.map(({ path, line, message }) => {
      return inCode(placeMistake({ path: path === "" ? folder : `${folder}/${path}`, line, message }), longestMistake);
    }),
  );
  const verdict = mistakes.length + left > 0 ? "failure" : "success";
  return {
    conclusion: judged.length + left === 0 ? "neutral" : verdict,
    playbooks: judged.length,
    left,
    mistakes: some(mistakes, mostMistakes),
  };
}
