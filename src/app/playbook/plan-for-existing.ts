import { type Mistake, mistake } from "../../domain/command/mistake.ts";

/** Plans what a repository that is there lacks of a playbook: nobody can yet. */
export function planForExisting(): Mistake {
  return mistake(
    "A playbook can't be applied to a repository that is there yet: `/playbook use` makes a new one, and `curtain-call playbook render` writes a playbook's files into a folder.",
  );
}
