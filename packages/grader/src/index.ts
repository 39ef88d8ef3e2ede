export { CheckFailure, Unreachable } from './check.ts';
export { gradeClient, gradePage, gradeServer } from './grade.ts';
export { type JokeApi, startJokeApi } from './joke-api.ts';
export { lastWords } from './last-words.ts';
export { type ServedPage, servePage } from './page/serve-page.ts';
export { describeFailure, describeLeftOut, toJson } from './report.ts';
export type { CheckResult, LessonResult, RunOptions, Status } from './run-checks.ts';
export type { ClientTarget, LearnerProcess, PageTarget, ServerTarget } from './target.ts';
export { inLanguage, type Language, type Text, type Words } from './text.ts';
