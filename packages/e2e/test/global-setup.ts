export { unpackBrowser as default } from '@calc/testkit/browser';
