import { toLots, toOutput, toShownAnnotations, toState } from './check-run-output.ts';
import { clipLine } from './clip.ts';
import type { Wanted } from './ensure-written.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { type Publishing, toRepositoryParameters } from './publishing.ts';
import type { SurfaceOf } from './surface-of.ts';

/** What is used of a check run. */
export interface CheckRun {
  readonly id: number;
  readonly html_url: string | null;
  readonly external_id: string | null;
  readonly status: string;
  readonly conclusion: string | null;
  readonly output: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly text: string | null;
    readonly annotations_count: number;
  };
}

/** The requests about the check run of one surface. */
export interface CheckRunClient {
  find(externalId: string): Promise<CheckRun | null>;
  read(id: number): Promise<CheckRun | null>;
  /** Makes it with the first lot of annotations. */
  create(externalId: string): Promise<CheckRun>;
  /** Writes the state and the texts, and adds the annotations which GitHub, going by its count, does not have. */
  complete(check: CheckRun): Promise<void>;
  isAsWanted(check: CheckRun): boolean;
  /** Whether `create` sends all annotations. */
  readonly isOneLot: boolean;
}

const MAX_NAME_BYTES = 255;

export function createCheckRunClient(
  { appId, clientFor }: Publishing,
  { subject, surface }: Wanted & { readonly surface: SurfaceOf<'check-run'> },
): CheckRunClient {
  const { rest, paginate } = clientFor(subject.repository, 'checks');
  const here = toRepositoryParameters(subject);
  const name = clipLine(surface.name, MAX_NAME_BYTES);
  const annotations = toShownAnnotations(surface.annotations);
  const state = { ...toState(surface), actions: surface.actions };
  const output = toOutput(surface);

  return {
    isOneLot: toLots(annotations).length === 1,
    async find(externalId) {
      const query = { ...here, ref: surface.sha, check_name: name, app_id: appId, filter: 'all' as const };
      for await (const { data } of paginate.iterator(rest.checks.listForRef, { ...query, per_page: 100 })) {
        const found = data.find((check) => check.external_id === externalId);
        if (found !== undefined) {
          return found;
        }
      }
      return null;
    },
    read: (id) => nullWhenMissing(rest.checks.get({ ...here, check_run_id: id })),
    async create(externalId) {
      const named = { ...here, name, head_sha: surface.sha, external_id: externalId };
      const first = { ...output, annotations: toLots(annotations)[0] ?? [] };
      return (await rest.checks.create({ ...named, ...state, output: first })).data;
    },
    async complete(check) {
      for (const lot of toLots(annotations.slice(check.output.annotations_count))) {
        const more = { ...output, annotations: lot };
        await rest.checks.update({ ...here, check_run_id: check.id, ...state, output: more });
      }
    },
    isAsWanted: (check) =>
      check.status === state.status &&
      check.conclusion === surface.conclusion &&
      check.output.title === output.title &&
      check.output.summary === output.summary &&
      (check.output.text ?? undefined) === output.text &&
      check.output.annotations_count >= annotations.length,
  };
}
