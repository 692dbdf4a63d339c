/** A trunk into which topic branches of several commits are merged, by ten people in turn. */
export function manyMerges(merges: number, steps: number): string {
  const stream = makeStream();
  let trunk = stream.commit({ branch: "trunk", author: "Ada Example <ada@example.com>", message: "Begin\n" });
  for (let number = 1; number <= merges; number += 1) {
    let tip = trunk;
    for (let step = 0; step < steps; step += 1) {
      const person = (number + step) % 10;
      const author = `Person ${person} <person-${person}@example.com>`;
      const message = `Step ${step} of ${number}\n`;
      tip = stream.commit({ branch: `topic-${number}`, author, message, parents: [tip] });
    }
    const message = `Merge pull request #${number} from example/topic-${number}\n\nTitle ${number}\n`;
    trunk = stream.commit({ branch: "trunk", author: "Ada Example <ada@example.com>", message, parents: [trunk, tip] });
  }
  return stream.text();
}

interface CommitToStream {
  readonly branch: string;
  readonly author: string;
  readonly committer?: string;
  readonly message: string;
  readonly parents?: readonly number[];
}

/** What git fast-import is given for commits a minute apart, which are told by their marks. */
export function makeStream() {
  const lines: string[] = [];
  let mark = 0;
  return {
    commit({ branch, author, committer = author, message, parents = [] }: CommitToStream): number {
      mark += 1;
      const date = `${1_600_000_000 + mark * 60} +0000`;
      lines.push(
        `commit refs/heads/${branch}`,
        `mark :${mark}`,
        `author ${author} ${date}`,
        `committer ${committer} ${date}`,
      );
      lines.push(`data ${Buffer.byteLength(message)}`, message);
      for (const [index, parent] of parents.entries()) lines.push(`${index === 0 ? "from" : "merge"} :${parent}`);
      return mark;
    },
    text: () => `${lines.join("\n")}\n`,
  };
}
