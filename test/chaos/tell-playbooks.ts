import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Event, Stage } from "./stage.ts";

/** What somebody wants to be made of a playbook. */
interface Wish {
  readonly asker: string;
  /** Whoever asks, but for what everybody will see. */
  readonly confirmer: string;
  readonly playbook: string;
  /** Where it is asked for. */
  readonly place: "start-here" | "playbooks";
  readonly command: string;
}

/** As somebody sees it who looks at the conversation. */
const commentsShape = z.array(
  z.object({
    id: z.number(),
    body: z.string(),
    user: z.object({ type: z.string() }),
    reactions: z.object({ rocket: z.number(), confused: z.number() }),
  }),
);
type Comment = z.infer<typeof commentsShape>[number];

/** How long people wait for an answer, in milliseconds: as long as a process may be dead before another does its work, some times. */
const patience = 240_000;
/** How often they have a run tried again. */
const mostRetries = 5;

/** What is asked for in each chapter: four new repositories in turn, and once what one that is there lacks. */
function wishOf(chapter: number): Wish {
  const team = "owner=platform lead=grace";
  if (chapter === 3) {
    const asker = { asker: "grace", confirmer: "ada", playbook: "project-kickoff", place: "playbooks" } as const;
    return { ...asker, command: `/playbook apply project-kickoff ${team}` };
  }
  const use = (playbook: string, asker: string, confirmer: string, answers: string): Wish => {
    const command = `/playbook use ${playbook} name=${playbook}-${chapter} ${answers}`;
    return { asker, confirmer, playbook, place: "start-here", command };
  };
  switch (chapter % 4) {
    case 1:
      return use("project-kickoff", "grace", "grace", `${team} deputy=katherine`);
    case 2:
      return use("oss-library", "katherine", "ada", `${team} language=javascript`);
    case 3:
      return use("working-group", "katherine", "katherine", `${team} quorum=2`);
    default:
      return use("node-service", "ada", "ada", `${team} database=postgres`);
  }
}

/** A conversation about one wish, an event each: it is asked for, confirmed, and seen through. */
export interface PlaybookEvents {
  readonly playbook: string;
  readonly use: Event;
  readonly confirm: Event;
  readonly seeThrough: Event;
}

/** What is said about playbooks in a chapter. */
export function tellPlaybook(chapter: number): PlaybookEvents {
  const { asker, confirmer, playbook, place, command } = wishOf(chapter);
  const issues = `/repos/TIDEWATER/${place}/issues`;
  const said = { issue: 0, use: 0, confirm: 0 };

  const say = async ({ ask }: Stage, login: string, body: string): Promise<number> => {
    return idOf(await ask(login, `POST ${issues}/${said.issue}/comments`, { body })).id;
  };
  const read = async ({ ask }: Stage): Promise<Comment[]> => {
    return commentsShape.parse(await ask("ada", `GET ${issues}/${said.issue}/comments?per_page=100`));
  };
  const find = async (stage: Stage, isIt: (comment: Comment) => boolean, what: string): Promise<Comment> => {
    return until(`${what} of ${command}`, async () => (await read(stage)).find(isIt) ?? null);
  };
  const hearAnswer = async (stage: Stage, id: number): Promise<void> => {
    const isIt = (one: Comment): boolean => one.id === id && one.reactions.rocket + one.reactions.confused > 0;
    const { body, reactions } = await find(stage, isIt, "the answer");
    if (reactions.confused > 0) throw new Error(`${body} was refused for ${command}`);
  };

  return {
    playbook,
    use: async (stage) => {
      const title = `Chapter ${chapter} needs a place`;
      said.issue = idOf(await stage.ask(asker, `POST ${issues}`, { title })).number;
      said.use = await say(stage, asker, command);
    },
    confirm: async (stage) => {
      const isPlan = (one: Comment): boolean => one.body.startsWith(`<!-- curtain-call:plan ${said.use} -->`);
      const plan = await find(stage, isPlan, "the plan");
      const [line = ""] = /\/playbook confirm [\da-f]{8}/.exec(plan.body) ?? [];
      said.confirm = await say(stage, confirmer, line);
    },
    seeThrough: async (stage) => {
      await hearAnswer(stage, said.confirm);
      for (let retries = 0; ; retries += 1) {
        await until(`the end of ${command}`, async () => ((await stage.countRuns()) === 0 ? true : null));
        // Where its last try could not say that it failed, that is said a little later.
        const run = await find(
          stage,
          ({ body }) => body.startsWith("<!-- curtain-call:run ") && isOver(body),
          "the run",
        );
        if (!run.body.includes(retry)) return;
        if (retries === mostRetries) throw new Error(`${command} was tried again ${retries} times: ${run.body}`);
        await hearAnswer(stage, await say(stage, asker, retry));
      }
    },
  };
}

const retry = "/playbook retry";

/** Whether a run's comment says how it ended. */
function isOver(body: string): boolean {
  return ["is ready:**", "has what it lacked", retry].some((words) => body.includes(words));
}

const answerShape = z.object({ id: z.number(), number: z.number().default(0) });

function idOf(answer: unknown): z.infer<typeof answerShape> {
  return answerShape.parse(answer);
}

async function until<Found>(what: string, look: () => Promise<Found | null>): Promise<Found> {
  for (const end = performance.now() + patience; performance.now() < end; await sleep(200)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`${what} did not come within ${patience / 1000} s`);
}
