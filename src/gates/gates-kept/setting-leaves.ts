/** A setting of a configuration file: a plain value, or a list of plain values as text. */
export type Setting = string | number | boolean | null | readonly string[];

/** Deeper than any tool's configuration; what lies below is compared as text. */
const MAX_DEPTH = 20;

/**
 * The settings in a value, by their path. A list of objects is gone through by number, and so is a list that begins with
 * a severity, as linters have it: `["error", { max: 3 }]`.
 */
export function settingLeaves(value: unknown): ReadonlyMap<string, Setting> {
  const leaves = new Map<string, Setting>();
  collect(value, [], leaves);
  return leaves;
}

function collect(value: unknown, path: readonly string[], leaves: Map<string, Setting>): void {
  if (Array.isArray(value)) {
    collectList(value, path, leaves);
  } else if (typeof value === 'object' && value !== null) {
    collectEntries(Object.entries(value), path, leaves);
  } else if (isPlain(value)) {
    leaves.set(path.join('.'), value);
  }
}

function collectList(list: readonly unknown[], path: readonly string[], leaves: Map<string, Setting>): void {
  const [first] = list;
  if (isSeverity(first) && path.includes('rules')) {
    leaves.set(path.join('.'), first);
    leaves.set([...path, 'options'].join('.'), [JSON.stringify(list.slice(1))]);
  } else if (list.some((item) => typeof item === 'object' && item !== null)) {
    collectEntries(Object.entries(list), path, leaves);
  } else {
    leaves.set(
      path.join('.'),
      list.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))),
    );
  }
}

function collectEntries(
  entries: readonly (readonly [string, unknown])[],
  path: readonly string[],
  leaves: Map<string, Setting>,
): void {
  for (const [name, item] of entries) {
    if (path.length >= MAX_DEPTH) {
      leaves.set([...path, name].join('.'), JSON.stringify(item));
    } else {
      collect(item, [...path, name], leaves);
    }
  }
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isSeverity(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
