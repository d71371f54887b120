/** Words that stand where something is still to be said, and marks that are there for looks. */
const OPEN =
  /^[\s.;?–—-]*(?:(?:tb[adc]|to-?do|to do|to be (?:added|confirmed|decided|defined|determined|done))[\s.;?–—-]*)?$/i;

/** Whether a text of a plan says nothing yet. */
export function isLeftOpen(text: string): boolean {
  return OPEN.test(text);
}
