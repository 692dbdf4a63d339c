/** Which HTML elements are open at a place in a document. */
export interface OpenElements {
  /** Reads on: the next piece of HTML, which is whole tags and comments. */
  follow(html: string): void;
  isInside(): boolean;
}

/** Elements that hold what follows. Others are no HTML: `Vec<T>` opens nothing. */
const holding = new Set(
  (
    "a abbr address article aside audio b bdi bdo big blockquote body button canvas caption center cite code colgroup " +
    "data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form frameset h1 " +
    "h2 h3 h4 h5 h6 head header hgroup html i iframe ins kbd label legend li main map mark marquee math menu meter nav " +
    "nobr noembed noframes noscript object ol optgroup option output p picture plaintext pre progress q rp rt ruby s " +
    "samp script search section select slot small span strike strong style sub summary sup svg table tbody td template " +
    "textarea tfoot th thead time title tr tt u ul var video xmp"
  ).split(" "),
);

const commentOrTag = /<!--[^]*?(?:-->|$)|<(\/?)([a-z][a-z\d-]*)(?:"[^"]*"|'[^']*'|[^"'>])*/gi;

/** Nothing is open yet. An end closes what was opened last of its name, and whatever was opened within. */
export function createOpenElements(): OpenElements {
  const open: string[] = [];
  const counts = new Map<string, number>();
  function close(name: string): void {
    // Nothing is looked for that is not there, so that each element is passed once.
    if ((counts.get(name) ?? 0) === 0) return;
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      counts.set(last, (counts.get(last) ?? 0) - 1);
      if (last === name) return;
    }
  }
  return {
    follow: (html) => {
      for (const [, end, tag] of html.matchAll(commentOrTag)) {
        const name = tag?.toLowerCase() ?? "";
        if (!holding.has(name)) continue;
        if (end === "/") close(name);
        else {
          open.push(name);
          counts.set(name, (counts.get(name) ?? 0) + 1);
        }
      }
    },
    isInside: () => open.length > 0,
  };
}
