export * from '@calc/grader/browser';
