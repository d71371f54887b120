const COMMENT = /^\s{0,200}(?:#|\/\/|\*|\/\*)/;

/** Whether a line is a comment, in any common language. */
export function isComment(line: string): boolean {
  return COMMENT.test(line);
}
