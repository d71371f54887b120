import { describe, expect, it } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { defineByName, defineWorkflow, listOffers } from '../../src/composition/define-workflow.ts';
import type { CatalogAt } from '../../src/composition/repository-catalogs.ts';
import { DEFAULT_REPOSITORY_SETTINGS } from '../../src/domain/repository-settings.ts';
import { NOBODY } from '../../src/domain/team/nobody.ts';
import { aChange, anOrder, sha } from '../support/orders.ts';
import { aRunningRun } from '../support/runs.ts';

const catalog = await readCatalog({ directory: '.' });
const SETTINGS = { ...DEFAULT_REPOSITORY_SETTINGS, labels: { easy: 'review' } };

async function catalogAt(): ReturnType<CatalogAt> {
  return { catalog, settings: SETTINGS };
}

const ISSUE = anOrder({ workflow: null, ticket: { ...anOrder().ticket, labels: ['easy'] } });
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
