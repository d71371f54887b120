import type { CatalogFault } from '../catalog/fault.ts';
import type { Finding } from '../domain/finding.ts';

/** A fault of a configuration, as it is shown on GitHub. */
export function toFaultFinding({ file, line, message, remedy }: CatalogFault): Finding {
  return { path: file, line, message: `${message}. ${remedy}`, severity: 'error' };
}
