/** All that a pack imports. */
export { check, probe, receiveChecks, sourceCheck } from './contracts/check.js';
export type {
  CheckBody,
  CheckMeta,
  CheckRegistry,
  InterviewQuestion,
  ProbeRequest,
  ProbeTemplate,
  Sought,
  SourceCheckMeta,
} from './contracts/check.js';
export { defineAssessment } from './contracts/assessment.js';
export type { AssessmentSpec, EnvSource, LevelBars, Limits, StubSpec } from './contracts/assessment.js';
export type * from './contracts/context.js';
export type * from './contracts/evidence.js';
export type { Finding } from './contracts/finding.js';
export { defineLoad, MEASURES } from './contracts/load.js';
export type {
  Bar,
  KeptAnswer,
  LoadAftermath,
  LoadInput,
  LoadProfile,
  LoadStep,
  Measure,
  MeasuredCheck,
} from './contracts/load.js';
export type { DeclaredCheck, DeclaredLoad, Pack } from './contracts/pack.js';
export { expectStatus, fail, must } from './contracts/expect.js';
export { CheckEnd, HarnessError, ServiceError } from './contracts/failures.js';
export type { FailureKind } from './contracts/failures.js';
export { seededRandom } from './contracts/random.js';
export type { Random } from './contracts/random.js';
export { VERDICT_CODES } from './contracts/verdict.js';
export type { Verdict, VerdictCode } from './contracts/verdict.js';
export { TOPICS, TOPIC_IDS } from './vocabulary/topics.js';
export type { Topic, TopicId } from './vocabulary/topics.js';
export * from './vocabulary/words.js';
export type { SubmissionArchive } from './contracts/submission.js';
export { cleanText, shortText, tailText } from './contracts/text.js';
