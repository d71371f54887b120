import { describe, expect, it } from 'vitest';
import { parseAmount, printAmount, printDollars } from '../../src/domain/amount.ts';
import { type Budget, isNearlyUsedUp, isUsedUp, type Spent, toStandings } from '../../src/domain/budget.ts';
import { budgetsOf } from '../../src/domain/budgets-of.ts';
import {
  DEFAULT_REPOSITORY_SETTINGS,
  repositorySettingsSchema,
} from '../../src/domain/repository-settings.ts';
import { MAINTAINER } from '../support/orders.ts';

function usd(value: number) {
  return { unit: 'usd', value } as const;
}

function tokens(value: number) {
  return { unit: 'tokens', value } as const;
}

function spent(costUsd: number, all: number, unpricedTokens = 0): Record<Budget['scope'], Spent> {
  const sum = { costUsd, tokens: all, unpricedTokens };
  return { run: sum, subject: sum, repository: sum, day: sum };
}

describe('src/domain/amount', () => {
  it.each([
    ['5', usd(5), '$5'],
    ['$2.50', usd(2.5), '$2.50'],
    ['0.005', usd(0.005), 'less than $0.01'],
    ['2000000 tokens', tokens(2_000_000), '2,000,000 tokens'],
    ['2,000,000 tokens', tokens(2_000_000), '2,000,000 tokens'],
    ['2M tokens', tokens(2_000_000), '2,000,000 tokens'],
    ['1.5k tokens', tokens(1500), '1,500 tokens'],
    ['1 token', tokens(1), '1 tokens'],
  ])('reads %s', (text, amount, printed) => {
    expect(parseAmount(text)).toEqual(amount);
    expect(printAmount(amount)).toBe(printed);
  });

  it.each([
    '',
    '0',
    '$0',
    '-5',
    '+5',
    '5 EUR',
    'much',
    '1e9',
    '2.5 tokens',
    '0 tokens',
    '5 5',
    '99999999999',
  ])('does not read %j', (text) => {
    expect(parseAmount(text)).toBeNull();
  });

  it('shows nothing as nothing', () => {
    expect(printDollars(0)).toBe('$0');
  });
});

describe('src/domain/budget', () => {
  it.each<[string, Budget['limit'], ReturnType<typeof spent>, 'used up' | 'nearly' | 'not']>([
    ['less than four fifths', usd(5), spent(3.99, 1), 'not'],
    ['four fifths', usd(5), spent(4, 1), 'nearly'],
    ['all', usd(5), spent(5, 1), 'used up'],
    ['tokens', tokens(1000), spent(900, 1000), 'used up'],
    ['money that nobody counts', tokens(1000), spent(900, 10), 'not'],
    ['tokens without a price, at ten dollars a million', usd(5), spent(0, 500_000, 500_000), 'used up'],
    ['both kinds together', usd(5), spent(4, 90_000, 50_000), 'nearly'],
  ])('knows how far it is used up: %s', (_what, limit, used, expected) => {
    const [standing] = toStandings([{ scope: 'run', limit }], used);
    if (standing === undefined) {
      throw new Error('a budget has no standing');
    }
    expect(isUsedUp(standing)).toBe(expected === 'used up');
    expect(isNearlyUsedUp(standing)).toBe(expected !== 'not');
  });
});

describe('src/domain/budgets-of', () => {
  const operators: Budget[] = [
    { scope: 'run', limit: usd(5) },
    { scope: 'day', limit: usd(50) },
  ];

  it("holds a run to the operator's budgets and to the repository's", () => {
    const settings = repositorySettingsSchema.parse({ budget: { run: 20, month: '2M tokens' } });
    expect(budgetsOf({ settings }, operators)).toEqual([
      { scope: 'run', limit: usd(5) },
      { scope: 'day', limit: usd(50) },
      // It does not raise anything: the operator's holds as well.
      { scope: 'run', limit: usd(20) },
      { scope: 'repository', limit: tokens(2_000_000) },
    ]);
  });

  it('raises what belongs to the run, in its unit, and never what is the operator’s ceiling', () => {
    const raises = [usd(2), usd(1), tokens(7)].map((amount) => ({
      by: MAINTAINER,
      at: '2026-03-02T09:00:00.000Z',
      amount,
    }));
    const settings = repositorySettingsSchema.parse({ budget: { subject: '100 tokens' } });
    expect(budgetsOf({ settings, raises }, operators)).toEqual([
      { scope: 'run', limit: usd(8) },
      { scope: 'day', limit: usd(50) },
      { scope: 'subject', limit: tokens(107) },
    ]);
  });

  it('has none where nobody sets any, and takes no nonsense', () => {
    expect(budgetsOf({ settings: DEFAULT_REPOSITORY_SETTINGS }, [])).toEqual([]);
    expect(repositorySettingsSchema.safeParse({ budget: { run: 'much' } }).success).toBe(false);
    expect(repositorySettingsSchema.safeParse({ budget: { day: 5 } }).success).toBe(false);
  });
});
