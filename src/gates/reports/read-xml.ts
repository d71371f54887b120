import { SaxesParser } from 'saxes';
import { ReportFault } from './report.ts';

/** Deeper than any report. */
const MAX_DEPTH = 64;
const MAX_ELEMENTS = 500_000;
const MAX_ATTRIBUTES = 100;

/** What is told of a document, in its order. */
export interface XmlReader {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/**
 * Reads XML in one go, without keeping it. Nothing is fetched, and no entity is known but XML's own five: a document that
 * declares some is refused.
 * @throws ReportFault for what is no XML, or too deep or long.
 */
export function readXml(document: string, reader: XmlReader): void {
  const parser = new SaxesParser({ position: false, xmlns: false });
  let depth = 0;
  let elements = 0;
  let attributes = 0;
  parser.on('doctype', (declaration) => {
    if (declaration.includes('[')) {
      throw new ReportFault('it declares entities of its own');
    }
  });
  parser.on('opentagstart', () => {
    attributes = 0;
    depth += 1;
    elements += 1;
    if (depth > MAX_DEPTH || elements > MAX_ELEMENTS) {
      throw new ReportFault(`it has more than ${MAX_ELEMENTS} elements, or they are nested too deeply`);
    }
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) {
      throw new ReportFault(`an element has more than ${MAX_ATTRIBUTES} attributes`);
    }
  });
  parser.on('opentag', ({ name, attributes: given }) => reader.open(name, given));
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    reader.close(name);
  });
  parser.write(document).close();
}
