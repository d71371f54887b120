import { z } from 'zod';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { type StackRules, stackRulesSchema } from '../domain/stack-rules.ts';
import { manifestReaderOf } from './manifests/manifest-reader.ts';
import { toComparable } from './manifests/to-comparable.ts';
import { readListing } from './parts/read-text.ts';
import { findVersionFaults } from './stack/find-version-faults.ts';
import { STORES } from './stack/stores.ts';

const MAX_MANIFESTS = 1_000;

const options = z.strictObject({
  rules: stackRulesSchema
    .prefault({})
    .describe('What the repository is built with; `delivery.stack` of .github/baton.yml.'),
});

/** Keeps a change to what the repository has decided to be built with. */
export const gate = defineGate({
  name: 'stack',
  summary:
    'Fails a change after which versions of languages, frameworks or the secret store are not those of the rules. It reads what manifests declare.',
  options,
  async judge(evidence, { rules }) {
    const paths = await evidence.paths();
    const count = Object.values(rules).flatMap((rule) => Object.values(rule ?? {})).length;
    if (count === 0) {
      return { kind: 'skip', summary: 'The repository has no rules for its stack (`delivery.stack`).' };
    }
    const asked = await readAsked(evidence, paths);
    const findings = [
      ...(await findVersionFaults(evidence, paths, rules.languages)),
      ...asked.unread.map((path) => toFinding(`${path} is not read: there are too many manifests.`, path)),
      ...asked.unreadable.map((path) => toFinding(`${path} cannot be read. Mend it.`, path)),
      ...findPackageFaults(asked.names, rules),
    ];
    return findings.length === 0
      ? { kind: 'pass', summary: 'What is declared keeps to the rules of the stack.' }
      : { kind: 'fail', summary: `${findings.length} of the rules of the stack are not kept.`, findings };
  },
});

/** The packages that all manifests ask for, with one that does. */
async function readAsked(evidence: Evidence, paths: readonly string[]) {
  const names = new Map<string, string>();
  const unreadable: string[] = [];
  const manifests = paths.filter((one) => manifestReaderOf(one) !== null);
  for (const path of manifests.slice(0, MAX_MANIFESTS)) {
    const text = await readListing(evidence, 'head', path);
    try {
      for (const name of manifestReaderOf(path)?.(text ?? '') ?? []) {
        names.set(toComparable(name), path);
      }
    } catch {
      unreadable.push(path);
    }
  }
  return { names, unreadable, unread: manifests.slice(MAX_MANIFESTS, MAX_MANIFESTS + 1) };
}

function findPackageFaults(
  asked: ReadonlyMap<string, string>,
  { frameworks, forbidden, secretStore }: StackRules,
): readonly Finding[] {
  const store = secretStore === undefined ? [] : STORES[secretStore];
  return [
    ...frameworks
      .filter((name) => !asked.has(toComparable(name)))
      .map((name) => toFinding(`No manifest asks for ${name}, which this repository is built with. Use it.`)),
    ...forbidden.flatMap((name) => {
      const path = asked.get(toComparable(name));
      return path === undefined
        ? []
        : [toFinding(`${name} must not be used here. Take it out of ${path}.`, path)];
    }),
    ...(store.length === 0 || store.some((name) => asked.has(name))
      ? []
      : [
          toFinding(
            `No manifest asks for a package of ${secretStore}, where secrets come from here: ${store.join(' or ')}.`,
          ),
        ]),
  ];
}

function toFinding(message: string, path?: string): Finding {
  return { ...(path === undefined ? {} : { path }), message, severity: 'error' };
}
