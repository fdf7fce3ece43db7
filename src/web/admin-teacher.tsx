/** What a large model said of what the head is unsure of; not there where none is asked. */
import type { FC } from "hono/jsx";

/** Empty and hidden; `client/teacher-section.ts` fills and shows it where a teacher is configured, words and all. */
export const TeacherSection: FC = () => (
  <section class="section" id="teacher" data-needs="review" aria-labelledby="teacher-title" hidden />
);
