import type { GateVerdict } from '../domain/verdict.ts';

/** What the mode of a gate means for its verdict; empty when it is strict, as most are. */
export function gateModeWords({ mode, compared }: GateVerdict): string {
  switch (mode) {
    case undefined:
    case 'strict':
      return '';
    case 'informational':
      return 'Mode `informational`: this is shown and holds nothing up.';
    case 'regression-only': {
      const counts = compared === undefined ? '' : ` Old findings: ${compared.old}. New: ${compared.new}.`;
      return `Mode \`regression-only\`: what the base commit has too does not count.${counts}`;
    }
  }
}
