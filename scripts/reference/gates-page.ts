import type { Gate } from '../../src/domain/gate.ts';
import { toPage } from './markdown.ts';
import { toOptionsTable } from './options-table.ts';

export function gatesPage(gates: Iterable<Gate>): string {
  return toPage(
    'Gates',
    'A gate is a deterministic judge of one commit. A step of kind `gates` names the gates it uses; each becomes a check run.',
    [...gates].map(({ name, summary, options }) => `## ${name}\n\n${summary}\n\n${toOptionsTable(options)}`),
  );
}
