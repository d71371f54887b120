import { z } from 'zod';

/** A repository as an installation sees it. Its numeric id is its identity; owner and name may change. */
export const repositorySchema = z.object({
  id: z.int(),
  owner: z.string().min(1),
  name: z.string().min(1),
  installationId: z.int(),
});
export type Repository = z.infer<typeof repositorySchema>;

/** The issue or pull request a run is about. */
export const subjectSchema = z.object({ repository: repositorySchema, number: z.int().positive() });
export type Subject = z.infer<typeof subjectSchema>;

/** The stable identity of a subject: runs of one subject follow one another. */
export function toSubjectKey(subject: Subject): string {
  return `${subject.repository.id}#${subject.number}`;
}

/** Where an answer belongs: the page on which was asked, or the subject's own. */
export function atPage(subject: Subject, page: number | undefined): Subject {
  return page === undefined ? subject : { ...subject, number: page };
}

/** The subject as people write it: `owner/name#number`. */
export function toSubjectName({ repository, number }: Subject): string {
  return `${repository.owner}/${repository.name}#${number}`;
}
