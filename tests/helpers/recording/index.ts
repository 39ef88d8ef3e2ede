export { drawTerminal } from './draw-terminal.ts';
export { startTmux } from './tmux.ts';
