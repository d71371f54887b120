/** A label of a repository. Names are compared without case, as GitHub does. */
export type Label = {
  readonly id: number;
  readonly nodeId: string;
  name: string;
  color: string;
  description: string | null;
};
