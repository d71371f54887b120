import { isDependencyField, isLifeCycleScript, isPlainField, isToolField } from '../parts/manifest-fields.ts';
import { type Manifest, readManifest, scriptsOf } from '../parts/read-manifest.ts';

/** What a change makes of a package.json that a person should see: in words, each after the name of the file. */
export function judgeManifest(before: string | null, after: string | null): readonly string[] {
  const [old, now] = [readManifest(before), readManifest(after)];
  if (old === null || now === null) {
    return ['cannot be read, so nobody knows what the change makes of it'];
  }
  const changed = changedFields(old, now);
  const obeyed = changed.filter(
    (name) => !isPlainField(name) && !isDependencyField(name) && !isToolField(name) && name !== 'scripts',
  );
  return [
    ...(obeyed.length === 0
      ? []
      : [`has changed ${obeyed.slice(0, 10).join(', ')}, which tools and checks obey`]),
    ...changedHooks(old, now).map((name) => `has another script \`${name}\`, which installing runs`),
    ...changed
      .filter(isDependencyField)
      .flatMap((field) => foreign(old[field], now[field]))
      .map((name) => `takes ${name} from elsewhere than the registry`),
  ];
}

/** Whether it asks for other packages than before. */
export function changesDependencies(before: string | null, after: string | null): boolean {
  const [old, now] = [readManifest(before), readManifest(after)];
  return old !== null && now !== null && changedFields(old, now).some(isDependencyField);
}

function changedFields(before: Manifest, after: Manifest): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

function changedHooks(before: Manifest, after: Manifest): readonly string[] {
  const [old, now] = [scriptsOf(before), scriptsOf(after)];
  return [...now.keys()].filter((name) => isLifeCycleScript(name) && old.get(name) !== now.get(name));
}

/** Packages that are asked for by a path, an address or another name. */
function foreign(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [Object(before), Object(after)];
  return Object.entries(now).flatMap(([name, spec]) =>
    spec !== old[name] && isForeign(String(spec)) ? [name] : [],
  );
}

function isForeign(spec: string): boolean {
  return /[:/]/.test(spec) && !/^(?:workspace|catalog):/.test(spec);
}
