import { readXml } from './read-xml.ts';
import { type Report, ReportFault } from './report.ts';

/**
 * Counts the lines of a Cobertura report one by one, per class; its rates may be anything. Lines of methods stand
 * in their class again.
 * @throws ReportFault
 */
export function parseCobertura(document: string): Report {
  let [lines, covered, methods, roots] = [0, 0, 0, 0];
  readXml(document, {
    open(name, attributes) {
      if (name === 'coverage') {
        roots += 1;
      } else if (name === 'methods') {
        methods += 1;
      } else if (name === 'line' && methods === 0) {
        lines += 1;
        covered += Number(attributes['hits']) > 0 ? 1 : 0;
      }
    },
    text() {
      // All that counts stands in attributes.
    },
    close(name) {
      methods -= name === 'methods' ? 1 : 0;
    },
  });
  if (roots === 0) {
    throw new ReportFault('it has no element `coverage`');
  }
  return { kind: 'coverage', covered, lines };
}
