const MOST_LENGTH = 200;

/** Where the tools of the different agents say what a call is about; the first one that is there. */
const FIELDS = ['command', 'pattern', 'file_path', 'path', 'glob'] as const;

/** What a call of a tool is about, in short, by its input. */
export function toAbout(input: unknown): string {
  const fields = typeof input === 'object' && input !== null ? new Map(Object.entries(input)) : new Map();
  const about = FIELDS.map((field): unknown => fields.get(field)).find((value) => typeof value === 'string');
  return clipAbout(typeof about === 'string' ? about : '.');
}

function clipAbout(about: string): string {
  return about.length <= MOST_LENGTH ? about : `${about.slice(0, MOST_LENGTH)}...`;
}
