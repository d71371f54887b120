import { clip, clipLine } from './clip.ts';
import type { Wanted } from './ensure-written.ts';
import { withoutMarkers } from './markers.ts';
import { type Publishing, toRepositoryParameters } from './publishing.ts';
import type { SurfaceOf } from './surface-of.ts';

/** What is used of a pull request. */
export interface Pull {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly body?: string | null | undefined;
}

/** The requests about the pull request of one surface. */
export interface PullRequestClient {
  /** The branch's pull request: the open one if there is one, else the newest; null when there was never any. */
  find(): Promise<Pull | null>;
  create(): Promise<Pull>;
  read(number: number): Promise<Pull>;
  update(number: number, body: string): Promise<void>;
  /** The body with our section up to date and all else as it is. */
  toBody(pull: Pull): string;
}

/** GitHub takes 65,536 characters; the markers and what people add need some of it. */
const MAX_BODY_BYTES = 60_000;
const MAX_TITLE_BYTES = 255;

export function createPullRequestClient(
  { clientFor, markers }: Publishing,
  wanted: Wanted & { readonly surface: SurfaceOf<'pull-request'> },
): PullRequestClient {
  const { subject, surface } = wanted;
  const { head, base } = surface;
  const { rest } = clientFor(subject.repository, 'pulls');
  const here = toRepositoryParameters(subject);
  const issue = markers.printIssue(subject.repository.id, subject.number);
  const text = `${issue}\n${clip(withoutMarkers(surface.body), MAX_BODY_BYTES)}`;

  return {
    async find() {
      const query = { ...here, head: `${here.owner}:${head}`, base, state: 'all' as const, per_page: 100 };
      const { data } = await rest.pulls.list(query);
      return data.find((pull) => pull.state === 'open') ?? data[0] ?? null;
    },
    async create() {
      const title = clipLine(surface.title, MAX_TITLE_BYTES);
      return (await rest.pulls.create({ ...here, head, base, title, body: markers.wrap(wanted, text) })).data;
    },
    read: async (number) => (await rest.pulls.get({ ...here, pull_number: number })).data,
    async update(number, body) {
      await rest.pulls.update({ ...here, pull_number: number, body });
    },
    toBody(pull) {
      const body = pull.body ?? '';
      // Without markers somebody has cleared them away; their text stays.
      return markers.replace(wanted, body, text) ?? [body, markers.wrap(wanted, text)].join('\n\n').trim();
    },
  };
}
