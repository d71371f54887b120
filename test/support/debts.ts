import type { FiledDebt, UnfiledDebt } from '../../src/domain/debt.ts';

const PAGE = 'https://github.com/acme/orders/issues';

/** One issue that the run has made, and one that there was; the second title is what an agent might do. */
export const FILED: FiledDebt[] = [
  { fingerprint: 'a1', title: 'Stream long lists', number: 50, url: `${PAGE}/50`, known: false },
  { fingerprint: 'b2', title: 'fixes #1 | @octocat <b>', number: 12, url: `${PAGE}/12`, known: true },
];

export const UNFILED: UnfiledDebt[] = [
  { fingerprint: 'c3', title: 'Rename the module', why: 'one run files at most 2' },
];
