import type { TextChange, Weakening } from './text-change.ts';

/** A line by which a part of a pipeline no longer runs, or no longer counts. */
const OFF =
  /^\s{0,40}-?\s{0,10}(?:allow_failure\s?:\s?true|allow_failures\s?:|when\s?:\s?(?:never|manual)|continueOnError\s?:\s?true|enabled\s?:\s?false|condition\s?:\s?false|soft_fail\s?:\s?true|skip\s?:\s?true)/;

/** Pipelines of other services: deleted, or with more lines that switch something off. */
export function findPipeline({ before, after }: TextChange): readonly Weakening[] {
  if (before === null) {
    return [];
  }
  if (after === null) {
    return [{ message: 'This pipeline of CI was deleted.' }];
  }
  const known = before.split('\n').filter((line) => OFF.test(line)).length;
  const off = after.split('\n').flatMap((text, index) => (OFF.test(text) ? [{ text, line: index + 1 }] : []));
  return off.length <= known
    ? []
    : off.slice(known - off.length).map(({ text, line }) => ({
        line,
        message: `This switches a part of CI off: ${text.trim().slice(0, 200)}`,
      }));
}
