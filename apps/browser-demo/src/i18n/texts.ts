// All texts of the page: `[English, French]`. Braces mark a value to fill in, backticks mark code.

export * from './texts/errors.ts';
export * from './texts/faults.ts';
export * from './texts/forms.ts';
export * from './texts/layout.ts';
export * from './texts/page.ts';
export * from './texts/resources.ts';
export * from './texts/results.ts';
export * from './texts/sessions.ts';
export * from './texts/sign-in.ts';
export * from './texts/tools-and-prompts.ts';
export * from './texts/tour.ts';
export * from './texts/wire/diagram.ts';
export * from './texts/wire/frames.ts';
export * from './texts/wire/latency.ts';
export * from './texts/wire/transcript.ts';
export * from './texts/wire/wire.ts';
