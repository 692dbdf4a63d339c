import { type RoleByCommand, rolesByCommand, wordsByRole } from "./role-words.ts";

/** What `/credit help` tells. */
export interface CreditHelp {
  readonly forms: readonly CommandForm[];
  readonly roles: readonly { readonly role: RoleByCommand; readonly words: readonly string[] }[];
}

export interface CommandForm {
  /** A command as it can be written, to be shown only in code. */
  readonly example: string;
  /** What it does, as the end of a sentence. */
  readonly meaning: string;
}

/** Every form of `/credit` with an example, and every role with the words that it answers to besides its own name. */
export const creditHelp: CreditHelp = {
  forms: [
    { example: "/credit @ada @grace for review, testing", meaning: "gives people credit for what they did" },
    { example: "/credit @grace for mentoring @ada", meaning: "gives a mentor credit, and says who was mentored" },
    { example: "/credit remove @ada for design", meaning: "takes a role of somebody's back" },
    { example: "/credit remove @ada", meaning: "takes back all that somebody has here" },
    { example: "/credit why", meaning: "says why everybody here has credit" },
    { example: "/credit why @ada", meaning: "says why one person has it" },
    { example: "/credit tally", meaning: "adds up who did what in this repository" },
    { example: "/credit tally @ada", meaning: "adds up what one person did" },
    { example: "/credit release v1.2.0", meaning: "thanks everybody in the notes of a release" },
    { example: "/credit never-me", meaning: "leaves you out of every list from now on" },
    { example: "/credit forget-me", meaning: "deletes what is kept about you" },
    { example: "/credit help", meaning: "shows this" },
  ],
  roles: rolesByCommand.map((role) => ({ role, words: wordsByRole[role] })),
};
