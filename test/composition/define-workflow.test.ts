import { describe, expect, it } from 'vitest';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { readDataFiles } from '../../src/catalog/read-data-files.ts';
import { readRepositoryCatalog } from '../../src/catalog/read-repository-catalog.ts';
import {
  defineByName,
  defineSteps,
  defineWorkflow,
  listOffers,
} from '../../src/composition/define-workflow.ts';
import type { CatalogAt } from '../../src/composition/repository-catalogs.ts';
import { DEFAULT_REPOSITORY_SETTINGS } from '../../src/domain/repository-settings.ts';
import { NOBODY } from '../../src/domain/team/nobody.ts';
import { teamSettingsSchema } from '../../src/domain/team/team-settings.ts';
import { anOffer } from '../support/offers.ts';
import { aChange, anOrder, sha } from '../support/orders.ts';
import { aRunningRun } from '../support/runs.ts';

const catalog = await readCatalog({ directory: '.' });
const SETTINGS = { ...DEFAULT_REPOSITORY_SETTINGS, labels: { easy: 'review' } };

async function catalogAt(): ReturnType<CatalogAt> {
  return { catalog, settings: SETTINGS };
}

const ISSUE = anOrder({ workflow: null, ticket: { ...anOrder().ticket, labels: ['easy'] } });
const ISSUE_OF_MEMBER = { ...ISSUE, member: 'architect' };
const PULL = anOrder({ workflow: 'review', change: aChange() });

describe('src/composition/define-workflow', () => {
  it('offers an issue no workflow about pull requests, nor the one that offers', async () => {
    const offers = (await listOffers(catalogAt, aRunningRun(ISSUE))).map(({ name }) => name);
    expect(offers).toContain('backend-feature');
    expect(offers).not.toContain('review');
    expect(offers).not.toContain('triage');
    expect(await defineByName(catalogAt, aRunningRun(ISSUE), 'review')).toBeNull();
  });

  it('picks none for an issue either, whatever its labels stand for', async () => {
    const defined = await defineWorkflow(catalogAt, ISSUE, sha('a'));
    expect(defined).toMatchObject({ kind: 'defined', definition: { workflow: { subject: 'issue' } } });
  });

  it('has the one that was asked for on a pull request', async () => {
    const defined = await defineWorkflow(catalogAt, PULL, sha('a'));
    expect(defined).toMatchObject({ kind: 'defined', definition: { workflow: { name: 'review' } } });
  });

  it.each([
    ['search-code', 'defined'],
    ['backend-feature', 'undefined'],
    ['triage', 'undefined'],
  ])('lets a team ask for %s by itself: %s', async (workflow, kind) => {
    const order = anOrder({
      workflow,
      requestedBy: { id: NOBODY, login: 'baton[bot]' },
      member: 'architect',
    });
    expect(await defineWorkflow(catalogAt, order, sha('a'))).toMatchObject({ kind });
  });

  it('lets no agent of a member work for longer than the member may, wherever its steps come from', async () => {
    const order = anOrder({ workflow: 'write-spec', member: 'architect' });
    const team = teamSettingsSchema.parse({ members: { architect: { minutes: 3 } } });
    const text = Buffer.from('agents:\n  architect: { tools: [read] }\n');
    const own = {
      readFile: async (path: string) => (path === '.github/baton.yml' ? text : null),
      listFiles: async () => [],
    };
    const server = { files: await readDataFiles('.'), plugIns: PLUG_INS, offer: anOffer() };
    const offered = await readRepositoryCatalog(server, own);
    async function limitedAt(): ReturnType<CatalogAt> {
      return { catalog: offered.catalog, settings: { ...SETTINGS, team } };
    }
    const defined = await defineWorkflow(limitedAt, order, sha('a'));
    const steps = defined.kind === 'defined' ? defined.definition.workflow.steps : [];
    const run = aRunningRun(order);
    const definitions = [
      defined.kind === 'defined' ? defined.definition : null,
      await defineByName(limitedAt, aRunningRun(ISSUE_OF_MEMBER), 'backend-feature'),
      await defineSteps(limitedAt, run, steps),
    ];
    const minutes = definitions.map((one) => Object.values(one?.setups ?? {}).map((setup) => setup.minutes));
    expect(minutes.map((all) => [...new Set(all)])).toEqual([[3], [3], [3]]);
    // Steps that a document lays out are done with no more tools than others.
    expect(definitions.at(-1)?.roles['architect']?.tools).toEqual(['read']);
  });

  it.each([
    ['review', undefined, /is for pull requests, and this is an issue\. For an issue there are: backend/],
    [
      'backend-feature',
      aChange(),
      /is for issues, and this is a pull request\. .* there are: demonstrate, review-design, review\./,
    ],
    ['triage', aChange(), /is for issues/],
    ['none-such', undefined, /There is no workflow none-such here/],
  ])('refuses %s where it does not belong', async (workflow, change, why) => {
    const order = anOrder({ workflow, ...(change === undefined ? {} : { change }) });
    expect(await defineWorkflow(catalogAt, order, sha('a'))).toEqual({
      kind: 'undefined',
      why: expect.stringMatching(why),
    });
  });
});
