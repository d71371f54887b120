import { describe, expect, it } from 'vitest';
import { toTicketKey } from '../../src/domain/ticket-key.ts';
import { anOrder } from '../support/orders.ts';

describe('domain/ticket-key', () => {
  it.each([
    ['Add up', 'ISSUE-12'],
    ['PROJ-123: add up', 'PROJ-123'],
    ['[OPS2-7] add up', 'OPS2-7'],
    ['UTF-8 is not read', 'ISSUE-12'],
    ['../../X-1: up', 'ISSUE-12'],
    ['proj-1: add up', 'ISSUE-12'],
  ])('%s is %s', (title, key) => {
    const order = anOrder();
    expect(
      toTicketKey({ ticket: { ...order.ticket, title }, subject: { ...order.subject, number: 12 } }),
    ).toBe(key);
  });
});
